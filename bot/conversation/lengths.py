"""Lengths of courses compared with lengths people name."""

from typing import Any

from bot.models.course import Fact
from bot.models.understanding import Figure

HOURS = {"minutes": 1 / 60, "hours": 1.0, "half-days": 4.0, "days": 8.0}
"""Lengths that can be compared with each other; a course day is 8 hours. Weeks and sessions say nothing about hours."""

DAYS = {"days": 1.0, "weeks": 7.0}
"""Calendar time, for windows and waiting."""


def days(figure: Figure) -> float | None:
    """Calendar days that a figure stands for."""
    return figure.value * DAYS[figure.unit] if figure.unit in DAYS else None


def hours(fact: Fact) -> float | None:
    """The hours of a stated length; None where its unit says nothing about hours, or the page contradicts itself."""
    if fact.also or fact.unit not in HOURS or not isinstance(fact.value, int | float):
        return None
    return fact.value * HOURS[fact.unit]


def lasts(fact: Fact, figure: Figure) -> bool | None:
    """Whether a stated length meets the length named; None where the two cannot be compared."""
    for statement in (fact.statement, *fact.support):
        if statement.unit == figure.unit:
            return compares(statement.value, figure)
    if fact.unit not in HOURS or figure.unit not in HOURS or not isinstance(fact.value, int | float):
        return None
    return compares(fact.value * HOURS[fact.unit], figure, HOURS[figure.unit])


def compares(value: Any, figure: Figure, factor: float = 1.0) -> bool:
    """Whether a value stands in the figure's relation to the figure (times `factor`)."""
    if not isinstance(value, int | float):
        return False
    wanted = figure.value * factor
    match figure.relation:
        case "at_least":
            return value >= wanted
        case "at_most":
            return value <= wanted
        case "above":
            return value > wanted
        case "below":
            return value < wanted
        case _:
            return value == wanted
