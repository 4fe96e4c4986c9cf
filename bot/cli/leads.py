"""Leads, for the people who work with them."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, get_args
from zoneinfo import ZoneInfo

import click

from bot.cli.shared import provider, with_database
from bot.errors import CourseAdvisorError
from bot.knowledge.plural import counted
from bot.models.lead import Lead, LeadStatus
from bot.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.store.database import Connection
    from bot.store.leads import LeadFilter

LONG = 2000
"""Leads from which on an export shows how far it is."""


@click.group()
def leads() -> None:
    """Look at leads and hand them out."""


def _filtered(command: Callable[..., None]) -> Callable[..., None]:
    """The options that choose leads."""
    day = click.DateTime(["%Y-%m-%d"])
    for option in reversed(
        (
            click.option("--since", type=day, help="Only leads made on this day or later."),
            click.option("--until", type=day, help="Only leads made on this day or earlier."),
            click.option("--course", help="Only leads for this course."),
            click.option("--status", type=click.Choice(get_args(LeadStatus)), help="Only leads of this status."),
            click.option("--owner", help="Only leads of this member of staff (their number)."),
        )
    ):
        command = option(command)
    return command


def _filter(
    zone: ZoneInfo,
    since: datetime | None,
    until: datetime | None,
    course: str | None,
    status: str | None,
    owner: str | None,
) -> "LeadFilter":
    from bot.store.leads import LeadFilter

    first = since.replace(tzinfo=zone) if since else None
    after = (until + timedelta(days=1)).replace(tzinfo=zone) if until else None
    return LeadFilter(first, after, course, status, owner)


@leads.command("list")
@_filtered
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1))
def list_leads(limit: int, **chosen: Any) -> None:
    """Show the newest leads."""
    from bot.store import leads as store

    zone = ZoneInfo(provider().time_zone)
    wanted = _filter(zone, **chosen)
    found = with_database(lambda connection: store.find(connection, wanted, limit))
    for lead in found:
        draft = lead.draft
        contact = draft.email or draft.phone or ("in the chat" if draft.here else "-")
        made = lead.created.astimezone(zone)
        about = f"{draft.name or '-'}  {contact}  {', '.join(draft.courses)}"
        click.echo(f"{lead.id:5}  {made:%Y-%m-%d %H:%M}  {lead.status:10} {lead.owner or '-':12} {about}")
    if not found:
        click.echo("No lead is like that.", err=True)


@leads.command()
@_filtered
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx", "json"]), default="csv", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), help="File to write; standard output when left out.")
def export(kind: str, output: Path | None, **chosen: Any) -> None:
    """Write leads to a file that a spreadsheet or a program opens."""
    from bot import export as files
    from bot.app import open_database
    from bot.store import leads as store

    if output is None and kind == "xlsx" and sys.stdout.isatty():
        raise click.UsageError(
            "A workbook is no text for a terminal. Give a file (--output leads.xlsx) or redirect the output to one."
        )
    zone = ZoneInfo(provider().time_zone)
    wanted = _filter(zone, **chosen)

    async def run(file: BinaryIO) -> int:
        async with open_database(read_settings()) as database, database.read() as connection:
            found = _watched(store.stream(connection, wanted), await store.count(connection, wanted))
            return await files.write(found, kind, file, zone)

    with _opened(output) as file:
        number = asyncio.run(run(file))
    if output:
        click.echo(f"{counted(number, 'leads')} written to {output}.")


@contextmanager
def _opened(output: Path | None) -> "Iterator[BinaryIO]":
    """The file, only its owner's to read, and under its name when it is whole."""
    if output is None:
        with TemporaryFile() as file:
            yield file
            _passed_on(file)
        return
    part = output.with_name(f"{output.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with part.open("wb") as file:
            yield file
        part.replace(output)
    except OSError as error:
        raise CourseAdvisorError(f"{output}: cannot be written ({error.strerror}).") from None
    finally:
        part.unlink(missing_ok=True)


def _passed_on(file: BinaryIO) -> None:
    """The whole file to standard output, outside of the transaction: whoever reads may be slow, or stop (`head`)."""
    file.seek(0)
    try:
        copyfileobj(file, sys.stdout.buffer)
        sys.stdout.flush()
    except BrokenPipeError:
        raise  # which click ends quietly
    except OSError as error:
        raise CourseAdvisorError(f"Standard output cannot be written ({error.strerror}).") from None


async def _watched(found: AsyncIterator[Lead], total: int) -> AsyncIterator[Lead]:
    """The same leads; a person at a terminal sees how many are done, where it takes long."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress

    console = Console(stderr=True)
    hidden = total < LONG or not console.is_terminal
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=console, disable=hidden) as progress:
        task = progress.add_task("Exporting", total=total)
        async for lead in found:
            yield lead
            progress.advance(task)


@leads.command()
@click.option("--retry", type=int, metavar="ID", help="Try this one again now.")
def outbox(retry: int | None) -> None:
    """Show what could not be sent so far: to the CRM and to people on Telegram."""
    from bot.store import outbox as store

    if retry is not None:
        return _retry(retry)
    stuck = with_database(store.stuck)
    for row in stuck:
        about = f"{row.payload.get('type', 'message')}{f' of lead {row.lead}' if row.lead else ''}"
        next_try = "given up" if row.dead else f"next try {row.next_at:%Y-%m-%d %H:%M} UTC"
        click.echo(f"{row.id:5}  {row.kind:9} {about}: {counted(row.attempts, 'attempts')}, {row.error}, {next_try}")
    click.echo(f"{len(stuck)} could not be sent so far." if stuck else "Nothing has failed.")


def _retry(id: int) -> None:
    from bot.store import outbox as store

    async def again(connection: "Connection") -> bool:
        return await store.retry(connection, id, datetime.now(UTC))

    if not with_database(again):
        raise CourseAdvisorError(f"There is nothing with the number {id} to send. `leads outbox` shows what there is.")
    click.echo(f"{id} is tried again as soon as the bot runs.")


COMMANDS = (leads,)
