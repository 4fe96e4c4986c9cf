"""One database behind one door: SQLite by default, PostgreSQL where one machine is not enough."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection as SyncConnection
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection as Connection

from bot.errors import StoreError
from bot.store.engine import READ_ONLY, engine, normalised, sqlite_file

__all__ = ["Connection", "Database", "migrate"]

WAIT_SECONDS = 10.0
"""How long a transaction waits for another writer on SQLite, for the server on PostgreSQL."""

MIGRATION_LOCK = 7233
"""Advisory lock on PostgreSQL: of several processes that start at once, one migrates and the others wait."""


class Database:
    """Transactions on one engine; close it when done."""

    def __init__(self, address: str, wait_seconds: float = WAIT_SECONDS) -> None:
        self._engine = engine(normalised(address), wait_seconds)
        self._turn = asyncio.Lock() if self.dialect == "sqlite" else nullcontext()
        """SQLite has one writer: those of this process line up here, since its own waiting sleeps between looks."""
        self.failed: datetime | None = None
        """Since when something has failed that staff were not yet told of."""

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Connection]:
        """A transaction that writes: all of it is kept, or nothing. Raises StoreError."""
        async with self._turn, self._transaction(reading=False) as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """A transaction that only reads, and holds up nobody who writes. Raises StoreError."""
        async with self._transaction(reading=True) as connection:
            yield connection

    @asynccontextmanager
    async def _transaction(self, reading: bool) -> AsyncIterator[Connection]:
        try:
            async with self._engine.connect() as connection:
                await connection.execution_options(**{READ_ONLY: reading})
                async with connection.begin():
                    yield connection
        except (SQLAlchemyError, OSError) as error:
            self.failed = self.failed or datetime.now(UTC)
            raise _plain(error) from error

    async def close(self) -> None:
        await self._engine.dispose()


def _plain(error: Exception) -> StoreError:
    """What went wrong, without statement and parameters: they may hold personal data."""
    origin = getattr(error, "orig", None) or error
    return StoreError(f"The database could not be used ({type(origin).__name__}). Nothing was written; try again.")


async def migrate(address: str, revision: str = "head") -> None:
    """Bring the schema to a revision, one process at a time. Raises StoreError."""
    url = normalised(address)
    file = sqlite_file(url)
    if file:
        _make_new(file)
    migrated = engine(url, WAIT_SECONDS)
    try:
        async with migrated.begin() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
            await connection.run_sync(_run, revision)
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(
            f"The database at {url.render_as_string(hide_password=True)} cannot be opened or written"
            f" ({type(getattr(error, 'orig', None) or error).__name__}). Check DATABASE_URL and its rights."
        ) from error
    finally:
        await migrated.dispose()


def _make_new(file: Path) -> None:
    """A database file appears whole: its owner's alone, and in WAL mode already, since of several processes that start
    at once none may find it while another switches it."""
    if not file.absolute().parent.is_dir():
        raise StoreError(
            f"{file.absolute().parent}: there is no such folder for the database. Create it or change DATABASE_URL."
        )
    if file.exists():
        return
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        part.touch(mode=0o600)
        with closing(sqlite3.connect(part)) as opened:
            opened.execute("PRAGMA journal_mode=WAL")
        with suppress(FileExistsError):
            os.link(part, file)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{file}: the database cannot be written ({error}). Check DATABASE_URL.") from None
    finally:
        part.unlink(missing_ok=True)


def _run(connection: SyncConnection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    (command.downgrade if revision == "base" else command.upgrade)(config, revision)
