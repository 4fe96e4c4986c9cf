"""The bot's own classifier on the public sets of HINT3, which know nothing of courses, beside published engines."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.load import load_knowledge
from bot.models.content import Knowledge
from bot.understanding.classifier import IntentClassifier
from bot.understanding.dictionary import Dictionary
from bot.understanding.mend import Mender
from bot.understanding.normalise import BREAK, Normaliser
from bot.understanding.stems import stemmer
from tests.benchmarks.figures import Figure, percent, skipped
from tests.benchmarks.places import KNOWLEDGE, SHARED

SETS = SHARED / "benchmarks" / "hint3"
OUT_OF_SCOPE = "NO_NODES_DETECTED"

TARGETS = {"sofmattress": (82, 89), "curekart": (85, 90), "powerplay11": (65, 80)}
"""Per cent right of what is in scope, and of the area under the ROC curve of confidence, in scope against out of it."""


def figures() -> Iterator[Figure]:
    if not SETS.is_dir():
        yield skipped("HINT3")
        return
    knowledge, published = load_knowledge(KNOWLEDGE), _published()
    for name, (wanted, area) in TARGETS.items():
        accuracy, auroc = measure(name, knowledge)
        right, under = (", ".join(f"{engine} {row[i]}" for engine, *row in published.get(name, ())) for i in (0, 1))
        yield Figure(f"{name}: accuracy in scope", percent(accuracy), "%", wanted, at_least=True, note=right)
        yield Figure(f"{name}: AUROC of confidence", percent(auroc), "%", area, at_least=True, note=under)


def measure(name: str, knowledge: Knowledge) -> tuple[float, float]:
    """Accuracy in scope without a threshold, and AUROC, of the classifier trained on the set."""
    from sklearn.metrics import roc_auc_score

    engine = _Engine(_rows(SETS / f"{name}_train.csv"), knowledge)
    tried = [(label, *engine.guess(text)) for text, label in _rows(SETS / f"{name}_test.csv")]
    right = [guess == label for label, guess, _ in tried if label != OUT_OF_SCOPE]
    inside = [label != OUT_OF_SCOPE for label, _, _ in tried]
    return sum(right) / len(right), float(roc_auc_score(inside, [confidence for _, _, confidence in tried]))


class _Engine:
    """The bot's steps without courses: normalise, mend, classify, weigh by the share of words it knows."""

    def __init__(self, rows: list[tuple[str, str]], knowledge: Knowledge) -> None:
        data = knowledge.vocabulary.data
        self._normaliser = Normaliser(data.get("spellings", {}))
        self._function = frozenset(data.get("function_words", "").split())
        self._power = knowledge.thresholds["coverage"]
        examples: dict[str, list[list[str]]] = {}
        for text, label in rows:
            examples.setdefault(label, []).append(self._words(text))
        self._known = {word for texts in examples.values() for text in texts for word in text}
        language = Dictionary(data.get("dictionary", "en"))
        self._mender = Mender(self._known | self._function, self._known, (), language, lambda word: None, lambda: ())
        stem = stemmer(data)
        self._classifier = IntentClassifier(examples, stem)
        self._classifier.learn(examples)

    def _words(self, text: str) -> list[str]:
        return [word for word in self._normaliser.words(text) if word != BREAK]

    def guess(self, text: str) -> tuple[str, float]:
        """The label, and the confidence that it is one of these at all."""
        words, _ = self._mender.mend(self._words(text))
        scores = self._classifier.scores(words)
        best = int(scores.argmax())
        return self._classifier.labels[best], float(scores[best]) * self._coverage(words)

    def _coverage(self, words: list[str]) -> float:
        content = [word for word in words if word not in self._function]
        known = sum(word in self._known for word in content)
        return float((known / len(content)) ** self._power) if content else 1.0


def _rows(file: Path) -> list[tuple[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [(row["sentence"], row["label"]) for row in csv.DictReader(lines)]


def _published() -> dict[str, list[tuple[str, str, str]]]:
    """Engine, accuracy and AUROC by set, from the table of the folder's README."""
    readme = SETS.parent / "README.md"
    text = readme.read_text(encoding="utf-8") if readme.is_file() else ""
    found: dict[str, list[tuple[str, str, str]]] = {}
    names: list[str] = []
    for engine, *cells in re.findall(r"^\| *(.+?) *\| *(.+?) *\| *(.+?) *\| *(.+?) *\|$", text, re.MULTILINE):
        names = names or [cell.casefold() for cell in cells]
        for name, cell in zip(names, cells, strict=True):
            if len(figures := re.findall(r"\d+\.\d", cell)) == 2:
                found.setdefault(name, []).append((engine.partition(" (")[0], *figures))
    return found
