"""No text that a person can send makes the database refuse, on either engine."""

import pytest

from bot.conversation.advisor import Advisor
from bot.conversation.handle import handle
from bot.models.reply import Contact, Request
from bot.store.database import Database
from tests.databases import NOW

ODD = [
    "\x00",
    "price of PSPO\x00?",
    "\ud800",
    "how long is PSPO \udfff",
    "\ufffe\uffff",
    "💥" * 2000,
    "'; DROP TABLE leads; --",
]


@pytest.mark.parametrize("text", ODD, ids=ascii)
async def test_an_odd_message_is_answered_and_kept(database: Database, demo: Advisor, text: str) -> None:
    said = ("sign me up for PSPO", text, "press form|consent|yes", text, "Ann", text, "ann@example.org", text)
    async with database.begin() as connection:
        for line in said:
            payload = line.removeprefix("press ") if line.startswith("press ") else ""
            contact = Contact("+442079460000", text) if line == "Ann" else None
            typed = "" if payload else line
            reply = await handle(demo, connection, Request("telegram", "42", typed, payload, contact=contact), NOW)
            assert reply.text
