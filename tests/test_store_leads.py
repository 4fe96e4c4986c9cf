"""Leads as staff work with them, on both engines."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import StoreError, UnknownLeadError
from bot.models.lead import Asked, Lead, LeadDraft
from bot.store import leads, outbox, staff
from bot.store.database import Connection, Database
from bot.store.leads import LeadFilter
from bot.store.schema import leads as table
from tests.databases import KEEP, NOW, draft

LATER = NOW + timedelta(hours=1)


async def saved(connection: Connection, given: LeadDraft, crm: bool = False) -> Lead:
    lead, _ = await leads.save(connection, given, KEEP, NOW, crm=crm)
    return lead


async def again(connection: Connection, lead: Lead) -> Lead:
    found = await leads.get(connection, lead.id)
    assert found
    return found


async def test_a_person_has_one_open_lead_and_it_grows(database: Database) -> None:
    async with database.begin() as connection:
        first, became = await leads.save(connection, draft(), KEEP, NOW)
        assert became
        second, became = await leads.save(
            connection, draft(courses=("PSM",), wishes=("price",), email=None, phone="+442079460000"), KEEP, LATER
        )
        assert not became
    assert second.id == first.id
    assert second.draft.courses == ("PSPO", "PSM")
    assert second.draft.wishes == ("enrol", "price")
    assert (second.draft.email, second.draft.phone) == ("ann@example.org", "+442079460000")
    assert (second.created, second.updated, second.keep_until) == (NOW, LATER, LATER + KEEP.leads)
    assert [(entry.who, entry.what) for entry in second.history] == [("person", "created"), ("person", "updated")]


async def test_a_partial_lead_becomes_a_lead_once(database: Database) -> None:
    async with database.begin() as connection:
        partial, became = await leads.save(connection, draft(partial=True), KEEP, NOW)
        assert (partial.status, became, partial.keep_until) == ("partial", False, NOW + KEEP.partial)
        whole, became = await leads.save(connection, draft(), KEEP, NOW)
        assert (whole.id, whole.status, became, whole.keep_until) == (partial.id, "new", True, NOW + KEEP.leads)
        _, became = await leads.save(connection, draft(partial=True), KEEP, NOW)
        assert not became
        assert (await again(connection, whole)).status == "new"


async def test_a_further_form_half_filled_in_changes_nothing_of_what_was_sent(database: Database) -> None:
    async with database.begin() as connection:
        whole, _ = await leads.save(connection, draft(courses=("PSM",)), KEEP, NOW)
        await leads.save(connection, draft(name="Not Giving", courses=("PSPO",), partial=True), KEEP, LATER)
        kept = await again(connection, whole)
        assert (kept.draft.name, kept.draft.courses, kept.updated) == (whole.draft.name, ("PSM",), NOW)


async def test_a_form_says_itself_which_courses_it_is_about(database: Database) -> None:
    async with database.begin() as connection:
        await leads.save(connection, draft(courses=("PSPO",), partial=True), KEEP, NOW)
        whole, _ = await leads.save(connection, draft(courses=("PSM",)), KEEP, LATER)
        assert whole.draft.courses == ("PSM",)


async def test_questions_of_a_later_talk_are_added_and_none_is_doubled(database: Database) -> None:
    first, second = Asked("how long?", "answer", NOW), Asked("what does it cost?", "not_stated", LATER)
    async with database.begin() as connection:
        await saved(connection, draft(asked=(first,)))
        await saved(connection, draft(asked=(first,)))
        lead = await saved(connection, draft(asked=(second,)))
    assert lead.draft.asked == (first, second)


async def test_what_partly_failed_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.begin() as connection:
            await saved(connection, draft())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.read() as connection:
        assert await leads.find(connection, LeadFilter()) == []


async def test_the_same_contact_from_another_account_is_flagged_on_both_and_not_merged(database: Database) -> None:
    async with database.begin() as connection:
        one = await saved(connection, draft("42"))
        other = await saved(connection, draft("43"))
        assert (await again(connection, one)).flagged == f"same contact as lead {other.id}"
        assert other.flagged == f"same contact as lead {one.id}"
        assert (await saved(connection, draft("44", email="bob@example.org"))).flagged is None


async def test_of_two_who_take_a_lead_exactly_one_gets_it(database: Database) -> None:
    async with database.begin() as connection:
        lead = await saved(connection, draft())

    async def take(user: str) -> str:
        async with database.begin() as connection:
            return await leads.take(connection, lead.id, user, LATER)

    owners = await asyncio.gather(*(take(user) for user in ("7", "8", "9")))
    assert len(set(owners)) == 1
    async with database.read() as connection:
        after = await again(connection, lead)
    assert after.owner == owners[0]
    assert [entry.what for entry in after.history] == ["created", f"owner:{after.owner}"]


async def test_a_taken_lead_keeps_its_owner_when_the_person_comes_back_by_a_campaign(database: Database) -> None:
    async with database.begin() as connection:
        lead = await saved(connection, draft())
        await leads.take(connection, lead.id, "7", LATER)
        assert (await saved(connection, draft(owner="8", campaign="spring"))).owner == "7"


async def test_leads_of_a_member_who_leaves_can_be_taken_again(database: Database) -> None:
    async with database.begin() as connection:
        mine, won = await saved(connection, draft("42")), await saved(connection, draft("43", email=None))
        await staff.accept(connection, await staff.invite(connection, "Bea", "staff", NOW, timedelta(1)), "7", NOW)
        for lead in (mine, won):
            await leads.take(connection, lead.id, "7", NOW)
        await leads.set_status(connection, won.id, "won", "7", NOW)
        assert await staff.remove(connection, "7", LATER)
        assert await leads.take(connection, mine.id, "8", LATER) == "8"
        assert (await again(connection, won)).owner == "7"


async def test_every_change_is_in_the_history_with_who_and_when(database: Database) -> None:
    async with database.begin() as connection:
        lead = await saved(connection, draft())
        await leads.set_status(connection, lead.id, "contacted", "7", LATER)
        await leads.add_note(connection, lead.id, "7", "Call after five", LATER)
        await leads.note_message(connection, lead.id, "7", "reply", "Monday?", LATER)
        after = await again(connection, lead)
    assert (after.status, after.updated) == ("contacted", LATER)
    assert [(entry.at, entry.who, entry.what, entry.text) for entry in after.history[1:]] == [
        (LATER, "7", "status:contacted", ""),
        (LATER, "7", "note", "Call after five"),
        (LATER, "7", "reply", "Monday?"),
    ]


async def test_work_on_a_lead_that_is_gone_says_so(database: Database) -> None:
    async with database.begin() as connection:
        for work in (
            leads.take(connection, 9, "7", NOW),
            leads.set_status(connection, 9, "won", "7", NOW),
            leads.add_note(connection, 9, "7", "x", NOW),
        ):
            with pytest.raises(UnknownLeadError, match="There is no lead 9"):
                await work


async def test_after_a_lead_is_closed_the_next_enquiry_is_a_new_lead(database: Database) -> None:
    async with database.begin() as connection:
        old = await saved(connection, draft())
        await leads.set_status(connection, old.id, "lost", "7", NOW)
        new = await saved(connection, draft())
        assert new.id != old.id
        assert new.flagged is None, "it is the same account"
        await leads.set_status(connection, old.id, "contacted", "7", NOW)
        assert (await saved(connection, draft())).id == new.id


async def test_a_lead_that_is_reopened_grows_again(database: Database) -> None:
    async with database.begin() as connection:
        old = await saved(connection, draft())
        await leads.set_status(connection, old.id, "lost", "7", NOW)
        await leads.set_status(connection, old.id, "contacted", "7", NOW)
        assert (await saved(connection, draft())).id == old.id


async def test_the_database_itself_refuses_a_second_open_lead(database: Database) -> None:
    async def two() -> None:
        async with database.begin() as connection:
            closed = await saved(connection, draft())
            await leads.set_status(connection, closed.id, "lost", "7", NOW)
            await saved(connection, draft())
            await connection.execute(table.update().values(open=True))

    with pytest.raises(StoreError):
        await two()


async def test_leads_are_found_by_time_course_status_and_owner(database: Database) -> None:
    async with database.begin() as connection:
        for day in range(5):
            given = draft(str(day), email=None, courses=("PSM",) if day % 2 else ("PSPO", "PSM-A"))
            await leads.save(connection, given, KEEP, NOW + timedelta(days=day))
        await leads.take(connection, 2, "7", NOW)
        await leads.set_status(connection, 3, "won", "7", NOW)

        async def ids(limit: int = 100, **wanted: object) -> list[int]:
            return [lead.id for lead in await leads.find(connection, LeadFilter(**wanted), limit)]  # type: ignore[arg-type]

        assert await ids() == [5, 4, 3, 2, 1]
        assert await ids(course="psm") == [4, 2]
        assert await ids(course="PSPO", limit=2) == [5, 3]
        assert await ids(course="PS") == []
        assert await ids(since=NOW + timedelta(days=1), until=NOW + timedelta(days=3)) == [3, 2]
        assert await ids(status="won") == [3]
        assert await ids(owner="7", status="new") == [2]
        assert [lead.id async for lead in leads.stream(connection, LeadFilter(course="PSM"))] == [2, 4]
        assert await leads.count(connection, LeadFilter(course="PSM")) == 2
        assert await leads.counts(connection, NOW, None) == {"new": 4, "won": 1}
        assert await leads.counts(connection, NOW, NOW + timedelta(days=1)) == {"new": 1}


async def test_a_withdrawn_consent_closes_the_lead_to_sales_and_a_partial_one_is_gone(database: Database) -> None:
    async with database.begin() as connection:
        lead = await saved(connection, draft("42"))
        await leads.save(connection, draft("43", partial=True), KEEP, NOW)
        for user in ("42", "43"):
            await leads.withdraw(connection, "telegram", user, LATER)
        after = await again(connection, lead)
        assert (after.status, after.draft.consent.withdrawn, after.keep_until) == ("lost", LATER, LATER)
        assert after.history[-1].what == "withdrawn"
        assert len(await leads.find(connection, LeadFilter())) == 1
        await leads.set_status(connection, lead.id, "new", "7", LATER)
        assert (await saved(connection, draft("42"))).id != lead.id


async def test_a_lead_is_handed_to_the_crm_when_it_is_whole_and_each_change_follows(database: Database) -> None:
    async def events() -> list[str]:
        async with database.read() as connection:
            due = await outbox.due(connection, LATER, 10, ("crm",))
        assert len({row.key for row in due}) == len(due)
        return [f"{row.payload['type']} {row.lead}" for row in due]

    async with database.begin() as connection:
        await saved(connection, draft(partial=True), crm=True)
    assert await events() == []
    async with database.begin() as connection:
        await saved(connection, draft(), crm=True)
    assert await events() == ["lead.created 1"]
    async with database.begin() as connection:
        await saved(connection, draft(courses=("PSM",)), crm=True)
        await leads.set_status(connection, 1, "contacted", "7", NOW)
    assert await events() == ["lead.created 1", "lead.updated 1", "lead.updated 1"]


async def test_without_a_crm_nothing_is_put_out_for_one(database: Database) -> None:
    async with database.begin() as connection:
        await saved(connection, draft())
        await leads.set_status(connection, 1, "contacted", "7", NOW)
        assert await outbox.due(connection, LATER, 10, ("crm",)) == []


async def test_leads_in_work_are_counted_by_course_and_read_page_by_page(database: Database) -> None:
    async with database.begin() as connection:
        for user, courses in (("1", ("PSPO",)), ("2", ("PSM", "PSPO")), ("3", ("PSM",)), ("4", ("PSPO",))):
            await saved(connection, draft(user, email=None, courses=courses))
        await leads.set_status(connection, 3, "lost", "7", NOW)
        in_work = LeadFilter(in_work=True)
        assert await leads.by_course(connection, in_work) == {"PSPO": 3, "PSM": 1}
        assert await leads.count(connection, in_work) == 3
        assert [lead.id for lead in await leads.find(connection, in_work, 2, skip=1)] == [2, 1]
