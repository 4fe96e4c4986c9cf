"""/unanswered and /stats: what people asked, and how it went."""

from datetime import timedelta

from bot.channels.telegram.staff.call import Call
from bot.models.reply import Block, Button, Buttons, Items, Reply
from bot.store import leads, questions

DAYS = 30
"""Looked back where no number of days is given."""

PERIODS = (1, 7, 30, 90)

MOST = 20
"""Unanswered questions shown."""


async def unanswered(call: Call, words: str) -> Reply:
    """`/unanswered`, `/unanswered 7`."""
    days = _days(words)
    if days is None:
        return call.reply("days")
    found = await questions.unanswered(call.connection, call.now - timedelta(days=days), MOST)
    if not found:
        return call.reply("unanswered.none", days=days)
    lines = tuple(call.say("unanswered.line", text=text, times=times) for text, times in found)
    return Reply((Items(lines, call.say("unanswered.title", days=days)),), "chat")


async def stats(call: Call, words: str) -> Reply:
    """`/stats`, `/stats 7`; its buttons press the same."""
    days = _days(words)
    if days is None:
        return call.reply("days")
    since = call.now - timedelta(days=days)
    asked = await questions.stats(call.connection, since, call.now)
    made = await leads.counts(call.connection, since, call.now)
    intents = call.app.knowledge.intents
    labels = {spec.reported_as or name: spec.label for name, spec in reversed(list(intents.items()))}
    named = {labels.get(name, name): number for name, number in asked["intents"].items()}
    outcomes = {call.say(f"outcome.{name}"): number for name, number in asked["outcomes"].items()}
    statuses = {call.say(f"status.{name}"): number for name, number in made.items()}
    blocks: list[Block] = list(
        call.reply("stats.title", days=days, asked=sum(outcomes.values()), leads=sum(made.values())).blocks
    )
    for title, counts in (("outcomes", outcomes), ("intents", named), ("leads", statuses)):
        if counts:
            lines = tuple(call.say("stats.line", name=name, number=number) for name, number in counts.items())
            blocks.append(Items(lines, call.say(f"stats.{title}")))
    others = (Button(call.say("stats.button", days=other), f"stats|{other}") for other in PERIODS if other != days)
    return Reply((*blocks, Buttons(tuple(others))), "chat")


def _days(words: str) -> int | None:
    """None for what is no number of days."""
    if not words:
        return DAYS
    return (
        int(words) if words.isascii() and words.isdecimal() and 0 < int(words[:5]) <= 3660 and len(words) < 5 else None
    )
