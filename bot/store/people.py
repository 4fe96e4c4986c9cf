"""A person's rights: to see all that is held, and to have it deleted."""

from datetime import datetime
from typing import Any

from sqlalchemy import Table, select

from bot.store.codec import encode
from bot.store.database import Connection
from bot.store.leads import changes
from bot.store.schema import buttons, conversations, lead_history, leads, outbox, questions, receipts


async def everything(connection: Connection, channel: str, user: str) -> dict[str, Any]:
    """All rows that are about the person, by table."""
    talks = select(conversations.c.id).where(conversations.c.channel == channel, conversations.c.user == user)
    enquiries = select(leads.c.id).where(leads.c.channel == channel, leads.c.user == user)

    async def rows(table: Table, condition: Any) -> list[Any]:
        return [encode(dict(row)) for row in (await connection.execute(select(table).where(condition))).mappings()]

    return {
        "conversations": await rows(conversations, conversations.c.id.in_(talks)),
        "leads": await rows(leads, leads.c.id.in_(enquiries)),
        "lead_history": await rows(lead_history, lead_history.c.lead.in_(enquiries)),
        "questions": await rows(questions, questions.c.conversation.in_(talks)),
    }


async def forget(connection: Connection, channel: str, user: str, now: datetime) -> dict[str, int]:
    """Delete all of it, and have a CRM do so; a receipt keeps the counts and nothing about the person."""
    own = (conversations.c.channel == channel, conversations.c.user == user)
    talks = select(conversations.c.id).where(*own).scalar_subquery()
    theirs = (leads.c.channel == channel, leads.c.user == user)
    known = select(leads.c.id).where(*theirs, leads.c.handed_over)
    for lead in (await connection.execute(known)).scalars().all():
        await changes.announce_deletion(connection, lead, now)
    statements = {
        "questions": questions.delete().where(questions.c.conversation.in_(talks)),
        "conversations": conversations.delete().where(*own),
        "leads": leads.delete().where(*theirs),
        "outbox": outbox.delete().where(outbox.c.target == user),
        "buttons": buttons.delete().where(buttons.c.channel == channel, buttons.c.chat == user),
    }
    counts = {name: (await connection.execute(statement)).rowcount for name, statement in statements.items()}
    await connection.execute(receipts.insert().values(at=now, what="deleted", counts=counts))
    return counts
