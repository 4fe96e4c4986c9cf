"""Facts that are a word: level, vendor, code, title, link."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from bot.knowledge.contract import FactRule
from bot.knowledge.extract.patterns import Pattern, exact, pattern
from bot.knowledge.extract.plain import is_none, is_silent, readable
from bot.knowledge.extract.stated import Stated
from bot.knowledge.extract.texts import read_passage
from bot.knowledge.reading import Reading
from bot.knowledge.text import fold
from bot.models.course import Statement


_NAME = exact(r"\s*(?:the\s+)?(?P<name>[A-Z][\w&'’.+-]*(?:\s+(?:(?:of|for|and|the|in|&)\s+){0,2}[A-Z][\w&'’.+-]*)*)")


def read_word(rule: FactRule, reading: Reading) -> list[Stated]:
    """The word in a field, else the first of the known values in a sentence that states it."""
    for field in rule.fields:
        value = reading.value(field)
        if is_silent(value, rule.unknown) or isinstance(value, dict):
            continue
        if is_none(value):
            return [Stated(Statement(None, None, reading.source(field, str(value))))]
        words = [
            _spoken(rule, block.text) for block in reading.blocks(field) if not is_silent(block.text, rule.unknown)
        ]
        if words:
            word = ", ".join(dict.fromkeys(words))
            return [Stated(Statement(word, None, reading.source(field, word))), *_opposed(rule, reading, words)]
    if rule.spec.values:
        return [Stated(statement) for statement in _known_values(rule, reading)][:1]
    passage = read_passage(rule, reading)
    return [Stated(_name_in(rule, passage))] if passage else []


def _name_in(rule: FactRule, passage: Statement) -> Statement:
    """`Awarded by the Guild of Bakers` names the guild; what names nobody stands as it is."""
    said = rule.says.search(fold(passage.source.quote))
    name = _NAME.match(passage.source.quote, said.end()) if said else None
    return replace(passage, value=name["name"].rstrip(".")) if name else passage


def _opposed(rule: FactRule, reading: Reading, words: list[str]) -> list[Stated]:
    """A sentence that names a value which does not go with that of the field."""
    own = {word.casefold() for word in words}
    strange = {
        value for group in rule.opposed if not group & own for value in group if any(own & g for g in rule.opposed)
    }
    return [Stated(found, against=True) for found in _known_values(rule, reading) if found.value in strange][:1]


def _spoken(rule: FactRule, word: str) -> str:
    if rule.spec.values:
        return word.casefold() if word.casefold() in rule.spec.values else word
    return readable(word, rule.words) if rule.words else word


@cache
def _any_value(values: tuple[str, ...]) -> Pattern:
    return pattern("|".join(rf"\b{re.escape(value)}\b" for value in values))


def _known_values(rule: FactRule, reading: Reading) -> Iterator[Statement]:
    """The values that sentences of the prose state."""
    if not rule.spec.values:
        return
    known = _any_value(rule.spec.values)
    for sentence in reading.prose((), rule.not_in):
        if not known.search(sentence.folded) or rule.unless.search(sentence.folded):
            continue
        titled = bool(sentence.heading and rule.headings.search(fold(sentence.heading)))
        titled = titled or bool(sentence.label and rule.headings.fullmatch(fold(sentence.label)))
        said = sentence.folded if titled else " ".join(match.group() for match in rule.says.finditer(sentence.folded))
        if match := known.search(said):
            yield Statement(match.group().casefold(), None, reading.source(sentence.field, sentence.text))


def read_link(rule: FactRule, reading: Reading, slug: str, site: str) -> list[Statement]:
    """The address of the page: site and path, `:slug` filled in."""
    for field in rule.fields:
        value = reading.value(field)
        if not isinstance(value, str) or not value.strip():
            continue
        path = value.strip().replace(":slug", slug).replace(":title", slug)
        whole = path if re.match(r"https?://", path) else f"{site.rstrip('/')}/{path.lstrip('/')}" if site else path
        if re.match(r"[a-z]+:(?!//)", whole):
            continue
        return [Statement(whole, None, reading.source(field, whole))]
    return []
