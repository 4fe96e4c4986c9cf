"""What this channel needs of the app above it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from bot.conversation.advisor import Advisor
from bot.models.content import Knowledge, Problem
from bot.models.reply import Reply, Request
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.store.database import Connection, Database

CHANNEL = "telegram"
"""The channel's name in requests and in the database."""


class App(Protocol):
    """The wired app; `advisor` and `knowledge` change as a whole when content is edited."""

    settings: Settings
    advisor: Advisor
    database: "Database"

    @property
    def knowledge(self) -> Knowledge: ...

    async def reload(self) -> Sequence[Problem]:
        """Put the edited content in force; the pages left out. Raises ContentError."""
        ...

    async def check(self) -> Sequence[Problem]:
        """What the content checker finds. Raises ContentError."""
        ...

    async def handle(self, request: Request, connection: "Connection") -> Reply:
        """Answer within the given transaction."""
        ...
