"""A copy of an SQLite database, taken while the bot runs; on PostgreSQL the server's own tools do it better."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import StoreError
from bot.store.engine import normalised, sqlite_file


def backup(address: str, copy: Path) -> None:
    """Write a consistent copy that only its owner can read, checked by opening it. Raises StoreError."""
    database = _file(address, f"pg_dump --format=custom --file={copy} DATABASE_URL")
    if not database.is_file():
        raise StoreError(f"{database}: there is no database yet. Nothing was backed up.")
    _copy(database, copy)


def restore(address: str, copy: Path) -> None:
    """Put a backup where no database is. Raises StoreError."""
    database = _file(address, f"pg_restore --clean --if-exists --dbname=DATABASE_URL {copy}")
    if not copy.is_file():
        raise StoreError(f"{copy}: there is no such file. Give a file that `course-advisor backup` wrote.")
    _check(copy)
    _copy(copy, database)


def _file(address: str, tool: str) -> Path:
    database = sqlite_file(normalised(address))
    if database is None:
        raise StoreError(f"DATABASE_URL is no SQLite file. For PostgreSQL use its own tool: {tool}")
    return database


def _copy(source: Path, target: Path) -> None:
    """All or nothing: the name appears when the copy is whole."""
    if target.exists():
        raise StoreError(f"{target}: there is a file already. Move it away (stop the bot first where it is in use).")
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with closing(_reading(source)) as opened, closing(sqlite3.connect(part)) as written:
            opened.backup(written)
            written.execute("PRAGMA journal_mode=DELETE")
        _check(part)
        _sync(part)
        os.link(part, target)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{target}: could not be written ({error}). Nothing was changed.") from error
    finally:
        part.unlink(missing_ok=True)


def _reading(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _check(file: Path) -> None:
    try:
        with closing(_reading(file)) as opened:
            (verdict,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
            opened.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{file}: is no whole database of the course advisor ({error}). Use another backup.") from None
    if verdict != "ok":
        raise StoreError(f"{file}: is damaged ({verdict}). Use another backup.")


def _sync(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
