"""One of several processes on one database: waits for a line, talks for the same people as the others, takes a lead."""

import asyncio
import json
import sys

from bot.app import App, load_advisor
from bot.models.reply import Request
from bot.settings import Secret, Settings
from bot.store import leads
from bot.store.database import Database
from tests.databases import NOW

PEOPLE = tuple(f"person {number}" for number in range(4))
TALK = ("sign me up for PSPO", "press form|consent|yes", "Ann Lee, ann@example.org", "press form|review|yes")
NONSENSE = 10


async def work(me: str, address: str) -> dict[str, str]:
    settings = Settings(database_url=Secret(address))
    app = App(settings, load_advisor(settings), Database(address, wait_seconds=60))
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)

    async def say(user: str, text: str) -> None:
        payload = text.removeprefix("press ") if text.startswith("press ") else ""
        await app.answer(Request("telegram", user, "" if payload else text, payload))

    async def talk(user: str) -> str:
        for text in TALK:
            await say(user, text)
        for _ in range(NONSENSE):
            await say(f"{user} muttering", "xyzzy plugh")
        async with app.database.begin() as connection:
            wanted = [lead for lead in await leads.find(connection, leads.LeadFilter()) if lead.draft.user == user]
            return await leads.take(connection, wanted[0].id, me, NOW)

    owners = await asyncio.gather(*(talk(user) for user in PEOPLE))
    await app.database.close()
    return dict(zip(PEOPLE, owners, strict=True))


if __name__ == "__main__":
    print(json.dumps(asyncio.run(work(*sys.argv[1:]))))
