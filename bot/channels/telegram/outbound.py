"""A reply becomes messages: HTML with everything escaped, short enough, buttons by id."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.models.reply import Block, Button, Buttons, Document, Items, Quote, Reply, Text

LONGEST = 4096
"""UTF-16 units of one message; counted with its markup, so that no reading of the limit is exceeded."""

LABEL = 60
"""Characters of a button's label that a phone still shows."""

NARROW = 20
"""Labels up to this length stand two in a row."""

_UNSENDABLE = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Message:
    """One call of the Bot API: `sendMessage`, or `sendDocument` where there is a document."""

    html: str = ""
    plain: str = ""
    """What is sent instead where Telegram refuses the markup."""
    markup: Mapping[str, Any] | None = None
    document: Document | None = None


def buttons(reply: Reply) -> tuple[Button, ...]:
    """The different choices of a reply, in order; the caller exchanges their payloads for ids."""
    listed = (button for block in reply.blocks if isinstance(block, Buttons) for button in block.buttons)
    return tuple({button.payload: button for button in listed}.values())


def messages(reply: Reply, ids: Mapping[str, str], contact_hint: str = "", closing: bool = False) -> list[Message]:
    """The messages of a reply. `ids` holds the callback data of each payload. Where Telegram's share-contact button is
    wanted it goes under `contact_hint`, a message of its own: a message carries one keyboard. `closing` takes that
    keyboard away again."""
    pieces = [piece for block in reply.blocks for piece in _pieces(block)]
    first = {block.buttons[0].payload for block in reply.blocks if isinstance(block, Buttons) and block.buttons}
    rows = _rows(buttons(reply), ids, first)
    contact = next((block.contact for block in reply.blocks if isinstance(block, Buttons) and block.contact), "")
    joined = list(_joined(pieces))
    keyboard: dict[str, Any] | None = {"inline_keyboard": rows} if rows else None
    sent = [Message(*text) for text in joined[:-1]]
    if joined or keyboard:
        last = joined[-1] if joined else ("⬇", "⬇")
        markup = keyboard or ({"remove_keyboard": True} if closing and not contact else None)
        sent.append(Message(*last, markup=markup))
    if contact and contact_hint:
        sent.append(Message(escaped(contact_hint), clean(contact_hint), _contact_keyboard(contact)))
    documents = [Message(document=block) for block in reply.blocks if isinstance(block, Document)]
    return [*sent, *documents]


def parts(text: str) -> list[str]:
    """A text of any length, cut so that each part fits a message."""
    return list(_parts(text, LONGEST))


def clean(text: str) -> str:
    """Without what Telegram cannot carry."""
    return _UNSENDABLE.sub("", text)


def escaped(text: str) -> str:
    return html.escape(clean(text), quote=False)


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def _pieces(block: Block) -> Iterator[tuple[str, str]]:
    """A block as HTML and plain text, in pieces that fit a message each."""
    match block:
        case Text(text):
            for part in _parts(text, LONGEST):
                yield escaped(part), clean(part)
        case Quote(text, link, source):
            for part in _parts(text, LONGEST - len("<blockquote expandable></blockquote>")):
                yield f"<blockquote expandable>{escaped(part)}</blockquote>", f"“{clean(part)}”"
            below = "\n".join(part for part in (source, link) if part)
            if below:
                yield escaped(below), clean(below)
        case Items(items, title):
            if title.strip():
                yield f"<b>{escaped(title)}</b>", clean(title)
            lines = "\n".join("• " + " ".join(item.split()) for item in items)
            for part in _parts(lines, LONGEST):
                yield escaped(part), clean(part)


def _parts(text: str, limit: int) -> Iterator[str]:
    """Cut where a line ends, else a word, else anywhere; each part fits when escaped."""
    rest = clean(text).strip()
    while rest:
        end = _fitting(rest, limit)
        if end < len(rest):
            line, word = rest.rfind("\n", 0, end + 1), rest.rfind(" ", 0, end + 1)
            end = line if line > end // 2 else word if word > end // 2 else end
        yield rest[:end].rstrip()
        rest = rest[end:].lstrip()


def _fitting(text: str, limit: int) -> int:
    """How many characters fit, escaped."""
    if units(escaped(text)) <= limit:
        return len(text)
    length = 0
    for position, character in enumerate(text):
        length += units(escaped(character))
        if length > limit:
            return position
    return len(text)


def _joined(pieces: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pieces put together with an empty line between, as many as fit a message."""
    so_far: tuple[str, str] | None = None
    for piece in pieces:
        if so_far is None:
            so_far = piece
            continue
        longer = (f"{so_far[0]}\n\n{piece[0]}", f"{so_far[1]}\n\n{piece[1]}")
        if units(longer[0]) <= LONGEST:
            so_far = longer
        else:
            yield so_far
            so_far = piece
    if so_far is not None:
        yield so_far


def _rows(choices: tuple[Button, ...], ids: Mapping[str, str], first: set[str]) -> list[list[dict[str, str]]]:
    """Two short labels stand in a row; the `first` choices of a block begin one."""
    rows: list[list[dict[str, str]]] = []
    narrow = False
    for choice in choices:
        label = _label(choice.label)
        button = {"text": label, "callback_data": ids[choice.payload]}
        if narrow and len(label) <= NARROW and len(rows[-1]) == 1 and choice.payload not in first:
            rows[-1].append(button)
        else:
            rows.append([button])
        narrow = len(label) <= NARROW
    return rows


def _label(label: str) -> str:
    label = " ".join(clean(label).split())
    return label if len(label) <= LABEL else label[: LABEL - 1].rstrip() + "…"


def _contact_keyboard(label: str) -> dict[str, Any]:
    button = {"text": _label(label), "request_contact": True}
    return {"keyboard": [[button]], "one_time_keyboard": True, "resize_keyboard": True}
