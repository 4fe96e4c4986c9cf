"""Questions about the catalogue as a whole: list, search by stated conditions, recommend, compare."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.conversation.conditions import Extreme, Wanted, judged, measure, pressed, wanted, words_of
from bot.conversation.shelf import Shelf
from bot.models.content import Knowledge
from bot.models.conversation import Conversation
from bot.models.course import Course, Fact
from bot.models.understanding import Intent, Understanding

SHORT = ("percent", "number", "duration", "word", "retake")
"""Types of facts that are said in a few words."""

LIST, SEARCH = "list_courses", "search_courses"

SIFTING = frozenset((LIST, SEARCH))
"""Intents between which the conditions told decide."""

AUDIENCE = "audience"
"""The longer one that tells courses apart."""

CHOICES = 6
"""Courses offered as buttons in a question back: more would not fit a phone."""


@dataclass(frozen=True, slots=True)
class Row:
    """One course of a list, with the facts that put it there."""

    course: Course
    facts: tuple[Fact, ...] = ()
    quote: str = ""
    """The page's own sentence that chose it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Courses that answer a catalogue question."""

    situation: str
    """`title`, `none` (nothing fits), `ask` (too little is known to choose) or `beside`: no course on the subject meets
    the conditions, so `rows` are on the subject and `others` meet the conditions."""
    rows: tuple[Row, ...] = ()
    wanted: Wanted = field(default_factory=Wanted)
    """What was applied."""
    not_stated: int = 0
    """Further courses whose pages do not state all of what was asked for."""
    apart: int = 0
    """Further courses whose pages state it in another unit or contradict themselves, so that it cannot be compared."""
    others: tuple[Row, ...] = ()
    unspoken: bool = False
    """No page that meets the conditions speaks of what the person told: the conditions alone chose."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for row in (*self.rows, *self.others) for fact in row.facts)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Facts side by side, in the order of `facts.yaml`; None is not stated."""

    courses: tuple[Course, ...]
    rows: tuple[tuple[str, tuple[Fact | None, ...]], ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for _, facts in self.rows for fact in facts if fact)


def listed(knowledge: Knowledge) -> list[Course]:
    return [course for course in knowledge.courses.values() if course.listed]


def likely(conversation: Conversation, knowledge: Knowledge) -> tuple[Course, ...]:
    """Courses to offer when none was named: those last shown, those talked about, then the catalogue's first."""
    keys = dict.fromkeys((*conversation.shown, *conversation.recent, *(course.key for course in listed(knowledge))))
    return tuple(knowledge.courses[key] for key in keys if key in knowledge.courses)[:CHOICES]


def settled(intent: Intent, heard: Understanding, knowledge: Knowledge, shelf: Shelf) -> Intent:
    """Who lists courses with a condition searches, and who searches for nothing in particular lists."""
    if intent.name not in SIFTING or pressed(heard.text):
        return intent
    asked = wanted(heard, knowledge)
    searched = asked.limits or asked.topics or (intent.name == SEARCH and shelf.says_something(asked.rest))
    return replace(intent, name=SEARCH if searched else LIST)


def find(intent: Intent, heard: Understanding, knowledge: Knowledge, shelf: Shelf) -> Found:
    """Courses of that subject, or whose pages speak of what is told, or all; always within every condition told."""
    asked = wanted(heard, knowledge)
    everything = intent.name == LIST
    if intent.name != "recommend":
        if about := _about(asked.topics, knowledge):
            return _beside(about, asked, knowledge)
        if not asked.topics and (everything or asked.limits) and not (asked.limits and asked.role):
            return _beside(_on_subject(asked.rest, shelf) if asked.limits else [], asked, knowledge)
    found = _advised(replace(asked, topics=()), heard.courses, knowledge, shelf)
    if everything and not found.rows and not asked.limits:
        return Found("title", _all(knowledge))
    return found


def _about(topics: tuple[str, ...], knowledge: Knowledge) -> list[Row]:
    return [Row(course) for course in listed(knowledge) if topics and _speaks_of(course, topics)]


