"""Markup that can act: scripts and event handlers in a page. It never reaches a person, but its editor should know."""

import re
from collections.abc import Iterator

from bot.knowledge.pages import Page
from bot.models.content import Problem

_SCRIPT = re.compile(rb"<\s*script\b|javascript\s*:")
_HANDLER = re.compile(rb"on[a-z]{3,}\s*=")
_TAG_BEFORE = re.compile(rb"<[a-z][^<>]*\s$")
_LONGEST_TAG = 2000


def leftovers(page: Page, course: str) -> Iterator[Problem]:
    """One problem for the first active markup of a page."""
    for text, first_line in ((page.head, page.head_line), (page.body.encode(), page.body_line)):
        position = _active(text.lower())
        if position is None:
            continue
        yield Problem(
            page.file,
            first_line + text.count(b"\n", 0, position),
            course,
            None,
            "leftover",
            "the text holds a script or an event handler, which is left out of every reply.",
            "Remove it from the page.",
        )
        return


def _active(text: bytes) -> int | None:
    if (b"script" in text) and (match := _SCRIPT.search(text)):
        return match.start()
    for match in _HANDLER.finditer(text):
        if _TAG_BEFORE.search(text, max(0, match.start() - _LONGEST_TAG), match.start()):
            return match.start()
    return None
