"""Hands leads over to CRM_WEBHOOK_URL by the Standard Webhooks convention; docs/crm.md is for those who receive."""

import asyncio
import json
import logging
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar
from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook

from bot.errors import SettingsError, StoreError
from bot.export.json import as_json
from bot.jobs.door import App, log, rest
from bot.settings import Settings
from bot.store import leads, outbox
from bot.store.outbox import Row

if TYPE_CHECKING:
    from bot.store.database import Database

KIND = "crm"

LOOK_SECONDS = 2.0

POST_SECONDS = 15.0

TAKEN = timedelta(minutes=5)
"""For so long the rows at hand are this process's own: longer than all of them can take."""

AT_HAND = 10
"""Rows taken up at once."""

PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (0.1, 1, 5, 30, 2 * 60, 5 * 60, 10 * 60, 14 * 60, 20 * 60, 24 * 60)
)
"""Between tries, each longer or shorter by up to a fifth: some three days, then it is a dead letter."""


async def run(app: App, stop: asyncio.Event) -> None:
    """Until `stop` is set. Raises SettingsError where the secret is missing or no secret."""
    crm = handover(app.settings, app.database)
    if crm is None:
        return
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        while not stop.is_set():
            if await crm.deliver(session, datetime.now(UTC)) < AT_HAND:
                await rest(stop, LOOK_SECONDS)


def handover(settings: Settings, database: "Database") -> "Handover | None":
    """None where no CRM is configured. Raises SettingsError."""
    if settings.crm_webhook_url is None:
        return None
    if settings.crm_webhook_secret is None:
        raise SettingsError("CRM_WEBHOOK_SECRET is not set. Set it to the secret that the receiver verifies with.")
    try:
        webhook = Webhook(settings.crm_webhook_secret.value)
    except (ValueError, EmptyWebhookSecretError):
        raise SettingsError("CRM_WEBHOOK_SECRET is no secret of Standard Webhooks: whsec_ and base64.") from None
    return Handover(database, settings.crm_webhook_url.value, webhook)


class Handover:
    """Takes rows of the outbox, posts them, and notes how it went."""

    def __init__(self, database: "Database", url: str, webhook: Webhook) -> None:
        self._database, self._url, self._webhook = database, url, webhook

    async def deliver(self, session: ClientSession, now: datetime) -> int:
        """Post what is due; how much that was."""
        try:
            async with self._database.begin() as connection:
                rows = await outbox.claim(connection, now, now + TAKEN, AT_HAND, (KIND,))
            for row in rows:
                await self._hand_over(session, row, now)
        except StoreError:
            log(logging.WARNING, "The outbox for the CRM cannot be read or marked; trying again")
            return 0
        return len(rows)

    async def _hand_over(self, session: ClientSession, row: Row, now: datetime) -> None:
        data = await self._data(row)
        fault = await self._post(session, row, data) if data else None
        async with self._database.begin() as connection:
            if fault is None:
                await outbox.done(connection, row.id, now)
            else:
                again = now + _pause(row.attempts) if row.attempts < len(PAUSES) else None
                await outbox.failed(connection, row.id, fault, again)
        if fault:
            level = logging.ERROR if row.attempts >= len(PAUSES) else logging.WARNING
            log(level, "The CRM did not take an event", row=row.id, error=fault, tries=row.attempts + 1)

    async def _data(self, row: Row) -> dict[str, Any] | None:
        """What is told of the lead, as it stands now; None where it has been deleted meanwhile."""
        if row.lead is None:
            return {"id": row.payload["lead"]}
        async with self._database.read() as connection:
            lead = await leads.get(connection, row.lead)
        return as_json(lead) if lead else None

    async def _post(self, session: ClientSession, row: Row, data: dict[str, Any]) -> str | None:
        """What went wrong; None where the receiver took it."""
        event = {"type": row.payload["type"], "timestamp": row.created.isoformat(), "data": data}
        body = json.dumps(event, ensure_ascii=False)
        now = datetime.now(UTC)
        headers = {
            "content-type": "application/json",
            "webhook-id": row.key,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._webhook.sign(row.key, now, body),
        }
        timeout = ClientTimeout(total=POST_SECONDS)
        try:
            async with session.post(
                self._url, data=body.encode(), headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                return None if response.ok and response.status < 300 else f"HTTP {response.status}"
        except (ClientError, OSError, ValueError) as error:
            return type(error).__name__


def _pause(attempts: int) -> timedelta:
    return PAUSES[attempts] * random.uniform(0.8, 1.2)  # noqa: S311
