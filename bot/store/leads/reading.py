"""Leads as they stand: one, the newest, all in a stream, how many."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from bot.models.lead import Consent, HistoryEntry, Lead, LeadDraft
from bot.store import codec
from bot.store.database import Connection
from bot.store.dialects import elements
from bot.store.leads.work import CLOSED
from bot.store.schema import lead_history
from bot.store.schema import leads as table


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """Which leads; None is any."""

    since: datetime | None = None
    until: datetime | None = None
    """Created before this moment."""
    course: str | None = None
    """The key of a course, in any case."""
    status: str | None = None
    owner: str | None = None
    in_work: bool = False
    """Only those neither won nor lost."""


async def get(connection: Connection, id: int) -> Lead | None:
    """The lead with its history."""
    row = (await connection.execute(select(table).where(table.c.id == id))).first()
    if row is None:
        return None
    query = select(lead_history).where(lead_history.c.lead == id).order_by(lead_history.c.id)
    history = (await connection.execute(query)).all()
    return _lead(row, tuple(HistoryEntry(codec.moment(h.at), h.who, h.what, h.text) for h in history))


async def find(connection: Connection, wanted: LeadFilter, limit: int = 100, skip: int = 0) -> list[Lead]:
    """Newest first, without history."""
    query = _where(connection, select(table), wanted).order_by(table.c.id.desc()).limit(limit).offset(skip)
    return [_lead(row) for row in (await connection.execute(query)).all()]


async def stream(connection: Connection, wanted: LeadFilter) -> AsyncIterator[Lead]:
    """Oldest first, in constant memory, without history."""
    async for row in await connection.stream(_where(connection, select(table), wanted).order_by(table.c.id)):
        yield _lead(row)


async def count(connection: Connection, wanted: LeadFilter) -> int:
    """How many `stream` would give."""
    query = _where(connection, select(func.count()).select_from(table), wanted)
    return int((await connection.execute(query)).scalar_one())


async def counts(connection: Connection, since: datetime | None, until: datetime | None) -> dict[str, int]:
    """Leads made in that time by status."""
    query = select(table.c.status, func.count().label("number")).group_by(table.c.status)
    query = _where(connection, query, LeadFilter(since, until))
    return {row.status: row.number for row in await connection.execute(query)}


async def by_course(connection: Connection, wanted: LeadFilter) -> dict[str, int]:
    """Leads by course, most first."""
    course: ColumnElement[Any] = elements(connection, table.c.courses)
    number = func.count().label("number")
    query = _where(connection, select(course.label("course"), number).select_from(table), wanted)
    found = await connection.execute(query.group_by(course).order_by(number.desc(), course))
    return {row.course: row.number for row in found}


def _where(connection: Connection, query: Select[Any], wanted: LeadFilter) -> Select[Any]:
    if wanted.since is not None:
        query = query.where(table.c.created >= wanted.since)
    if wanted.until is not None:
        query = query.where(table.c.created < wanted.until)
    if wanted.status is not None:
        query = query.where(table.c.status == wanted.status)
    if wanted.in_work:
        query = query.where(table.c.status.not_in(CLOSED))
    if wanted.owner is not None:
        query = query.where(table.c.owner == wanted.owner)
    if wanted.course is not None:
        course = elements(connection, table.c.courses)
        query = query.where(select(1).where(func.lower(course) == wanted.course.lower()).exists())
    return query


def _lead(row: Row[Any], history: tuple[HistoryEntry, ...] = ()) -> Lead:
    consent = Consent(
        row.consent_purpose, row.consent_text, row.consent_version, codec.moment(row.consent_given),
        codec.moment(row.consent_withdrawn) if row.consent_withdrawn else None,
    )  # fmt: skip
    draft = LeadDraft(
        channel=row.channel, user=row.user, consent=consent, wishes=tuple(row.wishes), courses=tuple(row.courses),
        name=row.name, email=row.email, phone=row.phone, here=row.here, company=row.company, people=row.people,
        note=row.note, language=row.language, source=row.source, medium=row.medium, campaign=row.campaign,
        owner=row.owner, asked=tuple(map(codec.asked, row.asked)), partial=row.status == "partial",
    )  # fmt: skip
    return Lead(
        row.id, draft, row.status, row.owner, codec.moment(row.created), codec.moment(row.updated),
        codec.moment(row.keep_until), row.flagged, history,
    )  # fmt: skip
