"""/leads: the new ones, one's own, today's, those of a course; a button opens each."""

from bot.channels.telegram.staff.call import Call
from bot.models.lead import Lead
from bot.models.reply import Block, Button, Buttons, Items, Reply
from bot.store import leads
from bot.store.leads import LeadFilter

PAGE = 8
"""Leads of one message: more buttons push the first ones off a phone."""

COURSES = 12
"""Courses to choose from, those with most leads."""

CHOICES = ("new", "mine", "today", "course")


async def command(call: Call, words: str) -> Reply:
    """`/leads`, `/leads mine`, `/leads PSPO`."""
    word = words.casefold()
    if not word or word in CHOICES:
        return await _page(call, word or "new")
    return await _page(call, f"course:{words}")


async def pressed(call: Call, rest: str) -> Reply:
    """`new`, `mine|8`, `course:PSPO|16`."""
    which, _, skip = rest.partition("|")
    return await _page(call, which, int(skip or 0))


async def _page(call: Call, which: str, skip: int = 0) -> Reply:
    if which == "course":
        return await _courses(call)
    kind, _, course = which.partition(":")
    wanted = _wanted(call, kind, course)
    count = await leads.count(call.connection, wanted)
    found = await leads.find(call.connection, wanted, PAGE, skip)
    title = call.say(f"leads.{kind}", count=count, course=course)
    names = await call.names()
    lines = tuple(
        call.say("leads.line", **call.about(lead), owner=names.of(lead.owner) if lead.owner else "") for lead in found
    )
    blocks: list[Block] = [Items(lines, title)] if lines else []
    rest = count - skip - len(found)
    choices = [_button(call, lead) for lead in found]
    if rest > 0:
        choices.append(Button(call.say("leads.older", count=rest), f"leads|{which}|{skip + PAGE}"))
    others = call.buttons({f"leads.{name}": f"leads|{name}" for name in CHOICES if name != which})
    return Reply((*(blocks or call.reply("leads.none", what=title).blocks), Buttons(tuple(choices)), others), "chat")


def _wanted(call: Call, kind: str, course: str) -> LeadFilter:
    match kind:
        case "mine":
            return LeadFilter(owner=call.user, in_work=True)
        case "today":
            return LeadFilter(since=call.local(call.now).replace(hour=0, minute=0, second=0, microsecond=0))
        case "course":
            return LeadFilter(course=course, in_work=True)
        case _:
            return LeadFilter(status="new")


def _button(call: Call, lead: Lead) -> Button:
    return Button(call.say("leads.button", **call.about(lead)), f"lead|{lead.id}|show")


async def _courses(call: Call) -> Reply:
    counts = await leads.by_course(call.connection, LeadFilter(in_work=True))
    if not counts:
        return call.reply("leads.no_courses")
    choices = tuple(
        Button(call.say("leads.course_button", course=course, count=count), f"leads|course:{course}")
        for course, count in list(counts.items())[:COURSES]
    )
    return call.reply("leads.which_course", Buttons(choices))
