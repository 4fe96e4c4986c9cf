"""/reply N text: a member writes to the person of a lead through the bot."""

from dataclasses import replace

from bot.channels.telegram.door import CHANNEL
from bot.channels.telegram.outgoing import KIND
from bot.channels.telegram.staff import card
from bot.channels.telegram.staff.call import Call
from bot.conversation import letters
from bot.conversation.handle import fresh
from bot.models.conversation import Letter
from bot.models.lead import Lead
from bot.models.reply import Reply
from bot.store import buttons, conversations, leads, outbox


async def command(call: Call, words: str) -> Reply:
    """`/reply 12 Hello Ann, ...`."""
    number, *rest = words.split(maxsplit=1) or [""]
    lead = await call.lead(number)
    if lead and rest:
        return await send(call, lead, rest[0])
    if lead or not number.lstrip("#").isdecimal():
        return call.reply("reply.how", number=lead.id if lead else "")
    return card.unknown(call, number)


def refusal(call: Call, lead: Lead) -> Reply | None:
    """Why the person cannot be written to, where that is known before."""
    if lead.draft.consent.withdrawn:
        return call.reply("reply.withdrawn", **call.about(lead))
    return call.reply("reply.elsewhere", **call.about(lead)) if lead.draft.channel != CHANNEL else None


async def send(call: Call, lead: Lead, text: str) -> Reply:
    """Who writes to the person of a lead that is nobody's has taken it: the answer must come to somebody."""
    if refused := refusal(call, lead):
        return refused
    names = await call.names()
    await _post(call, lead, names.known.get(call.user, ""), text)
    owner = await leads.take(call.connection, lead.id, call.user, call.now)
    await leads.note_message(call.connection, lead.id, call.user, "reply", text, call.now)
    choices = {name: f"lead|{lead.id}|{name}" for name in ("contacted", "show") if name != lead.status}
    other = names.of(owner) if owner != call.user else ""
    return call.reply("reply.done", call.buttons(choices), **call.about(lead), other=other)


async def _post(call: Call, lead: Lead, by: str, text: str) -> None:
    """Into the outbox, with the person's conversation told that an answer may come. The conversation is locked before
    the lead, as where the person writes: two who wait for each other would wait for ever."""
    person, connection, shared = lead.draft.user, call.connection, call.app.advisor.shared
    talk = await conversations.load(connection, CHANNEL, person) or fresh(CHANNEL, person)
    told = replace(talk, letter=Letter(lead.id, by), awaiting="", pending=None)
    await conversations.save(connection, told, call.now)
    answer = letters.button(shared("letter.answer", by=by), lead.id, by)
    (id,) = await buttons.put(connection, CHANNEL, person, [answer.payload], call.now)
    row = {
        "text": shared("letter.text", by=by, text=text),
        "buttons": [(answer.label, id)],
        "undelivered": {
            "to": call.user, "lead": lead.id, "text": call.say("reply.undelivered", **call.about(lead)),
        },
    }  # fmt: skip
    await outbox.put(connection, KIND, person, row, call.now, f"{KIND}:letter:{call.update}", lead=lead.id)