def _on_subject(told: str, shelf: Shelf) -> list[Row]:
    """Courses with all that is told in their titles, else those with all of it in one sentence of their pages."""
    titled = [Row(course) for course in shelf.titled(told)]
    spoken = shelf.speaking_of(told, whole=True) if not titled else ()
    return titled or [Row(passage.course, (passage.fact,), passage.sentence) for passage in spoken]


def _beside(about: Sequence[Row], asked: Wanted, knowledge: Knowledge) -> Found:
    """Courses on a subject that meet the conditions; where none does, both kinds one after the other."""
    found = _fitting(about or _all(knowledge), asked, knowledge)
    if found.rows or not about:
        return found
    others = _fitting(_all(knowledge), replace(asked, topics=()), knowledge)
    return Found("beside", tuple(about), others.wanted, others=others.rows)


def _all(knowledge: Knowledge) -> tuple[Row, ...]:
    return tuple(Row(course) for course in listed(knowledge))


def _advised(asked: Wanted, named: tuple[str, ...], knowledge: Knowledge, shelf: Shelf) -> Found:
    """Pages that speak of what is told; conditions alone where nothing else is told or no such page meets them;
    a question where nothing at all is told."""
    told = shelf.says_something(asked.rest)
    if told:
        spoken = shelf.speaking_of(asked.rest, but=named)
        rows = [Row(passage.course, (passage.fact,), passage.sentence) for passage in spoken]
        found = _fitting(rows, asked, knowledge)
        if found.rows or not asked.limits:
            return found
    if not asked.limits:
        return Found("ask")
    return replace(_fitting(_all(knowledge), asked, knowledge), unspoken=told)


def _fitting(rows: Iterable[Row], asked: Wanted, knowledge: Knowledge) -> Found:
    """The rows whose courses state that all conditions hold; who fails one is not counted among the silent."""
    kept: list[Row] = []
    left: Counter[str] = Counter()
    for row in rows:
        answers = {judged(condition, row.course) for condition in asked.conditions}
        reason = next((answer for answer in ("no", "silent", "apart") if answer in answers), None)
        if reason:
            left[reason] += 1
        else:
            facts = (row.course.fact(condition.fact) for condition in asked.conditions)
            kept.append(replace(row, facts=(*row.facts, *filter(None, facts))))
    if asked.extreme:
        kept = _utmost(kept, asked.extreme, knowledge, left)
    return Found("title" if kept else "none", tuple(kept), asked, left["silent"], left["apart"])


def _utmost(rows: Sequence[Row], extreme: Extreme, knowledge: Knowledge, left: Counter[str]) -> list[Row]:
    """Those with the highest or lowest stated value, as far as values can be compared at all."""
    ranked: list[tuple[float, Row]] = []
    for row in rows:
        fact = row.course.fact(extreme.fact)
        value = measure(fact, knowledge.facts[extreme.fact]) if fact else None
        if fact and value is not None:
            ranked.append((value, replace(row, facts=(*row.facts, fact))))
        elif fact is None or fact.also or fact.value is not None:
            left["silent" if fact is None else "apart"] += 1
    best = (max if extreme.most else min)((value for value, _ in ranked), default=None)
    return [row for value, row in ranked if value == best]


def _speaks_of(course: Course, topics: tuple[str, ...]) -> bool:
    vendor = course.fact("vendor")
    text = " ".join((course.title, *course.names, *course.tags, words_of(vendor) if vendor else "")).casefold()
    return all(re.search(rf"(?<!\w){re.escape(topic)}", text) for topic in topics)


def compare(
    courses: tuple[Course, ...], asked: tuple[str, ...], heard: Understanding, knowledge: Knowledge
) -> Comparison:
    """The facts asked for, stated or not; else those that are said in few words, and for whom each course is."""
    if asked:
        return Comparison(courses, tuple((name, tuple(course.fact(name) for course in courses)) for name in asked))
    usual = [spec.name for spec in knowledge.facts.values() if spec.usual and spec.type in SHORT]
    rows = ((name, tuple(course.fact(name) for course in courses)) for name in (*usual, AUDIENCE))
    return Comparison(courses, tuple((name, facts) for name, facts in rows if any(facts)))
