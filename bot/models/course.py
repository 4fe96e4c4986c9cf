"""Courses and the facts their pages state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["stated", "none", "not_stated", "conflict"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact stands."""

    file: str
    """Path within the catalogue, with forward slashes."""
    field: str
    """Field path in the front matter (`delivery.certification`) or `body`."""
    line: int
    """Line of the file where that field begins, from 1."""
    quote: str
    """The sentence that states the fact, cleaned for people."""

    def __str__(self) -> str:
        return f"{self.file}: {self.field}"


@dataclass(frozen=True, slots=True)
class Retake:
    """The rule for a further attempt; None is what the page does not say."""

    attempts: int | None = None
    """Attempts granted in addition to the first."""
    window_days: int | None = None
    """Days within which the first attempt must be made."""
    start: str | None = None
    """What the window counts from, in the page's words ("receiving the password")."""
    cost: str | None = None
    """What the further attempt costs; "free" where the page says so."""

    def as_json(self) -> dict[str, Any]:
        return {"attempts": self.attempts, "window_days": self.window_days, "from": self.start, "cost": self.cost}


Value = str | int | float | tuple[str, ...] | Retake | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence that states a value."""

    value: Value
    unit: str | None
    source: Source

    def as_json(self) -> dict[str, Any]:
        return {
            "value": value_as_json(self.value),
            "unit": self.unit,
            "quote": self.source.quote,
            "line": self.source.line,
            "source": str(self.source),
        }


@dataclass(frozen=True, slots=True)
class Fact:
    """What a page states of one thing. It cannot exist without the sentence it came from."""

    course: str
    """Key of the course."""
    name: str
    """Name of the fact, as in `facts.yaml`."""
    statement: Statement
    """The statement that counts: the field's own, else the first in the prose. Its value is None for "stated: none"."""
    also: tuple[Statement, ...] = ()
    """Statements of the same page that disagree with it."""
    support: tuple[Statement, ...] = ()
    """Statements that agree and add to it (16 hours; two-day course)."""
    subject: str | None = None
    """What the fact belongs to where that is narrower than the course ("PSPO I assessment")."""

    @property
    def status(self) -> Status:
        if self.also:
            return "conflict"
        return "none" if self.statement.value is None else "stated"

    @property
    def value(self) -> Value:
        return self.statement.value

    @property
    def unit(self) -> str | None:
        return self.statement.unit

    @property
    def source(self) -> Source:
        return self.statement.source

    def as_json(self) -> dict[str, Any]:
        """The fact in the command line's JSON contract."""
        data = {"course": self.course, "name": self.name, "status": self.status, **self.statement.as_json()}
        if self.also:
            data["also"] = [statement.as_json() for statement in self.also]
        return data


def value_as_json(value: Value) -> Any:
    if isinstance(value, Retake):
        return value.as_json()
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class Course:
    """One usable course page."""

    key: str
    """Its code, else its slug, else its folder."""
    code: str | None
    title: str
    file: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """By fact name; a fact that is not stated is absent."""
    names: tuple[str, ...] = ()
    """Further names people may use: short titles, aliases, slug words."""
    addresses: tuple[str, ...] = ()
    """Those of the names that stand in addresses alone: such a name is taken as a whole, a part of it tells little."""
    tags: tuple[str, ...] = ()
    listed: bool = True
    """False for drafts, hidden and in-house-only pages: answered when named, never listed or recommended."""

    text: Callable[[], str] = str
    """All that the page says, without mark-up; read when it is asked for."""

    def fact(self, name: str) -> Fact | None:
        return self.facts.get(name)
