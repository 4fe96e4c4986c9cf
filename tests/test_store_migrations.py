"""The migrations make what the schema says, on both engines, up and down, also on a filled database."""

import asyncio
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from bot.store import leads
from bot.store.database import Database, migrate
from bot.store.schema import metadata
from tests.databases import KEEP, NOW, TABLES, draft


async def on(address: str, look: Any) -> Any:
    database = Database(address)
    try:
        async with database.begin() as connection:
            return await connection.run_sync(look)
    finally:
        await database.close()


async def tables(address: str) -> set[str]:
    return set(await on(address, lambda connection: inspect(connection).get_table_names()))


def _differences(connection: Any) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def _autoincrement(connection: Any) -> dict[str, bool]:
    """The one thing `compare_metadata` does not see: on SQLite, numbers that are not given twice."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    return {name: "AUTOINCREMENT" in sql for name, sql in rows if name in metadata.tables}


async def test_migrations_make_exactly_the_schema(bare_address: str) -> None:
    await migrate(bare_address)
    assert await on(bare_address, _differences) == []
    if bare_address.startswith("sqlite"):
        wanted = {name: bool(table.kwargs.get("sqlite_autoincrement")) for name, table in metadata.tables.items()}
        assert await on(bare_address, _autoincrement) == wanted
    assert set(TABLES) == set(metadata.tables)


async def test_a_filled_database_goes_down_and_up_again(bare_address: str) -> None:
    await migrate(bare_address)
    database = Database(bare_address)
    async with database.begin() as connection:
        await leads.save(connection, draft(), KEEP, NOW, crm=True)
    await database.close()
    await migrate(bare_address)
    assert set(TABLES) <= await tables(bare_address)
    await migrate(bare_address, "base")
    assert await tables(bare_address) == {"alembic_version"}
    await migrate(bare_address)
    assert await on(bare_address, _differences) == []


async def test_processes_that_start_at_once_do_not_trip_over_each_other(bare_address: str) -> None:
    await asyncio.gather(*(migrate(bare_address) for _ in range(4)))
    assert set(TABLES) <= await tables(bare_address)
