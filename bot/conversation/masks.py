"""What the question log and a lead's list of questions may keep of a message: no contact, number, handle or key."""

import re

from bot.models.reply import INVITATION_PREFIX

_MASKS = (
    (re.compile(rf"{INVITATION_PREFIX}[\w-]+"), "<key>"),
    (re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"), "<email>"),
    (re.compile(r"(?<![\w/])@\w+"), "<handle>"),
    (re.compile(r"https?://\S+"), "<link>"),
    (re.compile(r"\+?\d(?:[\s().-]{0,2}\d){5,}"), "<phone>"),
    (re.compile(r"\d+"), "<number>"),
)


def masked(text: str, limit: int = 300) -> str:
    """The text with everything that could be a contact replaced, cut to `limit` characters."""
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text[:limit]
