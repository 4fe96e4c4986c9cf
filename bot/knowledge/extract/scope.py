"""Whether a figure belongs to this course, or to another one that its page speaks of."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from bot.knowledge.extract.exams import awards_given, exams_given, is_foreign, names_another, names_in, own_words
from bot.knowledge.extract.others import is_beyond, is_called_otherwise, is_named_otherwise, is_set_apart
from bot.knowledge.phrases import Phrases
from bot.knowledge.reading import Reading, Sentence
from bot.knowledge.sections import label_of
from bot.knowledge.text import fold
from bot.knowledge.extract.patterns import exact, pattern

_ORDINALS = {
    **{"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5},
    **{str(number): number for number in range(1, 10)},
}
_RANKS = {
    **{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5},
    **{
        "white": 11,
        "yellow": 12,
        "orange": 13,
        "green": 14,
        "blue": 15,
        "brown": 16,
        "black": 17,
        "bronze": 18,
        "silver": 19,
    },
    **{
        "gold": 20,
        "foundation": 21,
        "beginner": 22,
        "beginners": 22,
        "elementary": 23,
        "intermediate": 24,
        "advanced": 25,
    },
    **{"practitioner": 26, "associate": 27, "expert": 28, "higher": 29},
}
"""Words before a noun that tell the parts of a series apart: Green Belt, Third Stage, Advanced Certificate."""
_NUMBERED = pattern(
    rf"(?<![\w.,])(?P<stem>[A-Za-z]+)(?:[ -](?P<number>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})|(?P<digit>[1-9]))(?![\w%]|[.,:]\d|-)"
)
_RANKED = pattern(rf"\b(?P<rank>{'|'.join(_RANKS)})[ -](?P<noun>[A-Za-z]{{3,}})\b")
_ROMAN = exact(r"\w+ (?:II|III|IV)\b")
_LETTERED = exact(
    r"\b(?P<stem>[Cc]ategory|CATEGORY|[Cc]lass|[Gg]roup|[Pp]art|[Ll]evel|[Gg]rade|[Mm]odule|[Uu]nit|[Bb]and|[Tt]ype|[Ss]tage|[Dd]ivision)"
    r" (?P<letter>[A-H])(?![\w'+])"
)
"""Category A: as a series, but with letters."""
_LEVELS = frozenset({"level", "grade", "stage"})
"""What a sentence that begins with it is about, though the page gives its course no such number."""
_OPENS = pattern(r"(?:(?:at|for|in|on|with)\s+)?(?:the\s+|our\s+)?")
_TIED = pattern(r"\S+[^.;,()]{0,40}\b(?:of|for|in|on|at)\s+(?:the\s+|our\s+)?$")
_PREPARES = pattern(r"\bprepar")
_GOES_ON = exact(
    r"(?:(?:(?:To|In|For|At|On|With|If|When|Once|After|And|But)\s[^.;,]{0,30}?\b)?(?:that|this) (?:one|course|class|module|exam|test|paper|level)"
    r"|(?:And |But )?(?:it|its|that|there|they|their|those)|the (?:latter|exam|test|paper|pass mark))\b",
    re.IGNORECASE,
)
_BEGINS = pattern(r"this (?:course|class|workshop|training|programme|module)\b|there(?:'s| (?:is|are|will))\b")
"""How a paragraph may begin that has nothing to do with the one before."""
_WITHOUT_SUBJECT = exact(r"(?:takes|lasts|runs|has|is|needs|requires|includes|carries|asks|earns)\b")
"""How a sentence begins whose subject was a link to another page, written as a shortcode that is gone."""
_CONTRASTS = exact(r"(?:[^,.;]{0,30}\b)?that one\b", re.IGNORECASE)
_REFERS_BACK = pattern(r"\s*(?:its?|that|they|their|there)\b")
_OWN_CLAUSE = pattern(
    r",\s+(?:(?:and|but|while|whereas)\s+)?(?:this\s+(?:course|class|workshop|training|programme)|ours)\b"
    r"|\bthe\s+(?:real|actual)\s+(?:one|exam|test|paper)\b"
)
_ANOTHER_CLAUSE = pattern(r";|,\s+(?:and|but|while|whereas)\s+(?:the|our|an?|its|level)\b")
_WORDS = re.compile(r"[a-z][\w-]{2,}")
_BRACKETS = exact(r"\([^()]*\)")
SHORTEST = 6
"""Letters of a word that says which course is meant."""


class Scope:
    """What tells this course and its exams from others that its page speaks of."""

    def __init__(self, reading: Reading, names: tuple[str, ...], elsewhere: Phrases) -> None:
        self._reading = reading
        self._names = names
        self._elsewhere = elsewhere

    @cached_property
    def _titles(self) -> str:
        return " ".join(self._names).casefold()

    @cached_property
    def _own_words(self) -> frozenset[str]:
        """Words of the course's names, and of the exams and awards that it leads to."""
        return self._exam_words | {word for award in self._awards for word in names_in(award)}

    @cached_property
    def _repeated(self) -> frozenset[str]:
        """Words that the page uses more than once: what it is about, whatever its title says."""
        counted = Counter(
            word for sentence in self._reading.prose() for word in set(_WORDS.findall(sentence.folded.casefold()))
        )
        return frozenset(word for word, count in counted.items() if count > 1)

    @cached_property
    def _awards(self) -> list[str]:
        given = ((sentence, award) for sentence in self._reading.prose() for award in awards_given(sentence.folded))
        return [award for sentence, award in given if not is_set_apart(sentence.folded, self._titles)]

    @cached_property
    def _exam_words(self) -> frozenset[str]:
        return own_words(self._names, [sentence.text for sentence in self._reading.prose()])

    @cached_property
    def _numbers(self) -> Mapping[str, set[int]]:
        """By what is counted (part, level, a code): the numbers that are the course's own, and its exams'."""
        own: dict[str, set[int]] = {}
        given = [sentence for sentence in self._reading.prose() if exams_given(sentence.text)]
        aims = [sentence for sentence in given if _PREPARES.search(sentence.folded)]
        sure = [exam for sentence in given if sentence not in aims for exam in exams_given(sentence.text)]
        for name in (*self._names, *sure):
            for stem, number, _ in _numbered(fold(name).replace("-", " ")):
                own.setdefault(stem, set()).add(number)
        # What a sentence says it prepares for is the course's own exam only where participants get no other.
        known = frozenset(own)
        for exam in (exam for sentence in aims for exam in exams_given(sentence.text)):
            for stem, number, _ in _numbered(fold(exam)):
                if stem not in known:
                    own.setdefault(stem, set()).add(number)
        for award in self._awards:
            for stem, number, _ in _numbered(award)[:1]:
                if stem not in known:
                    own.setdefault(stem, set()).add(number)
        return own

    @cached_property
    def _gives_an_exam(self) -> bool:
        return any(exams_given(sentence.text) for sentence in self._reading.prose())

    def is_foreign_exam(self, exam: str | None, sentence: Sentence, own_field: bool) -> bool:
        """Whether the exam that a sentence names is that of another course.

        In the field for its own exam a name is the course's own, unless the page gives its participants another.
        """
        if exam is None or (own_field and not self._gives_an_exam):
            return False
        return is_foreign(exam, self._exam_words, sentence.folded)

    def names_another_test(self, sentence: Sentence) -> bool:
        """Whether the sentence speaks of a test by a name that is not the course's own: the highway theory test."""
        return names_another(sentence.folded, self._exam_words)

    def is_of_another_exam(self, sentence: Sentence) -> bool:
        """Whether the sentence names an exam of the same series, with another number than those that participants get."""
        return self._is_of_another_number(sentence.folded, len(sentence.folded))

    def is_foreign(self, sentences: list[Sentence], position: int, at: int = 0) -> bool:
        """Whether the figure at a place of the sentence is that of another course."""
        sentence = sentences[position]
        if self._speaks_of_another(sentence.folded, at) or self._is_of_another_number(sentence.folded, at):
            return True
        if not sentence.lead_in and _WITHOUT_SUBJECT.match(sentence.folded):
            return True
        if self._stands_apart(sentence) or _CONTRASTS.match(sentence.folded):
            return True
        before = sentences[position - 1] if position else None
        if before is None or before.field != sentence.field:
            return False
        if before.text.endswith("?") and is_beyond(before.folded):
            return True
        goes_on = _GOES_ON.match(sentence.folded) and not (sentence.opens and _BEGINS.match(sentence.folded))
        return bool(goes_on) and self.is_foreign(sentences, position - 1, len(before.folded))

    def _stands_apart(self, sentence: Sentence) -> bool:
        """Whether its title or label says that it is about what comes after the course, or about another one."""
        title = fold(sentence.heading)
        if title and self._is_of_another_number(title, len(title)):
            return True
        titles = (*title.split(" / "), fold(sentence.label), label_of(sentence.folded))
        return any(one and (is_beyond(one) or is_set_apart(one, self._titles)) for one in titles)

    def _speaks_of_another(self, sentence: str, at: int) -> bool:
        clause, place = _clause(sentence, at)
        if is_named_otherwise(clause, lambda: self._own_words):
            return True
        if is_called_otherwise(clause, lambda: self._own_words | self._repeated):
            return True
        text, _ = without_brackets(clause, place)
        if is_set_apart(text, self._titles):
            return True
        return any(
            not any(len(word) >= SHORTEST and word in self._titles for word in match.group().casefold().split())
            for match in self._elsewhere.finditer(text)
        )

    def _opens_a_level(self, stem: str, text: str) -> bool:
        """`Level 3`, or `Sailing II` on the page of a sailing course: a level, be the own course of none."""
        return stem in _LEVELS or (bool(_ROMAN.match(text)) and stem in self._titles.split())

    def _is_of_another_number(self, text: str, at: int) -> bool:
        """Part II, Level 3, Green Belt: of a series, but not the own number; the last one named before the figure counts."""
        named = [
            (place, number in self._numbers.get(stem, ()))
            for stem, number, place in _numbered(text)
            if stem in self._numbers or (self._opens_a_level(stem, text[place:]) and _OPENS.fullmatch(text, 0, place))
        ]
        before = [own for place, own in named if place < at]
        after = [own for place, own in named if place >= at and _TIED.match(text, at, place)]
        return not (before[-1] if before else after[0] if after else True)


