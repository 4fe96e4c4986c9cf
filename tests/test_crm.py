"""A CRM on loopback that verifies what it is sent, and has bad days."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from aiohttp import ClientSession, web
from standardwebhooks.webhooks import Webhook

from bot.app import App
from bot.conversation.advisor import Advisor
from bot.errors import SettingsError
from bot.jobs import alerts, crm
from bot.jobs.beside import beside
from bot.models.lead import Asked, LeadStatus, Wish
from bot.settings import Secret, Settings
from bot.store import leads, outbox, people, staff
from bot.store.database import Database
from bot.store.outbox import Row
from tests.databases import KEEP, NOW, draft

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass
class Receiver:
    """What docs/crm.md tells a receiver to do."""

    url: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    answers: list[int] = field(default_factory=list)
    """Statuses of the next answers; 0 drops the connection, 200 when there are none left."""
    tries: list[str] = field(default_factory=list)
    raw: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Bodies and headers as they came."""
    elsewhere: int = 0
    """Requests that followed a redirect."""
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.text()
        Webhook(SECRET).verify(body, dict(request.headers))
        id = request.headers["webhook-id"]
        self.tries.append(id)
        self.raw.append((body, dict(request.headers)))
        status = self.answers.pop(0) if self.answers else 200
        if status == 0:
            assert request.transport
            request.transport.close()
        if 300 <= status < 400:
            raise web.HTTPTemporaryRedirect("/elsewhere")
        if status == 200 and id not in self.known:
            self.known.add(id)
            self.events.append(json.loads(body))
            self.arrived.set()
        return web.Response(status=status or 500)

    async def be_elsewhere(self, _: web.Request) -> web.Response:
        self.elsewhere += 1
        return web.Response()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/crm", receiver.take)
    app.router.add_post("/elsewhere", receiver.be_elsewhere)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server
    receiver.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/crm"  # type: ignore[attr-defined]
    yield receiver
    await runner.cleanup()


def settings(url: str, secret: str | None = SECRET, **more: Any) -> Settings:
    return Settings(
        crm_webhook_url=Secret(url),
        crm_webhook_secret=Secret(secret) if secret is not None else None,
        **more,
    )


@dataclass
class Desk:
    """Leads come in; the hand-over runs when told to, at a moment of its own clock."""

    database: Database
    handover: crm.Handover
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    async def lead(self, user: str = "42", **more: Any) -> int:
        async with self.database.begin() as connection:
            lead, _ = await leads.save(connection, draft(user, **more), KEEP, self.now, crm=True)
        return lead.id

    async def deliver(self, after: timedelta = timedelta(0)) -> int:
        async with ClientSession() as session:
            return await self.handover.deliver(session, self.now + after)

    async def stuck(self) -> list[Row]:
        async with self.database.read() as connection:
            return await outbox.stuck(connection)


@pytest.fixture
def desk(database: Database, receiver: Receiver) -> Desk:
    handover = crm.handover(settings(receiver.url), database)
    assert handover
    return Desk(database, handover)


async def test_a_lead_arrives_whole_and_once(desk: Desk, receiver: Receiver) -> None:
    id = await desk.lead(name="Zoë", phone="+442079460000")
    assert await desk.deliver() == 1
    assert await desk.deliver(timedelta(days=1)) == 0
    (event,) = receiver.events
    assert event["type"] == "lead.created"
    data = event["data"]
    assert (data["id"], data["name"], data["phone"], data["courses"]) == (id, "Zoë", "+442079460000", ["PSPO"])
    assert data["consent"]["text"] == "May we keep your details?"
    assert [entry["what"] for entry in data["history"]] == ["created"]


async def test_each_later_change_arrives_too(desk: Desk, receiver: Receiver) -> None:
    id = await desk.lead()
    await desk.deliver()
    async with desk.database.begin() as connection:
        await leads.take(connection, id, "7", NOW)
        await leads.withdraw(connection, "telegram", "42", NOW)
    await desk.deliver()
    assert [event["type"] for event in receiver.events] == ["lead.created", "lead.updated", "lead.updated"]
    assert receiver.events[-1]["data"]["owner"] == "7"
    assert receiver.events[-1]["data"]["consent"]["withdrawn"] == NOW.isoformat()


