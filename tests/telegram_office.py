"""A sales office on the running bot: two members, an administrator by setting, and people who ask."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.app import App
from bot.conversation.advisor import Advisor
from bot.models.lead import Lead
from bot.models.reply import Role
from bot.store import leads, staff
from bot.store.leads import LeadFilter
from bot.store.schema import metadata
from tests.databases import KEEP, draft
from tests.telegram_bot import opened, running, settings_for
from tests.telegram_double import Json, Person, TelegramDouble

PAT, SAM, KIM, ANN, BOB = 7, 8, 9, 42, 43


@dataclass
class Office:
    """Pat is administrator by setting, Sam and Kim are members, Ann and Bob are people with a phone."""

    app: App
    telegram: TelegramDouble

    def __post_init__(self) -> None:
        people = ((PAT, "Pat"), (SAM, "Sam"), (KIM, "Kim"), (ANN, "Ann"), (BOB, "Bob"))
        self.pat, self.sam, self.kim, self.ann, self.bob = (self.telegram.person(id, name) for id, name in people)

    async def invite(self, name: str, role: Role = "staff", valid: timedelta = timedelta(days=1)) -> str:
        async with self.app.database.begin() as connection:
            return await staff.invite(connection, name, role, datetime.now(UTC), valid)

    async def hire(self, user: int, name: str, role: Role = "staff") -> None:
        key = await self.invite(name, role)
        async with self.app.database.begin() as connection:
            await staff.accept(connection, key, str(user), datetime.now(UTC))

    async def dismiss(self, user: int) -> None:
        async with self.app.database.begin() as connection:
            await staff.remove(connection, str(user), datetime.now(UTC))

    async def lead(self, user: int | str = ANN, channel: str = "telegram", **more: Any) -> int:
        """A lead that was made before, of which nobody is told now."""
        given = draft(str(user), **more)
        async with self.app.database.begin() as connection:
            lead, _ = await leads.save(connection, replace(given, channel=channel), KEEP, datetime.now(UTC))
        return lead.id

    async def kept(self, id: int = 1) -> Lead:
        async with self.app.database.read() as connection:
            lead = await leads.get(connection, id)
        assert lead
        return lead

    async def history(self, id: int = 1) -> list[tuple[str, str, str]]:
        return [(entry.who, entry.what, entry.text) for entry in (await self.kept(id)).history]

    async def leads(self) -> list[Lead]:
        async with self.app.database.read() as connection:
            return await leads.find(connection, LeadFilter())

    async def everything(self) -> str:
        """All rows of all tables."""
        async with self.app.database.read() as connection:
            rows = [await connection.execute(select(table)) for table in metadata.tables.values()]
        return "\n".join(str(tuple(row)) for found in rows for row in found)

    async def enrols(self, person: Person, name: str, start: str = "") -> None:
        """The person leaves a lead by talking, and reads all that is said meanwhile."""
        if start:
            await said(person, start)
        await said(person, "I want to enrol in PSPO")
        await tapped(person, "Yes, that is fine")
        await said(person, f"{name}, {name.split()[0].casefold()}@example.org")
        await tapped(person, "Skip")
        await tapped(person, "Yes, send it")


async def said(person: Person, text: str) -> Json:
    await person.says(text)
    return await person.hears()


async def tapped(person: Person, label: str, message: Json | None = None) -> str:
    """What is answered to a tap."""
    await person.taps(label, message)
    return str((await person.hears())["text"])


@asynccontextmanager
async def working(folder: Path, advisor: Advisor, **settings: Any) -> AsyncIterator[Office]:
    """The bot at work, with everybody hired."""
    async with TelegramDouble() as telegram:
        given = settings_for(telegram, folder, admin_ids=str(PAT), **settings)
        async with opened(given, advisor) as app:
            office = Office(app, telegram)
            await office.hire(SAM, "Sam Fox")
            await office.hire(KIM, "Kim Roe")
            async with running(app):
                yield office
