"""Leads as files: opened as people and programs open them."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot import export
from bot.export.columns import COLUMNS
from bot.export.csv import harmless
from bot.models.lead import Asked, Lead
from tests.databases import NOW, draft

LONDON = ZoneInfo("Europe/London")
SUMMER = datetime(2026, 7, 1, 9, 30, 15, 999, tzinfo=UTC)
TITLES = list(COLUMNS)
EVIL = '=HYPERLINK("http://x.example","click")'
STARTS = tuple("=+-@\t\r")


def lead(id: int = 1, status: Any = "new", owner: str | None = None, **more: Any) -> Lead:
    return Lead(id, draft(**more), status, owner, SUMMER, SUMMER, SUMMER + timedelta(days=730))


async def several(*leads: Lead) -> AsyncIterator[Lead]:
    for each in leads:
        yield each


async def exported(kind: str, *leads: Lead) -> bytes:
    return (await export.document(several(*leads), kind, LONDON)).content


async def rows(*leads: Lead) -> list[dict[str, str]]:
    text = (await exported("csv", *leads)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


async def book(*leads: Lead) -> Any:
    return load_workbook(io.BytesIO(await exported("xlsx", *leads)))


async def test_csv_is_what_excel_expects() -> None:
    given = lead(name="Zoë Müller", note='says "hello"\nand more', people=12)
    content = await exported("csv", given)
    assert content.startswith(b'\xef\xbb\xbf"Lead","Status"')
    assert content.endswith(b"\r\n")
    assert content.count(b"\r\n") == 2
    (row,) = await rows(given)
    assert list(row) == TITLES
    assert (row["Name"], row["Note"], row["People"]) == ("Zoë Müller", 'says "hello"\nand more', "12")
    assert row["Created"] == "2026-07-01 10:30:15", "in the time zone of the provider"


async def test_every_csv_cell_is_quoted() -> None:
    content = (await exported("csv", lead(name=None, people=3))).decode("utf-8-sig")
    for line in content.splitlines():
        assert all(cell.startswith('"') and cell.endswith('"') for cell in line.split(","))


async def test_no_csv_cell_runs_as_a_formula() -> None:
    (row,) = await rows(lead(name=EVIL, phone="+442079460000", company="-1+1", note="\t=1", source="@SUM(A1)"))
    assert row["Name"] == "'" + EVIL
    assert row["Phone"] == "'+442079460000"
    assert (row["Company"], row["Note"], row["Source"]) == ("'-1+1", "'\t=1", "'@SUM(A1)")


@given(st.text())
def test_no_text_starts_a_formula_and_none_is_lost(text: str) -> None:
    cell = harmless(text)
    assert not cell.startswith(STARTS)
    assert cell in (text, "'" + text)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(STARTS))
async def test_whatever_people_type_no_cell_of_any_file_is_a_formula(text: str, start: str) -> None:
    evil = lead(name=start + text, note=text, company=start, asked=(Asked(start + text, "answer", NOW),))
    (row,) = await rows(evil)
    assert not [cell for cell in row.values() if cell.startswith(STARTS)]
    sheet = (await book(evil))["Leads"]
    assert not [cell.value for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]


async def test_a_workbook_has_a_frozen_header_widths_real_dates_and_text_as_text() -> None:
    opened = await book(lead(name=EVIL, phone="+442079460000", note="https://x.example", people=12))
    sheet = opened["Leads"]
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == TITLES
    cells = dict(zip(TITLES, sheet[2], strict=True))
    assert (cells["Name"].value, cells["Name"].data_type) == (EVIL, "s")
    assert (cells["Phone"].value, cells["Phone"].data_type) == ("+442079460000", "s")
    assert cells["Note"].hyperlink is None
    assert (cells["Lead"].value, cells["People"].value) == (1, 12)
    assert cells["Created"].value == datetime(2026, 7, 1, 10, 30, 15)
    assert cells["Created"].is_date
    widths = [sheet.column_dimensions[cells[title].column_letter].width for title in ("Lead", "Questions")]
    assert widths[1] > widths[0] > 5


async def test_a_text_too_long_for_a_cell_is_cut_and_not_lost() -> None:
    opened = await book(lead(note="x" * 40_000))
    assert len(opened["Leads"].cell(2, TITLES.index("Note") + 1).value) == 32_767


async def test_the_second_sheet_counts_by_course_and_status() -> None:
    opened = await book(
        lead(1, courses=("PSM", "PSPO")), lead(2, "won", courses=("PSM",)), lead(3, courses=()), lead(4, "won")
    )
    lines = [[cell.value for cell in line] for line in opened["Counts"].iter_rows()]
    assert lines == [
        ["Course", "partial", "new", "contacted", "qualified", "won", "lost", "all"],
        ["(none)", 0, 1, 0, 0, 0, 0, 1],
        ["PSM", 0, 1, 0, 0, 1, 0, 2],
        ["PSPO", 0, 1, 0, 0, 1, 0, 2],
        ["All leads", 0, 2, 0, 0, 2, 0, 4],
    ]


async def test_json_is_raw_and_whole() -> None:
    given = lead(name=EVIL, phone="+442079460000", asked=(Asked("how long?", "answer", NOW),), owner="7")
    (data,) = json.loads(await exported("json", given))
    assert (data["name"], data["phone"], data["owner"]) == (EVIL, "+442079460000", "7")
    assert data["created"] == "2026-07-01T09:30:15.000999+00:00"
    assert data["asked"] == [{"text": "how long?", "outcome": "answer", "at": "2026-03-02T09:00:00+00:00"}]
    assert data["consent"]["version"] == "2026-03"
    assert json.loads(await exported("json")) == []
    assert len(json.loads(await exported("json", given, replace(given, id=2)))) == 2


async def test_files_without_leads_have_their_headers() -> None:
    assert await rows() == []
    assert [cell.value for cell in (await book())["Leads"][1]] == TITLES


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_libreoffice_opens_it_with_accents_right_and_no_formula(tmp_path: Path, kind: str) -> None:
    (tmp_path / f"leads.{kind}").write_bytes(await exported(kind, lead(name="Zoë Müller", note="=1+1")))
    command = ["soffice", "--headless", "--convert-to", "fods", "--outdir", "out", f"leads.{kind}"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=120)  # noqa: ASYNC221
    content = (tmp_path / "out" / "leads.fods").read_text(encoding="utf-8")
    assert "Zoë Müller" in content
    assert "table:formula" not in content
