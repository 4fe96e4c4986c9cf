"""Typing errors: an unknown word becomes the known word it was meant to be, where only one is near enough."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.understanding.dictionary import Dictionary

SHORTEST = 4
"""Shorter words are left alone, but for letters that changed places ("hwo") and missing vowels ("mny"): too many words
are one letter away from each other."""

_NO_VOWELS = str.maketrans("", "", "aeiou")

MORE_USUAL = 30
"""A rare dictionary word is taken for an error of a word this many times as frequent (manger, manager)."""

RARE = 3000
"""Only words that the dictionary's texts hold less often than this are suspected at all."""

PART = 3
"""Letters of the shorter word, where two words were written as one."""

REMEMBERED = 20_000
"""Words whose mending is kept, so that a frequent error is searched once."""


LONG = 7
"""Letters of a short form that a mistyped word may stand for; shorter ones are near too many words."""


class Mender:
    """Knows the domain's vocabulary and, for words that are no error, a dictionary of the language."""

    def __init__(
        self, vocabulary: Iterable[str], common: Iterable[str], names: Iterable[str], dictionary: Dictionary,
        code: Callable[[str], str | None], written: Callable[[], Iterable[str]],
        spellings: Mapping[str, str] = MappingProxyType({}),
    ):  # fmt: skip
        """`common` words, which people ask with, and those of `names` win a tie. `code` finds a
        mistyped code; `written` gives the words of the pages' texts, asked
        for where nothing else is near. `spellings` are short forms that may be mistyped as well: "pasmark"."""
        self._spellings = {short: long for short, long in spellings.items() if len(short) >= LONG}
        self._known = {word for word in vocabulary if len(word) > 1} | set(self._spellings)
        self._common, self._names = frozenset(common), frozenset(names)
        self._dictionary = dictionary
        self._code, self._written = code, written
        self._buckets: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= SHORTEST - 1 and word.isalpha():
                self._buckets[word[0]].append(word)
        self._all = [word for bucket in self._buckets.values() for word in bucket]
        self._short = {_shuffled(word): word for word in sorted(self._common) if len(word) == SHORTEST - 1}
        self._seen: dict[str, str] = {}

    def knows(self, word: str) -> bool:
        return word in self._known

    def warm(self) -> None:
        """Load the dictionary now rather than with the first error."""
        _ = self._dictionary.words, self._consonants

    def mend(self, words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
        """The words with errors mended, and what was mended into what."""
        changes = {word: new for word in words if word not in self._known and (new := self._mended(word)) != word}
        if not changes:
            return list(words), changes
        return [part for word in words for part in changes.get(word, word).split()], changes

    def _mended(self, word: str) -> str:
        if len(word) < SHORTEST - 1 or not word.isalpha():
            return word
        known = self._seen.get(word)
        if known is None:
            if len(self._seen) > REMEMBERED:
                self._seen.clear()
            found = self._search(word)
            known = self._seen[word] = self._spellings.get(found, found)
        return known

    def _search(self, word: str) -> str:
        if len(word) < SHORTEST:
            known = word in self._dictionary.words
            return word if known else self._short.get(_shuffled(word)) or self._without_vowels(word) or word
        if code := self._code(word):
            return code
        if f"{word}s" in self._known or word.removesuffix("s") in self._known:
            return word
        if frequency := self._dictionary.frequency(word):
            return self._more_usual(word, frequency) or word
        near = self._near(word, self._buckets.get(word[0], ()), 1 if len(word) < 6 else 2)
        return (
            self._best(word, near or self._near(word, self._all, 1))
            or self._without_vowels(word)
            or self._longer(word)
            or self._best(word, self._near(word, self._pages, 1))
            or self._two(word)
            or word
        )

    @staticmethod
    def _near(word: str, among: Sequence[str], allowed: int) -> list[tuple[str, float]]:
        found = extract(word, among, scorer=OSA.distance, score_cutoff=allowed, limit=6)
        return [(candidate, distance) for candidate, distance, _ in found]

    @cached_property
    def _pages(self) -> list[str]:
        return [word for word in self._written() if len(word) > SHORTEST and word.isalpha()]

    def _two(self, word: str) -> str:
        """Two known words written as one: "visualstudio"."""
        cuts = ((word[:at], word[at:]) for at in range(PART, len(word) - PART + 1))
        return next((f"{left} {right}" for left, right in cuts if left in self._known and right in self._known), "")

    def _more_usual(self, word: str, frequency: int) -> str:
        """A word of the domain one letter away that is so much more usual that the rare word must be an error."""
        if frequency > RARE:
            return ""
        wanted = frequency * MORE_USUAL
        near = self._near(word, self._buckets.get(word[0], ()), 1)
        return next((found for found, _ in near if self._dictionary.frequency(found) >= wanted), "")

    def _best(self, word: str, near: list[tuple[str, float]]) -> str:
        """The nearest; of several the one of the same letters in another order, then with one doubled, then the one
        more often asked with, then the more usual one."""
        return min(
            near, default=("", 0.0),
            key=lambda found: (
                found[1], sorted(found[0]) != sorted(word), set(found[0]) != set(word),
                found[0] not in self._common and found[0] not in self._names,
                -self._dictionary.frequency(found[0]),
            ),
        )[0]  # fmt: skip

    def _without_vowels(self, word: str) -> str:
        """ "lnk", "wrkshp": the most usual of the words that are asked with and have the same consonants."""
        return self._consonants.get(word, "")

    @cached_property
    def _consonants(self) -> Mapping[str, str]:
        rising = sorted(self._common, key=lambda word: self._dictionary.frequency(word))
        return {word[0] + word[1:].translate(_NO_VOWELS): word for word in rising if len(word) >= SHORTEST}

    def _longer(self, word: str) -> str:
        """A word cut short ("execs"): the one known word that begins so."""
        stem = word.removesuffix("s")
        longer = [known for known in self._buckets.get(word[0], ()) if len(stem) > 3 and known.startswith(stem)]
        return longer[0] if len(longer) == 1 else ""


def _shuffled(word: str) -> str:
    """The same for words that differ in the order of the letters behind the first."""
    return word[0] + "".join(sorted(word[1:]))
