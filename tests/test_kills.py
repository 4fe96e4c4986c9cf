"""`kill -9` at random points of conversations: no message is lost, every effect happens once."""

import asyncio
from pathlib import Path

from tests.kills import survive

CONVERSATIONS = 20


async def test_after_kills_every_message_is_answered_and_every_lead_is_there_once(tmp_path: Path) -> None:
    async with asyncio.timeout(120):
        outcome = await survive(CONVERSATIONS, tmp_path, seed=6)
    assert outcome.kills >= 5
    assert outcome.kept == outcome.wanted
    assert outcome.questions == CONVERSATIONS
    assert outcome.unsent == 0
    assert outcome.refusals == []
