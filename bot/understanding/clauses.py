"""A message cut into the parts that may each ask something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.understanding.normalise import BREAK

SHORT = 4
"""Words up to which a clause is a fragment of a list ("days and pdus")."""


@dataclass(frozen=True, slots=True)
class Clause:
    words: tuple[str, ...]
    short: bool = False
    tells: bool = False
    """It tells of the person ("I did the first one last week", "83%") and asks nothing."""
    joined: bool = False
    """A joining word stands before it: "length and price"."""


class Cutter:
    """Cuts at punctuation and at joining words; `telling` and `asking` words tell statements from questions."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data` is vocabulary.yaml."""
        self._joints, self._fillers, self._telling, self._asking, self._inverted = (
            frozenset(data.get(name, "").split()) for name in ("joints", "fillers", "telling", "asking", "inverted")
        )
        self._question = frozenset(data.get("question_words", "").split())
        self._units = frozenset(word for words in data.get("units", {}).values() for word in words)

    def clauses(self, words: Sequence[str]) -> list[Clause]:
        parts: list[tuple[list[str], bool]] = [([], False)]
        for word in words:
            if word == BREAK or word in self._joints:
                joined = word != BREAK or (parts[-1][1] and not parts[-1][0])
                parts.append(([], joined))
            else:
                parts[-1][0].append(word)
        return [Clause(tuple(part), len(part) <= SHORT, self._tells(part), joined) for part, joined in parts if part]

    def asks(self, words: Sequence[str]) -> bool:
        """Whether a question word stands anywhere."""
        return bool(self._asking.intersection(words))

    def turned(self, words: Sequence[str]) -> bool:
        """Whether it is put as a question: by its words, or because a clause begins as one does ("is it online")."""
        inverted = any(clause.words[0] in self._inverted for clause in self.clauses(words))
        return inverted or not self._question.isdisjoint(words)

    def _tells(self, words: Sequence[str]) -> bool:
        first = next((word for word in words if word in self._telling or word not in self._fillers), "")
        bare = len(words) > 1 and all(word[0].isdigit() or word in self._units for word in words)
        return bare or (first in self._telling and not self.asks(words))
