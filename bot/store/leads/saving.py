"""What the person does with their lead: make it, add to it, leave it half-way, withdraw consent."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, and_, false, or_, select

from bot.models.content import Keep
from bot.models.lead import Lead, LeadDraft
from bot.store import codec
from bot.store.database import Connection
from bot.store.leads.changes import announce, record
from bot.store.leads.reading import get
from bot.store.leads.work import CLOSED
from bot.store.schema import leads as table

PERSON = "person"
"""Who made a change, where it was the person the lead is about."""

LATEST = ("name", "email", "phone", "company", "people", "note", "language", "source", "medium", "campaign")
"""Fields of which the last word counts."""

ASKED = 50
"""Questions kept with a lead, the latest ones."""


async def save(
    connection: Connection, draft: LeadDraft, keep: Keep, now: datetime, crm: bool = False
) -> tuple[Lead, bool]:
    """Make the person's open lead or add to it; True when it became a lead just now. A further form that is only half
    filled in changes nothing of a lead that was sent."""
    row, alike = await _held(connection, draft)
    if row is not None and draft.partial and row.status != "partial":
        return cast(Lead, await get(connection, row.id)), False
    became = not draft.partial and (row is None or row.status == "partial")
    values = _values(draft, row, keep, now)
    if row is None:
        statement = table.insert().values(**values, created=now, handed_over=False).returning(table.c.id)
        id = int((await connection.execute(statement)).scalar_one())
    else:
        id = row.id
        await connection.execute(table.update().where(table.c.id == id).values(**values))
    await record(connection, id, PERSON, "created" if row is None else "updated", "", now)
    await _flag(connection, id, alike)
    if crm and not draft.partial and not (row and row.handed_over):
        await connection.execute(table.update().where(table.c.id == id).values(handed_over=True))
        await announce(connection, id, "lead.created", now)
    return cast(Lead, await get(connection, id)), became


async def _held(connection: Connection, draft: LeadDraft) -> tuple[Row[Any] | None, list[Row[Any]]]:
    """The person's open lead, and leads of other accounts with the same contact: all locked, in the order of their
    numbers, so that two who share a contact and write at once do not wait for each other for ever."""
    own = and_(table.c.channel == draft.channel, table.c.user == draft.user)
    same = [column == value for column, value in ((table.c.email, draft.email), (table.c.phone, draft.phone)) if value]
    wanted = or_(and_(own, table.c.open), and_(~own, or_(false(), *same)))
    rows = (await connection.execute(select(table).where(wanted).order_by(table.c.id).with_for_update())).all()
    mine = [row for row in rows if (row.channel, row.user) == (draft.channel, draft.user)]
    return next(iter(mine), None), [row for row in rows if row not in mine]


def _values(draft: LeadDraft, row: Row[Any] | None, keep: Keep, now: datetime) -> dict[str, Any]:
    def latest(name: str) -> Any:
        value = getattr(draft, name)
        return value if value is not None or row is None else getattr(row, name)

    def joined(name: str) -> list[str]:
        """With what was sent before; a form says itself what it is about, also after a correction."""
        sent = getattr(row, name) if row is not None and row.status != "partial" else ()
        return list(dict.fromkeys([*sent, *getattr(draft, name)]))

    status = row.status if row is not None and row.status != "partial" else ("partial" if draft.partial else "new")
    return {
        "channel": draft.channel, "user": draft.user, "open": True, "status": status,
        **{name: latest(name) for name in LATEST},
        "here": draft.here or bool(row and row.here),
        "courses": joined("courses"), "wishes": joined("wishes"),
        "owner": row.owner if row is not None and row.owner else draft.owner,
        "asked": _asked(draft, row),
        "consent_purpose": draft.consent.purpose, "consent_text": draft.consent.text,
        "consent_version": draft.consent.version, "consent_given": draft.consent.given, "consent_withdrawn": None,
        "updated": now, "keep_until": now + (keep.partial if status == "partial" else keep.leads),
    }  # fmt: skip


def _asked(draft: LeadDraft, row: Row[Any] | None) -> list[dict[str, Any]]:
    """Each question once: a draft repeats those of the same talk."""
    new = [codec.encode(asdict(asked)) for asked in draft.asked]
    known = [asked for asked in row.asked if asked not in new] if row else []
    return [*known, *new][-ASKED:]


async def _flag(connection: Connection, id: int, alike: list[Row[Any]]) -> None:
    """The same contact from another account is for a person to judge, never merged."""
    if not alike:
        return
    flagged = "same contact as lead {}"
    await connection.execute(table.update().where(table.c.id == id).values(flagged=flagged.format(alike[-1].id)))
    unmarked = [row.id for row in alike if row.flagged is None]
    await connection.execute(table.update().where(table.c.id.in_(unmarked)).values(flagged=flagged.format(id)))


async def drop_partial(connection: Connection, channel: str, user: str) -> None:
    """What was kept of a form that was left."""
    await connection.execute(
        table.delete().where(table.c.channel == channel, table.c.user == user, table.c.status == "partial")
    )


async def withdraw(connection: Connection, channel: str, user: str, now: datetime) -> None:
    """Consent is withdrawn: the person's leads are closed to sales, and the next purge removes them."""
    await drop_partial(connection, channel, user)
    given = (table.c.channel == channel, table.c.user == user, table.c.consent_withdrawn.is_(None))
    for id, status in (await connection.execute(select(table.c.id, table.c.status).where(*given))).all():
        closed = status if status in CLOSED else "lost"
        values = {"consent_withdrawn": now, "keep_until": now, "updated": now, "open": False, "status": closed}
        await connection.execute(table.update().where(table.c.id == id).values(**values))
        await record(connection, id, PERSON, "withdrawn", "", now)
