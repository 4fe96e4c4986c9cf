"""Facts in the wrong field, in no field, or nowhere."""

from collections import Counter
from collections.abc import Iterator

from bot.knowledge.check.look import Look
from bot.knowledge.contract import FactRule
from bot.knowledge.extract.plain import is_silent
from bot.knowledge.paths import value_at
from bot.models.content import Problem
from bot.models.course import Fact, Source

TEXTS = ("text", "list")
EXAM = "certification"
"""The fact whose field rightly holds figures of the exam."""
REPEATED = 100
"""Letters in which two texts agree that are the same."""
SCATTERED = ("percent", "retake", "number", "link")
"""Facts that have no field of their own in most schemas: they are read from the text about the certificate."""


def misplaced(look: Look) -> Iterator[Problem]:
    """A fact that stands in the field of another one."""
    for rule, fact in look.facts():
        if rule.spec.type in TEXTS:
            yield from _text_elsewhere(look, rule, fact)
        elif fact is not None and rule.spec.type in SCATTERED:
            sources = [statement.source for statement in (fact.statement, *fact.also, *fact.support)]
            owned = [(source, owner) for source in sources if (owner := _owner(look, source.field))]
            for source, owner in [pair for pair in owned if pair[1].spec.name != EXAM][:1]:
                yield _moved(look, rule, owner, source)


def _text_elsewhere(look: Look, rule: FactRule, fact: Fact | None) -> Iterator[Problem]:
    """The text itself, where its own field has none; else sentences that belong to it."""
    if fact is not None and fact.source.field not in rule.fields:
        owner = _owner(look, fact.source.field)
        if owner:
            yield _moved(look, rule, owner, fact.source)
            return
    for field in look.contract.page.prose if rule.firm else ():
        owner = _owner(look, field)
        if owner is None or owner.spec.name == rule.spec.name or field in rule.not_in:
            continue
        for sentence in look.reading.spoken(field):
            text = sentence.folded
            if (rule.firm.search(text) or rule.best.search(text)) and not rule.unless.search(text):
                yield _moved(look, rule, owner, look.reading.source(field, sentence.text))
                return


def _moved(look: Look, rule: FactRule, owner: FactRule, source: Source) -> Problem:
    return look.problem(
        "misplaced",
        f"{rule.spec.label} stands in {source.field}, the field for {owner.spec.label!r}: “{source.quote}”.",
        f"Move it to {_own_field(look, rule)}.",
        rule.spec.name,
        source.field,
    )


def other_in_field(look: Look) -> Iterator[Problem]:
    """A list whose first sentence opens another one: the syllabus under the objectives."""
    lists = [rule for rule in look.contract.rules.values() if rule.spec.type == "list"]
    for rule in lists:
        fact = look.course.fact(rule.spec.name)
        if fact is None or fact.value is None or fact.source.field not in rule.fields:
            continue
        first = next(iter(look.reading.sentences(fact.source.field)), None)
        if first is None or rule.says.search(first.folded) or rule.headings.search(first.folded):
            continue
        for other in lists:
            if other is not rule and other.says.search(first.folded) and not other.unless.search(first.folded):
                yield look.problem(
                    "misplaced",
                    f"{fact.source.field} holds what belongs under {other.spec.label!r}: “{first.text}”.",
                    f"Move it to {_own_field(look, other)}.",
                    rule.spec.name,
                    fact.source.field,
                )


def repeated(look: Look) -> Iterator[Problem]:
    """A text that is word for word that of another field, in the place of a fact of its own."""
    seen: dict[str, str] = {}
    for field in look.contract.page.prose:
        text = " ".join(sentence.folded for sentence in look.reading.spoken(field)).casefold()[:REPEATED]
        if len(text) < REPEATED:
            continue
        first, owner = seen.setdefault(text, field), _owner(look, field)
        if first != field and owner:
            yield look.problem(
                "misplaced",
                f"{field} repeats {first} word for word: “{text[:60]}…”.",
                "Write there what belongs there, or leave it empty.",
                owner.spec.name,
                field,
            )


def usual_fields(looks: list[Look]) -> frozenset[str]:
    """Fields that most pages have: where one of them is missing it has been forgotten."""
    fields = {field for rule in looks[0].contract.rules.values() for field in rule.fields} if looks else set()
    counts = Counter(field for look in looks for field in fields if look.reading.value(field) is not None)
    return frozenset(field for field, count in counts.items() if 2 * count > len(looks))


def missing(look: Look, usual: frozenset[str]) -> Iterator[Problem]:
    """A field that is empty or 0 while the text states the fact."""
    for rule, fact in look.facts():
        if fact is None or rule.spec.type in SCATTERED:
            continue
        if fact.source.field in rule.fields and fact.source.field != "body":
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
