"""What updates mean."""

import asyncio
from typing import Any

import pytest
from telegram import User

from bot.channels.telegram.dispatch import Dispatcher, chat_of
from bot.channels.telegram.inbound import Incoming, read
from bot.models.reply import Contact
from tests.telegram_double import BOT, Person, TelegramDouble

ME = User(**BOT)


def ann(chat: int = 0) -> Person:
    return TelegramDouble().person(42, chat=chat)


def received(chat: int = 0, **content: Any) -> Incoming | None:
    return read({"update_id": 7, "message": ann(chat).message(**content)}, ME)


def said(text: str, chat: int = 0, **more: Any) -> str | None:
    incoming = received(chat, text=text, **more)
    return incoming.request.text if incoming and incoming.request else None


@pytest.mark.parametrize(
    ("content", "wording"),
    [
        ({"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]}, "telegram.photo"),
        ({"voice": {"file_id": "1", "file_unique_id": "1", "duration": 1}}, "telegram.voice"),
        ({"location": {"latitude": 1.0, "longitude": 1.0}}, "telegram.location"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "telegram.sticker"),
        ({"document": {"file_id": "1", "file_unique_id": "1"}}, "telegram.file"),
        ({"text": "hello", "forward_date": 1_760_000_000}, "telegram.forwarded"),
        ({"contact": {"phone_number": "1", "first_name": "Bob", "user_id": 43}}, "telegram.foreign_contact"),
        ({"contact": {"phone_number": "1", "first_name": "Bob"}}, "telegram.foreign_contact"),
        ({"something_new": {"a": 1}}, "telegram.other"),
    ],
)
def test_what_is_no_text_has_its_polite_answer(content: dict[str, Any], wording: str) -> None:
    incoming = received(**content)
    assert incoming is not None
    assert (incoming.wording, incoming.request) == (wording, None)


def test_a_notice_of_the_chat_itself_is_not_answered() -> None:
    assert received(message_auto_delete_timer_changed={"message_auto_delete_time": 60}) is None


def test_ones_own_contact_is_taken_with_its_country_prefix() -> None:
    incoming = received(contact={"phone_number": "15005550006", "first_name": "Ann", "last_name": "Lee", "user_id": 42})
    assert incoming is not None
    assert incoming.request is not None
    assert incoming.request.contact == Contact("+15005550006", "Ann Lee")


def test_a_command_loses_the_name_behind_it() -> None:
    assert said("/start@Course_Test_Bot PSPO") == "/start PSPO"
    assert said("how long is @course_test_bot") == "how long is @course_test_bot"


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("how long is PSPO?", None),
        ("@course_test_bot how long is PSPO?", "how long is PSPO?"),
        ("how long is PSPO, @Course_Test_Bot?", "how long is PSPO, ?"),
        ("@course_test_bot2 how long is PSPO?", None),
        ("/help", "/help"),
        ("/help@course_test_bot", "/help"),
        ("/help@another_bot", None),
    ],
)
def test_in_a_group_it_listens_only_when_addressed(text: str, heard: str | None) -> None:
    assert said(text, chat=-5) == heard


def test_in_a_group_a_reply_to_it_addresses_it() -> None:
    mine = {"message_id": 1, "date": 1_760_000_000, "chat": {"id": -5, "type": "group"}, "from": BOT, "text": "85%"}
    assert said("and the duration?", chat=-5, reply_to_message=mine) == "and the duration?"
    assert said("and the duration?", chat=-5, reply_to_message={**mine, "from": {**BOT, "id": 9}}) is None


def test_a_group_shares_one_talk_that_belongs_to_nobody() -> None:
    incoming = received(-5, text="/courses")
    assert incoming is not None
    assert incoming.request is not None
    assert (incoming.request.user, incoming.user, incoming.request.reachable) == ("-5", "42", False)


def test_other_bots_are_not_answered() -> None:
    message = ann().message(text="hello")
    message["from"]["is_bot"] = True
    assert read({"update_id": 7, "message": message}, ME) is None


@pytest.mark.parametrize("update", [{}, {"message": 3}, {"message": {"chat": []}}, {"poll": {"id": "1"}}])
def test_a_malformed_update_belongs_to_no_chat(update: dict[str, Any]) -> None:
    assert chat_of({"update_id": 1, **update}) is None


async def test_order_is_kept_within_a_chat_while_others_go_on() -> None:
    begun: list[int] = []
    gate = asyncio.Event()

    async def take(update: dict[str, Any]) -> None:
        begun.append(update["update_id"])
        if update["update_id"] == 1:
            await gate.wait()

    dispatcher = Dispatcher(take)
    slow, after, other = (
        dispatcher.submit({"update_id": number, "message": {"chat": {"id": chat}}})
        for number, chat in ((1, 42), (2, 42), (3, 43))
    )
    await other
    assert (begun, slow.done(), after.done()) == ([1, 3], False, False)
    gate.set()
    await asyncio.gather(slow, after)
    assert begun == [1, 3, 2]
