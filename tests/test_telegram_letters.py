"""What staff write to people through the bot, and what people write back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation.advisor import Advisor
from bot.store import questions
from tests.databases import NOW
from tests.telegram_bot import UNHURRIED, with_limits
from tests.telegram_office import ANN, SAM, Office, said, tapped, working


@pytest.fixture(scope="module")
def unhurried(demo: Advisor) -> Advisor:
    return with_limits(demo, **UNHURRIED)


@pytest.fixture
async def office(tmp_path: Path, unhurried: Advisor) -> AsyncIterator[Office]:
    async with working(tmp_path, unhurried) as office:
        await office.lead()
        yield office


async def written(office: Office, text: str = "Shall I keep a seat for you?") -> None:
    """Sam has written to Ann, who has read it."""
    assert "On its way to Ann Lee" in await office.sam.asks(f"/reply 1 {text}")
    assert (await office.ann.hears())["text"].endswith(text)


async def test_a_reply_reaches_the_person_and_stands_on_the_lead(office: Office) -> None:
    await office.sam.says("/reply 1 Hello Ann,\n\n<b>two</b> seats & a desk are left.")
    letter = await office.ann.hears()
    assert letter["text"].startswith("Sam Fox from Harbour Lane Training writes:\n\nHello Ann,\n\n<b>two</b> seats & a")
    assert office.ann.labels() == ["Answer Sam Fox"]
    assert (await office.history())[1:] == [
        (str(SAM), f"owner:{SAM}", ""),
        (str(SAM), "reply", "Hello Ann,\n\n<b>two</b> seats & a desk are left."),
    ]
    assert "The answer comes to you" in (await office.sam.hears())["text"]


@pytest.mark.parametrize(
    "answer",
    [
        "yes please",
        "no, thank you",
        "Tuesday suits our kanban team",
        "what would two seats cost?",
        "see you then",
        "did you get it?",
        "my number is +44 20 7946 0000",
        "🙂",
    ],
)
async def test_what_the_person_writes_next_comes_to_the_owner_and_stands_on_the_lead(
    office: Office, answer: str
) -> None:
    await written(office)
    assert await office.ann.asks(answer) == "Thank you, I have passed that on to Sam Fox."
    assert (await office.sam.hears())["text"] == f"Ann Lee (lead 1) writes:\n\n{answer}"
    assert (await office.history())[-1] == ("person", "answer", answer)
    assert office.telegram.to(office.kim.chat) == []
    async with office.app.database.read() as connection:
        assert await questions.unanswered(connection, NOW, 9) == [], "a letter is no question"


async def test_ordinary_questions_are_still_answered_by_the_bot(office: Office) -> None:
    await written(office)
    assert "16 hours" in await office.ann.asks("how long is PSPO?")
    assert office.ann.labels()[-1] == "Answer Sam Fox"
    assert "Harbour Lane" in await office.ann.asks("/start")
    assert [what for _, what, _ in await office.history()][-1] == "reply"
    assert "passed that on" in await office.ann.asks("fine, see you on Tuesday")


async def test_more_can_be_written_as_long_as_the_talk_goes_on(office: Office) -> None:
    await written(office)
    for text in ("yes please", "and I bring a colleague"):
        assert "passed that on" in await office.ann.asks(text)
        assert text in (await office.sam.hears())["text"]


async def test_the_button_makes_the_next_message_an_answer_also_a_question(office: Office) -> None:
    await written(office)
    assert "next message" in await tapped(office.ann, "Answer Sam Fox")
    assert "passed that on" in await office.ann.asks("how long is PSPO?")
    assert "how long is PSPO?" in (await office.sam.hears())["text"]


async def test_a_reply_to_the_letter_is_an_answer_however_late(office: Office) -> None:
    await written(office)
    letter = office.telegram.to(ANN)[-1]
    await office.ann.asks("how long is PSM?")
    await office.ann.replies("how long is PSPO?", letter)
    assert "passed that on" in (await office.ann.hears())["text"]
    assert "how long is PSPO?" in (await office.sam.hears())["text"]


async def test_staff_answer_with_the_button_or_with_a_reply(office: Office) -> None:
    await written(office)
    await office.ann.asks("yes please")
    question = await office.sam.hears()
    assert "next message" in await tapped(office.sam, "Write to them")
    assert "On its way" in await office.sam.asks("Done.")
    await office.sam.replies("And the desk?", question)
    assert "On its way" in (await office.sam.hears())["text"]
    assert (await office.ann.hears())["text"].endswith("Done.")
    assert (await office.ann.hears())["text"].endswith("And the desk?")


async def test_a_reply_to_a_card_is_no_letter(office: Office) -> None:
    card = await said(office.sam, "/lead 1")
    await office.sam.replies("she seems hard to please", card)
    await office.sam.hears()
    assert (office.telegram.to(ANN), [what for _, what, _ in await office.history()]) == ([], ["created"])


async def test_the_answer_comes_to_the_owner_also_where_a_colleague_wrote(office: Office) -> None:
    await office.kim.asks("/lead 1")
    await tapped(office.kim, "I take it")
    assert "comes to Kim Roe" in await office.sam.asks("/reply 1 Hello")
    await office.ann.hears()
    await office.ann.asks("yes please")
    assert (await office.kim.hears())["text"].endswith("yes please")


async def test_where_the_owner_has_left_everybody_hears(office: Office) -> None:
    await written(office)
    await office.dismiss(SAM)
    await office.ann.asks("yes please")
    for colleague in (office.kim, office.pat):
        assert (await colleague.hears())["text"] == "Ann Lee (lead 1) writes:\n\nyes please"
    assert len(office.telegram.to(SAM)) == 1


async def test_who_has_blocked_the_bot_is_told_of(office: Office) -> None:
    office.telegram.fail("sendMessage", 403, chat=ANN)
    assert "On its way" in await office.sam.asks("/reply 1 Hello")
    told = (await office.sam.hears())["text"]
    assert "Ann Lee (lead 1) did not arrive: they have blocked the bot" in told
    assert "ann@example.org" in told
    assert "did not arrive" in await office.kim.asks("/lead 1")


async def test_who_did_not_come_from_telegram_is_told_of(office: Office) -> None:
    id = await office.lead("local", channel="terminal", name="Ted", email="ted@example.org")
    answer = await office.sam.asks(f"/reply {id} Hello Ted")
    assert answer.startswith("Not sent: lead 2 did not come from Telegram")
    assert "ted@example.org" in answer
    await office.sam.asks("/lead 2")
    assert "Write to them" not in office.sam.labels()
    assert [what for _, what, _ in await office.history(id)] == ["created"]


async def test_who_withdrew_consent_is_not_written_to(office: Office) -> None:
    await office.sam.asks("/lead 1")
    await office.ann.asks("/withdraw")
    assert "must not be contacted" in await office.sam.asks("/reply 1 Hello")
    assert "must not be contacted" in await tapped(office.sam, "Write to them")
    assert "do not contact" in await office.sam.asks("/lead 1")
    assert office.sam.labels() == []
    assert len(office.telegram.to(ANN)) == 1


async def test_a_reply_without_words_or_number_is_explained(office: Office) -> None:
    for text in ("/reply", "/reply 1", "/reply hello Ann"):
        assert "your words" in await office.sam.asks(text)
    assert office.telegram.to(ANN) == []


async def test_who_deletes_everything_is_not_tied_to_the_letter(office: Office) -> None:
    await written(office)
    letter = office.telegram.to(ANN)[-1]
    await office.ann.asks("/deleteme")
    await tapped(office.ann, "Yes, delete everything")
    await office.ann.replies("yes please", letter)
    assert "passed" not in (await office.ann.hears())["text"]
    assert "There is no lead 1" in await office.sam.asks("/lead 1")


async def test_a_letter_of_any_length_arrives_whole(office: Office) -> None:
    await written(office)
    long = " ".join(f"word{number} 🙂" for number in range(350))
    await office.ann.asks(long)
    await office.telegram.until(lambda: "word349" in office.telegram.to(SAM)[-1]["text"])
    told = "".join(message["text"] for message in office.telegram.to(SAM)[1:])
    assert all(f"word{number} " in told for number in range(350))
    assert office.telegram.refusals == []
