"""Wires everything once: settings, knowledge, advisor, database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.conversation.advisor import Advisor
from bot.errors import ContentError
from bot.knowledge.load import load_knowledge
from bot.models.content import Knowledge
from bot.models.reply import Reply, Request
from bot.settings import Settings
from bot.understanding.understander import Understander

if TYPE_CHECKING:
    from bot.store.database import Connection, Database


def advisor_for(knowledge: Knowledge) -> Advisor:
    """The advisor that answers from this snapshot."""
    return Advisor(knowledge, Understander(knowledge))


def load_advisor(settings: Settings) -> Advisor:
    """Raises ContentError where the knowledge or the catalogue cannot be used."""
    for directory in (settings.knowledge_dir, settings.courses_dir):
        if directory is not None and not Path(directory).is_dir():
            raise ContentError(f"{directory}: there is no such folder. Give the folder that holds the pages.")
    return advisor_for(load_knowledge(settings.knowledge_dir, settings.courses_dir))


@dataclass
class App:
    """What a channel needs: the advisor in force, the database and the settings."""

    settings: Settings
    advisor: Advisor
    database: "Database"

    @property
    def knowledge(self) -> Knowledge:
        return self.advisor.knowledge

    def text(self, key: str) -> str:
        """A text of `replies.yaml`."""
        return self.advisor.shared(key)

    def swap(self, knowledge: Knowledge) -> None:
        """Put edited knowledge in force, as a whole, between two messages."""
        self.advisor = advisor_for(knowledge)

    async def handle(self, request: Request, connection: "Connection") -> Reply:
        """Answer within the caller's transaction."""
        from bot.conversation.handle import handle

        return await handle(
            self.advisor, connection, request, datetime.now(UTC), crm=bool(self.settings.crm_webhook_url)
        )

    async def begin_anew(self, channel: str, user: str) -> None:
        """Start this person's talk afresh; leads and their history stay."""
        from bot.conversation.handle import fresh
        from bot.store import conversations

        async with self.database.begin() as connection:
            before = await conversations.load(connection, channel, user)
            if before:
                anew = replace(fresh(channel, user), id=before.id)
                await conversations.save(connection, anew, datetime.now(UTC))

    async def answer(self, request: Request) -> Reply:
        """Answer in a transaction of its own."""
        async with self.database.begin() as connection:
            return await self.handle(request, connection)


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator["Database"]:
    """The configured database, migrated. Raises StoreError."""
    from bot.store.database import Database, migrate

    url = settings.database_url.get_secret_value()
    await migrate(url)
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def open_app(settings: Settings) -> AsyncIterator[App]:
    """The whole app on the configured database."""
    advisor = load_advisor(settings)
    async with open_database(settings) as database:
        yield App(settings, advisor, database)
