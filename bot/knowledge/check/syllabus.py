"""A number of the syllabus that stands twice, where the next one should stand."""

import re
from collections import defaultdict
from collections.abc import Iterator

from bot.knowledge.check.look import Look
from bot.models.content import Problem

_SESSION = re.compile(r"(?P<kind>Session|Day|Module|Week|Lesson|Unit|Part|Evening|Block) (?P<number>\d{1,2})\b", re.I)
_PART = re.compile(
    r"\b(?P<kind>(?!(?:Chapter|Module|Unit|Section|Book|Level|Page|Volume|Lesson|Topic)\b)[A-Z][a-z]{2,}) (?P<number>\d{1,2})"
    r"\b(?![%.,:]?\d)"
)
"""What a session holds one of; a long chapter rightly takes two sessions."""
_LASTS = re.compile(
    r"\b(?:continu\w*|cont|again|part|review|repeat\w*|finish\w*|goes on|morning|afternoon|evening)\b", re.I
)
"""Words with which one number rightly stands twice."""
FEWEST = 3
"""Entries from which a row can be seen."""

Row = list[tuple[int, str]]
"""Numbers in their order, each with its entry."""


def numbered_twice(look: Look) -> Iterator[Problem]:
    """Sessions 1, 2, 2, 4; or Sprint 3 in the third session and in the fourth."""
    for field in look.contract.page.prose:
        entries = [block.text for block in look.reading.blocks(field) if _SESSION.match(block.text)]
        sessions, parts = _rows(entries)
        whole = {kind: row for kind, row in sessions.items() if row[-1][0] == row[0][0] + len(row) - 1}
        found = [(kind, _slip(row)) for kind, row in whole.items()]
        found += [(kind, _slip(row)) for kind, row in parts.items()]
        for kind, slip in found:
            if slip:
                yield look.problem(
                    "contradiction",
                    f"{field} has {kind} {slip[0]} twice: “{slip[1]}” and “{slip[2]}”.",
                    "Number them apart, or write that the second goes on with the first.",
                    "topics",
                    field,
                )


def _rows(entries: list[str]) -> tuple[dict[str, Row], dict[str, Row]]:
    """By what is counted: the sessions themselves, and the parts inside them."""
    sessions: dict[str, Row] = defaultdict(list)
    parts: dict[str, Row] = defaultdict(list)
    for entry in entries:
        session = _SESSION.match(entry)
        assert session is not None
        sessions[session["kind"].capitalize()].append((int(session["number"]), entry))
        for part in _PART.finditer(entry, session.end()):
            parts[part["kind"]].append((int(part["number"]), entry))
    return sessions, parts


def _slip(row: Row) -> tuple[int, str, str] | None:
    """The number that stands twice, with both entries, if all the others go up by one."""
    wrong = [place for place, (number, _) in enumerate(row) if number != row[0][0] + place]
    if len(row) < FEWEST or len(wrong) != 1 or row[wrong[0]][0] != row[wrong[0] - 1][0]:
        return None
    (number, first), (_, second) = row[wrong[0] - 1 : wrong[0] + 1]
    told = any(_LASTS.search(entry[_SESSION.match(entry).end() :]) for entry in (first, second))  # type: ignore[union-attr]
    return None if told or first == second else (number, first, second)
