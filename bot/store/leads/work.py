"""What staff do with a lead. Each raises UnknownLeadError where there is no such lead."""

from datetime import datetime

from sqlalchemy import exists, select

from bot.errors import UnknownLeadError
from bot.models.lead import LeadStatus
from bot.store.database import Connection
from bot.store.leads.changes import record
from bot.store.schema import leads as table

CLOSED = ("won", "lost")
"""A person whose lead is closed starts a new one with the next enquiry."""


async def take(connection: Connection, id: int, user: str, now: datetime) -> str:
    """Whose lead it is after the call: of two who take it at once, exactly one gets it."""
    free = table.update().where(table.c.id == id, table.c.owner.is_(None))
    if (await connection.execute(free.values(owner=user, updated=now))).rowcount:
        await record(connection, id, user, f"owner:{user}", "", now)
        return user
    owner: str | None = (await connection.execute(select(table.c.owner).where(table.c.id == id))).scalar()
    if owner is None:
        raise UnknownLeadError(id)
    return owner


async def set_status(connection: Connection, id: int, status: LeadStatus, who: str, now: datetime) -> None:
    """A reopened lead takes further enquiries only where the person has not begun another meanwhile."""
    other = table.alias()
    another = exists().where(
        other.c.channel == table.c.channel, other.c.user == table.c.user, other.c.id != table.c.id, other.c.open
    )
    open = False if status in CLOSED else ~another & table.c.consent_withdrawn.is_(None)
    await _update(connection, id, status=status, open=open, updated=now)
    await record(connection, id, who, f"status:{status}", "", now)


async def add_note(connection: Connection, id: int, who: str, text: str, now: datetime) -> None:
    """A remark of staff, kept in the history."""
    await note_message(connection, id, who, "note", text, now)


async def note_message(connection: Connection, id: int, who: str, what: str, text: str, now: datetime) -> None:
    """A message between staff and the person: `reply` of staff, `answer` of the person."""
    await _update(connection, id, updated=now)
    await record(connection, id, who, what, text, now)


async def release(connection: Connection, user: str, now: datetime) -> None:
    """Leads in work of a member who leaves become nobody's."""
    theirs = select(table.c.id).where(table.c.owner == user, table.c.status.not_in(CLOSED))
    for id in (await connection.execute(theirs)).scalars().all():
        await _update(connection, id, owner=None, updated=now)
        await record(connection, id, user, "owner:", "", now)


async def _update(connection: Connection, id: int, **values: object) -> None:
    if not (await connection.execute(table.update().where(table.c.id == id).values(**values))).rowcount:
        raise UnknownLeadError(id)
