"""What the question log and a lead's list of questions may keep of a message: no name, no contact, no number or key."""

import re
from collections.abc import Iterable

from bot.models.reply import INVITATION_PREFIX

_MASKS = (
    (re.compile(rf"{INVITATION_PREFIX}[\w-]+"), "<key>"),
    (re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"), "<email>"),
    (re.compile(r"(?<![\w/])@\w+"), "<handle>"),
    (re.compile(r"https?://\S+"), "<link>"),
    (re.compile(r"\+?\d(?:[\s().-]{0,2}\d){5,}"), "<phone>"),
    (re.compile(r"\d+"), "<number>"),
)


_HINT = re.compile(rf"[@\d]|://|{INVITATION_PREFIX}")
"""Something of which all the masks hold one: most questions have none."""


def masked(text: str, private: Iterable[tuple[str, str]] = (), limit: int = 300) -> str:
    """The text with everything that could be a contact replaced, cut to `limit` characters. `private` is what was found
    to be personal in it, and what that is."""
    text = hidden(text, private)
    if _HINT.search(text):
        for pattern, mask in _MASKS:
            text = pattern.sub(mask, text)
    return text[:limit]


def hidden(text: str, private: Iterable[tuple[str, str]]) -> str:
    """The text without these words, wherever they stand as words."""
    for words, what in sorted(private, key=lambda one: -len(one[0])):
        text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", f"<{what}>", text, flags=re.IGNORECASE)
    return text
