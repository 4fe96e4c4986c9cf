"""What the question log and a lead's list of questions may keep of a message: no name, no contact, no number or key."""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.models.conversation import OpenForm
from bot.models.lead import Asked
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


def known_of(opened: OpenForm | None) -> list[tuple[str, str]]:
    """What the form knows of the person, and what it is."""
    held = opened.values if opened else {}
    return [(held[key], key) for key in ("name", "company", "email", "phone") if held.get(key)]


def without_known(opened: OpenForm | None, asked: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """The questions, without what the closed form knew of the person."""
    known = known_of(opened)
    return tuple(replace(one, text=hidden(one.text, known)) for one in asked) if known else asked
