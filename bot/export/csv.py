"""Leads as CSV that Excel and LibreOffice open with accents right, and in which no cell runs as a formula."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import tzinfo
from typing import BinaryIO

from bot.export.columns import COLUMNS, cells
from bot.models.lead import Lead

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the start of a formula; the wide ones are taken so where Asian scripts are typed."""


async def write(leads: AsyncIterator[Lead], file: BinaryIO, zone: tzinfo) -> int:
    """A header and a row a lead, with the byte order mark by which Excel knows UTF-8."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    async for lead in leads:
        writer.writerow(harmless("" if cell is None else str(cell)) for cell in cells(lead, zone))
        count += 1
    text.flush()
    text.detach()
    return count


def harmless(cell: str) -> str:
    """The cell with an apostrophe before what could run as a formula."""
    return "'" + cell if cell.startswith(FORMULA) else cell
