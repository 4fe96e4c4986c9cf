"""What goes wrong between the bot and Telegram, and that nobody notices more of it than must be."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.app import App, advisor_for
from bot.channels.telegram import delivery, polling
from bot.channels.telegram.run import run
from bot.conversation.advisor import Advisor
from bot.errors import SettingsError, StoreError
from bot.store.database import Connection, Database
from tests.telegram_bot import UNHURRIED, free_port, opened, running, settings_for, with_limits
from tests.telegram_double import Person, TelegramDouble


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses between tries, shortened: their lengths are tested by themselves."""
    monkeypatch.setattr(delivery, "LONGEST_PAUSE", 0.01)
    monkeypatch.setattr(polling, "CONFLICT_PAUSE", 0.01)


@pytest.fixture(scope="module")
def unhurried(demo: Advisor) -> Advisor:
    return with_limits(demo, **UNHURRIED)


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble() as double:
        yield double


@pytest.fixture
async def app(telegram: TelegramDouble, tmp_path: Path, unhurried: Advisor) -> AsyncIterator[App]:
    async with opened(settings_for(telegram, tmp_path), unhurried) as app, running(app):
        yield app


@pytest.fixture
def ann(telegram: TelegramDouble, app: App) -> Person:
    return telegram.person(42, "Ann")


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 502}, {"status": 0}, {"status": 0, "after": True}])
async def test_sending_is_tried_until_it_arrives(ann: Person, fault: dict[str, int]) -> None:
    ann.telegram.fail("sendMessage", times=3, **fault)
    assert "16 hours" in await ann.asks("how long is PSPO?")


async def test_being_told_to_wait_holds_up_that_chat_alone(ann: Person) -> None:
    bob = ann.telegram.person(43, "Bob")
    ann.telegram.fail("sendMessage", 429, chat=42, retry_after=1)
    await ann.says("how long is PSPO?")
    await ann.says("and the pass mark?")
    assert "16 hours" in await bob.asks("how long is PSPO?")
    assert ann.telegram.to(42) == []
    assert "16 hours" in (await ann.hears())["text"]
    assert "85%" in (await ann.hears())["text"]


async def test_a_chat_that_blocked_the_bot_is_left_alone_and_others_go_on(ann: Person) -> None:
    blocked = ann.telegram.fail("sendMessage", 403, chat=42, times=9)
    await ann.says("how long is PSPO?")
    await ann.telegram.until(lambda: blocked.times == 8)
    bob = ann.telegram.person(43, "Bob")
    assert "16 hours" in await bob.asks("how long is PSPO?")
    blocked.times = 0
    assert "85%" in await ann.asks("and the pass mark?")


async def test_markup_that_telegram_refuses_is_sent_as_plain_text(ann: Person) -> None:
    ann.telegram.fail("sendMessage", 400, description="Bad Request: can't parse entities")
    await ann.says("how long is PSPO?")
    message = await ann.hears()
    assert "16 hours" in message["text"]
    assert "<" not in message["html"]


async def test_a_failing_poll_is_repeated(ann: Person) -> None:
    for status in (500, 0, 409):
        ann.telegram.fail("getUpdates", status, times=2)
    assert "16 hours" in await ann.asks("how long is PSPO?")


async def test_a_second_poller_is_waited_out(ann: Person) -> None:
    async with ClientSession() as session:
        for _ in range(3):
            answer = await session.get(f"{ann.telegram.root}/bot{ann.telegram.token}/getUpdates")
            assert answer.status in (200, 409)
    assert "16 hours" in await ann.asks("how long is PSPO?")
    assert len(ann.telegram.to(42)) == 1


async def test_a_webhook_that_was_set_is_removed_before_polling(
    telegram: TelegramDouble, tmp_path: Path, unhurried: Advisor
) -> None:
    telegram.webhook = {"url": "http://127.0.0.1:1/old"}
    async with opened(settings_for(telegram, tmp_path), unhurried) as app, running(app):
        assert "16 hours" in await telegram.person().asks("how long is PSPO?")


async def test_an_update_that_cannot_be_read_holds_up_nothing(ann: Person) -> None:
    await ann.telegram.feed(message={"message_id": "x", "chat": 3})
    await ann.telegram.feed(callback_query={"id": "1"})
    assert "16 hours" in await ann.asks("how long is PSPO?")


async def test_a_fault_of_ours_is_apologised_for_and_the_talk_goes_on(
    telegram: TelegramDouble, tmp_path: Path, unhurried: Advisor
) -> None:
    broken = replace(unhurried.knowledge, intents={
        **unhurried.knowledge.intents,
        "duration": replace(unhurried.knowledge.intents["duration"], replies={"default": "{{ nothing.here }}"}),
    })  # fmt: skip
    async with opened(settings_for(telegram, tmp_path), advisor_for(broken)) as app, running(app):
        ann = telegram.person()
        assert "went wrong" in await ann.asks("how long is PSPO?")
        assert "85%" in await ann.asks("what is the pass mark of PSPO?")


