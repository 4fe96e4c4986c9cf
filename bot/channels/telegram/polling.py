"""Long polling driven by us: the offset moves only when everything before it is committed."""

import asyncio
import logging
from typing import Any

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram import logs
from bot.channels.telegram.delivery import pause
from bot.channels.telegram.dispatch import Dispatcher
from bot.channels.telegram.http import Line
from bot.channels.telegram.inbound import KINDS

POLL_SECONDS = 30
LAST_CALL_SECONDS = 1.0
STOP_SECONDS = 2.0
"""For what is being answered when told to stop."""

CONFLICT_PAUSE = 3.0
"""A deploy's old process is gone within seconds; asking more often would only disturb it."""


async def poll(line: Line, dispatcher: Dispatcher, stop: asyncio.Event) -> None:
    """Until stopped. Each batch is committed before the next is asked for."""
    offset: int | None = None
    failures = 0
    stopping = asyncio.ensure_future(stop.wait())
    await _drop_webhook(line)
    while not stop.is_set():
        asking = asyncio.ensure_future(line.raw_updates(offset, POLL_SECONDS, KINDS))
        await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            asking.cancel()
            break
        try:
            updates = asking.result()
        except TelegramError as error:
            failures += 1
            await _wait_out(line, error, failures, stopping)
            continue
        failures = 0
        taken = [dispatcher.submit(update) for update in updates]
        if taken and not await _all(taken, stopping):
            break
        if updates:
            offset = max(update["update_id"] for update in updates) + 1
    stopping.cancel()
    if offset is not None:
        await _confirm(line, offset)


async def _all(taken: list["asyncio.Future[None]"], stopping: "asyncio.Future[Any]") -> bool:
    """Whether all were committed; on a stop they are given a little time for it."""
    whole: asyncio.Future[Any] = asyncio.gather(*taken, return_exceptions=True)
    await asyncio.wait({whole, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not whole.done():
        await asyncio.wait({whole}, timeout=STOP_SECONDS)
    return whole.done()


async def _confirm(line: Line, offset: int) -> None:
    """Tell Telegram what is done, so that a restart need not see it again."""
    try:
        await asyncio.wait_for(line.raw_updates(offset, 0, KINDS), LAST_CALL_SECONDS)
    except (TelegramError, TimeoutError):
        logs.write(logging.INFO, "The last updates could not be confirmed and will be recognised as known")


async def _wait_out(line: Line, error: TelegramError, failures: int, stopping: "asyncio.Future[Any]") -> None:
    seconds = pause(failures)
    if isinstance(error, Conflict):
        logs.write(logging.WARNING, "Another process polls for this bot; waiting until it ends")
        seconds = CONFLICT_PAUSE
        if "webhook" in str(error).lower():
            await _drop_webhook(line)
    elif isinstance(error, InvalidToken):
        logs.write(logging.ERROR, "Telegram does not know this token any more; check TELEGRAM_TOKEN")
    else:
        logs.write(logging.WARNING, "Polling failed and is tried again", error=type(error).__name__, tries=failures)
    await asyncio.wait({stopping}, timeout=seconds)


async def _drop_webhook(line: Line) -> None:
    try:
        await line.delete_webhook()
    except TelegramError as error:
        logs.write(logging.WARNING, "The webhook could not be removed", error=type(error).__name__)
