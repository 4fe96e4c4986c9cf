"""What an edit has taken away is no longer talked about: pages and intents go while people are in mid-talk."""

from collections.abc import Container
from dataclasses import replace

from bot.models.content import Knowledge
from bot.models.conversation import Conversation, Pending


def without_gone(conversation: Conversation, knowledge: Knowledge) -> Conversation:
    """The conversation with what the knowledge in force still holds."""
    still = {
        "courses": _still(conversation.courses, knowledge.courses),
        "recent": _still(conversation.recent, knowledge.courses),
        "shown": _still(conversation.shown, knowledge.courses),
        "intents": _still(conversation.intents, knowledge.intents),
        "pending": _pending(conversation.pending, knowledge),
    }
    same = all(getattr(conversation, name) == value for name, value in still.items())
    return conversation if same else replace(conversation, **still)  # type: ignore[arg-type]


def _pending(pending: Pending | None, knowledge: Knowledge) -> Pending | None:
    intents = _still(pending.intents, knowledge.intents) if pending else ()
    return Pending(intents, _still(pending.choices, knowledge.courses)) if pending and intents else None


def _still(names: tuple[str, ...], known: Container[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in known)
