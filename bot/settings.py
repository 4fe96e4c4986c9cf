"""Settings that are secret or belong to one deployment; all else people may tune is in `knowledge/`."""

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from bot.errors import SettingsError

PACKAGE = Path(__file__).parent

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that shows in no log and no traceback."""

    value: str = field(repr=False)


DATABASE = Secret("sqlite:///course-advisor.sqlite3")


@dataclass(frozen=True, slots=True)
class Settings:
    """What `.env.example` lists."""

    telegram_token: Secret | None = None
    telegram_api_root: str = "https://api.telegram.org"
    public_url: str | None = None
    port: int = 8080
    webhook_secret: Secret | None = None
    admin_ids: str = ""
    database_url: Secret = DATABASE
    courses_dir: Path | None = None
    knowledge_dir: Path = field(default_factory=lambda: default_knowledge_dir())
    crm_webhook_url: Secret | None = None
    crm_webhook_secret: Secret | None = None
    log_level: str = "INFO"

    @property
    def admins(self) -> tuple[str, ...]:
        """The first administrators' Telegram ids."""
        return tuple(part.strip() for part in self.admin_ids.split(",") if part.strip())


def cache_dir() -> Path:
    """Where what can be made again is kept: the user's own cache folder, else the system's temporary one."""
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:  # there is no home
        base = Path(tempfile.gettempdir())
    return base / "course-advisor"


def default_knowledge_dir() -> Path:
    """The checkout's `knowledge/`, else the copy shipped in the package."""
    checkout = PACKAGE.parent / "knowledge"
    return checkout if (checkout / "facts.yaml").is_file() else PACKAGE / "shipped_knowledge"


def read_settings() -> Settings:
    """From the environment, else from `.env`; what is empty is not set. Raises SettingsError naming each setting that
    is wrong, without its value."""
    told = {name.lower(): value for name, value in (*dotenv_values(".env").items(), *os.environ.items()) if value}
    values, wrong = _read({setting.name: told[setting.name] for setting in fields(Settings) if setting.name in told})
    if wrong:
        raise SettingsError(f"The settings cannot be used. {'; '.join(wrong)}. See .env.example.")
    return Settings(**values)


def _read(told: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The values, and what is wrong with those that cannot be used."""
    values, wrong = {}, []
    for name, value in told.items():
        try:
            values[name] = READ.get(name, str)(value)
        except ValueError as error:
            wrong.append(f"{name.upper()}: {error}")
    return values, wrong


def _port(value: str) -> int:
    if not (value.isdecimal() and 0 < int(value) < 65536):
        raise ValueError("must be a number from 1 to 65535")
    return int(value)


def _ids(value: str) -> str:
    if not all(part.strip().isdecimal() for part in value.split(",") if part.strip()):
        raise ValueError("must be numeric Telegram ids with commas between them")
    return value


def _level(value: str) -> str:
    if value.upper() not in LEVELS:
        raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
    return value.upper()


READ: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(("courses_dir", "knowledge_dir"), Path),
    **dict.fromkeys(
        ("telegram_token", "webhook_secret", "database_url", "crm_webhook_url", "crm_webhook_secret"), Secret
    ),
    "port": _port,
    "admin_ids": _ids,
    "log_level": _level,
}
"""How a setting's text is read, where it is not taken as it stands."""
