"""What a question claims: its clause, the figures in it, and the phrases of `claims.yaml` that stand there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from bot.models.content import Knowledge
from bot.models.understanding import Figure
from bot.understanding.normalise import BREAK, Normaliser

NUMBER = "0"
"""Stands for a figure in the shape of a clause; phrases write it `#`."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a reply begins."""

    key: str
    """Key of the wording in `replies.yaml`, after `verdict.`."""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class _Spellings:
    """The spellings of one snapshot, known by identity so that what was compiled with them can be kept."""

    of: Mapping[str, str]

    def __hash__(self) -> int:
        return id(self.of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Spellings) and other.of is self.of


@lru_cache(maxsize=8)
def _normaliser(spellings: _Spellings) -> Normaliser:
    return Normaliser(spellings.of)


@lru_cache(maxsize=1024)
def _pattern(words: tuple[str, ...], spellings: _Spellings | None) -> re.Pattern[str]:
    spoken = [spelt(word, _normaliser(spellings)) if spellings else word for word in words]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, filter(None, spoken)))})(?!\w)", re.IGNORECASE)


def spelt(phrase: str, normaliser: Normaliser) -> str:
    """A phrase as it stands in a clause: its short forms spelt out, without breaks."""
    return " ".join(word for word in normaliser.words(phrase.replace("#", NUMBER)) if word != BREAK)


def says(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words or phrases stands in the text."""
    chosen = tuple(words)
    return bool(chosen) and bool(_pattern(chosen, None).search(text))


def warm(knowledge: Knowledge) -> None:
    """Compile now what is otherwise compiled on first use."""
    spellings = _Spellings(knowledge.vocabulary.data.get("spellings", {}))
    waiting: list[Any] = [knowledge.claims]
    while waiting:
        match waiting.pop():
            case dict() as rows:
                waiting += rows.values()
            case [str(), *_] as phrases:
                _pattern(tuple(phrases), spellings)
                _pattern(tuple(phrases), None)
            case list() as rows:
                waiting += rows


@dataclass(frozen=True, slots=True)
class Claim:
    """One clause and its figures."""

    text: str
    whole: str
    """The message it stands in: "right?" may be cut off from what it is about."""
    figures: Sequence[Figure]
    knowledge: Knowledge

    def says(self, words: str) -> bool:
        """Whether a phrase of this list of `claims.yaml` stands in the clause."""
        return self.holds(self.knowledge.claims.get(words, ()))

    def holds(self, phrases: Iterable[str]) -> bool:
        return self._in(self.text, phrases)

    def among(self, text: str, words: str) -> bool:
        """Whether one of this list of `claims.yaml` stands in a part of the clause."""
        return self._in(text, self.knowledge.claims.get(words, ()))

    def of(self, *units: str | None) -> list[Figure]:
        return [figure for figure in self.figures if figure.unit in units]

    @property
    def is_open(self) -> bool:
        """ "What happens if ...": it asks for more than a yes or a no."""
        words = self.knowledge.claims.get("open", {})
        beside = set(words.get("beside", ()))
        first = next((word for word in self.text.split() if word not in beside), "")
        return first in words.get("first", ()) or self.holds(words.get("anywhere", ()))

    @property
    def tagged(self) -> bool:
        """ "..., right?": it is put as a claim."""
        phrases = self.knowledge.claims.get("claims", ())
        return self._in(self.text, phrases) or self._in(self.whole.replace(BREAK, " "), phrases)

    @property
    def negated(self) -> bool:
        """ "It is not two days": outside "isn't it?", which denies nothing."""
        tags = tuple(self.knowledge.claims.get("claims", ()))
        said = _pattern(tags, self._spellings).sub(" ", self.text) if tags else self.text
        return self._in(said, self.knowledge.claims.get("negated", ()))

    def shaped(self, words: str) -> bool:
        """As `says`, for phrases with `#` where a figure stands ("have # days")."""
        text = self.text
        for figure in self.figures:
            text = re.sub(rf"(?<!\w){re.escape(figure.text.split()[0])}(?!\w)", NUMBER, text, count=1)
        return self._in(text, self.knowledge.claims.get(words, ()))

    def scores(self) -> list[Figure]:
        """Percentages, and bare figures of 0 to 100 behind "got" or "with"; none where a discount is spoken of."""
        if self.says("no_mark"):
            return []
        return [
            figure for figure in self.figures
            if figure.unit == "percent" or (figure.unit is None and 0 <= figure.value <= 100 and self._scored(figure))
        ]  # fmt: skip

    def _scored(self, figure: Figure) -> bool:
        before = self.knowledge.claims.get("scored", {})
        verbs, between = ("|".join(map(re.escape, before.get(key, ()))) for key in ("verbs", "between"))
        found = rf"(?<!\w)(?:{verbs})(?: (?:{between}))* {re.escape(figure.text)}(?!\w)"
        return bool(verbs) and bool(re.search(found, self.text))

    @property
    def _spellings(self) -> _Spellings:
        return _Spellings(self.knowledge.vocabulary.data.get("spellings", {}))

    def _in(self, text: str, phrases: Iterable[str]) -> bool:
        chosen = tuple(phrases)
        return bool(chosen) and bool(_pattern(chosen, self._spellings).search(text))
