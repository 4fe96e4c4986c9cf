"""The buttons of a lead: to take it, to say how it stands, to add a note."""

from typing import cast

from bot.channels.telegram.staff import card, letters, waiting
from bot.channels.telegram.staff.call import Call
from bot.models.lead import Lead, LeadStatus
from bot.models.reply import Reply
from bot.store import leads


async def pressed(call: Call, rest: str) -> Reply:
    """`12|take`, `12|contacted`, `12|note`."""
    number, _, what = rest.partition("|")
    lead = await call.lead(number)
    if lead is None:
        return card.unknown(call, number)
    match what:
        case "take":
            return await _take(call, lead)
        case "note" | "reply":
            return await _wait(call, lead, what)
        case "cancel":
            return call.reply("cancelled")
        case _ if what in card.STATUSES:
            return await _set_status(call, lead, cast(LeadStatus, what))
        case _:
            return await card.show(call, lead)


async def words(call: Call, awaited: str, text: str) -> Reply:
    """The words that a button asked for."""
    what, _, number = awaited.partition("|")
    lead = await call.lead(number)
    if lead is None:
        return card.unknown(call, number)
    if what == "reply":
        return await letters.send(call, lead, text)
    await leads.add_note(call.connection, lead.id, call.user, text, call.now)
    return call.reply("note.done", call.buttons({"show": f"lead|{lead.id}|show"}), **call.about(lead))


async def _take(call: Call, lead: Lead) -> Reply:
    owner = await leads.take(call.connection, lead.id, call.user, call.now)
    if owner != call.user:
        names = await call.names()
        show = call.buttons({"show": f"lead|{lead.id}|show"})
        return call.reply("taken.other", show, **call.about(lead), owner=names.of(owner))
    taken = cast(Lead, await leads.get(call.connection, lead.id))
    return call.reply("taken.yours", *(await card.show(call, taken)).blocks, lead=lead)


async def _set_status(call: Call, lead: Lead, status: LeadStatus) -> Reply:
    if lead.status != status:
        await leads.set_status(call.connection, lead.id, status, call.user, call.now)
    now = cast(Lead, await leads.get(call.connection, lead.id))
    return call.reply("status.done", card.actions(call, now), **call.about(now))


async def _wait(call: Call, lead: Lead, what: str) -> Reply:
    if what == "reply" and (refusal := letters.refusal(call, lead)):
        return refusal
    await waiting.wait(call, f"{what}|{lead.id}")
    return call.reply(f"{what}.write", call.buttons({"cancel": f"lead|{lead.id}|cancel"}), **call.about(lead))
