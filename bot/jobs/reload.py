"""Puts edited content in force while the bot runs; what cannot be used is told, and the last good content stays."""

import asyncio
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.errors import ContentError, StoreError
from bot.jobs.door import App, log, rest
from bot.jobs.telling import tell_admins

LOOK_SECONDS = 0.5

LOOK_SHARE = 30
"""A look at ten thousand pages takes some 35 ms: at most one part in so many of the time goes into looking."""

QUIET_SECONDS = 0.25
"""For so long nothing may change before it is loaded: an editor, or a copy, may still be writing."""

PATIENCE = 3
"""Times that is waited for, so that an edit is seen within two seconds whatever else goes on."""

SHOWN = 10
"""Reasons told; the log and `course-advisor check` have all of them."""

Tell = Callable[[str, str], Awaitable[None]]
"""Takes what is told and a name for the occasion; a StoreError means that it is to be told again later."""


async def run(app: App, stop: asyncio.Event) -> None:
    """Beside a channel: administrators are told."""

    async def tell(text: str, occasion: str) -> None:
        await tell_admins(app, text, occasion)

    await watch(app, stop, tell)


async def watch(app: App, stop: asyncio.Event, tell: Tell) -> None:
    """Until `stop` is set."""
    trouble = Trouble(app, tell)
    await trouble.told()
    while not stop.is_set():
        started = time.perf_counter()
        seen = await app.look()
        took = time.perf_counter() - started
        if seen != app.seen:
            await _quiet(app, stop, seen)
            await _reload(app)
        await trouble.told()
        await rest(stop, max(LOOK_SECONDS, LOOK_SHARE * took))


async def _quiet(app: App, stop: asyncio.Event, seen: object) -> None:
    for _ in range(PATIENCE):
        await rest(stop, QUIET_SECONDS)
        before, seen = seen, await app.look()
        if before == seen:
            return


async def _reload(app: App) -> None:
    started = time.perf_counter()
    with suppress(ContentError):
        await app.reload()
        took = round(time.perf_counter() - started, 2)
        log(logging.INFO, "Edited content is in force", courses=len(app.knowledge.courses), seconds=took)


class Trouble:
    """What is not in force. Each reason is logged once; people hear once of each state, and once that it is over."""

    def __init__(self, app: App, tell: Tell) -> None:
        self._app, self._tell = app, tell
        self._logged: frozenset[str] = frozenset()
        self._known: frozenset[str] = frozenset()
        """Files people know to be broken: where they are broken may change with every save."""

    async def told(self) -> None:
        reasons = self._reasons()
        self._log(reasons)
        broken = frozenset(f"{kind} {reason.partition(':')[0]}" for kind, found in reasons.items() for reason in found)
        if broken == self._known:
            return
        occasion = hashlib.sha256(repr((sorted(broken), self._app.seen)).encode()).hexdigest()[:16]
        with suppress(StoreError):
            await self._tell(self._words(reasons), occasion)
            self._known = broken

    def _reasons(self) -> dict[str, list[str]]:
        """Each with its file, its line and what to do, by what is done meanwhile."""
        knowledge = self._app.knowledge
        if self._app.refused:
            return {"refused": self._app.refused.splitlines()}
        return {"kept": list(map(str, knowledge.kept)), "left_out": list(map(str, knowledge.left_out))}

    def _log(self, reasons: dict[str, list[str]]) -> None:
        for kind, found in reasons.items():
            for reason in found:
                if reason not in self._logged:
                    log(logging.ERROR, "Content is not in force", what=kind, reason=reason)
        self._logged = frozenset(reason for found in reasons.values() for reason in found)

    def _words(self, reasons: dict[str, list[str]]) -> str:
        shown = {kind: "\n".join(found[:SHOWN]) for kind, found in reasons.items()}
        more = sum(max(0, len(found) - SHOWN) for found in reasons.values())
        if "refused" in shown:
            return self._app.text("alert.content.refused", **shown, more=more)
        if any(shown.values()):
            return self._app.text("alert.content.pages", **shown, more=more)
        return self._app.text("alert.content.mended")
