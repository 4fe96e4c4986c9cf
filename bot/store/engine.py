"""The two engines, set up alike: durable, with foreign keys, and waiting for each other only so long."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StoreError

READ_ONLY = "read_only"
"""Option of a connection: on SQLite its transactions hold up no writer."""


def normalised(address: str) -> URL:
    """`sqlite:///path`, `postgres://` and `postgresql://` with their asynchronous drivers."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise StoreError("DATABASE_URL is no database address. Use sqlite:///path or postgresql://host/name.") from None
    if url.drivername in ("postgres", "postgresql", "postgresql+asyncpg"):
        return url.set(drivername="postgresql+asyncpg")
    if url.drivername in ("sqlite", "sqlite+aiosqlite"):
        return url.set(drivername="sqlite+aiosqlite")
    raise StoreError(f"DATABASE_URL names {url.drivername}, but only sqlite and postgresql can be used.")


def sqlite_file(url: URL) -> Path | None:
    """The file that holds the database; None on PostgreSQL and in memory."""
    if url.drivername.startswith("sqlite") and url.database and url.database != ":memory:":
        return Path(url.database)
    return None


def engine(url: URL, wait_seconds: float) -> AsyncEngine:
    """`wait_seconds`: for another writer on SQLite, for the server on PostgreSQL."""
    if url.drivername.startswith("postgresql"):
        try:
            return create_async_engine(
                url, pool_pre_ping=True, json_serializer=_json, connect_args={"timeout": wait_seconds}
            )
        except ModuleNotFoundError:
            raise StoreError("PostgreSQL needs the extra: pip install 'course-advisor[postgres]'.") from None
    made = create_async_engine(url, json_serializer=_json, connect_args={"timeout": wait_seconds})

    @event.listens_for(made.sync_engine, "connect")
    def _configure(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made.sync_engine, "begin")
    def _begin(connection: SyncConnection) -> None:
        reading = connection.get_execution_options().get(READ_ONLY)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return made


def _json(value: Any) -> str:
    return storable(json.dumps(value, ensure_ascii=False))


def storable(text: str) -> str:
    """The text without what UTF-8 or PostgreSQL cannot hold, and a message may."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")
