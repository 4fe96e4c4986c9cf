"""The question log: what was asked, masked, and how it ended."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bot.models.conversation import LogEntry
from bot.store.database import Connection
from bot.store.dialects import elements
from bot.store.schema import questions as table

TOP = 10
"""Intents that the figures name, most asked first."""


async def log(connection: Connection, conversation: str, entry: LogEntry, now: datetime) -> None:
    await connection.execute(
        table.insert().values(
            conversation=conversation,
            at=now,
            text=entry.text,
            intents=list(entry.intents),
            courses=list(entry.courses),
            outcome=entry.outcome,
            confidence=round(100 * entry.confidence),
        )
    )


async def unanswered(connection: Connection, since: datetime, limit: int) -> list[tuple[str, int]]:
    """What could not be answered and how often it was asked, most often first."""
    times = func.count().label("times")
    query = (
        select(table.c.text, times)
        .where(table.c.at >= since, table.c.outcome.in_(("not_stated", "fallback")))
        .group_by(table.c.text)
        .order_by(times.desc(), func.max(table.c.id).desc())
        .limit(limit)
    )
    return [(text, number) for text, number in await connection.execute(query)]


async def stats(connection: Connection, since: datetime, until: datetime) -> dict[str, dict[str, int]]:
    """Questions of that time: `outcomes` and the `intents` asked most, each with its number."""
    asked = (table.c.at >= since, table.c.at < until)

    async def numbers(what: ColumnElement[Any], limit: int | None = None) -> dict[str, int]:
        times = func.count().label("times")
        query = select(what.label("name"), times).select_from(table).where(*asked).group_by(what)
        found = await connection.execute(query.order_by(times.desc(), what).limit(limit))
        return {row.name: row.times for row in found}

    return {
        "outcomes": await numbers(table.c.outcome),
        "intents": await numbers(elements(connection, table.c.intents), TOP),
    }
