"""What to say: the parts of a reply, chosen from what was understood and what the pages state. Pure."""

from dataclasses import dataclass, replace

from bot.conversation import catalogue, claims
from bot.conversation.claims import Verdict
from bot.conversation.focus import Focus
from bot.conversation.shelf import Shelf
from bot.models.content import Knowledge
from bot.models.conversation import Conversation
from bot.models.course import Course, Fact
from bot.models.lead import Wish
from bot.models.reply import Outcome
from bot.models.understanding import Fallback, Intent, Understanding


@dataclass(frozen=True, slots=True)
class FactPart:
    """One fact of one course; `fact` is None where the page does not state it."""

    intent: str
    course: Course
    fact: Fact | None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class TalkPart:
    """Wording of an intent, without a fact."""

    intent: str
    situation: str = "default"
    courses: tuple[Course, ...] = ()


@dataclass(frozen=True, slots=True)
class ListPart:
    """Courses chosen from the catalogue."""

    intent: str
    found: catalogue.Found


@dataclass(frozen=True, slots=True)
class ComparePart:
    """Courses side by side."""

    comparison: catalogue.Comparison


@dataclass(frozen=True, slots=True)
class ClarifyPart:
    """A question back: which course?"""

    situation: str
    choices: tuple[Course, ...]
    count: int = 0


@dataclass(frozen=True, slots=True)
class FallbackPart:
    """Honest abstention, with the nearest things we can do."""

    situation: str
    nearest: tuple[str, ...] = ()
    course: Course | None = None
    name: str = ""
    offer_person: bool = False


Part = FactPart | TalkPart | ListPart | ComparePart | ClarifyPart | FallbackPart


@dataclass(frozen=True, slots=True)
class Decision:
    """What the reply holds and what it opens."""

    outcome: Outcome
    parts: tuple[Part, ...]
    intents: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()
    """A form to open for these."""
    pending: tuple[str, ...] = ()
    """Intents that wait for a course."""
    offer: bool = False
    """The reply offers to pass the question to a person."""
    confidence: float = 0.0

    @property
    def choices(self) -> tuple[Course, ...]:
        """Courses shown that "the second one" may mean."""
        for part in self.parts:
            match part:
                case ClarifyPart():
                    return part.choices
                case ListPart(found=listed):
                    return tuple(row.course for row in listed.rows)
        return ()

    @property
    def missed(self) -> bool:
        """Nothing was understood; a course that is not ours was."""
        return any(isinstance(part, FallbackPart) and part.situation != "unknown_course" for part in self.parts)

    @property
    def facts(self) -> tuple[Fact, ...]:
        found: list[Fact] = []
        for part in self.parts:
            match part:
                case FactPart(fact=Fact() as fact):
                    found.append(fact)
                case ListPart(found=listed):
                    found += listed.facts
                case ComparePart(comparison):
                    found += comparison.facts
        return tuple(found)


MISSES_BEFORE_PERSON = 2
"""Fallbacks in a row after which a person is offered: a third guess would annoy more than help."""


def decline(heard: Fallback, conversation: Conversation, knowledge: Knowledge) -> Decision:
    """Say that it was not understood, what was, and what we can do instead."""
    course = knowledge.courses.get(heard.courses[0]) if heard.courses else None
    situation: str = heard.reason
    if situation in ("no_match", "out_of_scope") and course is not None:
        situation = "no_match_course"
    offer = conversation.misses + 1 >= MISSES_BEFORE_PERSON
    asks = offer and heard.reason != "language"  # its text offers a colleague already
    part = FallbackPart(situation, heard.nearest, course, heard.name, offer_person=asks)
    return Decision(
        "fallback", (part,), ("out_of_scope",), offer=offer or heard.reason == "language", confidence=heard.confidence
    )


