"""Which pages speak of what a person tells of themselves: sentences found by the words they share with it."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, islice

from bot.knowledge.sentences import sentences
from bot.models.content import Knowledge
from bot.models.course import Course, Fact, Retake
from bot.understanding.stems import stemmer

FACTS = ("audience", "overview", "prerequisites", "objectives", "topics")
"""What a page says for whom it is and what it is good for."""

WORTH = {"audience": 1.5}
"""Whom a page addresses says more about whom it suits than what it teaches."""

WHOLE = 1000
"""Catalogues up to this size are searched sentence by sentence; of larger ones only pages whose name fits."""

NAMED = 50
"""Pages of a large catalogue that are read for one message."""

CLOSE = 0.7
"""A page this near to the best fitting one is shown beside it; a short sentence this near to a long one is quoted."""

QUOTED = 140
"""Characters of a sentence that is quoted for a course: two lines on a phone."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a page, with the stems of its words."""

    course: Course
    fact: Fact
    sentence: str
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Holding:
    """Passages that can be searched."""

    passages: Sequence[Passage]
    worth: Mapping[str, float]
    """Of each stem: the fewer pages have it, the more."""
    places: Mapping[str, Sequence[int]]
    """Of each stem: the passages that hold it."""


class Shelf:
    """The catalogue's sentences; read when first asked for."""

    def __init__(self, knowledge: Knowledge) -> None:
        data = knowledge.vocabulary.data
        self._courses = [course for course in knowledge.courses.values() if course.listed]
        self._least = knowledge.thresholds["recommend"]
        self._stem = stemmer(data)
        ignored = " ".join(data.get(name, "") for name in ("function_words", "choosing"))
        self._ignored = {self._stem(word) for word in (*ignored.split(), *map(str, data.get("general", ())))}
        self._alike = {word: f"={row[0]}" for row in data.get("alike", ()) for word in row}

    def warm(self) -> None:
        """Read now what is otherwise read with the first search."""
        self._holding(())

    def titled(self, text: str) -> list[Course]:
        """Courses whose titles hold every word of a text that can be searched by."""
        wanted = self._stems(text)
        return [course for course in self._courses if wanted and wanted <= self._stems(course.title)]

    def speaking_of(self, text: str, but: Sequence[str] = (), whole: bool = False) -> list[Passage]:
        """The best sentence of each page that fits best, in the catalogue's order; nothing where none fits. `whole`:
        only sentences with all the words."""
        wanted = self._stems(text)
        fitting: dict[str, list[tuple[float, Passage]]] = defaultdict(list)
        holding = self._holding(wanted)
        if whole and not wanted <= holding.places.keys():
            return []
        wanted = frozenset(wanted & holding.places.keys())
        for place in sorted({place for stem in self._telling(wanted, holding) for place in holding.places[stem]}):
            passage = holding.passages[place]
            if whole and not wanted <= passage.stems:
                continue
            weight = sum(holding.worth[stem] for stem in wanted & passage.stems) * WORTH.get(passage.fact.name, 1.0)
            if passage.course.key not in but and weight >= self._least:
                fitting[passage.course.key].append((weight, passage))
        best = {key: max(weight for weight, _ in passages) for key, passages in fitting.items()}
        highest = max(best.values(), default=0.0)
        near = (passages for key, passages in fitting.items() if best[key] >= CLOSE * highest)
        return [self._quotable(passages, wanted) for passages in near]

    def _quotable(self, passages: Sequence[tuple[float, Passage]], wanted: frozenset[str]) -> Passage:
        """The best sentence of one page, a short one rather than a long one; only where all are long, a part of it."""
        best = max(weight for weight, _ in passages)
        near = [(weight, passage) for weight, passage in passages if weight >= CLOSE * best]
        short = [(weight, passage) for weight, passage in near if len(passage.sentence) <= QUOTED]
        _, chosen = max(short or near, key=lambda one: one[0])
        return chosen if short else replace(chosen, sentence=self._part(chosen.sentence, wanted))

    def _part(self, sentence: str, wanted: frozenset[str]) -> str:
        """As much of a long sentence as fits, with the words that chose it."""
        words = sentence.split()
        found = next((place for place, word in enumerate(words) if self._stems(word) & wanted), 0)
        first, last, room = found, found + 1, QUOTED - len(words[found])
        before = after = True
        while before or after:
            if after := last < len(words) and len(words[last]) < room:
                room -= len(words[last]) + 1
                last += 1
            if before := first > 0 and len(words[first - 1]) < room:
                first -= 1
                room -= len(words[first]) + 1
        return f"{'… ' if first else ''}{' '.join(words[first:last])}{' …' if last < len(words) else ''}"

    def _telling(self, wanted: Iterable[str], holding: Holding) -> list[str]:
        """Without the commonest stems, as far as a sentence that has only these is worth too little anyway."""
        rising = sorted(wanted, key=holding.worth.__getitem__)
        worth = accumulate(holding.worth[stem] * max(WORTH.values()) for stem in rising)
        return [stem for stem, so_far in zip(rising, worth, strict=True) if so_far >= self._least]

    def says_something(self, text: str) -> bool:
        """Whether a message holds any word to search by."""
        return bool(self._stems(text))

    def _stems(self, text: str) -> frozenset[str]:
        words = (word for word in _WORD.findall(text.casefold()) if not word.isdecimal())
        return frozenset(self._alike.get(word) or self._stem(word) for word in words) - self._ignored

    def _holding(self, wanted: Iterable[str]) -> Holding:
        if len(self._courses) <= WHOLE:
            return self._all
        stems = set(wanted)
        named = (course for course in self._courses if stems & self._stems(f"{course.title} {' '.join(course.tags)}"))
        return self._weighed(islice(named, NAMED))

    @cached_property
    def _all(self) -> Holding:
        return self._weighed(self._courses)

    def _weighed(self, courses: Iterable[Course]) -> Holding:
        chosen = list(courses)
        passages = [passage for course in chosen for passage in self._read(course)]
        pages = Counter(stem for _, stem in {(p.course.key, stem) for p in passages for stem in p.stems})
        places = defaultdict(list)
        for place, passage in enumerate(passages):
            for stem in passage.stems:
                places[stem].append(place)
        return Holding(passages, {stem: math.log(1 + len(chosen) / count) for stem, count in pages.items()}, places)

    def _read(self, course: Course) -> Iterable[Passage]:
        for fact in filter(None, map(course.fact, FACTS)):
            for sentence in _sentences(fact):
                if sentence.rstrip(".").endswith(":"):
                    continue  # only introduces a list
                yield Passage(course, fact, sentence, self._stems(sentence))


def _sentences(fact: Fact) -> list[str]:
    match fact.value:
        case tuple():
            return [sentence for item in fact.value for sentence in sentences(item)]
        case None | Retake():
            return []
        case _:
            return sentences(fact.source.quote)
