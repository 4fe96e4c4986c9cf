"""What a search asks of a course: conditions in words, names and figures, a superlative, and the subject."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from bot.conversation.claims import says
from bot.conversation.lengths import HOURS, compares, hours, lasts
from bot.models.content import FactSpec, Knowledge
from bot.models.course import Course, Fact, Retake
from bot.models.understanding import Figure, Understanding

Answer = Literal["yes", "no", "silent", "apart"]
"""Whether a page meets a condition; `silent` does not state it, `apart` states it so that it cannot be compared."""

FACT_OF = {"percent": "pass_mark", "pdus": "pdu_credits", **dict.fromkeys((*HOURS, "weeks", "sessions"), "duration")}
"""The fact that a figure speaks of, by its unit."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a course's page must state."""

    fact: str
    met: Callable[[Fact], Answer]
    said: str = ""
    """In words for the reply's title; empty for a figure and for a name."""
    figure: Figure | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Extreme:
    """ "The longest": of which fact the most, or the least."""

    fact: str
    most: bool
    said: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that one message asks of courses."""

    conditions: tuple[Condition, ...] = ()
    extreme: Extreme | None = None
    topics: tuple[str, ...] = ()
    rest: str = ""
    """The message without the words of its conditions."""
    role: bool = False
    """Somebody's role is told in the rest."""

    @property
    def limits(self) -> bool:
        return bool(self.conditions or self.extreme)


def wanted(heard: Understanding, knowledge: Knowledge) -> Wanted:
    """Every condition that a message holds; each takes its words out, so that none is read twice."""
    data = knowledge.vocabulary.data
    text = _typed(heard.text)
    figures = [_with_unit(figure, text, data) for figure in heard.figures]
    figures = [figure for figure in figures if FACT_OF.get(str(figure.unit)) in knowledge.facts]
    rest, extreme = _extreme(text, _rows("extremes", knowledge))
    conditions = [_measured(figure) for figure in figures]
    rest = _without(rest, [figure.text for figure in figures])
    if any(figure.unit in data.get("bare_figures", {}) for figure in figures):
        rest = _without(rest, [word for words in data["bare_figures"].values() for word in words])
    for condition, words in (*_worded(knowledge), *_named(knowledge, heard.topics)):
        left = _without(rest, words)
        if left != rest:
            conditions.append(condition)
        rest = left
    topics = tuple(topic for topic in heard.topics if says(rest, (topic,)))
    return Wanted(tuple(conditions), extreme, topics, rest, says(rest, data.get("concepts", {}).get("role", ())))


def judged(condition: Condition, course: Course) -> Answer:
    """Whether a course meets a condition; where its page contradicts itself, only if it does so either way."""
    fact = course.fact(condition.fact)
    if fact is None:
        return "silent"
    readings = [replace(fact, statement=statement, also=()) for statement in (fact.statement, *fact.also)]
    answers = {condition.met(reading) for reading in readings}
    return answers.pop() if len(answers) == 1 else "apart"


def measure(fact: Fact, spec: FactSpec) -> float | None:
    """A value that can be ranked among those of other courses."""
    if spec.type == "duration":
        return hours(fact)
    unit = "percent" if spec.type == "percent" else spec.unit
    return fact.value if isinstance(fact.value, int | float) and fact.unit == unit and not fact.also else None


def words_of(fact: Fact) -> str:
    match fact.value:
        case tuple():
            return " ".join(fact.value).casefold()
        case None | Retake():
            return ""
        case _:
            return str(fact.value).casefold()


def pressed(text: str) -> bool:
    """Whether a button was pressed and nothing typed."""
    return text.startswith("ask|")


def _typed(text: str) -> str:
    """What was typed; of a button only the words it carries, not the names of intents and courses."""
    return text.partition("||")[2] if pressed(text) else text


@lru_cache(maxsize=512)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)


def _without(text: str, words: Iterable[str]) -> str:
    lowered = text.casefold()
    chosen = tuple(word for word in words if word.casefold() in lowered)  # few, so that few patterns are tried
    return _pattern(chosen).sub(" ", text) if chosen else text


def _extreme(text: str, rows: Sequence[Mapping[str, Any]]) -> tuple[str, Extreme | None]:
    for row in rows:
        left = _without(text, row["words"])
        if left != text:
            return left, Extreme(row["fact"], row["is"] == "most", row["said"])
    return text, None


def _rows(section: str, knowledge: Knowledge) -> list[Mapping[str, Any]]:
    """Rows of vocabulary.yaml about facts that facts.yaml has."""
    return [row for row in knowledge.vocabulary.data.get(section, ()) if row["fact"] in knowledge.facts]


def _worded(knowledge: Knowledge) -> Iterable[tuple[Condition, Sequence[str]]]:
    """Conditions said in words ("no exam", "for beginners"): rows of `conditions` in vocabulary.yaml."""
    for row in _rows("conditions", knowledge):
        yield Condition(row["fact"], _test(row["is"], knowledge.facts[row["fact"]]), row["said"]), row["words"]


def _named(knowledge: Knowledge, topics: Sequence[str]) -> Iterable[tuple[Condition, Sequence[str]]]:
    """Vendors by their names: facts that are words, for which no condition is written. Their words are topics too."""
    written = {row["fact"] for row in _rows("conditions", knowledge)}
    for spec in knowledge.facts.values():
        if topics and spec.type == "word" and spec.usual and spec.name not in written:
            facts = (course.fact(spec.name) for course in knowledge.courses.values() if course.listed)
            for value in dict.fromkeys(str(fact.value) for fact in facts if fact and fact.value):
                yield Condition(spec.name, _test(value.casefold(), spec), name=value), (value,)


def _test(wants: str | list[str], spec: FactSpec) -> Callable[[Fact], Answer]:
    if wants == "none":
        return lambda fact: "yes" if fact.value is None else "no"
    if wants == "stated":
        return lambda fact: "no" if fact.value is None else "yes"
    words = [wants] if isinstance(wants, str) else wants
    otherwise: Answer = "no" if spec.type == "word" else "silent"

    def met(fact: Fact) -> Answer:
        if fact.value is None:
            return "no"
        text = words_of(fact)
        return "yes" if any(word in text for word in words) else otherwise

    return met


def _with_unit(figure: Figure, text: str, data: Mapping[str, Any]) -> Figure:
    """A bare number counts what the message speaks of: "a pass mark above 80"."""
    if figure.unit is None:
        for unit, words in data.get("bare_figures", {}).items():
            if says(text, words):
                return replace(figure, unit=unit)
    return figure


def _measured(figure: Figure) -> Condition:
    fact_name = FACT_OF[str(figure.unit)]

    def met(fact: Fact) -> Answer:
        if fact.value is None:
            return "no"
        if fact_name == "duration":
            held = lasts(fact, figure)
        else:
            held = compares(fact.value, figure) if fact.unit == figure.unit else None
        return "apart" if held is None else "yes" if held else "no"

    return Condition(fact_name, met, figure=figure)
