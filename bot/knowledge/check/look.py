"""One page as the checker looks at it."""

from collections.abc import Iterator
from functools import cached_property

from bot.knowledge.contract import Contract, FactRule
from bot.knowledge.course import identify, names_by_rank
from bot.knowledge.extract.scope import Scope
from bot.knowledge.lines import line_of
from bot.knowledge.pages import Page
from bot.knowledge.reading import Reading
from bot.models.content import Problem, Severity
from bot.models.course import Course, Fact, Statement


class Look:
    """A course with the page it came from."""

    def __init__(self, course: Course, page: Page, contract: Contract) -> None:
        self.course, self.page, self.contract = course, page, contract
        self.reading = Reading(page, contract.page.prose)
        identity = identify(page, contract.page)
        self.slug = identity.slug
        self.names = names_by_rank(page, identity, contract.page)
        self.scope = Scope(self.reading, (course.title, course.code or "", self.slug), contract.page.elsewhere)

    @cached_property
    def bare_title(self) -> str:
        """The title as a sentence would say it: without code and ending."""
        bare = (name for name in self.names[0] if " " in name and "(" not in name)
        return min(bare, key=len, default=self.course.title)

    @cached_property
    def text(self) -> str:
        """Title, tags and all prose, in small letters."""
        prose = (sentence.text for sentence in self.reading.prose())
        return " ".join((self.course.title, *self.course.tags, *prose)).casefold()

    def facts(self) -> Iterator[tuple[FactRule, Fact | None]]:
        """Every fact in the order of `facts.yaml`."""
        for name, rule in self.contract.rules.items():
            yield rule, self.course.fact(name)

    def statements(self) -> Iterator[tuple[Fact, Statement]]:
        """Everything the page states."""
        for _, fact in self.facts():
            for statement in (fact.statement, *fact.also, *fact.support) if fact else ():
                yield fact, statement  # type: ignore[misc]

    def problem(self, severity: Severity, message: str, fix: str, fact: str | None = None, field: str = "") -> Problem:
        """A finding at the line where the field begins."""
        line = line_of(self.page, field) if field else None
        return Problem(self.page.file, line, self.course.key, fact, severity, message, fix)