def _clause(text: str, at: int) -> tuple[str, int]:
    """The clause of a place, with the one before it that its `its` refers to; and the place in it."""
    first = text.rfind(";", 0, at) + 1
    if first and _REFERS_BACK.match(text, first):
        first = text.rfind(";", 0, first - 1) + 1
    first = max((match.start() for match in _OWN_CLAUSE.finditer(text, first, at)), default=first)
    last = _ANOTHER_CLAUSE.search(text, at)
    return text[first : last.start() if last else len(text)], at - first


def without_brackets(text: str, at: int) -> tuple[str, int]:
    """The text with blanks for what stands in brackets, unless the place itself does; and that place."""
    return _BRACKETS.sub(
        lambda match: match.group() if match.start() <= at < match.end() else " " * len(match.group()), text
    ), at


def _numbered(text: str) -> list[tuple[str, int, int]]:
    """Names of a series in the text: what is counted, its number, the place."""
    found = [
        (match["stem"].casefold(), _ORDINALS[(match["number"] or match["digit"]).casefold()], match.start())
        for match in _NUMBERED.finditer(text)
    ]
    found += [(match["stem"].casefold(), ord(match["letter"]), match.start()) for match in _LETTERED.finditer(text)]
    found += [
        (match["noun"].casefold().removesuffix("s"), _RANKS[match["rank"].casefold()], match.start())
        for match in _RANKED.finditer(text)
    ]
    return sorted(found, key=lambda one: one[2])
