"""One of the processes of the soak: holds its share of the conversations and says what it saw.

`python -m tests.benchmarks.talker ADDRESS CONVERSATIONS PART PARTS`
"""

import asyncio
import gc
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import psutil

from bot.app import App, load_advisor
from bot.models.content import FormSpec
from bot.models.reply import Button, Buttons, Reply, Request
from bot.store.database import Database
from tests.benchmarks.store import AT_ONCE, settings_on
from tests.talks import Step, enquiry, question

LEADS = 4
"""One conversation in so many ends in a lead; the others ask and thank."""

EARLY = 0.1
"""Share of the conversations after which the memory is first looked at."""

WAIT_SECONDS = 60.0
"""For the database; a soak is no place to give up early."""


@dataclass
class Seen:
    """What one process saw."""

    messages: int = 0
    wrong: int = 0
    """Messages not answered as they should be."""
    seconds: float = 0.0
    early: int = 0
    """Bytes of memory after the first conversations."""
    late: int = 0
    """Bytes of memory after the last."""


def email(number: int) -> str:
    """Who became a lead in a conversation."""
    return f"person{number}@example.org"


def _steps(form: FormSpec, number: int) -> Sequence[Step]:
    if number % LEADS == 0:
        return question(), *enquiry(form, "Ann Lee", email(number))
    return question(), Step("and how long is it?", says="hours"), Step("thanks")


async def _converse(app: App, number: int, seen: Seen) -> None:
    buttons: dict[str, Button] = {}
    for step in _steps(app.knowledge.form, number):
        payload = buttons[step.button].payload if step.button in buttons else ""
        reply = await app.answer(Request("telegram", f"soak {number}", step.text, payload))
        buttons = _buttons(reply)
        seen.messages += 1
        seen.wrong += not step.answered(reply.text, list(buttons))


def _buttons(reply: Reply) -> dict[str, Button]:
    shown = (button for block in reply.blocks if isinstance(block, Buttons) for button in block.buttons)
    return {button.label: button for button in shown}


async def talk(address: str, mine: Sequence[int]) -> Seen:
    """Hold these conversations, several at once."""
    settings, seen, waiting = settings_on(address), Seen(), list(reversed(mine))
    app = App(settings, load_advisor(settings), Database(address, WAIT_SECONDS))
    app.advisor.warm()
    early = len(mine) - max(1, int(EARLY * len(mine)))

    async def some() -> None:
        while waiting:
            if len(waiting) == early:
                seen.early = _memory()
            await _converse(app, waiting.pop(), seen)

    started = time.perf_counter()
    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    seen.seconds, seen.late = time.perf_counter() - started, _memory()
    await app.database.close()
    return seen


def _memory() -> int:
    gc.collect()
    return psutil.Process().memory_info().rss


if __name__ == "__main__":
    count, part, parts = map(int, sys.argv[2:])
    print(json.dumps(asdict(asyncio.run(talk(sys.argv[1], range(part, count, parts))))))
