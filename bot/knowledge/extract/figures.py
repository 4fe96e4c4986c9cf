"""Every statement a page makes of a figure: pass mark, length, counts."""

from bot.knowledge.contract import FactRule
from bot.knowledge.extract import durations
from bot.knowledge.extract.counts import locate_count
from bot.knowledge.extract.entries import answered, entry, is_none_entry
from bot.knowledge.extract.exams import exam_named, part_named
from bot.knowledge.extract.lengths import Length
from bot.knowledge.extract.marks import Mark, find_mark, find_total, is_about_exam
from bot.knowledge.extract.numbers import as_number, has_number, to_number, whole
from bot.knowledge.extract.patterns import pattern
from bot.knowledge.extract.plain import is_none, is_silent
from bot.knowledge.extract.scope import Scope, without_brackets
from bot.knowledge.extract.stated import Stated
from bot.knowledge.extract.statements import denies, own_numbers, own_place, sentences_for, statement_of
from bot.knowledge.phrases import compile_phrases
from bot.knowledge.reading import Reading, Sentence
from bot.knowledge.text import fold
from bot.models.course import Statement

_NEW_CLAUSE = pattern(r";|,\s+(?:which|who|while|whereas|but)\b")
_HOURS = pattern(r"\bhours$")
FEW = 4
"""Words of a statement that stands alone: 14 CPD points."""
NEAR = 2
"""Sentences back in which the points of an exam are looked for."""


def read_percent(rule: FactRule, reading: Reading, scope: Scope) -> list[Stated]:
    """Pass marks in reading order, those of other courses' exams left out."""
    found = [Stated(statement) for statement in own_numbers(rule, reading)]
    sentences = sentences_for(rule, reading)
    named_before: str | None = None
    for position, sentence in enumerate(sentences):
        if position and sentences[position - 1].field != sentence.field:
            named_before = None
        mark = _mark(rule, sentences, position)
        if mark is not None and _is_of_another_test(rule, scope, sentences, position, mark, bool(found)):
            mark = None
        exam = exam_named(sentence.text, mark.at if mark else None)
        if mark is not None and not scope.is_foreign_exam(exam, sentence, sentence.field in rule.fields):
            subject = exam or part_named(sentence.text, mark.at) or named_before
            found.append(Stated(statement_of(reading, sentence, mark.value, mark.unit), subject))
        named_before = exam or named_before
    return found or _denied(rule, reading, scope, sentences)


def _is_of_another_test(
    rule: FactRule, scope: Scope, sentences: list[Sentence], position: int, mark: Mark, known: bool
) -> bool:
    """Whether the mark is that of another test; outside the text about the exam, or beside a mark already found, its name tells."""
    sentence = sentences[position]
    if sentence.field in rule.sparing and not mark.labelled:
        return True
    if rule.unless.search(sentence.folded) or scope.is_foreign(sentences, position, mark.at):
        return True
    return (known or sentence.field not in rule.fields) and scope.names_another_test(sentence)


def _denied(rule: FactRule, reading: Reading, scope: Scope, sentences: list[Sentence]) -> list[Stated]:
    """The first sentence that says that there is none."""
    for position, sentence in enumerate(sentences):
        if denies(rule, scope, sentences, position):
            return [Stated(statement_of(reading, sentence, None, None))]
    return []


def _mark(rule: FactRule, sentences: list[Sentence], position: int) -> Mark | None:
    sentence = sentences[position]
    if not has_number(sentence.folded):
        return None
    total = _total_before(sentences, position)
    of_exam = sentence.field in rule.fields or is_about_exam(fold(sentence.heading))
    return find_mark(sentence.folded, own_place(rule, sentence), total, of_exam)


def _total_before(sentences: list[Sentence], position: int) -> int | float | None:
    """The points of the exam, where one of the sentences before tells them."""
    field = sentences[position].field
    for before in sentences[max(0, position - NEAR) : position][::-1]:
        if before.field == field and (total := find_total(before.folded)):
            return total
    return None


def read_duration(rule: FactRule, reading: Reading, scope: Scope) -> list[Stated]:
    """Lengths: the field's own first, then those in prose, those without a figure last."""
    found: list[Stated] = []
    summed: list[Stated] = []
    for field in rule.fields:
        value, unit = reading.value(field), rule.units.get(field, rule.spec.unit)
        if is_silent(value, rule.unknown) or is_none(value):
            continue
        if isinstance(value, list):
            summed += _summed(reading, field, value, unit)
        else:
            text = " ".join(block.text for block in reading.blocks(field))
            found += [_length(reading, field, text, one) for one in durations.in_field(fold(text), unit)]
    sentences = sentences_for(rule, reading, fields=False)
    for position, sentence in enumerate(sentences):
        lengths = _lengths(rule, sentence, position == 0 or sentences[position - 1].field != sentence.field)
        if not lengths or rule.unless.search(sentence.folded) or rule.unless.search(fold(sentence.heading)):
            continue
        if any(_same_length(stated, durations.part_of_which(sentence.folded)) for stated in found):
            continue
        if not scope.is_foreign(sentences, position, lengths[0].at):
            found += [_length(reading, sentence.field, sentence.text, one) for one in lengths]
    return sorted(found, key=lambda stated: _is_vague(rule, stated.statement)) or summed


