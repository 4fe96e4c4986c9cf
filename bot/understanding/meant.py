"""Which of the courses that a message names it asks about."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from bot.understanding.named import EXAM, MASK, Named, grammar
from bot.understanding.names import NUMERALS, NameIndex
from bot.understanding.normalise import BREAK

NEAR = 4
"""Words before a name in which the sentence says that it is not asked about ("I have already done ...")."""


class Meant:
    """What the sentence says of its names."""

    def __init__(self, data: Mapping[str, Any], index: NameIndex) -> None:
        """`data` is vocabulary.yaml."""
        words = grammar(data)
        self._index = index
        self._called, self._exam, self._paired = words["called"], words["exam"], words["paired"]
        self._done, self._not, self._reduced = words["done_before"], words["not_before"], words["reduced"]
        self._needing = words["needing"]
        self._first, self._beforehand = (
            tuple(str(phrase) for phrase in data.get(name, ())) for name in ("needed_first", "needed_after")
        )
        self._chosen = frozenset(data.get("ordinal_before", "").split())

    def settle(self, named: Named, before: Sequence[str]) -> None:
        """Leave what is asked about. `before` are the courses in focus."""
        self._decide(named, before)
        self._leave_out(named, before)

    def _decide(self, named: Named, before: Sequence[str]) -> None:
        """Of names that fit several courses: what all of them have in common ("the kanban one with azure boards"), else
        what is alike to the course talked about."""
        several = [keys for _, keys in named.spans if len(keys) > 1]
        if not several:
            return
        common = [key for key in several[0] if all(key in keys for keys in (*several[1:], *named.loose))]
        pointed = (MASK, True) in (
            (word, after in self._chosen or after in self._called) for word, after in pairwise(named.words)
        )
        if len(common) > 1 and before and pointed:
            common = self._index.alike(before[0], common) or common
        if len(common) == 1 and not named.courses:
            named.courses = common
        else:
            named.candidates = tuple(common) or several[0]

    def _leave_out(self, named: Named, before: Sequence[str]) -> None:
        """ "I have done X, is Y for me", "must I do X before Y" and "not X, Y" ask about Y alone; "do I need X first",
        in a talk about Y, does so too."""
        if self._reduced.intersection(named.words):
            self._as_exams(named)
        places = [position for position, word in enumerate(named.words) if word == MASK]
        if before and len(places) == 1 and self._is_needed(named, places[0], before):
            named.courses = []
        if len(named.courses) < 2 or len(places) != len(named.courses):
            return
        said, between = (f" {' '.join(named.words[start:end])} " for start, end in ((0, places[0]), places[:2]))
        first = any(f" {phrase} " in between and f" {phrase} " not in said for phrase in self._first)
        if first and len(places) == 2:
            named.courses = named.courses[1:]
            return
        past = [self._past(named, place, key) for place, key in zip(places, named.courses, strict=True)]
        if any(past) and not all(past):
            named.courses = [key for key, out in zip(named.courses, past, strict=True) if not out]

    def _is_needed(self, named: Named, place: int, before: Sequence[str]) -> bool:
        """Whether the one course named is what another may ask for beforehand."""
        after = f"{' '.join(named.words[place + 1 :])} "
        beforehand = any(after.startswith(f"{phrase} ") for phrase in self._beforehand)
        needed = not self._needing.isdisjoint(named.words[max(0, place - NEAR) : place])
        return needed and beforehand and not set(named.courses) & set(before)

    def _as_exams(self, named: Named) -> None:
        """ "Money off PSPO II if I do PSPO": the numbered name is of an exam."""
        numbered = [_is_numbered(words) for words, _ in named.spans]
        if not any(numbered) or all(numbered):
            return
        exams = iter(numbered)
        named.words = [EXAM if word == MASK and next(exams) else word for word in named.words]
        named.spans = [span for span, exam in zip(named.spans, numbered, strict=True) if not exam]
        named.courses = named.clear()

    def _past(self, named: Named, place: int, key: str) -> bool:
        earlier: list[str] = []
        for word in named.words[max(0, place - NEAR) : place][::-1]:
            if word == BREAK or (word == MASK and not self._paired.issuperset(earlier)):
                break
            earlier.insert(0, word)
        if self._done.intersection(earlier) or (earlier and self._not.intersection(earlier[-2:])):
            return True
        after = named.words[place + 1 : place + 2]
        span = next((words for words, keys in named.spans if keys == (key,)), "")
        return _is_numbered(span) and bool(after) and after[0] in self._exam  # "a discount on the PSM II exam"


def _is_numbered(name: str) -> bool:
    """ "psm ii"."""
    last = name.rpartition(" ")[2]
    return last in NUMERALS or last in NUMERALS.values()
