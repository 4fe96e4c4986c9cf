"""Statements of one page that cannot both be right."""

import re
from collections.abc import Iterator
from textwrap import shorten

from bot.knowledge.check.look import Look
from bot.knowledge.extract.marks import is_impossible
from bot.knowledge.extract.numbers import as_number
from bot.knowledge.paths import all_texts
from bot.knowledge.plural import counted
from bot.models.content import Problem
from bot.models.course import Retake, Statement

_PERCENT = re.compile(r"\s*(?:%|per\s?cent)\W*$", re.IGNORECASE)
LONGEST = 200
"""Letters of a value that is told in full."""
_BRACKETS = re.compile(r"\([^()]*\)")


def contradictions(look: Look) -> Iterator[Problem]:
    yield from _figures(look)
    yield from _impossible(look)
    yield from _denied(look)
    yield from _vendor(look)
    yield from _kind(look)


def _figures(look: Look) -> Iterator[Problem]:
    for rule, fact in look.facts():
        for other in fact.also if fact else ():
            assert fact is not None
            yield look.problem(
                "contradiction",
                f"{rule.spec.label}: {_said(fact.statement)}, but {_said(other)}.",
                "Keep the one that is right.",
                fact.name,
                other.source.field,
            )


def _impossible(look: Look) -> Iterator[Problem]:
    """A share above all there is: it is not taken for the fact."""
    for rule in look.contract.rules.values():
        if rule.spec.type != "percent":
            continue
        values = [(field, str(look.reading.value(field))) for field in rule.units]
        found = [(field, value) for field, value in values if (as_number(_PERCENT.sub("", value)) or 0) > 100]
        found += [(said.field, said.text) for said in look.reading.prose(rule.fields) if is_impossible(said.folded)]
        for field, quote in found:
            yield look.problem(
                "contradiction",
                f"{rule.spec.label}: {field} says “{quote}”, which cannot be: it is more than 100%.",
                "Write the figure that is meant.",
                rule.spec.name,
                field,
            )


def _denied(look: Look) -> Iterator[Problem]:
    """A field says that there is none, and another place says what it is."""
    for rule, fact in look.facts():
        if fact is None or fact.status != "none" or rule.spec.type != "text" or fact.source.field not in rule.fields:
            continue
        for sentence in look.reading.prose():
            text = sentence.folded
            if sentence.field in rule.fields or rule.none.search(text) or rule.unless.search(text):
                continue
            if (rule.best or rule.says).search(text):
                yield look.problem(
                    "contradiction",
                    f"{rule.spec.label}: {fact.source.field} says “{fact.source.quote}”,"
                    f" but {sentence.field} says “{sentence.text}”.",
                    "Keep the one that is right.",
                    fact.name,
                    sentence.field,
                )
                break


def _vendor(look: Look) -> Iterator[Problem]:
    """The kind of course bears the name of a vendor that is not the page's own."""
    rule, fact = look.contract.rules.get("vendor"), look.course.fact("vendor")
    if rule is None or fact is None:
        return
    for field in look.contract.page.kind:
        for kind in all_texts(look.page.data, (field,)):
            others = [name for name in rule.words.values() if name.casefold() in kind.casefold() and name != fact.value]
            if others:
                yield look.problem(
                    "contradiction",
                    f"{rule.spec.label}: {fact.source.field} says {fact.value}, but {field} says “{kind}”.",
                    "Keep the one that is right.",
                    fact.name,
                    field,
                )


def _kind(look: Look) -> Iterator[Problem]:
    """The kind of course bears a name (Azure DevOps) of which the page says no word. A single word may be the house's own."""
    for field in look.contract.page.kind:
        for kind in all_texts(look.page.data, (field,)):
            words = re.findall(r"[a-z]{4,}", _BRACKETS.sub("", kind).casefold())
            if len(words) > 1 and not any(word in look.text for word in words):
                yield look.problem(
                    "contradiction",
                    f"{field} says “{kind}”, of which the page says no word.",
                    "Check which kind is right.",
                    None,
                    field,
                )


def _said(statement: Statement) -> str:
    value, quote = statement.value, statement.source.quote
    if isinstance(value, tuple) or value == quote:
        text = "; ".join(value) if isinstance(value, tuple) else quote
        return f"{statement.source.field} says “{shorten(text, LONGEST, placeholder=' …')}”"
    if value is None:
        said = "none"
    elif isinstance(value, Retake):
        numbers = {"attempts": value.attempts, "days": value.window_days}
        parts = [counted(number, nouns) for nouns, number in numbers.items() if number is not None]
        said = ", ".join((*parts, *([f"cost {value.cost}"] if value.cost is not None else [])))
    else:
        said = counted(value, statement.unit or "")
    return f"{statement.source.field} says {said} (“{shorten(quote, LONGEST, placeholder=' …')}”)"
