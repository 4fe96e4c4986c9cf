"""What is worth doing and not worth waiting for: its failure is logged and changes nothing."""

import asyncio
import logging
from collections.abc import Awaitable

from telegram.error import TelegramError

from bot.channels.telegram import logs


class Errands:
    """Holds the tasks, so that none is collected while it runs."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def run(self, errand: Awaitable[object]) -> None:
        task = asyncio.create_task(_safely(errand))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()


async def _safely(errand: Awaitable[object]) -> None:
    try:
        await errand
    except TelegramError as error:
        logs.write(logging.INFO, "A call that does not matter failed", error=type(error).__name__)
    except Exception as error:
        logs.write(logging.ERROR, "A call that does not matter failed", **logs.fault(error))
