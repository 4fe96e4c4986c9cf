"""One thing a member asks for, with all it takes to do it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.channels.telegram.door import App
from bot.conversation.news import in_words
from bot.models.lead import Lead
from bot.models.reply import Block, Button, Buttons, Reply, Text
from bot.store import leads, staff

if TYPE_CHECKING:
    from bot.store.database import Connection


@dataclass(frozen=True, slots=True)
class Call:
    """Within the transaction of its update."""

    app: App
    connection: "Connection"
    user: str
    update: int
    now: datetime

    def say(self, key: str, **values: Any) -> str:
        return self.app.advisor.shared(f"staff.{key}", **values)

    def reply(self, key: str, *more: Block, **values: Any) -> Reply:
        """A wording, and what stands below it."""
        return Reply((Text(self.say(key, **values)), *more), "chat")

    def about(self, lead: Lead) -> dict[str, Any]:
        """What a wording may name of the lead."""
        words = in_words(self.app.advisor, lead)
        return {**words, "status": self.say(f"status.{lead.status}"), "made": self.when(lead.created)}

    def buttons(self, choices: dict[str, str]) -> Buttons:
        """Payloads by the last word of their labels' keys."""
        return Buttons(tuple(Button(self.say(f"button.{name}"), payload) for name, payload in choices.items()))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.app.knowledge.provider.time_zone)

    def when(self, moment: datetime) -> str:
        """A moment as people read it."""
        return self.say("when", at=self.local(moment))

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    async def lead(self, number: str) -> Lead | None:
        """The lead of that number, as people type it."""
        digits = number.strip().lstrip("#")
        known = digits.isascii() and digits.isdecimal() and len(digits) < 19
        return await leads.get(self.connection, int(digits)) if known else None

    async def names(self) -> "Names":
        known = {member.user: member.name for member in await staff.members(self.connection)}
        return Names(known, self)


@dataclass(frozen=True, slots=True)
class Names:
    """What colleagues are called."""

    known: dict[str, str]
    call: Call

    def of(self, user: str) -> str:
        """Also of who has left, or is an administrator by setting alone."""
        return self.known.get(user) or self.call.say("nameless", user=user)
