"""Typing errors: an unknown word becomes the known word it was meant to be, where only one is near enough."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

SHORTEST = 4
"""Shorter words are left alone: too many words are one letter away from each other."""

MORE_USUAL = 30
"""A rare dictionary word is taken for an error of a word this many times as frequent (manger, manager)."""

RARE = 3000
"""Only words that the dictionary's texts hold less often than this are suspected at all."""

REMEMBERED = 20_000
"""Words whose mending is kept, so that a frequent error is searched once."""


class Mender:
    """Knows the domain's vocabulary and, for words that are no error, a dictionary of the language."""

    def __init__(
        self, vocabulary: Iterable[str], common: Iterable[str], language: str, extra: Callable[[str], str | None]
    ):
        """`common` words win a tie; `extra` is asked for what the vocabulary does not hold (codes)."""
        self._known = {word for word in vocabulary if len(word) > 1}
        self._common = frozenset(common)
        self._language = language
        self._extra = extra
        self._buckets: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= SHORTEST - 1 and word.isalpha():
                self._buckets[word[0]].append(word)
        self._all = [word for bucket in self._buckets.values() for word in bucket]
        self._seen: dict[str, str] = {}

    @cached_property
    def _dictionary(self) -> Mapping[str, int]:
        """Words of the language with their frequency, loaded when the first unknown word comes."""
        from spellchecker import SpellChecker

        dictionary: Mapping[str, int] = SpellChecker(language=self._language).word_frequency.dictionary
        return dictionary

    def knows(self, word: str) -> bool:
        return word in self._known

    def warm(self) -> None:
        """Load the dictionary now rather than with the first error."""
        _ = self._dictionary

    def mend(self, words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
        """The words with errors mended, and what was mended into what."""
        mended = [word if word in self._known else self._mended(word) for word in words]
        return mended, {old: new for old, new in zip(words, mended, strict=True) if old != new}

    def _mended(self, word: str) -> str:
        if len(word) < SHORTEST or not word.isalpha():
            return word
        known = self._seen.get(word)
        if known is None:
            if len(self._seen) > REMEMBERED:
                self._seen.clear()
            known = self._seen[word] = self._search(word)
        return known

    def _search(self, word: str) -> str:
        if code := self._extra(word):
            return code
        if frequency := self._dictionary.get(word):
            return self._more_usual(word, frequency) or word
        allowed = 1 if len(word) < 6 else 2
        near = extract(word, self._buckets.get(word[0], ()), scorer=OSA.distance, score_cutoff=allowed, limit=6)
        if not near:
            near = extract(word, self._all, scorer=OSA.distance, score_cutoff=1, limit=6)
        return self._best(word, [(found, distance) for found, distance, _ in near]) or self._longer(word)

    def _more_usual(self, word: str, frequency: int) -> str:
        """A word of the domain one letter away that is so much more usual that the rare word must be an error."""
        if frequency > RARE:
            return ""
        near = extract(word, self._buckets.get(word[0], ()), scorer=OSA.distance, score_cutoff=1, limit=6)
        wanted = frequency * MORE_USUAL
        return next((found for found, *_ in near if self._dictionary.get(found, 0) >= wanted), "")

    def _best(self, word: str, near: list[tuple[str, float]]) -> str:
        if not near:
            return ""
        closest = min(distance for _, distance in near)
        found = [candidate for candidate, distance in near if distance == closest]
        usual = [candidate for candidate in found if candidate in self._common] or found
        if len(usual) > 1:
            usual = [candidate for candidate in usual if sorted(candidate) == sorted(word)] or usual
        return usual[0]

    def _longer(self, word: str) -> str:
        """A word cut short ("execs"): the one known word that begins so."""
        stem = word.removesuffix("s")
        longer = [known for known in self._buckets.get(word[0], ()) if len(stem) > 3 and known.startswith(stem)]
        return longer[0] if len(longer) == 1 else word
