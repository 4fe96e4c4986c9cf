"""The rule for a further attempt: how many, within which time of what, at which cost."""

import re

from bot.knowledge.extract.numbers import NUMBER, to_number
from bot.knowledge.extract.patterns import any_of, pattern, whole
from bot.models.course import Retake

_AGAIN = any_of("re-?sits?", "re-?takes?", "re-?tests?")
_TURN = any_of("attempt", "try", "go", "chance", "shot", "sitting", "opportunity")
_TURNS = any_of("attempts", "tries", "goes", "chances", "sittings")
_KIND = (
    r"(?:(?:free|complimentary|complementary|paid|optional|online|exam|assessment|test|certification|further|additional"
    r"|extra|more|included)\s+){0,2}"
)
_ABOUT = whole(
    *(_AGAIN, "re-?sitting", "re-?taking", "re-?examinations?", rf"another {_TURN}"),
    rf"(?:further|additional|extra|repeat) (?:\w+ )?(?:{_TURN}|{_TURNS})",
    rf"(?:second|2nd|third|3rd) (?:\w+ )?(?:{_TURN}|test|exam)",
    *(r"(?:try|sit|take|do) (?:\w+ ){0,3}again", "one more (?:attempt|go|try|chance|shot)"),
    *("(?:a|one) (?:second|2nd|further|third|3rd) time", "(?:one|1) more time", rf"next {_TURN}"),
    *("repeat (?:the (?:exam|test|assessment|paper)|it)", "repeat (?:exams?|tests?|assessments?|examinations?)"),
)
_ATTEMPTS = pattern(rf"\b(?P<n>{NUMBER})\s+{_KIND}{_TURNS}\b")
_TIMES = pattern(
    r"\b(?:sit|sat|take|taken|attempt|attempted|try|tried)\b(?!\s+place)(?:\s+\w+){0,4}?\s+"
    rf"(?:(?P<n>{NUMBER})\s+times|(?P<twice>twice))(?!\s+(?:an?|per|each|every)\b|\s+(?:week|month|dai|year)ly?\b)"
)
_FURTHER = any_of("further attempts?", "(?:additional|extra|more) (?:attempts?|tries|try|goes|go|chances?)")
_COUNTED = pattern(rf"\b(?P<n>{NUMBER})\s+{_KIND}(?:{_AGAIN}|{_FURTHER})(?!\w)")
_ONE_MORE = whole(
    rf"(?:second|2nd) (?:\w+ )?(?:{_TURN}|test|exam)",
    rf"(?:another|one more|one further|the next) {_TURN}",
    *("(?:a|one) (?:second|2nd|further) time", "(?:one|1) more time", r"one repeat (?:exam\w*|test|assessment)"),
    rf"(?:a|one|single) (?:\w+ ){{0,2}}?{_AGAIN}",
    rf"(?:a|an|one) (?:\w+ )?(?:further|additional|extra|repeat) (?:\w+ )?{_TURN}",
    rf"(?:{_AGAIN}|repeat|try again|sit again)\b[^.;]{{0,30}}\bonce",
    *("once more", "again once"),
)
_THIRD = whole(rf"(?:third|3rd) {_TURN}")
_EXTRA_WORDS = whole("further", "additional", "extra", "more")
_WITHIN = pattern(
    rf"\b(?:with)?in(?:side)?\s+(?:{any_of('the (?:first|next|following)', 'a period of')}\s+)?(?P<n>{NUMBER}|a)\s*-?\s*"
    r"(?:(?:calendar|working|consecutive)\s+)?(?P<unit>days?|weeks?|fortnight)\b"
    rf"|\bup\s+to\s+(?P<n2>{NUMBER})\s*(?P<unit2>days?|weeks?)\s+(?=after|from|following)"
    rf"|\b(?P<n3>{NUMBER})[- ](?P<unit3>day|week)\s+(?:window|period|limit|deadline)"
)
_ENDS = any_of(
    *("and", "but", "or", "if", "will", "is", "are", "can", "may", "you", "who", "they", "we", "for", "at no"),
    *("at the", "without", "costs?"),
)
_START = pattern(
    r"\s*(?:of|from|after|following|since|starting\s+from|counted\s+from)\s+"
    rf"(?P<start>(?:(?!\s+{_ENDS}\b)[^,.;:()])+)"
)
_CHARGE = any_of("costs?", "charges?", "fees?", "payment", "expense")
_FREE = whole(
    rf"(?:at )?(?:no|without(?: any)?|zero) (?:(?:additional|extra|further|added|more) )?{_CHARGE}",
    "free of (?:charge|cost)",
    rf"(?:{_AGAIN}|attempts?|chance|try|go|exam|sitting)\b[^.;]{{0,40}}\bfree(?! password)",
    rf"free\b(?! password)[^.;]{{0,20}}\b(?:{_AGAIN}|attempts?|second|go|try|chance)",
    *("complimentary", rf"complementary (?:attempts?|{_AGAIN})", "for (?:nothing|free)", "costs? (?:you )?nothing"),
    *("(?:nobody|no one) (?:is charged|pays)", "(?:is|are) not charged", "no need to pay", "need not pay"),
    *("included in the (?:price|fee|cost)", "on us", "on the house", "without paying(?: again)?"),
)
_NOT_FREE = whole("not (?:be )?free", "no free", "not included")
_CURRENCY = r"(?:[£€$]|GBP|EUR|USD|CHF)"
_MONEY = (
    rf"(?:{_CURRENCY}\s?\d+(?:[.,]\d+)*"
    rf"|{NUMBER}\s*(?:pounds?|euros?|dollars?|francs?|quid|GBP|EUR|USD|CHF|€|£)(?!\w))"
)
_PRICED = any_of(
    _AGAIN, "attempts?", "again", "it", "try", "go", "chance", "costs?", "fee", "priced?", "charged?", "pay"
)
_COST = pattern(
    rf"\b{_PRICED}\b[^.;]{{0,60}}?(?P<money>{_MONEY})"
    rf"|(?P<money2>{_MONEY})[^.;]{{0,40}}\b(?:{_AGAIN}|further|second|another|each\s+time)\b"
)
_COST_WORDS = pattern(
    r"\b(?:at|for)\s+(?P<cost>(?:the\s+)?(?:full|half|reduced|normal|usual)\s+(?:price|fee|cost)|half\s+price"
    r"|your\s+own\s+(?:cost|expense))"
)
_UNLIMITED = whole("as (?:often|many times) as", "unlimited", "any number of", "no limit", "without limit")
_NONE = whole(
    rf"(?:no|without)(?: (?!extra|additional|further)\w+)? (?:{_AGAIN}|second (?:attempt|chance|go|try)s?|repeat attempts?)"
    r"(?! (?:fees?|costs?|charges?))",
    "no (?:further|additional|extra) (?:attempts?|tries|goes|chances)",
    r"(?:cannot|can't|can not|may not|not possible to|not be able to) (?:be )?(?:re-?sit|re-?sat|re-?take\w*|try again)",
    r"(?:cannot|can't|can not|may not) be repeated",
    rf"(?:{_AGAIN}|second attempts?) (?:is|are) not (?:\w+ )?(?:possible|allowed|offered|available|permitted)",
    *("only one attempt", "one attempt only"),
)


