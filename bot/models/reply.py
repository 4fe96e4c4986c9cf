"""Requests that come in and replies that go out: plain blocks, no markup. Each channel escapes for itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.models.course import Fact

Outcome = Literal["answer", "not_stated", "clarify", "lead", "catalogue", "chat", "fallback"]
Role = Literal["prospect", "staff", "admin"]

INVITATION_PREFIX = "staff_"
"""How the start key of an invitation to the staff begins."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact card shared through the channel's own button."""

    phone: str
    name: str = ""
    own: bool = True
    """False when the card is somebody else's."""


@dataclass(frozen=True, slots=True)
class Request:
    """One message or button press of one person."""

    channel: str
    """`terminal`, `telegram`, `ask`."""
    user: str
    """The person's id in that channel."""
    text: str = ""
    payload: str = ""
    """What a pressed button carries (see Button); empty for typed text."""
    replies_to: str = ""
    """What the first button below the message carries that this one was written in reply to."""
    context: str | None = None
    """Key of the course the talk was about, where the caller knows it (`ask --context`)."""
    role: Role = "prospect"
    contact: Contact | None = None
    reachable: bool = False
    """True where the channel itself can carry a later answer to this person ("here on Telegram")."""
    language: str | None = None
    """Language code the channel reports, if any."""
    at: datetime | None = None
    """When it was sent, if the channel says so."""


@dataclass(frozen=True, slots=True)
class Button:
    """A choice. `payload` is `verb|words`: `ask|pass_mark|PSPO`, `course|PSPO`, `form|consent|yes`, `say|free text`."""

    label: str
    payload: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; the first one of a reply is the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The page's own sentence, with where it stands."""

    text: str
    link: str | None = None
    """Address of the page, where a site is configured."""
    source: str | None = None
    """File and field; filled for staff only."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; with a title or without."""

    items: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Buttons:
    buttons: tuple[Button, ...]
    contact: str = ""
    """Label of the channel's share-contact button, where it has one."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file handed over in the chat."""

    name: str
    content: bytes
    media_type: str


Block = Text | Quote | Items | Buttons | Document


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back to the person, and what it rests on."""

    blocks: tuple[Block, ...]
    outcome: Outcome
    intents: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    confidence: float = 0.0

    @property
    def text(self) -> str:
        """The whole reply as plain text, buttons left out."""
        return "\n\n".join(part for part in map(plain, self.blocks) if part)


def plain(block: Block) -> str:
    match block:
        case Text(text):
            return text
        case Quote(text, link, source):
            return "\n".join(part for part in (f"“{text}”" if text else "", source or "", link or "") if part)
        case Items(items, title):
            return "\n".join([*([title] if title else []), *(f"- {item}" for item in items)])
        case Document(name):
            return name
        case _:
            return ""
