"""The database has a bad day: whoever writes is told so, nothing is half-written, and it goes on afterwards."""

import io
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.app import App
from bot.channels import terminal
from bot.conversation.advisor import Advisor
from bot.errors import StoreError
from bot.models.reply import Request
from bot.settings import Secret, Settings
from bot.store import leads
from bot.store.database import Database, migrate
from tests.databases import ENGINES, on_server

SORRY = "Sorry, something went wrong on our side. Please try again in a moment."
TALK = ("sign me up for PSPO", "press form|consent|yes", "Ann Lee, ann@example.org", "press form|skip|note")


@pytest.fixture
async def app(address: str, demo: Advisor) -> AsyncIterator[App]:
    database = Database(address, wait_seconds=0.05)
    yield App(Settings(database_url=Secret(address)), demo, database)
    await database.close()


async def say(app: App, *texts: str) -> str:
    for text in texts:
        payload = text.removeprefix("press ") if text.startswith("press ") else ""
        reply = await app.answer(Request("terminal", "local", "" if payload else text, payload))
    return reply.text


async def whole_leads(app: App) -> list[str | None]:
    async with app.database.read() as connection:
        return [lead.draft.name for lead in await leads.find(connection, leads.LeadFilter(status="new"))]


async def rows(app: App) -> int:
    async with app.database.read() as connection:
        tables = ("questions", "leads", "lead_history")
        found = [await connection.exec_driver_sql(f"SELECT count(*) FROM {table}") for table in tables]
        return sum(int(count.scalar_one()) for count in found)


@contextmanager
def somebody_else_writing(file: str) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


sqlite_only = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
postgres_only = pytest.mark.parametrize("address", ENGINES[1:], indirect=True)


def file_of(address: str) -> str:
    return address.removeprefix("sqlite:///")


@sqlite_only
async def test_locked_for_longer_than_it_waits_the_lead_is_not_confirmed_and_can_be_sent_again(
    app: App, address: str
) -> None:
    await say(app, *TALK)
    before = await rows(app)
    with somebody_else_writing(file_of(address)):
        with pytest.raises(StoreError):
            await say(app, "press form|review|yes")
        assert await whole_leads(app) == [], "reading goes on"
    assert await rows(app) == before
    assert (await say(app, "press form|review|yes")).startswith("Thank you, Ann Lee.")
    assert await whole_leads(app) == ["Ann Lee"]
    assert app.database.failed


@sqlite_only
async def test_on_a_full_disk_nothing_is_half_written(app: App) -> None:
    await say(app, *TALK)
    before = await rows(app)

    async def pages(limit: int) -> None:
        async with app.database.begin() as connection:
            await connection.exec_driver_sql(f"PRAGMA max_page_count={limit}")

    await pages(1)
    refused = 0
    for number in range(150):
        try:
            await say(app, f"how long is PSPO? {'x' * 200} {number}")
        except StoreError:
            refused += 1
    assert refused
    await pages(1_000_000)
    kept = await rows(app)
    assert kept == before + 150 - refused, "every answered question is logged, no other one"
    assert (await say(app, "press form|review|yes")).startswith("Thank you")


@sqlite_only
async def test_a_corrupt_file_is_refused_in_one_sentence_without_what_stands_in_it(app: App, address: str) -> None:
    await say(app, *TALK)
    await app.database.close()
    with open(file_of(address), "r+b") as file:  # noqa: ASYNC230
        file.write(os.urandom(4096))
    with pytest.raises(StoreError) as told:
        await say(app, "press form|review|yes")
    assert "\n" not in str(told.value)
    assert "Ann" not in str(told.value)
    with pytest.raises(StoreError, match="cannot be opened or written"):
        await migrate(address)


@postgres_only
async def test_a_server_that_went_away_and_came_back_costs_no_lead(app: App, address: str) -> None:
    name = address.rpartition("/")[2]
    gone = (
        f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
    )
    await say(app, *TALK)
    before = await rows(app)
    on_server(*gone)
    for _ in range(3):
        with pytest.raises(StoreError):
            await say(app, "press form|review|yes")
    on_server(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert await rows(app) == before
    assert (await say(app, "press form|review|yes")).startswith("Thank you, Ann Lee.")
    assert await whole_leads(app) == ["Ann Lee"]


@postgres_only
async def test_cut_off_in_the_middle_of_a_transaction_nothing_is_kept(app: App, address: str) -> None:
    name = address.rpartition("/")[2]

    async def cut() -> None:
        async with app.database.begin() as connection:
            await app.handle(Request("terminal", "local", "how long is PSPO?"), connection)
            on_server(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
                " AND pid <> pg_backend_pid()"
            )

    with pytest.raises(StoreError):
        await cut()
    assert await rows(app) == 0


async def test_a_server_nobody_answers_at_is_named_without_its_password() -> None:
    with pytest.raises(StoreError) as told:
        await migrate("postgresql://me:secret@127.0.0.1:1/advisor")
    assert "secret" not in str(told.value)
    assert "127.0.0.1:1" in str(told.value)


@sqlite_only
async def test_in_the_terminal_the_person_is_asked_to_try_again_and_the_talk_goes_on(
    app: App, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("how long is PSPO?\nhow long is PSPO?\n"))
    held = somebody_else_writing(file_of(address))
    held.__enter__()

    async def answer(request: Request) -> object:
        try:
            return await app.answer(request)
        except StoreError:
            held.__exit__(None, None, None)
            raise

    await terminal.chat(answer, "", SORRY)  # type: ignore[arg-type]
    said = capsys.readouterr().out
    assert said.count(SORRY) == 1
    assert said.count("16 hours") == 1
    assert said.index(SORRY) < said.index("16 hours")


async def test_the_folder_of_the_database_is_named_where_it_is_missing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such folder"):
        await migrate(f"sqlite:///{tmp_path / 'missing' / 'x.sqlite3'}")
