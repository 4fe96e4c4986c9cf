"""Removes what is past its keeping time (`knowledge/provider.yaml`)."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, cast, exists, or_, select

from bot.models.content import Provider
from bot.store import codec
from bot.store.database import Connection
from bot.store.schema import buttons, conversations, invitations, leads, outbox, questions, updates

EMPTY: dict[str, Any] = {}


async def purge(connection: Connection, provider: Provider, now: datetime) -> dict[str, int]:
    """How many rows went, by table. Withdrawn leads, and forms left half-way, have their own `keep_until`."""
    keep = provider.keep
    asked = exists().where(questions.c.conversation == conversations.c.id)
    over = conversations.c.updated < now - keep.conversations
    stale = now - keep.conversations
    statements = {
        "leads": leads.delete().where(leads.c.keep_until <= now),
        "questions": questions.delete().where(questions.c.at < now - keep.questions),
        "conversations": conversations.delete().where(over, ~asked),
        "outbox": outbox.delete().where(outbox.c.created < stale, or_(outbox.c.sent_at.is_not(None), outbox.c.dead)),
        "updates": updates.delete().where(updates.c.at < stale),
        "buttons": buttons.delete().where(buttons.c.at < stale),
        "invitations": invitations.delete().where(invitations.c.expires <= now),
    }
    counts = {name: (await connection.execute(statement)).rowcount for name, statement in statements.items()}
    # What was talked about goes; the row stays as long as questions lead to the person through it: for /deleteme.
    spoken = cast(conversations.c.state, Text) != "{}"
    await connection.execute(conversations.update().where(over, spoken).values(state=EMPTY))
    counts["forms"] = await _forms(connection, provider, now)
    return counts


async def _forms(connection: Connection, provider: Provider, now: datetime) -> int:
    """Details in forms that nobody goes on with: at once where consent was not given, else with the partial lead."""
    silent = conversations.c.updated < now - timedelta(minutes=provider.context_minutes)
    opened = conversations.c.state["form"].as_string().is_not(None)
    query = select(conversations.c.id, conversations.c.state, conversations.c.updated).where(silent, opened)
    removed = 0
    for row in (await connection.execute(query.with_for_update())).all():
        if row.state["form"].get("consent") and codec.moment(row.updated) >= now - provider.keep.partial:
            continue
        left = {**row.state, "form": None}
        await connection.execute(conversations.update().where(conversations.c.id == row.id).values(state=left))
        removed += 1
    return removed
