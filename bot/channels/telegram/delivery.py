"""Sends what stands in the outbox for Telegram: in order within a chat, chats side by side, until it has arrived."""

import asyncio
import logging
import random
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels.telegram import calls, logs, outgoing
from bot.channels.telegram.calls import Row
from bot.channels.telegram.http import Line
from bot.errors import StoreError
from bot.store import outbox

if TYPE_CHECKING:
    from bot.store.database import Database

SIDE_BY_SIDE = 32
"""Calls under way at once; Telegram itself takes about thirty messages a second from one bot."""

SWEEP_SECONDS = 1.0
"""How often the outbox is looked at for rows that others wrote: announcements, answers of staff."""

SWEPT = 8
"""Rows of a backlog sent before what was sent is marked: who is killed again and again gets on all the same."""

MARK_SECONDS = 0.02
"""Sent rows are gathered for so long and marked in one commit: a kill in between repeats a reply, never loses one."""

TRIES = 20
"""After these, some fifteen minutes, a row goes back to the outbox, so that it does not hold up the chat for good."""

LATER = timedelta(minutes=15)
"""When a row that went back to the outbox is due again."""

LONGEST_PAUSE = 60.0


class Delivery:
    """The sending side. Rows come from answers just committed and from the sweep."""

    def __init__(self, line: Line, database: "Database") -> None:
        self._line, self._database = line, database
        self._queues: dict[int, deque[Row]] = defaultdict(deque)
        self._workers: dict[int, asyncio.Task[None]] = {}
        self._held: set[int] = set()
        self._settled: list[tuple[int, Callable[[Any], Any]]] = []
        self._marked: set[int] = set()
        self._more, self._waiting = False, set[int]()
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._wake, self._mark, self._stopping = asyncio.Event(), asyncio.Event(), asyncio.Event()

    def enqueue(self, rows: list[Row]) -> None:
        """Send these soon, after what the chat is already waiting for."""
        self._take(row for row in rows if row.chat not in self._waiting)  # else the sweep finds them, in their order

    def _take(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if row.id in self._held:
                continue
            self._held.add(row.id)
            self._queues[row.chat].append(row)
            if row.chat not in self._workers:
                self._workers[row.chat] = asyncio.create_task(self._work(row.chat))

    def look(self) -> None:
        """Look at the outbox now: others may have written to it."""
        self._wake.set()

    async def run(self) -> None:
        """Sweep and mark until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sweeping())
            group.create_task(self._marking())

    async def finish(self, seconds: float) -> None:
        """Send what can still be sent in the time given; the rest stands in the outbox."""
        self._stopping.set()
        if self._workers:
            await asyncio.wait(self._workers.values(), timeout=seconds)
        for worker in self._workers.values():
            worker.cancel()
        await self._settle()

    async def sweep(self) -> None:
        """Take up what is due. Rows are let go of only here: what this reads may be older than their marks."""
        if self._settled:
            self._more = True
            return
        marked = set(self._marked)
        async with self._database.read() as connection:
            due = await outbox.due(connection, datetime.now(UTC), 500, (outgoing.KIND,))
        fresh = [Row(row.id, int(row.target), dict(row.payload)) for row in due if row.id not in self._held]
        self._waiting = {row.chat for row in fresh[SWEPT:]}
        self._more = bool(self._waiting)
        self._take(fresh[:SWEPT])
        self._marked -= marked
        self._held -= marked

    async def _sweeping(self) -> None:
        while not self._stopping.is_set():  # a wake-up may swallow the cancellation
            self._wake.clear()
            try:
                await self.sweep()
            except StoreError as error:
                logs.write(logging.WARNING, "The outbox could not be read", **logs.fault(error))
            try:
                await asyncio.wait_for(self._wake.wait(), SWEEP_SECONDS)
            except TimeoutError:
                continue

    async def _marking(self) -> None:
        while True:
            await self._mark.wait()
            await asyncio.sleep(MARK_SECONDS)
            self._mark.clear()
            try:
                await self._settle()
            except StoreError as error:
                logs.write(logging.WARNING, "What was sent could not be marked", **logs.fault(error))
                await asyncio.sleep(1)
                self._mark.set()

    async def _settle(self) -> None:
        if not self._settled:
            return
        settled, self._settled = self._settled, []
        try:
            async with self._database.begin() as connection:
                for _, write in settled:
                    await write(connection)
            self._marked.update(id for id, _ in settled)
            if self._more:
                self.look()
        except StoreError:
            self._settled = settled + self._settled
            raise

    async def _work(self, chat: int) -> None:
        queue = self._queues[chat]
        try:
            while queue and await self._deliver(queue[0]):
                queue.popleft()
        finally:
            del self._workers[chat]
            if not queue:
                del self._queues[chat]

    async def _deliver(self, row: Row) -> bool:
        """Until the row has arrived, can never arrive, or has been tried long enough; False when told to stop."""
        while not self._stopping.is_set() or row.tries == 0:
            row.tries += 1
            try:
                async with self._slots:
                    await calls.send(self._line, row.chat, row.payload, row.plain)
                return self._close(row)
            except RetryAfter as error:
                await self._rest(_seconds(error.retry_after))
            except Forbidden:
                logs.write(logging.INFO, "The chat has blocked the bot", chat=row.chat)
                return self._close(row, "blocked")
            except ChatMigrated as error:
                row.chat = error.new_chat_id
            except BadRequest as error:
                if row.plain or "plain" not in row.payload:
                    logs.write(logging.ERROR, "Telegram refuses a message of ours", chat=row.chat, row=row.id)
                    return self._close(row, "refused")
                logs.write(logging.ERROR, "Telegram refuses markup of ours", row=row.id, **logs.fault(error))
                row.plain = True
            except TelegramError as error:
                if row.tries >= TRIES:
                    return self._close(row, type(error).__name__, LATER)
                logs.write(logging.WARNING, "Sending failed and is tried again", row=row.id, error=type(error).__name__)
                await self._rest(pause(row.tries))
        return False

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    def _close(self, row: Row, failure: str = "", later: timedelta | None = None) -> bool:
        now = datetime.now(UTC)

        async def write(connection: Any) -> None:
            if failure:
                await outbox.failed(connection, row.id, failure, now + later if later else None)
                if later is None:
                    await outgoing.tell_sender(connection, row, now)
            else:
                await outbox.done(connection, row.id, now)

        self._settled.append((row.id, write))
        self._mark.set()
        return True


def pause(tries: int) -> float:
    """Growing, and not the same for everybody who waits."""
    return float(min(LONGEST_PAUSE, 0.25 * 2**tries)) * random.uniform(0.75, 1.25)  # noqa: S311


def _seconds(told: int | timedelta) -> float:
    return told.total_seconds() if isinstance(told, timedelta) else float(told)
