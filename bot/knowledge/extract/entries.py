"""Entries that hold a fact's name and its value, and nothing else: `CPD points: none`, `How many sessions? Eight.`"""

from bot.knowledge.contract import FactRule
from bot.knowledge.extract.numbers import as_number
from bot.knowledge.extract.patterns import pattern
from bot.knowledge.extract.plain import is_none
from bot.knowledge.reading import Sentence
from bot.knowledge.text import fold

SHORT = 30
"""Letters of a value that is no more than a number or a word for none."""
LONG = 80
"""Letters of such an entry with its label."""
_HOW_MANY = pattern(r"how many\b")
_SORRY = pattern(r"^(?:sorry|sadly|unfortunately|alas)\b\W*")


def entry(sentence: Sentence) -> tuple[str, str]:
    """The label and what follows it, or the question and its answer; no title where the sentence is neither."""
    if question := sentence.heading.partition(" / ")[2]:
        return fold(question), sentence.folded.rpartition("? ")[2]
    label, _, rest = sentence.folded.rpartition(": ")
    return label, rest


def answered(rule: FactRule, sentence: Sentence) -> float | None:
    """The number that answers a question after how many."""
    title, rest = entry(sentence)
    if len(rest) > SHORT or not _HOW_MANY.match(title) or not rule.headings.search(title):
        return None
    return as_number(rest.rstrip("."))


def is_none_entry(rule: FactRule, sentence: Sentence) -> bool:
    """Whether it says of the fact, in a word, that there is none."""
    if len(sentence.folded) > LONG:
        return False
    title, rest = entry(sentence)
    if not title or len(rest) > SHORT or not is_none(_SORRY.sub("", rest)):
        return False
    return rule.headings.search(title) is not None
