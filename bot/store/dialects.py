"""What both engines can do, each in its own words."""

from typing import Any

from sqlalchemy import Column, ColumnElement, Table, func
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Connection


def insert(connection: Connection, table: Table) -> Any:
    """INSERT with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def elements(connection: Connection, column: Column[Any]) -> ColumnElement[str]:
    """The elements of a JSON list, a row each."""
    each = func.json_array_elements_text if connection.dialect.name == "postgresql" else func.json_each
    found: ColumnElement[str] = each(column).table_valued("value", joins_implicitly=True).c.value
    return found
