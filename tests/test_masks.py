"""The question log keeps no contact and no number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.masks import masked


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
