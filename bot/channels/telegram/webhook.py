"""The webhook: Telegram posts updates, and hears 200 only when their effects are committed."""

import asyncio
import hashlib
import hmac
import json
import logging
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram import logs
from bot.channels.telegram.delivery import pause
from bot.channels.telegram.dispatch import Dispatcher
from bot.channels.telegram.door import App
from bot.channels.telegram.http import Line
from bot.channels.telegram.inbound import KINDS
from bot.channels.telegram.outgoing import KIND
from bot.errors import SettingsError, StoreError
from bot.settings import Settings
from bot.store import outbox

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
LARGEST = 1_000_000
"""Bytes; Telegram's own updates stay far below."""

COMMIT_SECONDS = 25.0
"""An update not committed by then is refused and comes again, when its effects are found to be there."""


class Webhook:
    """The routes, over the dispatcher and the app."""

    def __init__(self, app: App, dispatcher: Dispatcher, secret: str) -> None:
        self._app, self._dispatcher, self._secret = app, dispatcher, secret.encode()

    def routes(self, prefix: str) -> Starlette:
        """Also under the path of the public address, which a proxy in front may or may not take away."""
        paths = {PATH, prefix + PATH}
        return Starlette(
            routes=[
                *(Route(path, self.receive, methods=["POST"]) for path in sorted(paths)),
                Route("/healthz", self.alive, methods=["GET"]),
                Route("/readyz", self.ready, methods=["GET"]),
            ]
        )

    async def receive(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._secret):
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        try:
            update = json.loads(body)
        except ValueError:
            return Response(status_code=400)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return Response(status_code=400)
        try:
            await asyncio.wait_for(asyncio.shield(self._dispatcher.submit(update)), COMMIT_SECONDS)
        except (TimeoutError, asyncio.CancelledError):
            return Response(status_code=503)
        return Response(status_code=200)

    async def alive(self, request: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def ready(self, request: Request) -> Response:
        """Whether it could answer: the database responds and there is something to answer from."""
        try:
            async with self._app.database.read() as connection:
                await outbox.due(connection, datetime.now(UTC), 1, (KIND,))
            database = True
        except StoreError:
            database = False
        courses = len(self._app.knowledge.courses)
        state = {"database": database, "courses": courses}
        return JSONResponse(state, status_code=200 if database and courses else 503)


async def _body(request: Request) -> bytes | None:
    """None where it is too large, known before it is held whole."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)


class _Server(uvicorn.Server):
    """Signals are the caller's."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(app: App, settings: Settings, line: Line, dispatcher: Dispatcher, stop: asyncio.Event) -> None:
    """Serve until stopped. The webhook stays set: in a deploy the next process already uses it."""
    secret = secret_of(settings)
    public = (settings.public_url or "").rstrip("/")
    webhook = Webhook(app, dispatcher, secret)
    config = uvicorn.Config(
        webhook.routes(urlsplit(public).path), log_config=None, access_log=False, lifespan="off",
        timeout_graceful_shutdown=5, server_header=False,
    )  # fmt: skip
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[_listen(settings.port)]))
    setting = asyncio.create_task(_set(line, public + PATH, secret))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    setting.cancel()
    stopping.cancel()
    await serving
    if setting.done() and not setting.cancelled():
        setting.result()


def secret_of(settings: Settings) -> str:
    """WEBHOOK_SECRET, else one made from the token: the same in every process, and it does not tell the token."""
    if settings.webhook_secret:
        secret = settings.webhook_secret.value
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise SettingsError("WEBHOOK_SECRET may only hold letters, digits, _ and -, up to 256 of them.")
        return secret
    token = settings.telegram_token.value if settings.telegram_token else ""
    return hmac.new(token.encode(), b"webhook secret", hashlib.sha256).hexdigest()


def _listen(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("0.0.0.0", port))  # noqa: S104
    except OSError as error:
        listener.close()
        raise SettingsError(f"PORT {port} cannot be used ({error.strerror}). Free it or set another.") from None
    return listener


async def _set(line: Line, url: str, secret: str) -> None:
    tries = 0
    wanted: dict[str, Any] = {"secret_token": secret, "allowed_updates": KINDS, "max_connections": 40}
    while True:
        try:
            await line.set_webhook(url, **wanted)
            return logs.write(logging.INFO, "The webhook is set")
        except BadRequest:
            logs.write(logging.ERROR, "Telegram refuses the address of the webhook; check PUBLIC_URL")
            tries = max(tries, 5)
        except TelegramError as error:
            logs.write(logging.WARNING, "The webhook could not be set and is tried again", error=type(error).__name__)
        tries += 1
        await asyncio.sleep(pause(tries))
