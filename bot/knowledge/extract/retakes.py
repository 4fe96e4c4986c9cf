"""The rule for a further attempt: how many, within which time of what, at which cost."""

import re

from bot.knowledge.extract.amounts import counts_people
from bot.knowledge.extract.costs import AGAIN, cost_of
from bot.knowledge.extract.numbers import NUMBER, to_number
from bot.knowledge.extract.patterns import any_of, mentions, pattern, whole
from bot.knowledge.extract.windows import find_window
from bot.models.course import Retake

_TURN = any_of("attempt", "try", "go", "chance", "shot", "sitting", "opportunity", "slot", "bite", "stab", "crack")
_TURNS = any_of("attempts", "tries", "goes", "chances", "sittings")
_EXAM = any_of("tests?", "exam(?:ination)?s?", "papers?", "assessments?", "quiz(?:zes)?", "vouchers?", "pieces?")
_SIT = any_of(
    "try", "tried", "sit", "sat", "taken?", "do", "done", "attempt(?:ed)?", "hand(?:ed)? in", "present(?:ed)?"
)
_KIND = (
    r"(?:(?:free|complimentary|complementary|paid|optional|online|exam|assessment|test|certification|further|additional"
    r"|extra|more|included)\s+){0,2}"
)
_MODIFIED = r"(?:(?:\w+[ -]){0,2}?)"
_ABOUT = whole(
    *(AGAIN, rf"another {_TURN}"),
    rf"(?:further|additional|extra|repeat|subsequent) (?:\w+ )?(?:{_TURN}|{_TURNS})",
    rf"(?:second|2nd|third|3rd) (?:\w+ )?{_TURN}s?",
    *(rf"{_SIT} (?:\w+ ){{0,3}}again", "one more (?:attempt|go|try|chance|shot)"),
    *("(?:a|one) (?:second|2nd|further|third|3rd) time", "(?:one|1) more time", rf"next {_TURN}"),
    "repeat (?:(?:the|a|each|any|your) (?:exam|test|assessment|paper|quiz|module|part)|it)",
    "repeat (?:exams?|tests?|assessments?|examinations?)",
    *(rf"(?:one|two|free|{NUMBER}) repeats?", "be repeated", rf"{_SIT} (?:\w+ ){{0,2}}?as (?:often|many times) as"),
    *("as many (?:goes|attempts|tries|times) as", "unlimited (?:goes|attempts|tries|sittings)"),
)
_FAILED = whole(
    *(
        r"fail\w*(?! to (?:reach us|pay|attend|arrive|appear|come|reply|answer|notify|book))",
        r"unsuccessful\w*",
        r"(?:falls?|fell) short",
        "rejected",
        "referred",
        "not yet \\w+",
        "unlucky",
    ),
    *(r"(?:do|does|did|should you|who do|don't|doesn't|didn't) not? ?(?:pass|succeed|score|reach|make it)",),
    *(
        "not (?:quite |yet )?(?:there|ready)(?: yet)?",
        "(?:does|do|did)(?: not|n't) (?:work out|go your way|go to plan)",
    ),
    "(?:do|does|did|have|has) not (?:yet )?reach(?:ed)? (?:it|this|that|the)",
    *("either pass or", "(?:don't|doesn't|didn't|not) pass(?:ed)?", "go(?:es)? (?:wrong|badly)", "miss(?:es)? it"),
    *(r"scor\w+ (?:lower|less|below|under)", r"stays? under", "at first you don't succeed"),
)
_OTHER_FAILURE = pattern(
    r"\b(?:payment|card|check|photo|picture|upload|file|connection|line|device|laptop|machine|link|log-?in|password|document|booking"
    r"|delivery|battery|weather)s?\b[^.;]{0,60}?\b(?:fails?|rejected|declined|refused|(?:does|do|is|are) not)\b"
    r"|\bfail(?:s|ed)?\s+(?:the|an?|your)\s+(?:\w+\s+)?(?:interview|audition|medical|check|inspection|vetting)\b"
)
"""What fails without an exam being failed."""
_MORE = whole(
    rf"(?:one|1|an?|{NUMBER}) (?:more|further|extra|additional|second|other) {_MODIFIED}?(?:{_TURN}|{_EXAM})",
    rf"(?:second|another) {_MODIFIED}?{_EXAM}",
    *("once more", "a second time"),
)
_COME_BACK = whole("again", "come back", r"re-?book\w*")
_ATTEMPTS = pattern(rf"\b(?P<n>{NUMBER})\s+{_KIND}{_TURNS}\b")
_TIMES = pattern(
    r"(?<![\w-])(?:sit|sat|take|taken|attempt|attempted|try|tried)\b(?!\s+place)(?:\s+\w+){0,4}?\s+"
    rf"(?:(?P<n>{NUMBER})\s+times|(?P<twice>twice))(?!\s+(?:an?|per|each|every)\b|\s+(?:week|month|dai|year)ly?\b)"
)
_FURTHER = any_of("further attempts?", "(?:additional|extra|more) (?:attempts?|tries|try|goes|go|chances?)")
_COUNTED = pattern(rf"(?<![\w£€$.,])(?P<n>{NUMBER})\s+{_KIND}(?:{AGAIN}|{_FURTHER}|repeats?)(?!\w)")
_ONCE = r"once(?!\s+(?:you|the|they|he|she|it|we|your|all|payment|paid|a|an)\b)"
_AGAIN_TIMES = pattern(
    rf"(?<!\w)(?:{AGAIN}|be\s+repeated|repeat|{_SIT}\s+(?:\w+\s+){{0,3}}again)\b[^.;]{{0,40}}?"
    rf"\b(?:(?P<one>{_ONCE}|one\s+time|on\s+one\s+occasion)|(?P<two>twice|on\s+two\s+occasions)"
    rf"|(?P<n>{NUMBER})\s+(?:more\s+|further\s+)?times)\b"
)
_ONE_MORE = whole(
    rf"(?:second|2nd) (?:\w+ )?{_TURN}s?",
    rf"(?:another|one more|one further|the next) (?:\w+ ){{0,2}}?(?:{_TURN}|{_EXAM})",
    rf"second (?:\w+ )?{_EXAM}",
    *("(?:a|one) (?:second|2nd|further) time", "(?:one|1) more time", r"one repeat (?:exam\w*|test|assessment)"),
    rf"(?:an?|one|single|first) (?:[\w-]+ ){{0,2}}?{AGAIN}",
    rf"(?:a|an|one) (?:\w+ )?(?:further|additional|extra|repeat) (?:\w+ )?{_TURN}",
    *("once more", "again once"),
    rf"first (?:attempt|try|go|sitting)\b[^.;]{{0,60}}\b(?:can|may) (?:{AGAIN})",
)
_THIRD = whole(rf"(?:third|3rd) {_TURN}(?! (?:on|onwards?|and))")
_EXTRA_WORDS = whole("further", "additional", "extra", "more")
_BESIDES = pattern(
    r"\s+more\b|(?:\W+\w+){0,2}?\W+(?:on\s+top\s+of|besides|in\s+addition\s+to|beyond|after|apart\s+from|not\s+counting|beside)"
    r"\s+(?:the|your|that)\s+(?:first|original|initial|one|main)\b"
)
_UNLIMITED = whole(
    "as (?:often|many (?:times|goes|attempts|tries)) as",
    "unlimited",
    "any number of",
    "no limit",
    "without limit",
    *("until (?:you|they) (?:pass|succeed)",),
)
_YOURS = pattern(r"\byou\s+(?:have|get|receive)\b")
_ALLOWED = whole("can", "may", "allowed", "possible", "permitted", "entitled", "available", "offered", "welcome to")
_GIVEN = whole(
    *("gets?", "has", "have", "had", "given", r"includ\w+", "there is", "there's", "is", "will", "must", "up to"),
    "granted",
    *("grants?", "gives? (?:you|them|everyone|all|candidates|learners)", "allows?", "receives?", "taken", "takes?"),
    *("sits?", "sit", "limited"),
)
"""Words that grant an attempt, or make a rule of it."""
_HEARSAY = whole(
    "(?:most|few|some|many|half|none|two|three|one|\\d+) (?:of (?:them|us|our \\w+) )?(?:who |people |learners |students )?(?:ever )?needs?",
    *("hardly (?:anyone|anybody|any|ever)", "rarely", "seldom", "nobody (?:has )?(?:ever )?need(?:s|ed)"),
    "on (?:her|his|my|their) (?:second|third)",
    "(?:he|she|I|they) (?:\\w+ )?(?:passed|failed|needed|got|made)",
)
"""Tales of how many attempts others have needed."""
_NONE = whole(
    rf"(?:do|does|did) not (?:offer|allow|permit|give|run|hold|grant) (?:any )?(?:{AGAIN}|(?:second|further) (?:attempt|chance|go|try)s?)",
    rf"(?:don't|doesn't) (?:offer|allow|permit|give|run|hold|grant) (?:any )?(?:{AGAIN}|(?:second|further) (?:attempt|chance|go|try)s?)",
    "only (?:be )?(?:sat|taken|attempted) once",
    "(?:sat|taken|attempted) only once",
    "(?:one|a single) (?:shot|try|go|attempt|chance) only",
    rf"(?:no|without)(?: (?!extra|additional|further|free)\w+)? (?:{AGAIN}|second (?:attempt|chance|go|try)s?|repeat attempts?)"
    r"(?! (?:fees?|costs?|charges?))",
    "no (?:further|additional|extra) (?:attempts?|tries|goes|chances)",
    rf"(?:cannot|can't|can not|may not|not possible to|not be able to) (?:be )?(?:{AGAIN}|try again)",
    r"(?:cannot|can't|can not|may not) be repeated",
    rf"(?:{AGAIN}|second attempts?) (?:is|are) not (?:\w+ )?(?:possible|allowed|offered|available|permitted)",
    *("only one attempt", "one attempt only", f"only (?:get|have) (?:one|a single) {_TURN}"),
    rf"(?:{AGAIN}|second attempts?) (?:is|are) (?:not (?:on offer|part|given|granted)|excluded|ruled out|unavailable)",
)
_ONE_INCLUDED = whole(
    rf"includ\w+ (?:an?|one|a single) (?:(?:free|complimentary|complementary|exam|assessment|certification) ){{0,2}}{_TURN}"
)


