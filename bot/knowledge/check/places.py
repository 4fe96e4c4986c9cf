"""Facts in the wrong field, in no field, or nowhere."""

from collections import Counter
from collections.abc import Iterator

from bot.knowledge.check.look import Look
from bot.knowledge.contract import FactRule
from bot.knowledge.extract.plain import is_silent
from bot.knowledge.paths import value_at
from bot.models.content import Problem

TEXTS = ("text", "list")
SCATTERED = ("percent", "retake", "number", "link")
"""Facts that have no field of their own in most schemas: they are read from the text about the certificate."""


def misplaced(look: Look) -> Iterator[Problem]:
    """A text that stands in the field of another fact."""
    for rule, fact in look.facts():
        if fact is None or rule.spec.type not in TEXTS or fact.source.field in rule.fields:
            continue
        if owner := _owner(look, fact.source.field):
            yield look.problem(
                "misplaced",
                f"{rule.spec.label} stands in {fact.source.field}, the field for {owner.spec.label!r}:"
                f" “{fact.source.quote}”.",
                f"Move it to {_own_field(look, rule)}.",
                fact.name,
                fact.source.field,
            )


def usual_fields(looks: list[Look]) -> frozenset[str]:
    """Fields that most pages have: where one of them is missing it has been forgotten."""
    fields = {field for rule in looks[0].contract.rules.values() for field in rule.fields} if looks else set()
    counts = Counter(field for look in looks for field in fields if look.reading.value(field) is not None)
    return frozenset(field for field, count in counts.items() if 2 * count > len(looks))


def missing(look: Look, usual: frozenset[str]) -> Iterator[Problem]:
    """A field that is empty or 0 while the text states the fact."""
    for rule, fact in look.facts():
        if fact is None or rule.spec.type in SCATTERED or fact.source.field in rule.fields:
            continue
        if rule.spec.type in TEXTS and _owner(look, fact.source.field):
            continue
        field = next((field for field in rule.fields if field in usual or _present(look, field)), None)
        if field is None or not is_silent(look.reading.value(field), rule.unknown):
            continue
        yield look.problem(
            "missing",
            f"{field} is {_shown(look.reading.value(field))}, but {fact.source.field} states it:"
            f" “{fact.source.quote}”.",
            f"Fill in {field}.",
            fact.name,
            field,
        )


def silent(look: Look) -> Iterator[Problem]:
    """The usual questions that the page cannot answer. Without an exam nobody asks how it is passed."""
    certificate = look.course.fact("certification")
    without_exam = certificate is not None and certificate.status == "none"
    for rule, fact in look.facts():
        if fact is not None or not rule.spec.usual:
            continue
        if without_exam and rule.spec.type in ("percent", "retake"):
            continue
        yield look.problem(
            "silent",
            f"The page does not state: {rule.spec.label}.",
            f"Fill in {_own_field(look, rule)}, if it can be said.",
            rule.spec.name,
        )


def _owner(look: Look, field: str) -> FactRule | None:
    """The other fact whose field it is; fields of free text belong to none."""
    free = look.contract.rules.get("overview")
    if free and field in free.fields:
        return None
    texts = (rule for rule in look.contract.rules.values() if rule.spec.type in TEXTS and field in rule.fields)
    return next(texts, None)


def _own_field(look: Look, rule: FactRule) -> str:
    """Where this page keeps the fact, or would."""
    return next((field for field in rule.fields if _present(look, field)), rule.fields[0] if rule.fields else "a field")


def _present(look: Look, field: str) -> bool:
    """Whether the page has the key, filled or not."""
    parent, _, key = field.rpartition(".")
    inside = value_at(look.page.data, parent) if parent else look.page.data
    return isinstance(inside, dict) and key in inside


def _shown(value: object) -> str:
    return "missing" if value is None else "empty" if value in ("", [], {}) else str(value).strip()
