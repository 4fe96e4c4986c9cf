"""How long a course takes: in a field of its own, or in a sentence that says so of the course and of nothing else."""

import re

from bot.knowledge.extract.lengths import WEEKDAY, Length, spans
from bot.knowledge.extract.numbers import NUMBER, as_number, to_number, whole
from bot.knowledge.extract.patterns import any_of, pattern
from bot.knowledge.extract.patterns import whole as words

_COURSE = any_of(
    *("course", "class", "workshop", "training", "programme", "program", "masterclass", "seminar", r"boot\s?camp"),
    *("intensive", "diploma", "apprenticeship", "experience", "event", "tuition", "instruction", "introduction"),
    *("retreat", "residential", "module", "teaching", "lessons", "with an? (?:instructor|tutor|teacher)"),
    *("in total", "in all"),
    "altogether",
)
_STOPS = any_of("or", "but", "exam", "assessment", "sessions?", "test", "discount", "coaching", "review", "to")
_STOPS_SMALL = any_of("in", "on", "for", "at", "during")
_AFTER = pattern(
    rf"(?:'s?)?[- ]\s*(?:(?!\b(?:{_STOPS}|{_STOPS_SMALL})\b)[\w™()/&'+.*-]+\s+){{0,9}}?\b{_COURSE}\b"
    rf"|\s+{any_of('in total', 'in all', 'altogether', 'live')}\b"
    r"|\s+of\s+(?:\w+\s+)?(?:training|teaching|tuition|instruction|lessons)\b"
    r"|\s+of\s+(?:home|guided|private|distance)\s+(?:study|learning)\b(?!\s+(?:between|after|before|outside|besides|as\s+well|on\s+top))"
    r"|\s+(?:(?!(?:or|but|to|before|after)\b)[\w-]+\s+){0,6}?(?:together|with\s+(?:us|me))\b"
    r"|\s+for\s+the\s+(?:whole|entire|full)\b"
)
_LONG = pattern(r"\s+(?:long|in\s+length)\b")
_IS_LONG = pattern(r"(?P<subject>[\w'™)]+)\s+(?:is|are)\s+(?:\w+ly\s+|about\s+|around\s+|just\s+|only\s+)*$")
_FILLERS = any_of(
    *("is", "of", "in", "over", "for", "the", "about", "around", "approximately", "roughly", "just", "only", "some"),
    *("a total of", "exactly", "all", "spread", "across", "course of", "a", "one", "total", "you", "up", "to", ":"),
    *("typically", "generally", "usually", "this"),
)
_RATE = rf"(?:(?:a|per|each|every|an|on)\s+(?:day|week|month|evening|session|lesson|morning|weekend|{WEEKDAY}s?)|weekly|daily)"
_MEETS = any_of(
    "full-time", "part-time", "meets?", "runs?", "running", "together", "with us", "attend", "study", "continues?"
)
_STRETCHES = any_of(
    *("spread", "held", "taught", "runs?", "running", "meets?", "place", "delivered", "offered", "hours?", "sessions?"),
    *("lessons?", "modules?", "days", "together", "live", "online", "remotely", "learn", "learning", "study"),
    *("work", "evenings?"),
    *("weekends?", "it", "being", "offered", "split", "divided", "stretched", "completed?", "taken", "happens"),
)
_OVER = rf"(?:(?:^|[,:;(]\s*|\b(?:{_COURSE}|{_STRETCHES})s?\s+(?:\w+ly\s+|out\s+|us\s+)?)(?:over|across))"
_VERBS = any_of(
    *("meets? on", "lasts?", "lasting", "takes?", "runs?", "running", "spans?", "spanning", "spread", "duration"),
    *("fills", "occupies"),
    "everything (?:happens|takes place) (?:on|in)",
    *("delivered (?:in|over|as)", "held (?:over|on|across)", "taught (?:in|over|across)", "length"),
    rf"(?:{_RATE}|{_COURSE}|{_MEETS})(?: [\w-]+){{0,3}} for",
    r"(?:learning|study|teaching|contact) time(?: is| of)?:?",
    r"^(?:learn|master|become|everything|all)\b[^.;:]{0,60}\bin",
    r"^(?:come|join)\b[^.,;]{0,30}\b(?:for|spend)",
    *("^spend", "(?:allow|plan on|reckon with|set aside)"),
    rf"(?:we|it|{_COURSE}) (?:meets? (?:on|for)|has|have|is having|makes?|holds?|comes in)",
    *("consists? of", "composed of", "comprises?", "comprising", "made up of", rf"{_COURSE} (?:is|of)"),
    *("(?:it|this|that) is", "(?:it|this|that)'s"),
    "in (?:one|a|an|this|just|only|about|around|roughly|approximately)",
    *("(?:done|completed?|completes) in", "finish(?:es)? (?:in|after)", "is over in"),
)
_BEFORE = pattern(rf"(?:(?:{_OVER}|\b{_VERBS})(?:\s+{_FILLERS})*\s*:?|^In)\s*$")
_LONG_BEFORE = pattern(rf"\b{_COURSE}\s+(?:lasts?|takes?|runs?(?:\s+for)?|spans?|is\s+spread\s+over)\s+(?:about\s+)?$")
_ALONE_BEFORE = pattern(
    rf"^(?:{WEEKDAY}\s+to\s+{WEEKDAY},\s*)?(?:{NUMBER}\s+(?!questions|items|papers|parts)\w+,\s*)?$"
)
_MONTHS_OF = pattern(rf"\s*,\s*(?:{WEEKDAY}|part-time|full-time|evenings|weekends|weekdays|weeknights|online)s?\b")
_ALONE_AFTER = pattern(
    r"\s*(?:[,.;:!(]|$)|\s+(?:of|in|at|on|over|behind|with|that|for|from|together|online|spread|between|in\s+which|by|via)\b"
)
_SITTINGS = frozenset(
    {"evenings", "mornings", "afternoons", "lunchtimes", "sessions", "lessons", "weekends", "half-days", "days"}
)
_SITTINGS_OF = pattern(r"\s+of\b")
_MANY_SESSIONS = pattern(r"[- ]+(?:\w+\s+)?sessions\b")
_SHORT = frozenset({"minutes", "months", "years"})
_LONG_COURSE = pattern(
    r"[- ](?:(?!of\b|and\b|to\b)[\w-]+\s+){0,3}?(?:course|programme|program|diploma|training|apprenticeship)\b"
)
_IS_TOLD = pattern(r"(?:(?!\b(?:that|which|where|who|when|you|we|all)\b)[^.;,])*?\s(?:is|are|was|were|costs?)\b")
"""What stands at the beginning of a sentence is not alone where the sentence goes on to say something of it."""
_THERE_ARE = pattern(r"^There\s+are\s+(?:\w+ly\s+)?$")
_IN_THE_COURSE = pattern(rf"\s*(?:[.;]|$)|\s+in\s+(?:all|total|(?:the|this)\s+{_COURSE})\b")
_IS_COURSE = pattern(rf"(?:{_COURSE}|it|this|that|which|and|we|or|all|who|one|everything|tuition|study|learning)s?")
_SUBJECT = pattern(
    r"(?P<subject>[\w'™)]+)\s+(?:(?:\w+ly|also|just|only|will|can|may|should|would)\s+)*(?:lasts?|takes?|runs?|spans?)\b[^.;,]*$"
)
_PARTS = any_of(
    *("tests?", "exam(?:ination)?s?", "assessments?", "quiz(?:zes)?", "papers?", "viva", "interview"),
    *("flight", "drive"),
    *("placement", "session", "lesson", "lecture", "tutorial", "visit", "trip", "walk", "dive", "exercise", "task"),
    *("concert", "performance", "presentation", "inspection", "demonstration", "briefing", "meeting", "role play"),
    r"(?:first|second|third|last|final|next|online|opening|closing|optional|one) (?:module|unit|part)",
)
_PART_HEAD = pattern(
    rf"^(?:(?:the|an?|your|our|its)\s+)(?:(?!(?:of|in|for|with|and|or|to|at|on|by|is|has)\b|{_COURSE}\b)[\w-]+\s+){{0,3}}?{_PARTS}\b"
    rf"(?!(?:\s+(?!(?:of|for|in|with|at|on|to)\b)[\w-]+){{0,3}}?\s+{_COURSE}\b)"
)
"""A part as subject: the driving test, but not the Test Automation course."""
_COURSE_BEFORE = pattern(rf"(?:\b{_COURSE}s?\b|\bit\b)(?:(?!\b{_PARTS}\b)[^.;])*$")
"""The course named, and no part of it after that."""
_LONGER = frozenset({"days", "half-days", "weeks", "weekends"})
_SPEND = pattern(r"\b(?:you|we|and|will|students|participants|learners|delegates)\s+spend\s+(?:about\s+)?$")
_SPENT = pattern(
    r"\s+(?:afloat|ashore|aboard|on\s+board|away|outdoors|outside|together|here|with\s+(?:us|me|the|our|your))\b"
    rf"(?![^.;]*\b(?:and|then)\s+{NUMBER}\s+(?:days?|weeks?|at|in|on|with|more|ashore|afloat|away)\b)"
)
_TOWARDS = pattern(r"\b(?:to|from|in|at|near|with|for)\s+$")
_OPENING_AFTER = pattern(r"\s+(?:ashore|afloat|away|outdoors|indoors|hands-on|to|and|mostly|including)\b")
_ONE_SESSION = pattern(r"[- ]*(?:\w+[- ]){0,2}?(?:session|briefing|webinar|talk|clinic)\b(?!\s+each)")
_OPENS = pattern(r"^(?:an?\s+|this\s+|our\s+|the\s+|in\s+(?:an?|this)\s+)?(?:\w+,\s+)?$")
_INSIDE = pattern(r"^[- ]*(?:\w+[- ]){0,2}?\w*\s*\(\s*(?:about|approx\.?|around)?\s*$")
_OTHER_LENGTH = any_of(
    *("exam", "assessment", "test", "quiz", "paper", "certificate", "licen[cs]e", "access", "break", "lunch", "drive"),
    *("journey", "call", "review", "recordings?", "membership", "deadline", "list", "queue", "wait"),
)
_REFUSE_BEFORE = pattern(
    rf"\b{_OTHER_LENGTH}\s+lasting\s*$|"
    r"\b(?:within|after|before|of\s+which|every|each|per|least|unlike|traditional|instead\s+of|rather\s+than|previous|last|first"
    r"|next|until|by|than|valid\s+for|access\s+for|lasts\s+for|compared\s+(?:to|with)"
    rf"|{_OTHER_LENGTH}\s+(?:(?!{_COURSE})\w+\s+){{0,2}}(?:lasts?|takes?|is|of|runs?|for))"
    r"(?:\s+(?:the|a|an|your|up\s+to|about|around|of|old|over))*\s*$"
)
_NOT_THE_COURSE = any_of(
    *("exams?", "examinations?", "assessments?", "tests?", "coaching", "reviews?", "calls?", "breaks?", "lunch"),
    *("notice", "experience", "trial", "window", "deadline", "meeting", "consultation", "webinar", "guarantee"),
    *("tasting", "homework", "self-study", "reading", "assignment", "paper", "quiz", "timer", "drive", "sessions?"),
    *("sprints?", "slots?", "blocks?", "lessons?"),
)
_REFUSE_AFTER = pattern(
    rf"[- ]*(?:,?\s*(?:you|they|it)\s+(?:could|might|may|would|should)\b|(?:(?!(?:of|with|and|in\s+{NUMBER})\b)\w+[- ]){{0,2}}?{_NOT_THE_COURSE}\b|{_RATE}\b|each\b"
    rf"|{any_of('before', 'after', 'later', 'earlier', 'ago', 'in advance', 'prior', 'old', 'apart', 'on the road')}\b"
    rf"|of\s+{any_of('it', 'this', 'that', 'these', 'them', 'which', 'receiving', 'the (?:course|class|exam)', 'work', 'practice', 'experience', 'CPD', 'access')}\b"
    rf"|by\s+{any_of('train', 'bus', 'car', 'boat', 'plane')}\b"
    r"|from\s+(?:booking|now|today|receipt|the\s+(?:date|station|airport)|your|when)\b"
    r"|in\s+(?:bed|hospital|prison|advance)\b"
    rf"|of\s+{any_of('self', 'reading', 'homework', 'preparation', 'practising')}\b"
    r"|to\s+(?:complete|finish|sit|take)\s+the\s+(?:exam|test|assessment)\b"
    rf"|for\s+(?:the|an?|your)\s+(?:\w+\s+)?{_NOT_THE_COURSE}\b"
    r"|to\s+(?:get|receive|obtain|issue|print|process|arrive|hear|mark|reach\s+you|dry|cool|set|charge|deliver)\b"
    r"|,?\s*we\s+(?!(?:will\s+)?(?:cover|work|look|teach|learn|bake|make|build|go|walk)\b))"
)
_OF_OTHERS = pattern(
    rf"\s+of\s+(?:\w+\s+)?{any_of('wages', 'pay', 'leave', 'parking', 'support', 'stock', 'supplies', 'rain', 'rest', 'holiday')}\b"
)
_RATE_AFTER = pattern(rf"\s+{_RATE}\b|,?\s+each\b")
_A_RATE = pattern(r"\b(?:hours?|days?|evenings?|mornings?|afternoons?|nights?|sessions?|lessons?|once|twice|times)\s*$")
_EACH = pattern(
    r"\b(?:each|every|per)\b(?:(?!\bfor\b)[^.;]){0,30}$|\b(?:sessions|lessons|evenings|mornings|classes|meetings)\s+of\s*$"
)
_PART = words(
    r"(?:each|every) (?:\w+ )?(?:session|lesson|evening|day|class|module|week|block|sitting|part|one|of)",
    r"exam(?:ination)?\b[^.,;]*\b(?:lasts?|takes?|hours?|minutes?)",
    r"(?:sessions|lessons|evenings|classes) (?:last|run|take|are)",
    *(r"certificates? (?:\w+ )?(?:arrive|is|are|come)s?", "results?", "posted", "sent out", "marking"),
    *(r"refund\w*", r"cancel\w*", r"re-?sits?", r"re-?takes?", "discount", "password", "experience (?:as|in|of|with)"),
)
_OF_WHICH = pattern(rf"\bof\s+(?:which|these|them)\s+(?:about\s+|around\s+)?(?P<n>{NUMBER})\b(?!\s*%)")
_COMPOUND = pattern(r"\d\s*[x×]\s*\d|\bh(?:ours?)?\s*(?:and\s+)?\d+\s*(?:m|$)|\d+\s*h\s*\d")


