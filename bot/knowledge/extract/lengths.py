"""Lengths of time as people write them: figures, words and choices; and whether two of them can both be right."""

import re
from dataclasses import dataclass

from bot.knowledge.extract.numbers import NUMBER, to_number, whole
from bot.knowledge.extract.patterns import any_of, mentions, pattern

WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_UNITS = {
    "hours": r"hours?|hrs?|h",
    "minutes": r"minutes?|mins?",
    "half-days": r"half[- ]?days?",
    "days": r"days?",
    "weekends": r"weekends?",
    "weeks": r"weeks?|wks?",
    "months": r"months?",
    "evenings": r"evenings?|nights?",
    "mornings": r"mornings?",
    "afternoons": r"afternoons?",
    "lunchtimes": r"lunchtimes?",
    "sessions": r"sessions?",
    "lessons": r"lessons?",
    "terms": r"terms?|semesters?",
    "years": r"years?",
    "weekdays": rf"{WEEKDAY}s",
}
_ANY_UNIT = mentions(
    *("day", "hour", "week", "month", "session", "evening", "morning", "minute", "lesson", "year", "noon", "half"),
    *("night", "lunch", "term", "semester", "hr", "min", "wk"),
)
_HOURS_SHORT = pattern(r"\dh\b|\bh\b")
_UNIT = "|".join(f"(?P<u_{name.replace('-', '_')}>{text})" for name, text in _UNITS.items())
_KIND = (
    r"(?:(?:consecutive|single|full|whole|entire|short|long|intensive|evening|weekly|weekday|taught|contact|live|online|virtual|teaching|guided"
    rf"|learning|study|revision|practical|training|classroom|{WEEKDAY})[- ]+){{0,2}}"
    r"(?:(?:lunchtime|morning|afternoon|evening|weekend)[- ](?=sessions?|lessons?))?"
)
_COUNT = (
    rf"(?P<range>(?:between\s+{NUMBER}\s+and\s+|{NUMBER}\s*(?:-|to|or)\s*))?(?P<n>{NUMBER})(?P<half>[-\s]+and[-\s]+a[-\s]+half)?\s*-?\s*{_KIND}"
    r"|(?P<halfday>half\s+an?\s+|half-)"
    rf"|(?P<a>\b(?:an?\s+|(?=full[- ]day))){_KIND}"
    rf"|(?P<many>\b(?:{any_of('several', 'a few', 'a couple of', 'multiple')}\s+|multi-)){_KIND}"
)
_SPAN = pattern(rf"(?<![\w.,£€$:/%-])(?:{_COUNT})(?:{_UNIT})(?P<more>\s+and\s+a\s+half)?(?![\w%])")
_OR = pattern(r"^[- ]*(?:[\w-]+\s+){0,2}(?:\([^()]*\)\s*)?\(?\s*,?\s*or\s+$")


@dataclass(frozen=True, slots=True)
class Length:
    value: int | float | str
    """A figure, or the page's words where it gives a range, a product or no figure."""
    unit: str | None
    at: int = 0


Span = tuple[Length, re.Match[str], re.Match[str]]
"""A length with the figures that begin and end it: two where the page gives a choice."""


def spans(text: str) -> list[Span]:
    """Every length in a (folded) text, with its place; alternatives count as one."""
    if not _ANY_UNIT(text) and not _HOURS_SHORT.search(text):
        return []
    return _with_choices(text, [(_length(match), match) for match in _SPAN.finditer(text)])


def _with_choices(sentence: str, found: list[tuple[Length, re.Match[str]]]) -> list[Span]:
    """`half-day or full-day` states no single figure: the page's words stand for it."""
    kept: list[Span] = []
    while found:
        (length, match), *found = found
        last = match
        for number, (_, other) in reversed(list(enumerate(found[:2], 1))):
            if _OR.match(sentence[match.end() : other.start()]):
                words = re.sub(r"^an?\s+", "", sentence[match.start() : other.end()], flags=re.IGNORECASE)
                length, last, found = Length(" ".join(words.split()), None, length.at), other, found[number:]
                break
        kept.append((length, match, last))
    return kept


def _length(match: re.Match[str]) -> Length:
    unit = next(name for name in _UNITS if match[f"u_{name.replace('-', '_')}"])
    unit = "sessions" if unit == "weekdays" else unit
    at = match.start()
    if match["halfday"]:
        return Length(1, "half-days", at) if unit == "days" else Length(0.5, unit, at)
    if match["many"] or match["range"]:
        return Length(" ".join(match.group().split()), None, at)
    value = 1 if match["a"] is not None else to_number(match["n"])
    return Length(whole(value + 0.5) if match["half"] or match["more"] else value, unit, at)


# How many hours a unit may plausibly stand for. Others are not compared with hours at all.
_HOURS = {"hours": (1.0, 1.0), "minutes": (1 / 60, 1 / 60), "days": (5.5, 9.0), "half-days": (2.75, 4.5)}
_SLACK = 1e-9


_WEEKS = pattern(r"\b(?:several|multi-?|few|multiple|couple of)\s*(?:weeks?|months?)\b")


def _is_one_day(length: Length) -> bool:
    return length.value == 1 and length.unit in ("days", "half-days")


def agree(one: Length, other: Length) -> bool:
    """Whether both lengths can be right of one course; True where they cannot be compared."""
    if isinstance(one.value, str) or isinstance(other.value, str):
        pairs = ((one, other), (other, one))
        return not any(_is_one_day(first) and _WEEKS.search(str(second.value)) for first, second in pairs)
    if one.unit == other.unit:
        return one.value == other.value
    first, second = _HOURS.get(one.unit or ""), _HOURS.get(other.unit or "")
    if first is None or second is None:
        return True
    low, high = first[0] * one.value, first[1] * one.value
    other_low, other_high = second[0] * other.value, second[1] * other.value
    return low <= other_high + _SLACK and other_low <= high + _SLACK
