"""Every statement a page makes of a figure: pass mark, further attempts, length, counts."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.contract import FactRule
from bot.knowledge.extract import durations
from bot.knowledge.extract.counts import find_count
from bot.knowledge.extract.exams import exam_named, is_foreign, own_words, part_named
from bot.knowledge.extract.marks import find_mark
from bot.knowledge.extract.numbers import whole
from bot.knowledge.extract.plain import is_none, is_silent
from bot.knowledge.extract.retakes import find_rest, find_retake, is_unlimited, states_none
from bot.knowledge.reading import Reading, Sentence
from bot.knowledge.text import fold
from bot.models.course import Retake, Statement, Value


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement and the exam it is made of, where it names one."""

    statement: Statement
    subject: str | None = None


def read_percent(rule: FactRule, reading: Reading, names: tuple[str, ...]) -> list[Stated]:
    """Pass marks in reading order, those of other courses' exams left out."""
    found = [Stated(statement) for statement in _own_numbers(rule, reading)]
    own: frozenset[str] | None = None
    named_before: str | None = None
    field = ""
    for sentence in _sentences(rule, reading):
        if sentence.field != field:
            field, named_before = sentence.field, None
        mark = find_mark(sentence.folded, _own_place(rule, sentence))
        if mark is not None and rule.unless.search(sentence.folded):
            mark = None
        exam = exam_named(sentence.text, mark.at if mark else None)
        if mark is not None and own is None:
            own = own_words(names, [each.text for each in reading.prose(rule.fields)])
        if mark is not None and own is not None and not is_foreign(exam, own, sentence.folded):
            found.append(
                Stated(
                    _statement(reading, sentence, mark.value, mark.unit),
                    exam or part_named(sentence.text) or named_before,
                )
            )
        elif mark is None and rule.none.search(sentence.folded):
            found.append(Stated(_statement(reading, sentence, None, None)))
        named_before = exam or named_before
    return found


def read_retake(rule: FactRule, reading: Reading, names: tuple[str, ...]) -> list[Stated]:
    """Rules for a further attempt; a rule told over several sentences is put together."""
    found: list[Stated] = []
    sentences = list(_sentences(rule, reading))
    for position, sentence in enumerate(sentences):
        denied, rule_here = states_none(sentence.folded), find_retake(sentence.folded)
        if (not denied and rule_here is None) or rule.unless.search(sentence.folded):
            continue
        if denied:
            found.append(Stated(_statement(reading, sentence, None, None)))
        elif rule_here is not None:
            rule_here, quote = _completed(rule_here, sentence, sentences[position + 1 : position + 3])
            if rule_here != Retake() or is_unlimited(sentence.folded):
                found.append(Stated(Statement(rule_here, None, reading.source(sentence.field, quote))))
    fullest = max(found, key=lambda stated: _told(stated.statement.value), default=None)
    return [fullest, *(stated for stated in found if stated is not fullest)] if fullest else []


def _completed(rule: Retake, sentence: Sentence, following: list[Sentence]) -> tuple[Retake, str]:
    quote = sentence.text
    for after in following:
        if after.field != sentence.field or (find_retake(after.folded) and find_retake(after.folded) != Retake()):
            break
        if not after.folded.startswith(("It ", "This ", "That ", "They ", "These ", "The ", "You ", "Book ")):
            break
        rest = find_rest(after.folded)
        if (rule.window_days is None and rest.window_days) or (rule.cost is None and rest.cost):
            rule = Retake(
                rule.attempts,
                rule.window_days or rest.window_days,
                rule.start or (rest.start if rule.window_days is None else None),
                rule.cost or rest.cost,
            )
            quote = f"{quote} {after.text}"
    return rule, quote


def _told(value: Value) -> int:
    if not isinstance(value, Retake):
        return 1
    return sum(part is not None for part in (value.attempts, value.window_days, value.start, value.cost))


def read_duration(rule: FactRule, reading: Reading, names: tuple[str, ...]) -> list[Stated]:
    """Lengths: the field's own first, then those in prose, those without a figure last."""
    found = []
    for field in rule.fields:
        value, unit = reading.value(field), rule.units.get(field, rule.spec.unit)
        if is_silent(value, rule.unknown):
            continue
        if is_none(value):
            continue
        if isinstance(value, list):
            found += _summed(reading, field, value, unit)
        else:
            text = " ".join(block.text for block in reading.blocks(field))
            found += [_length(reading, field, text, one) for one in durations.in_field(fold(text), unit)]
    for sentence in _sentences(rule, reading, fields=False):
        if _own_place(rule, sentence):
            lengths = durations.in_field(sentence.folded, None, whole_text=False)
        else:
            lengths = durations.in_prose(sentence.folded)
        if not lengths or rule.unless.search(sentence.folded):
            continue
        found += [_length(reading, sentence.field, sentence.text, one) for one in lengths]
    return sorted(found, key=lambda stated: isinstance(stated.statement.value, str))


def _summed(reading: Reading, field: str, values: list[object], unit: str | None) -> list[Stated]:
    """The parts of a syllabus together; minutes become hours where that leaves a round figure."""
    parts = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    if not parts or len(parts) != len(values):
        return []
    total: float = sum(parts)
    if unit == "minutes" and total % 30 == 0:
        total, unit = total / 60, "hours"
    quote = " + ".join(str(part) for part in parts)
    return [Stated(Statement(whole(total), unit, reading.source(field, quote)))]


def _length(reading: Reading, field: str, quote: str, length: durations.Length) -> Stated:
    return Stated(Statement(length.value, length.unit, reading.source(field, quote)))


def read_number(rule: FactRule, reading: Reading, names: tuple[str, ...]) -> list[Stated]:
    """Counts of the rule's nouns."""
    found = [Stated(statement) for statement in _own_numbers(rule, reading)]
    for sentence in _sentences(rule, reading):
        number = find_count(sentence.folded, rule.nouns)
        if number is not None and rule.unless.search(sentence.folded):
            continue
        if number is not None:
            found.append(Stated(_statement(reading, sentence, number, rule.spec.unit)))
        elif rule.none.search(sentence.folded):
            found.append(Stated(_statement(reading, sentence, None, None)))
    return found


def _own_numbers(rule: FactRule, reading: Reading) -> Iterator[Statement]:
    """Bare numbers, and words for none, in fields that hold nothing but this fact."""
    for field in rule.fields:
        value = reading.value(field)
        if field not in rule.units or is_silent(value, rule.unknown):
            continue
        if is_none(value):
            yield Statement(None, None, reading.source(field, str(value)))
            continue
        try:
            number = float(str(value).strip())
        except ValueError:
            continue
        yield Statement(whole(number), rule.units[field], reading.source(field, str(value).strip()))


def _sentences(rule: FactRule, reading: Reading, fields: bool = True) -> Iterator[Sentence]:
    yield from reading.prose(rule.fields if fields else ())


def _own_place(rule: FactRule, sentence: Sentence) -> bool:
    """Whether field or heading already says what the figure is."""
    return sentence.field in rule.units or bool(sentence.heading and rule.headings.search(fold(sentence.heading)))


def _statement(reading: Reading, sentence: Sentence, value: Value, unit: str | None) -> Statement:
    return Statement(value, unit, reading.source(sentence.field, sentence.text))
