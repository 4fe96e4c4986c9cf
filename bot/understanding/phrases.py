"""Fixed words of the language: follow-ups, ordinals, yes and no, names of others, function words of other languages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal, cast

from bot.understanding.normalise import ADDRESS, BREAK, Normaliser

EARLY = 3
"""Words of a message after which nothing is put right any more."""

Relation = Literal["", "same", "correction", "both", "previous"]


class Phrases:
    """Looks for the phrases of `vocabulary.yaml` in words."""

    def __init__(self, data: Mapping[str, Any], normaliser: Normaliser) -> None:
        """Phrases are written as people write them, and looked for as the normaliser leaves them."""

        def lookup(meanings: Iterable[tuple[str, str]]) -> _Lookup:
            return _Lookup({" ".join(normaliser.words(phrase)): meaning for phrase, meaning in meanings})

        def rows(section: str) -> Iterator[tuple[str, str]]:
            return ((str(phrase), name) for name, listed in data.get(section, {}).items() for phrase in listed)

        def words(section: str) -> frozenset[str]:
            return frozenset(data.get(section, "").split())

        self._function, self._fillers = words("function_words"), words("fillers")
        self._foreign = words("foreign") - self._function
        self._held_before = [" ".join(normaliser.words(phrase)) for phrase in data.get("held_before", ())]
        self._getting = words("getting")
        self._called = frozenset(data.get("naming", {}).get("called", "").split())
        self._held_after = words("held_after")
        self._others = lookup((str(name), str(name)) for name in data.get("others", ()))
        self._ordinals = {str(word): int(place) for word, place in data.get("ordinals", {}).items()}
        self._alone, self._verbs, self._chosen = map(words, ("ordinal_alone", "ordinal_verbs", "ordinal_before"))
        self._answers, self._relations = lookup(rows("answers")), lookup(rows("relates"))
        self._several, self._several_alone = (
            lookup((str(phrase), name) for phrase in data.get(name, ())) for name in ("several", "several_alone")
        )
        self._noise = lookup((str(phrase), "noise") for phrase in data.get("noise", ()))

    @property
    def vocabulary(self) -> set[str]:
        return self._answers.words | self._others.words | self._relations.words | set(self._ordinals) | self._fillers

    def other_vendor(self, words: Sequence[str]) -> str:
        """A certificate or framework of somebody else that is asked about: not "i am PMP", "my PMP is running out"."""
        for place in range(len(words)):
            found = self._others.starting(words, place)
            if found and not self._is_held(words, place, place + found[0]):
                return found[1]
        return ""

    def _is_held(self, words: Sequence[str], start: int, end: int) -> bool:
        """Told of the person; not "my PMP course", nor "can i get my PMP here"."""
        told = " ".join(words[max(0, start - 3) : start])
        before = any(told == phrase or told.endswith(f" {phrase}") for phrase in self._held_before)
        after = words[end] if end < len(words) else BREAK
        wished = after in self._called or bool(self._getting.intersection(words[max(0, start - 3) : start]))
        return after in self._held_after or (before and not wished)

    def relation(self, words: Sequence[str]) -> tuple[Relation, list[str]]:
        """How a message leans on the talk before it, and its words: without "what about" or "no i meant", which say
        nothing of what is asked."""
        found = self._relations.find(words)
        if found is None:
            return "", list(words)
        start, size, relation = found
        if relation == "correction" and start > EARLY:  # "will it make it easier" corrects nothing
            return "", list(words)
        rest = [*words[:start], *words[start + size :]] if relation in ("same", "correction") else list(words)
        return cast(Relation, relation), rest

    def of_several(self, words: Sequence[str], talking: bool) -> bool:
        """Whether it is asked of many courses at once; `talking`: in a talk about one."""
        found = self._several.find(words) or (None if talking else self._several_alone.find(words))
        return found is not None

    def without_noise(self, words: Sequence[str]) -> list[str]:
        """The words that say something; breaks go too."""
        kept: list[str] = []
        place = 0
        while place < len(words):
            noise = self._noise.starting(words, place)
            if noise is None and words[place] not in (BREAK, ADDRESS):
                kept.append(words[place])
            place += noise[0] if noise else 1
        return kept

    def ordinal(self, words: Sequence[str]) -> int | None:
        """ "the second one", where nothing else is said."""
        found = [self._ordinals[word] for word in words if word in self._ordinals]
        rest = [word for word in words if word not in self._ordinals and word not in self._fillers]
        return found[0] if len(found) == 1 and not rest else None

    def chosen(self, words: Sequence[str]) -> tuple[int, int] | None:
        """Where an ordinal stands beside a question ("how long is the second one"), and which it is."""
        places = [
            place for place, pair in enumerate(pairwise((*words, "")))
            if pair[0] in self._alone or (pair[0] in self._ordinals and self._chooses(words, place, pair[1]))
        ]  # fmt: skip
        return (places[0], self._ordinals[words[places[0]]]) if len(places) == 1 else None

    def _chooses(self, words: Sequence[str], place: int, after: str) -> bool:
        pointed = place > 0 and words[place - 1] == "the"
        return after in self._chosen or (pointed and (after in self._verbs or after in ("", BREAK)))

    def answer(self, words: Sequence[str]) -> tuple[Literal["", "yes", "no"], bool]:
        """Yes or no, where the message begins with it, and whether it says nothing else. Of "yes, you may keep them"
        only the first word decides; the rest goes along with it. "You can" is a yes alone, not in "you can call me"."""
        said: list[str] = []
        place = 0
        while place < len(words):
            if words[place] == BREAK:
                place += 1
                continue
            found = self._answers.starting(words, place)
            if found is None:
                break
            said.append(found[1])
            place += found[0]
        verdicts = ["yes" if verdict == "alone" else verdict for verdict in said if verdict != "with"]
        first = said[0] if said and said[0] in ("yes", "no") else ""
        bare = place == len(words) and len(set(verdicts)) == 1
        answer = verdicts[0] if bare else first
        return cast(Literal["", "yes", "no"], answer), bare

    def is_filler(self, word: str) -> bool:
        return word in self._fillers

    def is_foreign(self, words: Sequence[str], share: float) -> bool:
        """Enough words of other languages (known ones, or with letters of theirs), and more of them than of ours."""
        words = [word for word in words if word != BREAK]
        foreign = sum(word in self._foreign or not word.isascii() for word in words)
        ours = sum(word in self._function for word in words)
        return len(words) > 2 and foreign >= share * len(words) and foreign > ours


def nth(keys: Sequence[str], ordinal: int) -> str | None:
    """The first one by 1, the last one by -1."""
    index = ordinal - 1 if ordinal > 0 else ordinal
    return keys[index] if -len(keys) <= index < len(keys) else None


class _Lookup:
    """What phrases of one or more words stand for."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._meaning = {tuple(phrase.split()): meaning for phrase, meaning in phrases.items()}
        sizes: dict[str, set[int]] = defaultdict(set)
        for phrase in self._meaning:
            sizes[phrase[0]].add(len(phrase))
        self._sizes = {word: sorted(found, reverse=True) for word, found in sizes.items()}

    @property
    def words(self) -> set[str]:
        return {word for phrase in self._meaning for word in phrase}

    def find(self, words: Sequence[str]) -> tuple[int, int, str] | None:
        """Place, length and meaning of the first phrase in the words."""
        for place in range(len(words)):
            if found := self.starting(words, place):
                return place, *found
        return None

    def starting(self, words: Sequence[str], place: int) -> tuple[int, str] | None:
        """Length and meaning of the longest phrase that begins at the place."""
        for size in self._sizes.get(words[place], ()):
            piece = tuple(words[place : place + size])
            if meaning := self._meaning.get(piece):
                return len(piece), meaning
        return None
