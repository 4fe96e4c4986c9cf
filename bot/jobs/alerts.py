"""Tells the administrators, once it works again, that the database had refused."""

import asyncio
from datetime import UTC, datetime

from bot.errors import StoreError
from bot.jobs.door import App, rest
from bot.store import outbox, staff

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
        async with app.database.begin() as connection:
            now = datetime.now(UTC)
            members = [member.user for member in await staff.members(connection) if member.role == "admin"]
            for admin in dict.fromkeys((*app.settings.admins, *members)):
                # Of several processes with the same trouble in the same hour, one tells.
                key = f"alert:{admin}:{since:%Y-%m-%dT%H}"
                await outbox.put(connection, "telegram", admin, {"text": app.text("alert.database")}, now, key)
    except StoreError:
        return
    app.database.failed = None
