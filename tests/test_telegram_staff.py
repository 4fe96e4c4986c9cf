"""Sales staff at work, and everybody else who tries to be one of them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.conversation.advisor import Advisor
from bot.models.lead import Asked
from tests.databases import NOW
from tests.telegram_bot import UNHURRIED, with_limits
from tests.telegram_office import ANN, BOB, KIM, SAM, Office, said, tapped, working

COMMANDS = ("/leads", "/lead 1", "/reply 1 Good morning", "/export", "/unanswered", "/stats", "/check", "/reload")


@pytest.fixture(scope="module")
def unhurried(demo: Advisor) -> Advisor:
    return with_limits(demo, **UNHURRIED)


@pytest.fixture
async def office(tmp_path: Path, unhurried: Advisor) -> AsyncIterator[Office]:
    async with working(tmp_path, unhurried) as office:
        yield office


# Who is staff.


async def test_an_invitation_makes_a_member_once_and_shows_the_menu(office: Office) -> None:
    await office.lead()
    key = await office.invite("Bob Ray")
    welcome = await said(office.bob, f"/start {key}")
    assert welcome["text"].startswith("Welcome, Bob Ray.")
    assert "/leads – " in welcome["text"]
    await office.telegram.until(lambda: f"chat:{BOB}" in office.telegram.commands)
    assert "leads" in {command["command"] for command in office.telegram.commands[f"chat:{BOB}"]}
    assert "1 new lead" in await office.bob.asks("/leads")
    assert "does not work any more" in await office.ann.asks(f"/start {key}")
    assert f"chat:{ANN}" not in office.telegram.commands


@pytest.mark.parametrize("text", ["/start staff_nobody-ever_made_this", "/start  STAFF_x", "staff_guess"])
async def test_an_unknown_invitation_is_refused_politely(office: Office, text: str) -> None:
    assert (await office.ann.asks(text)).startswith("This invitation does not work any more")
    assert "lead" not in await office.ann.asks("/leads")


async def test_an_expired_invitation_is_refused(office: Office) -> None:
    key = await office.invite("Late", valid=timedelta(seconds=-1))
    assert "its time is over" in await office.ann.asks(f"/start {key}")


async def test_the_key_of_an_invitation_is_kept_nowhere(office: Office) -> None:
    key = await office.invite("Bob Ray")
    group = office.telegram.person(BOB, "Bob", chat=-100)
    assert await group.asks(f"/start@course_test_bot {key}")
    assert await group.asks(f"@course_test_bot is {key} my key?")
    assert (await office.everything()).count(key) == 1, "the invitation itself"
    assert "Welcome" in await office.bob.asks(key)
    assert key not in await office.everything()


async def test_an_administrator_who_opens_an_invitation_leaves_it_to_whom_it_is_for(office: Office) -> None:
    await office.hire(BOB, "Bob Ray", "admin")
    key = await office.invite("Ann Lee")
    assert "administrator already" in await office.bob.asks(f"/start {key}")
    assert "Welcome, Ann Lee" in await office.ann.asks(f"/start {key}")


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_command_of_staff_is_unknown_text_for_everybody_else(office: Office, command: str) -> None:
    await office.lead()
    before = await office.history()
    answer = await office.bob.asks(command)
    assert not [word for word in ("Ann", "lead", "1", "course-advisor", "reload") if word in answer]
    assert (await office.history(), office.telegram.to(ANN)) == (before, [])


async def test_in_a_group_staff_are_like_everybody_else(office: Office) -> None:
    await office.lead()
    group = office.telegram.person(SAM, "Sam", chat=-100)
    for command in COMMANDS:
        answer = await group.asks(f"{command.partition(' ')[0]}@course_test_bot {command.partition(' ')[2]}")
        assert "Ann" not in answer
        assert "lead" not in answer
    assert office.telegram.to(ANN) == []


async def test_a_stolen_button_does_nothing(office: Office) -> None:
    await office.lead()
    await office.sam.asks("/lead 1")
    keyboard = office.telegram.to(SAM)[-1]["reply_markup"]["inline_keyboard"]
    for data in (button["callback_data"] for row in keyboard for button in row):
        await office.bob.press(data)
        assert "out of date" in (await office.bob.hears())["text"]
    assert (await office.kept()).owner is None


async def test_who_is_removed_loses_commands_buttons_and_menu_at_once(office: Office) -> None:
    await office.lead()
    await office.sam.asks("/lead 1")
    await tapped(office.sam, "Add a note")
    card = office.telegram.to(SAM)[-2]
    await office.telegram.until(lambda: f"chat:{SAM}" in office.telegram.commands)
    await office.dismiss(SAM)
    assert "out of date" in await tapped(office.sam, "I take it", card)
    await office.telegram.until(lambda: f"chat:{SAM}" not in office.telegram.commands)
    await office.sam.asks("she is rude")
    assert "Ann" not in await office.sam.asks("/leads")
    assert "Ann" not in await office.sam.asks("/export")
    assert [what for _, what, _ in await office.history()] == ["created"]


async def test_who_is_removed_by_the_command_loses_the_menu_without_writing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.telegram.until(lambda: f"chat:{SAM}" in office.telegram.commands)
    monkeypatch.setenv("DATABASE_URL", office.app.settings.database_url.value)
    done = await asyncio.to_thread(CliRunner().invoke, main, ["staff", "remove", str(SAM)])
    assert done.exit_code == 0, done.output
    await office.telegram.until(lambda: f"chat:{SAM}" not in office.telegram.commands)
    assert f"chat:{KIM}" in office.telegram.commands
    assert office.telegram.to(SAM) == []


# Facts.


async def test_staff_get_the_same_answer_with_its_source(office: Office) -> None:
    answer, seen = (await office.ann.asks("pass mark of PSPO?")), (await office.sam.asks("pass mark of PSPO?"))
    assert seen.splitlines()[0] == answer.splitlines()[0]
    assert "professional-scrum-product-owner.md: delivery.certification, line " in seen
    assert ".md" not in answer


async def test_staff_see_what_a_page_says_nothing_on(office: Office) -> None:
    silent = next(
        (course, spec.label)
        for course in office.app.knowledge.courses.values()
        for name, spec in office.app.knowledge.facts.items()
        if spec.usual and course.listed and not course.fact(name)
    )
    question = f"tell me about {silent[0].key}"
    assert silent[1] in (await office.sam.asks(question)).partition("says nothing on")[2]
    assert "says nothing on" not in await office.ann.asks(question)


async def test_staff_who_ask_for_a_price_are_not_asked_for_their_consent(office: Office) -> None:
    assert "May Harbour Lane" in await office.ann.asks("what does PSPO cost?")
    answer = await office.sam.asks("what does PSPO cost?")
    assert "not on our pages" in answer
    assert "May Harbour Lane" not in answer


# Leads.


async def test_new_leads_are_listed_and_opened_with_a_button(office: Office) -> None:
    await office.lead(ANN)
    await office.lead(BOB, name="Bob Ray", email="bob@example.org", courses=("PSM",))
    listed = await said(office.sam, "/leads")
    assert listed["text"].startswith("2 new leads\n\n• 2 Bob Ray wants to enrol (PSM); new, ")
    card = await tapped(office.sam, "2 Bob")
    assert card.startswith("Lead 2: Bob Ray\n\n• New, nobody has taken it yet\n• E-mail: bob@example.org\n")


async def test_leads_are_found_as_mine_of_today_and_by_course(office: Office) -> None:
    await office.lead(ANN)
    await office.lead(BOB, name="Bob Ray", email="bob@example.org", courses=("PSM",))
    await office.sam.asks("/lead 2")
    await tapped(office.sam, "I take it")
    assert (await office.sam.asks("/leads mine")).startswith("1 lead of yours in work\n\n• 2 Bob Ray")
    assert (await tapped(office.sam, "Today")).startswith("2 leads from today")
    assert "which course" in await tapped(office.sam, "By course")
    assert (await tapped(office.sam, "PSM (1)")).startswith("1 lead in work for PSM\n\n• 2 Bob Ray")
    assert (await office.sam.asks("/leads pspo")).startswith("1 lead in work for pspo\n\n• 1 Ann Lee")
    assert await office.kim.asks("/leads mine") == "No leads of yours in work."


async def test_a_long_list_goes_on(office: Office) -> None:
    for number in range(10):
        await office.lead(100 + number, name=f"Person {number}", email=f"p{number}@example.org")
    assert (await office.sam.asks("/leads")).startswith("10 new leads\n\n• 10 Person 9")
    assert "• 2 Person 1" in await tapped(office.sam, "2 older")
    assert "1 Person 0" in office.sam.labels()


async def test_a_card_says_all_that_is_known(office: Office) -> None:
    asked = (Asked("how long is PSPO?", "answer", NOW), Asked("is lunch included?", "not_stated", NOW))
    await office.lead(
        phone="+442079460000", wishes=("in_house", "price"), courses=("PSPO", "gone"), company="Acme", people=12,
        note="Mornings\nonly", source="newsletter", campaign="spring", asked=asked, here=True,
    )  # fmt: skip
    card = await office.sam.asks("/lead #1")
    for line in (
        "Lead 1: Ann Lee", "• E-mail: ann@example.org", "• Phone: +442079460000", "• Courses: PSPO, gone",
        "• Wants an in-house course, asks for the price", "• Company: Acme, 12 people", "• Note: Mornings only",
        "• Came by: newsletter, spring", "• Wants the answer here in the chat", "• how long is PSPO? (answered)",
        "• is lunch included? (the page does not say)",
    ):  # fmt: skip
        assert line in card.splitlines(), card


async def test_a_lead_that_is_not_there_is_said_so(office: Office) -> None:
    for text in ("/lead 99", "/lead x", "/lead 99999999999999999999999", "/reply 99 hello"):
        assert (await office.sam.asks(text)).startswith("There is no lead"), text
    assert "number" in await office.sam.asks("/lead")


async def test_of_two_who_take_a_lead_one_gets_it_and_the_other_hears_who(office: Office) -> None:
    await office.lead()
    await asyncio.gather(office.sam.asks("/lead 1"), office.kim.asks("/lead 1"))
    told = await asyncio.gather(tapped(office.sam, "I take it"), tapped(office.kim, "I take it"))
    winner = (await office.kept()).owner
    assert winner in (str(SAM), str(KIM))
    first, second = told if winner == str(SAM) else reversed(told)
    assert first.startswith("Lead 1 is yours.")
    assert second == f"{'Sam Fox' if winner == str(SAM) else 'Kim Roe'} was faster: lead 1 is taken."


async def test_how_a_lead_stands_is_said_with_buttons_and_kept_in_its_history(office: Office) -> None:
    await office.lead()
    await office.sam.asks("/lead 1")
    for label, status in (("Contacted", "contacted"), ("Qualified", "qualified"), ("Won", "won"), ("Lost", "lost")):
        assert await tapped(office.sam, label) == f"Lead 1 (Ann Lee) is now {status}."
        assert label not in office.sam.labels()
    assert [(who, what) for who, what, _ in await office.history()][1:] == [
        ("8", f"status:{status}") for status in ("contacted", "qualified", "won", "lost")
    ]
    assert "lost (Sam Fox)" in await office.kim.asks("/lead 1")


async def test_the_next_message_becomes_the_note_and_only_that(office: Office) -> None:
    await office.lead()
    await office.sam.asks("/lead 1")
    assert "next message" in await tapped(office.sam, "Add a note")
    assert await office.sam.asks("Prefers mornings.\nKnows PSPO?") == "Noted on lead 1."
    assert "16 hours" in await office.sam.asks("how long is PSPO?")
    assert (await office.history())[1:] == [(str(SAM), "note", "Prefers mornings.\nKnows PSPO?")]
    assert "Sam Fox noted: Prefers mornings. Knows PSPO?" in await office.kim.asks("/lead 1")


@pytest.mark.parametrize("way_out", ["Cancel", "/cancel", "/leads"])
async def test_a_note_can_be_left(office: Office, way_out: str) -> None:
    await office.lead()
    await office.sam.asks("/lead 1")
    await tapped(office.sam, "Add a note")
    assert await (office.sam.asks(way_out) if way_out.startswith("/") else tapped(office.sam, way_out))
    assert "16 hours" in await office.sam.asks("how long is PSPO?")
    assert [what for _, what, _ in await office.history()] == ["created"]
