"""The question log keeps no contact and no number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.advisor import Advisor
from bot.conversation.masks import masked
from bot.models.conversation import Conversation
from bot.models.reply import Request
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("write to ann@example.org please", "write to <email> please"),
        ("call 07700 900142", "call <phone>"),
        ("im @annlee on here", "im <handle> on here"),
        ("is 80% enough", "is <number>% enough"),
        ("see https://example.org/x?y=1", "see <link>"),
    ],
)
def test_contacts_and_numbers_are_masked(typed: str, kept: str) -> None:
    assert masked(typed) == kept


@given(st.text())
def test_no_digit_survives(text: str) -> None:
    assert not re.search(r"\d", masked(text))


def test_a_long_message_is_cut() -> None:
    assert len(masked("word " * 1000)) == 300


def kept(demo: Advisor, *messages: str) -> tuple[list[str], list[str]]:
    """What the question log and the conversation keep of a talk."""
    conversation, log = Conversation("c1", "terminal", "u1"), []
    for text in messages:
        turn = demo.turn(Request("terminal", "u1", text), conversation, NOW)
        conversation = turn.conversation
        log += [turn.log.text] if turn.log else []
    return log, [asked.text for asked in conversation.asked]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("I'm Ann Lee from Fernhill Bank, what does PSK cost?", "I'm <name> from <company>, what does PSK cost?"),
        ("i'm ann lee and how long is PSK", "i'm <name> and how long is PSK"),
        ("my name is josé, how long is PSK?", "my name is <name>, how long is PSK?"),
        ("Joost van Dam, how long is PSK", "<name>, how long is PSK"),
        ("Ben Okafor, ben@x.org, what does PSM cost", "<name>, <email>, what does PSM cost"),
        ("how long is PSK? ann at example dot org", "how long is PSK? <email>"),
        ("how long is PSK, tell @annlee", "how long is PSK, tell <handle>"),
        ("i'm interested in PSK, how long is it", "i'm interested in PSK, how long is it"),
        ("Professional Scrum Master, how long?", "Professional Scrum Master, how long?"),
    ],
)
def test_what_is_personal_is_in_no_log_and_in_no_conversation(demo: Advisor, typed: str, text: str) -> None:
    assert kept(demo, typed) == ([text], [text])


def test_what_is_typed_where_a_name_or_contact_is_asked_for_is_not_logged(demo: Advisor) -> None:
    talk = (
        "book PSPO",
        "yes",
        "what does ann lee need?",
        "how long is it for Ann Lee",
        "Ann",
        "does annie like pizza?",
    )
    log, asked = kept(demo, *talk)
    assert not re.search("ann", " ".join((*log, *asked)), re.IGNORECASE)
    assert "PSPO" in " ".join(asked)


@pytest.mark.parametrize("end", ["no thanks", "cancel"])
def test_refusal_and_cancel_leave_no_name_in_the_talk(demo: Advisor, end: str) -> None:
    _, asked = kept(demo, "how long is PSK for Zoë Quill", "book it, my name is Zoë Quill", end)
    assert asked
    assert "Zoë" not in " ".join(asked)
