"""One message with its effects: load, turn, save, all within the transaction that the caller opened."""

import json
import uuid
from dataclasses import replace
from datetime import datetime

from bot.conversation.advisor import Advisor
from bot.models.conversation import (
    Conversation,
    DropPartial,
    Effect,
    ForgetPerson,
    HandOverData,
    SaveLead,
    WithdrawConsent,
)
from bot.models.reply import Document, Reply, Request
from bot.store import conversations, leads, people, questions
from bot.store.database import Connection


def fresh(channel: str, user: str) -> Conversation:
    """A conversation in which nothing was said yet."""
    return Conversation(uuid.uuid4().hex, channel, user)


async def handle(advisor: Advisor, connection: Connection, request: Request, now: datetime, crm: bool = False) -> Reply:
    """Answer one request. Rendering comes before saving: a fault in a template writes nothing."""
    before = await conversations.load(connection, request.channel, request.user)
    turn = advisor.turn(request, before or fresh(request.channel, request.user), now)
    await conversations.save(connection, turn.conversation, now)
    if turn.log:
        await questions.log(connection, turn.conversation.id, turn.log, now)
    reply = turn.reply
    for effect in turn.effects:
        reply = await _apply(effect, reply, advisor, connection, request, now, crm)
    return reply


async def _apply(
    effect: Effect, reply: Reply, advisor: Advisor, connection: Connection, request: Request, now: datetime, crm: bool
) -> Reply:
    who = (request.channel, request.user)
    match effect:
        case SaveLead(draft):
            await leads.save(connection, draft, advisor.knowledge.provider.keep, now, crm=crm)
        case DropPartial():
            await leads.drop_partial(connection, *who)
        case WithdrawConsent():
            await leads.withdraw(connection, *who, now)
        case ForgetPerson():
            await people.forget(connection, *who, now)
        case HandOverData():
            held = json.dumps(await people.everything(connection, *who), ensure_ascii=False, indent=2, default=str)
            document = Document("my-data.json", held.encode(), "application/json")
            return replace(reply, blocks=(*reply.blocks, document))
    return reply
