"""A Bot API server on loopback: real HTTP, strict where Telegram is, with faults on demand."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout, web

from tests.telegram_markup import Refused, parsed, units

TOKEN = "1234567890:AAFakeTokenThatNobodyMayEverLog-xyz"
BOT: dict[str, Any] = {"id": 1234567890, "is_bot": True, "first_name": "Course advisor", "username": "course_test_bot"}
Json = dict[str, Any]


@dataclass
class Fault:
    """What happens to the next calls of a method instead of an answer."""

    method: str
    status: int = 0
    """An HTTP status; 0 drops the connection, -1 never answers."""
    times: int = 1
    chat: int | None = None
    retry_after: int | None = None
    description: str = "injected"
    after: bool = False
    """Do what was asked, and only then fail."""


@dataclass
class TelegramDouble:
    """The server; `root` is what TELEGRAM_API_ROOT takes. Used as `async with TelegramDouble() as telegram`."""

    token: str = TOKEN
    prefix: str = ""
    """A path before `/bot<token>`."""
    calls: list[tuple[str, Json]] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)
    """Everything the bot sent, in order, as Telegram would show it; `html` is what was sent."""
    refusals: list[str] = field(default_factory=list)
    """What was answered with 400, which a sound bot never brings about."""
    faults: list[Fault] = field(default_factory=list)
    updates: list[Json] = field(default_factory=list)
    confirmed: int = 0
    webhook: Json = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    answered: dict[str, Json] = field(default_factory=dict)
    """Callback and inline queries that were answered, by id."""
    root: str = ""

    def __post_init__(self) -> None:
        self._ids = count(1)
        self._update_ids = count(1000)
        self._changed = asyncio.Condition()
        self._poller: object = None
        self._pushes: set[asyncio.Task[None]] = set()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        server = web.Application(client_max_size=64 * 1024 * 1024)
        server.router.add_route("*", self.prefix + "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.root = f"http://127.0.0.1:{self._runner.addresses[0][1]}{self.prefix}"
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._pushes:
            task.cancel()
        if self._runner:
            await self._runner.cleanup()

    # What a test does.

    def person(self, user: int = 42, name: str = "Ann", **more: Any) -> "Person":
        return Person(self, user, name, **more)

    def fail(self, method: str, status: int = 0, **more: Any) -> Fault:
        fault = Fault(method, status, **more)
        self.faults.append(fault)
        return fault

    async def feed(self, **content: Any) -> int:
        """Queue an update (`message=`, `callback_query=`, ...) and return its id."""
        update = {"update_id": next(self._update_ids), **content}
        await self.redeliver(update)
        return int(update["update_id"])

    async def redeliver(self, update: Json) -> None:
        self.updates.append(update)
        if self.webhook.get("url"):
            self._push(update)
        await self._notify()

    async def until(self, true: Callable[[], bool], seconds: float = 20) -> None:
        """Wait for something to become true; nothing is polled, so a test never sleeps."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(true), seconds)

    def to(self, chat: int) -> list[Json]:
        """What the bot sent to this chat."""
        return [message for message in self.messages if message["chat"]["id"] == chat]

    def next_id(self) -> int:
        return next(self._ids)

    # The server.

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _error(401, "Unauthorized")
        method = request.match_info["method"].lower()
        params = await _params(request)
        self.calls.append((method, params))
        fault = self._fault(method, params)
        if fault and not fault.after:
            return await self._faulty(request, fault)
        handler: Callable[[Json], Awaitable[Any]] | None = getattr(self, f"_do_{method}", None)
        if handler is None:
            return _error(404, "Not Found")
        try:
            result = await handler(params)
        except Refused as refusal:
            self.refusals.append(f"{method}: {refusal}")
            return _error(400, f"Bad Request: {refusal}")
        except web.HTTPConflict as conflict:
            return _error(409, f"Conflict: {conflict.text}")
        finally:
            await self._notify()
        if fault:
            return await self._faulty(request, fault)
        return web.json_response({"ok": True, "result": result})

    def _fault(self, method: str, params: Json) -> Fault | None:
        for fault in self.faults:
            mine = fault.chat is None or str(fault.chat) == str(params.get("chat_id"))
            if fault.method.lower() == method and fault.times > 0 and mine:
                fault.times -= 1
                return fault
        return None

    async def _faulty(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        await self._notify()
        if fault.status > 0:
            return _error(fault.status, fault.description, fault.retry_after)
        if fault.status < 0:
            await asyncio.Event().wait()
        if request.transport:
            request.transport.abort()
        return web.Response()

    async def _do_getme(self, params: Json) -> Json:
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}

    async def _do_getupdates(self, params: Json) -> list[Json]:
        if self.webhook.get("url"):
            raise web.HTTPConflict(text="can't use getUpdates method while webhook is active")
        mine = self._poller = object()
        offset, limit = int(params.get("offset") or 0), int(params.get("limit") or 100)
        self.confirmed = max(self.confirmed, offset)
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        await self._notify()
        seconds = float(params.get("timeout") or 0)
        if seconds and not self.updates:
            with suppress(TimeoutError):
                await self.until(lambda: bool(self.updates) or self._poller is not mine, seconds)
        if self._poller is not mine:
            raise web.HTTPConflict(text="terminated by other getUpdates request")
        return self.updates[:limit]

    async def _do_sendmessage(self, params: Json) -> Json:
        text = str(params.get("text") or "")
        shown = parsed(text) if params.get("parse_mode") == "HTML" else text.strip()
        if not shown:
            raise Refused("message text is empty")
        if units(shown) > 4096:
            raise Refused("message is too long")
        return self._keep(params, {"text": shown, "html": text})

    async def _do_senddocument(self, params: Json) -> Json:
        document = params.get("document")
        if not isinstance(document, dict) or not document.get("content"):
            raise Refused("file must be non-empty")
        return self._keep(params, {"document": document, "text": "", "html": ""})

    def _keep(self, params: Json, content: Json) -> Json:
        chat = int(params["chat_id"])
        markup = _loaded(params.get("reply_markup"))
        _check_markup(markup)
        kind = "private" if chat > 0 else "group"
        message = {"message_id": self.next_id(), "date": 1_760_000_000, "chat": {"id": chat, "type": kind}, "from": BOT}
        message |= {**content, "reply_markup": markup}
        self.messages.append(message)
        return {key: value for key, value in message.items() if key not in ("html", "document", "reply_markup")}

    async def _do_answercallbackquery(self, params: Json) -> bool:
        if units(str(params.get("text") or "")) > 200:
            raise Refused("MESSAGE_TOO_LONG")
        self.answered[str(params["callback_query_id"])] = params
        return True

    async def _do_answerinlinequery(self, params: Json) -> bool:
        results = _loaded(params.get("results")) or []
        if len(results) > 50 or len({result["id"] for result in results}) != len(results):
            raise Refused("RESULT_ID_DUPLICATE")
        for result in results:
            content = result["input_message_content"]
            if units(result["id"]) > 64 or not parsed(content["message_text"]):
                raise Refused("MESSAGE_EMPTY")
        self.answered[str(params["inline_query_id"])] = {**params, "results": results}
        return True

    async def _do_editmessagereplymarkup(self, params: Json) -> bool:
        for message in self.to(int(params["chat_id"])):
            if message["message_id"] == int(params["message_id"]):
                message["reply_markup"] = _loaded(params.get("reply_markup"))
                return True
        raise Refused("message to edit not found")

    async def _do_sendchataction(self, params: Json) -> bool:
        return True

    async def _do_setmycommands(self, params: Json) -> bool:
        commands = _loaded(params["commands"])
        if len(commands) > 100 or any(not c["description"] or len(c["command"]) > 32 for c in commands):
            raise Refused("BOT_COMMAND_INVALID")
        self.commands[_scope(params)] = commands
        return True

    async def _do_deletemycommands(self, params: Json) -> bool:
        self.commands.pop(_scope(params), None)
        return True

    async def _do_deletewebhook(self, params: Json) -> bool:
        self.webhook = {}
        return True

    async def _do_setwebhook(self, params: Json) -> bool:
        self.webhook = params
        for update in self.updates:
            self._push(update)
        return True

    async def _do_getwebhookinfo(self, params: Json) -> Json:
        return {"url": self.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": 0}

    def _push(self, update: Json) -> None:
        task = asyncio.create_task(self._deliver(update))
        self._pushes.add(task)
        task.add_done_callback(self._pushes.discard)

    async def _deliver(self, update: Json) -> None:
        """Post the update to the webhook until it is taken, as Telegram does."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        async with ClientSession(timeout=ClientTimeout(total=20)) as session:
            for _ in range(50):
                async with session.post(self.webhook["url"], json=update, headers=headers) as response:
                    if response.status == 200:
                        break
                await asyncio.sleep(0.05)
        self.updates = [other for other in self.updates if other is not update]
        await self._notify()


def _error(status: int, description: str, retry_after: int | None = None) -> web.Response:
    body: Json = {"ok": False, "error_code": status, "description": description}
    if retry_after is not None:
        body["parameters"] = {"retry_after": retry_after}
    return web.json_response(body, status=status)


async def _params(request: web.Request) -> Json:
    params: Json = dict(request.query)
    if request.content_type == "application/json":
        params |= await request.json()
    elif request.method == "POST":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                content = value.file.read()
                params[name] = {"file_name": value.filename, "mime_type": value.content_type, "content": content}
            else:
                params[name] = value
    return params


def _loaded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _scope(params: Json) -> str:
    scope = _loaded(params.get("scope")) or {"type": "default"}
    return f"{scope['type']}:{scope['chat_id']}" if "chat_id" in scope else str(scope["type"])


def _check_markup(markup: Any) -> None:
    for row in (markup or {}).get("inline_keyboard", []):
        for button in row:
            if not button.get("text"):
                raise Refused("text buttons are unallowed")
            data = button.get("callback_data")
            if data is None and not button.get("url"):
                raise Refused("BUTTON_TYPE_INVALID")
            if data is not None and not 1 <= len(data.encode()) <= 64:
                raise Refused("BUTTON_DATA_INVALID")


@dataclass
class Person:
    """Somebody with a phone, in a private chat or in a group."""

    telegram: TelegramDouble
    user: int
    name: str = "Ann"
    username: str | None = None
    chat: int = 0
    """0 for the private chat; a negative id for a group."""
    heard: int = 0
    """How many of the chat's messages this person has read."""

    def __post_init__(self) -> None:
        self.chat = self.chat or self.user

    async def says(self, text: str, **more: Any) -> int:
        return await self.sends(text=text, entities=_entities(text), **more)

    async def sends(self, **content: Any) -> int:
        """Send a message of any kind: `photo=`, `location=`, `contact=`, `text=`."""
        return await self.telegram.feed(message=self.message(**content))

    async def edits(self, text: str) -> int:
        return await self.telegram.feed(edited_message=self.message(text=text, edit_date=1_760_000_100))

    async def replies(self, text: str, message: Json) -> int:
        """Write in reply to a message, which Telegram sends along with the buttons below it."""
        shown = {key: value for key, value in message.items() if key not in ("html", "document")}
        return await self.says(text, reply_to_message=shown)

    async def shares_contact(self, phone: str = "+15005550006", user: int | None = None) -> int:
        who = self.user if user is None else user
        return await self.sends(contact={"phone_number": phone, "first_name": self.name, "user_id": who})

    async def taps(self, label: str, message: Json | None = None) -> int:
        """Tap the button whose label begins so, on the given message or on the last that has it."""
        for shown in [message] if message else reversed(self.telegram.to(self.chat)):
            for row in (shown["reply_markup"] or {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"].startswith(label):
                        return await self.press(button["callback_data"], shown)
        raise AssertionError(f"no button {label!r}; there are {self.labels()}")

    async def press(self, data: str, message: Json | None = None) -> int:
        shown = message or {"message_id": 1, "date": 1_760_000_000, "chat": self._chat(), "from": BOT, "text": "?"}
        shown = {key: value for key, value in shown.items() if key not in ("html", "reply_markup", "document")}
        query = {"id": str(self.telegram.next_id()), "from": self._from(), "chat_instance": "1", "data": data}
        return await self.telegram.feed(callback_query={**query, "message": shown})

    async def asks_inline(self, text: str) -> str:
        key = str(self.telegram.next_id())
        await self.telegram.feed(inline_query={"id": key, "from": self._from(), "query": text, "offset": ""})
        return key

    async def hears(self, messages: int = 1) -> Json:
        """The next message of the bot in this chat (or the last of the next few)."""
        self.heard += messages
        await self.telegram.until(lambda: len(self.telegram.to(self.chat)) >= self.heard)
        return self.telegram.to(self.chat)[self.heard - 1]

    async def asks(self, text: str) -> str:
        """Say something and return the text of the next message."""
        await self.says(text)
        return str((await self.hears())["text"])

    def labels(self) -> list[str]:
        """Labels of the buttons under the last message of the chat."""
        messages = self.telegram.to(self.chat)
        markup = messages[-1]["reply_markup"] or {} if messages else {}
        return [button["text"] for row in markup.get("inline_keyboard", []) for button in row]

    def message(self, **content: Any) -> Json:
        base = {"message_id": self.telegram.next_id(), "date": 1_760_000_000, "chat": self._chat()}
        return {**base, "from": self._from(), **{key: value for key, value in content.items() if value is not None}}

    def _from(self) -> Json:
        named = {"username": self.username} if self.username else {}
        return {"id": self.user, "is_bot": False, "first_name": self.name, "language_code": "en", **named}

    def _chat(self) -> Json:
        if self.chat < 0:
            return {"id": self.chat, "type": "group", "title": "Friends"}
        return {"id": self.chat, "type": "private", "first_name": self.name}


def _entities(text: str) -> list[Json] | None:
    """Commands and mentions, marked as Telegram marks them."""
    found = []
    for word in text.split():
        start = units(text[: text.index(word)])
        if word.startswith("/") and start == 0:
            found.append({"type": "bot_command", "offset": start, "length": units(word)})
        if word.startswith("@") and len(word) > 1:
            found.append({"type": "mention", "offset": start, "length": units(word)})
    return found or None
