"""Tells the administrators, once it works again, that the database had refused."""

import asyncio

from bot.errors import StoreError
from bot.jobs.door import App, rest
from bot.jobs.telling import tell_admins

LOOK_SECONDS = 10.0


async def run(app: App, stop: asyncio.Event) -> None:
    while not stop.is_set():
        await tell(app)
        await rest(stop, LOOK_SECONDS)


async def tell(app: App) -> None:
    """One message an incident: that it can be written is the proof that the incident is over."""
    since = app.database.failed
    if since is None:
        return
    try:
        # Of several processes with the same trouble in the same hour, one tells.
        await tell_admins(app, app.text("alert.database"), f"{since:%Y-%m-%dT%H}")
    except StoreError:
        return
    app.database.failed = None
