"""Run the bot and look after its database."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.progress import loading
from bot.cli.shared import provider, with_database
from bot.settings import read_settings


@click.command()
def telegram() -> None:
    """Run the bot on Telegram: by webhook where PUBLIC_URL is set, else by long polling."""
    import signal

    from bot.app import open_app
    from bot.channels.telegram.run import run as serve
    from bot.jobs.beside import beside

    async def run() -> None:
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        settings = read_settings()
        async with open_app(settings, loading) as app, beside(app, stop):
            await serve(app, settings, stop)

    asyncio.run(run())


@click.command()
def migrate() -> None:
    """Bring the database to the schema this version needs."""
    from bot.store.database import migrate as run

    asyncio.run(run(read_settings().database_url.value))
    click.echo("The database is up to date.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write a copy of the database to FILE while the bot runs."""
    from bot.store.backup import backup as run

    run(read_settings().database_url.value, file)
    click.echo(f"{file} holds the whole database, and was opened to check it.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put the backup FILE in the place of the database; stop the bot and move the old database away before."""
    from bot.store.backup import restore as run
    from bot.store.database import migrate as up

    url = read_settings().database_url.value
    run(url, file)
    asyncio.run(up(url))
    click.echo("The database is back. Who had their data deleted after the backup must be deleted again.")


@click.command()
def purge() -> None:
    """Remove what is past its keeping time; the running bot does so every day."""
    from bot.store.purging import purge as run

    keeper = provider()
    counts = with_database(lambda connection: run(connection, keeper, datetime.now(UTC)))
    click.echo("\n".join(f"{number:6}  {name}" for name, number in counts.items()))


COMMANDS = (telegram, migrate, backup, restore, purge)
