"""How often the bot is right, and how often wrong, beside peers on the same questions in the same run."""

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz

from bot import evaluate
from bot.app import advisor_for
from bot.cli.session import Session
from bot.conversation.advisor import Advisor
from bot.evaluate import Case
from bot.knowledge.load import load_knowledge
from bot.models.understanding import Context
from bot.understanding.understander import Understander
from tests.benchmarks.figures import Figure, percent, skipped, spread
from tests.benchmarks.peers import Guesser, Peer, linear_svm, nearest
from tests.benchmarks.places import KNOWLEDGE, SHARED, UTTERANCES

Answers = Sequence[dict[str, Any]]

WITHOUT_COURSE = frozenset(("out_of_scope", "list_courses", "recommend", "search_courses"))
"""Intents whose answer is not about one course, whatever the message names."""

FASTER = 5
"""Times that the bot is to be faster than scikit-learn's pipeline."""


@dataclass(frozen=True, slots=True)
class Set:
    """Labelled messages with the advisor that answers them."""

    name: str
    advisor: Advisor
    cases: list[Case]
    targets: tuple[float | None, float | None]
    """Per cent: exact at least, wrong at most."""
    outcomes: bool = True
    """Whether the labels say how the bot should act; else only intents and courses count."""

    def rate(self, measure: str, answers: Answers) -> float:
        """Share of the answers for which it holds; messages in other languages are not counted yet."""
        return evaluate.report(self._labelled(answers), answers).rate(measure)

    def _labelled(self, answers: Answers) -> list[Case]:
        if self.outcomes:
            return self.cases
        return [_completed(case, answer) for case, answer in zip(self.cases, answers, strict=True)]


def figures() -> Iterator[Figure]:
    sets, missing = _sets()
    for one in sets:
        yield from _beside_peers(one)
    yield from missing


def _sets() -> tuple[list[Set], list[Figure]]:
    sets, missing = [], []
    questions, pages = SHARED / "questions", SHARED / "catalogue"
    if questions.is_dir() and pages.is_dir():
        real = advisor_for(load_knowledge(KNOWLEDGE, pages))
        for name, file, targets in (
            ("development questions", "dev.jsonl", (92.0, 0.5)),
            ("development dialogues", "dev-dialogues.jsonl", (92.0, 0.5)),
        ):
            sets.append(Set(name, real, evaluate.read(questions / file), targets))
    else:
        missing.append(skipped("development questions and dialogues"))
    if UTTERANCES.is_dir():
        demo = advisor_for(load_knowledge(KNOWLEDGE))
        sets.append(Set("held-out utterances", demo, list(_utterances(UTTERANCES, demo)), (None, 0.5), outcomes=False))
    else:
        missing.append(skipped("held-out utterances"))
    return sets, missing


def _utterances(folder: Path, advisor: Advisor) -> Iterator[Case]:
    """Each file is named for its intent; a phrase that asks several things names its `intents`. What is not English is
    to be declined, and not counted yet."""
    known = advisor.knowledge.intents
    for file in sorted(folder.glob("*.yaml")):
        for number, phrase in enumerate(yaml.safe_load(file.read_text(encoding="utf-8"))["phrases"]):
            foreign = file.stem == "foreign"
            names = phrase.get("intents") or ["out_of_scope" if foreign else file.stem]
            intents = [known[name].reported_as or name if name in known else name for name in names]
            label = {"intents": intents, "courses": phrase.get("courses") or [], "outcome": "", "facts": []}
            key = f"{file.stem}-{number}"
            tags = ("foreign",) if foreign else ()
            yield Case(key, key, str(phrase["text"]), phrase.get("context"), label, tags)


def _completed(case: Case, answer: dict[str, Any]) -> Case:
    """What the label does not say is taken from the answer, but what is out of scope must not be answered."""
    intents = set(case.label["intents"])
    outcome = "fallback" if intents == {"out_of_scope"} else answer["outcome"]
    courses = answer["courses"] if intents <= WITHOUT_COURSE else case.label["courses"]
    return replace(case, label={**case.label, "outcome": outcome, "courses": courses})


def _beside_peers(one: Set) -> Iterator[Figure]:
    session = Session(one.advisor, warm=True)
    ours = [session.ask(case.text, case.conversation, case.context) for case in one.cases]
    exact, wrong, alone = percent(one.rate("exact", ours)), percent(one.rate("wrong", ours)), _understanding(one)
    yield Figure(
        f"{one.name}: exact", exact, "%", one.targets[0], at_least=True, note=f"{len(one.cases)} messages"
    )  # fmt: skip
    yield Figure(f"{one.name}: wrong", wrong, "%", one.targets[1])
    median, most = spread([answer["ms"] for answer in ours])
    yield Figure("  understanding to reply, median", median, "ms", target=0.3)
    yield Figure("  understanding to reply, 99%", most, "ms", target=1)
    yield Figure("  understanding alone, median", alone, "ms")
    for peer, guess in _peers(one.advisor):
        theirs = Peer(guess, one.advisor.knowledge).answers(one.cases, partial(one.rate, "exact"))
        taken = statistics.median(answer["ms"] for answer in theirs)
        yield Figure(f"  {peer}: exact", percent(one.rate("exact", theirs)), "%", exact)
        yield Figure(f"  {peer}: wrong", percent(one.rate("wrong", theirs)), "%", wrong, at_least=True)
        yield Figure(
            f"  {peer}: time / our understanding", taken / alone, "x", FASTER if "SVM" in peer else None, at_least=True,
            note=f"{1000 * taken:.0f} us beside {1000 * alone:.0f} us",
        )  # fmt: skip


def _peers(advisor: Advisor) -> Iterator[tuple[str, Guesser]]:
    yield "rapidfuzz WRatio", nearest(fuzz.WRatio, advisor.knowledge)
    yield "rapidfuzz token_set_ratio", nearest(fuzz.token_set_ratio, advisor.knowledge)
    yield "TF-IDF + linear SVM", linear_svm(advisor.knowledge)


def _understanding(one: Set) -> float:
    """Milliseconds, median, of what the peers do as well: intents and courses, no reply."""
    understander = Understander(one.advisor.knowledge)
    understander.warm()
    times = []
    for case in one.cases:
        context = Context(courses=(case.context,) if case.context else ())
        started = time.perf_counter()
        understander.understand(case.text, context)
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)
