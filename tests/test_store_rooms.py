"""Conversations, questions, the outbox, buttons, updates and staff, on both engines."""

import asyncio
from dataclasses import fields, replace
from datetime import timedelta

from bot.models.conversation import Conversation, Letter, LogEntry, OpenForm, Pending, Sent
from bot.models.lead import Asked, Consent
from bot.store import buttons, conversations, outbox, questions, staff, updates
from bot.store.database import Database
from tests.databases import NOW

LATER = NOW + timedelta(hours=1)
TALK = Conversation(
    "c1", "telegram", "42", courses=("PSPO",), recent=("PSPO", "PSM"), shown=("PSM", "PSPO"), intents=("price",),
    pending=Pending(("price",), ("PSPO", "PSM")),
    form=OpenForm(
        ("enrol",), ("PSPO",), {"name": "Zoë"}, Consent("purpose", "text", "1", NOW, LATER), "1", True,
        {"contact": 2}, ("note",),
    ),
    awaiting="offer", misses=1, asked=(Asked("how long?", "answer", NOW),), campaign="spring", language="en",
    letter=Letter(7, "9", True), sent=Sent(LATER, ("PSPO",), ("name", "email")), updated=NOW,
)  # fmt: skip


def test_no_part_of_a_conversation_is_left_out_of_the_test_below() -> None:
    assert all(getattr(TALK, field.name) not in (None, (), "", 0) for field in fields(TALK))


async def test_a_conversation_is_found_as_it_was_left(database: Database) -> None:
    async with database.begin() as connection:
        assert await conversations.load(connection, "telegram", "42") is None
        await conversations.save(connection, TALK, NOW)
        await conversations.save(connection, replace(TALK, misses=2), LATER)
    async with database.begin() as connection:
        assert await conversations.load(connection, "telegram", "42") == replace(TALK, misses=2)
        assert await conversations.load(connection, "terminal", "42") is None


async def test_two_first_messages_of_a_person_are_taken_one_after_the_other(database: Database) -> None:
    async def message() -> int:
        async with database.begin() as connection:
            before = await conversations.load(connection, "telegram", "42")
            await asyncio.sleep(0)
            after = replace(before, misses=before.misses + 1) if before else replace(TALK, misses=1)
            await conversations.save(connection, after, NOW)
            return after.misses

    assert sorted(await asyncio.gather(*(message() for _ in range(5)))) == [1, 2, 3, 4, 5]


async def ask(database: Database, *rows: tuple[str, str, tuple[str, ...]]) -> None:
    async with database.begin() as connection:
        for minute, (text, outcome, intents) in enumerate(rows):
            entry = LogEntry(text, intents, ("PSPO",), outcome, 0.5)
            await questions.log(connection, "c1", entry, NOW + timedelta(minutes=minute))


async def test_unanswered_questions_come_most_often_asked_first(database: Database) -> None:
    await ask(
        database,
        ("is lunch included", "not_stated", ("price",)),
        ("how long", "answer", ("duration",)),
        ("parking?", "fallback", ()),
        ("is lunch included", "not_stated", ("price",)),
    )
    async with database.read() as connection:
        assert await questions.unanswered(connection, NOW, 5) == [("is lunch included", 2), ("parking?", 1)]
        assert await questions.unanswered(connection, NOW, 1) == [("is lunch included", 2)]
        assert await questions.unanswered(connection, LATER, 5) == []


async def test_figures_count_outcomes_and_intents(database: Database) -> None:
    await ask(
        database,
        ("how long and what price", "answer", ("duration", "price")),
        ("price", "not_stated", ("price",)),
        ("hm", "fallback", ()),
    )
    async with database.read() as connection:
        assert await questions.stats(connection, NOW, LATER) == {
            "outcomes": {"answer": 1, "fallback": 1, "not_stated": 1},
            "intents": {"price": 2, "duration": 1},
        }
        assert await questions.stats(connection, LATER, LATER) == {"outcomes": {}, "intents": {}}


async def put(database: Database, *keys: str) -> list[int]:
    async with database.begin() as connection:
        return [await outbox.put(connection, "crm", "t", {"text": key}, NOW, key) for key in keys]


async def test_a_key_that_is_known_keeps_its_row(database: Database) -> None:
    one, two, same = await put(database, "a", "b", "a")
    assert same == one != two
    async with database.read() as connection:
        assert [row.payload for row in await outbox.due(connection, NOW, 5, ("crm",))] == [{"text": "a"}, {"text": "b"}]
        assert await outbox.due(connection, NOW, 5, ("telegram",)) == []
        assert await outbox.due(connection, NOW - timedelta(1), 5, ("crm",)) == []


