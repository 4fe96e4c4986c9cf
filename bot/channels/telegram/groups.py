"""In groups: to speak only when spoken to, and to hand personal matters over into the private chat."""

import re
from typing import Any

from telegram import Message, User

from bot.models.conversation import Turn
from bot.models.reply import Document


def addressed(message: Message, text: str, me: User) -> str | None:
    """What a group message asks of us, without our name; None when it is not meant for us."""
    name = f"@{me.username}".casefold()
    if text.startswith("/"):
        command, _, rest = text.partition(" ")
        verb, _, whose = command.partition("@")
        return f"{verb} {rest}".strip() if not whose or f"@{whose}".casefold() == name else None
    said = _without(text, name)
    replied = message.reply_to_message
    to_us = replied is not None and replied.from_user is not None and replied.from_user.id == me.id
    return said if text and (to_us or said != text) else None


def without_name(text: str, me: User) -> str:
    """A command as it is without the bot's name behind it."""
    command, space, rest = text.partition(" ")
    if command.startswith("/") and command.casefold().endswith(f"@{me.username}".casefold()):
        command = command.partition("@")[0]
    return command + space + rest


def personal(turn: Turn) -> bool:
    """Whether a turn asks for or shows what belongs to one person only."""
    talk = turn.conversation
    shown = any(isinstance(block, Document) for block in turn.reply.blocks)
    return bool(talk.form or turn.effects or shown or talk.awaiting == "delete" or turn.reply.outcome == "lead")


def way_in(me: User, label: str, courses: tuple[str, ...]) -> dict[str, Any]:
    """A button that opens the private chat, at the course the talk was about where a link can carry it."""
    key = courses[0] if courses and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", courses[0]) else ""
    address = f"https://t.me/{me.username}" + (f"?start={key}" if key else "")
    return {"inline_keyboard": [[{"text": label, "url": address}]]}


def _without(text: str, name: str) -> str:
    """The text without our name; a name that merely begins like ours is not ours."""
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)[,:]?\s*", "", text, flags=re.IGNORECASE).strip()
