"""Every statement a page makes of a further attempt; a rule told over several sentences is put together."""

from bot.knowledge.contract import FactRule
from bot.knowledge.extract.entries import is_none_entry
from bot.knowledge.extract.exams import exam_named
from bot.knowledge.extract.patterns import pattern
from bot.knowledge.extract.retakes import (
    find_rest,
    find_retake,
    grants,
    includes_one,
    is_of_an_exam,
    may_concern,
    place_of,
    speaks_of_failure,
    states_none,
)
from bot.knowledge.extract.scope import Scope
from bot.knowledge.extract.stated import Stated
from bot.knowledge.extract.statements import sentences_for, statement_of
from bot.knowledge.reading import Reading, Sentence
from bot.models.course import Retake, Statement, Value


_POINTS_BACK = pattern(r"(?:each|it|they|both|either|one of (?:them|these)|these|those)\b")


def read_retake(rule: FactRule, reading: Reading, scope: Scope) -> list[Stated]:
    """Rules for a further attempt; a rule told over several sentences is put together."""
    found: list[Stated] = []
    single: list[Stated] = []
    sentences = sentences_for(rule, reading)
    for position, sentence in enumerate(sentences):
        concerned = may_concern(sentence.folded)
        if (concerned or " / " in sentence.heading) and is_none_entry(rule, sentence):
            found.append(Stated(statement_of(reading, sentence, None, None)))
        if not concerned or sentence.text.endswith("?"):
            continue
        denied = states_none(sentence.folded)
        failed = _failed_before(sentences, position)
        rule_here = find_retake(sentence.folded, failed)
        if includes_one(sentence.folded):
            no_more = Retake(attempts=0, cost=find_rest(sentence.folded).cost)
            single.append(Stated(statement_of(reading, sentence, no_more, None)))
        if not denied and (
            rule_here is None or (not failed and _is_of_something_else(rule, sentences, position, rule_here))
        ):
            continue
        if scope.is_foreign_exam(exam_named(sentence.text), sentence, sentence.field in rule.fields):
            continue
        of_the_course = rule.unless.search(sentence.folded) is not None
        if (of_the_course and not denied) or scope.is_foreign(sentences, position, place_of(sentence.folded)):
            continue
        if denied and (rule_here is None or rule_here.cost is None or of_the_course):
            found.append(Stated(statement_of(reading, sentence, None, None)))
        elif rule_here is not None:
            rule_here, quote = _completed(rule_here, sentence, sentences[position + 1 : position + 3])
            if rule_here != Retake() or grants(sentence.folded):
                found.append(Stated(Statement(rule_here, None, reading.source(sentence.field, quote))))
    fullest = max(found, key=lambda stated: _told(stated.statement.value), default=None)
    if fullest is None:
        return []
    fullest = next(
        (own for own in found if own.statement.source.field in rule.fields and _differs(own, fullest)), fullest
    )
    return [fullest, *(stated for stated in found if stated is not fullest), *_contrary(fullest, single)]


def _is_of_something_else(rule: FactRule, sentences: list[Sentence], position: int, found: Retake) -> bool:
    """A second attempt at a souffle: far from the text about the exam, and without a word of one."""
    sentence = sentences[position]
    told = f"{sentence.heading} {sentence.folded}"
    if _POINTS_BACK.match(sentence.folded) and position and sentences[position - 1].field == sentence.field:
        told = f"{sentences[position - 1].folded} {told}"
    if (found.window_days or found.cost) and "attempt" in told.casefold():
        return False
    if sentence.field in rule.fields and sentence.field not in rule.sparing:
        return False
    return not is_of_an_exam(told) and not speaks_of_failure(told)


def _failed_before(sentences: list[Sentence], position: int) -> bool:
    """Whether the text has just spoken of those who do not pass: `Rejected? You may ...`."""
    sentence = sentences[position]
    before = sentences[position - 1] if position else None
    if speaks_of_failure(sentence.heading):
        return True
    asked = before is not None and before.field == sentence.field and before.text.endswith("?")
    return asked and before is not None and speaks_of_failure(before.folded)


def _contrary(fullest: Stated, single: list[Stated]) -> list[Stated]:
    """`Includes one attempt` contradicts a plain `includes two attempts`; a condition may well be left out."""
    value = fullest.statement.value
    plain = isinstance(value, Retake) and value.window_days is None and value.attempts
    return single[:1] if plain and "attempts" in fullest.statement.source.quote else []


def _completed(rule: Retake, sentence: Sentence, following: list[Sentence]) -> tuple[Retake, str]:
    quote = sentence.text
    for after in following:
        if after.field != sentence.field or (find_retake(after.folded) and find_retake(after.folded) != Retake()):
            break
        if not after.folded.startswith(("It ", "This ", "That ", "They ", "These ", "The ", "You ", "Book ", "There ")):
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


def _differs(one: Stated, other: Stated) -> bool:
    """Whether both give a time and not the same one: then what stands in the text about the exam counts, however brief."""
    rules = one.statement.value, other.statement.value
    windows = {rule.window_days for rule in rules if isinstance(rule, Retake)}
    return len(windows) == 2 and None not in windows


def _told(value: Value) -> int:
    if not isinstance(value, Retake):
        return 1
    return sum(part is not None for part in (value.attempts, value.window_days, value.start, value.cost))
