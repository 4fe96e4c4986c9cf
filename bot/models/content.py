"""What `knowledge/` holds, as types. Read and checked by `bot.knowledge`, used by everyone above it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any, Literal, get_args

from bot.models.course import Course

Severity = Literal["unusable", "contradiction", "missing", "misplaced", "collision", "leftover", "silent"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The gravest first."""

Kind = Literal["fact", "catalogue", "commercial", "conversation", "out_of_scope"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an editor should mend."""

    file: str
    line: int | None
    course: str | None
    fact: str | None
    severity: Severity
    message: str
    fix: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message} {self.fix}"


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One row of `facts.yaml` as far as others than the reader need it."""

    name: str
    type: str
    """percent, number, duration, retake, list, text, word, link."""
    label: str
    """How a heading or a button names it ("Pass mark")."""
    unit: str | None = None
    values: tuple[str, ...] = ()
    """For words from a small set (levels, vendors): all that the catalogue or the schema knows."""
    usual: bool = True
    """A question people usually ask: its absence is reported as `silent`."""


OF_A_COURSE: tuple[Kind, ...] = ("fact", "commercial")
"""Kinds of intent that are asked about a course."""


@dataclass(frozen=True, slots=True)
class IntentSpec:
    """One file of `intents/`."""

    name: str
    kind: Kind
    label: str
    """The words of the button that asks it."""
    fact: str | None = None
    """The fact that answers it."""
    reported_as: str = ""
    """The name by which replies report it, where two files share one."""
    examples: tuple[str, ...] = ()
    """`{course}` stands for the name of a course."""
    cues: tuple[str, ...] = ()
    """Words that alone ask for it."""
    suggest: tuple[str, ...] = ()
    """Intents people ask next, best first."""
    replies: Mapping[str, str] = field(default_factory=dict)
    """Jinja2 by situation: stated, none, not_stated, conflict, and those of its action."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`vocabulary.yaml`: words that mean the same, words that mean nothing, names that are not ours."""

    data: Mapping[str, Any] = field(default_factory=dict)
    """The sections as they stand; `bot.understanding` compiles them once."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of the form."""

    name: str
    ask: str
    """The question, Jinja2."""
    required_for: tuple[str, ...] = ()
    """Wishes for which it must be given; `*` for all."""
    asked_for: tuple[str, ...] = ()
    """Wishes for which it is asked at all; `*` for all."""
    type: str = "text"
    """name, contact, number or text."""
    label: str = ""
    """How the lead's note names it, for a slot that is no field of a lead."""
    words: tuple[str, ...] = ()
    """How people name it ("change the email to")."""


@dataclass(frozen=True, slots=True)
class FormWords:
    """Words by which details are told from each other, in lower case."""

    introductions: tuple[str, ...] = ()
    """A name follows."""
    openings: tuple[str, ...] = ()
    """A name follows where it looks like one."""
    agrees: tuple[str, ...] = ()
    """A yes, before a comma or a stop and what may be details."""
    objects: tuple[str, ...] = ()
    """What makes such a yes none, where it stands behind it."""
    fillers: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    becomes: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    dot: tuple[str, ...] = ()
    before_company: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    """A word that only companies' names hold."""
    heads: tuple[str, ...] = ()
    """Who is counted ("12 people")."""
    no_names: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    """Parts of names that are written small: "Joost van Dam"."""
    adds: tuple[str, ...] = ()
    """What may stand beside codes that are added to the enquiry ("also PSK")."""
    drops: tuple[str, ...] = ()
    """A course that the enquiry is not about follows ("remove PSK")."""
    held: tuple[str, ...] = ()
    """What of a person is held: who names a course and none of these asks for no data to be deleted."""
    stop: tuple[str, ...] = ()
    """One of these closes the open form."""


@dataclass(frozen=True, slots=True)
class FormSpec:
    """`forms/lead.yaml`."""

    version: str
    """Version of the consent text."""
    purpose: str
    consent: str
    """The consent text, Jinja2 with `provider`."""
    slots: tuple[Slot, ...]
    replies: Mapping[str, str]
    """Wording by situation, Jinja2."""
    wishes: Mapping[str, str]
    """Wish by intent: `price: price`, `human: call_back`."""
    nothing: tuple[str, ...] = ()
    """How people say that they leave a slot empty."""
    here: tuple[str, ...] = ()
    """How people say that they want to be answered in the chat itself."""
    arrived: tuple[str, ...] = ()
    """How people ask whether what they sent has arrived."""
    words: FormWords = field(default_factory=FormWords)


@dataclass(frozen=True, slots=True)
class Keep:
    """How long things are kept."""

    leads: timedelta
    partial: timedelta
    questions: timedelta
    conversations: timedelta
    backups: timedelta


@dataclass(frozen=True, slots=True)
class Provider:
    """`provider.yaml`: who we are."""

    name: str
    contact: str
    privacy: str
    """Where to write about personal data."""
    time_zone: str
    region: str
    """ISO country that phone numbers without a prefix belong to, if it has such numbers."""
    site: str = ""
    """Address that page links start with; empty for none."""
    context_minutes: int = 30
    staff_chat: str = ""
    keep: Keep = field(default_factory=lambda: Keep(*(timedelta(days=d) for d in (730, 7, 90, 30, 30))))
    limits: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Campaign:
    """One entry of `campaigns.yaml`, a key of deep links."""

    key: str
    source: str = ""
    medium: str = ""
    campaign: str = ""
    course: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the bot knows, loaded and checked; swapped as a whole when content is edited."""

    courses: Mapping[str, Course]
    """By key, in path order."""
    facts: Mapping[str, FactSpec]
    """In the order of `facts.yaml`."""
    intents: Mapping[str, IntentSpec]
    vocabulary: Vocabulary
    provider: Provider
    form: FormSpec
    replies: Mapping[str, str]
    """Shared wording by name, Jinja2."""
    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    claims: Mapping[str, Any] = field(default_factory=dict)
    """`claims.yaml`: words that turn a question into a claim, and aspects a fact may be silent on."""
    thresholds: Mapping[str, float] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    """What was found in the pages while loading them."""
    kept: tuple[Problem, ...] = ()
    """Those of them for which the last good version of the page is still in force."""

    @property
    def left_out(self) -> tuple[Problem, ...]:
        """Those for which there is no page in force."""
        return tuple(one for one in self.problems if one.severity == "unusable" and one not in self.kept)
