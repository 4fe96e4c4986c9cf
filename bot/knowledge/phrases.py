"""Phrases as an editor writes them in YAML, made into patterns.

A phrase matches whole words. `...` stands for some words within the sentence, a star at the end of a word for any ending,
`(a|b)` for alternatives, `#` for a number in figures; `?` makes the letter or the group before it optional. `=` before a
phrase: nothing else stands there.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache

from bot.knowledge.extract.patterns import Pattern, pattern

GAP = r"(?:[^.;!?]|\.(?=\S)){0,90}?"


_WORD = pattern(r"\([^)]*\)\S*|\S+")
_OPEN = pattern(r"[*#]|.\?")
"""Where the fixed part of a word ends."""


def phrase_pattern(phrase: str) -> str:
    if phrase.startswith("="):
        return rf"^\W*{phrase_pattern(phrase[1:])}\W*$"
    parts = []
    for word in _words(phrase):
        if word == "...":
            parts.append(GAP)
            continue
        optional = word.endswith(")?")
        core = word[:-1] if optional else word
        text = re.sub(r"[^\w|()*?#]", lambda match: re.escape(match.group()), core).replace("\\ ", r"\s+")
        text = text.replace("*", r"[^\W_]*").replace("#", r"\d+").replace("(", "(?:")
        text = rf"(?<!\w){text}(?!\w)[ ]*"
        parts.append(f"(?:{text})?" if optional else text)
    return "".join(parts)


def _words(phrase: str) -> list[str]:
    return [match.group() for match in _WORD.finditer(phrase)]


@lru_cache(maxsize=512)
def _compiled(phrases: tuple[str, ...]) -> Pattern:
    return Pattern("|".join(map(phrase_pattern, phrases)) if phrases else r"(?!)")


def compile_phrases(phrases: Iterable[str]) -> Pattern:
    """One pattern that finds any of the phrases; without phrases it finds nothing."""
    return _compiled(tuple(phrases))


class Phrases:
    """Finds any of many phrases quickly: each is tried, and compiled, only where all its fixed words occur."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = tuple(phrases)
        for phrase in self._phrases:
            _check(phrase)

    def __bool__(self) -> bool:
        return bool(self._phrases)

    def found_in(self, text: str) -> bool:
        return self.search(text) is not None

    def search(self, text: str) -> re.Match[str] | None:
        """A match of the first phrase that is found."""
        return next(filter(None, (one.search(text) for one in self._likely(text))), None)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return next(filter(None, (one.fullmatch(text) for one in self._likely(text))), None)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match, phrase by phrase."""
        for one in self._likely(text):
            yield from one.finditer(text)

    @cached_property
    def _prepared(self) -> list[tuple[list[tuple[str, ...]], str]]:
        return [(_fixed_words(phrase), phrase) for phrase in self._phrases]

    def _likely(self, text: str) -> Iterator[Pattern]:
        lowered = text.casefold()
        for groups, phrase in self._prepared:
            for words in groups:
                for word in words:
                    if word in lowered:
                        break
                else:
                    break
            else:
                yield _pattern_of(phrase)


_MISPLACED = pattern(r"(?:^|[\s(|])\?|\?{3}|[*#]\?\?")
"""A `?` with nothing before it."""


def _check(phrase: str) -> None:
    """Patterns are compiled when they are needed; a slip is named at once all the same."""
    depth = 0
    for letter in phrase:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            break
    if depth or ("?" in phrase and _MISPLACED.search(phrase)):
        raise re.error("brackets or question marks do not go together", phrase)


@cache
def _pattern_of(phrase: str) -> Pattern:
    return Pattern(phrase_pattern(phrase))


def _fixed_words(phrase: str) -> list[tuple[str, ...]]:
    """The beginnings of words that must occur for a phrase, each with its alternatives; those with the fewest alternatives first."""
    groups = []
    for word in _words(phrase.removeprefix("=")):
        if word == "..." or word.endswith(")?"):
            continue
        stems = tuple(_OPEN.split(part)[0] for part in word.casefold().strip("()").split("|"))
        if all(stems):
            groups.append(stems)
    return sorted(groups, key=len)
