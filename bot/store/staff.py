"""Who works here. A role belongs to a numeric id: a user name can change hands."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import select

from bot.models.reply import INVITATION_PREFIX, Role
from bot.store import leads
from bot.store.codec import moment
from bot.store.database import Connection
from bot.store.dialects import insert
from bot.store.schema import invitations, outbox
from bot.store.schema import staff as table


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the sales team."""

    user: str
    name: str
    role: Role
    since: datetime


async def role_of(connection: Connection, user: str) -> Role | None:
    """`staff`, `admin`, or None for everybody else."""
    return cast(Role | None, (await connection.execute(select(table.c.role).where(table.c.user == user))).scalar())


async def members(connection: Connection) -> list[Member]:
    rows = await connection.execute(select(table).order_by(table.c.since))
    return [Member(row.user, row.name, row.role, moment(row.since)) for row in rows]


async def invite(connection: Connection, name: str, role: Role, now: datetime, valid: timedelta) -> str:
    """The start key of a link that works once, until it expires."""
    token = INVITATION_PREFIX + secrets.token_urlsafe(24)
    await connection.execute(invitations.delete().where(invitations.c.expires <= now))
    await connection.execute(invitations.insert().values(token=token, name=name, role=role, expires=now + valid))
    return token


async def accept(connection: Connection, token: str, user: str, now: datetime) -> Member | None:
    """Take an invitation; None where it was used, has expired, or never was."""
    taken = await connection.execute(
        invitations.delete().where(invitations.c.token == token, invitations.c.expires > now).returning(invitations)
    )
    row = taken.first()
    if row is None:
        return None
    statement = insert(connection, table).values(user=user, name=row.name, role=row.role, since=now)
    changed = {"name": statement.excluded.name, "role": statement.excluded.role}
    await connection.execute(statement.on_conflict_do_update(index_elements=["user"], set_=changed))
    return Member(user, row.name, row.role, now)


async def remove(connection: Connection, user: str, now: datetime) -> bool:
    """Whether there was such a member. What they had in work can be taken by others, and what was still on its way to
    them about leads does not go."""
    await leads.release(connection, user, now)
    theirs = (outbox.c.target == user, outbox.c.lead.is_not(None), outbox.c.sent_at.is_(None))
    await connection.execute(outbox.delete().where(*theirs))
    return (await connection.execute(table.delete().where(table.c.user == user))).rowcount == 1
