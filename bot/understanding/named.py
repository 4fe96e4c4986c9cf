"""The names found in a message, and the word lists they are found by."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MASK = "coursename"
"""Stands for a course name in the words that the classifier sees, so that a new course needs no new phrases."""

EXAM = "exam"
"""Stands for the numbered name of an exam that none of our courses leads to."""


@dataclass(slots=True)
class Named:
    """What was found, and the words with the names masked."""

    words: list[str]
    courses: list[str] = field(default_factory=list)
    candidates: tuple[str, ...] = ()
    spans: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """For `why`: the words and the courses they stand for."""
    unknown: str = ""
    """A name like one of ours with a number that none of ours has."""
    sure: bool = False
    """A code or a whole title stands in the message."""
    loose: list[frozenset[str]] = field(default_factory=list)
    """Courses of words that fit too many to be a name, and may still decide between the candidates."""

    def clear(self) -> list[str]:
        """The courses of names that fit one alone, in the order named."""
        return list(dict.fromkeys(keys[0] for _, keys in self.spans if len(keys) == 1))


def grammar(data: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    """The word lists of `naming` in vocabulary.yaml; a list that is not there is empty."""
    lists = {name: frozenset(words.split()) for name, words in data.get("naming", {}).items()}
    return defaultdict(frozenset, lists)
