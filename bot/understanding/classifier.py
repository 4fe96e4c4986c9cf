"""An intent classifier that learns in seconds and answers in microseconds: TF-IDF of words, pairs and letter groups,
ridge weights."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from bot.understanding.memory import Floats, Learnt

Positions = npt.NDArray[np.intp]

BLOCKS = {"w": 1.0, "p": 0.8, "s": 0.7, "g": 0.7, "c": 0.9}
"""Weight of each kind of feature: words, pairs, pairs with a word between them, letter groups, concepts."""

_ROWS = {kind: row for row, kind in enumerate(BLOCKS)}

RIDGE = 0.6
"""Strength of the regularisation; between 0.3 and 1 the held-out accuracy hardly moves."""

GROUPS = (2, 3, 4, 5)
"""Lengths of the letter groups within a word, its ends marked."""

EXACT = 1e-3
"""Share of what is to be explained that the solver may leave: ten times less changes no answer."""

STEPS = 500
"""Steps after which the solver takes what it has; it needs some 60."""

TINY = 1e-30
"""Keeps a label without examples from dividing by nothing."""


class IntentClassifier:
    """Ridge regression, one column a label. A text is the sum of its words and its pairs of words."""

    def __init__(
        self,
        labels: Iterable[str],
        stem: Callable[[str], str] = str,
        concepts: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """`stem` takes a word's ending off, `concepts` are the tokens that a stem adds."""
        self._stem, self._concepts = cache(stem), concepts
        self.labels = tuple(labels)

    def use(self, learnt: Learnt) -> None:
        """Answer by what was learnt of the same labels, stems and concepts."""
        self._index = {feature: position for position, feature in enumerate(learnt.features)}
        self._idf, self._weights = learnt.idf, learnt.weights
        self._block = np.fromiter((_ROWS[feature[0]] for feature in learnt.features), np.intp)
        self._nothing = np.zeros((len(BLOCKS), len(self.labels) + 1), np.float32)
        self._worth = np.array(list(BLOCKS.values()), np.float32)
        self._of_word = lru_cache(maxsize=20_000)(self._word)

    def learn(self, examples: Mapping[str, Sequence[Sequence[str]]]) -> Learnt:
        """`examples` holds for each label its texts as lists of words. What was learnt is in use at once."""
        rows = [(column, words) for column, label in enumerate(self.labels) for words in examples[label] if words]
        texts = [list(self._features(words)) for _, words in rows]
        documents = Counter(chain.from_iterable(map(set, texts)))
        idf = np.log((1 + len(rows)) / (1 + np.fromiter(documents.values(), np.float32))) + 1
        self.use(Learnt(tuple(documents), idf, np.zeros((0, 0), np.float32)))
        vectors = [self._vector(features) for features in texts]
        weights = _solved(vectors, [column for column, _ in rows], len(self.labels))
        learnt = Learnt(tuple(documents), idf, np.column_stack((weights * idf[:, None], idf * idf)))
        self.use(learnt)
        return learnt

    def _features(self, words: Sequence[str]) -> Iterator[str]:
        for word in words:
            yield from self._in_word(word)
        yield from _pairs(self._stems(words))

    def _stems(self, words: Sequence[str]) -> list[str]:
        """The ends of the text are words as well."""
        return ["<", *map(self._stem, words), ">"]

    def _in_word(self, word: str) -> Iterator[str]:
        stem = self._stem(word)
        yield "w" + stem
        yield from _groups(word)
        for token in self._concepts.get(stem, ()):
            yield "c" + token

    def _vector(self, features: Sequence[str]) -> tuple[Positions, Floats]:
        """Positions and values of the known features; each block has the length of its weight."""
        positions = np.array([self._index[feature] for feature in features if feature in self._index], np.intp)
        values, block = self._idf[positions], self._block[positions]
        lengths = np.bincount(block, values * values, len(self._worth))
        return positions, values * (self._worth / np.sqrt(np.maximum(lengths, TINY)))[block].astype(np.float32)

    def scores(self, words: Sequence[str]) -> Floats:
        """One score a label, in the order of `labels`: about 1 for a sure match, about 0 for none."""
        added = self._nothing.copy()
        for word in words:
            added += self._of_word(word)
        self._add(added, _pairs(self._stems(words)))
        scale = self._worth / np.sqrt(np.maximum(added[:, -1], TINY))
        result: Floats = (scale @ added[:, :-1]).astype(np.float32, copy=False)
        return result

    def warm(self, words: Iterable[str]) -> None:
        """Work out now what these words add."""
        for word in words:
            self._of_word(word)

    def _word(self, word: str) -> Floats:
        """What a word adds. Kept, because people use the same few thousand words."""
        added = self._nothing.copy()
        self._add(added, self._in_word(word))
        return added

    def _add(self, added: Floats, features: Iterable[str]) -> None:
        """What the known features add to each label, and in the last column to the length, a row a block."""
        blocks: dict[str, list[int]] = {}
        for feature in features:
            position = self._index.get(feature)
            if position is not None:
                blocks.setdefault(feature[0], []).append(position)
        for kind, positions in blocks.items():
            added[_ROWS[kind]] += self._weights.take(positions, 0).sum(0)

    def carried(self, words: Sequence[str], label: str, count: int = 6) -> dict[str, float]:
        """The features that added most to the label's score."""
        positions, values = self._vector(list(self._features(words)))
        weights = values / self._idf[positions] * self._weights[positions, self.labels.index(label)]
        names = list(self._index)
        return {names[positions[i]]: round(float(weights[i]), 3) for i in np.argsort(-weights)[:count]}


def _pairs(stems: Sequence[str]) -> Iterator[str]:
    for left, right in pairwise(stems):
        yield f"p{left} {right}"
    for left, right in zip(stems, stems[2:], strict=False):
        yield f"s{left} {right}"


@lru_cache(maxsize=20_000)
def _groups(word: str) -> tuple[str, ...]:
    """The letter groups of a word."""
    marked = f"<{word}>"
    return tuple("g" + marked[start : start + size] for size in GROUPS for start in range(len(marked) - size + 1))


def _solved(vectors: Sequence[tuple[Positions, Floats]], columns: Sequence[int], labels: int) -> Floats:
    """Ridge weights over the examples' own similarities, since there are fewer examples than features: by conjugate
    gradients, which need no more memory than the examples themselves."""
    from scipy.sparse import csr_array  # only learning needs it

    sizes = [len(positions) for positions, _ in vectors]
    places, values = (np.concatenate(part) for part in zip(*vectors, strict=True))
    examples = csr_array((values, places, np.cumsum([0, *sizes])))
    features = examples.T.tocsr()
    rest = np.zeros((len(vectors), labels), np.float32)
    rest[np.arange(len(columns)), columns] = 1.0
    solved, step = np.zeros_like(rest), rest.copy()
    left = first = (rest * rest).sum(0)
    for _ in range(STEPS):
        if not (left > EXACT**2 * first).any():
            break
        turned = examples @ (features @ step) + RIDGE * step
        length = left / np.maximum((step * turned).sum(0), TINY)
        solved += length * step
        rest -= length * turned
        before, left = left, (rest * rest).sum(0)
        step = rest + left / np.maximum(before, TINY) * step
    weights: Floats = features @ solved
    return weights