def decide(
    heard: Understanding, focus: Focus, conversation: Conversation, knowledge: Knowledge, shelf: Shelf
) -> Decision:
    """Give every part of the message its due."""
    if catalogue.SIFTING.intersection(focus.names):
        intents = tuple(catalogue.settled(intent, heard, knowledge, shelf) for intent in focus.intents)
        focus = replace(focus, intents=intents)
    by_kind = {kind: [i for i in focus.intents if knowledge.intents[i.name].kind == kind] for kind in _KINDS}
    asked = [*by_kind["fact"], *by_kind["commercial"], *by_kind["catalogue"]]
    if not asked:
        return _talk(by_kind["conversation"], focus)
    if any(intent.name == "compare" for intent in by_kind["catalogue"]):
        if heard.unknown and len(focus.courses) < 2:
            other = Fallback(heard.text, "unknown_course", name=heard.unknown, courses=focus.courses)
            return decline(other, conversation, knowledge)
        return _compare(heard, focus, knowledge)
    if needs := _needs_course(by_kind["fact"], focus):
        return _clarify(needs, focus, conversation, knowledge)
    parts: list[Part] = _facts(by_kind["fact"], heard, focus, knowledge)
    wishes: list[Wish] = []
    for intent in by_kind["commercial"]:
        stated = _stated(intent, focus, knowledge)
        parts += stated
        if not stated:
            wishes.append(knowledge.form.wishes[intent.name])  # type: ignore[arg-type]
            parts.append(TalkPart(intent.name, courses=tuple(knowledge.courses[key] for key in focus.courses)))
    parts += [ListPart(intent.name, catalogue.find(intent, heard, knowledge, shelf)) for intent in by_kind["catalogue"]]
    outcome = _outcome(parts, wishes)
    offer = not wishes and any(isinstance(part, FactPart) and part.fact is None for part in parts)
    courses = focus.courses if by_kind["fact"] or by_kind["commercial"] else ()
    waiting = tuple(part.intent for part in parts if isinstance(part, ListPart) and part.found.situation == "ask")
    return Decision(
        outcome, tuple(parts), focus.names, courses, tuple(dict.fromkeys(wishes)), pending=waiting, offer=offer,
        confidence=min(intent.confidence for intent in focus.intents),
    )  # fmt: skip


_KINDS = ("fact", "commercial", "catalogue", "conversation", "out_of_scope")


def _talk(intents: list[Intent], focus: Focus) -> Decision:
    parts = tuple(TalkPart(intent.name) for intent in intents)
    confidence = min((intent.confidence for intent in intents), default=0.0)
    return Decision("chat", parts, focus.names, confidence=confidence)


def _needs_course(facts: list[Intent], focus: Focus) -> tuple[str, ...]:
    return focus.names if facts and not focus.courses else ()


def _clarify(pending: tuple[str, ...], focus: Focus, conversation: Conversation, knowledge: Knowledge) -> Decision:
    if focus.choices:
        part = ClarifyPart("candidates", tuple(knowledge.courses[key] for key in focus.choices), len(focus.choices))
    else:
        part = ClarifyPart("course", catalogue.likely(conversation, knowledge))
    return Decision(
        "clarify", (part,), pending, pending=pending,
        confidence=min((intent.confidence for intent in focus.intents), default=0.0),
    )  # fmt: skip


def _facts(intents: list[Intent], heard: Understanding, focus: Focus, knowledge: Knowledge) -> list[Part]:
    parts: list[Part] = []
    for intent in intents:
        name = knowledge.intents[intent.name].fact or intent.name
        for key in focus.courses:
            course = knowledge.courses[key]
            fact = course.fact(name)
            if fact and claims.silent_on(fact, intent, heard, knowledge):
                fact = None
            verdict = claims.verdict(fact, intent, heard, course, knowledge) if fact else None
            parts.append(FactPart(intent.name, course, fact, verdict))
    return parts


def _stated(intent: Intent, focus: Focus, knowledge: Knowledge) -> list[Part]:
    """A commercial question whose answer a page states after all (a price row in facts.yaml)."""
    name = knowledge.intents[intent.name].fact
    if not name:
        return []
    courses = [knowledge.courses[key] for key in focus.courses]
    facts = [(course, course.fact(name)) for course in courses]
    return [FactPart(intent.name, course, fact) for course, fact in facts] if any(fact for _, fact in facts) else []


def _outcome(parts: list[Part], wishes: list[Wish]) -> Outcome:
    facts = [part for part in parts if isinstance(part, FactPart)]
    if any(part.fact for part in facts):
        return "answer"
    if facts:
        return "not_stated"
    return "lead" if wishes else "catalogue"


def _compare(heard: Understanding, focus: Focus, knowledge: Knowledge) -> Decision:
    confidence = min(intent.confidence for intent in focus.intents)
    courses = tuple(knowledge.courses[key] for key in focus.courses)
    if not courses and len(focus.choices) == 2:  # "the two kanban courses"
        courses = tuple(knowledge.courses[key] for key in focus.choices)
    if len(courses) < 2:
        others = tuple(knowledge.courses[key] for key in focus.choices) or tuple(
            course for course in catalogue.listed(knowledge) if course not in courses
        )
        part = ClarifyPart("compare", others[: catalogue.CHOICES])
        return Decision("clarify", (part,), ("compare",), focus.courses, pending=("compare",), confidence=confidence)
    asked = tuple(intent for intent in focus.names if knowledge.intents[intent].kind == "fact")
    asked += tuple(
        name for name, words in knowledge.claims.get("comparing", {}).items() if claims.says(heard.text, words)
    )
    comparison = catalogue.compare(courses, asked, heard, knowledge)
    keys = tuple(course.key for course in courses)
    return Decision("catalogue", (ComparePart(comparison),), ("compare",), keys, confidence=confidence)