_ANY = mentions(
    *("attempt", "again", "second", "2nd", "third", "3rd", "another", "further", "one more", "once more", "tries"),
    *("goes", "chance", "sitting", "repeat", "next", "twice", "come back", "times", "only", "often as"),
)
_RE = pattern(r"\bre-?(?:s[iau]|t[ae]|ex|as|at|en|do|bo|tr)")


_OF_AN_EXAM = whole(
    *(
        AGAIN,
        r"exam\w*",
        r"assess\w*",
        "tests?",
        r"quiz\w*",
        "papers?",
        r"pass(?:es|ed|ing)?",
        r"fail\w*",
        r"certif\w+",
    ),
    *("marks?", "scores?", "results?", "theory", "sitting"),
)


def is_of_an_exam(text: str) -> bool:
    """Whether a (folded) sentence speaks of an exam at all: a second attempt may be one at anything."""
    return bool(_OF_AN_EXAM.search(text))


def may_concern(sentence: str) -> bool:
    """A quick look, before patterns that cost more."""
    return _ANY(sentence) or _RE.search(sentence) is not None


def states_none(sentence: str) -> bool:
    """Whether a (folded) sentence says that there is no further attempt."""
    return bool(may_concern(sentence) and _NONE.search(sentence))


def place_of(sentence: str) -> int:
    """Where a (folded) sentence speaks of a further attempt."""
    found = _ABOUT.search(sentence)
    return found.start() if found else 0


