"""Links that open a chat with the bot."""

import asyncio

from telegram.error import TelegramError

from bot.channels.telegram.http import Line

SECONDS = 10
"""How long Telegram is waited for."""


async def start_link(token: str, api_root: str, key: str) -> str | None:
    """The link with a start key; None where Telegram cannot be asked for the bot's user name."""
    line = Line(token, api_root)
    try:
        async with asyncio.timeout(SECONDS):
            await line.initialize()
        return f"https://t.me/{line.username}?start={key}"
    except (TelegramError, TimeoutError):
        return None
    finally:
        await line.shutdown()