def part_of_which(sentence: str) -> Length | None:
    """The part that a (folded) sentence takes out of a length that it gives: 84 hours, of which 30."""
    match = _OF_WHICH.search(sentence)
    whole_of_it = [length for length, _, _ in spans(sentence[: match.start()])] if match else []
    return Length(to_number(match["n"]), whole_of_it[-1].unit) if match and whole_of_it else None


def in_field(text: str, unit: str | None, whole_text: bool = True) -> list[Length]:
    """The lengths a (folded) field states; a bare number has the field's own unit, other text stands for itself."""
    text = text.strip()
    number = as_number(text)
    if number is None:
        parts = [] if _COMPOUND.search(text) else [part for part in spans(text) if not part[1]["u_weekdays"]]
        found = [length for length, match, _ in parts if not _is_part(text, match)]
        as_it_stands = [Length(text, None)] if whole_text and text and len(text.split()) <= 12 else []
        return found or as_it_stands
    return [Length(whole(number), unit)] if number > 0 else []


def in_prose(sentence: str, sparing: bool = False, opening: bool = False) -> list[Length]:
    """The lengths of the course that a (folded) sentence of prose states; hours before other units.

    `sparing` where only a length beside a word for the course counts; `opening` where the text about the course begins.
    """
    found: list[Length] = []
    end = 0
    for length, match, last in spans(sentence):
        explains = found and length.unit not in _SHORT and _INSIDE.match(sentence[end : match.start()])
        stated = any(_of_course(sentence, one, length, sparing, opening) for one in dict.fromkeys((match, last)))
        if stated or (explains and not _is_part(sentence, match)):
            found.append(length)
            end = last.end()
    return sorted(found, key=lambda length: (length.unit != "hours", length.at)) if len(found) > 1 else found


