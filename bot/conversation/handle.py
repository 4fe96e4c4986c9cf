"""One message with its effects: load, turn, save, all within the transaction that the caller opened."""

import json
import uuid
from dataclasses import replace
from datetime import datetime

from bot.conversation.advisor import Advisor
from bot.conversation.news import News
from bot.models.conversation import (
    Conversation,
    DropPartial,
    Effect,
    ForgetPerson,
    HandOverData,
    PassOn,
    SaveLead,
    WithdrawConsent,
)
from bot.models.reply import Document, Reply, Request, Text
from bot.store import conversations, leads, people, questions
from bot.store.database import Connection


def fresh(channel: str, user: str) -> Conversation:
    """A conversation in which nothing was said yet."""
    return Conversation(uuid.uuid4().hex, channel, user)


async def handle(
    advisor: Advisor,
    connection: Connection,
    request: Request,
    now: datetime,
    crm: bool = False,
    admins: tuple[str, ...] = (),
) -> Reply:
    """Answer one request. Rendering comes before saving: a fault in a template writes nothing. `admins` hear of leads
    beside the members of staff."""
    before = await conversations.load(connection, request.channel, request.user)
    turn = advisor.turn(request, before or fresh(request.channel, request.user), now)
    await conversations.save(connection, turn.conversation, now)
    if turn.log:
        await questions.log(connection, turn.conversation.id, turn.log, now)
    reply = turn.reply
    news = News(advisor, connection, admins, now)
    for effect in turn.effects:
        reply = await _apply(effect, reply, news, request, crm)
    return reply


async def _apply(effect: Effect, reply: Reply, news: News, request: Request, crm: bool) -> Reply:
    advisor, connection, now = news.advisor, news.connection, news.now
    who = (request.channel, request.user)
    match effect:
        case SaveLead(draft):
            lead, became = await leads.save(connection, draft, advisor.knowledge.provider.keep, now, crm=crm)
            if not draft.partial:
                await news.lead(lead, became)
        case PassOn(number, text):
            if not await _pass_on(number, text, news, who):
                return replace(reply, blocks=(Text(advisor.shared("letter.gone")),))
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


async def _pass_on(number: int, text: str, news: News, who: tuple[str, str]) -> bool:
    """Whether the lead is still kept, and is this person's."""
    lead = await leads.get(news.connection, number)
    if lead is None or (lead.draft.channel, lead.draft.user) != who:
        return False
    await leads.note_message(news.connection, number, leads.PERSON, "answer", text, news.now)
    await news.answer(lead, text)
    return True
