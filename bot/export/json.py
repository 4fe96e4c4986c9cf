"""Leads for programs: all fields, as they are kept, moments in UTC. The CRM is sent the same."""

import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import datetime, tzinfo
from typing import Any, BinaryIO

from bot.models.lead import Lead


async def write(leads: AsyncIterator[Lead], file: BinaryIO, zone: tzinfo) -> int:
    """One array, a lead a line."""
    count = 0
    file.write(b"[")
    async for lead in leads:
        file.write(b",\n" if count else b"\n")
        file.write(json.dumps(as_json(lead), ensure_ascii=False).encode())
        count += 1
    file.write(b"\n]\n")
    return count


def as_json(lead: Lead) -> dict[str, Any]:
    """The lead as plain data; docs/crm.md describes it."""
    data = asdict(lead)
    draft = data.pop("draft")
    del draft["partial"], draft["owner"]
    plain: dict[str, Any] = _plain({**data, **draft})
    return plain


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return value
