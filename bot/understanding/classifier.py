"""An intent classifier that learns in a second and answers in microseconds: TF-IDF of words, pairs and letter groups,
ridge weights."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, reduce
from itertools import chain, pairwise
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from bot.understanding.memory import Floats, Learnt

Positions = npt.NDArray[np.intp]

BLOCKS = {"w": 1.0, "p": 0.8, "s": 0.7, "g": 0.7, "c": 0.9}
"""Weight of each kind of feature: words, pairs, pairs with a word between them, letter groups, concepts."""

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
    """Ridge regression, one column a label. A text is the sum of its pieces: its words and its pairs of words."""

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
        blocks = {kind: number for number, kind in enumerate(BLOCKS)}
        self._block = np.fromiter((blocks[feature[0]] for feature in learnt.features), np.intp)
        self._worth = np.array(list(BLOCKS.values()), np.float32)
        self._of_word = lru_cache(maxsize=20_000)(lambda word: self._piece(self._in_word(word)))
        self._of_pair = lru_cache(maxsize=40_000)(lambda *pair: self._piece(self._in_pair(*pair)))

    def learn(self, examples: Mapping[str, Sequence[Sequence[str]]]) -> Learnt:
        """`examples` holds for each label its texts as lists of words. What was learnt is in use at once."""
        rows = [(column, words) for column, label in enumerate(self.labels) for words in examples[label] if words]
        texts = [list(self._features(words)) for _, words in rows]
        documents = Counter(chain.from_iterable(map(set, texts)))
        idf = np.log((1 + len(rows)) / (1 + np.fromiter(documents.values(), np.float32))) + 1
        self.use(Learnt(tuple(documents), idf, np.zeros((0, 0), np.float32)))
        vectors = [self._vector(features) for features in texts]
        weights = _solved(vectors, [column for column, _ in rows], len(self.labels))
        learnt = Learnt(tuple(documents), idf, weights)
        self.use(learnt)
        return learnt

    def _features(self, words: Sequence[str]) -> Iterator[str]:
        for word in words:
            yield from self._in_word(word)
        for pair in _pairs(words):
            yield from self._in_pair(*pair)

    def _in_word(self, word: str) -> Iterator[str]:
        stem = self._stem(word)
        yield "w" + stem
        yield from _groups(word)
        for token in self._concepts.get(stem, ()):
            yield "c" + token

    def _in_pair(self, kind: str, left: str, right: str) -> Iterator[str]:
        yield f"{kind}{self._stem(left)} {self._stem(right)}"

    def _vector(self, features: Sequence[str]) -> tuple[Positions, Floats]:
        """Positions and values of the known features; each block has the length of its weight."""
        positions = np.array([self._index[feature] for feature in features if feature in self._index], np.intp)
        values, block = self._idf[positions], self._block[positions]
        lengths = np.bincount(block, values * values, len(self._worth))
        return positions, values * (self._worth / np.sqrt(np.maximum(lengths, TINY)))[block].astype(np.float32)

    def _piece(self, features: Iterable[str]) -> Floats:
        """What a word or a pair adds to each label, and in the last column to the length, a row a block. Kept, because
        people use the same few thousand words."""
        positions = np.array([self._index[feature] for feature in features if feature in self._index], np.intp)
        values = self._idf[positions, None]
        added: Floats = np.zeros((len(self._worth), len(self.labels) + 1), np.float32)
        np.add.at(added, self._block[positions], np.hstack((values * self._weights[positions], values * values)))
        return added

    def scores(self, words: Sequence[str]) -> Floats:
        """One score a label, in the order of `labels`: about 1 for a sure match, about 0 for none."""
        pieces = (*map(self._of_word, words), *(self._of_pair(*pair) for pair in _pairs(words)))
        added = reduce(np.add, pieces)
        scale = self._worth / np.sqrt(np.maximum(added[:, -1], TINY))
        result: Floats = (scale @ added[:, :-1]).astype(np.float32, copy=False)
        return result

    def carried(self, words: Sequence[str], label: str, count: int = 6) -> dict[str, float]:
        """The features that added most to the label's score."""
        positions, values = self._vector(list(self._features(words)))
        weights = values * self._weights[positions, self.labels.index(label)]
        names = list(self._index)
        return {names[positions[i]]: round(float(weights[i]), 3) for i in np.argsort(-weights)[:count]}


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Kind and words of each pair; the ends of the text are words as well."""
    ended = ("<", *words, ">")
    yield from (("p", *pair) for pair in pairwise(ended))
    yield from (("s", *pair) for pair in zip(ended, ended[2:], strict=False))


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