def _of_course(sentence: str, match: re.Match[str], length: Length, sparing: bool, opening: bool) -> bool:
    before = sentence[: match.start()]
    if _is_part(sentence, match):
        return False
    if _OPENS.match(before) and match["more"] is None and _ONE_SESSION.match(sentence, match.end()):
        return not sparing
    if _is_of_something_else(sentence, match, length):
        return False
    if length.unit == "years":
        return bool(_LONG_COURSE.match(sentence, match.end()) or _LONG_BEFORE.search(before))
    if _LONG.match(sentence, match.end()):
        return _is_course(_IS_LONG.search(before))
    if not match["u_weekdays"] and _AFTER.match(sentence, match.end()):
        return True
    if sparing or length.unit == "minutes":
        return False
    if _stands_alone(sentence, match, length, opening):
        return True
    if length.unit in _LONGER and _SPEND.search(before) and _SPENT.match(sentence, match.end()):
        return True
    if match["u_weekdays"] or not _BEFORE.search(before):
        return False
    return (
        _is_course(_SUBJECT.search(before)) and not _is_of_a_part(before) and not _PART.search(_clause(sentence, match))
    )


def _is_of_a_part(before: str) -> bool:
    """Whether it is a test, a flight that lasts so long: at the head of the sentence, or what `which` stands for."""
    match = _SUBJECT.search(before)
    if _PART_HEAD.match(before):
        return True
    return bool(match and match["subject"] in ("which", "that") and not _COURSE_BEFORE.search(before, 0, match.start()))


