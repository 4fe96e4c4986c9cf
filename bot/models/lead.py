"""People who want more: consent, lead, and what stands on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Wish = Literal["enrol", "price", "schedule", "in_house", "call_back", "question"]
LeadStatus = Literal["partial", "new", "contacted", "qualified", "won", "lost"]


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to, in the words they saw."""

    purpose: str
    text: str
    version: str
    given: datetime
    withdrawn: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the person and whether it was answered."""

    text: str
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LeadDraft:
    """What the form hands over: it becomes a lead, or adds to the person's open one."""

    channel: str
    user: str
    consent: Consent
    wishes: tuple[Wish, ...]
    courses: tuple[str, ...] = ()
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    """E.164."""
    here: bool = False
    """Wants to be answered in the channel itself."""
    company: str | None = None
    people: int | None = None
    note: str | None = None
    language: str | None = None
    source: str | None = None
    medium: str | None = None
    campaign: str | None = None
    owner: str | None = None
    asked: tuple[Asked, ...] = ()
    partial: bool = False
    """True while the form is open."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of a lead."""

    at: datetime
    who: str
    """Staff id, or `person`."""
    what: str
    """`created`, `updated`, `status:contacted`, `owner:7`, `note`, `reply`, `undelivered`, `answer`, `withdrawn`."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead as it is kept."""

    id: int
    draft: LeadDraft
    status: LeadStatus
    owner: str | None
    created: datetime
    updated: datetime
    keep_until: datetime
    flagged: str | None = None
    """Why a person should look: the same contact from another account, a contact that could not be checked."""
    history: tuple[HistoryEntry, ...] = ()
