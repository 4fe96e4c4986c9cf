"""Once a day: what is past its keeping time goes."""

import asyncio
import logging
from datetime import UTC, datetime

from bot.errors import StoreError
from bot.jobs.door import App, log, rest
from bot.store.purging import purge

DAY_SECONDS = 24 * 3600.0

AGAIN_SECONDS = 600.0
"""After a failure."""


async def run(app: App, stop: asyncio.Event) -> None:
    """At start and every day after it, until `stop` is set."""
    while not stop.is_set():
        await rest(stop, DAY_SECONDS if await clean(app) else AGAIN_SECONDS)


async def clean(app: App) -> bool:
    """Whether the database let us."""
    try:
        async with app.database.begin() as connection:
            removed = await purge(connection, app.knowledge.provider, datetime.now(UTC))
    except StoreError:
        log(logging.WARNING, "The purge failed and is tried again")
        return False
    log(logging.INFO, "Purged what is past its keeping time", **removed)
    return True
