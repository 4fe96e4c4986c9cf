"""Several processes on one database: webhook instances behind one address, or a deploy that overlaps."""

import asyncio
import json
import sys
from pathlib import Path

from bot.store import conversations, leads
from bot.store.database import Database
from tests.store_worker import NONSENSE, PEOPLE

ROOT = Path(__file__).parent.parent


async def together(*names: str, address: str) -> list[dict[str, str]]:
    """What the workers said, after starting them at the same moment."""
    pipe = asyncio.subprocess.PIPE
    workers = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.store_worker", name, address, cwd=ROOT, stdin=pipe, stdout=pipe
        )
        for name in names
    ]
    for worker in workers:
        assert worker.stdout
        assert (await worker.stdout.readline()).strip() == b"ready"
    said = await asyncio.gather(*(worker.communicate(b"go\n") for worker in workers))
    assert [worker.returncode for worker in workers] == [0] * len(workers)
    return [json.loads(out) for out, _ in said]


async def test_two_processes_lose_no_message_double_no_lead_and_take_it_once(database: Database, address: str) -> None:
    async with asyncio.timeout(60):
        one, other = await together("7", "8", address=address)
    assert one == other, "both were told the same owner of every lead"
    assert set(one.values()) <= {"7", "8"}
    async with database.begin() as connection:
        found = await leads.find(connection, leads.LeadFilter())
        assert sorted(lead.draft.user for lead in found) == sorted(PEOPLE)
        for person in PEOPLE:
            talk = await conversations.load(connection, "telegram", f"{person} muttering")
            assert talk
            assert talk.misses == 2 * NONSENSE, "each message saw what the one before it left"
        counted = await connection.exec_driver_sql(
            "SELECT count(*) FROM questions WHERE text = 'xyzzy plugh' GROUP BY conversation"
        )
        assert [count for (count,) in counted] == [2 * NONSENSE] * len(PEOPLE)
