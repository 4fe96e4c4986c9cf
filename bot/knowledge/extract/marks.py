"""The mark that passes: a percentage, or points out of points, in a sentence that states it."""

import re
from dataclasses import dataclass

from bot.knowledge.extract.numbers import NUMBER, has_number, to_number
from bot.knowledge.extract.patterns import any_of, pattern, whole

_START = r"(?<![\w.,/£€$-])"
_PERCENT = pattern(rf"{_START}(?P<n>{NUMBER})\s*-?\s*(?:%|per[ -]?cents?\b|pct\b|pc\b|p\.c\.)")
_PEOPLE = any_of("days?", "weeks?", "hours?", "months?", "students", "people", "participants", "learners", "candidates")
_POINTS = pattern(
    rf"{_START}(?P<n>{NUMBER})\s*{any_of('points?', 'marks?', 'questions?', '(?:correct )?answers?')}?"
    r"\s*(?:correct(?:ly)?|right)?\s*"
    r"(?:(?:out\s+of|of|from)\s+(?:(?:a\s+possible|a\s+total\s+of|a\s+maximum\s+of|the|all)\s+)?|/\s*)"
    rf"(?P<of>{NUMBER})(?![\w%/]|\s*(?:per\s?cent|{_PEOPLE}))"
)
_BARE_POINTS = pattern(rf"{_START}(?P<n>{NUMBER})\s*{any_of('points?', 'marks', '(?:correct|right) answers')}\b")

_ABOUT_EXAM = whole(
    *(r"pass\w*", r"scor\w+", "marks?", "questions?", "answers?", "grades?", r"exam\w*", "tests?", "assessments?"),
    *(r"quiz\w*", "papers?", r"certif\w+", "theory", r"fail\w*", "attempts?"),
)
_TO_REACH = whole(
    "(?:must|need to|needs to|have to|has to) (?:get|score|reach|achieve|obtain|attain|gain)",
    rf"{NUMBER} (?:points|marks) (?:out )?of {NUMBER} (?:must|are required|are needed|have to)",
)
_REQUIRED = whole(
    *("pass(?:ing)?[- ](?:mark|score|grade|threshold|percentage|level|standard|line)", "to pass", "a pass", "pass:"),
    *(
        "pass(?:es|ed)? (?:with|at|is|requires|needs|from|if|when|once|by)",
        "(?:have|has) passed",
        "(?:have|has|you've) scored",
        "to beat",
        "is (?:a|the) pass",
    ),
    *("minimum", "at least", "(?:no|not) less than", "(?:or|and) (?:more|above|higher|better|over|greater|up)"),
    *(r"requir\w+", r"need\w*", "must", "have to", "has to", r"achiev\w+", r"obtain\w*", r"reach\w*", "below", "under"),
    *("(?:less|fewer) than", "short of", "threshold", "set at", "mark (?:is|of)", "score (?:is|of)", "scoring"),
    *(
        r"qualif\w+",
        "awarded",
        r"answers? \w+ correctly",
        "gets? you",
        "earns?(?: you)?",
        "secures?",
        "(?:you|to|who) score",
    ),
)
_STATISTIC = whole(
    "(?:pass(?:ing)?|success|completion|failure|satisfaction|response|retention|employment)[- ]rates?",
    *("average", "mean score"),
)
_WHOLE_EXAM = any_of(
    *("questions?", "marks?", "points?", "answers?", "total", "available", "possible", "maximum", "items", "tasks"),
    *("score", "test", "exam", "assessment", "paper", "quiz"),
)
_HONOURS = any_of("distinction", "merit", "honou?rs", "credit", "gold")
_MONEY = any_of(
    *("discount", "off", "reduction", "reduced", "cheaper", "savings?", "deposit", r"refund\w*", "rebate"),
    *("attendance", "vat", "tax", "commission", "now", "upfront", "up front", "on booking", "after", "before"),
)
_NOT_AFTER = pattern(
    rf"\s*(?:of\s+(?!(?:(?:the|all|your|available|possible|total)\s+)*{_WHOLE_EXAM}\b)"
    r"|(?:pass|passed|succeed\w*|satisf\w+|recommend\w*)\b|passing\b(?!\s+(?:score|mark|grade))"
    rf"|(?:[\w-]+\s+){{0,2}}{_MONEY}\b"
    rf"|{any_of('hands', 'practical', 'practice', 'theory', 'theoretical', 'online', 'classroom', 'women', 'job')}\b"
    rf"|(?:[\w-]+\s+){{0,3}}(?:for|with|earns?|gets?|gives|gains|is|means|at)\s+(?:(?:an?|the)\s+)?{_HONOURS}\b)"
)
_NOT_BEFORE = pattern(
    rf"(?:\b{any_of('discount', 'reduction', 'deposit', 'refund', 'saving', 'save', 'attend', 'attendance', 'up to')}"
    rf"(?:\s+{any_of('of', 'is', 'are', 'at', 'to', 'at least', 'a minimum of', 'minimum', 'the', 'requires?')})*"
    r"|\b(?:between|pays?|paid|counts?|worth|weight\w*|contributes?|makes?\s+up|only)"
    r"(?:\s+(?:for|of|is|are|at|to|the|as|around|about|up))*"
    r"|\bbetween\s+\S+(?:\s+per\s?cent)?\s+and|\d\s*%?\s*(?:-|to)"
    rf"|\b{_HONOURS}\b[^.;,%]{{0,25}}|\battend\w*\b[^.;,]{{0,40}})\s*[:(]?\s*$"
)
_PASS_NEAR = pattern(r"\bpass|\bminimum|\bat\s+least")


@dataclass(frozen=True, slots=True)
class Mark:
    value: int | float
    unit: str
    at: int
    """Where in the sentence the figure stands."""


def find_mark(sentence: str, in_field: bool = False) -> Mark | None:
    """The pass mark a (folded) sentence states; `in_field` where the field's own name already says what it is."""
    if not has_number(sentence):
        return None
    about = _ABOUT_EXAM.search(sentence) and _REQUIRED.search(sentence)
    if not in_field and not about and not _TO_REACH.search(sentence):
        return None
    if _STATISTIC.search(sentence):
        return None
    return max(_candidates(sentence), key=lambda mark: (_near(sentence, mark), -mark.at), default=None)


def _candidates(sentence: str) -> list[Mark]:
    found: list[Mark] = []
    taken: list[tuple[int, int]] = []
    for match in _POINTS.finditer(sentence):
        value, total = to_number(match["n"]), to_number(match["of"])
        if 1 < value <= total and total >= 5 and not _refused(sentence, match):
            taken.append(match.span())
            found.append(Mark(value, f"points out of {total}", match.start()))
    for match in _PERCENT.finditer(sentence):
        value = to_number(match["n"])
        if 1 <= value <= 100 and not _inside(match, taken) and not _refused(sentence, match):
            found.append(Mark(value, "percent", match.start()))
    return found or [
        Mark(to_number(match["n"]), "points", match.start())
        for match in _BARE_POINTS.finditer(sentence)
        if _PASS_NEAR.search(sentence) and not _refused(sentence, match)
    ]


def _refused(sentence: str, match: re.Match[str]) -> bool:
    return bool(_NOT_AFTER.match(sentence, match.end()) or _NOT_BEFORE.search(sentence[: match.start()]))


def _inside(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return any(start <= match.start() < end for start, end in taken)


def _near(sentence: str, mark: Mark) -> bool:
    return bool(_PASS_NEAR.search(sentence[max(0, mark.at - 50) : mark.at + 50]))
