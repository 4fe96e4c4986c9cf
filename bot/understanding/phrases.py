"""Fixed words of the language: follow-ups, ordinals, yes and no, names of others, function words of other languages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal, cast

Relation = Literal["", "same", "correction", "both", "previous"]


class Phrases:
    """Looks for the phrases of `vocabulary.yaml` in words."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._function = frozenset(data.get("function_words", "").split())
        self._fillers = frozenset(data.get("fillers", "").split())
        self._foreign = frozenset(data.get("foreign", "").split()) - self._function
        self._others = _Lookup({str(name): str(name) for name in data.get("others", ())})
        self._ordinals = {str(word): int(place) for word, place in data.get("ordinals", {}).items()}
        self._chosen = frozenset(data.get("ordinal_before", "").split())
        self._answers = {
            tuple(phrase.split()): answer for answer, rows in data.get("answers", {}).items() for phrase in rows
        }
        self._relations = _Lookup(
            {phrase: relation for relation, rows in data.get("relates", {}).items() for phrase in rows}
        )

    @property
    def vocabulary(self) -> set[str]:
        answers = {word for phrase in self._answers for word in phrase}
        return answers | self._others.words | self._relations.words | set(self._ordinals) | self._fillers

    def other_vendor(self, words: Sequence[str]) -> str:
        """A certificate or framework of somebody else."""
        return self._others.first(words)

    def relation(self, words: Sequence[str]) -> Relation:
        return cast(Relation, self._relations.first(words))

    def ordinal(self, words: Sequence[str]) -> int | None:
        """ "the second one", where nothing else is said."""
        found = [self._ordinals[word] for word in words if word in self._ordinals]
        rest = [word for word in words if word not in self._ordinals and word not in self._fillers]
        return found[0] if len(found) == 1 and not rest else None

    def chosen(self, words: Sequence[str]) -> tuple[int, int] | None:
        """Where an ordinal stands beside a question ("how long is the second one"), and which it is."""
        places = [
            place for place, pair in enumerate(pairwise(words)) if pair[0] in self._ordinals and pair[1] in self._chosen
        ]
        return (places[0], self._ordinals[words[places[0]]]) if len(places) == 1 else None

    def answer(self, words: Sequence[str]) -> Literal["", "yes", "no"]:
        """A bare yes or no."""
        return cast(Literal["", "yes", "no"], self._answers.get(tuple(words), ""))

    def is_filler(self, word: str) -> bool:
        return word in self._fillers

    def is_foreign(self, words: Sequence[str], share: float) -> bool:
        """Enough function words of other languages, and more of them than of ours."""
        foreign = sum(word in self._foreign for word in words)
        ours = sum(word in self._function for word in words)
        return len(words) > 2 and foreign >= share * len(words) and foreign > ours


class _Lookup:
    """What phrases of one or more words stand for."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._meaning = {tuple(phrase.split()): meaning for phrase, meaning in phrases.items()}
        self._sizes: dict[str, set[int]] = defaultdict(set)
        for phrase in self._meaning:
            self._sizes[phrase[0]].add(len(phrase))

    @property
    def words(self) -> set[str]:
        return {word for phrase in self._meaning for word in phrase}

    def first(self, words: Sequence[str]) -> str:
        """What the first phrase in the words stands for, the longest where several begin there; empty for none."""
        for start, word in enumerate(words):
            for size in sorted(self._sizes.get(word, ()), reverse=True):
                if meaning := self._meaning.get(tuple(words[start : start + size])):
                    return meaning
        return ""