def grants(sentence: str) -> bool:
    """Whether a (folded) sentence about a further attempt allows it, be it without any detail."""
    return bool(_UNLIMITED.search(sentence) or _ALLOWED.search(sentence))


def includes_one(sentence: str) -> bool:
    """Whether a (folded) sentence counts a single attempt as part of the course."""
    return bool(may_concern(sentence) and _ONE_INCLUDED.search(sentence))


def speaks_of_failure(text: str) -> bool:
    return bool(_FAILED.search(text))


def find_retake(sentence: str, failed: bool = False) -> Retake | None:
    """The rule a (folded) sentence states, or None; of several clauses the first to say a thing counts.

    `failed` where the text before has already spoken of those who do not pass.
    """
    rule: Retake | None = None
    for clause in sentence.split(";"):
        found = _in_clause(clause, failed or bool(_FAILED.search(sentence)))
        if rule is None:
            rule = found
            continue
        found = found or find_rest(clause)
        rule = Retake(
            rule.attempts or found.attempts,
            rule.window_days or found.window_days,
            rule.start if rule.window_days else found.start,
            rule.cost or found.cost,
        )
    return Retake() if rule and _is_only_told(sentence, rule) else rule


def _is_only_told(sentence: str, rule: Retake) -> bool:
    """`Most who need a second go`: an attempt that nobody grants, with neither time nor price."""
    if counts_people(sentence) and not _ALLOWED.search(sentence) and not _YOURS.search(sentence):
        return True
    if rule.window_days is not None or rule.cost is not None or rule.attempts is None:
        return False
    if _HEARSAY.search(sentence):
        return True
    counted = _COUNTED.search(sentence) or _AGAIN_TIMES.search(sentence) or _ATTEMPTS.search(sentence)
    return not counted and not (_GIVEN.search(sentence) or grants(sentence))


def _in_clause(clause: str, failed: bool) -> Retake | None:
    if not may_concern(clause):
        return None
    total = _ATTEMPTS.search(clause) or _TIMES.search(clause)
    if _OTHER_FAILURE.search(clause) and not _OF_AN_EXAM.search(_OTHER_FAILURE.sub("", clause)):
        return None
    about = _ABOUT.search(clause) or (failed and (_MORE.search(clause) or _COME_BACK.search(clause)))
    if not about and not (total and _count(total) > 1):
        return None
    window, start = find_window(clause)
    return Retake(_attempts(clause, total, failed), window, start, cost_of(clause))


def find_rest(sentence: str) -> Retake:
    """Window and cost in a sentence that goes on about a further attempt already spoken of."""
    window, start = find_window(sentence)
    return Retake(None, window, start, cost_of(sentence))


def _attempts(sentence: str, total: re.Match[str] | None, failed: bool) -> int | None:
    if match := _COUNTED.search(sentence):
        return int(to_number(match["n"]))
    if match := _AGAIN_TIMES.search(sentence):
        return 1 if match["one"] else 2 if match["two"] else int(to_number(match["n"]))
    if total and _BESIDES.match(sentence, total.end()):
        return _count(total)
    if total and not _EXTRA_WORDS.search(total.group()):
        number = _count(total)
        if number > 1:
            return number - 1
    if _THIRD.search(sentence):
        return 2
    return 1 if _ONE_MORE.search(sentence) or (failed and _MORE.search(sentence)) else None


def _count(total: re.Match[str]) -> int:
    """Attempts in all."""
    return int(to_number(total["n"])) if total["n"] else 2
