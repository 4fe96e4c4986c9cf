"""Numbers as people write them, in figures or words."""

import re
from functools import lru_cache

from bot.knowledge.extract.patterns import pattern

_SMALL = {
    **{"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9},
    **{"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16},
    **{"seventeen": 17, "eighteen": 18, "nineteen": 19},
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ONES = "one|two|three|four|five|six|seven|eight|nine"

_WORDS = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{_ONES}))?|(?:one |a )?hundred|{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?![\d,])|\d+(?:\.\d+)?(?:½|¼|¾)?|½|{_WORDS}(?: \(\d+\))?)"
"""Pattern of one number, in words with its figure behind it as contracts have it; matched without regard to case."""

_DIGIT = pattern(r"[\d½]")
_ANY = pattern(rf"\b(?:{_ONES}|ten|eleven|twelve|\w+teen|half|thirds|quarters|fifths|{'|'.join(_TENS)}|hundred)")


_ALONE = pattern(rf"{NUMBER}$")


@lru_cache(maxsize=1024)
def has_number(text: str) -> bool:
    """A quick look, before patterns that cost more; each figure looked for asks it of the same sentences."""
    return bool(_DIGIT.search(text) or _ANY.search(text))


_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def to_number(text: str) -> int | float:
    """The value of what NUMBER matched."""
    word = text.casefold().partition("(")[0].strip()
    if word in _SMALL:
        return _SMALL[word]
    if word.endswith("hundred"):
        return 100
    parts = re.split(r"[- ]", word)
    if parts[0] in _TENS:
        return _TENS[parts[0]] + (_SMALL[parts[1]] if len(parts) > 1 else 0)
    extra = _FRACTIONS.get(word[-1], 0)
    digits = word.rstrip("½¼¾").replace(",", "")
    return whole(float(digits or 0) + extra)


def as_number(text: str) -> float | None:
    """The number that a text consists of, in figures or words; None where it says anything else."""
    text = text.strip()
    try:
        return float(text)
    except ValueError:
        return float(to_number(text)) if _ALONE.match(text) else None


def whole(value: float) -> int | float:
    """An int where the value is integral."""
    return int(value) if float(value).is_integer() else value
