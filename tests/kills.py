"""`kill -9` of the whole bot process at random points of many Telegram conversations, each time followed by a restart.

The double outlives the bot and delivers again what was not confirmed, as Telegram does. Everybody goes on talking: who
waits for an answer waits until it comes, and knows the right one by what it offers or says, since after a kill
an earlier answer may come a second time.
"""

import asyncio
import random
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.knowledge.load import load_knowledge
from bot.models.content import FormSpec
from bot.settings import default_knowledge_dir
from bot.store import leads, outbox
from bot.store.database import Database
from tests.processes import bot_on
from tests.talks import Step, enquiry, question, refusal
from tests.telegram_double import Json, Person, TelegramDouble

AT_ONCE = 6
"""Conversations side by side, so that a kill meets several of them in different states."""

SENDS = (2, 16)
"""A process dies after so many messages sent, drawn from this range."""

SECONDS = (0.0, 0.1)
"""How long after the last of them. What is under way may then be anywhere between its arrival and its last commit, and
most processes live long enough to get something done."""

TRIES = 30
"""Half seconds in which the last process must have sent everything."""

PATIENCE = 60.0
"""Seconds within which an answer must have come, kills and restarts included."""


@dataclass
class Fused(TelegramDouble):
    """A double that tells when so many messages have been sent."""

    fuse: int = 0
    blown: asyncio.Event = field(default_factory=asyncio.Event)

    async def _do_sendmessage(self, params: Json) -> Json:
        self.fuse -= 1
        if self.fuse == 0:
            self.blown.set()
        return await super()._do_sendmessage(params)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found when everybody had been answered."""

    kills: int
    wanted: list[tuple[str, str]]
    """E-mail address and status of the leads there should be, in order."""
    kept: list[tuple[str, str]]
    """Those in the database, in order."""
    questions: int
    """Times the first question stands in the question log: once for each conversation."""
    unsent: int
    """Messages that still wait in the outbox."""
    refusals: list[str]
    """What the double answered with 400."""


async def survive(count: int, folder: Path, seed: int, sends: tuple[int, int] = SENDS) -> Outcome:
    """Hold so many conversations while the bot is killed again and again. Raises TimeoutError, in a group, where an
    answer never came."""
    form = load_knowledge(default_knowledge_dir()).form
    over = asyncio.Event()
    async with Fused() as telegram:
        async with asyncio.TaskGroup() as group:
            killing = group.create_task(_kill_again_and_again(telegram, folder, random.Random(seed), sends, over))
            wanted = await _everybody(telegram, form, count)
            over.set()
        kept, questions, unsent = await _rest(telegram, folder)
        return Outcome(killing.result(), wanted, kept, questions, unsent, telegram.refusals)


async def _kill_again_and_again(
    telegram: Fused, folder: Path, rng: random.Random, sends: tuple[int, int], over: asyncio.Event
) -> int:
    """How often it was killed until all was over."""
    kills = 0
    while not over.is_set():
        telegram.fuse = rng.randint(*sends)
        telegram.blown.clear()
        process = await bot_on(telegram, folder)
        try:
            await _first(telegram.blown.wait(), over.wait(), process.wait())
            await asyncio.sleep(rng.uniform(*SECONDS))
            assert process.returncode is None, f"the bot ended by itself: {process.returncode}"
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        kills += 1
    return kills


async def _first(*events: Coroutine[Any, Any, object]) -> None:
    """Until one of them has happened."""
    waiting = {asyncio.ensure_future(event) for event in events}
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for event in waiting:
            event.cancel()


async def _rest(telegram: Fused, folder: Path) -> tuple[list[tuple[str, str]], int, int]:
    """What is found once a last process has sent what was left and was told to stop."""
    start = len(telegram.calls)
    process = await bot_on(telegram, folder)
    try:
        await telegram.until(lambda: any(method == "getupdates" for method, _ in telegram.calls[start:]), PATIENCE)
        for _ in range(TRIES):
            *_, unsent = found = await _found(f"sqlite:///{folder / 'bot.sqlite3'}")
            if not unsent:
                break
            await asyncio.sleep(0.5)
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 12) == 0
        return found
    finally:
        if process.returncode is None:
            process.kill()


async def _everybody(telegram: Fused, form: FormSpec, count: int) -> list[tuple[str, str]]:
    """The leads there should be after all have talked."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> tuple[str, str] | None:
        async with places:
            return await _talk(telegram.person(number + 1), form, number)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(number)) for number in range(count)]
    return sorted(lead for task in tasks if (lead := task.result()))


async def _talk(person: Person, form: FormSpec, number: int) -> tuple[str, str] | None:
    """Of ten conversations seven end in a lead, one is left half-way, one in a refusal, one after a question."""
    email = f"person{number}@example.org"
    whole = enquiry(form, "Ann Lee", email)
    steps: Sequence[Step] = {7: whole[:3], 8: refusal(form), 9: ()}.get(number % 10, whole)
    for step in (question(), *steps):
        await _take(person, step)
    status = {7: "partial", 8: "", 9: ""}.get(number % 10, "new")
    return (email, status) if status else None


async def _take(person: Person, step: Step) -> None:
    """Say or tap it, and wait for its answer."""
    messages, start = person.telegram.messages, len(person.telegram.messages)
    await (person.taps(step.button) if step.button else person.says(step.text))

    def answered() -> bool:
        mine = (message for message in messages[start:] if message["chat"]["id"] == person.chat)
        return any(step.answered(message["text"], _labels(message)) for message in mine)

    await person.telegram.until(answered, PATIENCE)


def _labels(message: Json) -> list[str]:
    rows = (message["reply_markup"] or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


async def _found(address: str) -> tuple[list[tuple[str, str]], int, int]:
    """Leads, first questions in the log, and messages not yet sent."""
    database = Database(address)
    later = datetime.now(UTC) + timedelta(days=1)
    try:
        async with database.read() as connection:
            held = [lead async for lead in leads.stream(connection, leads.LeadFilter())]
            asked = await connection.exec_driver_sql(
                "SELECT count(*) FROM questions WHERE text = ?", (question().text,)
            )  # fmt: skip
            unsent = await outbox.due(connection, later, 1000, ("telegram",))
            return sorted((str(lead.draft.email), lead.status) for lead in held), asked.scalar_one(), len(unsent)
    finally:
        await database.close()
