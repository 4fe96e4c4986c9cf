"""Logs: one structured line per update. Never texts, names, contacts or the token, at any level."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

QUIET = (
    "telegram", "httpx", "httpcore", "aiohttp", "aiosqlite", "sqlalchemy", "asyncpg", "asyncio", "uvicorn",
    "alembic", "urllib3", "standardwebhooks",
)  # fmt: skip
"""Libraries whose own lines may hold addresses with the token, statements with their values, or texts."""

logger = logging.getLogger("course_advisor.telegram")


class _Line(logging.Formatter):
    """One JSON object a line. Of an exception it says kind and place: its words may hold what a person wrote."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1]:
            line |= fault(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def fault(error: BaseException) -> dict[str, Any]:
    """Kind and place of an exception, without its words."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__name__, "where": places}


def configure(level: str) -> None:
    """Send our lines to standard error; libraries only speak when they are broken."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def write(level: int, message: str, **fields: Any) -> None:
    """`fields` hold ids, names of intents, outcomes, numbers: nothing a person wrote."""
    if logger.isEnabledFor(level):
        logger.log(level, message, extra={"fields": fields})
