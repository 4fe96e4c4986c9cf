"""Questions about the catalogue as a whole: list, search by stated conditions, recommend, compare."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation.claims import says
from bot.conversation.lengths import HOURS, compares, hours, lasts
from bot.conversation.shelf import Shelf
from bot.models.content import Knowledge
from bot.models.conversation import Conversation
from bot.models.course import Course, Fact, Retake
from bot.models.understanding import Figure, Intent, Understanding

SHORT = ("percent", "number", "duration", "word", "retake")
"""Types of facts that are said in a few words."""

TELLING = ("overview", "audience")
"""Longer ones that tell courses apart, of which a comparison says how they begin."""

CHOICES = 6
"""Courses offered as buttons in a question back: more would not fit a phone."""


@dataclass(frozen=True, slots=True)
class Row:
    """One course of a list, with the fact that put it there."""

    course: Course
    fact: Fact | None = None
    quote: str = ""
    """The page's own sentence that chose it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Courses that answer a catalogue question."""

    situation: str
    """`title`, `none` (nothing fits) or `ask` (too little is known to choose)."""
    rows: tuple[Row, ...] = ()
    not_stated: int = 0
    """Courses whose pages do not state what was asked for."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(row.fact for row in self.rows if row.fact)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Facts side by side, in the order of `facts.yaml`; None is not stated."""

    courses: tuple[Course, ...]
    rows: tuple[tuple[str, tuple[Fact | None, ...]], ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for _, facts in self.rows for fact in facts if fact)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a course must state to be listed."""

    fact: str
    holds: Callable[[Fact], bool]


def listed(knowledge: Knowledge) -> list[Course]:
    return [course for course in knowledge.courses.values() if course.listed]


def likely(conversation: Conversation, knowledge: Knowledge) -> tuple[Course, ...]:
    """Courses to offer when none was named: those talked about, then the catalogue's first."""
    keys = dict.fromkeys((*conversation.recent, *(course.key for course in listed(knowledge))))
    return tuple(knowledge.courses[key] for key in keys if key in knowledge.courses)[:CHOICES]


def find(intent: Intent, heard: Understanding, knowledge: Knowledge, shelf: Shelf) -> Found:
    match intent.name:
        case "recommend":
            return _recommend(heard, knowledge, shelf)
        case "search_courses":
            return _search(heard, knowledge, shelf)
        case _:
            return _list(heard, knowledge)


def _list(heard: Understanding, knowledge: Knowledge) -> Found:
    about = [course for course in listed(knowledge) if heard.topics and _speaks_of(course, heard.topics)]
    return Found("title", tuple(Row(course) for course in about or listed(knowledge)))


def _search(heard: Understanding, knowledge: Knowledge, shelf: Shelf) -> Found:
    """Courses of that name, vendor or subject that state the conditions; else pages that speak of what is sought."""
    conditions, extreme = _conditions(heard, knowledge), _extreme(heard, knowledge)
    about = [course for course in listed(knowledge) if heard.topics and _speaks_of(course, heard.topics)]
    if about or (not heard.topics and (conditions or extreme)):
        rows = [Row(course) for course in about or listed(knowledge)]
        return extreme(rows) if extreme else _fitting(rows, conditions)
    return _recommend(heard, knowledge, shelf)


def _recommend(heard: Understanding, knowledge: Knowledge, shelf: Shelf) -> Found:
    """Pages that speak of what the person tells, within the stated conditions; a question where nothing was told."""
    conditions = _conditions(heard, knowledge)
    if shelf.says_something(heard.text):
        spoken = shelf.speaking_of(heard.text, but=heard.courses)
        found = _fitting([Row(passage.course, passage.fact, passage.sentence) for passage in spoken], conditions)
        if found.rows or not conditions:
            return found
    return _fitting([Row(course) for course in listed(knowledge)], conditions) if conditions else Found("ask")


