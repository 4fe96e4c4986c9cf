"""What `vocabulary.yaml` says of the language, made ready, and a message as the classifier sees it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from bot.understanding.clauses import Cutter
from bot.understanding.dictionary import Dictionary
from bot.understanding.figures import FigureReader
from bot.understanding.named import MASK, grammar
from bot.understanding.normalise import BREAK, NUMERALS, Normaliser
from bot.understanding.phrases import Phrases
from bot.understanding.stems import stemmer

NUMBER = "0"
"""Stands for any figure: "is it 3 days" and "is it 5 days" ask the same."""


LONGEST = 4
"""Digits of a figure; more are of a phone number, and say nothing of what is asked."""

TOPIC = "topicname"
"""Stands for words that only the pages bring in, so that a question on what they teach needs no phrase of its own."""


class Language:
    """The readers of words, each made of its sections of vocabulary.yaml."""

    def __init__(self, data: Mapping[str, Any], codes: Iterable[str]) -> None:
        """`codes` of courses are words as they stand."""
        self.data = data
        self.figures = FigureReader(data)
        self.normaliser = Normaliser(data.get("spellings", {}), set(codes) | NUMERALS, self.figures.units)
        self.phrases = Phrases(data, self.normaliser)
        self.cutter = Cutter(data)
        self.dictionary = Dictionary(data.get("dictionary", "en"))
        self.stem = stemmer(data)
        self.function = frozenset(data.get("function_words", "").split())
        naming = grammar(data)
        self._kinds = naming["called"] - naming["exam"]
        self.called = self._kinds | naming["plain"]
        """Words that say no more than the name beside them: "the PSK course"."""
        self.titled = self.called | naming["kinds"]
        """The same, and what courses are by their titles: "the executive briefing"."""
        self.exam = naming["exam"] | self.called
        self.exam_asked, self.exam_told = naming["exam_asked"], naming["exam_told"]
        self.pointing = frozenset(data.get("ordinal_of_talk", "").split())

    @cached_property
    def concepts(self) -> dict[str, list[str]]:
        """Words that have a concept, in the order of the concepts, with their concepts."""
        found: dict[str, list[str]] = {}
        for concept, listed in self.data.get("concepts", {}).items():
            for word in dict.fromkeys(part for entry in listed for part in self.normaliser.words(str(entry))):
                found.setdefault(word, []).append(concept)
        return found

    @cached_property
    def concepts_of_stems(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word, concepts in self.concepts.items():
            held = found.setdefault(self.stem(word), [])
            held += [concept for concept in concepts if concept not in held]
        return found

    def plain(self, words: Sequence[str]) -> list[str]:
        """What the classifier learns and scores: without breaks, and without what people say while they think, unless
        they say nothing else."""
        told = (word for word in self.phrases.without_noise(words) if not (word.isdecimal() and len(word) > LONGEST))
        said = (NUMBER if word.replace(".", "").isdecimal() else word for word in told)
        telling = self._one_name(said)
        return telling if any(word != MASK for word in telling) else [word for word in words if word != BREAK]

    def _one_name(self, words: Iterable[str]) -> list[str]:
        """A name with its kind ("the PSK class") is a name, and several courses asked one thing are like one: "the pass
        mark of PSK and SPS"."""
        kept: list[str] = []
        for word in words:
            if word == MASK and kept[-2:] == [MASK, "and"]:
                kept.pop()
            elif not (kept and self._goes_with(word, kept)):
                kept.append(word)
        return kept

    def _goes_with(self, word: str, before: Sequence[str]) -> bool:
        """Whether the word says no more than the one before it."""
        if before[-1] != MASK:
            return word == before[-1] == TOPIC
        return word == MASK or (word in self._kinds and before[-2:-1] == ["the"])

    def only(self, words: Iterable[str], others: Collection[str] = ()) -> bool:
        """Nothing but names, function words and the others."""
        return all(word in (MASK, BREAK) or word in self.function or word in others for word in words)

    def idle(self, words: Sequence[str], others: Collection[str] = ()) -> bool:
        """The same without a question word: it asks nothing."""
        return self.only(words, others or self.called) and not self.cutter.asks(words)