def _is_of_something_else(sentence: str, match: re.Match[str], length: Length) -> bool:
    if _OF_OTHERS.match(sentence, match.end()):
        return True
    sittings = length.unit in _SITTINGS and _SITTINGS_OF.match(sentence, match.end())
    if length.value != 1 and length.unit in _SITTINGS:
        sittings = sittings or _MANY_SESSIONS.match(sentence, match.end())
    if not sittings and _REFUSE_AFTER.match(sentence, match.end()):
        return True
    return bool(_REFUSE_BEFORE.search(sentence, 0, match.start()))


def _stands_alone(sentence: str, match: re.Match[str], length: Length, opening: bool) -> bool:
    """`Ten Saturdays in our salon`: nobody says that it is the course, and nothing else is spoken of."""
    before, end = sentence[: match.start()], match.end()
    if opening and length.unit in _SITTINGS and not before and _OPENING_AFTER.match(sentence, end):
        return True
    if length.unit in _SITTINGS and _THERE_ARE.match(before) and _IN_THE_COURSE.match(sentence, end):
        return True
    after = _MONTHS_OF if length.unit in _SHORT else _ALONE_AFTER
    if not _ALONE_BEFORE.match(before) or not after.match(sentence, end):
        return False
    return not _IS_TOLD.match(sentence, end)


def _is_course(match: re.Match[str] | None) -> bool:
    """Whether it is the course that lasts so long, where a noun stands before the verb: not the trial, the drive to York."""
    if match is None:
        return True
    word, start = match["subject"], match.start()
    if word[0].isupper() and (start or not word[1:].islower()):
        return not _TOWARDS.search(match.string, 0, start)
    return bool(_IS_COURSE.fullmatch(word.strip(")'")))


def _is_part(text: str, match: re.Match[str]) -> bool:
    """Whether the length is that of a part or of a rhythm: two hours each, two evenings a week."""
    before = text[: match.start()]
    if match["a"] and _A_RATE.search(before):
        return True
    return bool(_RATE_AFTER.match(text, match.end()) or _EACH.search(before))


def _clause(sentence: str, match: re.Match[str]) -> str:
    start = max(sentence.rfind(mark, 0, match.start()) for mark in (";", "(", ". "))
    return sentence[start + 1 : match.end() + 40]
