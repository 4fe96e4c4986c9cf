"""Each person's talk, locked while one process answers in it."""

from datetime import datetime

from sqlalchemy import func, select

from bot.models.conversation import Conversation
from bot.store import codec
from bot.store.database import Connection
from bot.store.dialects import insert
from bot.store.schema import conversations as table


async def load(connection: Connection, channel: str, user: str) -> Conversation | None:
    """The person's conversation, held until the transaction ends; None before the first message."""
    query = select(table.c.id, table.c.state).where(table.c.channel == channel, table.c.user == user).with_for_update()
    row = (await connection.execute(query)).first()
    if row is None and connection.dialect.name == "postgresql":
        # There is no row to lock yet: of two first messages at once, the second waits here and then finds one.
        await connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{channel}:{user}", 0))))
        row = (await connection.execute(query)).first()
    return codec.conversation(row.id, channel, user, row.state) if row else None


async def save(connection: Connection, conversation: Conversation, now: datetime) -> None:
    values = {
        "id": conversation.id, "channel": conversation.channel, "user": conversation.user,
        "state": codec.conversation_json(conversation), "updated": now,
    }  # fmt: skip
    statement = insert(connection, table).values(values)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["channel", "user"], set_={"state": statement.excluded.state, "updated": now}
        )
    )
