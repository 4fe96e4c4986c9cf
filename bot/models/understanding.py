"""What was understood of one message, or why it was not."""

from dataclasses import dataclass
from typing import Literal

Reason = Literal["no_match", "ambiguous", "unknown_course", "out_of_scope", "language"]


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that was asked."""

    name: str
    confidence: float
    """0 to 1: its score less a part of the next best one's, times coverage."""
    clause: str = ""
    """The part of the message that asks it, normalised; claims are checked against this part alone."""
    margin: float = 1.0
    """How far the next intent is behind."""
    rival: str = ""
    """The next intent."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number the person stated."""

    value: float
    unit: str | None
    """percent, hours, half-days, days, weeks, months, years, sessions, pdus, points, people, ...; None when bare."""
    text: str
    """As it was written."""
    relation: Literal["is", "at_least", "at_most", "above", "below"] = "is"


@dataclass(frozen=True, slots=True)
class Context:
    """What the talk was about before this message, as far as it may be assumed."""

    courses: tuple[str, ...] = ()
    """Courses in focus: those of the last turn that had any."""
    choices: tuple[str, ...] = ()
    """Courses offered as choices and not yet chosen from."""
    asked: bool = False
    """A question of ours is open: which course is meant."""
    shown: tuple[str, ...] = ()
    """The last courses that stood together in a reply."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a message asks. Without intents it only names courses, or answers with yes, no or an ordinal."""

    text: str
    intents: tuple[Intent, ...] = ()
    """In the order asked."""
    courses: tuple[str, ...] = ()
    """Keys of the courses named, in the order named."""
    candidates: tuple[str, ...] = ()
    """Keys that one name fits equally well; the person must choose."""
    figures: tuple[Figure, ...] = ()
    relates: Literal["", "same", "correction", "both", "previous"] = ""
    """`same`: "what about X"; `correction`: "no i meant X"; `both`: "which of those"; `previous`: "the other one"."""
    ordinal: int | None = None
    """"the second one" is 2; "the last" is -1."""
    answer: Literal["", "yes", "no"] = ""
    """The message begins with a yes or a no."""
    bare: bool = False
    """It says nothing else than that yes or no."""
    question: bool = False
    """It is put as a question: a question mark or a question word stands in it."""
    topics: tuple[str, ...] = ()
    """Concepts that filter the catalogue (vendor, level, role or subject words), normalised."""
    unknown: str = ""
    """A course or certificate of somebody else that is named beside ours."""

    @property
    def confidence(self) -> float:
        return min((intent.confidence for intent in self.intents), default=0.0)


@dataclass(frozen=True, slots=True)
class Fallback:
    """Not understood well enough to answer."""

    text: str
    reason: Reason
    nearest: tuple[str, ...] = ()
    """Up to three intents that come closest, best first; empty when nothing does."""
    courses: tuple[str, ...] = ()
    """Courses that were understood all the same."""
    name: str = ""
    """The course or certificate named that is not on offer."""
    confidence: float = 0.0
