"""What a button in a chat carries; the chat itself only holds its number."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select

from bot.store.database import Connection
from bot.store.schema import buttons as table


async def put(connection: Connection, channel: str, chat: str, payloads: Sequence[str], now: datetime) -> list[str]:
    """The number of each payload, in order."""
    rows = [{"channel": channel, "chat": chat, "payload": payload, "at": now} for payload in payloads]
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return [str(id) for id in (await connection.execute(statement, rows)).scalars()]


async def get(connection: Connection, channel: str, chat: str, number: str) -> str | None:
    """The payload; None where the button is not this chat's or is no longer kept."""
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    query = select(table.c.payload).where(table.c.id == int(number), table.c.channel == channel, table.c.chat == chat)
    return (await connection.execute(query)).scalar()