async def test_what_was_claimed_is_nobody_else_s_until_its_time(database: Database) -> None:
    await put(database, "a", "b", "c")

    async def claim(limit: int) -> list[str]:
        async with database.begin() as connection:
            rows = await outbox.claim(connection, NOW, LATER, limit, ("crm",))
            await asyncio.sleep(0)
            return [row.key for row in rows]

    claimed = await asyncio.gather(claim(2), claim(2), claim(2))
    assert sorted(key for keys in claimed for key in keys) == ["a", "b", "c"]
    async with database.begin() as connection:
        assert len(await outbox.claim(connection, LATER, LATER, 5, ("crm",))) == 3


async def test_what_arrived_is_marked_and_holds_nothing_any_more(database: Database) -> None:
    (id,) = await put(database, "a")
    async with database.begin() as connection:
        await outbox.done(connection, id, LATER)
        assert await outbox.due(connection, LATER, 5, ("crm",)) == []
        assert not await outbox.retry(connection, id, LATER)
    assert await put(database, "a") == [id]
    async with database.read() as connection:
        assert await outbox.due(connection, LATER, 5, ("crm",)) == []


async def test_what_fails_is_due_later_and_a_dead_letter_only_when_asked_for(database: Database) -> None:
    later, dead = await put(database, "a", "b")
    async with database.begin() as connection:
        await outbox.failed(connection, later, "500", LATER)
        await outbox.failed(connection, dead, "refused", None)
        assert await outbox.due(connection, NOW, 5, ("crm",)) == []
        assert [row.id for row in await outbox.due(connection, LATER, 5, ("crm",))] == [later]
        stuck = await outbox.stuck(connection)
        assert [(row.id, row.attempts, row.dead, row.error) for row in stuck] == [
            (later, 1, False, "500"),
            (dead, 1, True, "refused"),
        ]
        assert await outbox.retry(connection, dead, NOW)
        assert [row.id for row in await outbox.due(connection, NOW, 5, ("crm",))] == [dead]
        assert not await outbox.retry(connection, 99, NOW)


async def test_a_button_belongs_to_its_chat(database: Database) -> None:
    async with database.begin() as connection:
        numbers = await buttons.put(connection, "telegram", "42", ["ask|price|PSPO", "ask|level|PSPO"], NOW)
        assert await buttons.get(connection, "telegram", "42", numbers[1]) == "ask|level|PSPO"
        assert await buttons.get(connection, "telegram", "43", numbers[1]) is None
        for forged in ("", "x", "-1", "9" * 40, "²", numbers[1] + "0"):
            assert await buttons.get(connection, "telegram", "42", forged) is None


async def test_an_update_is_new_once_on_its_channel(database: Database) -> None:
    async with database.begin() as connection:
        assert await updates.first_time(connection, "telegram", 7, NOW)
        assert not await updates.first_time(connection, "telegram", 7, NOW)
        assert await updates.first_time(connection, "telegram.edited", 7, NOW)
        assert await updates.first_time(connection, "telegram", 2**53, NOW)


async def test_an_invitation_works_once_and_not_for_ever(database: Database) -> None:
    async with database.begin() as connection:
        token = await staff.invite(connection, "Bea", "staff", NOW, timedelta(days=1))
        assert token.startswith("staff_")
        assert await staff.accept(connection, token, "7", NOW) == staff.Member("7", "Bea", "staff", NOW)
        assert await staff.accept(connection, token, "8", NOW) is None
        late = await staff.invite(connection, "Cay", "admin", NOW, timedelta(days=1))
        assert await staff.accept(connection, late, "9", NOW + timedelta(days=1)) is None
        assert [member.name for member in await staff.members(connection)] == ["Bea"]
        assert (await staff.role_of(connection, "7"), await staff.role_of(connection, "8")) == ("staff", None)


async def test_a_new_invitation_changes_the_role_of_a_member(database: Database) -> None:
    async with database.begin() as connection:
        for role in ("staff", "admin"):
            token = await staff.invite(connection, "Bea", role, NOW, timedelta(days=1))
            await staff.accept(connection, token, "7", NOW)
        assert await staff.role_of(connection, "7") == "admin"
        assert await staff.remove(connection, "7", NOW)
        assert not await staff.remove(connection, "7", NOW)
        assert await staff.role_of(connection, "7") is None
