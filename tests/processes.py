"""The bot as a process of its own, with settings that are given and none that happen to lie about."""

import asyncio
import os
import sys
from pathlib import Path

from tests.telegram_double import TelegramDouble

ROOT = Path(__file__).parent.parent

_SETTINGS = (
    "ADMIN_IDS", "COURSES_DIR", "CRM_WEBHOOK_SECRET", "CRM_WEBHOOK_URL", "DATABASE_URL", "KNOWLEDGE_DIR", "LOG_LEVEL",
    "PORT", "PUBLIC_URL", "TELEGRAM_API_ROOT", "TELEGRAM_TOKEN", "WEBHOOK_SECRET",
)  # fmt: skip


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with these settings and none other of the bot's."""
    rest = {name: value for name, value in os.environ.items() if name not in _SETTINGS}
    return {**rest, "PYTHONPATH": str(ROOT), **settings}


async def bot_on(
    telegram: TelegramDouble, folder: Path, *module: str, database: str = "bot.sqlite3"
) -> asyncio.subprocess.Process:
    """The bot on Telegram (or a module that runs it), its database in the folder, where no `.env` is read."""
    settings = environment(
        TELEGRAM_TOKEN=telegram.token,
        TELEGRAM_API_ROOT=telegram.root,
        DATABASE_URL=f"sqlite:///{folder / database}",
    )
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", *(module or ("bot", "telegram")), cwd=folder, env=settings,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
