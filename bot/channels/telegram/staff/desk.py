"""Which command or button of a member does what; what is none of them is answered as for everybody."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.channels.telegram.door import App
from bot.channels.telegram.inbound import Incoming
from bot.channels.telegram.staff import card, content, exports, letters, lists, reports, waiting, work
from bot.channels.telegram.staff.call import Call
from bot.models.reply import Reply, Request

Command = Callable[[Call, str], Awaitable[Reply]]
Slow = Callable[[App, str, str], Awaitable[Reply]]

COMMANDS: dict[str, Command] = {
    "/leads": lists.command,
    "/lead": card.command,
    "/reply": letters.command,
    "/unanswered": reports.unanswered,
    "/stats": reports.stats,
}

SLOW: dict[str, Slow] = {"/export": exports.command, "/check": content.check, "/reload": content.reload}
"""What takes long is made ready before the transaction of its update, which would hold up everybody else."""

BUTTONS: dict[str, Command] = {"leads": lists.pressed, "lead": work.pressed, "stats": reports.stats}


def ours(payload: str) -> bool:
    """Whether a button is for members alone."""
    return payload.partition("|")[0] in BUTTONS


async def take(call: Call, request: Request) -> Reply | None:
    """The reply to a member's command, button or awaited words; None for what a prospect might say as well."""
    verb, _, rest = request.payload.partition("|")
    if verb in BUTTONS:
        await waiting.over(call)
        return await BUTTONS[verb](call, rest)
    text = request.text.strip()
    if request.payload or not text:
        return None
    awaited = await waiting.over(call)
    if text.startswith("/"):
        return await _command(call, text, bool(awaited))
    answered = _answered(request.replies_to)
    return await work.words(call, answered or awaited, text) if answered or awaited else None


async def _command(call: Call, text: str, waited: bool) -> Reply | None:
    name, words = split(text)
    if name in COMMANDS:
        return await COMMANDS[name](call, words)
    if name == "/start" and words.startswith("lead_"):
        return await card.command(call, words.removeprefix("lead_"))
    return call.reply("cancelled") if name == "/cancel" and waited else None


def split(text: str) -> tuple[str, str]:
    """A command and what stands behind it."""
    name, *words = text.split(maxsplit=1) or [""]
    return name.casefold(), words[0].strip() if words else ""


def _answered(payload: str) -> str:
    """A reply to a person's words goes to the person: below them stands the button that does the same."""
    verb, _, rest = payload.partition("|")
    lead, _, what = rest.partition("|")
    return f"reply|{lead}" if verb == "lead" and what == "reply" else ""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A command that takes long, as it was typed."""

    run: Slow
    words: str


def ahead(incoming: Incoming) -> Ahead | None:
    if incoming.group or incoming.request is None or incoming.tap:
        return None
    name, words = split(incoming.request.text)
    return Ahead(SLOW[name], words) if name in SLOW else None
