"""The whole bot as its own process against the Bot API double, on SQLite, every effect committed."""

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.benchmarks.figures import Figure, percent, spread
from tests.benchmarks.stages import STAGES
from tests.processes import bot_on
from tests.telegram_double import Json, TelegramDouble

CHATS = 1000
EACH = 2
"""Messages of each chat, the second after the answer to the first: fewer than a person may send in a minute."""

CALM_CHATS = 300
CALM_RATE = 30.0
"""Messages a second at which the median is measured: what Telegram lets one bot send."""

QUESTIONS = (
    "what is the pass mark of PSPO?", "how long is PSM?", "do I need experience for PSK?", "who is PSU for?",
    "is PAL E online?", "how many pdus do I get for PSPO A", "what do I learn in APK", "tell me about SPS",
)  # fmt: skip
"""Each gets one message as its answer, and no two the same."""


@dataclass
class Watch(TelegramDouble):
    """A double that knows when a chat was answered."""

    asked: dict[int, float] = field(default_factory=dict)
    left: dict[int, int] = field(default_factory=dict)
    """Messages that a chat still has to send."""
    heard: set[tuple[int, str]] = field(default_factory=set)
    """Answers by chat."""
    seconds: list[float] = field(default_factory=list)
    """From the moment an update is there until its answer has come in."""
    twice: int = 0
    """Answers that came in again."""

    async def ask(self, chat: int) -> None:
        self.left[chat] = self.left.get(chat, 1) - 1
        self.asked[chat] = time.perf_counter()
        await self.person(chat).says(QUESTIONS[(chat + self.left[chat]) % len(QUESTIONS)])

    async def _do_sendmessage(self, params: Json) -> Json:
        kept = await super()._do_sendmessage(params)
        chat = int(params["chat_id"])
        answer = (chat, kept["text"])
        if answer in self.heard:
            self.twice += 1
            return kept
        self.heard.add(answer)
        self.seconds.append(time.perf_counter() - self.asked[chat])
        if self.left[chat]:
            await self.ask(chat)
        return kept


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the bot."""

    seconds: float
    """From the first message to the last answer."""
    latencies: list[float]
    """Seconds of each message."""
    cpu: float
    """Seconds of processor time of the bot."""
    stages: Mapping[str, float]
    """Seconds by stage, summed over the messages."""
    twice: int
    """Answers that were sent more than once, though nothing was killed."""


def figures() -> Iterator[Figure]:
    busy = asyncio.run(_run(_flood))
    count = len(busy.latencies)
    yield Figure(
        f"messages a second from {CHATS:,} chats", count / busy.seconds, "/s", target=150, at_least=True,
        note=f"{count:,} messages",
    )  # fmt: skip
    yield Figure("  answers sent twice", busy.twice, "", target=0)
    yield Figure("  processor time of the bot a message", 1000 * busy.cpu / count, "ms")
    yield Figure("  processor time of the bot / time passed", percent(busy.cpu / busy.seconds), "%")
    calm = asyncio.run(_run(_trickle))
    median, most = spread(calm.latencies)
    yield Figure(f"median at {CALM_RATE:.0f} messages a second", 1000 * median, "ms", target=15)
    yield Figure("  99%", 1000 * most, "ms")
    yield from _shares(calm)


def _shares(run: Run) -> Iterator[Figure]:
    """What each stage takes of the mean latency. Sending ends a little later than that, with Telegram's own answer."""
    mean = statistics.mean(run.latencies)
    spent = {stage: run.stages.get(stage, 0.0) / len(run.latencies) for stage in STAGES}
    spent["fetching the update, waiting for a turn"] = max(0.0, mean - sum(spent.values()))
    for stage, seconds in spent.items():
        yield Figure(f"  {stage}", 1000 * seconds, "ms", note=f"{seconds / mean:.0%} of the mean, {1000 * mean:.1f} ms")


async def _flood(telegram: Watch) -> None:
    telegram.left = dict.fromkeys(range(1, CHATS + 1), EACH)
    for chat in range(1, CHATS + 1):
        await telegram.ask(chat)
    await telegram.until(lambda: len(telegram.seconds) >= CHATS * EACH, 120)


async def _trickle(telegram: Watch) -> None:
    started = time.perf_counter()
    for number in range(CALM_CHATS):
        await asyncio.sleep(max(0.0, started + number / CALM_RATE - time.perf_counter()))
        await telegram.ask(number + 1)
    await telegram.until(lambda: len(telegram.seconds) >= CALM_CHATS)


async def _run(load: Callable[[Watch], Awaitable[None]]) -> Run:
    async with Watch() as telegram:
        with tempfile.TemporaryDirectory() as name:
            stages = Path(name) / "stages.json"
            process = await bot_on(telegram, Path(name), "tests.benchmarks.stages", stages.name)
            try:
                await telegram.until(lambda: any(method == "getupdates" for method, _ in telegram.calls), 30)
                before, started = _cpu(process.pid), time.perf_counter()
                await load(telegram)
                seconds, cpu = time.perf_counter() - started, _cpu(process.pid) - before
                process.terminate()
                await asyncio.wait_for(process.wait(), 15)
            finally:
                if process.returncode is None:
                    process.kill()
            assert not telegram.refusals, telegram.refusals[:3]
            spent = json.loads(stages.read_text(encoding="utf-8"))
            return Run(seconds, telegram.seconds, cpu, spent, telegram.twice)


def _cpu(process: int) -> float:
    times = psutil.Process(process).cpu_times()
    return float(times.user + times.system)
