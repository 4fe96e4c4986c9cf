"""Within which time a further attempt must be taken, and from when that counts."""

from bot.knowledge.extract.costs import AGAIN
from bot.knowledge.extract.numbers import NUMBER, to_number
from bot.knowledge.extract.patterns import any_of, pattern, whole

_LEAST = any_of("(?:the )?(?:same|first|next|following)", "a period of", "the")
_IN = r"in(?=\s+the\s+(?:first|next|following|same)\b|\s+[\w-]+\s+(?:days?|weeks?|months?)\s+(?:of|from|after)\b)"
_WITHIN = pattern(
    rf"\b(?:within|inside|{_IN}|during|not?\s+(?:later|more)\s+than)\s+(?:{_LEAST}\s+)?(?P<n>{NUMBER}|a)\s*-?\s*"
    r"(?:(?:calendar|working|consecutive)\s+)?(?P<unit>days?|weeks?|fortnight|months?|years?)\b(?!\s+(?:ahead|before|prior|in\s+advance|notice))"
    rf"|\b(?:unlimited|as\s+often|as\s+many)\b[^.;,]{{0,40}}?\s+for\s+(?P<n5>{NUMBER})\s*(?P<unit5>days?|weeks?|months?|years?)\b"
    rf"|\bup\s+to\s+(?P<n2>{NUMBER})\s*(?P<unit2>days?|weeks?|months?|years?)\s+(?=after|from|following)"
    rf"|(?<!after\sa\s)(?<!wait\sa\s)\b(?P<n3>{NUMBER})[- ](?P<unit3>day|week|month|year)\s+(?:window|period|limit|deadline)"
    rf"|\b(?:have|has|get|gets)\s+(?P<n4>{NUMBER})\s+(?P<unit4>days?|weeks?|months?|years?)\s+(?:in\s+which\s+)?to\s+(?:{AGAIN}|try|sit|take)"
)
_ENDS = any_of(
    *("and", "but", "or", "if", "will", "is", "are", "can", "may", "you", "who", "they", "we", "for", "at no"),
    *("at the", "without", "costs?"),
)
_START = pattern(
    r"\s*(?:of|from|after|following|since|starting\s+from|counted\s+from)\s+"
    rf"(?P<start>(?:(?!\s+(?:{_ENDS}\b|-\s))[^,.;:()])+)"
)


_CUT = pattern(r"[,;:(]|\b(?:and|but)\b")
_ANSWERS = whole(
    "results?", "certificates?", "marks?", "feedback", "refunds?", "invoices?", "pay", "paid", "cancel", "reply"
)
_AGAIN = whole(AGAIN, "attempts?", "again", "try", "go", "sitting", "chance", "sit", "taken?", "repeat(?:ed)?")


def find_window(sentence: str) -> tuple[int | None, str | None]:
    """Days, and what they count from. A month counts as 30 days, so that nobody is promised too much."""
    match = next((one for one in _WITHIN.finditer(sentence) if not _is_of_the_result(sentence, one.start())), None)
    if match is None:
        return None, None
    number = next(filter(None, (match[group] for group in ("n", "n2", "n3", "n4", "n5"))))
    unit = next(filter(None, (match[group] for group in ("unit", "unit2", "unit3", "unit4", "unit5")))).casefold()
    begins = _START.match(sentence, match.end())
    count = 1 if number.casefold() == "a" else int(to_number(number))
    return _days(count, unit), begins["start"].strip() if begins else None


def _is_of_the_result(sentence: str, at: int) -> bool:
    """Results come within ten days: that is no time for a further attempt."""
    clause = _CUT.split(sentence[:at])[-1]
    return bool(_ANSWERS.search(clause)) and not _AGAIN.search(clause)


def _days(count: int, unit: str) -> int:
    if unit.startswith("month"):
        years, months = divmod(count, 12)
        return 365 * years + 30 * months
    return count * next(days for name, days in _DAYS.items() if unit.startswith(name))


_DAYS = {"fortnight": 14, "day": 1, "week": 7, "year": 365}
