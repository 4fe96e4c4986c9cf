"""Which courses a message names: codes and whole titles first, then words that tell courses apart."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from bot.models.course import Course
from bot.understanding.dictionary import Dictionary
from bot.understanding.meant import Meant
from bot.understanding.named import EXAM, MASK, Named, grammar
from bot.understanding.names import CHOICES, CODE_SIZES, NameIndex, numbers
from bot.understanding.normalise import BREAK

USUAL, EVERYDAY = 3_000, 50_000
"""Frequencies from which a word of one page's text, and one of a title, does not name the course by itself."""

FURTHER = ("ii", "iii", "iv", "2", "3", "4")
"""Numerals of courses that follow on others."""

NEAR = 4
"""Words before a role in which it is said that it may fit."""

LONG_WORD = 5
"""Letters from which a word of one page's text may name its course."""


class NameFinder:
    """Applies the grammar of names (`naming` of vocabulary.yaml) to the words of a message."""

    def __init__(
        self, courses: Mapping[str, Course], data: Mapping[str, Any], common: Iterable[str], known: Iterable[str],
        dictionary: Dictionary,
    ) -> None:  # fmt: skip
        """`data` is vocabulary.yaml; `common` holds words that are asked about any course and so name none, `known` all
        that people ask with."""
        units = [str(word) for words in data.get("units", {}).values() for word in words]
        self._general = frozenset((*map(str, data.get("general", ())), *units))
        self._function = frozenset(data.get("function_words", "").split())
        self.index = NameIndex(courses, self._general, self._function)
        self._usual = dictionary.frequency
        self._asked, self._known = frozenset(common), frozenset(known)
        self._common = self._asked - self._general
        words = grammar(data)
        self._called, self._chosen = words["called"], frozenset(data.get("ordinal_before", "").split())
        self._linking, self._paired, self._definite = words["linking"], words["paired"], words["definite"]
        self._plain, self._kinds, self._exam = words["plain"], words["kinds"], words["exam"]
        self._predicate, self._praised = words["predicate_before"], words["praised"]
        self._role, self._placed, self._only = words["role_before"], words["role_after"], words["only_before"]
        self._standing, self._suits = words["standing"], words["suits"]
        self._asked_about = tuple(str(phrase) for phrase in data.get("asked_about", ()))
        self._fillers = frozenset(data.get("fillers", "").split()) | {BREAK}
        self._joint = frozenset(data.get("joints", "").split())
        self._counted = frozenset((*data.get("counted", "").split(), *units))
        self._meant = Meant(data, self.index)
        self._spelt = [tuple(pair) for pair in data.get("spelt_two_ways", ())]
        self._as_spelt = lru_cache(maxsize=20_000)(self._respelt)

    @cached_property
    def subjects(self) -> set[str]:
        """Words that courses are about."""
        return self.index.subjects - self._common

    def find(self, words: Sequence[str], before: Sequence[str] = (), choices: Sequence[str] = ()) -> Named:
        """`before` are the courses in focus: "the advanced one" is a sibling of these. `choices` were just offered."""
        named = Named([self._as_spelt(word) for word in self._apart(words)])
        self._exact(named)
        self._partial(named, () if named.sure else before)
        if named.courses and not self._paired.isdisjoint(named.words):
            self._partial(named, ())  # "facilitation skills or the advanced one": what stands beside a name is one
        self._meant.settle(named, before)
        telling = [word for word in words if word not in self._fillers and word not in self._called]
        if choices and not named.courses and (chosen := self.index.among(telling, choices)):
            named.courses, named.candidates = [chosen], ()
            named.spans.append((" ".join(words), (chosen,)))
            named.words = [word for word in named.words if not self.index.holds(word)] or [MASK]
        return named

    def _respelt(self, word: str) -> str:
        """As a title spells it: "practising" of who writes of "Practicing Kanban"."""
        if self.index.holds(word) or word in self._function:
            return word
        other = (word.replace(*pair) for ours, theirs in self._spelt for pair in ((ours, theirs), (theirs, ours)))
        return next((spelt for spelt in other if spelt != word and self.index.holds(spelt)), word)

    def _apart(self, words: Sequence[str]) -> list[str]:
        """Titles are known by their single words: "evidence-based" is two of them, "psm-a" a code."""
        parted: list[str] = []
        for word in words:
            if "-" not in word:
                parted.append(word)
                continue
            parts = word.replace("-", " ").split()
            known = all(self.index.holds(part) or part in self._function for part in parts)
            parted += parts if len(parts) > 1 and known and not self.index.whole((word,)) else [word]
        return parted

    # Codes and whole titles

    def _exact(self, named: Named) -> None:
        position = 0
        while position < len(named.words):
            for size in self.index.sizes(named.words[position]):
                piece, size = _spanning(named.words, position, size)
                if key := self.index.whole(piece):
                    if self._is_article(named.words, position, size) or self._is_count(named.words, position, size):
                        continue
                    after, beyond = (*named.words[position + size : position + size + 2], BREAK, BREAK)[:2]
                    if after in FURTHER and beyond not in self._counted:
                        named.unknown = " ".join((*piece, after))  # "PSM III" is another course, and none of ours
                        named.words[position : position + size + 1] = [EXAM]
                        break
                    start, size, key = self._qualified(named.words, position, size, key)
                    self._take(named, start, size, (key,))
                    named.sure, position = True, start
                    break
            position += 1

    def _is_article(self, words: Sequence[str], start: int, size: int) -> bool:
        """In "is pspo a two day course" the "a" belongs to the course, not to the code."""
        last, after = words[start + size - 1], (*words[start + size : start + size + 1], BREAK)[0]
        if size == 1 or last not in self._function or after == BREAK:
            return False
        return after in self._praised or (start > 0 and words[start - 1] in self._predicate)

    def _is_count(self, words: Sequence[str], start: int, size: int) -> bool:
        """In "is psm 2 days long" the number belongs to the days, not to the code."""
        after = words[start + size] if start + size < len(words) else ""
        return size > 1 and words[start + size - 1].isdigit() and after in self._counted

    def _qualified(self, words: Sequence[str], start: int, size: int, key: str) -> tuple[int, int, str]:
        """A sibling that adds a word: "PSPO advanced". In "is PSPO advanced" the word says something of the course."""
        after = words[start + size] if start + size < len(words) else ""
        earlier = words[start - 1] if start else ""
        sibling = self.index.sibling
        if self.index.holds(after) and earlier not in self._predicate and (found := sibling((key,), {after})):
            return start, size + 1, found
        if self.index.holds(earlier) and (found := sibling((key,), {earlier})):
            return start - 1, size + 1, found
        return start, size, key

    # Parts of names

    def _partial(self, named: Named, before: Sequence[str]) -> None:
        named.words = self._as_in_titles(named.words)
        position = 0
        while position < len(named.words):
            held = self.index.holds(named.words[position])
            size, keys = self._longest_fit(named.words, position, before) if held else (0, ())
            if len(keys) > CHOICES:
                named.loose.append(frozenset(keys))
            elif keys and not (named.sure and size == 1 and len(keys) > 1):
                self._take(named, position, size, keys)
                size = 1
            elif not size and (key := self._nickname(named, position) or self._base(named, position, before)):
                self._take(named, position, 1, (key,))
            position += max(1, size)

    def _as_in_titles(self, words: list[str]) -> list[str]:
        """ "The executive briefing", "user stories workshop": beside a word for a course a name may stand in the other
        number; elsewhere the plural means people ("for scrum masters")."""
        called = [word in self._called for word in words]
        if True not in called:
            return words
        return [
            next((form for form in numbers(word) if self.index.holds(form)), word)
            if not self.index.holds(word) and not called[place] and any(called[place + 1 : place + 3])
            else word
            for place, word in enumerate(words)
        ]

    def _longest_fit(self, words: Sequence[str], position: int, before: Sequence[str]) -> tuple[int, tuple[str, ...]]:
        """The longest run of name words that fits a course: in "facilitation skills test" the last is none of them."""
        run = self._run(words, position)
        for size in range(run, 0, -1):
            if size < run and self._joint.intersection(words[position : position + size]):
                continue  # "nexus and scrum with kanban" are two names, or one as a whole
            if keys := self._fit(words, position, size, before):
                last = words[position + size - 1]
                if last in self._standing and not any(self.index.titled(key, last) for key in keys):
                    return run, ()  # "product owner experience"
                asks = size > 1 and last in self._exam  # "product discovery certification"
                return size - asks, keys
        return run, ()

    def _run(self, words: Sequence[str], position: int) -> int:
        """Length of the run of name words that begins here; linking words may stand inside."""
        end = last = position
        while end < len(words):
            if self.index.holds(words[end]):
                last = end + 1
            elif end == position or words[end] not in self._linking:
                break
            end += 1
        return last - position

    def _fit(self, words: Sequence[str], position: int, size: int, before: Sequence[str]) -> tuple[str, ...]:
        piece = words[position : position + size]
        told = self.index.told(piece)
        if not told:
            return ()
        after = words[position + size] if position + size < len(words) else BREAK
        earlier = words[position - 1] if position else ""
        inside = any(word in self._called or word in self._general - self._asked for word in piece)
        inside = inside or (size > 1 and not self._kinds.isdisjoint(piece))  # "facilitation skills"
        beside = self._beside_name(words, position, size)
        called = after in self._called or inside or beside
        pointed = after == BREAK and (
            earlier in self._definite
            or self._fillers.issuperset(words[:position])
            or " ".join(words[:position]).endswith(self._asked_about)
        )
        if (called or pointed) and before and (sibling := self.index.sibling(before, told)):
            return (sibling,)
        after_linking = pointed and bool(before) and earlier in self._linking  # "same for executives"
        chosen = after in self._chosen or after_linking
        chosen = chosen or beside
        alone = len(told) == 1 and chosen and self.index.titles(min(told)) == 1
        usual = not told - self._common  # words that are asked about any course
        people = position > 0 and any(word.endswith("s") for word in told)  # "for product owners"
        titled = len(told) > 2 or not people
        whole = len(told) > 1 and (called or (titled and self.index.whole_title(told)))
        if usual and not alone and not whole:
            return ()
        one = len(told) == 1 and not (pointed or alone or self._distinctive(min(told)))
        if not called and (one or self._is_person(words, position, after)):
            return ()
        return self.index.fitting(told, self._kinds.intersection(piece), called or pointed)

    def _is_person(self, words: Sequence[str], position: int, after: str) -> bool:
        """Whether a role is spoken of: "a scrum master", "does it fit product owners", "only the scrum master"."""
        before = words[max(0, position - NEAR) : position]
        earlier, first = ("", "", *before)[-1], ("", "", *before)[-2]
        if earlier in self._definite:
            return after in self._placed or first in self._only
        return earlier in self._role or after in self._standing or not self._suits.isdisjoint(before)

    def _beside_name(self, words: Sequence[str], position: int, size: int) -> bool:
        """Whether it and a name are joined: "A or B", "A and the B"."""
        before = [word for word in words[max(0, position - 3) : position] if word not in self._definite]
        after = [word for word in words[position + size : position + size + 3] if word not in self._definite]
        return (before[-2:-1] == [MASK] and before[-1] in self._paired) or (
            after[1:2] == [MASK] and after[0] in self._paired
        )

    def _distinctive(self, word: str) -> bool:
        """Whether the word names a course without a word for a course beside it: not "payment plans"."""
        return self.index.distinctive(word) and self._usual(word) < EVERYDAY

    def _nickname(self, named: Named, position: int) -> str | None:
        """A word that stands in the text of one page alone: "the minecraft scrum course"."""
        word = named.words[position]
        if named.courses or len(word) < LONG_WORD or word in self._known or word in self._function:
            return None
        following = named.words[position + 1 : position + 3]
        key = self.index.only_page(word) if self._usual(word) < USUAL else None
        called = any(other in self._chosen for other in following)
        return key if key and (called or (following and self.index.titled(key, following[0]))) else None

    def _base(self, named: Named, position: int, before: Sequence[str]) -> str | None:
        """ "And for the normal one": the course that the one in focus adds to."""
        after = named.words[position + 1 : position + 2]
        if named.words[position] not in self._plain or not before or not after or after[0] not in self._chosen:
            return None
        return self.index.base(before[0])

    def _take(self, named: Named, position: int, size: int, keys: tuple[str, ...]) -> None:
        place = named.words[:position].count(MASK)
        named.spans.insert(place, (" ".join(named.words[position : position + size]), keys))
        named.words[position : position + size] = [MASK]
        named.courses = named.clear()


def _spanning(words: Sequence[str], position: int, size: int) -> tuple[tuple[str, ...], int]:
    """So many words from here, and how many places they take: a title may stand with its code in brackets. Nothing,
    where a short name would span two clauses."""
    piece = tuple(words[position : position + size])
    if BREAK not in piece:
        return (piece, size) if len(piece) == size else ((), size)
    places = [place for place in range(position, len(words)) if words[place] != BREAK][:size]
    whole = len(places) == size > max(CODE_SIZES)
    return (tuple(words[place] for place in places), places[-1] + 1 - position) if whole else ((), size)
