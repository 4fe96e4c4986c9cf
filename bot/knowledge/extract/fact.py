"""One fact of one page: every statement of it, the one that counts, those that agree and those that do not."""

from collections.abc import Callable

from bot.knowledge.contract import Contract, FactRule
from bot.knowledge.course import Identity
from bot.knowledge.extract.costs import contradict
from bot.knowledge.extract.attempts import read_retake
from bot.knowledge.extract.figures import read_duration, read_number, read_percent
from bot.knowledge.extract.lengths import Length, agree
from bot.knowledge.extract.scope import Scope
from bot.knowledge.extract.stated import Stated
from bot.knowledge.extract.texts import read_text
from bot.knowledge.extract.words import read_link, read_word
from bot.knowledge.pages import Page
from bot.knowledge.reading import Reading
from bot.models.course import Fact, Retake, Statement

_FIGURES: dict[str, Callable[[FactRule, Reading, Scope], list[Stated]]] = {
    "percent": read_percent,
    "number": read_number,
    "duration": read_duration,
    "retake": read_retake,
}


class FactReader:
    """Reads facts of pages by the contract."""

    def __init__(self, contract: Contract, site: str = "") -> None:
        self._contract = contract
        self._rules = tuple(rule for rule in contract.rules.values() if rule.spec.type in ("text", "list"))
        self._site = site
        self._last: tuple[Reading, Scope] | None = None

    def read(self, page: Page, identity: Identity, name: str) -> Fact | None:
        """The fact, or None where the page does not state it."""
        rule = self._contract.rules[name]
        if self._last is None or self._last[0].page is not page:
            # The facts of a page are asked for together, so the last page read is worth keeping, and no more.
            reading = Reading(page, self._contract.page.prose)
            names = (identity.title, identity.code or "", identity.slug)
            self._last = reading, Scope(reading, names, self._contract.page.elsewhere)
        stated = self._stated(rule, *self._last, identity)
        return _fact(identity.key, rule, stated) if stated else None

    def _stated(self, rule: FactRule, reading: Reading, scope: Scope, identity: Identity) -> list[Stated]:
        kind = rule.spec.type
        if kind in _FIGURES:
            return _FIGURES[kind](rule, reading, scope)
        if kind == "word":
            return read_word(rule, reading)
        if kind == "link":
            return [Stated(statement) for statement in read_link(rule, reading, identity.slug, self._site)]
        return read_text(rule, self._rules, reading)


def _fact(course: str, rule: FactRule, stated: list[Stated]) -> Fact:
    first = stated[0]
    also: list[Stated] = []
    support: list[Statement] = []
    for other in stated[1:]:
        known = (first.statement, *(one.statement for one in also), *support)
        if any(_same(one, other.statement) for one in known):
            continue
        if _agree(rule, first, other) or any(_explains(rule, one, other) for one in also):
            support.append(other.statement)
        else:
            also.append(other)
    return Fact(
        course,
        rule.spec.name,
        first.statement,
        tuple(one.statement for one in also),
        tuple(support),
        _subject(first, stated),
    )


def _explains(rule: FactRule, one: Stated, other: Stated) -> bool:
    """Whether both stand in one sentence and agree: a five-day course (35 hours) is one statement."""
    return one.statement.source == other.statement.source and _agree(rule, one, other)


def _subject(first: Stated, stated: list[Stated]) -> str | None:
    """The exam the value belongs to; named as an assessment or exam rather than by its certificate."""
    names = [one.subject for one in stated if one.subject and _same(first.statement, one.statement)]
    exams = [name for name in names if name.endswith(("assessment", "exam", "test", "examination"))]
    return next(iter(exams or names), None)


def _same(one: Statement, other: Statement) -> bool:
    return (one.value, one.unit) == (other.value, other.unit)


def _agree(rule: FactRule, first: Stated, other: Stated) -> bool:
    """Whether both statements can be right."""
    kind = rule.spec.type
    one, two = first.statement, other.statement
    if other.against:
        return False
    if kind == "duration":
        return agree(_as_length(one), _as_length(two))
    if kind == "retake":
        return _retakes_agree(one, two)
    if kind == "percent":
        return bool(first.subject and other.subject and first.subject != other.subject)
    return kind != "number"


def _as_length(statement: Statement) -> Length:
    value = statement.value
    return Length(value if isinstance(value, str | int | float) else "", statement.unit)


def _retakes_agree(statement: Statement, other: Statement) -> bool:
    one, two = statement.value, other.value
    if not isinstance(one, Retake) or not isinstance(two, Retake):
        return one == two
    if contradict(one.cost, two.cost, (statement.source.quote, other.source.quote)):
        return False
    return all(
        first is None or second is None or first == second
        for first, second in ((one.attempts, two.attempts), (one.window_days, two.window_days))
    )
