"""/check and /reload: what the content checker says, and edited content put in force."""

from collections import Counter
from collections.abc import Sequence

from bot.channels.telegram.door import App
from bot.errors import ContentError
from bot.models.content import SEVERITIES, Problem
from bot.models.reply import Block, Items, Reply, Text

SHOWN = 8
"""Problems shown, the gravest first; the command line has all of them."""

LATER = ("leftover", "silent")
"""Kinds that are only counted: they are many and never wrong answers."""


async def check(app: App, user: str, words: str) -> Reply:
    try:
        problems = await app.check()
    except ContentError as error:
        return _broken(app, error)
    if not problems:
        return Reply((Text(app.advisor.shared("staff.check.good")),), "chat")
    counts = Counter(problem.severity for problem in problems)
    lines = tuple(
        app.advisor.shared(
            "staff.check.count",
            severity=app.advisor.shared(f"staff.severity.{name}", number=counts[name]),
            number=counts[name],
        )
        for name in SEVERITIES
        if counts[name]
    )
    grave = sorted(
        (problem for problem in problems if problem.severity not in LATER),
        key=lambda problem: SEVERITIES.index(problem.severity),
    )
    title = app.advisor.shared("staff.check.title", number=len(problems), pages=len(app.knowledge.courses))
    return Reply((Items(lines, title), *_listed(app, grave)), "chat")


async def reload(app: App, user: str, words: str) -> Reply:
    try:
        left_out = await app.reload()
    except ContentError as error:
        return _broken(app, error)
    said = Text(app.advisor.shared("staff.reload.done", courses=len(app.knowledge.courses), left_out=len(left_out)))
    return Reply((said, *_listed(app, left_out)), "chat")


def _broken(app: App, error: ContentError) -> Reply:
    """What the editor must mend; what was in force before still is."""
    title, *faults = str(error).splitlines()
    return Reply((Text(app.advisor.shared("staff.reload.failed")), Items(tuple(faults[:SHOWN]), title)), "chat")


def _listed(app: App, problems: Sequence[Problem]) -> list[Block]:
    blocks: list[Block] = [Items(tuple(map(str, problems[:SHOWN])))] if problems else []
    if len(problems) > SHOWN:
        blocks.append(Text(app.advisor.shared("staff.check.more", number=len(problems) - SHOWN)))
    return blocks
