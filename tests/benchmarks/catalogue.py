"""A catalogue of so many generated pages, measured in a process of its own: loading, memory, an edit, questions.

`python -m tests.benchmarks.catalogue COUNT` prints it; `COUNT parse` only parses the front matter.
"""

import gc
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import psutil
import yaml

from bot.app import advisor_for
from bot.cli.session import Session
from bot.knowledge.load import KnowledgeLoader
from bot.models.content import Knowledge
from bot.models.understanding import Context
from bot.understanding.understander import Understander
from tests.benchmarks import pages
from tests.benchmarks.figures import spread
from tests.benchmarks.pages import GeneratedPage
from tests.benchmarks.places import KNOWLEDGE, in_a_child

QUESTIONS = (
    "what is the pass mark of {}", "how long is {}", "do i need experience for {}", "who is {} for",
    "what do i learn in {}", "is {} online", "what happens if i fail the {} exam", "{} pdus?",
)  # fmt: skip

ASKED = 1200
"""Questions and names measured; the 99th percentile then stands on twelve."""


@dataclass(frozen=True, slots=True)
class Loading:
    """Seconds and bytes of reading the pages."""

    text_bytes: int
    load: float
    """Seconds to load the pages."""
    loaded_bytes: int
    """Memory that the loaded pages hold."""
    ready: float
    """Seconds from loaded to able to answer."""
    ready_bytes: int
    """Memory of pages and index together."""
    process_bytes: int
    edit: float
    """Seconds to load again after an edit of one page."""
    reread: int
    """Pages that were read again for it."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Milliseconds, median and 99th percentile each."""

    first: Sequence[float]
    """Of questions whose fact was not asked before."""
    again: Sequence[float]
    """Of the same questions asked a second time."""
    naming: Sequence[float]
    """Of understanding a bare code or title."""
    right: float
    """Share of the questions answered, or said not to be stated, about the right course."""
    wrong: float
    """Share of the questions answered, or said not to be stated, about another course."""


@lru_cache
def measured(count: int) -> tuple[Loading, Answering]:
    """Measured once a run, however many parts of the bench ask."""
    loading, answering = in_a_child("catalogue", str(count))
    return Loading(**loading), Answering(**answering)


def parsed(count: int) -> float:
    """Seconds that parsing the front matter alone takes."""
    return float(in_a_child("catalogue", str(count), "parse"))


def _parse(made: list[GeneratedPage]) -> float:
    heads = [page.text.split("---\n")[1] for page in made]
    started = time.perf_counter()
    for head in heads:
        yaml.load(head, yaml.CSafeLoader)
    return time.perf_counter() - started


def _measure(folder: Path, made: list[GeneratedPage]) -> tuple[Loading, Answering]:
    loader = KnowledgeLoader(KNOWLEDGE, folder)
    empty = _held()
    started = time.perf_counter()
    knowledge = loader.load()
    loaded = time.perf_counter()
    pages_alone = _held() - empty
    begun = time.perf_counter()
    session = Session(advisor_for(knowledge), warm=True)
    ready = time.perf_counter() - begun
    held = _held()
    answering = _answering(session, knowledge, made)
    edit, reread = _edit(loader, folder)
    text = sum(len(page.text.encode()) for page in made)
    return Loading(text, loaded - started, pages_alone, ready, held - empty, held, edit, reread), answering


def _answering(session: Session, knowledge: Knowledge, made: list[GeneratedPage]) -> Answering:
    chosen = random.Random(pages.SEED).choices(made, k=ASKED)
    names = [page.title if number % 3 == 0 else page.code for number, page in enumerate(chosen)]
    asked = [QUESTIONS[number % len(QUESTIONS)].format(name) for number, name in enumerate(names)]
    answers = [session.ask(text) for text in asked]
    again = [session.ask(text)["ms"] for text in asked]
    about = [
        answer["courses"] == [page.code]
        for answer, page in zip(answers, chosen, strict=True)
        if answer["outcome"] in ("answer", "not_stated")
    ]
    naming = spread(_naming(Understander(knowledge), names))
    right, wrong = about.count(True) / ASKED, about.count(False) / ASKED
    return Answering(spread([answer["ms"] for answer in answers]), spread(again), naming, right, wrong)


def _naming(understander: Understander, names: Sequence[str]) -> list[float]:
    times = []
    for name in names:
        started = time.perf_counter()
        understander.understand(name, Context())
        times.append(1000 * (time.perf_counter() - started))
    return times


def _edit(loader: KnowledgeLoader, folder: Path) -> tuple[float, int]:
    """Seconds of loading after one page was edited, and how many pages it read again."""
    before = loader.load().courses
    page = sorted(folder.rglob("*.md"))[-1]
    page.write_text(page.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    started = time.perf_counter()
    after = loader.load().courses
    return time.perf_counter() - started, sum(after[key] is not before[key] for key in before)


def _held() -> int:
    gc.collect()
    return psutil.Process().memory_info().rss


def main(count: int, what: str = "") -> None:
    if what == "parse":
        print(json.dumps(_parse(list(pages.generate(count)))))
        return
    with tempfile.TemporaryDirectory() as folder:
        found = _measure(Path(folder), pages.write(Path(folder), count))
        print(json.dumps([asdict(part) for part in found]))


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
