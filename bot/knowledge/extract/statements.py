"""Where a fact is looked for on its page, and what a sentence there becomes."""

from collections.abc import Iterator

from bot.knowledge.contract import FactRule
from bot.knowledge.extract.marks import is_share
from bot.knowledge.extract.numbers import as_number, whole
from bot.knowledge.extract.plain import is_none, is_silent
from bot.knowledge.extract.scope import Scope
from bot.knowledge.reading import Reading, Sentence
from bot.knowledge.text import fold
from bot.models.course import Statement, Value


def denies(rule: FactRule, scope: Scope, sentences: list[Sentence], position: int) -> bool:
    said = sentences[position].folded
    if not rule.none.search(said) or rule.unless.search(said):
        return False
    return not scope.is_foreign(sentences, position)


def own_numbers(rule: FactRule, reading: Reading) -> Iterator[Statement]:
    """Bare numbers, and words for none, in fields that hold nothing but this fact."""
    for field in rule.fields:
        value = reading.value(field)
        if field not in rule.units or is_silent(value, rule.unknown):
            continue
        if is_none(value):
            yield Statement(None, None, reading.source(field, str(value)))
            continue
        number, unit = as_number(str(value)), rule.units[field]
        if number is None or (unit == "percent" and not is_share(number)):
            continue
        yield Statement(whole(number), unit, reading.source(field, str(value).strip()))


def sentences_for(rule: FactRule, reading: Reading, fields: bool = True) -> list[Sentence]:
    return list(reading.prose(rule.fields if fields else (), rule.not_in))


def own_place(rule: FactRule, sentence: Sentence) -> bool:
    """Whether field or heading already says what the figure is."""
    if sentence.field in rule.units or (sentence.label and rule.headings.fullmatch(fold(sentence.label))):
        return True
    return bool(sentence.heading and rule.headings.search(fold(sentence.heading)))


def statement_of(reading: Reading, sentence: Sentence, value: Value, unit: str | None) -> Statement:
    return Statement(value, unit, reading.source(sentence.field, sentence.text))
