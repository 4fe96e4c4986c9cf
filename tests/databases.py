"""Empty databases to test on: SQLite always, PostgreSQL where TEST_POSTGRES_URL names a server.

On the server a database of its own is made for each run, so that runs side by side do not meet. A server that is named
and does not answer is a failure, not a skip.
"""

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.models.content import Keep
from bot.models.lead import Consent, LeadDraft
from bot.store.database import Database, migrate

SERVER = os.environ.get("TEST_POSTGRES_URL", "")
ENGINES = [
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.skipif(not SERVER, reason="TEST_POSTGRES_URL is not set")),
]
TABLES = (
    "conversations", "leads", "lead_history", "outbox", "questions", "updates", "buttons", "staff", "invitations",
    "receipts",
)  # fmt: skip

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEEP = Keep(*(timedelta(days=days) for days in (730, 7, 90, 30, 30)))


def draft(user: str = "42", **more: Any) -> LeadDraft:
    """What the form hands over for a person who agreed."""
    consent = Consent("to answer your enquiry", "May we keep your details?", "2026-03", NOW)
    values: dict[str, Any] = {"wishes": ("enrol",), "courses": ("PSPO",), "name": "Ann Lee", "email": "ann@example.org"}
    return LeadDraft("telegram", user, consent, **(values | more))


def on_server(*statements: str, database: str = "") -> None:
    """Run statements on PostgreSQL, each by itself."""
    import asyncpg

    async def run() -> None:
        connection = await asyncpg.connect(named(database) if database else SERVER, timeout=10)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    with ThreadPoolExecutor(1) as beside:  # the test itself may run in a loop
        beside.submit(lambda: asyncio.run(run())).result()


def named(database: str) -> str:
    """The server's address with another database."""
    return f"{SERVER.rpartition('/')[0]}/{database}"


class NewDatabase:
    """A PostgreSQL database that lives as long as the `with` block."""

    def __enter__(self) -> str:
        self.name = f"test_{uuid.uuid4().hex}"
        on_server(f"CREATE DATABASE {self.name}")
        return named(self.name)

    def __exit__(self, *_: object) -> None:
        on_server(f"DROP DATABASE {self.name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """One database with the schema, emptied before each test."""
    with NewDatabase() as address:
        asyncio.run(migrate(address))
        yield address


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file with the schema, copied for each test."""
    file = tmp_path_factory.mktemp("template") / "advisor.sqlite3"
    asyncio.run(migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(params=ENGINES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database with the schema."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "advisor.sqlite3")
        return f"sqlite:///{file}"
    server: str = request.getfixturevalue("postgres")
    on_server(f"TRUNCATE {', '.join(TABLES)} RESTART IDENTITY CASCADE", database=server.rpartition("/")[2])
    return server


@pytest.fixture(params=ENGINES)
def bare_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'advisor.sqlite3'}"
    else:
        with NewDatabase() as address:
            yield address


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    opened = Database(address)
    yield opened
    await opened.close()
