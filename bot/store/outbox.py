"""What is to leave the house, written in the transaction that causes it and marked once it has arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, or_, select

from bot.store.codec import moment
from bot.store.database import Connection
from bot.store.dialects import insert
from bot.store.schema import outbox as table


@dataclass(frozen=True, slots=True)
class Row:
    """One message on its way. `key` names it to the receiver, who may see it more than once."""

    id: int
    kind: str
    target: str
    key: str
    payload: dict[str, Any]
    lead: int | None
    """The lead it concerns."""
    created: datetime
    next_at: datetime
    attempts: int
    dead: bool
    """Given up: sent only when somebody asks for it."""
    error: str | None


async def put(
    connection: Connection,
    kind: str,
    target: str,
    payload: dict[str, Any],
    now: datetime,
    key: str,
    lead: int | None = None,
) -> int:
    """The row's id; a key that is known already keeps its row. What concerns a lead goes when the lead goes."""
    values = {
        "kind": kind, "target": target, "key": key, "payload": payload, "created": now, "attempts": 0,
        "next_at": now, "dead": False, "lead": lead,
    }  # fmt: skip
    statement = insert(connection, table).values(values)
    kept = statement.on_conflict_do_update(index_elements=["key"], set_={"key": statement.excluded.key})
    return cast(int, (await connection.execute(kept.returning(table.c.id))).scalar_one())


async def due(connection: Connection, now: datetime, limit: int, kinds: Sequence[str]) -> list[Row]:
    """What may be sent now, oldest first."""
    return await _rows(connection, _oldest(limit).where(*_sendable(now, kinds)))


async def claim(connection: Connection, now: datetime, until: datetime, limit: int, kinds: Sequence[str]) -> list[Row]:
    """What may be sent now, for this process alone until that moment: should it die, another takes over then."""
    query = _oldest(limit).where(*_sendable(now, kinds)).with_for_update(skip_locked=True)
    rows = await _rows(connection, query)
    if rows:
        taken = table.c.id.in_([row.id for row in rows])
        await connection.execute(table.update().where(taken).values(next_at=until))
    return rows


async def stuck(connection: Connection, limit: int = 100) -> list[Row]:
    """What has failed so far, dead letters included, oldest first."""
    return await _rows(
        connection, _oldest(limit).where(table.c.sent_at.is_(None), or_(table.c.dead, table.c.attempts > 0))
    )


def _oldest(limit: int) -> Select[Any]:
    return select(table).order_by(table.c.id).limit(limit)


def _sendable(now: datetime, kinds: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    return table.c.sent_at.is_(None), ~table.c.dead, table.c.next_at <= now, table.c.kind.in_(kinds)


async def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [
        Row(
            row.id, row.kind, row.target, row.key, row.payload, row.lead, moment(row.created), moment(row.next_at),
            row.attempts, row.dead, row.error,
        )
        for row in await connection.execute(query)
    ]  # fmt: skip


async def retry(connection: Connection, id: int, now: datetime) -> bool:
    """Try a row again at once, also a dead one; False where there is nothing to send."""
    again = table.update().where(table.c.id == id, table.c.sent_at.is_(None))
    return (await connection.execute(again.values(dead=False, attempts=0, next_at=now))).rowcount == 1


async def done(connection: Connection, id: int, now: datetime) -> None:
    """It has arrived; what it said, and to whom, is not needed any more and may be personal."""
    arrived = {"sent_at": now, "attempts": table.c.attempts + 1, "error": None, "payload": {}, "target": ""}
    await connection.execute(table.update().where(table.c.id == id).values(**arrived))


async def failed(connection: Connection, id: int, error: str, again: datetime | None) -> None:
    """It has not arrived: tried again at `again`, or never where that is None."""
    values: dict[str, Any] = {"attempts": table.c.attempts + 1, "error": error, "dead": again is None}
    if again is not None:
        values["next_at"] = again
    await connection.execute(table.update().where(table.c.id == id).values(values))
