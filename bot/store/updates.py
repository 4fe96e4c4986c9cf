"""Which updates of a channel were already taken: a redelivered one must change nothing."""

from datetime import datetime

from bot.store.database import Connection
from bot.store.dialects import insert
from bot.store.schema import updates as table


async def first_time(connection: Connection, channel: str, update: int, now: datetime) -> bool:
    """Remember the update; False when it was known."""
    statement = insert(connection, table).values(channel=channel, update=update, at=now).on_conflict_do_nothing()
    return (await connection.execute(statement)).rowcount == 1
