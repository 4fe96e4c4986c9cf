"""What courses are called: codes, titles, further names, and how much each word of them tells."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from bot.models.course import Course

CLEAR = 1.25
"""How much better the best course must fit than the next; below that the name is ambiguous."""

WHOLE = 0.75
"""Who says this share of a title means that course, though longer titles hold the same words."""

THIN = 0.5
"""A name that says less than this share of the title, and could be about the subject of other pages, is ambiguous."""

MANY = 50
"""Words that stand in more titles than this tell nothing."""

CHOICES = 6
"""A name that fits more courses than this is a subject, not a name."""

FEW = 3
"""A word that stands on more pages than this is a subject of the trade, not a name."""

SMALL = 1000
"""Catalogues up to this size are also searched by words of their pages' text; larger ones would make the first such
search slow, and their titles tell more."""

CODE_SIZES = frozenset((1, 2, 3))
"""Words that a code may be spread over: "p s m", "psm a"."""

REMEMBERED = 20_000
"""Words of which it is kept how names may begin with them."""

_SPLIT = re.compile(r"[^\W_]+")
NUMERALS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


class NameIndex:
    """Answers which courses a piece of text may name; knows nothing of the sentence around it."""

    def __init__(self, courses: Mapping[str, Course], general: frozenset[str], function: frozenset[str]) -> None:
        """`general` words stand in titles everywhere, `function` words tell nothing."""
        self._courses, self._general, self._function = courses, general, function
        self._codes: dict[str, str] = {}
        self._phrases: dict[tuple[str, ...], str | None] = {}
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._variants: dict[str, list[frozenset[str]]] = {}
        self._subjects: dict[str, set[str]] = defaultdict(set)
        for course in courses.values():
            self._add(course)
        for course in courses.values():
            self._add_short_forms(course)
        self._sizes: dict[str, set[int]] = defaultdict(set)
        self._sizes_of: dict[str, tuple[int, ...]] = {}
        for phrase in self._phrases:
            self._sizes[phrase[0]].add(len(phrase))
        self._beginnings = {code[:end] for code in self._codes for end in range(1, len(code) + 1)}
        self._weight = {word: self._rarity(word, len(keys)) for word, keys in self._by_word.items()}

    def _rarity(self, word: str, count: int) -> float:
        return 0.1 if word in self._general else math.log((2 + len(self._courses)) / count)

    def _add(self, course: Course) -> None:
        for code in (course.code, course.key):
            if code:
                self._codes.setdefault(joined(code), course.key)
        variants = set()
        for name in (course.title, *course.names):
            words = tuple(_SPLIT.findall(name.casefold()))
            if len(words) > 1:
                self._phrases[words] = None if self._phrases.get(words, course.key) != course.key else course.key
            telling = frozenset(word for word in words if word not in self._function and len(word) > 1)
            if name not in course.addresses:
                variants.add(telling)
            for word in telling:
                if not word.isdecimal():
                    self._by_word[word].add(course.key)
        self._variants[course.key] = [variant for variant in variants if variant]
        for tag in course.tags:
            for word in _SPLIT.findall(tag.casefold()):
                self._subjects[word].add(course.key)

    def _add_short_forms(self, course: Course) -> None:
        """Abbreviations with a numeral in a page's further names: "psm ii" of PSM-A."""
        own = joined(course.code or course.key)
        for name in course.names:
            for first, second in pairwise(_SPLIT.findall(name.casefold())):
                if second in NUMERALS and len(first) > 1 and own.startswith(first):
                    self._codes.setdefault(first + second, course.key)
                    self._codes.setdefault(first + NUMERALS[second], course.key)

    # Whole names

    def sizes(self, word: str) -> tuple[int, ...]:
        """How many words a whole name or a code that begins with the word may have, the longest first."""
        known = self._sizes_of.get(word)
        if known is None:
            sizes = self._sizes.get(word, set())
            if joined(word) in self._beginnings or word[-1].isdigit():
                sizes = sizes | CODE_SIZES
            if len(self._sizes_of) > REMEMBERED:
                self._sizes_of.clear()
            known = self._sizes_of[word] = tuple(sorted(sizes, reverse=True))
        return known

    def whole(self, piece: tuple[str, ...]) -> str | None:
        """The course of a whole title or name, or of a code, however it is spaced."""
        if found := self._phrases.get(piece):
            return found
        if (
            not piece
            or len(piece) not in CODE_SIZES
            or piece[0] in self._function
            or (len(piece) > 1 and len(piece[-1]) > 4)
        ):
            return None
        code = "".join(map(joined, piece))
        plain = self._codes.get(code[:-1]) if code[-1] in "1i" else None  # "psm 1" is psm
        return self._codes.get(code) or plain or self.exams.get(code)

    @cached_property
    def exams(self) -> dict[str, str]:
        """Courses by the numbered exams their pages speak of: "pspo2" of the course that leads to PSPO II."""
        found: dict[str, str] = {}
        for course in self._courses.values() if len(self._courses) <= SMALL else ():
            mark = course.fact("pass_mark")
            words = _SPLIT.findall(mark.subject.casefold()) if mark and mark.subject else []
            for first, second in pairwise(words):
                if second in NUMERALS and first in self._codes:
                    found.setdefault(first + second, course.key)
                    found.setdefault(first + NUMERALS[second], course.key)
        return found

    def nearest_code(self, word: str) -> str | None:
        """The code that a mistyped word was meant to be; short codes are too near each other to tell."""
        if len(word) < 4 or not word.isalnum():
            return None
        near = [code for code in self._codes if len(code) > 3 and OSA.distance(word, code, score_cutoff=1) <= 1]
        return near[0] if len(near) == 1 else None

    # Words of names

    @property
    def vocabulary(self) -> set[str]:
        """Words that need no mending."""
        return set(self._by_word) | set(self._codes) | set(NUMERALS)

    @cached_property
    def subjects(self) -> set[str]:
        """Words that courses are about: of their names, tags and vendors."""
        makers = (course.fact("vendor") for course in self._courses.values()) if len(self._courses) <= SMALL else ()
        vendors = {word for fact in makers if fact for word in _SPLIT.findall(str(fact.value).casefold())}
        return (set(self._by_word) | set(self._subjects) | vendors) - self._general - self._function

    def holds(self, word: str) -> bool:
        """Whether a title or name holds the word."""
        return word in self._by_word

    def titled(self, key: str, word: str) -> bool:
        """Whether one of the course's names holds the word."""
        return key in self._by_word.get(word, ())

    def titles(self, word: str) -> int:
        """In how many courses' names the word stands."""
        return len(self._by_word.get(word, ()))

    def told(self, words: Iterable[str]) -> set[str]:
        """The words that tell courses apart."""
        return {
            word for word in words if word in self._by_word and word not in self._general and word not in self._function
        }

    def fitting(self, told: set[str], kinds: frozenset[str], called: bool) -> tuple[str, ...]:
        """The courses whose names hold the told words: one where it is clear, else all that may be meant. `kinds` said
        beside them ("workshop") decide between these. `called`: a word for a course stands beside them."""
        forms = told | {form for word in told if called for form in numbers(word)}
        keys = set.intersection(*(self._with(word, called) for word in told))
        if not keys or len(keys) > MANY or (len(told) == 1 and len(keys) > 2 and not called):
            return ()
        keys = self._plainest(keys)
        fits = {key: self._share(key, forms) for key in keys}
        best = max(fits, key=fits.__getitem__)
        if len(keys) == 1:
            near = self._or_subject(best, fits[best], told)
        elif fits[best] < WHOLE:
            near = tuple(sorted(fits, key=fits.__getitem__, reverse=True))
        else:
            near = tuple(key for key in fits if fits[key] * CLEAR >= fits[best])
        if len(near) > 1 and kinds:  # "engineering workshop": a workshop by its title
            titled = [key for key in near if kinds <= set(_SPLIT.findall(self._courses[key].title.casefold()))]
            near = tuple(titled) if len(titled) == 1 else near
        return near

    def _with(self, word: str, called: bool) -> set[str]:
        """The courses whose names hold the word; beside a word for a course also in the other number."""
        forms = (word, *numbers(word)) if called else (word,)
        return set().union(*(self._by_word.get(form, set()) for form in forms))

    def _plainest(self, keys: set[str]) -> set[str]:
        """Without those whose titles are another's with words added: "scrum master" is not the advanced one."""
        titles = {key: self._title(key) for key in keys}
        return {key for key in keys if not any(titles[other] and titles[other] < titles[key] for other in keys)}

    def whole_title(self, told: set[str]) -> bool:
        """Whether the words say most of the title of just one course."""
        keys = set.intersection(*(self._by_word[word] for word in told))
        return sum(self._share(key, told) >= WHOLE for key in keys) == 1

    def _or_subject(self, key: str, share: float, told: set[str]) -> tuple[str, ...]:
        """One name fits, but where that says little of the title, other pages may be about the same subject."""
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

    # Courses beside others

    def sibling(self, keys: Iterable[str], added: set[str]) -> str | None:
        """The one course whose name is that of one of these with the words added."""
        if added <= self._general:
            return None
        for key in keys:
            title = self._title(key)
            if added <= title:
                continue
            others = set.intersection(*(self._by_word.get(word, set()) for word in added)) - {key}
            others = {other for other in others if any((title | added) <= variant for variant in self._variants[other])}
            if len(others) == 1:
                return others.pop()
        return None

    def alike(self, key: str, candidates: Sequence[str]) -> list[str]:
        """The candidates whose titles share with this course's a word that hardly another title has."""
        rare = {word for word in self._title(key) if len(self._by_word[word]) <= FEW}
        return [other for other in candidates if other != key and rare & self._title(other)]

    def base(self, key: str) -> str | None:
        """The course that this one adds to: PSM for PSM-A."""
        title = self._title(key)
        held = {other: self._title(other) for other in self._courses if other != key}
        below = {other: words for other, words in held.items() if words and words < title}
        most = max(map(len, below.values()), default=0)
        found = [other for other, words in below.items() if len(words) == most]
        return found[0] if len(found) == 1 else None

    def among(self, words: Iterable[str], choices: Sequence[str]) -> str | None:
        """The one of the choices that all the words fit, and better than the others."""
        said = set(words) - self._function
        hits = Counter({key: len(said & self._spoken(key)) for key in choices}).most_common(2)
        clear = said and hits[0][1] == len(said) and (len(hits) < 2 or hits[0][1] > hits[1][1])
        return hits[0][0] if clear else None

    def _title(self, key: str) -> set[str]:
        return self.told(_SPLIT.findall(self._courses[key].title.casefold())) - {joined(key)}

    def _spoken(self, key: str) -> frozenset[str]:
        """All words that may tell a course from others: of its names and its vendor."""
        vendor = self._courses[key].fact("vendor")
        return frozenset().union(*self._variants[key]) | frozenset(
            _SPLIT.findall(str(vendor.value).casefold()) if vendor else ()
        )

    # Words of the pages' texts

    def distinctive(self, word: str) -> bool:
        """Whether a single word names a course: it stands in one title and hardly on another page."""
        keys = self._by_word[word]
        course = self._courses[min(keys)]
        if len(keys) > 1 or word not in _SPLIT.findall(course.title.casefold()):
            return False
        if word == _family(course.code or course.key):
            return False
        return len(self._courses) > SMALL or self.written.get(word, 0) <= FEW

    def only_page(self, word: str) -> str | None:
        """The one course whose page says the word."""
        if self.written.get(word) != 1:
            return None
        return next(key for key, words in self._texts.items() if word in words)

    @cached_property
    def written(self) -> Mapping[str, int]:
        """On how many pages each word stands; of large catalogues nothing."""
        return Counter(word for words in self._texts.values() for word in words)

    @cached_property
    def _texts(self) -> dict[str, frozenset[str]]:
        courses = self._courses.values() if len(self._courses) <= SMALL else ()
        return {course.key: frozenset(_SPLIT.findall(course.text().casefold())) for course in courses}


def _family(code: str) -> str | None:
    """What the codes of a series begin with: "psm" of PSM-A names another course, be it not in the catalogue."""
    parts = _SPLIT.findall(code.casefold())
    return parts[0] if len(parts) > 1 else None


def numbers(word: str) -> tuple[str, ...]:
    """The word in the other number, as far as endings tell."""
    if word.endswith("ies"):
        return (f"{word[:-3]}y",)
    if word.endswith("y"):
        return (f"{word[:-1]}ies",)
    return (word[:-1],) if word.endswith("s") else (f"{word}s",)


@lru_cache(maxsize=20_000)
def joined(code: str) -> str:
    """A code without case, spaces and signs."""
    return "".join(character for character in code.casefold() if character.isalnum())
