"""One page as it is read for facts: its fields and its prose as clean blocks and sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.knowledge.extract.plain import is_none
from bot.knowledge.lines import line_of
from bot.knowledge.pages import Page
from bot.knowledge.paths import value_at
from bot.knowledge.sentences import sentences
from bot.knowledge.text import Block, blocks, fold
from bot.models.course import Source


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the page and where it stands."""

    text: str
    folded: str
    """For patterns; the same length."""
    field: str
    heading: str = ""
    """Of the section it stands in."""
    item: bool = False
    """It is an entry of a list."""
    lead_in: str = ""
    """The sentence that opens the list of which it is an entry."""


class Reading:
    """Reads one page; cleaning is done once for each field."""

    def __init__(self, page: Page, prose_fields: tuple[str, ...]) -> None:
        self.page = page
        self.prose_fields = prose_fields
        self._blocks: dict[str, tuple[Block, ...]] = {}
        self._sentences: dict[str, list[Sentence]] = {}

    def value(self, field: str) -> Any:
        return self.page.body if field == "body" else value_at(self.page.data, field)

    def blocks(self, field: str) -> tuple[Block, ...]:
        """The field's text; entries of a list become items."""
        if field not in self._blocks:
            self._blocks[field] = _blocks_of(self.value(field))
        return self._blocks[field]

    def sentences(self, field: str) -> list[Sentence]:
        if field not in self._sentences:
            self._sentences[field] = list(sentences_of(self.blocks(field), field))
        return self._sentences[field]

    def prose(self, first: tuple[str, ...] = ()) -> Iterator[Sentence]:
        """All sentences of the page, those of the given fields first."""
        for field in dict.fromkeys((*first, *self.prose_fields)):
            if not is_none(self.value(field)):
                yield from self.sentences(field)

    def source(self, field: str, quote: str) -> Source:
        return Source(self.page.file, field, line_of(self.page, field), quote)


def sentences_of(found: tuple[Block, ...], field: str) -> Iterator[Sentence]:
    heading, lead_in = "", ""
    for block in found:
        if block.kind == "heading":
            heading, lead_in = block.text, ""
            continue
        for text in sentences(block.text):
            item = block.kind == "item"
            yield Sentence(text, fold(text), field, heading, item, lead_in if item else "")
            if not item:
                lead_in = text if text.endswith(":") else ""


def _blocks_of(value: Any) -> tuple[Block, ...]:
    if isinstance(value, str):
        return blocks(value)
    if isinstance(value, list):
        found: list[Block] = []
        for entry in value:
            for block in _blocks_of(entry):
                found.append(block if block.kind == "heading" else Block("item", block.text, block.depth))
        return tuple(found)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (Block("text", str(value)),)
    return ()
