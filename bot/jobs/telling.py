"""Tells the administrators, through the outbox: those of ADMIN_IDS and those among the members of staff."""

from datetime import UTC, datetime

from bot.jobs.door import App
from bot.store import outbox, staff


async def tell_admins(app: App, text: str, occasion: str) -> None:
    """Once an occasion, of however many processes. Raises StoreError, and then nobody is told."""
    async with app.database.begin() as connection:
        now = datetime.now(UTC)
        members = [member.user for member in await staff.members(connection) if member.role == "admin"]
        for admin in dict.fromkeys((*app.settings.admins, *members)):
            await outbox.put(connection, "telegram", admin, {"text": text}, now, f"alert:{admin}:{occasion}")
