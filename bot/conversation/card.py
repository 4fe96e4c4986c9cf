"""Courses side by side on a phone: what differs fact by fact, what is the same in one line, and for whom each is."""

from collections.abc import Sequence
from textwrap import shorten

from bot.conversation.catalogue import SHORT, Comparison
from bot.conversation.render import CourseName, Renderer
from bot.knowledge.sentences import sentences
from bot.models.content import Knowledge
from bot.models.course import Fact, Retake, Statement
from bot.models.reply import Block, Items, Text

LINE = 120
"""Characters of a longer text: two lines on a phone."""


class Card:
    """Words a comparison."""

    def __init__(self, knowledge: Knowledge, renderer: Renderer) -> None:
        self._knowledge = knowledge
        self._render = renderer

    def blocks(self, comparison: Comparison) -> list[Block]:
        names = [CourseName(course) for course in comparison.courses]
        differing, same, longer = [], [], []
        for fact_name, facts in comparison.rows:
            spec = self._knowledge.facts[fact_name]
            cells = self._cells(facts)
            if spec.type not in SHORT:
                lines = (self._line(name, cell) for name, cell in zip(names, cells, strict=True))
                longer.append(Items(tuple(lines), spec.label))
            elif len(set(cells)) == 1:
                same.append(self._render.shared("compare.fact", label=spec.label, said=cells[0]))
            else:
                said = [self._line(name, cell) for name, cell in zip(names, cells, strict=True)]
                differing.append(self._render.shared("compare.row", label=spec.label, cells=said))
        blocks: list[Block] = [Text(self._render.intent("compare", "title", courses=names))]
        if differing:
            blocks.append(Items(tuple(differing)))
        if same:
            blocks.append(Text(self._render.shared("compare.same", facts=same, count=len(names))))
        return [*blocks, *longer]

    def _line(self, course: CourseName, said: str) -> str:
        return self._render.shared("compare.line", course=course, said=said)

    def _cells(self, facts: Sequence[Fact | None]) -> list[str]:
        """What each page states; the same value is said the same way, also where one page adds it in other words."""
        short = [fact for fact in facts if fact and self._knowledge.facts[fact.name].type in SHORT]
        stated = [fact for fact in short if fact.value is not None and not fact.also]
        if len(stated) == len(facts) and len({(fact.value, fact.unit) for fact in stated}) == 1:
            shortest = min(map(self._cell, stated), key=len)
            return [shortest] * len(facts)
        return [self._cell(fact) for fact in facts]

    def _cell(self, fact: Fact | None) -> str:
        if fact is None:
            return self._render.shared("compare.not_stated")
        if fact.value is None and not fact.also:
            return self._render.shared("compare.none")
        if self._knowledge.facts[fact.name].type not in SHORT:
            return brief(fact)
        return self.exactly(fact)

    def exactly(self, fact: Fact) -> str:
        """The value in few words; where the page contradicts itself, that too."""
        said = self._said(fact.statement) if isinstance(fact.value, Retake) else self._render.said(fact)
        if not fact.also:
            return said or self._render.shared("compare.none")
        others = dict.fromkeys(map(self._said, fact.also))
        also = self._render.shared("said.join").join(others)
        return self._render.shared("compare.conflict", said=said or self._render.shared("compare.none"), also=also)

    def _said(self, statement: Statement) -> str:
        match statement.value:
            case Retake(attempts, window, start, cost):
                return self._render.shared("compare.retake", attempts=attempts, window=window, start=start, cost=cost)
            case value:
                return self._render.value(value, statement.unit)


def brief(fact: Fact) -> str:
    """Whole items of a list as far as they fit, or a whole sentence; never the introduction of a list."""
    texts = fact.value if isinstance(fact.value, tuple) else (str(fact.value),)
    parts = [part for text in texts if len(part := sentences(text)) == 1 and not _introduces(text)]
    whole = [part[0] for part in parts]
    if whole and len(texts) > 1:
        return _fill([item.rstrip(".;, ") for item in whole])
    spoken = [one for text in texts for one in sentences(text) if not _introduces(one)]
    short = next((one for one in spoken if len(one) <= LINE), None)
    return short or shorten(min(spoken or texts, key=len), LINE, placeholder=" …")


def _fill(items: list[str]) -> str:
    """The items that fit, in their order; at least the beginning of the shortest."""
    chosen: list[str] = []
    for item in items:
        if len(", ".join((*chosen, item))) <= LINE:
            chosen.append(item)
    if not chosen:
        return shorten(min(items, key=len), LINE, placeholder=" …")
    return ", ".join(chosen) + (", …" if len(chosen) < len(items) else "")


def _introduces(text: str) -> bool:
    return text.rstrip().rstrip(".").endswith(":")
