"""A fact that is a text or a list: what its field says of it, else the section or the sentences that do."""

from bot.knowledge.contract import FactRule
from bot.knowledge.extract.plain import is_none, is_silent, opens_with_none, readable_path
from bot.knowledge.reading import Reading, Sentence, sentences_of
from bot.knowledge.text import Block, fold
from bot.models.course import Statement, Value


MAX_OPENING = 24
"""Words of a sentence that only opens a list; a longer one says something of its own."""


def read_text(rule: FactRule, rules: tuple[FactRule, ...], reading: Reading) -> list[Statement]:
    """The statement that counts, then what adds to it."""
    for field in rule.fields:
        if field != "body" and (found := _from_field(rule, rules, reading, field)):
            return [found, *_added(rule, reading, found)]
    passage = read_passage(rule, reading)
    return [passage] if passage else []


def read_passage(rule: FactRule, reading: Reading) -> Statement | None:
    """The section under the fact's heading, else the sentences of the prose that state it."""
    return _from_section(rule, reading) or _from_prose(rule, reading) or _opening(rule, reading)


def _opening(rule: FactRule, reading: Reading) -> Statement | None:
    """For a fact that names `body` among its fields: what the page begins with."""
    if "body" not in rule.fields:
        return None
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
            rest = [part.text for part in sentences_of((block,), "") if not rule.without.search(part.folded)]
            if not rest:
                continue
            block = Block(block.kind, " ".join(rest), block.depth)
        kept.append(block)
    return tuple(kept)


def _misplaced(rule: FactRule, rules: tuple[FactRule, ...], sentences: list[Sentence]) -> bool:
    """A text that mentions nothing of this fact and reads like another one."""
    if rule.needs is None or any(rule.needs.search(part.folded) for part in sentences):
        return False
    others = [other for other in rules if other.spec.name != rule.spec.name]
    return any(other.says.search(part.folded) for part in sentences for other in others)


def _denial(rule: FactRule, sentences: list[Sentence]) -> str | None:
    """The text, where its first sentence says that there is none and no other takes that back."""
    first = sentences[0].folded if sentences else ""
    if not rule.none.search(first) and not opens_with_none(first):
        return None
    if any(rule.yet.search(part.folded) for part in sentences):
        return None
    return " ".join(part.text for part in sentences[:3])


def _statement(found: tuple[Block, ...], field: str, reading: Reading) -> Statement:
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
        inside: list[Block] = []
        open_section = False
        for block in reading.blocks(field):
            if block.kind == "heading" or _opens(block):
                if inside:
                    break
                open_section = bool(rule.headings.search(fold(block.text)))
            elif open_section:
                inside.append(block)
        if inside:
            denial = _denial(rule, list(sentences_of(tuple(inside), field)))
            if denial:
                return Statement(None, None, reading.source(field, denial))
            return _statement(tuple(inside), field, reading)
    return None


def _opens(block: Block) -> bool:
    """`Course Features:` on a line of its own is a heading too."""
    return block.kind == "text" and block.text.endswith(":") and len(block.text.split()) <= 5


def _from_prose(rule: FactRule, reading: Reading) -> Statement | None:
    said: list[Sentence] = []
    for sentence in reading.prose():
        if rule.unless.search(sentence.folded):
            continue
        if not said and rule.none.search(sentence.folded) and not rule.yet.search(sentence.folded):
            return Statement(None, None, reading.source(sentence.field, sentence.text))
        if rule.says.search(sentence.folded) and (not said or said[0].field == sentence.field):
            said.append(sentence)
            if len(said) >= rule.limit:
                break
    if not said:
        return None
    value: Value = " ".join(dict.fromkeys(sentence.text for sentence in said))
    return Statement(value, None, reading.source(said[0].field, said[0].text))


def _added(rule: FactRule, reading: Reading, found: Statement) -> list[Statement]:
    """What other places say where the field says there is none, or is known to be brief."""
    if found.value is not None and not rule.more:
        return []
    added: list[Statement] = []
    for sentence in reading.prose():
        if sentence.field == found.source.field or rule.unless.search(sentence.folded):
            continue
        if rule.says.search(sentence.folded) and len(added) < rule.limit:
            added.append(Statement(sentence.text, None, reading.source(sentence.field, sentence.text)))
    return added
