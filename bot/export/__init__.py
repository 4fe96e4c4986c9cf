"""Leads as files that people and programs open."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import tzinfo
from typing import BinaryIO

from bot.export import csv, json, xlsx
from bot.models.lead import Lead
from bot.models.reply import Document

Writer = Callable[[AsyncIterator[Lead], BinaryIO, tzinfo], Awaitable[int]]

FORMATS: dict[str, tuple[Writer, str]] = {
    "csv": (csv.write, "text/csv"),
    "xlsx": (xlsx.write, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (json.write, "application/json"),
}


async def write(leads: AsyncIterator[Lead], kind: str, file: BinaryIO, zone: tzinfo) -> int:
    """Write a file of a kind of FORMATS in constant memory; the number of leads. Moments are shown in the zone."""
    return await FORMATS[kind][0](leads, file, zone)


async def document(leads: AsyncIterator[Lead], kind: str, zone: tzinfo) -> Document:
    """The same as a file to hand over in a chat."""
    file = io.BytesIO()
    await write(leads, kind, file, zone)
    return Document(f"leads.{kind}", file.getvalue(), FORMATS[kind][1])
