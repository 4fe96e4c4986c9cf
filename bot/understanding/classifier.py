"""An intent classifier that learns in a second and answers in microseconds: TF-IDF of words, pairs and letter groups,
ridge weights."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from bot.understanding.memory import Floats, Learnt, Memory

Positions = npt.NDArray[np.intp]

BLOCKS = {"w": 1.0, "p": 1.0, "g": 0.7, "c": 0.9}
"""Weight of each kind of feature: words, pairs, letter groups, concepts."""

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
    """Ridge regression, one column a label."""

    def __init__(
        self,
        examples: Mapping[str, Sequence[Sequence[str]]],
        stem: Callable[[str], str] = str,
        concepts: Mapping[str, Sequence[str]] = MappingProxyType({}),
        memory: Memory | None = None,
    ) -> None:
        """`examples` holds for each label its texts as lists of words; `stem` takes a word's ending off, `concepts` are
        the tokens that a stem adds. `memory` keeps what was learnt for the next start."""
        self._stem, self._concepts = cache(stem), concepts
        self.labels = tuple(examples)
        rows = [(column, words) for column, label in enumerate(self.labels) for words in examples[label] if words]
        key = repr((BLOCKS, RIDGE, GROUPS, self.labels, rows, sorted(concepts.items())))
        learnt = memory.recall(key) if memory else None
        if learnt is None:
            learnt = self._learnt(rows)
            if memory:
                memory.keep(key, learnt)
        self._use(learnt)

    def _use(self, learnt: Learnt) -> None:
        self._index = {feature: position for position, feature in enumerate(learnt.features)}
        self._idf, self._weights = learnt.idf, learnt.weights
        blocks = {kind: number for number, kind in enumerate(BLOCKS)}
        self._of_word = lru_cache(maxsize=20_000)(self._positions)
        self._block = np.fromiter((blocks[feature[0]] for feature in learnt.features), np.intp)
        self._worth = np.array(list(BLOCKS.values()))

    def _learnt(self, rows: Sequence[tuple[int, Sequence[str]]]) -> Learnt:
        counts = [Counter(self._features(words)) for _, words in rows]
        documents = Counter(chain.from_iterable(counts))
        idf = np.log((1 + len(rows)) / (1 + np.fromiter(documents.values(), np.float32))) + 1
        self._use(Learnt(tuple(documents), idf, np.zeros((0, 0), np.float32)))
        vectors = [self._vector({self._index[feature]: count for feature, count in row.items()}) for row in counts]
        weights = _solved(vectors, [column for column, _ in rows], len(self.labels))
        return Learnt(tuple(documents), idf, weights)

    def _features(self, words: Sequence[str]) -> Iterator[str]:
        for word in words:
            yield from self._features_of(word)
        yield from self._pairs(words)

    def _features_of(self, word: str) -> Iterator[str]:
        stem = self._stem(word)
        yield "w" + stem
        yield from _groups(word)
        for token in self._concepts.get(stem, ()):
            yield "c" + token

    def _pairs(self, words: Sequence[str]) -> Iterator[str]:
        for left, right in pairwise(("<", *map(self._stem, words), ">")):
            yield f"p{left} {right}"

    def _positions(self, word: str) -> tuple[int, ...]:
        """Positions of the known features of one word; kept, because people use the same few thousand words."""
        return tuple(self._index[feature] for feature in self._features_of(word) if feature in self._index)

    def _known(self, words: Sequence[str]) -> Counter[int]:
        """How often each known feature stands in the words, by its position."""
        single = chain.from_iterable(map(self._of_word, words))
        return Counter(chain(single, (self._index[pair] for pair in self._pairs(words) if pair in self._index)))

    def _vector(self, counts: Mapping[int, int]) -> tuple[Positions, Floats]:
        """Positions and values of the features; each block has the length of its weight."""
        positions = np.fromiter(counts, np.intp, len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), np.float64, len(counts)))) * self._idf[positions]
        block = self._block[positions]
        lengths = np.sqrt(np.bincount(block, values * values, len(self._worth)))
        scale = np.divide(self._worth, lengths, out=np.zeros_like(lengths), where=lengths > 0)
        return positions, (values * scale[block]).astype(np.float32)

    def scores(self, words: Sequence[str]) -> Floats:
        """One score a label, in the order of `labels`: about 1 for a sure match, about 0 for none."""
        positions, values = self._vector(self._known(words))
        result: Floats = values @ self._weights[positions]
        return result

    def carried(self, words: Sequence[str], label: str, count: int = 6) -> dict[str, float]:
        """The features that added most to the label's score."""
        positions, values = self._vector(self._known(words))
        weights = values * self._weights[positions, self.labels.index(label)]
        names = list(self._index)
        return {names[positions[i]]: round(float(weights[i]), 3) for i in np.argsort(-weights)[:count]}


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
