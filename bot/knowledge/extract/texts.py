"""A fact that is a text or a list: what its field says of it, else the section or the sentences that do."""

from collections.abc import Callable, Iterator

from bot.knowledge.contract import BODY, HEADINGS, PROSE, FactRule
from bot.knowledge.extract.patterns import exact
from bot.knowledge.extract.plain import is_none, is_silent, opens_with_none, readable_path
from bot.knowledge.extract.stated import Stated
from bot.knowledge.reading import Reading, Sentence, sentences_of
from bot.knowledge.sections import Section
from bot.knowledge.text import Block, fold
from bot.models.course import Statement

MAX_OPENING = 24
"""Words of a sentence that only opens a list; a longer one says something of its own."""
_NUMBER = exact(r"\d{1,2}[.)]\s+")


def read_text(rule: FactRule, rules: tuple[FactRule, ...], reading: Reading) -> list[Stated]:
    """The statement that counts, then what adds to it or contradicts it."""
    for step in rule.order:
        if step in (HEADINGS, PROSE, BODY):
            if passage := _PASSAGES[step](rule, reading) or (step == PROSE and _from_elsewhere(rule, rules, reading)):
                return [Stated(passage)]
        elif found := _from_field(rule, rules, reading, step):
            against = _against(rule, reading, found)
            return [Stated(found), *against, *([] if against else _added(rule, reading, found))]
    return []


def read_passage(rule: FactRule, reading: Reading) -> Statement | None:
    """The section under the fact's heading, else the sentences of the prose that state it."""
    return _from_section(rule, reading) or _from_prose(rule, reading)


def _opening(rule: FactRule, reading: Reading) -> Statement | None:
    """What the page begins with."""
    said: list[str] = []
    for block in reading.blocks("body"):
        if said and block.kind != "text":
            break
        if block.kind == "text" and not block.text.endswith(":"):
            said += [sentence.text for sentence in sentences_of((block,), "body")]
    return Statement(" ".join(said[: rule.limit]), None, reading.source("body", said[0])) if said else None


def _from_field(rule: FactRule, rules: tuple[FactRule, ...], reading: Reading, field: str) -> Statement | None:
    value = reading.value(field)
    if is_silent(value, rule.unknown) or isinstance(value, dict):
        return None
    if is_none(value):
        return Statement(None, None, reading.source(field, str(value) if isinstance(value, str) else "no"))
    found = _own_blocks(rule, rules, reading.blocks(field))
    if not found:
        return None
    sentences = list(sentences_of(found, field))
    if _misplaced(rule, rules, sentences):
        return None
    if denial := _denial(rule, sentences):
        return Statement(None, None, reading.source(field, denial))
    return _statement(found, field, reading)


def _own_blocks(rule: FactRule, rules: tuple[FactRule, ...], found: tuple[Block, ...]) -> tuple[Block, ...]:
    """Without sections whose heading is another fact's, and without sentences that speak of something else."""
    if found and all(block.kind == "heading" for block in found):
        return tuple(Block("item", block.text) for block in found)
    kept: list[Block] = []
    skip = False
    for block in found:
        if block.kind == "heading":
            folded = fold(block.text)
            skip = not rule.headings.search(folded) and any(
                other.headings.search(folded) for other in rules if other.spec.name != rule.spec.name
            )
            continue
        if skip:
            continue
        if rule.without.search(fold(block.text)):
            rest = [part.text for part in sentences_of((block,), "") if not _is_of_something_else(rule, part)]
            if not rest:
                continue
            block = Block(block.kind, " ".join(rest), block.depth)
        kept.append(block)
    return tuple(kept)


def _is_of_something_else(rule: FactRule, sentence: Sentence) -> bool:
    return bool(rule.without.search(sentence.folded)) and not rule.yet.search(sentence.folded)


def _misplaced(rule: FactRule, rules: tuple[FactRule, ...], sentences: list[Sentence]) -> bool:
    """A text that mentions nothing of this fact and reads, or begins, like another one."""
    others = [other for other in rules if other.spec.name != rule.spec.name]
    if rule.needs is None:
        told = any(rule.says.search(part.folded) for part in sentences)
        return not told and any(other.firm.search(sentences[0].folded) for other in others)
    if any(rule.needs.search(part.folded) for part in sentences):
        return False
    return any(other.says.search(part.folded) for part in sentences for other in others)


def _denial(rule: FactRule, sentences: list[Sentence], within: int = 1) -> str | None:
    """The text, where its first sentences say that there is none and no other takes that back."""
    said = [part.folded.partition(";")[0] for part in sentences[:within]]
    if not any(rule.none.search(text) or opens_with_none(text) for text in said):
        return None
    if any(rule.yet.search(part.folded) for part in sentences):
        return None
    return " ".join(part.text for part in sentences[:3])


def _statement(found: tuple[Block, ...], field: str, reading: Reading) -> Statement:
    titles = [block.text for block in found if block.strong]
    if len(titles) > 1:
        named = tuple(_NUMBER.sub("", title, count=1) for title in titles)
        return Statement(named, None, reading.source(field, titles[0]))
    items = [block for block in found if block.kind == "item"]
    found = tuple(Block(block.kind, readable_path(block.text), block.depth) for block in found)
    texts = [block.text for block in found]
    if len(items) < 2:
        whole = " ".join(texts)
        parts = list(sentences_of((Block("text", whole),), field))
        return Statement(whole, None, reading.source(field, parts[0].text if parts else whole))
    quote = next((block.text for block in found if block.kind == "text"), texts[0])
    return Statement(_entries(found), None, reading.source(field, quote))


