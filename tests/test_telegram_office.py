"""What the office hears of itself, and gets out of it: news of leads, files, figures, content."""

import io
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.app import advisor_for
from bot.conversation.advisor import Advisor
from bot.models.content import Campaign
from bot.models.reply import Request
from tests.conftest import KNOWLEDGE
from tests.telegram_bot import UNHURRIED, with_limits
from tests.telegram_office import ANN, BOB, KIM, PAT, SAM, Office, said, tapped, working

GROUP = -200


@pytest.fixture(scope="module")
def unhurried(demo: Advisor) -> Advisor:
    return with_limits(demo, **UNHURRIED)


@pytest.fixture
async def office(tmp_path: Path, unhurried: Advisor) -> AsyncIterator[Office]:
    async with working(tmp_path, unhurried) as office:
        yield office


# News.


async def test_a_new_lead_is_announced_once_to_each_of_the_staff(office: Office) -> None:
    await office.enrols(office.ann, "Ann Lee")
    for colleague in (office.pat, office.sam, office.kim):
        assert (await colleague.hears())["text"] == "New lead 1: Ann Lee wants to enrol (PSPO)."
    assert (await tapped(office.sam, "I take it")).startswith("Lead 1 is yours.")
    assert (await tapped(office.kim, "I take it")) == "Sam Fox was faster: lead 1 is taken."
    await office.enrols(office.ann, "Ann Lee")
    assert (await office.sam.hears())["text"].startswith("Lead 1 of yours has asked again: Ann Lee")
    assert [len(office.telegram.to(user)) for user in (PAT, KIM)] == [1, 2]


async def test_a_group_hears_of_a_lead_without_anything_about_the_person(tmp_path: Path, unhurried: Advisor) -> None:
    provider = replace(unhurried.knowledge.provider, staff_chat=str(GROUP))
    async with working(tmp_path, advisor_for(replace(unhurried.knowledge, provider=provider))) as office:
        await office.enrols(office.ann, "Ann Lee")
        group = office.telegram.person(SAM, chat=GROUP)
        news = await group.hears()
        assert news["text"] == "New lead 1: somebody wants to enrol (PSPO)."
        (button,) = news["reply_markup"]["inline_keyboard"][0]
        assert button["url"] == "https://t.me/course_test_bot?start=lead_1"
        assert (await office.sam.asks("/start lead_1")).startswith("Lead 1: Ann Lee")
        assert "Ann" not in await office.bob.asks("/start lead_1")
        assert [office.telegram.to(user) for user in (PAT, KIM)] == [[], []]


@pytest.mark.parametrize(("owner", "hears"), [(str(KIM), {KIM}), ("99", {PAT, SAM, KIM})])
async def test_a_lead_of_a_campaign_with_an_owner_is_announced_to_them_if_they_work_here(
    tmp_path: Path, unhurried: Advisor, owner: str, hears: set[int]
) -> None:
    campaigns = {"fair": Campaign("fair", source="fair", campaign="autumn", course="PSM", owner=owner)}
    async with working(tmp_path, advisor_for(replace(unhurried.knowledge, campaigns=campaigns))) as office:
        await office.enrols(office.ann, "Ann Lee", start="/start fair")
        for user in hears:
            await office.telegram.until(lambda user=user: bool(office.telegram.to(user)))  # type: ignore[misc]
        assert {user for user in (PAT, SAM, KIM, 99) if office.telegram.to(user)} == hears
        lead = await office.kept()
        assert (lead.owner, lead.draft.source, lead.draft.campaign) == (owner, "fair", "autumn")
        assert "Came by: fair, autumn" in await office.kim.asks("/lead 1") or KIM in hears


async def test_a_lead_given_in_the_terminal_is_announced_on_telegram(office: Office) -> None:
    for text in ("sign me up for PSPO", "!form|consent|yes", "Ted Ott, ted@example.org", "!form|skip|note"):
        await terminal(office, text)
    await terminal(office, "!form|review|yes")
    assert (await office.sam.hears())["text"] == "New lead 1: Ted Ott wants to enrol (PSPO)."
    assert "• From: terminal" in await office.sam.asks("/lead 1")


async def terminal(office: Office, text: str) -> None:
    payload = text.removeprefix("!") if text.startswith("!") else ""
    await office.app.answer(Request("terminal", "local", "" if payload else text, payload))


# Files.


async def exported(office: Office, words: str) -> Any:
    await office.sam.says(f"/export {words}")
    return (await office.sam.hears(2))["document"]


async def test_an_export_comes_as_a_file(office: Office) -> None:
    await office.lead(ANN)
    await office.lead(BOB, name="Bob Ray", email="bob@example.org", courses=("PSM",))
    document = await exported(office, "")
    assert document["file_name"] == "leads.csv"
    assert document["content"].decode("utf-8-sig").count("\r\n") == 3
    book = openpyxl.load_workbook(io.BytesIO((await exported(office, "XLSX status=new course=psm"))["content"]))
    assert [row[5].value for row in book["Leads"].iter_rows(min_row=2)] == ["Bob Ray"]


