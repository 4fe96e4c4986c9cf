"""Settings that are secret or belong to one deployment; all else people may tune is in `knowledge/`."""

import os
import tempfile
from pathlib import Path

from dotenv import dotenv_values
from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator

from bot.errors import SettingsError

PACKAGE = Path(__file__).parent


class Settings(BaseModel):
    """What `.env.example` lists."""

    telegram_token: SecretStr | None = None
    telegram_api_root: str = "https://api.telegram.org"
    public_url: str | None = None
    port: int = 8080
    webhook_secret: SecretStr | None = None
    admin_ids: str = ""
    database_url: SecretStr = SecretStr("sqlite:///course-advisor.sqlite3")
    courses_dir: Path | None = None
    knowledge_dir: Path = Field(default_factory=lambda: default_knowledge_dir())
    crm_webhook_url: SecretStr | None = None
    crm_webhook_secret: SecretStr | None = None
    log_level: str = "INFO"

    @field_validator("admin_ids")
    @classmethod
    def _numeric(cls, value: str) -> str:
        if not all(part.strip().isdecimal() for part in value.split(",") if part.strip()):
            raise ValueError("must be numeric Telegram ids with commas between them")
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

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
    given = {name: told[name] for name in Settings.model_fields if name in told}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, item['loc'])).upper()}: {item['msg'].removeprefix('Value error, ')}"
            for item in error.errors()
        )
        raise SettingsError(f"The settings cannot be used. {wrong}. See .env.example.") from None
