"""The command menu, by role: what staff can do is not even seen by others."""

from collections.abc import Iterable

from telegram import BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeChat
from telegram.error import TelegramError

from bot.channels.telegram.door import App
from bot.channels.telegram.http import Line
from bot.models.reply import Role
from bot.store import staff

PROSPECT = ("courses", "help", "privacy", "mydata", "deleteme", "cancel", "start")
GROUP = ("courses", "help")
STAFF = ("leads", "lead", "reply", "export", "unanswered", "stats", "check", "reload")


class Menu:
    """Sets menus, and remembers who was known to be staff when theirs was set."""

    def __init__(self, app: App, line: Line) -> None:
        self._app, self._line = app, line
        self._roles: dict[str, Role] = {}

    def role(self, user: str) -> Role:
        """The role of the person's last update; the rights of the next are looked up anew."""
        return self._roles.get(user, "prospect")

    async def show_all(self) -> None:
        """The menus of everybody, at start."""
        await self._line.set_my_commands(self._commands(PROSPECT))
        await self._line.set_my_commands(self._commands(GROUP), scope=BotCommandScopeAllGroupChats())
        async with self._app.database.read() as connection:
            roles = {member.user: member.role for member in await staff.members(connection)}
        for user, role in (roles | dict.fromkeys(self._app.settings.admins, "admin")).items():
            try:
                await self.show(user, role)
            except TelegramError:
                continue  # who never opened the chat has no menu yet: it comes with their first message

    async def show(self, user: str, role: Role) -> None:
        """The menu of one person, whose role has changed."""
        scope: BotCommandScope = BotCommandScopeChat(int(user))
        if role == "prospect":
            self._roles.pop(user, None)
            await self._line.delete_my_commands(scope=scope)
        else:
            await self._line.set_my_commands(self._commands((*STAFF, *PROSPECT)), scope=scope)
            self._roles[user] = role

    def _commands(self, names: Iterable[str]) -> list[BotCommand]:
        return [BotCommand(name, self._app.advisor.shared(f"telegram.command.{name}")) for name in names]
