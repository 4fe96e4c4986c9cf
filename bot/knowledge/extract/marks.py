"""The mark that passes: a percentage, or points out of points, in a sentence that states it."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.knowledge.extract.amounts import AMOUNT, is_amount, is_report, may_follow
from bot.knowledge.extract.numbers import NUMBER, has_number, to_number
from bot.knowledge.extract.patterns import any_of, exact, pattern, whole

_START = r"(?<![\w.,/£€$-])"
_SIGN = r"(?:%|per[ -]?cents?\b|pct\b|pc\b|p\.c\.)"
_PERCENT = pattern(rf"{_START}(?P<n>{NUMBER})\s*-?\s*{_SIGN}")
_SHARES = {"half": 50, "two[- ]thirds": 66.67, "three[- ]quarters": 75, "three[- ]fifths": 60, "four[- ]fifths": 80}
"""Per cent for a share in words."""
_SHARE = pattern(
    rf"\b(?P<share>{any_of(*_SHARES)})\s+(?:of\s+)?(?:(?:the|all|your|its|available|possible)\s+)*(?:questions|marks|answers|points)\b"
)
_RANGE = pattern(rf"{_START}(?P<n>{NUMBER})\s*{_SIGN}?\s*(?:-|to)\s*(?P<high>{NUMBER})\s*{_SIGN}")
_NO_POINTS = any_of(
    *("days?", "weeks?", "hours?", "months?", "students", "people", "participants", "learners", "candidates"),
    *("units", "modules", "parts", "sections", "papers", "sessions", "lessons", "classes"),
)
_POINTS = pattern(
    rf"{_START}(?P<n>{NUMBER})\s*{any_of('points?', 'marks?', 'questions?', '(?:(?:correct|right) )?answers?')}?"
    r"\s*(?:correct(?:ly)?|right|(?:or|and)\s+(?:more|above|better|over|higher))?\s*\(?"
    r"(?:(?:out\s+of|of|from)\s+(?:(?:a\s+possible|a\s+total\s+of|a\s+maximum\s+of|the|all|every)\s+)?|/\s*)"
    rf"(?P<of>{NUMBER})(?![\w%/]|\s*(?:per\s?cent|{_NO_POINTS}))"
)
_BARE_POINTS = pattern(
    rf"{_START}(?P<n>{NUMBER})\s*{any_of('points?', 'marks', '(?:correct|right) answers', 'questions (?:correct(?:ly)?|right)')}(?!\w)"
)
_TOTAL = pattern(
    rf"(?<!least\s)(?<!need\s){_START}(?P<n>{NUMBER})[- ](?:(?!of\b)[\w-]+[- ]){{0,2}}?(?:questions?|items|MCQs)\b(?!\s+(?:correct|right|out|to\s+pass))"
    rf"|(?<!\w)(?P<n7>{NUMBER})[- ](?:point|mark)\s+scale\b"
    rf"|\bscale:?\s+(?:(?:of|to|from|up\s+to)\s+)?(?:{NUMBER}\s*(?:-|to)\s*)?(?P<n2>{NUMBER})"
    rf"|\bscored\s+(?:from|between)\s+{NUMBER}\s*(?:to|and|-)\s*(?P<n3>{NUMBER})"
    rf"|\b(?:mark(?:s|ed)?|scored?|grade[sd]?|assessed|(?:marks|score|points|scores)\s+(?:is|are))\s+(?:(?:it|you|this|them|each|the\s+\w+)\s+)?out\s+of\s+(?P<n4>{NUMBER})"
    rf"|\b(?:carries|carrying|(?<!each\s)worth|has|with|there\s+are|offers|maximum\s+of|total\s+of)\s+(?P<n5>{NUMBER})\s+(?:marks|points)\b"
    rf"|\b(?P<n6>{NUMBER})\s+(?:marks|points)\s+(?:are\s+available|available|in\s+all|in\s+total|altogether)\b"
)
_LABEL = (
    r"(?:pass(?:ing)?[- ](?:mark|score|grade|threshold|percentage|level|standard|line)"
    r"|(?:minimum|required|qualifying|cut-?off|threshold)\s+(?:mark|score|grade|result|percentage)|mark\s+to\s+(?:beat|pass)|cut[- ]?(?:off|score))s?"
)
_LABELLED = pattern(rf"\b{_LABEL}\b(?:\s+(?!and\b|but\b|while\b)[\w'-]+){{0,6}}?\s*[:(=]?\s*$|\bpass\s*[:=]\s*$")
_IS_A_PASS = pattern(
    r"\s*(?:\([^)]*\)\s*)?(?:(?:or|and)\s+(?:more|above|better|over|higher|upwards?)\s+)?"
    r"(?:=|is|are|was|as|secures?|earns?|means?|gives?|counts?\s+as|makes?|gets?\s+you|for)\s+(?:the\s+|a\s+)?(?:pass\b(?!\s+rate)|"
    rf"{_LABEL}\b)"
)
_BARE = pattern(
    rf"\b(?:pass(?:es|ed)?\s+(?:with|at|from|is|needs|requires|means)|needs?|requires?|required\s+is|minimum(?:\s+(?:of|is))?"
    rf"|at\s+least|scor(?:e|es|ing)|get|reach|achieve|(?:must|has\s+to|have\s+to|need\s+to)\s+have|{_LABEL}(?:\s+(?:is|of|being|at))?:?)\s+(?P<n>{NUMBER})"
    r"(?=\s*(?:$|[,;:()!]|\.(?!\d)|(?:or|and|to|for|in|on|of\s+(?:them|these|those)|right|correct|points|marks|questions|answers|is|are)\b))"
    rf"|{_START}(?P<n2>{NUMBER})(?=\s+(?:(?:or|and)\s+(?:more|above|better|over|higher)\s+)?(?:to\s+pass\b|must\s+be\s+(?:right|correct)|correct\b|right\b))"
    rf"|\b(?:below|under|fewer\s+than|less\s+than|short\s+of)\s+(?P<n4>{NUMBER})(?=\s+(?:points\s+|marks\s+)?(?:is|are|means?|counts?\s+as|fails?)\b)"
    rf"|{_START}(?P<n3>{NUMBER})(?=\s*(?:\([^)]*\)\s*)?(?:=|is|are|as|secures?|earns?|means?|counts?\s+as)\s+(?:the\s+|a\s+)?pass\b)"
)
_NO_SCORE = pattern(
    r"\s*(?:%|per\s?cent|-?\s*(?:minutes?|hours?|days?|weeks?|months?|years?|questions?(?!\s+(?:right|correct))|attempts?|times|papers?"
    r"|people|sessions?|parts?|of\s+the\s+(?:\w+\s+)?(?:papers|exams|units|modules|sections))\b)"
)

_ABOUT_EXAM = whole(
    *(r"pass\w*", r"scor\w+", "marks?", "questions?", "answers?", "grades?", r"exam\w*", "tests?", "assessments?"),
    *(r"quiz\w*", "papers?", r"certif\w+", "theory", "failed", "failure", "a fail"),
    *("(?:you|they|who|candidates?|learners?|students?) fails?", "attempts?", "diploma", "badge", "licen[cs]e"),
    "re-?sits?",
)
_TO_REACH = whole(
    rf"(?:needs?|get|reach) {NUMBER} (?:points |marks )?(?:out )?of (?:the )?{NUMBER} (?:points|marks)",
    "(?:must|need to|needs to|have to|has to) (?:get|score|reach|achieve|obtain|attain|gain)",
    rf"needs? {NUMBER} out of {NUMBER}(?=[.;,]|$)",
    rf"{NUMBER} (?:points|marks) (?:out )?of {NUMBER} (?:must|are required|are needed|have to)",
)
_REQUIRED = whole(
    *(rf"{_LABEL}", "pass threshold", "to pass", "(?:a|the) pass", "pass:"),
    *(r"attain\w*", r"pass(?:es|ed)? (?:the|this|your|an?) (?:\w+ ){1,2}(?:with|upon|by|if|at)"),
    *("pass(?:es|ed)? (?:with|at|is|requires|needs|from|if|when|once|by)", "(?:have|has) passed"),
    "(?:have|has|you've) scored",
    *("minimum", "at least", "(?:no|not) less than"),
    "(?:or|and) (?:more|above|higher|better|over|greater|up|upwards)",
    *("upwards?", r"requir\w+", r"need\w*", "must", "have to", "has to", r"achiev\w+", r"obtain\w*", r"reach\w*"),
    *("below", "under", "(?:less|fewer) than", "short of", "threshold", "set at", "mark (?:is|of)", "score (?:is|of)"),
    *("scoring", r"qualif\w+", "awarded", r"answers? \w+ correctly", "gets? you", "earns?(?: you)?", "secures?"),
    *("(?:is|are|will be) (?:enough|sufficient)", "and you(?:'re|'ve| are| have| get| pass| hold| receive)"),
    *("correct(?:ly)?", "right", "gains?", "you're through", "you are through", rf"pass(?:es|ed)? {NUMBER}"),
    rf"questions?, {NUMBER} ?%",
    "(?:papers?|exams?|tests?|quiz(?:zes)?|assessments?|theory) at",
    *("(?:you|to|who) score", "^score", "is yours", "asks? for", "wants?", "demands?", "calls? for", "expects?"),
)
_WHOLE_EXAM = any_of(
    *("questions?", "marks?", "points?", "answers?", "total", "available", "possible", "maximum", "items", "tasks"),
    *("score", "test", "exam", "assessment", "paper", "quiz"),
)
_HONOURS = whole(
    "distinctions?", "merits?", r"honou?rs", "commendations?", "credit", "gold", "first class", "excellent"
)
_A_PASS = whole("pass", "passe[sd]", "passing", "passed")
_SPLIT = pattern(r"[,;]|\b(?:and|or|but|while|whereas)\b")
_NOT_AFTER = pattern(
    r"\s*(?:of\s+(?:[\w-]+\s+){0,3}?(?:questions|marks|items|points|exam|paper|test)\s+)?(?:(?:are|is|will\s+be)\s+"
    r"(?:about|on|from|for|given|taken|drawn|devoted|easy|hard|open|new|practical|multiple)|come|comes|concern|cover|deal|relate)\b|"
    rf"\s*(?:every\s+(?:\w+\s+)?years?\b|(?:a|per|each)\s+year\b|of\s+(?!(?:them|these|those)\b|(?:(?:the|all|your|available|possible|total)\s+)*{_WHOLE_EXAM}\b)"
    rf"|(?:[\w-]+\s+){{0,2}}{AMOUNT}\b)"
)
_NOT_BEFORE = pattern(
    rf"(?:\b{any_of('discount', 'reduction', 'deposit', 'refund', 'saving', 'save', 'attend', 'attendance', 'up to', 'average')}"
    rf"(?:\s+{any_of('of', 'is', 'are', 'at', 'to', 'at least', 'a minimum of', 'minimum', 'the', 'requires?')})*"
    r"|\b(?:between|pays?|paid|counts?|worth|weight\w*|contributes?|makes?\s+up|only)"
    r"(?:\s+(?:for|of|is|are|at|to|the|as|around|about|up))*"
    r"|\bbetween\s+\S+(?:\s+per\s?cent)?\s+and|\d\s*%?\s*(?:-|to)"
    r"|\battend\w*\b(?:(?!\band\b)[^.;,]){0,40})\s*[:(]?\s*$"
)
_PASS_NEAR = pattern(r"\bpass|\bminimum|\bat\s+least")


_FIGURE = pattern(rf"{NUMBER}(?:\s*{_SIGN}|(?:\s*/\s*|\s+out\s+of\s+){NUMBER}|\s+(?:marks|points))?")
_FEW = exact(r"out of \d$")


@dataclass(frozen=True, slots=True)
class Mark:
    value: int | float
    unit: str
    at: int
    """Where in the sentence the figure stands."""
    labelled: bool = False
    """The figure itself is called the pass mark."""


def is_share(value: float) -> bool:
    """Whether a mark of so many per cent can be."""
    return 1 <= value <= 100


@lru_cache(maxsize=64)
def is_about_exam(title: str) -> bool:
    """Whether a (folded) title says that what follows is about the exam."""
    return bool(_ABOUT_EXAM.search(title))


def is_impossible(sentence: str) -> bool:
    """Whether a (folded) sentence asks for more than everything: at least 850%."""
    if is_report(sentence) or not _REQUIRED.search(sentence):
        return False
    above = [match for match in _PERCENT.finditer(sentence) if to_number(match["n"]) > 100]
    return any(_A_PASS.search(_around(sentence, match.start())) and not _refused(sentence, match) for match in above)


@lru_cache(maxsize=64)
def find_total(sentence: str) -> int | float | None:
    """The points or questions of the exam that a (folded) sentence speaks of."""
    match = _TOTAL.search(sentence) if has_number(sentence) else None
    return to_number(next(filter(None, match.groups()))) if match else None


def find_mark(
    sentence: str, in_field: bool = False, total: int | float | None = None, of_exam: bool = False
) -> Mark | None:
    """The pass mark a (folded) sentence states.

    `in_field` where the field's own name already says what it is; `total` where an earlier sentence gives the points of the
    exam; `of_exam` where all the text is about it.
    """
    if not has_number(sentence):
        return None
    found = _candidates(sentence, find_total(sentence) or total)
    labelled = next((mark for mark in found if _is_labelled(sentence, mark)), None)
    if labelled:
        return replace(labelled, labelled=True)
    about = (of_exam or _ABOUT_EXAM.search(sentence)) and _REQUIRED.search(sentence)
    if not in_field and not about and not _TO_REACH.search(sentence):
        return None
    if is_report(sentence):
        return None
    return max(found, key=lambda mark: (not _is_small(mark), _near(sentence, mark), -mark.at), default=None)


def _candidates(sentence: str, total: int | float | None) -> list[Mark]:
    found: list[Mark] = []
    taken: list[tuple[int, int]] = []
    for match in _POINTS.finditer(sentence):
        value, of = to_number(match["n"]), to_number(match["of"])
        if 1 < value <= of and of >= 5 and not _refused(sentence, match):
            taken.append(match.span())
            found.append(Mark(value, f"points out of {of}", match.start()))
    for match in _RANGE.finditer(sentence):
        value = to_number(match["n"])
        if value >= to_number(match["high"]):
            continue
        taken.append(match.span())
        if _A_PASS.search(_clause(sentence, *match.span())) and not _refused(sentence, match):
            found.append(Mark(value, "percent", match.start()))
    for match in _PERCENT.finditer(sentence):
        value = to_number(match["n"])
        if is_share(value) and not _inside(match, taken) and not _refused(sentence, match):
            found.append(Mark(value, "percent", match.start()))
    for match in _SHARE.finditer(sentence) if not found else ():
        if not _refused(sentence, match):
            found.append(Mark(_percent(match["share"]), "percent", match.start()))
    return found or _bare(sentence, total)


def _percent(share: str) -> float:
    return next(value for words, value in _SHARES.items() if pattern(words).fullmatch(share))


def _bare(sentence: str, total: int | float | None) -> list[Mark]:
    """Figures without a sign: points where the sentence says so, or where the points of the exam are known."""
    found = []
    if _PASS_NEAR.search(sentence) or _REQUIRED.search(sentence):
        for match in _BARE_POINTS.finditer(sentence):
            value = to_number(match["n"])
            known = total if total is not None and value < total else None
            mark = Mark(value, f"points out of {known}" if known else "points", match.start())
            meant = value > 1 and value != total and (known is not None or _near(sentence, mark))
            if meant and not _refused(sentence, match):
                found.append(mark)
    for match in _BARE.finditer(sentence):
        group = match.lastgroup or "n"
        value, at = to_number(match[group]), match.start(group)
        meant = total is not None or _LABELLED.search(sentence, 0, at) is not None
        meant = meant and not _NO_SCORE.match(sentence, match.end()) and not _refused(sentence, match)
        if meant and 1 < value < (total or value + 1):
            found.append(Mark(value, f"points out of {total}" if total else "points", at))
    return found


def _is_labelled(sentence: str, mark: Mark) -> bool:
    """Whether the figure itself is called the pass mark."""
    end = _FIGURE.match(sentence, mark.at)
    return bool(_LABELLED.search(sentence, 0, mark.at)) or bool(end and _IS_A_PASS.match(sentence, end.end()))


def _refused(sentence: str, match: re.Match[str]) -> bool:
    if _NOT_AFTER.match(sentence, match.end()) or _NOT_BEFORE.search(sentence[: match.start()]):
        return True
    if not may_follow(sentence, match.end()) or is_amount(_clause(sentence, match.start())):
        return True
    clause = _clause(sentence, match.start(), match.end())
    return bool(_HONOURS.search(clause)) and not _A_PASS.search(clause)


def _clause(sentence: str, start: int, end: int | None = None) -> str:
    """The part of the sentence before a figure, or around it, between commas, `and` and `or`."""
    first = max((match.end() for match in _SPLIT.finditer(sentence, 0, start)), default=0)
    if end is None:
        return sentence[first:start]
    last = _SPLIT.search(sentence, end)
    return sentence[first : last.start() if last else len(sentence)]


def _is_small(mark: Mark) -> bool:
    """Four of the six: more likely a part of the exam than its mark."""
    return bool(_FEW.search(mark.unit))


def _inside(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return any(start <= match.start() < end for start, end in taken)


def _near(sentence: str, mark: Mark) -> bool:
    return bool(_PASS_NEAR.search(_around(sentence, mark.at)))


def _around(sentence: str, at: int) -> str:
    return sentence[max(0, at - 50) : at + 50]
