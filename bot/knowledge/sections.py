"""Parts of a text under a title: a heading, a line that opens a list, a question that is answered, a label before a colon."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from bot.knowledge.text import Block

MAX_TITLE = 12
"""Words of a line that is a title, not a sentence."""
MAX_LABEL = 4

_QUESTION = re.compile(r"[^.!?:]{2,70}(?=\?\s+\S)")
_LABEL = re.compile(r"([^\W\d_][^:.!?;,()]{1,38}):\s+(?=\S)")
_ENDED = re.compile(r"[.!;,…]['\"”’)]*$")
_LINE, _RUN_IN = 7, 8
"""Levels of titles that are no headings: below every heading."""


@dataclass(slots=True)
class Section:
    """A title and what stands under it, sections below included."""

    title: str
    level: int
    label: bool = False
    """The title is a word before a colon: it must be meant as one, whatever words it holds."""
    asked: bool = False
    """The title is a question, and the rest of its paragraph the answer."""
    blocks: list[Block] = field(default_factory=list)

    opener: Block | None = None
    """The paragraph that opens it, where it says something of its own."""

    @property
    def content(self) -> tuple[Block, ...]:
        """All that it says; nothing where nothing follows the title."""
        return (self.opener, *self.blocks) if self.opener and self.blocks else tuple(self.blocks)

    def is_over(self, block: Block) -> bool:
        """Whether the block stands outside: a line opens the list that follows it, else one paragraph."""
        if self.level < _LINE or not self.blocks:
            return False
        return not (self.blocks[-1].kind == "item" and block.kind == "item")


def question_of(text: str) -> str:
    """`Who comes?`, where an answer follows in the same paragraph."""
    match = _QUESTION.match(text) if "? " in text[:74] else None
    return match.group() if match and len(match.group().split()) <= MAX_TITLE else ""


def label_of(text: str) -> str:
    """`Duration`, before its colon."""
    match = _LABEL.match(text) if ": " in text[:42] else None
    return match.group(1) if match and len(match.group(1).split()) <= MAX_LABEL else ""


def is_title(block: Block, following: Block | None) -> bool:
    """A paragraph that only opens what follows it."""
    if block.kind != "text" or following is None or following.kind == "heading":
        return False
    if len(block.text.split()) > MAX_TITLE:
        return block.text.endswith(":") and following.kind == "item"
    if block.strong or block.text.endswith((":", "?")):
        return True
    return following.kind == "item" and not _ENDED.search(block.text)


def with_next(found: tuple[Block, ...]) -> Iterator[tuple[Block, Block | None]]:
    """Each block and the one that follows it."""
    return zip_longest(found, found[1:])


def sections(found: tuple[Block, ...]) -> Iterator[Section]:
    """Every section of the text in order, those inside another one as well."""
    every: list[Section] = []
    inside: list[Section] = []
    for block, following in with_next(found):
        inside = [section for section in inside if not section.is_over(block)]
        if block.kind == "heading":
            inside = [section for section in inside if section.level < block.depth]
            inside.append(Section(block.text, block.depth))
            every.append(inside[-1])
            continue
        for section in inside:
            section.blocks.append(block)
        if is_title(block, following):
            inside = [section for section in inside if section.level < _LINE]
            long = len(block.text.split()) > MAX_TITLE
            inside.append(Section(block.text.rstrip(":? "), _LINE, opener=block if long else None))
            every.append(inside[-1])
        elif run_in := _run_in(block):
            every.append(run_in)
    yield from every


def _run_in(block: Block) -> Section | None:
    """The rest of a paragraph that begins with its own title."""
    question = question_of(block.text)
    title = question or label_of(block.text)
    if not title:
        return None
    rest = block.text[len(title) + 1 :].strip()
    return Section(title, _RUN_IN, not question, bool(question), [Block(block.kind, rest, block.depth)])
