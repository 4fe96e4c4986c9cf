"""/lead N: all that stands on one lead, and what can be done with it."""

from datetime import timedelta

from bot.channels.telegram.door import CHANNEL
from bot.channels.telegram.staff.call import Call, Names
from bot.models.lead import HistoryEntry, Lead
from bot.models.reply import Block, Buttons, Items, Reply
from bot.store import leads

STATUSES = ("contacted", "qualified", "won", "lost")
"""What staff can say of a lead."""

ONE_TALK = timedelta(hours=1)

HISTORY = 30
"""Entries of the history shown, the latest ones; the export of a CRM has all."""


async def command(call: Call, words: str) -> Reply:
    """`/lead 12`."""
    if not words:
        return call.reply("lead.which")
    lead = await call.lead(words)
    return await show(call, lead) if lead else unknown(call, words)


def unknown(call: Call, number: str) -> Reply:
    return call.reply("lead.unknown", number=number[:20])


async def show(call: Call, lead: Lead) -> Reply:
    names = await call.names()
    owner = names.of(lead.owner) if lead.owner else ""
    title, *lines = _lines(call.say("lead.card", **call.about(lead), owner=owner))
    asked = tuple(
        call.say("lead.asked", text=asked.text, outcome=call.say(f"outcome.{asked.outcome}"))
        for asked in lead.draft.asked
    )
    history = tuple(_entry(call, lead, entry, names) for entry in _told(lead.history))
    blocks: list[Block] = [Items(tuple(lines), title)]
    blocks += [Items(asked, call.say("lead.asked.title"))] if asked else []
    blocks += [Items(history, call.say("lead.history.title")), actions(call, lead)]
    return Reply(tuple(blocks), "chat")


def actions(call: Call, lead: Lead) -> Buttons:
    """What can be done next; nothing where the person does not want to be contacted any more."""
    if lead.draft.consent.withdrawn:
        return Buttons(())
    names = ["take"] if lead.owner is None else []
    names += [status for status in STATUSES if status != lead.status]
    names += ["reply", "note"] if lead.draft.channel == CHANNEL else ["note"]
    return call.buttons({name: f"lead|{lead.id}|{name}" for name in names})


def _lines(text: str) -> list[str]:
    """The lines of a template that leaves out what is not known."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _told(history: tuple[HistoryEntry, ...]) -> list[HistoryEntry]:
    """The latest entries; details that came one after the other are one."""
    told: list[HistoryEntry] = []
    for entry in history:
        before = told[-1] if told else None
        more = before and entry.what == "updated" and before.what in ("created", "updated")
        if not (before and more and entry.at - before.at < ONE_TALK):
            told.append(entry)
    return told[-HISTORY:]


def _entry(call: Call, lead: Lead, entry: HistoryEntry, names: Names) -> str:
    what, _, value = entry.what.partition(":")
    who = lead.draft.name or "" if entry.who == leads.PERSON else names.of(entry.who)
    if value:
        value = names.of(value) if what == "owner" else call.say(f"status.{value}")
    return call.say(f"lead.history.{what}", at=call.when(entry.at), who=who, text=entry.text, value=value)