def _same_length(stated: Stated, part: Length | None) -> bool:
    """84 hours, of which 30 are taught: where the course takes 30, the 84 hours are no other length of it."""
    return part is not None and (stated.statement.value, stated.statement.unit) == (part.value, part.unit)


def _is_vague(rule: FactRule, statement: Statement) -> bool:
    """Words instead of a figure; a range or a choice in the fact's own field is as good as one."""
    value = statement.value
    return isinstance(value, str) and not (statement.source.field in rule.fields and has_number(value))


def _lengths(rule: FactRule, sentence: Sentence, opening: bool) -> list[Length]:
    title, rest = entry(sentence)
    if _HOURS.search(title) and rule.headings.fullmatch(title) and (number := as_number(rest)):
        return [Length(whole(number), "hours", len(title) + 2)]
    if own_place(rule, sentence):
        return durations.in_prose(sentence.folded) or durations.in_field(sentence.folded, None, whole_text=False)
    return durations.in_prose(sentence.folded, sentence.field in rule.sparing, opening)


def _summed(reading: Reading, field: str, values: list[object], unit: str | None) -> list[Stated]:
    """The parts of a syllabus together, where nobody says the whole; minutes become hours where that leaves a round figure."""
    parts = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    if not parts or len(parts) != len(values):
        return []
    total: float = sum(parts)
    if unit == "minutes" and total % 30 == 0:
        total, unit = total / 60, "hours"
    quote = " + ".join(str(part) for part in parts)
    return [Stated(Statement(whole(total), unit, reading.source(field, quote)))]


def _length(reading: Reading, field: str, quote: str, length: Length) -> Stated:
    return Stated(Statement(length.value, length.unit, reading.source(field, quote)))


def read_number(rule: FactRule, reading: Reading, scope: Scope) -> list[Stated]:
    """Counts of the rule's nouns."""
    found = [Stated(statement) for statement in own_numbers(rule, reading)]
    sentences = sentences_for(rule, reading)
    for position, sentence in enumerate(sentences):
        counted = locate_count(sentence.folded, rule.nouns)
        if counted and rule.unless.search(_clause(*without_brackets(sentence.folded, counted.start("n")))):
            continue
        if counted and scope.is_foreign(sentences, position, counted.start("n")):
            continue
        if counted and not _is_told_of_the_course(rule, sentence):
            continue
        if counted and not _counts_itself(rule, sentence.folded) and denies(rule, scope, sentences, position):
            counted = None
        if counted:
            found.append(Stated(statement_of(reading, sentence, to_number(counted["n"]), rule.spec.unit)))
        elif number := answered(rule, sentence):
            found.append(Stated(statement_of(reading, sentence, whole(number), rule.spec.unit)))
        elif denies(rule, scope, sentences, position) or is_none_entry(rule, sentence):
            found.append(Stated(statement_of(reading, sentence, None, None)))
    return _without_substitutes(rule, found)


def _counts_itself(rule: FactRule, sentence: str) -> bool:
    """Whether it is the first of the nouns that is counted; the others stand for it."""
    return locate_count(sentence, rule.nouns[:1]) is not None


def _without_substitutes(rule: FactRule, found: list[Stated]) -> list[Stated]:
    """Where a page denies the first of the nouns by its name, what it counts of the others does not stand for it."""
    kind = compile_phrases(rule.nouns[:1])
    told = [(stated, stated.statement, fold(stated.statement.source.quote)) for stated in found]
    if not any(statement.value is None and kind.search(quote) for _, statement, quote in told):
        return found
    return [
        stated
        for stated, statement, quote in told
        if statement.value is None or statement.source.field in rule.units or _counts_itself(rule, quote)
    ]


def _is_told_of_the_course(rule: FactRule, sentence: Sentence) -> bool:
    """Where the contract says how a count is spoken of, other sentences do not state it; a few words alone do."""
    few = len(sentence.folded.split()) <= FEW
    return few or not rule.says or own_place(rule, sentence) or bool(rule.says.search(sentence.folded))


def _clause(text: str, at: int) -> str:
    """The part of a sentence around a place; `which`, `but` and a semicolon begin another."""
    cuts = [match.start() for match in _NEW_CLAUSE.finditer(text)]
    return text[
        max((cut for cut in cuts if cut <= at), default=0) : min((cut for cut in cuts if cut > at), default=None)
    ]
