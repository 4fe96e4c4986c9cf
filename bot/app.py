"""Wires everything once: settings, knowledge, advisor, database."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.conversation.advisor import Advisor
from bot.errors import ContentError
from bot.knowledge.load import KnowledgeLoader, Progress
from bot.models.content import Knowledge, Problem
from bot.models.conversation import Conversation
from bot.models.reply import Reply, Request
from bot.settings import Settings, cache_dir
from bot.understanding.memory import Memory
from bot.understanding.understander import Understander

if TYPE_CHECKING:
    from bot.store.database import Connection, Database


def advisor_for(knowledge: Knowledge) -> Advisor:
    """The advisor that answers from this snapshot. What it learns of the intents' examples is kept for later."""
    return Advisor(knowledge, Understander(knowledge, Memory(cache_dir())))


def loader_for(settings: Settings) -> KnowledgeLoader:
    """Reads the configured content; nothing is read yet. Raises ContentError where there is no such folder."""
    for directory in (settings.knowledge_dir, settings.courses_dir):
        if directory is not None and not Path(directory).is_dir():
            raise ContentError(f"{directory}: there is no such folder. Give the folder that holds the pages.")
    return KnowledgeLoader(settings.knowledge_dir, settings.courses_dir)


def load_advisor(settings: Settings, progress: Progress | None = None) -> Advisor:
    """Raises ContentError where the knowledge or the catalogue cannot be used."""
    with _uncollected():
        return advisor_for(loader_for(settings).load(progress))


@contextmanager
def _uncollected() -> Iterator[None]:
    """What is loaded stays: looking for garbage among it takes a fifth of the start, and later holds up messages."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def proven(loader: KnowledgeLoader) -> Advisor:
    """An advisor on the content as it is now, that keeps nobody waiting and has answered once. Raises ContentError."""
    try:
        knowledge = loader.load()
        advisor = advisor_for(knowledge)
        advisor.warm()
        advisor.turn(Request("reload", "", _question(knowledge)), Conversation("", "reload", ""), datetime.now(UTC))
    except ContentError:
        raise
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        raise ContentError(f"No answer comes of the edited content. Undo the last edit.\n{fault}") from error
    return advisor


def _question(knowledge: Knowledge) -> str:
    examples = (example for intent in knowledge.intents.values() for example in intent.examples)
    return next(examples, "?").replace("{course}", next(iter(knowledge.courses)))


@dataclass
class App:
    """What a channel needs: the advisor in force, the database and the settings."""

    settings: Settings
    advisor: Advisor
    database: "Database"
    loader: KnowledgeLoader | None = None
    """What loaded the advisor's knowledge, so that only edited pages are read again."""

    def __post_init__(self) -> None:
        self._loader = self.loader or KnowledgeLoader(self.settings.knowledge_dir, self.settings.courses_dir)
        self._loading = asyncio.Lock()
        self.refused = ""
        """Why the last edit as a whole is not in force; empty where it is."""

    @property
    def knowledge(self) -> Knowledge:
        return self.advisor.knowledge

    def text(self, key: str, **values: object) -> str:
        """A text of `replies.yaml`."""
        return self.advisor.shared(key, **values)

    def swap(self, advisor: Advisor) -> None:
        """Put edited content in force, as a whole, between two messages."""
        self.advisor = advisor

    @property
    def seen(self) -> object:
        """The files as they were when they were last loaded."""
        return self._loader.seen

    async def look(self) -> object:
        """The files as they are now: not equal to `seen` where one was edited, added or removed."""
        return await asyncio.to_thread(self._loader.look)

    async def reload(self) -> tuple[Problem, ...]:
        """Answer from the content as it is on disk now; the pages that cannot be used. Raises ContentError, and all
        stays as it was."""
        async with self._loading:
            try:
                self.swap(await asyncio.to_thread(proven, self._loader))
            except ContentError as error:
                self.refused = str(error)
                raise
            self.refused = ""
        return (*self.knowledge.kept, *self.knowledge.left_out)

    async def check(self) -> list[Problem]:
        """What the content checker says of the content on disk. Raises ContentError."""
        async with self._loading:
            return await asyncio.to_thread(self._loader.check)

    async def handle(self, request: Request, connection: "Connection") -> Reply:
        """Answer within the caller's transaction."""
        from bot.conversation.handle import handle

        crm = bool(self.settings.crm_webhook_url)
        return await handle(self.advisor, connection, request, datetime.now(UTC), crm, self.settings.admins)

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

    url = settings.database_url.value
    await migrate(url)
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def open_app(
    settings: Settings, loading: Callable[[], AbstractContextManager[Progress | None]] = nullcontext
) -> AsyncIterator[App]:
    """The whole app on the configured database. `loading` gives what hears how far the pages are."""
    loader = loader_for(settings)
    with loading() as progress, _uncollected():
        advisor = advisor_for(loader.load(progress))
    async with open_database(settings) as database:
        yield App(settings, advisor, database, loader)
