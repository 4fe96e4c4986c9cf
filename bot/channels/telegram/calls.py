"""What stands in an outbox row, and the call of the Bot API that it becomes."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import (
    BotCommandScopeChat,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.channels.telegram.http import Line
from bot.channels.telegram.outbound import Message, clean, escaped, parts

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


@dataclass(slots=True)
class Row:
    """One row of the outbox on its way."""

    id: int
    chat: int
    payload: dict[str, Any]
    tries: int = 0
    plain: bool = False
    """Telegram refused the markup; what is sent is the bare text."""


def payload(message: Message, reply_to: int = 0) -> dict[str, Any]:
    """A message as it waits in the outbox: plain data."""
    if message.document:
        content = base64.b64encode(message.document.content).decode()
        return {"document": message.document.name, "media_type": message.document.media_type, "content": content}
    row: dict[str, Any] = {"html": message.html, "plain": message.plain}
    if message.markup:
        row["markup"] = dict(message.markup)
    if reply_to:
        row["reply_to"] = reply_to
    return row


async def send(line: Line, chat: int, row: Mapping[str, Any], plain: bool = False) -> None:
    """Send one row. A row with `text` was written by those who know no markup; it may be of any length."""
    if "document" in row:
        content = base64.b64decode(row["content"])
        await line.send_document(chat, InputFile(content, filename=row["document"]))
    elif row.get("menu") == "away":
        await line.delete_my_commands(scope=BotCommandScopeChat(chat))
    elif "text" in row:
        *before, last = parts(row["text"]) or [""]
        for part in before:
            await _say(line, chat, {"html": escaped(part)})
        await _say(line, chat, {"html": escaped(last), "markup": _keyboard(line, row)})
    else:
        await _say(line, chat, row, plain)


async def _say(line: Line, chat: int, row: Mapping[str, Any], plain: bool = False) -> None:
    text = row["plain"] if plain else row["html"]
    await line.send_message(
        chat,
        text if not plain else clean(text),
        parse_mode=None if plain else "HTML",
        reply_markup=_markup(row.get("markup")),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=_reply_to(row.get("reply_to")),
    )


def _reply_to(message: int | None) -> ReplyParameters | None:
    return ReplyParameters(message, allow_sending_without_reply=True) if message else None


def _keyboard(line: Line, row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Buttons by label and id, or one that opens the private chat with a start key."""
    if "start" in row:
        link = f"https://t.me/{line.username}?start={row['start']['key']}"
        return {"inline_keyboard": [[{"text": row["start"]["label"], "url": link}]]}
    buttons = [{"text": label, "callback_data": id} for label, id in row.get("buttons", ())]
    return {"inline_keyboard": [buttons]} if buttons else None


def _markup(markup: Mapping[str, Any] | None) -> Markup | None:
    if not markup:
        return None
    data = dict(markup)
    if "inline_keyboard" in data:
        return InlineKeyboardMarkup.de_json(data)
    return ReplyKeyboardMarkup.de_json(data) if "keyboard" in data else ReplyKeyboardRemove.de_json(data)
