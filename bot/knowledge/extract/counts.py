"""A number of things that a fact counts: 14 PDUs, CPD: 6 hours."""

import re
from functools import lru_cache

from bot.knowledge.extract.numbers import NUMBER, has_number
from bot.knowledge.extract.patterns import Pattern
from bot.knowledge.phrases import phrase_pattern


@lru_cache(maxsize=64)
def _patterns(nouns: tuple[str, ...]) -> tuple[Pattern, Pattern]:
    noun = "(?:" + "|".join(phrase_pattern(word) for word in nouns) + ")"
    counted = r"(?:hours?'?|points?|credits?|units?)\s+(?:of\s+|towards\s+)?(?:\w+\s+)?"
    before = rf"(?<![\w.,%£€$-])(?P<n>{NUMBER})(?:\s*-\s*|\s+)(?:(?:free|formal|full|extra|PMI|verified|structured|(?-i:[A-Z]{{3,6}}))\s+)*(?:{counted})?{noun}"
    after = rf"{noun}(?:(?:accredited|approved|certified)\s*)?(?:credits?|points?|hours?|units?|value|awarded|earned)?\s*(?::|=|\(|is|are|of|value)\s*(?:up\s+to\s+)?(?P<n>{NUMBER})(?!\s*(?:%|days?|weeks?))"
    return Pattern(before), Pattern(after)


def locate_count(sentence: str, nouns: tuple[str, ...]) -> re.Match[str] | None:
    """The number a (folded) sentence gives of any of the nouns, with its place; the group `n` is the number."""
    if not nouns or not has_number(sentence):
        return None
    return next(filter(None, (pattern.search(sentence) for pattern in _patterns(nouns))), None)
