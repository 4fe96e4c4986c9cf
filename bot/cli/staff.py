"""Who works here."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from bot.cli.shared import with_database
from bot.errors import CourseAdvisorError
from bot.models.reply import Role
from bot.settings import read_settings

if TYPE_CHECKING:
    from bot.store.database import Connection


@click.group()
def staff() -> None:
    """Invite members of staff, see who they are, remove them."""


@staff.command()
@click.option("--name", required=True, help="What colleagues call them.")
@click.option("--role", type=click.Choice(["staff", "admin"]), default="staff", show_default=True)
@click.option("--days", type=click.IntRange(1, 90), default=7, show_default=True, help="How long the link works.")
def invite(name: str, role: Role, days: int) -> None:
    """Make a link that makes whoever opens it first a member."""
    from bot.store import staff as store

    async def work(connection: "Connection") -> str:
        return await store.invite(connection, name, role, datetime.now(UTC), timedelta(days=days))

    key = with_database(work)
    if link := _link(key):
        click.echo(link)
    else:
        click.echo(f"{key}\nThe link is https://t.me/<user name of your bot>?start={key}")
    click.echo(f"It works once, for {days} days. Send it to {name} alone.", err=True)


def _link(key: str) -> str | None:
    """The whole link, where Telegram tells the bot's user name."""
    settings = read_settings()
    if settings.telegram_token is None:
        return None
    from bot.channels.telegram.links import start_link

    return asyncio.run(start_link(settings.telegram_token.value, settings.telegram_api_root, key))


@staff.command("list")
def list_staff() -> None:
    """Show who works here: the numbers are Telegram's."""
    from bot.store import staff as store

    for admin in read_settings().admins:
        click.echo(f"{admin:>12}  admin  (ADMIN_IDS)")
    for member in with_database(store.members):
        click.echo(f"{member.user:>12}  {member.role:5}  {member.name}, since {member.since:%Y-%m-%d}")


@staff.command()
@click.argument("user")
def remove(user: str) -> None:
    """Take the rights from a member; their leads in work become free for others."""
    from bot.store import outbox
    from bot.store import staff as store

    if user in read_settings().admins:
        raise CourseAdvisorError(f"{user} is an administrator by ADMIN_IDS. Take the number out of that setting.")

    async def work(connection: "Connection") -> bool:
        now = datetime.now(UTC)
        removed = await store.remove(connection, user, now)
        if removed:
            await outbox.put(connection, "telegram", user, {"menu": "away"}, now, f"menu:{user}:{now.isoformat()}")
        return removed

    if not with_database(work):
        raise CourseAdvisorError(f"{user} is no member. `staff list` shows the numbers.")
    click.echo(f"{user} is no member any more.")


COMMANDS = (staff,)
