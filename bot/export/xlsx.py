"""Leads as an Excel workbook: one sheet of leads, one of counts. Text is text: nothing in it runs or links."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, tzinfo
from typing import Any, BinaryIO, get_args

import xlsxwriter

from bot.export.columns import COLUMNS, Cell, cells
from bot.models.lead import Lead, LeadStatus

LONGEST = 32_767
"""Characters a cell holds."""

NO_COURSE = "(none)"

STATUSES: tuple[str, ...] = get_args(LeadStatus)


async def write(leads: AsyncIterator[Lead], file: BinaryIO, zone: tzinfo) -> int:
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("Leads")
    sheet.freeze_panes(1, 0)
    for column, (title, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, bold)
    numbers: Counter[tuple[str, str]] = Counter()
    statuses: Counter[str] = Counter()
    count = 0
    async for lead in leads:
        count += 1
        _row(sheet, count, cells(lead, zone))
        statuses[lead.status] += 1
        numbers.update((course, lead.status) for course in lead.draft.courses or (NO_COURSE,))
    _counts(book.add_worksheet("Counts"), numbers, statuses, bold)
    await asyncio.to_thread(book.close)
    return count


def _row(sheet: Any, row: int, values: tuple[Cell, ...]) -> None:
    for column, value in enumerate(values):
        match value:
            case str():
                sheet.write_string(row, column, value[:LONGEST])
            case datetime():
                sheet.write_datetime(row, column, value)
            case int():
                sheet.write_number(row, column, value)


def _counts(sheet: Any, numbers: Counter[tuple[str, str]], statuses: Counter[str], bold: Any) -> None:
    """By course and status; a lead about two courses counts in both, and once in the last line."""
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, len(STATUSES) + 1, 11)
    for column, title in enumerate(("Course", *STATUSES, "all")):
        sheet.write_string(0, column, title, bold)
    courses = sorted({course for course, _ in numbers})
    lines = [(course, [numbers[course, status] for status in STATUSES]) for course in courses]
    lines.append(("All leads", [statuses[status] for status in STATUSES]))
    for row, (title, found) in enumerate(lines, 1):
        sheet.write_string(row, 0, title)
        for column, number in enumerate((*found, sum(found)), 1):
            sheet.write_number(row, column, number)
