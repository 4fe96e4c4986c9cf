"""Numbers a person states, with unit and relation: "85%", "three days", "under 2 hours"."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.models.understanding import Figure

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)([a-z%]+)?$")

_BEFORE = frozenset({"above", "below"})
"""They stand before their figure: in "is 90 above the pass mark" the figure is above, and not what it bounds."""


TENS, ONES = range(20, 100, 10), range(1, 10)


class FigureReader:
    """Reads figures with the number words, units and relations of `vocabulary.yaml`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._numbers: dict[str, float] = {str(word): float(value) for word, value in data.get("numbers", {}).items()}
        self._articles = frozenset(data.get("articles", "").split())
        self.units: dict[str, str] = {
            str(word): unit for unit, words in data.get("units", {}).items() for word in words
        }
        self._relations = [
            (tuple(phrase.split()), relation)
            for relation, phrases in data.get("relations", {}).items()
            for phrase in phrases
        ]

    def read(self, words: Sequence[str]) -> tuple[Figure, ...]:
        """Figures in the order stated; a number word counts only where a unit follows."""
        found = []
        words = self._joined(words)
        for position, word in enumerate(words):
            if word in self.units:
                continue  # "half-day"
            match = _NUMBER.match(word)
            value = float(match[1]) if match else self._spelt(word)
            if value is None or (not match and self._many(words[position - 1] if position else "")):
                continue
            unit, last = self._unit(words, position, match)
            if not match and (unit is None or (word in self._articles and unit == "percent")):
                continue
            relation = self._relation(words, position, last)
            found.append(Figure(value, unit, " ".join(words[position : last + 1]), relation))  # type: ignore[arg-type]
        return tuple(found)

    def _joined(self, words: Sequence[str]) -> list[str]:
        """With "eighty five" as one word."""
        joined: list[str] = []
        for word in words:
            if joined and self._numbers.get(joined[-1]) in TENS and self._numbers.get(word, 0.0) in ONES:
                joined[-1] = f"{joined[-1]}-{word}"
            else:
                joined.append(word)
        return joined

    def _spelt(self, word: str) -> float | None:
        """ "eighty", "eighty-five", and what stands before a hyphen: "two-day"."""
        if word in self._articles:
            return 1.0
        first, _, second = word.partition("-")
        value, ones = self._numbers.get(first), self._numbers.get(second, 0.0)
        return value + ones if value is not None and value in TENS and ones in ONES else value

    def _many(self, word: str) -> bool:
        """Whether a number other than one is said: in "two single days" the second number word counts nothing."""
        match = _NUMBER.match(word)
        return (float(match[1]) if match else self._numbers.get(word, 1.0)) != 1.0

    def _unit(self, words: Sequence[str], position: int, match: re.Match[str] | None) -> tuple[str | None, int]:
        tail = (match[2] if match else None) or (words[position].partition("-")[2] or None)
        if tail and tail.strip("-") in self.units:
            return self.units[tail.strip("-")], position
        for ahead in (1, 2):
            if position + ahead < len(words) and words[position + ahead] in self.units:
                between = words[position + 1 : position + ahead]
                if all(not _NUMBER.match(word) and word not in self._numbers for word in between):
                    return self.units[words[position + ahead]], position + ahead
        if position and words[position - 1] in self.units:
            return self.units[words[position - 1]], position
        return None, position

    def _relation(self, words: Sequence[str], first: int, last: int) -> str:
        for phrase, relation in self._relations:
            size = len(phrase)
            before, behind = tuple(words[max(0, first - size) : first]), tuple(words[last + 1 : last + 1 + size])
            if phrase == before or (phrase == behind and relation not in _BEFORE):
                return str(relation)
        return "is"
