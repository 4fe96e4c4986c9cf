"""`make soak`: many conversations on each engine, and a bot that is killed again and again.

`python -m tests.benchmarks.soak 0.01` is a hundredth of it, to see that it works. Ends with 1 where something is lost,
doubled or growing.
"""

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.store import conversations, leads
from bot.store.database import Database, migrate
from tests.benchmarks.figures import Figure, skipped, table
from tests.benchmarks.places import in_a_child
from tests.benchmarks.store import engines
from tests.benchmarks.talker import LEADS, Seen, email
from tests.databases import SERVER
from tests.kills import survive
from tests.store_worker import NONSENSE, PEOPLE
from tests.test_store_processes import together

CONVERSATIONS = 20_000
"""On each engine; every fourth becomes a lead."""

PROCESSES = {"SQLite": 1, "PostgreSQL": 4}

KILLED = 200
"""Conversations on Telegram while the bot is killed."""

SENDS = (2, 10)
"""Messages sent between two kills: about one kill a conversation."""

GROWTH = 1.1
"""Memory at the end, as a multiple of that after a tenth, that still counts as flat."""


def main(scale: float = 1.0) -> int:
    print(f"soak at {scale:g} of its size", file=sys.stderr)
    parts = []
    for engine, opened in engines():
        with opened() as address:
            parts.append((engine, list(_engine(engine, address, int(CONVERSATIONS * scale)))))
    if not SERVER:
        parts.append(("PostgreSQL", [skipped("PostgreSQL", "TEST_POSTGRES_URL is not set")]))
    parts.append(("kill -9 on Telegram", list(_kills(max(10, int(KILLED * scale))))))
    print(table(parts))
    return int(any(figure.verdict == "missed" for _, figures in parts for figure in figures))


def _engine(engine: str, address: str, count: int) -> Iterator[Figure]:
    processes = PROCESSES[engine]
    print(f"{engine}: {count:,} conversations in {processes} process(es) ...", file=sys.stderr, flush=True)
    asyncio.run(migrate(address))
    with ThreadPoolExecutor(processes) as pool:
        jobs = [
            pool.submit(in_a_child, "talker", address, str(count), str(part), str(processes))
            for part in range(processes)
        ]
        seen = [Seen(**job.result()) for job in jobs]
    messages = sum(one.messages for one in seen)
    yield Figure("conversations", count, note=f"{processes} process(es)")
    yield Figure("messages a second", messages / max(one.seconds for one in seen), "/s")
    yield Figure("messages answered otherwise than they should be", sum(one.wrong for one in seen), target=0)
    found = Counter(asyncio.run(_leads(address)))
    wanted = {email(number) for number in range(0, count, LEADS)}
    yield Figure("leads", found.total(), target=len(wanted), at_least=True)
    yield Figure("leads lost", len(wanted - found.keys()), target=0)
    yield Figure("leads doubled or strange", (found - Counter(wanted)).total(), target=0)
    growth = max(one.late / one.early for one in seen)
    yield Figure(
        "memory at the end / after a tenth", growth, "x", GROWTH,
        note=f"{max(one.early for one in seen) / 1e6:.0f} MB, then {max(one.late for one in seen) / 1e6:.0f} MB",
    )  # fmt: skip
    if processes > 1:
        yield Figure("faults of processes that hold one talk", asyncio.run(_together(address, processes)), target=0)


async def _leads(address: str) -> list[str]:
    """The e-mail addresses of all leads."""
    database = Database(address)
    try:
        async with database.read() as connection:
            return [str(lead.draft.email) async for lead in leads.stream(connection, leads.LeadFilter())]
    finally:
        await database.close()


async def _together(address: str, processes: int) -> int:
    """All processes talk for the same people at once and take the same leads: how often they disagree, lose a message
    or make a second lead."""
    owners = await together(*(str(number) for number in range(1, processes + 1)), address=address)
    faults = sum(said != owners[0] for said in owners)
    database = Database(address)
    try:
        async with database.read() as connection:
            users = [lead.draft.user async for lead in leads.stream(connection, leads.LeadFilter())]
            faults += sum(users.count(person) != 1 for person in PEOPLE)
        async with database.begin() as connection:
            for person in PEOPLE:
                talk = await conversations.load(connection, "telegram", f"{person} muttering")
                faults += talk is None or talk.misses != processes * NONSENSE
    finally:
        await database.close()
    return faults


def _kills(count: int) -> Iterator[Figure]:
    print(f"kill -9 during {count} conversations ...", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        got = asyncio.run(survive(count, Path(folder), seed=7, sends=SENDS))
    wanted, kept = Counter(got.wanted), Counter(got.kept)
    yield Figure("conversations, every message answered", count, note=f"{got.kills} kills")
    yield Figure("leads lost", (wanted - kept).total(), target=0)
    yield Figure("leads doubled or strange", (kept - wanted).total(), target=0)
    yield Figure("questions logged twice or not at all", abs(got.questions - count), target=0)
    yield Figure("messages left unsent", got.unsent, target=0)
    yield Figure("messages that Telegram refused", len(got.refusals), target=0)


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:])))