class Unsteady(Database):
    """A database that can be away."""

    away = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Connection]:
        if self.away:
            self.away -= 1
            raise StoreError("The database is away.")
        async with super().begin() as connection:
            yield connection

    read = begin


async def test_while_the_database_is_away_messages_wait_and_are_then_answered(
    telegram: TelegramDouble, tmp_path: Path, unhurried: Advisor
) -> None:
    settings = settings_for(telegram, tmp_path)
    async with opened(settings, unhurried) as app:
        database = Unsteady(settings.database_url.value)
        app.database = database
        async with running(app):
            ann = telegram.person()
            assert await ann.asks("what is the pass mark of PSPO?")
            database.away = 30
            await ann.says("how long is PSPO?")
            heard = [(await ann.hears())["text"], (await ann.hears())["text"]]
            assert "16 hours" in heard[1]
            assert "safe" in heard[0]
        await database.close()


async def test_a_token_that_telegram_does_not_know_is_one_clear_sentence(
    telegram: TelegramDouble, tmp_path: Path, unhurried: Advisor
) -> None:
    settings = settings_for(telegram, tmp_path)
    telegram.token = "another"
    async with opened(settings, unhurried) as app:
        with pytest.raises(SettingsError, match="TELEGRAM_TOKEN"):
            await run(app, settings, asyncio.Event())
        with pytest.raises(SettingsError, match="TELEGRAM_TOKEN is not set"):
            await run(app, replace(settings, telegram_token=None), asyncio.Event())


@asynccontextmanager
async def on_webhook(telegram: TelegramDouble, folder: Path, advisor: Advisor) -> AsyncIterator[str]:
    """The bot on a webhook; gives its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = settings_for(telegram, folder, public_url=url, port=port)
    async with opened(settings, advisor) as app, running(app):
        await telegram.until(lambda: bool(telegram.webhook))
        yield url


async def test_the_webhook_answers_and_is_acknowledged_after_the_commit(
    telegram: TelegramDouble, tmp_path: Path, unhurried: Advisor
) -> None:
    async with on_webhook(telegram, tmp_path, unhurried):
        ann = telegram.person()
        assert "16 hours" in await ann.asks("how long is PSPO?")
        assert "85%" in await ann.asks("and the pass mark?")
        await telegram.until(lambda: not telegram.updates)
        assert all(method != "getupdates" for method, _ in telegram.calls)


async def test_the_webhook_refuses_what_is_not_telegrams(
    telegram: TelegramDouble, tmp_path: Path, unhurried: Advisor
) -> None:
    async with on_webhook(telegram, tmp_path, unhurried) as url, ClientSession() as session:
        known = {"X-Telegram-Bot-Api-Secret-Token": telegram.webhook["secret_token"]}
        hook = telegram.webhook["url"]

        async def post(body: bytes, headers: dict[str, str]) -> int:
            async with session.post(hook, data=body, headers=headers) as response:
                return response.status

        update = json.dumps({"update_id": 1}).encode()
        assert await post(update, known) == 200
        assert await post(update, {}) == 403
        assert await post(update, {"X-Telegram-Bot-Api-Secret-Token": "wröng"}) == 403
        assert await post(b"{", known) == 400
        assert await post(b"[1]", known) == 400
        assert await post(b" " * 1_000_001, known) == 413
        assert (await session.get(hook, headers=known)).status == 405
        assert (await session.get(f"{url}/healthz")).status == 200
        assert (await session.get(f"{url}/readyz")).status == 200
        assert (await session.get(f"{url}/other")).status == 404


async def test_an_update_posted_twice_is_answered_once(
    telegram: TelegramDouble, tmp_path: Path, unhurried: Advisor
) -> None:
    async with on_webhook(telegram, tmp_path, unhurried), ClientSession() as session:
        ann = telegram.person()
        headers = {"X-Telegram-Bot-Api-Secret-Token": telegram.webhook["secret_token"]}
        update = {"update_id": 5, "message": ann.message(text="how long is PSPO?")}
        posts = [session.post(telegram.webhook["url"], json=update, headers=headers) for _ in range(4)]
        assert [response.status for response in await asyncio.gather(*posts)] == [200] * 4
        assert "85%" in await ann.asks("and the pass mark?") or "16 hours" in telegram.to(42)[0]["text"]
        await telegram.until(lambda: len(telegram.to(42)) >= 2)
        assert [("85%" in message["text"]) for message in telegram.to(42)] == [False, True]


def test_pauses_grow_up_to_a_minute_and_differ() -> None:
    delivery.LONGEST_PAUSE = 60.0
    pauses = [delivery.pause(tries) for tries in range(1, 12)]
    assert pauses[0] < 1
    assert 45 <= pauses[-1] <= 75
    assert len({delivery.pause(5) for _ in range(9)}) > 1
