"""A backup is whole, private, and can be put back."""

import asyncio
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import leads
from bot.store.backup import backup, restore
from bot.store.database import Database, migrate
from bot.store.leads import LeadFilter
from tests.databases import KEEP, NOW, draft


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'advisor.sqlite3'}"


async def names(address: str) -> set[str | None]:
    database = Database(address)
    async with database.read() as connection:
        found = {lead.draft.name async for lead in leads.stream(connection, LeadFilter())}
    await database.close()
    return found


async def save(database: Database, *people: str) -> None:
    async with database.begin() as connection:
        for name in people:
            await leads.save(connection, draft(name, name=name), KEEP, NOW)


async def test_a_backup_taken_while_the_bot_writes_is_put_back_elsewhere(tmp_path: Path, address: str) -> None:
    await migrate(address)
    database, copy = Database(address), tmp_path / "copy"
    await save(database, "Ann", "Zoë")
    async with database.begin() as connection:
        await leads.save(connection, draft("Bob", name="Bob"), KEEP, NOW)
        await asyncio.to_thread(backup, address, copy)
    await database.close()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    moved = f"sqlite:///{tmp_path / 'moved.sqlite3'}"
    restore(moved, copy)
    await migrate(moved)
    assert await names(moved) == {"Ann", "Zoë"}, "what was committed, and nothing of what was not"
    assert stat.S_IMODE((tmp_path / "moved.sqlite3").stat().st_mode) == 0o600
    assert sorted(os.listdir(tmp_path)) == ["advisor.sqlite3", "copy", "moved.sqlite3"]


async def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path, address: str) -> None:
    await migrate(address)
    copy = tmp_path / "copy"
    copy.write_text("last week's")
    with pytest.raises(StoreError, match="there is a file already"):
        backup(address, copy)
    assert copy.read_text() == "last week's"
    copy.unlink()
    backup(address, copy)
    with pytest.raises(StoreError, match="there is a file already"):
        restore(address, copy)


async def test_a_damaged_backup_is_refused(tmp_path: Path, address: str) -> None:
    await migrate(address)
    database, copy = Database(address), tmp_path / "copy"
    await save(database, *(f"person {number}" for number in range(200)))
    await database.close()
    backup(address, copy)
    broken = bytearray(copy.read_bytes())
    broken[8192:24576] = b"\xff" * 16384
    copy.write_bytes(broken)
    with pytest.raises(StoreError, match="Use another backup"):
        restore(f"sqlite:///{tmp_path / 'moved.sqlite3'}", copy)
    assert not (tmp_path / "moved.sqlite3").exists()


def test_what_is_no_backup_of_ours_is_refused(tmp_path: Path, address: str) -> None:
    text, foreign = tmp_path / "text", tmp_path / "foreign"
    text.write_text("not a database, " * 100)
    with closing(sqlite3.connect(foreign)) as other:
        other.execute("CREATE TABLE x (y)")
    for file in (text, foreign, tmp_path / "missing"):
        with pytest.raises(StoreError):
            restore(address, file)


def test_a_backup_that_cannot_be_written_leaves_nothing(tmp_path: Path, address: str) -> None:
    with pytest.raises(StoreError, match="there is no database yet"):
        backup(address, tmp_path / "copy")
    asyncio.run(migrate(address))
    with pytest.raises(StoreError, match="could not be written"):
        backup(address, tmp_path / "missing" / "copy")


def test_on_postgresql_it_names_the_server_s_own_tools(tmp_path: Path) -> None:
    address = "postgresql://u:secret@127.0.0.1/x"
    with pytest.raises(StoreError, match="pg_dump") as told:
        backup(address, tmp_path / "copy")
    assert "secret" not in str(told.value)
    with pytest.raises(StoreError, match="pg_restore"):
        restore(address, tmp_path / "copy")
