"""The bot itself, running against the double: real knowledge, real SQLite, real HTTP."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.app import App, advisor_for
from bot.channels.telegram.run import run
from bot.conversation.advisor import Advisor
from bot.settings import Secret, Settings
from bot.store.database import Database, migrate
from tests.telegram_double import TelegramDouble

UNHURRIED = {"burst": 1000, "per_minute": 1000}
"""Limits that no test meets by accident."""


def settings_for(telegram: TelegramDouble, folder: Path, **more: Any) -> Settings:
    return Settings(
        telegram_token=Secret(telegram.token),
        telegram_api_root=telegram.root,
        database_url=Secret(f"sqlite:///{folder / 'bot.sqlite3'}"),
        **more,
    )


def with_limits(advisor: Advisor, **limits: Any) -> Advisor:
    provider = replace(advisor.knowledge.provider, limits=limits)
    return advisor_for(replace(advisor.knowledge, provider=provider))


@asynccontextmanager
async def opened(settings: Settings, advisor: Advisor) -> AsyncIterator[App]:
    url = settings.database_url.value
    await migrate(url)
    database = Database(url)
    try:
        yield App(settings, advisor, database)
    finally:
        await database.close()


@asynccontextmanager
async def running(app: App) -> AsyncIterator[None]:
    """The bot from start to stop; its own error, if any, ends the test."""
    stop = asyncio.Event()
    task = asyncio.create_task(run(app, app.settings, stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 12)


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
