"""What staff are told without asking: written into the outbox in the transaction that is the news."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.conversation.advisor import Advisor
from bot.conversation.render import CourseName
from bot.models.lead import Lead
from bot.store import buttons, outbox, staff
from bot.store.database import Connection

CHANNEL = "telegram"
"""Where staff are."""


@dataclass(frozen=True, slots=True)
class News:
    """Tells who works on a lead: its owner, else everybody."""

    advisor: Advisor
    connection: Connection
    admins: tuple[str, ...]
    now: datetime

    async def lead(self, lead: Lead, became: bool) -> None:
        """A new lead; of one that has grown only its owner hears. To a group goes nothing about the person."""
        owner, everybody = await self._who(lead)
        chat = self.advisor.knowledge.provider.staff_chat
        if owner and became:
            await self._tell(owner, lead, self._say("staff.news.lead", lead), ("show",), f"lead:{lead.id}:{owner}")
        elif owner:
            key = f"lead:{lead.id}:{len(lead.history)}:{owner}"
            await self._tell(owner, lead, self._say("staff.news.more", lead), ("show",), key)
        elif became and chat:
            link = {"label": self.advisor.shared("staff.button.show"), "key": f"lead_{lead.id}"}
            row = {"text": self._say("staff.news.group", lead), "start": link}
            await self._put(chat, row, f"lead:{lead.id}:{chat}", lead)
        elif became:
            for user in everybody:
                text = self._say("staff.news.lead", lead)
                await self._tell(user, lead, text, ("take", "show"), f"lead:{lead.id}:{user}")

    async def answer(self, lead: Lead, text: str) -> None:
        """What the person wrote back."""
        owner, everybody = await self._who(lead)
        told = self._say("staff.news.answer", lead, text=text)
        for user in [owner] if owner else everybody:
            await self._tell(user, lead, told, ("reply", "show"), f"answer:{lead.id}:{len(lead.history)}:{user}")

    async def _who(self, lead: Lead) -> tuple[str | None, list[str]]:
        """The lead's owner, where they work here, and all who do."""
        members = await staff.members(self.connection)
        everybody = list(dict.fromkeys((*self.admins, *(member.user for member in members))))
        return lead.owner if lead.owner in everybody else None, everybody

    async def _tell(self, user: str, lead: Lead, text: str, choices: tuple[str, ...], key: str) -> None:
        """`choices` are what the buttons below do with the lead; the first one says what a reply to the text does."""
        payloads = [f"lead|{lead.id}|{what}" for what in choices]
        ids = await buttons.put(self.connection, CHANNEL, user, payloads, self.now)
        labels = [self.advisor.shared(f"staff.button.{what}") for what in choices]
        await self._put(user, {"text": text, "buttons": list(zip(labels, ids, strict=True))}, key, lead)

    async def _put(self, target: str, row: dict[str, Any], key: str, lead: Lead) -> None:
        await outbox.put(self.connection, CHANNEL, target, row, self.now, key, lead=lead.id)

    def _say(self, key: str, lead: Lead, **more: Any) -> str:
        return self.advisor.shared(key, **in_words(self.advisor, lead), **more)


def in_words(advisor: Advisor, lead: Lead) -> dict[str, Any]:
    """What the templates about a lead may name."""
    courses, replies = advisor.knowledge.courses, advisor.knowledge.replies
    return {
        "lead": lead,
        "draft": lead.draft,
        "courses": [CourseName(courses[key]).name if key in courses else key for key in lead.draft.courses],
        "wishes": [
            advisor.shared(key) if (key := f"staff.wish.{wish}") in replies else wish for wish in lead.draft.wishes
        ],
    }
