"""What every change of a lead brings with it: a line in its history, and word to the CRM that knows it."""

import uuid
from datetime import datetime

from sqlalchemy import select

from bot.store import outbox
from bot.store.database import Connection
from bot.store.schema import lead_history, leads

CRM = "crm"
"""The outbox rows that go to CRM_WEBHOOK_URL."""


async def record(connection: Connection, id: int, who: str, what: str, text: str, now: datetime) -> None:
    """Note the change; a CRM that was given the lead hears of it."""
    await connection.execute(lead_history.insert().values(lead=id, at=now, who=who, what=what, text=text))
    if (await connection.execute(select(leads.c.handed_over).where(leads.c.id == id))).scalar():
        await announce(connection, id, "lead.updated", now)


async def announce(connection: Connection, id: int, event: str, now: datetime) -> None:
    """Put an event for the CRM. The lead is read when it is sent, so that the last word is the newest."""
    await outbox.put(connection, CRM, "", {"type": event, "lead": id}, now, _key(), lead=id)


async def announce_deletion(connection: Connection, id: int, now: datetime) -> None:
    """The one event that outlives its lead: it says no more than the number."""
    await outbox.put(connection, CRM, "", {"type": "lead.deleted", "lead": id}, now, _key())


def _key() -> str:
    return f"msg_{uuid.uuid4().hex}"