_ANY = pattern(
    r"attempt|re-?[ste]|again|second|2nd|third|3rd|another|further|one more|tries|goes|chance|sitting|repeat|next|twice|times"
)


def states_none(sentence: str) -> bool:
    """Whether a (folded) sentence says that there is no further attempt."""
    return bool(_ANY.search(sentence) and _NONE.search(sentence))


def is_unlimited(sentence: str) -> bool:
    """Whether a (folded) sentence grants attempts without counting them."""
    return bool(_UNLIMITED.search(sentence))


def find_retake(sentence: str) -> Retake | None:
    """The rule a (folded) sentence states, or None; of several clauses the first to say a thing counts."""
    rule: Retake | None = None
    for clause in sentence.split(";"):
        found = _in_clause(clause)
        if rule is None or found is None:
            rule = rule or found
        else:
            rule = Retake(
                rule.attempts or found.attempts,
                rule.window_days or found.window_days,
                rule.start if rule.window_days else found.start,
                rule.cost or found.cost,
            )
    return rule


def _in_clause(clause: str) -> Retake | None:
    if not _ANY.search(clause):
        return None
    total = _ATTEMPTS.search(clause) or _TIMES.search(clause)
    if not _ABOUT.search(clause) and not (total and _count(total) > 1):
        return None
    window, start = _window(clause)
    return Retake(_attempts(clause, total), window, start, _cost(clause))


def find_rest(sentence: str) -> Retake:
    """Window and cost in a sentence that goes on about a further attempt already spoken of."""
    window, start = _window(sentence)
    return Retake(None, window, start, _cost(sentence))


def _attempts(sentence: str, total: re.Match[str] | None) -> int | None:
    if match := _COUNTED.search(sentence):
        return int(to_number(match["n"]))
    if total and not _EXTRA_WORDS.search(total.group()):
        number = _count(total)
        if number > 1:
            return number - 1
    if _THIRD.search(sentence):
        return 2
    return 1 if _ONE_MORE.search(sentence) else None


def _count(total: re.Match[str]) -> int:
    """Attempts in all."""
    return int(to_number(total["n"])) if total["n"] else 2


def _window(sentence: str) -> tuple[int | None, str | None]:
    """Days, and what they count from. Months are no fixed number of days: they stay in the quote."""
    match = _WITHIN.search(sentence)
    if match is None:
        return None, None
    number = match["n"] or match["n2"] or match["n3"]
    unit = (match["unit"] or match["unit2"] or match["unit3"]).casefold()
    each = 14 if unit == "fortnight" else 7 if unit.startswith("w") else 1
    begins = _START.match(sentence, match.end())
    count = 1 if number.casefold() == "a" else int(to_number(number))
    return count * each, begins["start"].strip() if begins else None


def _cost(sentence: str) -> str | None:
    if match := _COST.search(sentence):
        return str(match["money"] or match["money2"]).strip()
    if _FREE.search(sentence) and not _NOT_FREE.search(sentence):
        return "free"
    match = _COST_WORDS.search(sentence)
    return match["cost"] if match else None