async def test_an_export_is_filtered_by_owner_and_day(office: Office) -> None:
    await office.lead(ANN)
    assert "no file" in await office.sam.asks("/export owner=me")
    await office.sam.asks("/lead 1")
    await tapped(office.sam, "I take it")
    assert b"Ann Lee" in (await exported(office, "owner=me since=2026-01-01"))["content"]
    mine = (await exported(office, "owner=sam"))["content"]
    assert b"Ann Lee" in mine
    assert b'"Sam Fox"' in mine
    assert "no file" in await office.sam.asks("/export until=2020-12-31")


@pytest.mark.parametrize("word", ["everything", "status=great", "since=yesterday", "colour=red", "owner=", "owner=zoe"])
async def test_a_filter_that_is_not_known_is_named(office: Office, word: str) -> None:
    assert f"I do not know “{word.removeprefix('since=')}”" in await office.sam.asks(f"/export {word}")


# Figures.


async def test_unanswered_questions_and_figures(office: Office) -> None:
    await office.lead(ANN)
    assert "Nothing was left unanswered" in await office.sam.asks("/unanswered")
    for person in (office.ann, office.bob):
        await person.asks("may I bring my parrot?")
    await office.ann.asks("how long is PSPO?")
    assert "• 2 times: may I bring my parrot?" in await office.sam.asks("/unanswered 7")
    figures = await office.sam.asks("/stats")
    assert figures.startswith("The last 30 days: 3 messages, 1 lead.")
    assert "• not understood: 2" in figures
    assert "• new: 1" in figures
    assert (await tapped(office.sam, "7 days")).startswith("The last 7 days")
    assert "no number of days" in await office.sam.asks("/stats soon")


async def test_a_pressed_button_is_logged_in_words(office: Office) -> None:
    await office.ann.asks("/start PSPO")
    await tapped(office.ann, office.ann.labels()[0])
    kept = await office.everything()
    assert "About the course: PSPO" in kept
    assert "ask|" not in kept.replace("'ask|", "")


# Content.


@pytest.fixture
async def editors(tmp_path: Path, unhurried: Advisor) -> AsyncIterator[Office]:
    """An office whose content can be edited."""
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    async with working(tmp_path, unhurried, knowledge_dir=tmp_path / "knowledge") as office:
        yield office


async def test_edited_content_is_loaded_on_request(editors: Office) -> None:
    page = editors.app.settings.knowledge_dir / "courses" / "professional-scrum-product-owner.md"
    page.write_text(page.read_text().replace("85%", "86%"))
    assert "85%" in await editors.ann.asks("pass mark of PSPO?")
    assert (await editors.sam.asks("/reload")).startswith("The edited content is in force: 12 courses")
    assert "86%" in await editors.ann.asks("pass mark of PSPO?")


async def test_content_that_cannot_be_used_is_named_and_changes_nothing(editors: Office) -> None:
    folder = editors.app.settings.knowledge_dir
    (folder / "provider.yaml").write_text("name: [")
    told = await editors.sam.asks("/reload")
    assert "still is" in told
    assert "provider.yaml" in told
    assert "85%" in await editors.ann.asks("pass mark of PSPO?")


async def test_the_content_checker_is_summed_up(editors: Office) -> None:
    courses = editors.app.settings.knowledge_dir / "courses"
    (courses / "broken.md").write_text("---\ntitle: [\n---\n")
    told = await editors.sam.asks("/check")
    assert "1 unusable, left out" in told
    assert "broken.md" in told
    assert "1 left out" in (await said(editors.sam, "/reload"))["text"]


# Silence.


async def test_no_name_no_text_and_no_key_stands_in_the_log(
    tmp_path: Path, unhurried: Advisor, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async with working(tmp_path, unhurried, log_level="DEBUG") as office:
        key = await office.invite("Bob Ray")
        await office.bob.asks(f"/start {key}")
        await office.enrols(office.ann, "Ann Lee", start="/start po-poster")
        await office.sam.hears()
        await tapped(office.sam, "I take it")
        await tapped(office.sam, "Add a note")
        await office.sam.asks("Prefers mornings")
        office.telegram.fail("sendMessage", 403, chat=ANN)
        await office.sam.asks("/reply 1 Shall I keep a seat?")
        await office.sam.hears()
        await office.sam.asks("/reply 1 Are you there?")
        await office.ann.hears()
        await office.ann.asks("Tuesday suits me")
        await office.sam.hears()
        await exported(office, "xlsx")
        for command in ("/check", "/reload", "/stats", "/unanswered", "/lead 1"):
            await office.sam.asks(command)
        secrets = (
            key, office.telegram.token, "Ann Lee", "@example.org", "Bob Ray", "Sam Fox", "mornings", "seat", "suits",
        )  # fmt: skip
    log = capfd.readouterr().err + caplog.text
    assert '"message": "tap"' in log
    assert not [secret for secret in secrets if secret in log]
