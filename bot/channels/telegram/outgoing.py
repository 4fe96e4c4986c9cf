"""Puts the messages of a reply into the outbox, within the transaction that made the reply."""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.channels.telegram import calls, outbound
from bot.channels.telegram.door import CHANNEL
from bot.channels.telegram.inbound import Incoming
from bot.errors import UnknownLeadError
from bot.models.reply import Reply
from bot.store import buttons, leads, outbox

if TYPE_CHECKING:
    from bot.store.database import Connection

KIND = "telegram"
"""The outbox rows that are ours."""


async def put(
    connection: "Connection",
    incoming: Incoming,
    reply: Reply,
    now: datetime,
    keyboard: dict[str, Any] | None = None,
    contact_hint: str = "",
) -> list[calls.Row]:
    """The rows to send, in order. `keyboard` is Telegram's own, for a reply without buttons."""
    chat = str(incoming.chat)
    payloads = [choice.payload for choice in outbound.buttons(reply)]
    ids = await buttons.put(connection, CHANNEL, chat, payloads, now) if payloads else []
    gave_contact = incoming.request is not None and incoming.request.contact is not None
    messages = outbound.messages(
        reply, dict(zip(payloads, ids, strict=True)), contact_hint, closing=gave_contact or reply.outcome == "lead"
    )
    rows = []
    for number, message in enumerate(messages):
        payload = calls.payload(message, incoming.message if incoming.group else 0)
        if keyboard and number == len(messages) - 1:
            payload["markup"] = keyboard
        row = await outbox.put(connection, KIND, chat, payload, now, f"{KIND}:{incoming.id}:{number}")
        rows.append(calls.Row(row, incoming.chat, payload))
    return rows


async def tell_sender(connection: "Connection", row: calls.Row, now: datetime) -> None:
    """Of a letter that can never arrive hears who wrote it, and the lead's history says so."""
    told = row.payload.get("undelivered")
    if not told:
        return
    with suppress(UnknownLeadError):
        await leads.note_message(connection, told["lead"], told["to"], "undelivered", "", now)
        key = f"{KIND}:undelivered:{row.id}"
        await outbox.put(connection, KIND, told["to"], {"text": told["text"]}, now, key, lead=told["lead"])
