"""What answers an update, within its transaction: the staff side for members, else the advisor, with reserve in groups;
or a fixed text for what is no request."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from telegram import User

from bot.channels.telegram import groups
from bot.channels.telegram.door import CHANNEL, App
from bot.channels.telegram.inbound import Incoming
from bot.channels.telegram.staff import desk, waiting
from bot.channels.telegram.staff.call import Call
from bot.conversation.handle import fresh
from bot.models.reply import Reply, Request, Role, Text
from bot.store import buttons, conversations

if TYPE_CHECKING:
    from bot.store.database import Connection

Answered = tuple[Reply, dict[str, Any] | None]
"""The reply, and a keyboard of Telegram's own kind where it has no buttons."""

Answer = Callable[["Connection", Incoming, Role], Awaitable[Answered]]


@dataclass(frozen=True, slots=True)
class Worded:
    """A text of `replies.yaml`."""

    app: App
    key: str

    async def __call__(self, connection: "Connection", incoming: Incoming, role: Role) -> Answered:
        return Reply((Text(self.app.advisor.shared(self.key)),), "chat"), None


@dataclass(frozen=True, slots=True)
class Advised:
    """The reply to a request: to staff commands of members first, then the advisor's own."""

    app: App
    me: User

    async def __call__(self, connection: "Connection", incoming: Incoming, role: Role) -> Answered:
        request = await self._request(connection, incoming)
        if request is None:
            return await Worded(self.app, "error.stale_button")(connection, incoming, role)
        if incoming.group:
            return await self._reserved(connection, request)
        if role != "prospect":
            reply = await desk.take(_call(self.app, connection, incoming), request)
            if reply:
                return reply, None
        elif desk.ours(request.payload):
            return await Worded(self.app, "error.stale_button")(connection, incoming, role)
        return await self.app.handle(replace(request, role=role), connection), None

    async def _request(self, connection: "Connection", incoming: Incoming) -> Request | None:
        """The request with what a pressed button carries; None where the button is not of this chat, or too old."""
        request, chat = incoming.request, str(incoming.chat)
        assert request is not None
        if incoming.tap:
            payload = await buttons.get(connection, CHANNEL, chat, incoming.tap.data)
            return replace(request, payload=payload) if payload else None
        if incoming.below:
            payload = await buttons.get(connection, CHANNEL, chat, incoming.below)
            return replace(request, replies_to=payload or "")
        return request

    async def _reserved(self, connection: "Connection", request: Request) -> Answered:
        """In a group: what is personal is not begun there, nor kept; a button leads into the private chat."""
        before = await conversations.load(connection, CHANNEL, request.user)
        turn = self.app.advisor.turn(request, before or fresh(CHANNEL, request.user), datetime.now(UTC))
        if not groups.personal(turn):
            return await self.app.handle(request, connection), None
        shared = self.app.advisor.shared
        reply = Reply((Text(shared("telegram.private")),), "chat")
        return reply, groups.way_in(self.me, shared("telegram.private_button"), turn.conversation.courses)


@dataclass(frozen=True, slots=True)
class Ready:
    """A member's reply that took long and was made before the transaction; `otherwise` for who is none any more."""

    app: App
    reply: Reply
    otherwise: Answer

    async def __call__(self, connection: "Connection", incoming: Incoming, role: Role) -> Answered:
        if role == "prospect":
            return await self.otherwise(connection, incoming, role)
        await waiting.over(_call(self.app, connection, incoming))
        return self.reply, None


def _call(app: App, connection: "Connection", incoming: Incoming) -> Call:
    return Call(app, connection, incoming.user, incoming.id, datetime.now(UTC))
