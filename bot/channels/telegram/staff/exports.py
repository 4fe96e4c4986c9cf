"""/export: leads as a file, in this chat."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from bot import export as files
from bot.channels.telegram.door import App
from bot.models.lead import Lead, LeadStatus
from bot.models.reply import Reply, Text
from bot.store import leads, staff
from bot.store.leads import LeadFilter

LARGEST = 45_000_000
"""Bytes; Telegram takes files of up to 50 MB from a bot."""


class NotAFilterError(Exception):
    """A word of the command that says nothing we know."""


async def command(app: App, user: str, words: str) -> Reply:
    """`/export`, `/export xlsx status=new course=PSPO since=2026-03-01 until=2026-03-31 owner=me`."""
    shared, zone = app.advisor.shared, ZoneInfo(app.knowledge.provider.time_zone)
    kinds = [word.casefold() for word in words.split() if word.casefold() in files.FORMATS]
    filters = [word for word in words.split() if word.casefold() not in files.FORMATS]
    async with app.database.read() as connection:
        members = await staff.members(connection)
        called = {
            name.casefold(): member.user for member in members for name in (member.name, member.name.partition(" ")[0])
        }
        try:
            wanted = _filter(filters, {**called, "me": user}, zone)
        except NotAFilterError as error:
            return Reply((Text(shared("staff.export.how", word=str(error))),), "chat")
        count = await leads.count(connection, wanted)
        if not count:
            return Reply((Text(shared("staff.export.none")),), "chat")
        found = _named(leads.stream(connection, wanted), {member.user: member.name for member in members})
        document = await files.document(found, kinds[0] if kinds else "csv", zone)
    if len(document.content) > LARGEST:
        return Reply((Text(shared("staff.export.too_large", count=count)),), "chat")
    return Reply((Text(shared("staff.export.here", count=count)), document), "chat")


async def _named(found: AsyncIterator[Lead], names: dict[str, str]) -> AsyncIterator[Lead]:
    """With the names of colleagues, which say more in a spreadsheet than their numbers."""
    async for lead in found:
        yield replace(lead, owner=names.get(lead.owner or "", lead.owner))


def _filter(words: list[str], owners: dict[str, str], zone: ZoneInfo) -> LeadFilter:
    given: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not value or name.casefold() not in ("status", "course", "since", "until", "owner"):
            raise NotAFilterError(word)
        given[name.casefold()] = value
    status = given.get("status", "").casefold()
    if status and status not in get_args(LeadStatus):
        raise NotAFilterError(f"status={status}")
    owner = given.get("owner", "").casefold()
    if owner and owner not in owners and not owner.isdecimal():
        raise NotAFilterError(f"owner={owner}")
    return LeadFilter(
        since=_day(given.get("since"), zone), until=_day(given.get("until"), zone, after=1),
        course=given.get("course"), status=status or None,
        owner=owners.get(owner, owner) or None,
    )  # fmt: skip


def _day(text: str | None, zone: ZoneInfo, after: int = 0) -> datetime | None:
    """The beginning of the day in the zone where people read it."""
    if text is None:
        return None
    try:
        return (datetime.strptime(text, "%Y-%m-%d") + timedelta(days=after)).replace(tzinfo=zone)
    except ValueError:
        raise NotAFilterError(text) from None
