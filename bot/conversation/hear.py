"""What a request says: a pressed button, a slash command, or typed text that has to be understood."""

import re
from typing import Any, Protocol

from bot.conversation.focus import SURE
from bot.models.content import Campaign, Knowledge
from bot.models.reply import Request
from bot.models.understanding import Context, Fallback, Intent, Understanding

LONGEST = 4096
"""Characters of a message that are read at all: what Telegram lets a person send."""

SLASH = {
    "/start": "greeting",
    "/help": "help",
    "/courses": "list_courses",
    "/privacy": "privacy",
    "/cancel": "cancel",
    "/deleteme": "delete_my_data",
    "/mydata": "my_data",
}
"""Commands every prospect has, as the intents they stand for."""

_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Understands(Protocol):
    """The door of the understanding room."""

    def understand(self, text: str, context: Context) -> Understanding | Fallback: ...

    def explain(self, text: str, context: Context) -> dict[str, Any]: ...

    def warm(self) -> None: ...


def hear(
    request: Request, context: Context, knowledge: Knowledge, understander: Understands
) -> Understanding | Fallback:
    if request.payload:
        return _pressed(request.payload, knowledge)
    text = clean(request.text)
    if text.startswith("/") and (heard := _slash(text, knowledge)):
        return heard
    return understander.understand(text, context)


def clean(text: str) -> str:
    """Without control and direction marks, which nobody types on purpose."""
    return _INVISIBLE.sub(" ", text[:LONGEST]).strip()


def _pressed(payload: str, knowledge: Knowledge) -> Understanding | Fallback:
    verb, _, rest = payload.partition("|")
    fields = [field.split(",") if field else [] for field in rest.split("|")]
    if verb == "ask":
        intents = [name for name in fields[0] if name in knowledge.intents]
        courses = [key for key in (fields[1] if len(fields) > 1 else []) if key in knowledge.courses]
        return Understanding(payload, tuple(Intent(name, SURE) for name in intents), tuple(courses))
    if verb == "course" and rest in knowledge.courses:
        return Understanding(payload, courses=(rest,))
    return Fallback(payload, "no_match")


def _slash(text: str, knowledge: Knowledge) -> Understanding | Fallback | None:
    """What a command asks; one that nobody knows asks nothing, whatever its words remind of. "/psk" is a course."""
    command = text.partition(" ")[0].casefold().partition("@")[0]
    name = SLASH.get(command)
    if name is None or name not in knowledge.intents:
        return None if _course(command[1:], knowledge) else Fallback(text, "no_match")
    if name == "greeting" and (course := _opened(text, knowledge)):
        return Understanding(text, (Intent("overview", SURE),), (course,))
    return Understanding(text, (Intent(name, SURE),))


def start_key(text: str) -> str:
    """The key of the deep link that was followed."""
    command, _, key = clean(text).partition(" ")
    return key.strip() if command.casefold().partition("@")[0] == "/start" else ""


def campaign(text: str, knowledge: Knowledge) -> Campaign | None:
    """The campaign whose link was followed; a course of that code comes first."""
    key = start_key(text).casefold()
    if not key or _course(key, knowledge):
        return None
    return next((found for name, found in knowledge.campaigns.items() if name.casefold() == key), None)


def _opened(text: str, knowledge: Knowledge) -> str | None:
    came = campaign(text, knowledge)
    return _course((came.course or "") if came else start_key(text), knowledge)


def _course(name: str, knowledge: Knowledge) -> str | None:
    """The key of the course whose key or code this is."""
    for key, course in knowledge.courses.items():
        if name and name.casefold() in (key.casefold(), (course.code or "").casefold()):
            return key
    return None