async def test_a_deleted_person_is_deleted_there_too_and_nothing_else_is_told(desk: Desk, receiver: Receiver) -> None:
    id = await desk.lead()
    await desk.deliver()
    async with desk.database.begin() as connection:
        await leads.take(connection, id, "7", NOW)
        await people.forget(connection, "telegram", "42", NOW)
    await desk.deliver()
    assert [(event["type"], event["data"]) for event in receiver.events[1:]] == [("lead.deleted", {"id": id})]


@pytest.mark.parametrize("status", [500, 404, 429, 0])
async def test_a_failure_is_tried_again_with_the_same_id(desk: Desk, receiver: Receiver, status: int) -> None:
    receiver.answers = [status, status]
    await desk.lead()
    await desk.deliver()
    assert await desk.deliver() == 0, "not at once"
    await desk.deliver(timedelta(minutes=1))
    await desk.deliver(timedelta(minutes=10))
    assert len(receiver.events) == 1
    assert len(receiver.tries) == 3
    assert len(set(receiver.tries)) == 1
    assert await desk.stuck() == []


async def test_what_arrived_but_was_not_confirmed_is_the_same_event(desk: Desk, receiver: Receiver) -> None:
    await desk.lead()
    now = desk.now
    async with desk.database.begin() as connection:
        (row,) = await outbox.claim(connection, now, now + crm.TAKEN, 1, ("crm",))
    async with ClientSession() as session:
        data = await desk.handover._data(row)
        assert data
        assert await desk.handover._post(session, row, data) is None
    assert await desk.deliver(timedelta(minutes=4)) == 0, "still in the hands of the process that died"
    assert await desk.deliver(timedelta(minutes=6)) == 1
    assert (len(receiver.tries), len(receiver.events)) == (2, 1)


async def test_no_redirect_is_followed(desk: Desk, receiver: Receiver) -> None:
    receiver.answers = [307]
    await desk.lead()
    await desk.deliver()
    assert receiver.elsewhere == 0
    assert [row.error for row in await desk.stuck()] == ["HTTP 307"]


async def test_a_receiver_that_never_answers_is_given_up_on_for_now(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crm, "POST_SECONDS", 0.05)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        desk.handover = crm.Handover(desk.database, url, Webhook(SECRET))
        await desk.lead()
        await desk.deliver()
    assert [row.error for row in await desk.stuck()] == ["TimeoutError"]


async def test_after_days_it_is_a_dead_letter_until_somebody_asks_for_it(desk: Desk, receiver: Receiver) -> None:
    receiver.answers = [503] * 11
    await desk.lead()
    passed = timedelta(0)
    for _ in range(11):
        assert await desk.deliver(passed) == 1
        passed += timedelta(hours=29)
    (row,) = await desk.stuck()
    assert (row.dead, row.attempts, row.error) == (True, 11, "HTTP 503")
    assert await desk.deliver(passed) == 0
    async with desk.database.begin() as connection:
        assert await outbox.retry(connection, row.id, desk.now)
    await desk.deliver()
    assert len(receiver.events) == 1


def test_pauses_grow_over_days_and_are_not_the_same_for_everybody() -> None:
    assert list(crm.PAUSES) == sorted(crm.PAUSES)
    assert sum(crm.PAUSES, timedelta()) > timedelta(days=3)
    assert len({crm._pause(5) for _ in range(9)}) > 1
    assert all(0.8 <= crm._pause(5) / crm.PAUSES[5] <= 1.2 for _ in range(99))


async def test_two_workers_share_the_work_and_double_none(desk: Desk, receiver: Receiver) -> None:
    for user in range(25):
        await desk.lead(str(user), email=None)
    sent = 0
    while passed := sum(await asyncio.gather(desk.deliver(), desk.deliver())):
        sent += passed
    assert (sent, len(receiver.tries), len(receiver.known)) == (25, 25, 25)


DOCUMENT = Path(__file__).parents[1] / "docs" / "crm.md"


