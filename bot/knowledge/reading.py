"""One page as it is read for facts: its fields and its prose as clean blocks and sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.knowledge.extract.plain import is_none
from bot.knowledge.lines import line_of
from bot.knowledge.pages import Page
from bot.knowledge.paths import value_at
from bot.knowledge.sections import Section, is_title, label_of, question_of, sections, with_next
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
    """Of the section it stands in; the question it answers."""
    label: str = ""
    """The word before a colon with which its paragraph begins."""
    lead_in: str = ""
    """The sentence that opens the list of which it is an entry."""
    opens: bool = False
    """Whether its paragraph begins with it."""


class Reading:
    """Reads one page; cleaning is done once for each field."""

    def __init__(self, page: Page, prose_fields: tuple[str, ...]) -> None:
        self.page = page
        self.prose_fields = prose_fields
        self._blocks: dict[str, tuple[Block, ...]] = {}
        self._sentences: dict[str, list[Sentence]] = {}
        self._spoken: dict[str, list[Sentence]] = {}
        self._sections: dict[str, list[Section]] = {}

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

    def spoken(self, field: str) -> list[Sentence]:
        """The field's sentences, those that are no more than a word for none left out."""
        if field not in self._spoken:
            self._spoken[field] = [] if is_none(self.value(field)) else self.sentences(field)
        return self._spoken[field]

    def sections(self, field: str) -> list[Section]:
        """The parts of the field's text that have a title."""
        if field not in self._sections:
            self._sections[field] = list(sections(self.blocks(field)))
        return self._sections[field]

    def prose(self, first: tuple[str, ...] = (), without: frozenset[str] = frozenset()) -> Iterator[Sentence]:
        """All sentences of the page, those of the given fields first; some fields may be left out."""
        for field in dict.fromkeys((*first, *self.prose_fields)):
            if field not in without:
                yield from self.spoken(field)

    def source(self, field: str, quote: str) -> Source:
        return Source(self.page.file, field, line_of(self.page, field), quote)


def sentences_of(found: tuple[Block, ...], field: str) -> Iterator[Sentence]:
    heading, lead_in = "", ""
    for block, following in with_next(found):
        if block.kind == "heading":
            heading, lead_in = block.text, ""
            continue
        item = block.kind == "item"
        question, label = question_of(block.text), label_of(block.text)
        title = f"{heading} / {question}" if question else heading
        for number, text in enumerate(sentences(block.text)):
            yield Sentence(text, fold(text), field, title, label, lead_in if item else "", number == 0)
            if not item:
                lead_in = text if text.endswith(":") else ""
        if block.strong and is_title(block, following):
            heading = block.text


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
