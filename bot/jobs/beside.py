"""Runs the jobs as long as a channel runs."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from bot.jobs import alerts, crm, daily, reload
from bot.jobs.door import App, log, rest

Job = Callable[[App, asyncio.Event], Awaitable[None]]

JOBS: tuple[Job, ...] = (daily.run, crm.run, alerts.run, reload.run)

FINISH_SECONDS = 3.0

AGAIN_SECONDS = 60.0
"""After a fault of ours."""


@asynccontextmanager
async def beside(app: App, stop: asyncio.Event, jobs: Sequence[Job] = JOBS) -> AsyncIterator[None]:
    """The jobs run within this block. Raises SettingsError before it where one of them cannot work."""
    if crm.run in jobs:
        crm.handover(app.settings, app.database)
    tasks = [asyncio.create_task(_kept_up(job, app, stop)) for job in jobs]
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait(tasks, timeout=FINISH_SECONDS)
        for task in tasks:
            task.cancel()


async def _kept_up(job: Job, app: App, stop: asyncio.Event) -> None:
    """A fault of one job is logged, without its words, and ends neither it for good nor anything else."""
    while not stop.is_set():
        try:
            return await job(app, stop)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{place.filename.rsplit('/', 1)[-1]}:{place.lineno}"
            log(logging.ERROR, "A job failed", job=job.__module__, error=type(error).__name__, where=where)
            await rest(stop, AGAIN_SECONDS)
