"""The state of one person's talk, and what one turn of it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.models.lead import Asked, Consent, LeadDraft, Wish
from bot.models.reply import Reply


@dataclass(frozen=True, slots=True)
class Pending:
    """A question of ours that waits for a course: what was asked, and the choices shown."""

    intents: tuple[str, ...]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenForm:
    """The lead form while it is open. Values given before consent wait here and are used for nothing."""

    wishes: tuple[Wish, ...]
    courses: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    """By slot name, already checked."""
    consent: Consent | None = None
    version: str = ""
    """Of the consent text that the person was shown: only a yes to the one in force counts."""
    reminded: bool = False
    """Who left the question for consent open has been asked it once more; a third time would only annoy."""
    failures: Mapping[str, int] = field(default_factory=dict)
    """By slot name: answers that could not be used."""
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """What staff wrote to the person: what is typed next, and the pages do not answer, is the answer to it."""

    lead: int
    by: str
    """The name of who wrote it; empty where none is known."""
    answered: bool = False
    """From then on it counts as long as the talk goes on."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The last lead that the person sent: what it holds by name, without the values."""

    at: datetime
    courses: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that one person's talk carries from turn to turn."""

    id: str
    channel: str
    user: str
    courses: tuple[str, ...] = ()
    """In focus."""
    recent: tuple[str, ...] = ()
    """Talked about, latest first."""
    shown: tuple[str, ...] = ()
    """The last courses that stood together in a reply: what "the second one" and "both" mean."""
    intents: tuple[str, ...] = ()
    """Asked last."""
    pending: Pending | None = None
    form: OpenForm | None = None
    awaiting: str = ""
    """What the next message is expected to be: yes or no to `offer` (pass it to a person?) or `delete`, the answer to a
    `letter`; of members of staff a `note|12` on a lead or a `reply|12` to its person."""
    misses: int = 0
    """Fallbacks in a row."""
    asked: tuple[Asked, ...] = ()
    """The last questions, for the lead that may follow."""
    campaign: str | None = None
    """Key of the campaign that brought the person."""
    letter: Letter | None = None
    sent: Sent | None = None
    language: str | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A line of the question log: numbers, e-mails and handles masked."""

    text: str
    intents: tuple[str, ...]
    courses: tuple[str, ...]
    outcome: str
    confidence: float


@dataclass(frozen=True, slots=True)
class SaveLead:
    draft: LeadDraft


@dataclass(frozen=True, slots=True)
class DropPartial:
    """The form was left without a wish to go on: what was kept of it goes."""


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    """Delete all that is held about the person."""


@dataclass(frozen=True, slots=True)
class WithdrawConsent:
    """Consent is withdrawn: the person's open lead is closed to sales."""


@dataclass(frozen=True, slots=True)
class HandOverData:
    """Give the person a file with all that is held; the reply gets it as a Document."""


@dataclass(frozen=True, slots=True)
class PassOn:
    """What the person answered to a letter goes to those who work on the lead, and stands on it."""

    lead: int
    text: str


Effect = SaveLead | DropPartial | ForgetPerson | WithdrawConsent | HandOverData | PassOn


@dataclass(frozen=True, slots=True)
class Turn:
    """The result of one message, before anything is written."""

    conversation: Conversation
    reply: Reply
    effects: tuple[Effect, ...] = ()
    log: LogEntry | None = None
