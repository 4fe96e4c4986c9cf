"""Sessions that do not add up to the length of the course: seven of four hours are no 16 hours."""

import re
from collections.abc import Iterator

from bot.knowledge.check.look import Look
from bot.knowledge.extract.numbers import NUMBER, has_number, to_number, whole
from bot.knowledge.plural import counted
from bot.knowledge.text import fold
from bot.models.content import Problem
from bot.models.course import Fact

SLACK = 0.05
"""Share by which a sum may differ: breaks, a shorter last session."""
_SITTINGS = r"(?:sessions?|lessons?|classes|evenings?|mornings?|afternoons?|lunchtimes?|(?:half-)?days?|weeks?|blocks?)"
_UNIT = r"(?P<unit>hours?|hrs?|h|minutes?|mins?)\b"
_PRODUCTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w.,-])(?P<n>{NUMBER})\s+(?:(?:weekly|live|online|evening|consecutive|virtual)\s+)?(?P<each>{NUMBER})[- ]?"
        rf"{_UNIT}[- ]+(?:\w+\s+)?{_SITTINGS}",
        rf"(?<![\w.,-])(?P<n>{NUMBER})[- ]+(?:[\w-]+\s+){{0,2}}?{_SITTINGS}(?:\s+of|,)\s+(?P<each>{NUMBER})\s*{_UNIT}"
        r"(?!\s+(?:a|per|each|every)\s+week)",
    )
)


def uneven(look: Look) -> Iterator[Problem]:
    """Statements of sessions whose sum is not the length in hours."""
    length = look.course.fact("duration")
    if length is None or length.unit != "hours" or not isinstance(length.value, int | float):
        return
    for sentence in look.reading.prose():
        for hours, said in _sums(fold(sentence.text)):
            if abs(hours - length.value) > SLACK * length.value and not _told(length, hours):
                yield look.problem(
                    "contradiction",
                    f"Length: {length.source.field} says {counted(length.value, 'hours')}, but {said} in {sentence.field}"
                    f" are {counted(hours, 'hours')}: “{sentence.text}”.",
                    "Keep the one that is right.",
                    length.name,
                    sentence.field,
                )
                return


def _sums(text: str) -> Iterator[tuple[float, str]]:
    if not has_number(text):
        return
    for pattern in _PRODUCTS:
        for match in pattern.finditer(text):
            minutes = match["unit"].casefold().startswith("m")
            total = to_number(match["n"]) * to_number(match["each"]) / (60 if minutes else 1)
            yield whole(round(total, 2)), match.group()


def _told(length: Fact, hours: float) -> bool:
    """Whether the page gives that length as well: then the contradiction is known."""
    return any(other.value == hours for other in length.also)
