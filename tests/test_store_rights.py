"""What a person may ask for, and what time itself does, on both engines."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.conversation.advisor import Advisor
from bot.conversation.handle import handle
from bot.models.content import Provider
from bot.models.conversation import Conversation, LogEntry, OpenForm
from bot.models.lead import Consent
from bot.models.reply import Document, Request
from bot.store import buttons, conversations, leads, outbox, people, questions, staff, updates
from bot.store.database import Connection, Database
from bot.store.purging import purge
from bot.store.schema import metadata
from tests.databases import KEEP, NOW, draft

PROVIDER = Provider("Harbour Lane", "hello@example.org", "privacy@example.org", "Europe/London", "GB", keep=KEEP)
PERSONAL = ("Zoë", "zoe@example.org", "+442079460000", "8675309")


async def everything(connection: Connection) -> str:
    """All rows of all tables as text."""
    rows = [await connection.execute(select(table)) for table in metadata.tables.values()]
    return "\n".join(str(tuple(row)) for found in rows for row in found)


async def count(connection: Connection, table: str) -> int:
    return len((await connection.execute(select(metadata.tables[table]))).all())


async def fill(connection: Connection, user: str, name: str, email: str, phone: str, now: datetime = NOW) -> int:
    """Everything that can be held about a person; the number of their lead."""
    consent = Consent("purpose", "text", "1", now)
    form = OpenForm(("enrol",), values={"name": name, "email": email}, consent=consent)
    talk = Conversation(f"c{user}", "telegram", user, form=form)
    await conversations.save(connection, talk, now)
    await questions.log(connection, talk.id, LogEntry(f"{name} here", (), (), "fallback", 0), now)
    given = draft(user, name=name, email=email, phone=phone)
    lead, _ = await leads.save(connection, given, KEEP, now, crm=True)
    await leads.add_note(connection, lead.id, "7", f"{name} prefers mornings", now)
    await outbox.put(connection, "telegram", user, {"text": f"Dear {name}"}, now, f"to-{user}")
    news = await outbox.put(connection, "telegram", "7", {"text": name}, now, f"staff-{user}", lead=lead.id)
    told = await outbox.put(connection, "telegram", user, {"text": name}, now, f"told-{user}")
    await outbox.failed(connection, news, "blocked", None)
    await outbox.done(connection, told, now)
    await buttons.put(connection, "telegram", user, ["ask|price|PSPO"], now)
    await updates.first_time(connection, "telegram", int(user), now)
    return lead.id


async def test_after_deletion_no_table_holds_anything_of_the_person(database: Database) -> None:
    name, email, phone, _ = PERSONAL
    async with database.begin() as connection:
        await updates.first_time(connection, "telegram", 1, NOW)
        lead = await fill(connection, "55", name, email, phone)
        await fill(connection, "99", "Bob", "bob@example.org", "+442079460001")
        before = await everything(connection)
        assert all(item in before for item in (name, email, phone))
        await people.forget(connection, "telegram", "55", NOW)
        after = await everything(connection)
        assert not [item for item in (name, email, phone, "'55'", "'c55'") if item in after]
        assert all(item in after for item in ("Bob", "bob@example.org", "+442079460001"))
        assert "'deleted'" in after
        due = await outbox.due(connection, NOW, 10, ("crm",))
        assert [row.payload for row in due if row.lead is None] == [{"type": "lead.deleted", "lead": lead}]


async def test_a_person_deletes_everything_by_talking(database: Database, demo: Advisor) -> None:
    name, email, phone, user = PERSONAL

    async def say(connection: Connection, text: str) -> None:
        payload = text.removeprefix("press ") if text.startswith("press ") else ""
        await handle(demo, connection, Request("telegram", user, "" if payload else text, payload), NOW, crm=True)

    async with database.begin() as connection:
        for text in ("sign me up for PSPO", "press form|consent|yes", f"{name}, {email}", phone, "/deleteme"):
            await say(connection, text)
        assert email in await everything(connection)
        await say(connection, "press delete|yes")
        after = await everything(connection)
    assert not [item for item in PERSONAL if item in after]


async def test_what_is_held_is_handed_out_as_a_file(database: Database, demo: Advisor) -> None:
    async with database.begin() as connection:
        await fill(connection, "55", "Zoë", "zoe@example.org", "+442079460000")
        await fill(connection, "99", "Bob", "bob@example.org", "+442079460001")
        reply = await handle(demo, connection, Request("telegram", "55", "/mydata"), NOW)
    document = next(block for block in reply.blocks if isinstance(block, Document))
    held: dict[str, Any] = json.loads(document.content)
    assert {name: len(rows) for name, rows in held.items()} == {
        "conversations": 1, "leads": 1, "lead_history": 2, "questions": 1,
    }  # fmt: skip
    text = document.content.decode()
    assert "zoe@example.org" in text
    assert "Zoë prefers mornings" in text
    assert "Bob" not in text


async def test_what_is_past_its_time_goes_and_the_rest_stays(database: Database) -> None:
    old, kept = NOW - timedelta(days=100), NOW - timedelta(days=1)
    async with database.begin() as connection:
        await fill(connection, "55", "Zoë", "zoe@example.org", "+442079460000", old)
        await leads.save(connection, draft("56", name="Half", partial=True), KEEP, NOW - timedelta(days=8))
        await fill(connection, "99", "Bob", "bob@example.org", "+442079460001", kept)
        await staff.invite(connection, "Late", "staff", old, timedelta(days=1))
        removed = await purge(connection, PROVIDER, NOW)
        assert removed == {
            "leads": 1, "questions": 1, "conversations": 1, "outbox": 2, "updates": 1, "buttons": 1, "invitations": 1,
            "forms": 0,
        }  # fmt: skip
        after = await everything(connection)
        assert "Half" not in after
        assert "Bob" in after
        assert "zoe@example.org" in after, "a lead is kept for two years"
        assert await purge(connection, PROVIDER, NOW) == dict.fromkeys(removed, 0)
        await purge(connection, PROVIDER, old + KEEP.leads)
        assert "zoe@example.org" not in await everything(connection)


async def test_deletion_still_finds_questions_after_the_talk_itself_has_gone(database: Database) -> None:
    async with database.begin() as connection:
        await fill(connection, "55", "Zoë", "zoe@example.org", "+442079460000", NOW - timedelta(days=40))
        await purge(connection, PROVIDER, NOW)
        talk = await conversations.load(connection, "telegram", "55")
        assert talk == Conversation("c55", "telegram", "55")
        await people.forget(connection, "telegram", "55", NOW)
        assert await count(connection, "questions") == 0


async def test_details_given_without_consent_do_not_outlive_the_talk(database: Database) -> None:
    form = OpenForm(("enrol",), values={"name": "Zoë"})
    silent = NOW + timedelta(minutes=PROVIDER.context_minutes + 1)
    async with database.begin() as connection:
        await conversations.save(connection, Conversation("c1", "telegram", "55", misses=1, form=form), NOW)
        await purge(connection, PROVIDER, NOW + timedelta(minutes=5))
        assert "Zoë" in await everything(connection)
        assert (await purge(connection, PROVIDER, silent))["forms"] == 1
        assert await conversations.load(connection, "telegram", "55") == Conversation("c1", "telegram", "55", misses=1)


async def test_details_given_with_consent_go_with_the_partial_lead(database: Database) -> None:
    consent = Consent("purpose", "text", "1", NOW)
    form = OpenForm(("enrol",), values={"name": "Zoë"}, consent=consent)
    async with database.begin() as connection:
        await conversations.save(connection, Conversation("c1", "telegram", "55", form=form), NOW)
        assert (await purge(connection, PROVIDER, NOW + timedelta(days=6)))["forms"] == 0
        assert (await purge(connection, PROVIDER, NOW + timedelta(days=8)))["forms"] == 1


async def test_a_lead_whose_consent_was_withdrawn_goes_at_the_next_purge(database: Database) -> None:
    async with database.begin() as connection:
        await leads.save(connection, replace(draft("55"), name="Zoë"), KEEP, NOW)
        await leads.withdraw(connection, "telegram", "55", NOW)
        assert (await purge(connection, PROVIDER, NOW))["leads"] == 1
        assert "Zoë" not in await everything(connection)
