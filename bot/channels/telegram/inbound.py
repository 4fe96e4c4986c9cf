"""An update becomes a request, or the key of the polite answer to what we cannot read."""

from dataclasses import dataclass, replace
from typing import Any

from telegram import CallbackQuery, Message, Update, User

from bot.channels.telegram import groups
from bot.channels.telegram.door import CHANNEL
from bot.models.reply import Contact, Request

KINDS = ["message", "edited_message", "callback_query", "inline_query"]
"""Updates we ask Telegram for."""

WORDING = {
    "photo": "telegram.photo",
    "voice": "telegram.voice",
    "audio": "telegram.voice",
    "video_note": "telegram.voice",
    "sticker": "telegram.sticker",
    "animation": "telegram.sticker",
    "dice": "telegram.sticker",
    "location": "telegram.location",
    "venue": "telegram.location",
    "poll": "telegram.poll",
    "video": "telegram.file",
    "document": "telegram.file",
    "paid_media": "telegram.photo",
}
"""What a message may hold besides text, with the key of its answer."""

NOTICES = (
    "pinned_message", "message_auto_delete_timer_changed", "write_access_allowed", "chat_background_set",
    "connected_website", "boost_added", "proximity_alert_triggered",
)  # fmt: skip
"""What the chat itself says: nobody waits for an answer to it."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A pressed button: its query must be answered, whatever else happens."""

    query: str
    data: str
    message: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update, as far as it concerns us."""

    id: int
    kind: str
    """`message`, `tap`, `edited`, `inline`."""
    user: str
    chat: int
    request: Request | None = None
    """What it asks; a tap's payload is looked up later."""
    wording: str = ""
    """Key of the answer to what is no request."""
    group: bool = False
    message: int = 0
    tap: Tap | None = None
    query: str = ""
    """Id of an inline query."""
    below: str = ""
    """Data of the first button below our message that this one replies to."""


def read(raw: dict[str, Any], me: User) -> Incoming | None:
    """None for what is not addressed to us. Raises on an update that is not as Telegram documents it."""
    update = Update.de_json(raw, None)
    if update.message:
        return _message(update.update_id, update.message, me)
    if update.edited_message:
        return _edited(update.update_id, update.edited_message)
    if update.callback_query:
        return _tap(update.update_id, update.callback_query)
    if query := update.inline_query:
        request = Request(CHANNEL, str(query.from_user.id), query.query, language=query.from_user.language_code)
        return Incoming(update.update_id, "inline", request.user, 0, request, query=query.id)
    return None


def _message(update_id: int, message: Message, me: User) -> Incoming | None:
    sender = message.from_user
    if sender is None or sender.is_bot:
        return None
    user, group = str(sender.id), message.chat.type != "private"
    base = Incoming(update_id, "message", user, message.chat.id, group=group, message=message.message_id)
    text = message.text or message.caption or ""
    if group:
        asked = groups.addressed(message, text, me)
        if asked is None:
            return None
        return replace(base, request=_request(message, str(message.chat.id), asked, sender))
    if _forwarded(message):
        return replace(base, wording="telegram.forwarded")
    if message.contact:
        return _contact(base, message, user, sender)
    if text or message.text is not None:
        said = groups.without_name(text, me)
        return replace(base, request=_request(message, user, said, sender, reachable=True), below=_below(message, me))
    if any(getattr(message, notice, None) for notice in NOTICES):
        return None
    wording = next((key for kind, key in WORDING.items() if getattr(message, kind, None)), "telegram.other")
    return replace(base, wording=wording)


def _request(message: Message, user: str, text: str, sender: User, **more: Any) -> Request:
    return Request(CHANNEL, user, text, language=sender.language_code, at=message.date, **more)


def _below(message: Message, me: User) -> str:
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != me.id or not replied.reply_markup:
        return ""
    buttons = [button for row in replied.reply_markup.inline_keyboard for button in row]
    return str(buttons[0].callback_data or "") if buttons else ""


def _contact(base: Incoming, message: Message, user: str, sender: User) -> Incoming:
    card = message.contact
    assert card is not None
    if str(card.user_id) != user:
        return replace(base, wording="telegram.foreign_contact")
    name = " ".join(part for part in (card.first_name, card.last_name) if part)
    phone = card.phone_number if card.phone_number.startswith("+") else f"+{card.phone_number}"
    contact = Contact(phone, name)
    return replace(base, request=_request(message, user, "", sender, contact=contact, reachable=True))


def _forwarded(message: Message) -> bool:
    """Also as servers older than Bot API 7.0 say it."""
    return bool(message.forward_origin or "forward_date" in message.api_kwargs)


def _edited(update_id: int, message: Message) -> Incoming | None:
    sender = message.from_user
    if sender is None or sender.is_bot or message.chat.type != "private":
        return None
    return Incoming(
        update_id, "edited", str(sender.id), message.chat.id, wording="telegram.edited", message=message.message_id
    )


def _tap(update_id: int, query: CallbackQuery) -> Incoming:
    user, message = query.from_user, query.message
    chat = message.chat.id if message else 0
    group = bool(message and message.chat.type != "private")
    request = Request(CHANNEL, str(chat) if group else str(user.id), language=user.language_code, reachable=not group)
    tap = Tap(query.id, query.data or "", message.message_id if message else 0)
    return Incoming(update_id, "tap", str(user.id), chat, request, group=group, message=tap.message, tap=tap)
