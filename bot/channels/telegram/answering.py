"""One update: answered and committed with its reply in one transaction, then handed to the sending side."""

import asyncio
import logging
import time
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from telegram import User

from bot.channels.telegram import inbound, inline, logs, outgoing
from bot.channels.telegram.answers import Advised, Answer, Ready, Worded
from bot.channels.telegram.commands import Menu
from bot.channels.telegram.delivery import Delivery, pause
from bot.channels.telegram.door import CHANNEL, App
from bot.channels.telegram.errands import Errands
from bot.channels.telegram.http import Line
from bot.channels.telegram.inbound import Incoming
from bot.channels.telegram.limits import Limits
from bot.channels.telegram.staff import desk
from bot.channels.telegram.staff.invitations import Invited, key
from bot.errors import StoreError
from bot.models.reply import Reply, Role
from bot.store import staff, updates

if TYPE_CHECKING:
    from bot.store.database import Connection

TYPING_AFTER = 1.0
"""Seconds after which a person is shown that an answer is on its way."""

DOUBLE_TAP_SECONDS = 3.0
"""Two taps of one button closer than this are one."""


class Answering:
    """Takes updates; one transaction holds what an update changes and what is sent for it."""

    def __init__(self, app: App, line: Line, me: User, delivery: Delivery, menu: Menu, errands: Errands) -> None:
        self._app, self._line, self._me = app, line, me
        self._delivery, self._menu, self._errands = delivery, menu, errands
        self._limits, self._inline_limits = Limits(time.monotonic), Limits(time.monotonic)
        self._advised, self._invited = Advised(app, me), Invited(app)
        self._tapped: dict[tuple[str, int, int, str], float] = {}

    async def take(self, raw: dict[str, Any]) -> None:
        """Returns once the update's effects are committed. Nothing that an update holds makes it raise."""
        started = time.perf_counter()
        try:
            incoming = inbound.read(raw, self._me)
        except Exception as error:
            logs.write(logging.WARNING, "An update cannot be read", update=raw.get("update_id"), **logs.fault(error))
            return
        if incoming is None:
            return
        if incoming.tap:
            self._errands.run(self._line.answer_callback_query(incoming.tap.query))
        answer = self._answer(incoming)
        reply, outcome = None, "silent"
        if answer:
            reply = await self._committed(incoming, answer)
            outcome = reply.outcome if reply else "known"
        self._log(incoming, reply, outcome, started)

    def _answer(self, incoming: Incoming) -> Answer | None:
        """What answers this update; None where nothing is written for it."""
        limits = self._app.knowledge.provider.limits
        if incoming.kind == "inline" and incoming.request:
            if self._inline_limits.verdict(incoming.user, limits) == "go":
                errand = inline.answer(self._line, self._app.advisor, incoming.query, incoming.request)
                self._errands.run(errand)
            return None
        if incoming.tap and self._again(incoming, incoming.tap):
            return None
        verdict = "go"
        if self._menu.role(incoming.user) == "prospect":
            verdict = self._limits.verdict(incoming.user, limits)
        if verdict == "silent":
            return None
        if verdict == "slow_down":
            return Worded(self._app, "telegram.slow_down")
        if key(incoming):
            return self._invited
        return self._advised if incoming.request else Worded(self._app, incoming.wording)

    def _again(self, incoming: Incoming, tap: inbound.Tap) -> bool:
        now = time.monotonic()
        key = (incoming.user, incoming.chat, tap.message, tap.data)
        self._tapped = {other: at for other, at in self._tapped.items() if now - at < DOUBLE_TAP_SECONDS}
        again = key in self._tapped
        self._tapped[key] = now
        return again

    async def _committed(self, incoming: Incoming, answer: Answer) -> Reply | None:
        """Try until it is committed. A database that is away is waited for; a fault of ours is apologised for."""
        typing = asyncio.get_running_loop().call_later(TYPING_AFTER, self._show_typing, incoming.chat)
        tries = 0
        try:
            while True:
                try:
                    return await self._commit(incoming, answer)
                except StoreError as error:
                    tries += 1
                    logs.write(logging.ERROR, "The database refuses; waiting", update=incoming.id, **logs.fault(error))
                    if tries == 2:
                        self._say_shortly(incoming.chat)
                    await asyncio.sleep(pause(tries))
                except Exception as error:
                    logs.write(logging.ERROR, "An update failed", update=incoming.id, **logs.fault(error))
                    if isinstance(answer, Worded):
                        return None
                    answer = Worded(self._app, "error.try_again")
        finally:
            typing.cancel()

    async def _commit(self, incoming: Incoming, answer: Answer) -> Reply | None:
        now = datetime.now(UTC)
        answer = await self._ahead(incoming, answer)
        async with self._app.database.begin() as connection:
            if not await _first_time(connection, incoming, now):
                return None
            role = await self._role(connection, incoming.user)
            reply, keyboard = await answer(connection, incoming, role)
            if answer is self._invited:
                role = await self._role(connection, incoming.user)
            hint = "" if incoming.group else self._app.advisor.shared("telegram.contact")
            rows = await outgoing.put(connection, incoming, reply, now, keyboard, hint)
        self._delivery.enqueue(rows)
        if role != "prospect" or reply.outcome == "lead":
            self._delivery.look()
        if role != self._menu.role(incoming.user):
            self._errands.run(self._menu.show(incoming.user, role))
        return reply

    async def _ahead(self, incoming: Incoming, answer: Answer) -> Answer:
        """What takes long is made ready before the transaction, and for members alone."""
        slow = desk.ahead(incoming)
        if slow is None or answer is not self._advised:
            return answer
        async with self._app.database.read() as connection:
            role = await self._role(connection, incoming.user)
        if role == "prospect":
            return answer
        return Ready(self._app, await slow.run(self._app, incoming.user, slow.words), answer)

    async def _role(self, connection: "Connection", user: str) -> Role:
        """Asked for each update: a role taken away counts at once."""
        if user in self._app.settings.admins:
            return "admin"
        return await staff.role_of(connection, user) or "prospect"

    def _say_shortly(self, chat: int) -> None:
        """Past the outbox, since there is no database to hold it."""
        self._errands.run(self._line.send_message(chat, self._app.advisor.shared("telegram.shortly")))

    def _show_typing(self, chat: int) -> None:
        self._errands.run(self._line.send_chat_action(chat, "typing"))

    def _log(self, incoming: Incoming, reply: Reply | None, outcome: str, started: float) -> None:
        logs.write(
            logging.INFO, incoming.kind, update=incoming.id, chat=incoming.chat, user=incoming.user,
            intents=list(reply.intents) if reply else [], courses=list(reply.courses) if reply else [],
            outcome=outcome, ms=round(1000 * (time.perf_counter() - started), 1),
        )  # fmt: skip


async def _first_time(connection: "Connection", incoming: Incoming, now: datetime) -> bool:
    """Whether this update, or this edited message, is new to us."""
    if not await updates.first_time(connection, CHANNEL, incoming.id, now):
        return False
    if incoming.kind != "edited":
        return True
    message = int.from_bytes(blake2b(f"{incoming.chat}:{incoming.message}".encode(), digest_size=7).digest())
    return await updates.first_time(connection, f"{CHANNEL}.edited", message, now)
