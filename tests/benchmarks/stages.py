"""The bot on Telegram, with a clock at each stage of a message: `python -m tests.benchmarks.stages FILE`.

It is the command itself; a few of its functions are wrapped. The sums are written to FILE as JSON when it is told to
stop. A stage whose function has been renamed is simply not counted.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from contextvars import ContextVar
from importlib import import_module
from pathlib import Path
from typing import Any

READ, WAIT, TURN, WRITE, COMMIT, SEND = STAGES = (
    "reading the update", "waiting for the database", "understanding to reply", "reading and writing rows",
    "committing", "sending the reply",
)  # fmt: skip
"""In the order of a message."""

sums: dict[str, float] = defaultdict(float)
"""Seconds by stage."""

_answering: ContextVar[bool] = ContextVar("answering", default=False)
"""Set in the tasks that answer updates; the marking of what was sent uses the database as well."""


def main(file: str) -> None:
    _wrap("bot.channels.telegram.inbound", "read", _timed(READ))
    _wrap("bot.conversation.advisor", "Advisor.turn", _timed(TURN))
    _wrap("bot.channels.telegram.calls", "send", _timed_await(SEND))
    _wrap("bot.channels.telegram.answering", "Answering.take", _marked)
    _wrap("bot.store.database", "Database.begin", _transaction)
    from bot.cli import main as run

    try:
        run(["telegram"])
    finally:
        Path(file).write_text(json.dumps(sums), encoding="utf-8")


def _wrap(module: str, path: str, wrapper: Callable[[Any], Any]) -> None:
    with suppress(ImportError, AttributeError):
        owner: Any = import_module(module)
        *parents, name = path.split(".")
        for parent in parents:
            owner = getattr(owner, parent)
        setattr(owner, name, wrapper(getattr(owner, name)))


@contextmanager
def _clock(stage: str) -> Iterator[None]:
    started = time.perf_counter()
    try:
        yield
    finally:
        sums[stage] += time.perf_counter() - started


def _timed(stage: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def wrapper(work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **more: Any) -> Any:
            with _clock(stage):
                return work(*args, **more)

        return timed

    return wrapper


def _timed_await(stage: str) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
    def wrapper(work: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def timed(*args: Any, **more: Any) -> Any:
            with _clock(stage):
                return await work(*args, **more)

        return timed

    return wrapper


def _marked(take: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def marked(*args: Any) -> Any:
        _answering.set(True)
        return await take(*args)

    return marked


def _transaction(begin: Callable[..., AbstractAsyncContextManager[Any]]) -> Callable[..., Any]:
    """Begin, body and commit; what the body spends in the advisor is the advisor's."""

    @asynccontextmanager
    async def timed(database: Any) -> AsyncIterator[Any]:
        if not _answering.get():
            async with begin(database) as connection:
                yield connection
            return
        whole = begin(database)
        with _clock(WAIT):
            connection = await whole.__aenter__()
        turned, started = sums[TURN], time.perf_counter()
        try:
            yield connection
        except BaseException:
            await whole.__aexit__(*sys.exc_info())
            raise
        sums[WRITE] += time.perf_counter() - started - (sums[TURN] - turned)
        with _clock(COMMIT):
            await whole.__aexit__(None, None, None)

    return timed


if __name__ == "__main__":
    main(sys.argv[1])
