"""What a member's next words are for: a note on a lead, or words to its person. Kept with their conversation."""

from dataclasses import replace

from bot.channels.telegram.door import CHANNEL
from bot.channels.telegram.staff.call import Call
from bot.conversation.focus import current
from bot.conversation.handle import fresh
from bot.models.conversation import Conversation
from bot.store import conversations


async def wait(call: Call, what: str) -> None:
    """`note|12` or `reply|12`."""
    await _save(call, await _load(call), what)


async def over(call: Call) -> str:
    """What was waited for, if anything: it is not waited for any longer."""
    talk = await _load(call)
    if "|" not in talk.awaiting:
        return ""
    await _save(call, talk, "")
    return talk.awaiting


async def _load(call: Call) -> Conversation:
    kept = await conversations.load(call.connection, CHANNEL, call.user) or fresh(CHANNEL, call.user)
    return current(kept, call.now, call.app.knowledge.provider.context_minutes)


async def _save(call: Call, talk: Conversation, awaiting: str) -> None:
    await conversations.save(call.connection, replace(talk, awaiting=awaiting, updated=call.now), call.now)
