"""What the jobs need of the app above them."""

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from bot.models.content import Knowledge
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.store.database import Database

logger = logging.getLogger("course_advisor.jobs")


class App(Protocol):
    """The wired app; `knowledge` changes as a whole when content is edited."""

    settings: Settings
    database: "Database"
    refused: str
    """Why the last edit as a whole is not in force; empty where it is."""

    @property
    def knowledge(self) -> Knowledge: ...

    @property
    def seen(self) -> object:
        """The files as they were when they were last loaded."""
        ...

    async def look(self) -> object:
        """The files as they are now: not equal to `seen` where one was edited, added or removed."""
        ...

    async def reload(self) -> object:
        """Put the content on disk in force. Raises ContentError, and all stays as it was."""
        ...

    def text(self, key: str, **values: object) -> str:
        """A text of `replies.yaml`."""
        ...


def log(level: int, message: str, **fields: Any) -> None:
    """`fields` hold numbers and names of events and faults: nothing about a person."""
    logger.log(level, message, extra={"fields": fields})


async def rest(stop: asyncio.Event, seconds: float) -> None:
    """Until the time is over or `stop` is set."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
