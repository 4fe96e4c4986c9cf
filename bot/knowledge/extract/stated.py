"""One statement of a page, before it is known whether the others agree with it."""

from dataclasses import dataclass

from bot.models.course import Statement


@dataclass(frozen=True, slots=True)
class Stated:
    statement: Statement
    subject: str | None = None
    """The exam it is made of, where it names one."""
    against: bool = False
    """It contradicts the statement that counts, whatever its own value."""
