"""The operator's commands, as they are typed."""

import asyncio
import csv
import io
import json
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from bot.cli import main
from bot.store import leads, outbox, staff
from bot.store.database import Connection, Database
from tests.databases import KEEP, draft
from tests.processes import environment
from tests.telegram_double import TelegramDouble

TODAY = datetime.now(UTC)


class Operator:
    """Somebody in a folder of their own, with a database there."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder)
        self.address = f"sqlite:///{folder / 'advisor.sqlite3'}"
        self.set = monkeypatch.setenv
        self.set("DATABASE_URL", self.address)
        assert "up to date" in self.types("migrate").output

    def types(self, *words: str) -> Result:
        return CliRunner().invoke(main, words)

    def refused(self, *words: str) -> str:
        result = self.types(*words)
        assert result.exit_code == 2
        return result.stderr

    def has(self, work: Any) -> Any:
        async def run() -> Any:
            database = Database(self.address)
            async with database.begin() as connection:
                done = await work(connection)
            await database.close()
            return done

        return asyncio.run(run())


@pytest.fixture
def operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Operator:
    return Operator(tmp_path, monkeypatch)


async def three_leads(connection: Connection) -> None:
    for number, (name, course) in enumerate([("Ann", "PSPO"), ("Zoë", "PSM"), ("Old", "PSM")]):
        when = TODAY - timedelta(days=40 if name == "Old" else 0)
        given = draft(str(number), name=name, email=f"{number}@example.org", courses=(course,), phone="+442079460000")
        await leads.save(connection, given, KEEP, when, crm=True)
    await leads.take(connection, 2, "7", TODAY)


def test_leads_are_listed_newest_first_and_by_what_is_asked_for(operator: Operator) -> None:
    assert "No lead is like that." in operator.types("leads", "list").stderr
    operator.has(three_leads)
    lines = operator.types("leads", "list").output.splitlines()
    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert "Zoë  1@example.org  PSM" in lines[1]
    since = f"{TODAY - timedelta(days=2):%Y-%m-%d}"
    tomorrow = f"{TODAY + timedelta(days=1):%Y-%m-%d}"
    narrowed = operator.types("leads", "list", "--since", since, "--until", tomorrow, "--course", "psm")
    assert [line.split()[0] for line in narrowed.output.splitlines()] == ["2"]
    assert "Zoë" in operator.types("leads", "list", "--owner", "7", "--status", "new").output
    assert operator.types("leads", "list", "--status", "nonsense").exit_code == 2


def test_leads_are_exported_in_each_format(operator: Operator) -> None:
    operator.has(three_leads)
    text = operator.types("leads", "export", "--course", "PSM").stdout_bytes.decode("utf-8-sig")
    assert [row["Name"] for row in csv.DictReader(io.StringIO(text, newline=""))] == ["Zoë", "Old"]
    said = operator.types("leads", "export", "--format", "xlsx", "--output", "leads.xlsx")
    assert said.output == "3 leads written to leads.xlsx.\n"
    assert stat.S_IMODE(Path("leads.xlsx").stat().st_mode) == 0o600
    assert load_workbook("leads.xlsx")["Leads"].max_row == 4
    data = json.loads(operator.types("leads", "export", "--format", "json", "--owner", "7").output)
    assert [lead["name"] for lead in data] == ["Zoë"]
    assert "cannot be written" in operator.refused("leads", "export", "--output", "missing/leads.csv")
    assert sorted(path.name for path in Path().iterdir() if "leads" in path.name) == ["leads.xlsx"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_an_export_that_nobody_reads_to_its_end_ends_quietly(operator: Operator, kind: str) -> None:
    operator.has(three_leads)
    command = [sys.executable, "-m", "bot", "leads", "export", "--format", kind]
    settings = environment(DATABASE_URL=operator.address)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=settings) as export:
        assert export.stdout is not None
        assert export.stderr is not None
        export.stdout.close()
        assert export.stderr.read() == b""


def test_dead_letters_are_shown_and_tried_again(operator: Operator) -> None:
    operator.has(three_leads)
    assert "Nothing has failed." in operator.types("leads", "outbox").output

    async def die(connection: Connection) -> None:
        await outbox.failed(connection, 2, "HTTP 500", None)

    operator.has(die)
    shown = operator.types("leads", "outbox").output
    assert "lead.created of lead 2: 1 attempt, HTTP 500, given up" in shown
    assert "Zoë" not in shown
    assert "2 is tried again" in operator.types("leads", "outbox", "--retry", "2").output
    assert "Nothing has failed." in operator.types("leads", "outbox").output
    assert "There is nothing with the number 99" in operator.refused("leads", "outbox", "--retry", "99")


def test_what_is_past_its_time_is_purged(operator: Operator) -> None:
    async def old(connection: Connection) -> None:
        await leads.save(connection, draft(partial=True), KEEP, TODAY - timedelta(days=8))

    operator.has(old)
    assert "1  leads" in operator.types("purge").output
    assert "0  leads" in operator.types("purge").output


def test_a_backup_is_restored_where_the_database_was(operator: Operator) -> None:
    operator.has(three_leads)
    assert "copy holds the whole database" in operator.types("backup", "copy").output
    assert "there is a file already" in operator.refused("backup", "copy")
    assert "there is a file already" in operator.refused("restore", "copy")
    Path("advisor.sqlite3").unlink()
    assert "The database is back." in operator.types("restore", "copy").output
    assert "Zoë" in operator.types("leads", "list").output


def test_members_are_invited_listed_and_removed(operator: Operator) -> None:
    operator.set("ADMIN_IDS", "1")
    key = operator.types("staff", "invite", "--name", "Bea", "--role", "admin").output.splitlines()[0]
    assert operator.has(lambda connection: staff.accept(connection, key, "7", TODAY))
    shown = operator.types("staff", "list").output
    assert "1  admin  (ADMIN_IDS)" in shown
    assert "7  admin  Bea" in shown
    assert "no member any more" in operator.types("staff", "remove", "7").output
    assert "7 is no member" in operator.refused("staff", "remove", "7")
    assert "ADMIN_IDS" in operator.refused("staff", "remove", "1")


async def test_with_a_token_the_invitation_is_a_whole_link(operator: Operator) -> None:
    async with TelegramDouble() as telegram:
        operator.set("TELEGRAM_TOKEN", telegram.token)
        operator.set("TELEGRAM_API_ROOT", telegram.root)
        said = await asyncio.to_thread(operator.types, "staff", "invite", "--name", "Bea")
    assert said.stdout.startswith("https://t.me/course_test_bot?start=staff_")


def test_without_telegram_the_invitation_says_how_to_make_the_link(operator: Operator) -> None:
    operator.set("TELEGRAM_TOKEN", "123:abc")
    operator.set("TELEGRAM_API_ROOT", "http://127.0.0.1:1")
    key, how = operator.types("staff", "invite", "--name", "Bea").stdout.splitlines()
    assert key.startswith("staff_")
    assert how == f"The link is https://t.me/<user name of your bot>?start={key}"