def _extreme(heard: Understanding, knowledge: Knowledge) -> Callable[[Sequence[Row]], Found] | None:
    """ "The shortest": the courses whose stated length is the least, where lengths can be compared at all."""
    words = knowledge.vocabulary.data.get("extremes", {})
    choose = min if says(heard.text, words.get("shortest", ())) else max
    if choose is max and not says(heard.text, words.get("longest", ())):
        return None

    def chosen(rows: Sequence[Row]) -> Found:
        stated = [(hours(fact), row, fact) for row in rows if (fact := row.course.fact("duration"))]
        lengths = [(length, row, fact) for length, row, fact in stated if length is not None]
        best = choose((length for length, _, _ in lengths), default=None)
        kept = tuple(Row(row.course, fact) for length, row, fact in lengths if length == best)
        return Found("title" if kept else "none", kept, len(rows) - len(lengths))

    return chosen


def _conditions(heard: Understanding, knowledge: Knowledge) -> list[Condition]:
    figures = (_with_unit(figure, heard, knowledge) for figure in heard.figures)
    return [*_worded(heard, knowledge), *filter(None, map(_figure, figures))]


def _fitting(rows: Iterable[Row], conditions: Sequence[Condition]) -> Found:
    """The rows whose courses state that the conditions hold."""
    kept, silent = [], 0
    for row in rows:
        facts = [row.course.fact(condition.fact) for condition in conditions]
        if any(fact is None for fact in facts):
            silent += 1
        elif all(condition.holds(fact) for condition, fact in zip(conditions, facts, strict=True) if fact):
            kept.append(row if row.fact or not facts else Row(row.course, facts[0]))
    return Found("title" if kept else "none", tuple(kept), silent)


def _worded(heard: Understanding, knowledge: Knowledge) -> Iterable[Condition]:
    """Conditions said in words ("no exam", "for beginners"): rows of `conditions` in vocabulary.yaml."""
    for row in knowledge.vocabulary.data.get("conditions", ()):
        if says(heard.text, row["words"]):
            yield Condition(row["fact"], _test(row))


def _test(row: Mapping[str, Any]) -> Callable[[Fact], bool]:
    wanted = str(row["is"])
    match wanted:
        case "none":
            return lambda fact: fact.status == "none"
        case "stated":
            return lambda fact: fact.status != "none"
        case _:
            return lambda fact: wanted in _words(fact)


def _with_unit(figure: Figure, heard: Understanding, knowledge: Knowledge) -> Figure:
    """A bare number counts what the message speaks of: "a pass mark above 80"."""
    if figure.unit is None:
        for unit, words in knowledge.vocabulary.data.get("bare_figures", {}).items():
            if says(heard.text, words):
                return replace(figure, unit=unit)
    return figure


def _figure(figure: Figure) -> Condition | None:
    match figure.unit:
        case "percent":
            return Condition("pass_mark", lambda fact: fact.unit == "percent" and compares(fact.value, figure))
        case "pdus":
            return Condition("pdu_credits", lambda fact: compares(fact.value, figure))
        case unit if unit in HOURS:
            return Condition("duration", lambda fact: bool(lasts(fact, figure)))
        case "weeks" | "sessions":
            return Condition("duration", lambda fact: any(s.unit == figure.unit and compares(s.value, figure)
                                                          for s in (fact.statement, *fact.support)))  # fmt: skip
        case _:
            return None


def _words(fact: Fact) -> str:
    match fact.value:
        case tuple():
            return " ".join(fact.value).casefold()
        case None | Retake():
            return ""
        case _:
            return str(fact.value).casefold()


def _speaks_of(course: Course, topics: tuple[str, ...]) -> bool:
    vendor = course.fact("vendor")
    text = " ".join((course.title, *course.names, *course.tags, _words(vendor) if vendor else "")).casefold()
    return all(topic in text for topic in topics)


def compare(
    courses: tuple[Course, ...], asked: tuple[str, ...], heard: Understanding, knowledge: Knowledge
) -> Comparison:
    """The facts asked for, else what sets courses apart and fits a line or two on a phone."""
    names = asked or tuple(
        spec.name for spec in knowledge.facts.values() if spec.usual and (spec.type in SHORT or spec.name in TELLING)
    )
    rows = ((name, tuple(course.fact(name) for course in courses)) for name in names)
    return Comparison(courses, tuple((name, facts) for name, facts in rows if any(facts)))
