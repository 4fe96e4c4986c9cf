"""An intent classifier that learns in seconds and answers in microseconds: TF-IDF of words, pairs and letter groups, a
linear SVM."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.understanding.memory import Floats, Learnt

Positions = npt.NDArray[np.intp]

BLOCKS = {"w": 1.0, "p": 0.8, "s": 0.7, "g": 0.7, "c": 0.9}
"""Weight of each kind of feature: words, pairs, pairs with a word between them, letter groups, concepts."""

_ROWS = {kind: row for row, kind in enumerate(BLOCKS)}

RIDGE = 0.8
"""Strength of the regularisation; between 0.6 and 1.5 the held-out accuracy hardly moves."""

PAIRS = ("p", "s")
"""Kinds of feature of which those that one example alone has are left out, where there are MANY examples: they are most
of all features, and say more of the example than of what it asks."""

MANY = 5_000

UNKNOWN = 0.5
"""How far an unknown feature counts as a rare one in a text's length: one known pair of words among ten says little."""

GROUPS = (2, 3, 4, 5)
"""Lengths of the letter groups within a word, its ends marked."""

ROUNDS = (0.1, 0.03)
"""Share of what is to be explained that each round of learning may leave. More exact rounds fit the examples better and
new questions worse."""

STEPS = 500
"""Steps after which the solver takes what it has; it needs some 20."""

TINY = 1e-30
"""Keeps a label without examples from dividing by nothing."""


class IntentClassifier:
    """A linear model, one column a label. A text is the sum of its words and its pairs of words."""

    def __init__(
        self,
        labels: Iterable[str],
        stem: Callable[[str], str] = str,
        concepts: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """`stem` takes a word's ending off, `concepts` are the tokens that a stem adds."""
        self._stem, self._concepts = stem, concepts
        self.labels = tuple(labels)

    def use(self, learnt: Learnt) -> None:
        """Answer by what was learnt of the same labels, stems and concepts."""
        self._index = {feature: position for position, feature in enumerate(learnt.features)}
        self._idf, self._weights, self._bias = learnt.idf, learnt.weights, learnt.bias
        self._block = np.fromiter((_ROWS[feature[0]] for feature in learnt.features), np.intp)
        self._nothing = np.zeros((len(BLOCKS), len(self.labels) + 1), np.float32)
        self._worth = np.array(list(BLOCKS.values()), np.float32)
        self._unknown = UNKNOWN * float(learnt.idf.max()) ** 2
        self._of_word = lru_cache(maxsize=20_000)(self._word)

    def learn(self, examples: Mapping[str, Sequence[Sequence[str]]]) -> Learnt:
        """`examples` holds for each label its texts as lists of words. What was learnt is in use at once."""
        rows = [(column, words) for column, label in enumerate(self.labels) for words in examples[label] if words]
        texts = [list(self._features(words)) for _, words in rows]
        documents = Counter(chain.from_iterable(map(dict.fromkeys, texts)))
        least = 2 if len(rows) > MANY else 1
        features = tuple(name for name, count in documents.items() if count >= least or name[0] not in PAIRS)
        counts = np.fromiter(map(documents.__getitem__, features), np.float32)
        idf = np.log((1 + len(rows)) / (1 + counts)) + 1
        self.use(Learnt(features, idf, np.zeros((0, 0), np.float32), np.zeros(0, np.float32)))
        vectors = [self._vector(text) for text in texts]
        *weights, bias = _solved(vectors, [column for column, _ in rows], len(self.labels))
        learnt = Learnt(features, idf, np.column_stack((np.array(weights) * idf[:, None], idf * idf)), bias)
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
        """Positions and values of the known features; each block has the length of its weight, if all are known."""
        positions = np.array([self._index[feature] for feature in features if feature in self._index], np.intp)
        values, block = self._idf[positions], self._block[positions]
        unknown = [_ROWS[feature[0]] for feature in features if feature not in self._index]
        kinds = len(self._worth)
        lengths = np.bincount(block, values * values, kinds) + self._unknown * np.bincount(unknown, minlength=kinds)
        return positions, values * (self._worth / np.sqrt(np.maximum(lengths, TINY)))[block].astype(np.float32)

    def scores(self, words: Sequence[str]) -> Floats:
        """One score a label, in the order of `labels`: about 1 for a sure match, about 0 for none."""
        added = self._nothing.copy()
        for word in words:
            added += self._of_word(word)
        self._add(added, _pairs(self._stems(words)))
        scale = self._worth / np.sqrt(np.maximum(added[:, -1], TINY))
        result: Floats = (scale @ added[:, :-1] + self._bias).astype(np.float32, copy=False)
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
            if position is None:
                added[_ROWS[feature[0]], -1] += self._unknown
            else:
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
    """Weights of a linear SVM with squared hinge loss: ridge weights by conjugate gradients over the examples' own
    similarities, since there are fewer examples than features, and once more over the examples that are not right
    already. Memory grows with the examples and not with their square. The last row is the bias, which is what a text
    without known features is like."""
    from scipy.sparse import csr_array, hstack  # only learning needs it

    sizes = [len(positions) for positions, _ in vectors]
    places, values = (np.concatenate(part) for part in zip(*vectors, strict=True))
    told = csr_array((values, places, np.cumsum([0, *sizes])))
    examples = hstack([told, np.ones((len(vectors), 1), np.float32)], "csr")
    features = examples.T.tocsr()
    wanted = np.zeros((len(vectors), labels), np.float32)
    wanted[np.arange(len(columns)), columns] = 1.0
    solved, learning = np.zeros_like(wanted), np.ones_like(wanted)
    for exact in ROUNDS:
        solved = _gradients(examples, features, wanted, learning, solved * learning, exact)
        found = examples @ (features @ solved)
        learning = np.where(wanted > 0, found < 1, found > 0).astype(np.float32)
    weights: Floats = features @ solved
    return weights


def _gradients(
    examples: Any, features: Any, wanted: Floats, learning: Floats, solved: Floats, exact: float
) -> Floats:  # fmt: skip
    """Conjugate gradients for all labels at once, over the examples that each is `learning` from."""

    def turned(step: Floats) -> Floats:
        result: Floats = learning * (examples @ (features @ step)) + RIDGE * step
        return result

    rest: Floats = learning * wanted - turned(solved)
    step, left = rest, (rest * rest).sum(0)
    bar = exact**2 * (learning * wanted).sum(0)
    for _ in range(STEPS):
        if not (left > bar).any():
            break
        ahead = turned(step)
        length = left / np.maximum((step * ahead).sum(0), TINY)
        solved = solved + length * step
        rest = rest - length * ahead
        before, left = left, (rest * rest).sum(0)
        step = rest + left / np.maximum(before, TINY) * step
    return solved
