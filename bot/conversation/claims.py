"""Yes or no on stated rules: a figure or a claim in a question is checked against the fact."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from bot.conversation.lengths import days, lasts
from bot.models.content import Knowledge
from bot.models.course import Course, Fact, Retake
from bot.models.understanding import Figure, Intent, Understanding


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a reply begins."""

    key: str
    """Key of the wording in `replies.yaml`, after `verdict.`."""
    values: dict[str, Any] = field(default_factory=dict)


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def says(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words or phrases stands in the text."""
    chosen = tuple(words)
    return bool(chosen) and bool(_pattern(chosen).search(text))


def silent_on(fact: Fact, intent: Intent, heard: Understanding, knowledge: Knowledge) -> bool:
    """Whether the question is about an aspect that the fact's sentences do not speak of (how long the exam is)."""
    text = intent.clause
    stated = " ".join(statement.source.quote for statement in (fact.statement, *fact.support, *fact.also))
    whole = f"{stated} {fact.value}"
    return any(
        aspect["intent"] == intent.name and says(text, aspect["asked"]) and not says(whole, aspect["stated"])
        for aspect in knowledge.claims.get("aspects", ())
    )


def verdict(fact: Fact, intent: Intent, heard: Understanding, course: Course, knowledge: Knowledge) -> Verdict | None:
    """None where nothing was claimed, or nothing that the fact decides."""
    claim = _Claim(intent.clause, heard.figures, knowledge)
    if denied := _denied(fact, claim):
        return denied
    found = _checked(fact, claim, course)
    return Verdict("conflict") if found and fact.also else found


def _checked(fact: Fact, claim: "_Claim", course: Course) -> Verdict | None:
    match fact.name:
        case "pass_mark":
            return _pass_mark(fact, claim)
        case "duration":
            return _duration(fact, claim)
        case "pdu_credits":
            return _pdu_credits(fact, claim)
        case "retake" if isinstance(fact.value, Retake):
            return _retake(fact.value, claim, course.fact("pass_mark"))
        case "level" | "vendor":
            return _word(fact, claim)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class _Claim:
    text: str
    figures: Sequence[Figure]
    knowledge: Knowledge

    def says(self, words: str) -> bool:
        return says(self.text, self.knowledge.claims.get(words, ()))

    def of(self, *units: str | None) -> list[Figure]:
        return [figure for figure in self.figures if figure.unit in units]


def _denied(fact: Fact, claim: _Claim) -> Verdict | None:
    """ "So there is no exam, right?" """
    phrases = claim.knowledge.claims.get("denied", {}).get(fact.name, ())
    if not (says(claim.text, phrases) and claim.says("claims")):
        return None
    return Verdict("denied.yes" if fact.status == "none" else "denied.no")


def _pass_mark(fact: Fact, claim: _Claim) -> Verdict | None:
    figures = claim.of("percent", None) if fact.unit == "percent" else claim.of("points", None)
    if len(figures) != 1 or not isinstance(fact.value, int | float):
        return None
    if not 0 <= figures[0].value <= (100 if fact.unit == "percent" else float("inf")):
        return None
    value = figures[0].value
    if value == fact.value:
        return Verdict("pass_mark.yes")
    if value < fact.value or claim.says("need"):
        return Verdict("pass_mark.no")
    return Verdict("pass_mark.above")


def _duration(fact: Fact, claim: _Claim) -> Verdict | None:
    figures = claim.of("minutes", "hours", "half-days", "days", "weeks", "sessions")
    if len(figures) != 1 or claim.says("either"):
        return None
    fits = lasts(fact, figures[0])
    return None if fits is None else Verdict("duration.yes" if fits else "duration.no")


def _pdu_credits(fact: Fact, claim: _Claim) -> Verdict | None:
    if claim.says("fail"):
        return (
            Verdict("pdu_credits.attending") if says(fact.source.quote, claim.knowledge.claims["attending"]) else None
        )
    figures = claim.of("pdus")
    if len(figures) != 1:
        return None
    return Verdict("pdu_credits.yes" if figures[0].value == fact.value else "pdu_credits.no")


def _retake(rule: Retake, claim: _Claim, mark: Fact | None) -> Verdict | None:
    """Whether a further attempt is granted, for the day and the score the person tells."""
    told = [days(figure) for figure in claim.figures if days(figure) is not None]
    scores = claim.of("percent")
    if rule.window_days is not None and told and claim.says("wait"):
        return Verdict("retake.window", {"window": rule.window_days})
    if rule.window_days is None or len(told) != 1 or told[0] is None:
        return None
    if not claim.says("first") and all(figure.relation == "is" for figure in claim.figures):
        return None  # "if I take it ten days later": the rule says nothing of the second attempt's day
    late = told[0] > rule.window_days
    passed = mark and isinstance(mark.value, int | float) and any(score.value >= mark.value for score in scores)
    return Verdict("retake.no" if late or passed else "retake.yes")


def _word(fact: Fact, claim: _Claim) -> Verdict | None:
    """A level or a vendor named in the question: this course's own, or another's."""
    spec = claim.knowledge.facts[fact.name]
    words = {value for value in spec.values if says(claim.text, (value,))}
    if not words and claim.says(f"other_{fact.name}s"):
        return Verdict(f"{fact.name}.no")
    if len(words) != 1:
        return None
    right = str(fact.value).casefold() == next(iter(words)).casefold()
    return Verdict(f"{fact.name}.yes" if right else f"{fact.name}.no")