def _entries(found: tuple[Block, ...]) -> tuple[str, ...]:
    """List items and what stands beside them; a sentence that only opens the list is not an entry, inner items follow their own."""
    entries: list[str] = []
    for position, block in enumerate(found):
        following = found[position + 1] if position + 1 < len(found) else None
        opens = block.kind == "text" and block.text.endswith(":") and following is not None and following.kind == "item"
        if opens and len(block.text.split()) <= MAX_OPENING and len(list(sentences_of((block,), ""))) == 1:
            continue
        if block.depth and entries:
            joint = "; " if entries[-1].find(": ") > 0 and found[position - 1].depth else ": "
            entries[-1] = f"{entries[-1].rstrip(':')}{joint}{block.text}"
        else:
            entries.append(block.text)
    return tuple(entries)


def _from_section(rule: FactRule, reading: Reading) -> Statement | None:
    for field in reading.prose_fields:
        for section in reading.sections(field) if field not in rule.not_in else ():
            found = section.content
            if not found or not _is_titled(rule, section):
                continue
            sentences = list(sentences_of(found, field))
            if rule.unless.search(sentences[0].folded):
                continue
            if denial := _denial(rule, sentences, 2 if section.asked else 1):
                return Statement(None, None, reading.source(field, denial))
            return _statement(found, field, reading)
    return None


def _is_titled(rule: FactRule, section: Section) -> bool:
    title = fold(section.title)
    return bool(rule.headings.fullmatch(title) if section.label else rule.headings.search(title))


def _from_prose(rule: FactRule, reading: Reading) -> Statement | None:
    """The sentences of one field: of the one that answers best, else of the first that says anything."""
    said: list[Sentence] = []
    for field in reading.prose_fields:
        for sentence in _sayings(rule, reading, field):
            if rule.none.search(sentence.folded) and not said:
                if not rule.yet.search(sentence.folded):
                    return Statement(None, None, reading.source(field, sentence.text))
            elif rule.says.search(sentence.folded):
                said.append(sentence)
    if not said:
        return None
    best = next((sentence for sentence in said if rule.best.search(sentence.folded)), said[0])
    return _told([sentence for sentence in said if sentence.field == best.field][: rule.limit], best.field, reading)


def _from_elsewhere(rule: FactRule, rules: tuple[FactRule, ...], reading: Reading) -> Statement | None:
    """The text of a field where this fact is not looked for, where it is plainly not what the field is meant for."""
    homes = [(other, field) for other in rules if other is not rule for field in other.fields]
    for owner, field in homes:
        if field in rule.not_in and field in reading.prose_fields:
            said = reading.spoken(field)
            if said and rule.firm.search(said[0].folded) and _misplaced(owner, rules, said):
                return _told(said[: rule.limit], field, reading)
    return None


def _sayings(rule: FactRule, reading: Reading, field: str) -> Iterator[Sentence]:
    """Sentences that state the fact or deny it."""
    for sentence in reading.spoken(field) if field not in rule.not_in else ():
        about = rule.says.search(sentence.folded) or rule.none.search(sentence.folded)
        if about and not rule.unless.search(sentence.folded):
            yield sentence


def _told(said: list[Sentence], field: str, reading: Reading) -> Statement:
    """The sentences, with the list that the last of them opens."""
    text = " ".join(dict.fromkeys(sentence.text for sentence in said))
    last = said[-1]
    items = [part for part in reading.sentences(field) if part.lead_in == last.text] if last.text.endswith(":") else []
    if len(items) < 2:
        return Statement(text, None, reading.source(field, said[0].text))
    found = (Block("text", text), *(Block("item", part.text) for part in items))
    return Statement(_entries(found), None, reading.source(field, said[0].text))


def _against(rule: FactRule, reading: Reading, found: Statement) -> list[Stated]:
    """What another place firmly demands, where the field says that there is none, or not of that kind."""
    field = found.source.field
    if found.value is not None and not any(rule.none.search(part.folded) for part in reading.sentences(field)):
        return []
    for sentence in reading.prose((), rule.not_in):
        if sentence.field == field or not rule.firm.search(sentence.folded):
            continue
        if not rule.unless.search(sentence.folded) and not rule.none.search(sentence.folded):
            return [Stated(Statement(sentence.text, None, reading.source(sentence.field, sentence.text)), against=True)]
    return []


def _added(rule: FactRule, reading: Reading, found: Statement) -> list[Stated]:
    """What other places say where the field says there is none, or is known to be brief."""
    if found.value is not None and not rule.more:
        return []
    added: list[Stated] = []
    for sentence in reading.prose((), rule.not_in):
        if sentence.field == found.source.field or rule.unless.search(sentence.folded):
            continue
        if rule.says.search(sentence.folded) and len(added) < rule.limit:
            added.append(Stated(Statement(sentence.text, None, reading.source(sentence.field, sentence.text))))
    return added


_PASSAGES: dict[str, Callable[[FactRule, Reading], Statement | None]] = {
    HEADINGS: _from_section,
    PROSE: _from_prose,
    BODY: _opening,
}
