"""Phrases as an editor writes them in YAML, made into patterns.

A phrase matches whole words. `...` stands for some words within the sentence, a star at the end of a word for any ending,
`(a|b)` for alternatives; `?` makes the letter or the group before it optional.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

GAP = r"(?:[^.;!?]|\.(?=\S)){0,90}?"


_WORD = re.compile(r"\([^)]*\)\S*|\S+")


def phrase_pattern(phrase: str) -> str:
    parts = []
    for word in _WORD.findall(phrase):
        if word == "...":
            parts.append(GAP)
            continue
        optional = word.endswith(")?")
        core = word[:-1] if optional else word
        text = re.sub(r"[^\w|()*?]", lambda match: re.escape(match.group()), core).replace("\\ ", r"\s+")
        text = text.replace("*", r"[^\W_]*").replace("(", "(?:")
        text = rf"(?<!\w){text}(?!\w)[ ]*"
        parts.append(f"(?:{text})?" if optional else text)
    return "".join(parts)


@lru_cache(maxsize=512)
def _compiled(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(phrase_pattern, phrases)) if phrases else r"(?!)", re.IGNORECASE)


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern that finds any of the phrases; without phrases it finds nothing."""
    return _compiled(tuple(phrases))


class PhraseFinder:
    """Finds phrases in long texts: a phrase is only tried where all its fixed words occur."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = [
            (_fixed_words(phrase), re.compile(phrase_pattern(phrase), re.IGNORECASE)) for phrase in phrases
        ]

    def found_in(self, text: str) -> bool:
        lowered = text.casefold()
        return any(
            all(any(word in lowered for word in words) for words in groups) and pattern.search(text)
            for groups, pattern in self._phrases
        )


def _fixed_words(phrase: str) -> list[tuple[str, ...]]:
    """The words of a phrase that must occur, each with its alternatives."""
    groups = []
    for word in _WORD.findall(phrase):
        if word != "..." and not word.endswith(("?", "*")):
            groups.append(tuple(part.casefold() for part in word.strip("()").split("|")))
    return groups
