"""Order within a chat, chats side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

Take = Callable[[dict[str, Any]], Awaitable[None]]

SIDE_BY_SIDE = 8
"""Updates being answered at once: writes queue at the database anyway, and more would only wait there."""


class Dispatcher:
    """Hands each update to `take`, one at a time for each chat."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._queues: dict[Any, deque[tuple[dict[str, Any], asyncio.Future[None]]]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)

    def submit(self, update: dict[str, Any]) -> "asyncio.Future[None]":
        """Done once the update's effects are committed."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        key = chat_of(update)
        if key in self._queues:
            self._queues[key].append((update, done))
        else:
            self._queues[key] = deque([(update, done)])
            worker = asyncio.create_task(self._work(key))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        return done

    async def finish(self, seconds: float) -> None:
        """Wait for what is being answered; what is not done by then was never acknowledged and comes again."""
        if self._workers:
            await asyncio.wait(self._workers, timeout=seconds)
        for worker in self._workers:
            worker.cancel()

    async def _work(self, key: Any) -> None:
        queue = self._queues[key]
        try:
            while queue:
                update, done = queue[0]
                async with self._slots:
                    await self._take(update)
                queue.popleft()
                if not done.done():
                    done.set_result(None)
        finally:
            del self._queues[key]
            for _, done in queue:
                done.cancel()


def chat_of(update: dict[str, Any]) -> Any:
    """The chat an update belongs to, else the person; anything hashable, even where the update is malformed."""
    for content in update.values():
        if not isinstance(content, dict):
            continue
        place = content.get("message") or content
        for field in (place.get("chat") if isinstance(place, dict) else None, content.get("from")):
            if isinstance(field, dict) and isinstance(field.get("id"), int):
                return field["id"]
    return None
