"""Facts that are a word: level, vendor, code, title, link."""

import re

from bot.knowledge.contract import FactRule
from bot.knowledge.extract.plain import is_none, is_silent, readable
from bot.knowledge.extract.texts import read_passage
from bot.knowledge.reading import Reading
from bot.models.course import Statement


def read_word(rule: FactRule, reading: Reading) -> list[Statement]:
    """The word in a field, else the first of the known values in a sentence that states it."""
    for field in rule.fields:
        value = reading.value(field)
        if is_silent(value, rule.unknown) or isinstance(value, dict):
            continue
        if is_none(value):
            return [Statement(None, None, reading.source(field, str(value)))]
        words = [
            _spoken(rule, block.text) for block in reading.blocks(field) if not is_silent(block.text, rule.unknown)
        ]
        if words:
            word = ", ".join(dict.fromkeys(words))
            return [Statement(word, None, reading.source(field, word))]
    if rule.spec.values:
        return _known_value(rule, reading)
    passage = read_passage(rule, reading)
    return [passage] if passage else []


def _spoken(rule: FactRule, word: str) -> str:
    if rule.spec.values:
        return word.casefold() if word.casefold() in rule.spec.values else word
    return readable(word, rule.words) if rule.words else word


def _known_value(rule: FactRule, reading: Reading) -> list[Statement]:
    known = re.compile("|".join(rf"\b{re.escape(value)}\b" for value in rule.spec.values), re.IGNORECASE)
    for sentence in reading.prose():
        if rule.unless.search(sentence.folded):
            continue
        titled = bool(sentence.heading and rule.headings.search(sentence.heading))
        said = sentence.folded if titled else " ".join(match.group() for match in rule.says.finditer(sentence.folded))
        if match := known.search(said):
            return [Statement(match.group().casefold(), None, reading.source(sentence.field, sentence.text))]
    return []


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
