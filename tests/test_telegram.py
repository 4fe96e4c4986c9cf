"""The bot as people on Telegram meet it, over real HTTP and a real database."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.app import App
from bot.conversation.advisor import Advisor
from bot.store import leads
from bot.store.leads import LeadFilter
from tests.telegram_bot import UNHURRIED, opened, running, settings_for, with_limits
from tests.telegram_double import Person, TelegramDouble


@pytest.fixture(scope="session")
def unhurried(demo: Advisor) -> Advisor:
    return with_limits(demo, **UNHURRIED)


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble() as double:
        yield double


@pytest.fixture
async def app(telegram: TelegramDouble, tmp_path: Path, unhurried: Advisor) -> AsyncIterator[App]:
    """The running bot."""
    async with opened(settings_for(telegram, tmp_path, admin_ids="7"), unhurried) as app, running(app):
        yield app


@pytest.fixture
def ann(telegram: TelegramDouble, app: App) -> Person:
    return telegram.person(42, "Ann")


async def taken(app: App) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    """The leads that stand in the database."""
    async with app.database.read() as connection:
        drafts = [lead.draft for lead in await leads.find(connection, LeadFilter())]
    return [(draft.name, draft.phone, draft.courses) for draft in drafts]


async def test_a_question_is_answered_with_the_pages_sentence_and_next_questions(ann: Person) -> None:
    await ann.says("what is the pass mark of PSPO?")
    answer = await ann.hears()
    assert "85%" in answer["text"].splitlines()[0]
    assert "<blockquote expandable>" in answer["html"]
    assert ann.labels()


async def test_a_button_asks_the_next_question(ann: Person) -> None:
    await ann.asks("what is the pass mark of PSPO?")
    label = ann.labels()[0]
    await ann.taps(label)
    assert (await ann.hears())["text"]
    assert len(ann.telegram.answered) == 1


async def test_the_talk_goes_on_about_the_same_course(ann: Person) -> None:
    await ann.asks("how long is PSPO?")
    assert "85%" in await ann.asks("and the pass mark?")


async def test_a_deep_link_with_a_code_opens_that_course(ann: Person) -> None:
    assert "PSPO" in await ann.asks("/start PSPO")
    assert await ann.asks("/start something_unknown")


@pytest.mark.parametrize("text", ["", "<b>", "{{ 7*7 }}", "\u202e\u200f", "\x00", "🎉🎉🎉", "x" * 4096, "&amp; & <"])
async def test_odd_texts_are_answered_without_markup_that_telegram_refuses(ann: Person, text: str) -> None:
    assert await ann.asks(text)
    assert ann.telegram.refusals == []


async def test_a_lead_is_taken_with_the_shared_contact(ann: Person, app: App) -> None:
    await ann.asks("I want to enrol in PSPO")
    await ann.taps("Yes")
    await ann.hears()
    await ann.says("Ann Lee")
    asked = await ann.hears(2)
    assert asked["reply_markup"]["keyboard"][0][0]["request_contact"] is True
    await ann.shares_contact()
    await ann.hears()
    await ann.taps("Skip")
    await ann.hears()
    await ann.taps("Yes")
    assert (await ann.hears())["reply_markup"] == {"remove_keyboard": True}
    assert await taken(app) == [("Ann Lee", "+15005550006", ("PSPO",))]


async def test_what_is_held_about_a_person_comes_as_a_file(ann: Person) -> None:
    await ann.asks("how long is PSPO?")
    await ann.says("/mydata")
    document = (await ann.hears(2))["document"]
    assert document["file_name"] == "my-data.json"
    assert b"how long is" in document["content"]


async def test_an_edited_message_is_noticed_once_and_not_answered(ann: Person) -> None:
    await ann.says("how long is PSPO?")
    await ann.hears()
    edit = ann.message(text="how long is PSM?", edit_date=1)
    await ann.telegram.feed(edited_message=edit)
    await ann.telegram.feed(edited_message={**edit, "text": "how long is PSU?"})
    assert "changed" in (await ann.hears())["text"]
    assert "85%" in await ann.asks("what is the pass mark of PSPO?")


async def test_a_redelivered_update_changes_nothing(ann: Person) -> None:
    number = await ann.says("how long is PSPO?")
    first = await ann.hears()
    update = {"update_id": number, "message": ann.message(text="how long is PSPO?")}
    await ann.telegram.redeliver(update)
    assert await ann.asks("what is the pass mark of PSPO?") != first["text"]


async def test_a_double_tap_does_nothing_twice(ann: Person) -> None:
    await ann.asks("what is the pass mark of PSPO?")
    label = ann.labels()[0]
    await ann.taps(label)
    await ann.taps(label)
    await ann.hears()
    await ann.telegram.until(lambda: len(ann.telegram.answered) == 2)
    assert "16 hours" in await ann.asks("how long is PSPO?")


async def test_a_button_of_another_chat_says_that_it_is_out_of_date(ann: Person) -> None:
    await ann.asks("what is the pass mark of PSPO?")
    bob = ann.telegram.person(43, "Bob")
    await bob.press(ann.telegram.to(42)[-1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    assert "out of date" in (await bob.hears())["text"]
    await bob.press("nonsense")
    assert "out of date" in (await bob.hears())["text"]


async def test_in_a_group_personal_matters_go_to_the_private_chat(ann: Person, app: App) -> None:
    group = ann.telegram.person(42, "Ann", chat=-100)
    await group.says("how long is PSPO?")
    assert "16 hours" in await group.asks("@course_test_bot how long is PSPO?")
    await group.says("@course_test_bot I want to enrol in PSPO")
    answer = await group.hears()
    assert answer["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://t.me/course_test_bot?start=PSPO"
    assert "85%" in await group.asks("@course_test_bot and the pass mark?")
    await group.says("/mydata@course_test_bot")
    assert "private" in (await group.hears())["text"]


async def test_inline_mode_gives_fact_cards(ann: Person) -> None:
    query = await ann.asks_inline("pspo pass mark")
    await ann.telegram.until(lambda: query in ann.telegram.answered)
    (card,) = ann.telegram.answered[query]["results"]
    assert "Pass mark" in card["title"]
    assert "85%" in card["input_message_content"]["message_text"]
    empty = await ann.asks_inline("")
    await ann.telegram.until(lambda: empty in ann.telegram.answered)
    assert ann.telegram.answered[empty]["results"] == []


async def test_the_command_menu_is_set_by_role(ann: Person) -> None:
    await ann.telegram.until(lambda: "chat:7" in ann.telegram.commands)
    everybody = {command["command"] for command in ann.telegram.commands["default"]}
    assert "courses" in everybody
    assert "leads" not in everybody
    assert "leads" in {command["command"] for command in ann.telegram.commands["chat:7"]}


async def test_a_flood_gets_one_slow_down_and_does_not_slow_others(
    telegram: TelegramDouble, tmp_path: Path, demo: Advisor
) -> None:
    limited = with_limits(demo, burst=3, per_minute=1)
    async with opened(settings_for(telegram, tmp_path), limited) as app, running(app):
        ann, bob = telegram.person(42), telegram.person(43)
        for _ in range(50):
            await ann.says("how long is PSPO?")
        assert "16 hours" in await bob.asks("how long is PSPO?")
        await ann.hears(4)
        await telegram.until(lambda: not telegram.updates)
        assert len(telegram.to(42)) == 4
        assert "moment" in telegram.to(42)[-1]["text"]


async def test_what_was_not_sent_before_a_stop_is_sent_at_the_next_start(
    telegram: TelegramDouble, tmp_path: Path, unhurried: Advisor
) -> None:
    settings = settings_for(telegram, tmp_path)
    ann = telegram.person()
    blocked = telegram.fail("sendMessage", 500, times=1000)
    async with opened(settings, unhurried) as app, running(app):
        await ann.says("how long is PSPO?")
        await telegram.until(lambda: blocked.times < 1000)
    assert telegram.to(42) == []
    blocked.times = 0
    async with AsyncExitStack() as stack:
        again = await stack.enter_async_context(opened(settings, unhurried))
        await stack.enter_async_context(running(again))
        assert "16 hours" in (await ann.hears())["text"]
        assert "85%" in await ann.asks("and the pass mark?")
    assert len(telegram.to(42)) == 2