def shown(language: str) -> str:
    """The document's example."""
    (example,) = re.findall(rf"```{language}\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    return str(example)


async def test_the_document_shows_an_event_as_it_is_sent(desk: Desk, receiver: Receiver) -> None:
    desk.now = NOW
    asked = (Asked("how long is PSPO", "answer", NOW), Asked("is there a discount", "lead", NOW))
    id = await desk.lead(phone="+442079460000", asked=asked, source="newsletter", medium="email", campaign="spring")
    await desk.deliver()
    async with desk.database.begin() as connection:
        await leads.take(connection, id, "7", NOW)
    await desk.deliver()
    assert json.loads(shown("json")) == receiver.events[-1]


async def test_the_document_s_receiver_takes_each_event_once(desk: Desk, receiver: Receiver) -> None:
    kept: list[tuple[str, Any]] = []
    code: dict[str, Any] = {"store": lambda kind, data: kept.append((kind, data))}
    exec(shown("python"), code)
    id = await desk.lead()
    await desk.deliver()
    body, headers = receiver.raw[0]
    seen: set[str] = set()
    statuses = [code["receive"](SECRET, body, headers, seen) for _ in range(2)]
    assert statuses == [204, 204]
    assert [(kind, data["id"]) for kind, data in kept] == [("lead.created", id)]
    assert code["receive"](SECRET, body + " ", headers, seen) == 400


def test_the_document_tells_the_pauses_the_statuses_and_the_wishes() -> None:
    text = " ".join(DOCUMENT.read_text("utf-8").split())
    assert "after about 6 seconds, 1, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours" in text
    assert [pause.total_seconds() / 60 for pause in crm.PAUSES] == [0.1, 1, 5, 30, 120, 300, 600, 840, 1200, 1440]
    assert f"within {crm.POST_SECONDS:.0f} seconds" in text
    for word in (*get_args(Wish), *get_args(LeadStatus)):
        assert f"`{word}`" in text or word == "partial"


@pytest.mark.parametrize("secret", [None, "", "whsec_", "whsec_a"])
def test_without_a_usable_secret_it_does_not_start(secret: str | None) -> None:
    with pytest.raises(SettingsError, match="CRM_WEBHOOK_SECRET"):
        crm.handover(settings("http://127.0.0.1/", secret), Database("sqlite://"))


async def test_beside_a_channel_leads_are_handed_over_and_old_ones_purged(
    desk: Desk, receiver: Receiver, demo: Advisor
) -> None:
    await desk.lead()
    async with desk.database.begin() as connection:
        await leads.save(connection, draft("43", partial=True), KEEP, desk.now - timedelta(days=8))
    stop = asyncio.Event()
    async with asyncio.timeout(10), beside(App(settings(receiver.url), demo, desk.database), stop):
        await receiver.arrived.wait()
    assert stop.is_set()
    async with desk.database.read() as connection:
        assert await leads.counts(connection, None, None) == {"new": 1}


async def test_administrators_are_told_once_that_the_database_had_refused(desk: Desk, demo: Advisor) -> None:
    app = App(settings("http://127.0.0.1/", admin_ids="1,2"), demo, desk.database)
    async with desk.database.begin() as connection:
        for user, role in (("2", "admin"), ("3", "staff"), ("4", "admin")):
            key = await staff.invite(connection, "x", role, NOW, timedelta(days=1))  # type: ignore[arg-type]
            await staff.accept(connection, key, user, NOW)

    async def told() -> list[str]:
        async with desk.database.read() as connection:
            rows = await outbox.due(connection, datetime.now(UTC), 10, ("telegram",))
        assert all(row.payload["text"].startswith("The database refused") for row in rows)
        return [row.target for row in rows]

    await alerts.tell(app)
    assert await told() == []
    app.database.failed = datetime.now(UTC)
    await alerts.tell(app)
    assert await told() == ["1", "2", "4"]
    assert app.database.failed is None
    app.database.failed = datetime.now(UTC)
    await alerts.tell(app)
    assert len(await told()) == 3, "other processes have the same trouble in the same hour"


async def test_nobody_is_told_before_the_database_works_again(demo: Advisor, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'without-tables.sqlite3'}")
    since = database.failed = datetime.now(UTC)
    await alerts.tell(App(settings("http://127.0.0.1/", admin_ids="1"), demo, database))
    assert database.failed == since
    await database.close()
