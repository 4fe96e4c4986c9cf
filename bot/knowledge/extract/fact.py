"""One fact of one page: every statement of it, the one that counts, those that agree and those that do not."""

from collections.abc import Callable

from bot.knowledge.contract import Contract, FactRule
from bot.knowledge.course import Identity
from bot.knowledge.extract import durations
from bot.knowledge.extract.figures import Stated, read_duration, read_number, read_percent, read_retake
from bot.knowledge.extract.texts import read_text
from bot.knowledge.extract.words import read_link, read_word
from bot.knowledge.pages import Page
from bot.knowledge.reading import Reading
from bot.models.course import Fact, Retake, Statement, Value

_FIGURES: dict[str, Callable[[FactRule, Reading, tuple[str, ...]], list[Stated]]] = {
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
        self._last: Reading | None = None

    def read(self, page: Page, identity: Identity, name: str) -> Fact | None:
        """The fact, or None where the page does not state it."""
        rule = self._contract.rules[name]
        reading = self._last
        if reading is None or reading.page is not page:
            # The facts of a page are asked for together, so the last page read is worth keeping, and no more.
            reading = self._last = Reading(page, self._contract.page.prose)
        stated = self._stated(rule, reading, identity)
        return _fact(identity.key, rule, stated) if stated else None

    def _stated(self, rule: FactRule, reading: Reading, identity: Identity) -> list[Stated]:
        kind = rule.spec.type
        if kind in _FIGURES:
            return _FIGURES[kind](rule, reading, (identity.title, identity.code or "", identity.slug))
        if kind == "word":
            statements = read_word(rule, reading)
        elif kind == "link":
            statements = read_link(rule, reading, identity.slug, self._site)
        else:
            statements = read_text(rule, self._rules, reading)
        return [Stated(statement) for statement in statements]


def _fact(course: str, rule: FactRule, stated: list[Stated]) -> Fact:
    first = stated[0]
    also: list[Statement] = []
    support: list[Statement] = []
    for other in stated[1:]:
        if _same(first.statement, other.statement) or any(_same(known, other.statement) for known in (*also, *support)):
            continue
        (support if _agree(rule, first, other) else also).append(other.statement)
    return Fact(course, rule.spec.name, first.statement, tuple(also), tuple(support), _subject(first, stated))


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
    if kind == "duration":
        return durations.agree(_as_length(one), _as_length(two))
    if kind == "retake":
        return _retakes_agree(one.value, two.value)
    if kind == "percent":
        return bool(first.subject and other.subject and first.subject != other.subject)
    return kind != "number"


def _as_length(statement: Statement) -> durations.Length:
    value = statement.value
    return durations.Length(value if isinstance(value, str | int | float) else "", statement.unit)


def _retakes_agree(one: Value, two: Value) -> bool:
    if not isinstance(one, Retake) or not isinstance(two, Retake):
        return one == two
    return all(
        first is None or second is None or first == second
        for first, second in ((one.attempts, two.attempts), (one.window_days, two.window_days))
    )
