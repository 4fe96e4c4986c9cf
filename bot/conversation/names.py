"""What is written like a person's name, and what never is one."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.models.content import Knowledge

LONGEST = 5
"""Words of a name where none was asked for; more is a sentence."""

LONGEST_ASKED = 8
"""Words of a name where one was asked for."""

EDGES = " .!?-:"
"""What may stand around a name or a word of it."""

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]*)*\.?")
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Names:
    """Tells names from other words."""

    ordinary: Collection[str] = frozenset()
    """Words that are in hardly a person's name: at most half of its words."""
    never: Collection[str] = frozenset()
    """Roles, numbers and the like: written small, or with nothing else, no name."""
    known: Collection[str] = frozenset()
    """Words people ask with."""
    titles: Collection[str] = frozenset()
    """Words of the courses' titles."""
    codes: Collection[str] = frozenset()
    """Codes of the courses, in small letters."""
    particles: Collection[str] = frozenset()
    """Parts of names that are written small."""

    def fits(self, text: str, longest: int = LONGEST) -> bool:
        """Whether it may be a name where a name is expected."""
        words = text.split()
        if not 0 < len(words) <= longest or not all(_WORD.fullmatch(word) for word in words):
            return False
        plain = [word.casefold().strip(".") for word in words]
        barred = [word for word, low in zip(words, plain, strict=True) if low in self.never]
        if any(word[0].islower() for word in barred) or len(barred) == len(words):
            return False
        return sum(low in self.ordinary and low not in self.particles for low in plain) * 2 <= len(words)

    def typed(self, text: str) -> bool:
        """Whether every word begins with a capital, and they are not all words of ours: a name wherever it stands."""
        return self.capital(text) and self.fits(text) and not all(map(self.ours, text.split()))

    def capital(self, text: str) -> bool:
        """Whether it is two or more words that all begin with a capital: a name where one is expected, even of words of
        ours ("Will Price")."""
        words = text.split()
        written = [word[0].isupper() or (place > 0 and word in self.particles) for place, word in enumerate(words)]
        return len(words) > 1 and all(written) and words[-1][0].isupper() and self.fits(text, LONGEST_ASKED)

    def looks(self, text: str) -> bool:
        """Whether it is a name after "I am": written as one, or of words that nobody asks with."""
        words = text.split()
        if not self.fits(text):
            return False
        if not all(word[0].isupper() for word in (words[0], words[-1])):
            return not any(self.ours(word) or word.casefold() in self.ordinary for word in words)
        if len(words) == 1:
            return words[0].casefold() not in self.titles
        return not all(map(self.ours, words))

    def head(self, words: Sequence[str]) -> list[str]:
        """The words that a name begins with: up to the next one that is no part of it."""
        for place, word in enumerate(words):
            if place == LONGEST_ASKED or not _WORD.fullmatch(word):
                return list(words[:place])
            if place and word in self.ordinary:
                return list(words[:place])
            if place and word.endswith(".") and len(word) > 3:
                return list(words[: place + 1])
        return list(words)

    def ours(self, word: str) -> bool:
        low = word.casefold().strip(".")
        return low in self.known or low in self.titles

    def codes_in(self, text: str) -> list[str]:
        """Codes of courses in a text, in small letters."""
        words = (word.strip(f"{EDGES},;").casefold() for word in text.split())
        return [word for word in words if word in self.codes]


def names_of(knowledge: Knowledge) -> Names:
    """Compiled from the vocabulary, the intents and the courses."""
    data = knowledge.vocabulary.data
    function = str(data.get("function_words", "")).split()
    ordinary = {*function, *(short for short in map(str, data.get("spellings", {})) if "'" in short)}
    numbers = set(map(str, data.get("numbers", {}))) - set(function)
    roles = map(str, data.get("concepts", {}).get("role", ()))
    asked = (spec for spec in knowledge.intents.values() if spec.kind != "out_of_scope")
    said = chain.from_iterable((*spec.examples, *spec.cues, spec.label) for spec in asked)
    told = (str(word) for words in data.get("concepts", {}).values() for word in words)
    titles = (f"{course.title} {course.code or ''}" for course in knowledge.courses.values())
    never = frozenset((*roles, *numbers, *knowledge.form.words.no_names))
    codes = frozenset((course.code or key).casefold() for key, course in knowledge.courses.items())
    particles = frozenset(knowledge.form.words.particles)
    return Names(frozenset(ordinary), never, _words(chain(said, told)), _words(titles), codes, particles)


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(_WORDS.findall("\n".join(texts).casefold()))
