"""Which courses a message names: by code, by title whole or in part, by what else their pages call them."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from rapidfuzz.distance import OSA

from bot.models.course import Course
from bot.understanding.normalise import BREAK

MASK = "coursename"
"""Stands for a course name in the words that the classifier sees, so that a new course needs no new phrases."""

CLEAR = 1.25
"""How much better the best course must fit than the next; below that the name is ambiguous."""

CHOICES = 6
"""A name that fits more courses than this is a subject, not a name."""

THIN = 0.5
"""A name that says less than this share of the title, and could be about the subject of other pages, is ambiguous."""

FEW = 3
"""A word that stands on more pages than this is a subject of the trade, not a name."""

SMALL = 1000
"""Catalogues up to this size are also searched by words of their pages' text; larger ones would make the first such
search slow, and their titles tell more."""

_SPLIT = re.compile(r"[^\W_]+")
_NUMERALS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


@dataclass(slots=True)
class Named:
    """What was found, and the words with the names masked."""

    words: list[str]
    courses: list[str] = field(default_factory=list)
    candidates: tuple[str, ...] = ()
    spans: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """For `why`: the words and the courses they stand for."""
    sure: bool = False
    """A code or a whole title stands in the message."""


class NameIndex:
    """Codes and whole titles first, then the words that tell courses apart."""

    def __init__(self, courses: Mapping[str, Course], data: Mapping[str, Any], common: Iterable[str]) -> None:
        """`data` is vocabulary.yaml; `common` holds words that are asked about any course and so name none."""
        self._courses = courses
        self._general = frozenset(map(str, data.get("general", ())))
        self._function = frozenset(data.get("function_words", "").split())
        self._common = frozenset(common) - self._general
        grammar = data.get("naming", {})
        self._called = frozenset(grammar.get("called", "").split())
        self._linking = frozenset(grammar.get("linking", "").split())
        self._article = frozenset(grammar.get("role_before", "").split())
        self._done = frozenset(grammar.get("done_before", "").split())
        self._first = frozenset(grammar.get("first", "").split())
        self._definite = frozenset(grammar.get("definite", "").split())
        self._chosen = frozenset(data.get("ordinal_before", "").split())
        self._predicate = frozenset(grammar.get("predicate_before", "").split())
        self._codes: dict[str, str] = {}
        self._phrases: dict[tuple[str, ...], str | None] = {}
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._variants: dict[str, list[frozenset[str]]] = {}
        self._subjects: dict[str, set[str]] = defaultdict(set)
        for course in courses.values():
            self._add(course)
        for course in courses.values():
            self._add_short_forms(course)
        self._longest = max(map(len, self._phrases), default=1)
        self._weight = {word: self._rarity(word, len(keys)) for word, keys in self._by_word.items()}

    def _rarity(self, word: str, count: int) -> float:
        return 0.1 if word in self._general else math.log((2 + len(self._courses)) / count)

    def _add(self, course: Course) -> None:
        for code in (course.code, course.key):
            if code:
                self._codes.setdefault(_joined(code), course.key)
        variants = set()
        for name in (course.title, *course.names):
            words = tuple(_SPLIT.findall(name.casefold()))
            if len(words) > 1:
                self._phrases[words] = None if self._phrases.get(words, course.key) != course.key else course.key
            variants.add(frozenset(word for word in words if word not in self._function and len(word) > 1))
        self._variants[course.key] = [variant for variant in variants if variant]
        for word in frozenset().union(*variants):
            if not word.isdecimal():
                self._by_word[word].add(course.key)
        for tag in course.tags:
            for word in _SPLIT.findall(tag.casefold()):
                self._subjects[word].add(course.key)

    def _add_short_forms(self, course: Course) -> None:
        """Abbreviations with a numeral in a page's further names: "psm ii" of PSM-A."""
        own = _joined(course.code or course.key)
        for name in course.names:
            for first, second in pairwise(_SPLIT.findall(name.casefold())):
                if second in _NUMERALS and len(first) > 1 and own.startswith(first):
                    self._numbered(first, second, course.key)

    def _numbered(self, code: str, numeral: str, key: str) -> None:
        self._codes.setdefault(code + numeral, key)
        self._codes.setdefault(code + _NUMERALS[numeral], key)

    def warm(self) -> None:
        """Name courses also by the exams their pages speak of ("PSPO II"), and index the words of their texts."""
        if len(self._courses) > SMALL:
            return
        for course in self._courses.values():
            mark = course.fact("pass_mark")
            words = _SPLIT.findall(mark.subject.casefold()) if mark and mark.subject else []
            for first, second in pairwise(words):
                if second in _NUMERALS and first in self._codes:
                    self._numbered(first, second, course.key)
        _ = self._text_words

    @property
    def vocabulary(self) -> set[str]:
        """Words that need no mending."""
        return set(self._by_word) | set(self._codes) | set(_NUMERALS)

    @cached_property
    def subjects(self) -> set[str]:
        """Words that courses are about: of their names, tags and vendors."""
        return (set(self._by_word) | set(self._subjects)) - self._general - self._function - self._common

    def find(self, words: Sequence[str], before: Sequence[str] = ()) -> Named:
        """`before` are the courses in focus: "the advanced one" is a sibling of these."""
        named = Named(list(words))
        self._exact(named)
        self._partial(named, before)
        self._drop_done(named)
        return named

    # Codes and whole titles

    def _exact(self, named: Named) -> None:
        position = 0
        while position < len(named.words):
            for size in range(min(self._longest, len(named.words) - position), 0, -1):
                piece = tuple(named.words[position : position + size])
                key = self._phrases.get(piece) or self._code(piece)
                if key:
                    start, size, key = self._qualified(named.words, position, size, key)
                    self._take(named, start, size, (key,))
                    named.sure, position = True, start
                    break
            position += 1

    def _code(self, piece: tuple[str, ...]) -> str | None:
        if len(piece) > 3 or BREAK in piece or (len(piece) > 1 and (piece[0] in self._function or len(piece[-1]) > 4)):
            return None
        if len(piece) == 1 and piece[0] in self._function:
            return None
        joined = "".join(map(_joined, piece))
        return self._codes.get(joined)

    def nearest_code(self, word: str) -> str | None:
        """The code that a mistyped word was meant to be; short codes are too near each other to tell."""
        if len(word) < 4 or not word.isalnum():
            return None
        near = [code for code in self._codes if len(code) > 3 and OSA.distance(word, code, score_cutoff=1) <= 1]
        return near[0] if len(near) == 1 else None

    def _qualified(self, words: Sequence[str], start: int, size: int, key: str) -> tuple[int, int, str]:
        """A sibling that adds a word: "PSPO advanced". In "is PSPO advanced" the word says something of the course."""
        after = words[start + size] if start + size < len(words) else ""
        earlier = words[start - 1] if start else ""
        if after in self._by_word and earlier not in self._predicate and (sibling := self._sibling((key,), {after})):
            return start, size + 1, sibling
        if earlier in self._by_word and (sibling := self._sibling((key,), {earlier})):
            return start - 1, size + 1, sibling
        return start, size, key

    def _sibling(self, keys: Iterable[str], added: set[str]) -> str | None:
        """The one course whose name is that of one of these with the words added."""
        if added <= self._general:
            return None
        for key in keys:
            title = self._told(set(_SPLIT.findall(self._courses[key].title.casefold()))) - {_joined(key)}
            if added <= title:
                continue
            others = set.intersection(*(self._by_word.get(word, set()) for word in added)) - {key}
            others = {other for other in others if any((title | added) <= variant for variant in self._variants[other])}
            if len(others) == 1:
                return others.pop()
        return None

    # Parts of names

    def _partial(self, named: Named, before: Sequence[str]) -> None:
        position = 0
        while position < len(named.words):
            size, keys = self._longest_fit(named.words, position, before)
            if keys and not (named.sure and size == 1 and len(keys) > 1):
                self._take(named, position, size, keys)
                size = 1
            elif not size and (key := self._nickname(named.words, position)):
                self._take(named, position, 1, (key,))
            position += max(1, size)

    def _longest_fit(self, words: Sequence[str], position: int, before: Sequence[str]) -> tuple[int, tuple[str, ...]]:
        """The longest run of name words that fits a course: in "facilitation skills test" the last is none of them."""
        run = self._run(words, position)
        for size in range(run, 0, -1):
            if keys := self._fit(words, position, size, before):
                return size, keys
        return run, ()

    def _run(self, words: Sequence[str], position: int) -> int:
        """Length of the run of name words that begins here; linking words may stand inside."""
        end = last = position
        while end < len(words):
            if words[end] in self._by_word:
                last = end + 1
            elif end == position or words[end] not in self._linking:
                break
            end += 1
        return last - position

    def _told(self, words: Iterable[str]) -> set[str]:
        return {
            word for word in words if word in self._by_word and word not in self._general and word not in self._function
        }

    def _fit(self, words: Sequence[str], position: int, size: int, before: Sequence[str]) -> tuple[str, ...]:
        told = self._told(words[position : position + size])
        if not told:
            return ()
        after = words[position + size] if position + size < len(words) else ""
        earlier = words[position - 1] if position else ""
        inside = any(word in self._called or word in self._general for word in words[position : position + size])
        called = after in self._called or inside
        if called and before and (sibling := self._sibling(before, told)):
            return (sibling,)
        telling = told - self._common
        if not telling and not (called and (len(told) > 1 or self._pointed(words, position, size))):
            return ()
        if not called and (earlier in self._article or (len(told) == 1 and not self._distinctive(min(told)))):
            return ()
        return self._choose(told, called)

    def _pointed(self, words: Sequence[str], position: int, size: int) -> bool:
        """ "The executives one": an everyday word that stands in one title alone."""
        after = words[position + size : position + size + 1]
        pointed = position > 0 and words[position - 1] in self._definite and after and after[0] in self._chosen
        return bool(pointed) and size == 1 and len(self._by_word[words[position]]) == 1

    def _distinctive(self, word: str) -> bool:
        """A single word names a course only where it stands in its title and hardly on another page."""
        keys = self._by_word[word]
        if len(keys) > 1 or word not in _SPLIT.findall(self._courses[min(keys)].title.casefold()):
            return False
        return len(self._courses) > SMALL or self._text_words.get(word, 0) <= FEW

    def _choose(self, told: set[str], called: bool) -> tuple[str, ...]:
        postings = sorted((self._by_word[word] for word in told), key=len)
        keys = set(postings[0]).intersection(*postings[1:])
        if not keys or len(keys) > 50 or (len(told) == 1 and len(keys) > 2 and not called):
            return ()
        fits = {key: self._share(key, told) for key in keys}
        best = max(fits, key=fits.__getitem__)
        if len(keys) == 1:
            return self._ambiguous(best, fits[best], told)
        near = sorted((key for key in fits if fits[key] * CLEAR >= fits[best]), key=fits.__getitem__, reverse=True)
        if len(told) == 1 and fits[best] < 1 / CLEAR:
            near = sorted(fits, key=fits.__getitem__, reverse=True)
        return tuple(near) if len(near) <= CHOICES else ()

    def _ambiguous(self, key: str, share: float, told: set[str]) -> tuple[str, ...]:
        """One name fits, but says little of the title, and other pages are about the same subject."""
        if share >= THIN:
            return (key,)
        others = set.intersection(*(self._subjects.get(word, set()) | self._by_word[word] for word in told)) - {key}
        return (key, *sorted(others)) if 0 < len(others) < CHOICES else (key,)

    def _share(self, key: str, told: set[str]) -> float:
        """The part of the best-fitting name that was told, by weight."""
        return max(
            (
                sum(self._weight[word] for word in told & variant)
                / sum(self._weight.get(word, 0.0) for word in variant)
                for variant in self._variants[key]
                if told & variant
            ),
            default=0.0,
        )

    def _nickname(self, words: Sequence[str], position: int) -> str | None:
        """A word that stands in the text of one page alone: "the minecraft scrum course"."""
        word = words[position]
        if len(word) < 5 or word in self._common or word in self._function or len(self._courses) > SMALL:
            return None
        near = words[position + 1 : position + 3]
        if not any(other in self._chosen for other in near):
            return None
        if self._text_words.get(word) != 1:
            return None
        return next(key for key, words in self._texts.items() if word in words)

    def on_a_page(self, word: str) -> bool:
        """Whether some page says the word."""
        return len(self._courses) <= SMALL and word in self._text_words

    @cached_property
    def _text_words(self) -> dict[str, int]:
        """On how many pages each word stands."""
        return Counter(word for words in self._texts.values() for word in words)

    @cached_property
    def _texts(self) -> dict[str, frozenset[str]]:
        texts = {}
        for course in self._courses.values():
            values = (fact.value for fact in course.facts.values())
            text = " ".join(" ".join(value) if isinstance(value, tuple) else str(value) for value in values)
            texts[course.key] = frozenset(_SPLIT.findall(text.casefold()))
        return texts

    # What was found

    def _take(self, named: Named, position: int, size: int, keys: tuple[str, ...]) -> None:
        named.spans.append((" ".join(named.words[position : position + size]), keys))
        named.words[position : position + size] = [MASK]
        if len(keys) == 1:
            if keys[0] not in named.courses:
                named.courses.append(keys[0])
        elif not named.candidates:
            named.candidates = keys

    def _drop_done(self, named: Named) -> None:
        """ "I have done X, is Y for me" and "must I do X before Y" ask about Y alone."""
        places = [position for position, word in enumerate(named.words) if word == MASK]
        if len(named.courses) < 2 or len(places) != len(named.courses):
            return
        if len(places) == 2 and self._first.intersection(named.words[places[0] : places[1]]):
            named.courses = named.courses[1:]
            return
        done = [any(word in self._done for word in named.words[max(0, place - 4) : place]) for place in places]
        if any(done) and not all(done):
            named.courses = [key for key, past in zip(named.courses, done, strict=True) if not past]


def _joined(code: str) -> str:
    return "".join(character for character in code.casefold() if character.isalnum())
