"""Leads and messages a second on each database engine, every one committed."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

from bot.app import App, load_advisor
from bot.models.reply import Request
from bot.settings import Secret, Settings
from bot.store import leads
from bot.store.database import Database, migrate
from tests.benchmarks.figures import Figure, skipped
from tests.benchmarks.places import KNOWLEDGE
from tests.databases import KEEP, NOW, SERVER, NewDatabase, draft

AT_ONCE = 8
"""Tasks side by side, as on Telegram."""

TIMES = 600

QUESTIONS = ("how long is PSPO", "and the pass mark?", "is it online", "what about PSM?", "thanks")


def figures() -> Iterator[Figure]:
    for engine, opened in engines():
        with opened() as address:
            lead, message = asyncio.run(_rates(address))
        yield Figure(f"{engine}: leads saved a second", lead, "/s")
        yield Figure(f"{engine}: messages answered and saved a second", message, "/s")
    if not SERVER:
        yield skipped("PostgreSQL", "TEST_POSTGRES_URL is not set")


def engines() -> Iterator[tuple[str, Callable[[], AbstractContextManager[str]]]]:
    """Each engine at hand, with what opens an empty database on it."""
    yield "SQLite", sqlite
    if SERVER:
        yield "PostgreSQL", NewDatabase


@contextmanager
def sqlite() -> Iterator[str]:
    """The address of a file that lives as long as the `with` block."""
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'bench.sqlite3'}"


def settings_on(address: str) -> Settings:
    """The demo catalogue on this database, whatever the environment says."""
    return Settings(
        database_url=Secret(address), knowledge_dir=KNOWLEDGE, courses_dir=None, crm_webhook_url=None,
    )  # fmt: skip


async def _rates(address: str) -> tuple[float, float]:
    await migrate(address)
    settings = settings_on(address)
    app = App(settings, load_advisor(settings), Database(address))
    app.advisor.warm()

    async def lead(number: int) -> None:
        async with app.database.begin() as connection:
            someone = draft(str(number), email=f"person{number}@example.org")
            await leads.save(connection, someone, KEEP, NOW)

    async def message(number: int) -> None:
        await app.answer(Request("telegram", f"talker {number % 100}", QUESTIONS[number // 100 % len(QUESTIONS)]))

    try:
        return await _rate(lead), await _rate(message)
    finally:
        await app.database.close()


async def _rate(work: Callable[[int], Awaitable[None]]) -> float:
    """How often a second the work is done, several at once."""
    numbers = count()

    async def some() -> None:
        while (number := next(numbers)) < TIMES:
            await work(number)

    started = time.perf_counter()
    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    return TIMES / (time.perf_counter() - started)
