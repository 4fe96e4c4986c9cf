"""What others would build: the nearest example by rapidfuzz, and TF-IDF with a linear SVM of scikit-learn.

Both learn from the same examples as the bot, find names with rapidfuzz over titles and codes, and carry the last course
on. Each is given, after the fact, the threshold for saying nothing that makes it most often exactly right: better than
any that could have been chosen beforehand.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from bot.evaluate import Case
from bot.models.content import Knowledge
from bot.models.course import Course

Guess = tuple[str, float]
"""An intent and how sure the peer is of it."""

Guesser = Callable[[str], Guess]

NAME_SCORE = 60
"""From this token_set_ratio on, of 100, a title counts as named: of all scorers and scores the best on the development
questions."""

THRESHOLDS = 25
"""Thresholds tried: so many quantiles of the scores."""


def nearest(scorer: Callable[..., float], knowledge: Knowledge) -> Guesser:
    """The intent of the nearest example."""
    texts, labels = _examples(knowledge)

    def guess(text: str) -> Guess:
        found = process.extractOne(text, texts, scorer=scorer)
        return (labels[found[2]], found[1]) if found else ("out_of_scope", 0.0)

    return guess


def linear_svm(knowledge: Knowledge) -> Guesser:
    """Words and letter groups weighted by TF-IDF, a linear SVM over them."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    texts, labels = _examples(knowledge)
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    model = make_pipeline(make_union(words, letters), LinearSVC()).fit(texts, labels)

    def guess(text: str) -> Guess:
        scores = model.decision_function([text])[0]
        best = int(scores.argmax())
        return str(model.classes_[best]), float(scores[best])

    return guess


def _examples(knowledge: Knowledge) -> tuple[list[str], list[str]]:
    rows = [
        (text.replace("{course}", "the course").casefold(), spec.name)
        for spec in knowledge.intents.values()
        for text in (*spec.examples, *spec.cues)
    ]
    return [text for text, _ in rows], [label for _, label in rows]


@dataclass(frozen=True, slots=True)
class _Heard:
    """A guess not yet held against a threshold."""

    intent: str
    score: float
    courses: tuple[str, ...]
    milliseconds: float


class Peer:
    """A guesser of intents with names and outcomes around it."""

    def __init__(self, guess: Guesser, knowledge: Knowledge) -> None:
        self._guess = guess
        self._knowledge = knowledge
        self._codes = {(course.code or key).casefold(): key for key, course in knowledge.courses.items()}
        self._titles = {key: course.title.casefold() for key, course in knowledge.courses.items()}

    def answers(
        self, cases: Sequence[Case], exact: Callable[[Sequence[dict[str, Any]]], float]
    ) -> list[dict[str, Any]]:
        """Answers in the shape of `ask --json`, at the threshold where `exact` is greatest."""
        heard = list(self._heard(cases))
        scores = sorted(one.score for one in heard)
        tried = {float("-inf"), *(scores[len(scores) * step // THRESHOLDS] for step in range(THRESHOLDS))}
        ways = ([self._answer(one, threshold) for one in heard] for threshold in sorted(tried))
        return max(ways, key=exact)

    def _heard(self, cases: Iterable[Case]) -> Iterable[_Heard]:
        before: dict[str, tuple[str, ...]] = {}
        for case in cases:
            started = time.perf_counter()
            text = case.text.casefold()
            intent, score = self._guess(text)
            courses = self._named(text) or before.get(case.conversation) or self._code(case.context)
            elapsed = 1000 * (time.perf_counter() - started)
            before[case.conversation] = courses
            yield _Heard(intent, score, courses, elapsed)

    def _named(self, text: str) -> tuple[str, ...]:
        codes = tuple(dict.fromkeys(self._codes[word] for word in text.strip("?!.").split() if word in self._codes))
        if codes:
            return codes
        close = process.extractOne(text, self._titles, scorer=fuzz.token_set_ratio, score_cutoff=NAME_SCORE)
        return (close[2],) if close else ()

    def _code(self, context: str | None) -> tuple[str, ...]:
        return (self._codes[context.casefold()],) if context and context.casefold() in self._codes else ()

    def _answer(self, one: _Heard, threshold: float) -> dict[str, Any]:
        spec = self._knowledge.intents[one.intent if one.score >= threshold else "out_of_scope"]
        courses = [self._knowledge.courses[key] for key in one.courses]
        stated = [course for course in courses if spec.fact and course.fact(spec.fact)]
        outcome = self._outcome(spec.kind, courses, stated)
        return {
            "intents": [spec.reported_as or spec.name],
            "courses": [] if outcome == "fallback" else [course.key for course in courses],
            "outcome": outcome,
            "facts": [{"name": spec.fact} for _ in stated],
            "ms": one.milliseconds,
        }

    def _outcome(self, kind: str, courses: Sequence[Course], stated: Sequence[Course]) -> str:
        simple: Mapping[str, str] = {
            "catalogue": "catalogue", "conversation": "chat", "out_of_scope": "fallback", "commercial": "lead",
        }  # fmt: skip
        if stated:
            return "answer"
        return simple.get(kind) or ("not_stated" if courses else "clarify")
