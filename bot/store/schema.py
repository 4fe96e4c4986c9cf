"""The tables: one schema for SQLite and PostgreSQL.

`sqlite_autoincrement` where people, chats or receivers remember a number: it is never given a second time.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    true,
)
from sqlalchemy.engine import Dialect

from bot.store.engine import storable

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Words(TypeDecorator[str]):
    """Text that may come from outside."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


Id = BigInteger().with_variant(Integer, "sqlite")
Moment = DateTime(timezone=True)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("user", String(64), nullable=False),
    Column("state", JSON, nullable=False),
    Column("updated", Moment, nullable=False, index=True),
    UniqueConstraint("channel", "user"),
)

leads = Table(
    "leads",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("user", String(64), nullable=False),
    Column("open", Boolean, nullable=False),
    Column("status", String(16), nullable=False, index=True),
    Column("name", Words),
    Column("email", Words, index=True),
    Column("phone", String(32), index=True),
    Column("here", Boolean, nullable=False),
    Column("company", Words),
    Column("people", Integer),
    Column("courses", JSON, nullable=False),
    Column("wishes", JSON, nullable=False),
    Column("note", Words),
    Column("language", Words),
    Column("source", Words),
    Column("medium", Words),
    Column("campaign", Words),
    Column("asked", JSON, nullable=False),
    Column("consent_purpose", Words, nullable=False),
    Column("consent_text", Words, nullable=False),
    Column("consent_version", Words, nullable=False),
    Column("consent_given", Moment, nullable=False),
    Column("consent_withdrawn", Moment),
    Column("owner", Words, index=True),
    Column("flagged", Words),
    Column("handed_over", Boolean, nullable=False),
    Column("created", Moment, nullable=False, index=True),
    Column("updated", Moment, nullable=False),
    Column("keep_until", Moment, nullable=False, index=True),
    Index("ix_leads_channel_user", "channel", "user"),
    sqlite_autoincrement=True,
)
Index(
    "uq_leads_open_person", leads.c.channel, leads.c.user, unique=True,
    sqlite_where=leads.c.open == true(), postgresql_where=leads.c.open == true(),
)  # fmt: skip

lead_history = Table(
    "lead_history",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("lead", Id, ForeignKey("leads.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("who", String(64), nullable=False),
    Column("what", Words, nullable=False),
    Column("text", Words, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("target", String(64), nullable=False),
    Column("key", String(96), nullable=False, unique=True),
    Column("lead", Id, ForeignKey("leads.id", ondelete="CASCADE"), index=True),
    Column("payload", JSON, nullable=False),
    Column("created", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("dead", Boolean, nullable=False),
    Column("error", Words),
    Index("ix_outbox_due", "sent_at", "dead", "next_at"),
    sqlite_autoincrement=True,
)

questions = Table(
    "questions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("conversation", String(32), nullable=False, index=True),
    Column("at", Moment, nullable=False, index=True),
    Column("text", Words, nullable=False),
    Column("intents", JSON, nullable=False),
    Column("courses", JSON, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("confidence", Integer, nullable=False),
)

updates = Table(
    "updates",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("update", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
)

buttons = Table(
    "buttons",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("chat", String(64), nullable=False, index=True),
    Column("payload", Words, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    sqlite_autoincrement=True,
)

staff = Table(
    "staff",
    metadata,
    Column("user", String(64), primary_key=True),
    Column("name", Words, nullable=False),
    Column("role", String(16), nullable=False),
    Column("since", Moment, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("name", Words, nullable=False),
    Column("role", String(16), nullable=False),
    Column("expires", Moment, nullable=False),
)

receipts = Table(
    "receipts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("what", String(32), nullable=False),
    Column("counts", JSON, nullable=False),
)
