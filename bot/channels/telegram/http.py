"""HTTP for python-telegram-bot on aiohttp, which sends about three times as many messages a second as its httpx."""

from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, FormData, TCPConnector
from telegram import Bot
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0


class AiohttpRequest(BaseRequest):
    """Errors carry the kind of fault only: aiohttp's own words may hold the address, and that holds the token."""

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ_SECONDS

    async def initialize(self) -> None:
        if self._session is None:
            connector = TCPConnector(limit=self._connections, keepalive_timeout=60)
            self._session = ClientSession(connector=connector, headers={"User-Agent": self.USER_AGENT})

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError("The connection to Telegram is closed.")
        read = READ_SECONDS if isinstance(read_timeout, DefaultValue) else read_timeout
        timeout = ClientTimeout(sock_connect=CONNECT_SECONDS, sock_read=read)
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, allow_redirects=False
            ) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None


def _body(request_data: RequestData | None) -> FormData | dict[str, str] | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_parameters
    form = FormData(request_data.json_parameters)
    for name, (filename, content, media_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form


class Line(Bot):
    """The library's bot with updates as they come: one that cannot be read must not hold up the others."""

    def __init__(self, token: str, api_root: str, connections: int = 64) -> None:
        root = api_root.rstrip("/")
        super().__init__(
            token, f"{root}/bot", f"{root}/file/bot",
            request=AiohttpRequest(connections), get_updates_request=AiohttpRequest(2),
        )  # fmt: skip

    async def raw_updates(self, offset: int | None, seconds: int, kinds: list[str]) -> list[dict[str, Any]]:
        """Long polling; every update before `offset` is confirmed by it."""
        result: list[dict[str, Any]] = await self._post(
            "getUpdates",
            {"offset": offset, "timeout": seconds, "limit": 100, "allowed_updates": kinds},
            read_timeout=seconds + READ_SECONDS,
        )
        return result
