"""The one-time link of `course-advisor staff invite`: whoever opens it first is a member. Its key is kept nowhere."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.channels.telegram.answers import Answered
from bot.channels.telegram.commands import STAFF
from bot.channels.telegram.door import App
from bot.channels.telegram.inbound import Incoming
from bot.models.reply import INVITATION_PREFIX, Items, Reply, Role, Text
from bot.store import staff

if TYPE_CHECKING:
    from bot.store.database import Connection

_KEY = re.compile(rf"(?:/start\s+)?({INVITATION_PREFIX}[\w-]+)", re.IGNORECASE)


def key(incoming: Incoming) -> str:
    """The key of an invitation, also where it was typed instead of followed; empty for anything else."""
    text = incoming.request.text.strip() if incoming.request and not incoming.group else ""
    found = _KEY.fullmatch(text)
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Invited:
    """Makes the person a member."""

    app: App

    async def __call__(self, connection: "Connection", incoming: Incoming, role: Role) -> Answered:
        shared = self.app.advisor.shared
        if role == "admin" and incoming.user not in self.app.settings.admins:
            return Reply((Text(shared("staff.invitation.kept")),), "chat"), None
        member = await staff.accept(connection, key(incoming), incoming.user, datetime.now(UTC))
        if member is None:
            return Reply((Text(shared("staff.invitation.refused")),), "chat"), None
        lines = tuple(
            shared("staff.invitation.line", name=name, does=shared(f"telegram.command.{name}")) for name in STAFF
        )
        return Reply((Text(shared("staff.invitation.welcome", name=member.name)), Items(lines)), "chat"), None
