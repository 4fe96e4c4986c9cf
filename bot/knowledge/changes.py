"""What an edit changes: answers of the old pages beside those of the new ones."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from bot.knowledge.plural import counted
from bot.models.course import Course, Fact, value_as_json


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that differs."""

    course: str
    fact: str
    change: Literal["changed", "appeared", "disappeared"]
    before: Any
    """`{"value", "unit", "status"}` as in `facts --json`; None where there was no answer."""
    after: Any

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def told(self) -> str:
        """For a terminal."""
        return " -> ".join(_shown(side) for side in (self.before, self.after) if side is not None)


def changed_answers(old: Mapping[str, Course], new: Mapping[str, Course]) -> list[Change]:
    """Per course, in path order, and per fact, in the order of `facts.yaml`; courses that are gone come last."""
    changes = []
    for key in (*new, *(key for key in old if key not in new)):
        before, after = (courses[key].facts if key in courses else {} for courses in (old, new))
        for name in dict.fromkeys((*after, *before)):
            one, other = _answer(before.get(name)), _answer(after.get(name))
            if one != other:
                kind: Any = "appeared" if one is None else "disappeared" if other is None else "changed"
                changes.append(Change(key, name, kind, one, other))
    return changes


def _answer(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {"value": value_as_json(fact.value), "unit": fact.unit, "status": fact.status}


def _shown(answer: Any) -> str:
    if answer["status"] == "none":
        return "none"
    value = answer["value"]
    text = "; ".join(map(str, value)) if isinstance(value, list) else value
    return counted(text, answer["unit"] or "") + (" (conflict)" if answer["status"] == "conflict" else "")
