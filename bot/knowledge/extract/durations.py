"""How long a course takes, in a sentence that says so, and whether two lengths can both be right."""

import re
from dataclasses import dataclass

from bot.knowledge.extract.numbers import NUMBER, to_number, whole
from bot.knowledge.extract.patterns import any_of, pattern
from bot.knowledge.extract.patterns import whole as words

_UNITS = {
    "hours": r"hours?|hrs?|h",
    "minutes": r"minutes?|mins?",
    "half-days": r"half[- ]?days?",
    "days": r"days?",
    "weekends": r"weekends?",
    "weeks": r"weeks?|wks?",
    "months": r"months?",
    "evenings": r"evenings?|nights?",
    "mornings": r"mornings?",
    "afternoons": r"afternoons?",
    "sessions": r"sessions?",
    "lessons": r"lessons?",
    "terms": r"terms?",
}
_ANY_UNIT = pattern(r"hour|min|half|day|week|month|evening|night|noon|morning|session|lesson|term|wk|h\b|hrs?\b")
_SITTINGS = frozenset({"evenings", "mornings", "afternoons", "sessions", "lessons", "weekends", "half-days", "days"})
_UNIT = "|".join(f"(?P<u_{name.replace('-', '_')}>{text})" for name, text in _UNITS.items())
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_KIND = (
    r"(?:(?:consecutive|single|full|whole|entire|short|intensive|evening|weekly|weekday|taught|contact|live|online|virtual|teaching|guided"
    rf"|classroom|{_WEEKDAY})[- ]+){{0,2}}"
)
_COUNT = (
    rf"(?P<range>{NUMBER}\s*(?:-|to|or)\s*)?(?P<n>{NUMBER})(?P<half>\s+and\s+a\s+half)?\s*-?\s*{_KIND}"
    r"|(?P<halfday>half\s+an?\s+|half-)"
    rf"|(?P<a>\b(?:an?\s+|(?=full[- ]day))){_KIND}"
    rf"|(?P<many>\b{any_of('several', 'a few', 'a couple of', 'multiple')}\s+){_KIND}"
)
_SPAN = pattern(rf"(?<![\w.,£€$:/%-])(?:{_COUNT})(?:{_UNIT})(?P<more>\s+and\s+a\s+half)?(?![\w%])")

_COURSE = any_of(
    *("course", "class", "workshop", "training", "programme", "program", "masterclass", "seminar", r"boot\s?camp"),
    *("intensive", "experience", "event", "tuition", "instruction", "introduction", "retreat", "module", "teaching"),
    *("lessons", "with an? (?:instructor|tutor|teacher)", "in total", "in all", "altogether"),
)
_STOPS = any_of("or", "but", "exam", "assessment", "sessions?", "test", "discount", "coaching", "review", "to")
_STOPS_SMALL = any_of("in", "on", "for", "at", "during")
_AFTER = pattern(
    rf"(?:'s?)?[- ]\s*(?:(?!\b(?:{_STOPS}|{_STOPS_SMALL})\b)[\w™()/&'+.*-]+\s+){{0,9}}?\b{_COURSE}\b"
    rf"|\s+{any_of('long', 'in length', 'in total', 'in all', 'altogether', 'live')}\b"
    r"|\s+of\s+(?:\w+\s+)?(?:training|teaching|tuition|instruction|lessons)\b"
)
_FILLERS = any_of(
    *("is", "of", "in", "over", "for", "the", "about", "around", "approximately", "roughly", "just", "only", "some"),
    *("a total of", "exactly", "all", "spread", "across", "course of", "a", "one", "total", "you", "up", "to", ":"),
    *("typically", "generally", "usually", "this"),
)
_VERBS = any_of(
    *("lasts?", "lasting", "takes?", "runs?", "running", "spans?", "spanning", "spread", "over", "across", "duration"),
    *("delivered (?:in|over|as)", "held (?:over|on|across)", "taught (?:in|over|across)", "length", "for"),
    *("consists? of", "composed of", "comprises?", "comprising", "made up of", rf"{_COURSE} (?:is|of)"),
    *(
        "(?:it|this|that) is",
        "(?:it|this|that)'s",
        "in (?:one|a|an|this|just|only|about|around|roughly|approximately|under)",
    ),
    *("(?:done|completed?|completes) in", "finish(?:es)? (?:in|after)", "is over in"),
)
_BEFORE = pattern(rf"(?:\b{_VERBS}(?:\s+{_FILLERS})*\s*:?|^In)\s*$")
_ALONE_BEFORE = pattern(rf"^(?:{NUMBER}\s+\w+,\s*)?$")
_ALONE_AFTER = pattern(
    r"\s*(?:[,.;:!(]|$)|\s+(?:of|in|at|on|over|behind|with|that|for|from|together|online|spread|in\s+which)\b"
)
_SHORT = frozenset({"minutes", "months"})
_OTHER_LENGTH = any_of(
    *("exam", "assessment", "test", "quiz", "paper", "certificate", "licen[cs]e", "access", "break", "lunch", "drive"),
    *("journey", "call", "review", "recordings?", "membership", "deadline"),
)
_REFUSE_BEFORE = pattern(
    r"\b(?:within|after|before|every|each|per|least|unlike|traditional|instead\s+of|rather\s+than|previous|last|first"
    r"|next|until|by|than|valid\s+for|access\s+for|lasts\s+for|compared\s+(?:to|with)"
    rf"|{_OTHER_LENGTH}\s+(?:\w+\s+){{0,2}}(?:lasts?|takes?|is|of|runs?|for))"
    r"(?:\s+(?:the|a|an|your|up\s+to|about|around|of|old|over))*\s*$"
)
_NOT_THE_COURSE = any_of(
    *("exams?", "examinations?", "assessments?", "tests?", "coaching", "reviews?", "calls?", "breaks?", "lunch"),
    *("notice", "experience", "trial", "window", "deadline", "meeting", "consultation", "webinar", "guarantee"),
    *("tasting", "homework", "self-study", "reading", "assignment", "paper", "quiz", "timer", "drive", "sessions?"),
    *("sprints?", "slots?", "blocks?", "lessons?"),
)
_RATE = rf"(?:(?:a|per|each|every|an|on)\s+(?:day|week|month|evening|session|lesson|morning|weekend|{_WEEKDAY}s?)|weekly|daily)"
_REFUSE_AFTER = pattern(
    rf"[- ]*(?:(?:(?!(?:of|with|and)\b)\w+[- ]){{0,2}}?{_NOT_THE_COURSE}\b|{_RATE}\b|each\b"
    rf"|{any_of('before', 'after', 'later', 'earlier', 'ago', 'in advance', 'prior', 'old', 'apart', 'on the road')}\b"
    rf"|of\s+{any_of('receiving', 'the (?:course|class|exam)', 'work', 'practice', 'experience', 'CPD', 'access')}\b"
    rf"|of\s+{any_of('self', 'reading', 'homework', 'preparation', 'practising')}\b"
    r"|to\s+(?:complete|finish|sit|take)\s+the\s+(?:exam|test|assessment)\b)"
)
_RATE_AFTER = pattern(rf"\s+{_RATE}\b|,?\s+each\b")
_A_RATE = pattern(r"\b(?:hours?|days?|evenings?|mornings?|afternoons?|nights?|sessions?|lessons?|once|twice|times)\s*$")
_EACH = pattern(
    r"\b(?:each|every|per)\b[^.;]{0,30}$|\b(?:sessions|lessons|evenings|mornings|classes|meetings)\s+of\s*$"
)
_PART = words(
    r"(?:each|every) (?:\w+ )?(?:session|lesson|evening|day|class|module|week|block|sitting|part|one|of)",
    r"exam(?:ination)?\b[^.,;]*\b(?:lasts?|takes?|hours?|minutes?)",
    r"(?:sessions|lessons|evenings|classes) (?:last|run|take|are)",
    *(r"refund\w*", r"cancel\w*", r"re-?sits?", r"re-?takes?", "discount", "password", "experience (?:as|in|of|with)"),
)
_COMPOUND = pattern(r"\d\s*[x×]\s*\d|\bh(?:ours?)?\s*(?:and\s+)?\d+\s*(?:m|$)|\d+\s*h\s*\d")


@dataclass(frozen=True, slots=True)
class Length:
    value: int | float | str
    """A figure, or the page's words where it gives a range, a product or no figure."""
    unit: str | None
    at: int = 0


def in_field(text: str, unit: str | None, whole_text: bool = True) -> list[Length]:
    """The lengths a (folded) field states; a bare number has the field's own unit, other text stands for itself."""
    text = text.strip()
    try:
        number = float(text)
    except ValueError:
        found = (
            [] if _COMPOUND.search(text) else [length for length, match in _spans(text) if not _is_part(text, match)]
        )
        as_it_stands = [Length(text, None)] if whole_text and text and len(text.split()) <= 12 else []
        return found or as_it_stands
    return [Length(whole(number), unit)] if number > 0 else []


def in_prose(sentence: str) -> list[Length]:
    """The lengths of the course that a (folded) sentence of prose states; hours before other units."""
    found = [length for length, match in _spans(sentence) if _of_course(sentence, match, length)]
    return sorted(found, key=lambda length: (length.unit != "hours", length.at)) if len(found) > 1 else found


def _of_course(sentence: str, match: re.Match[str], length: Length) -> bool:
    if _is_part(sentence, match):
        return False
    before = sentence[: match.start()]
    sittings = length.unit in _SITTINGS and re.match(r"\s+of\b", sentence[match.end() :])
    if not sittings and _REFUSE_AFTER.match(sentence, match.end()):
        return False
    if _REFUSE_BEFORE.search(before):
        return False
    if _AFTER.match(sentence, match.end()):
        return True
    if length.unit not in _SHORT and _ALONE_BEFORE.match(before) and _ALONE_AFTER.match(sentence, match.end()):
        return True
    return bool(_BEFORE.search(before)) and not _PART.search(_clause(sentence, match))


def _is_part(text: str, match: re.Match[str]) -> bool:
    """Whether the length is that of a part or of a rhythm: two hours each, two evenings a week."""
    before = text[: match.start()]
    if match["a"] and _A_RATE.search(before):
        return True
    return bool(_RATE_AFTER.match(text, match.end()) or _EACH.search(before))


def _clause(sentence: str, match: re.Match[str]) -> str:
    start = max(sentence.rfind(mark, 0, match.start()) for mark in (";", "(", ". "))
    return sentence[start + 1 : match.end() + 40]


def _spans(text: str) -> list[tuple[Length, re.Match[str]]]:
    if not _ANY_UNIT.search(text):
        return []
    return [(_length(match), match) for match in _SPAN.finditer(text)]


def _length(match: re.Match[str]) -> Length:
    unit = next(name for name in _UNITS if match[f"u_{name.replace('-', '_')}"])
    at = match.start()
    if match["halfday"]:
        return Length(1, "half-days", at) if unit == "days" else Length(0.5, unit, at)
    if match["many"] or match["range"]:
        return Length(" ".join(match.group().split()), None, at)
    value = 1 if match["a"] is not None else to_number(match["n"])
    return Length(whole(value + 0.5) if match["half"] or match["more"] else value, unit, at)


# How many hours a unit may plausibly stand for. Others are not compared with hours at all.
_HOURS = {"hours": (1.0, 1.0), "minutes": (1 / 60, 1 / 60), "days": (6.0, 8.0), "half-days": (3.0, 4.0)}
_SLACK = 1e-9


def agree(one: Length, other: Length) -> bool:
    """Whether both lengths can be right of one course; True where they cannot be compared."""
    if isinstance(one.value, str) or isinstance(other.value, str):
        return True
    if one.unit == other.unit:
        return one.value == other.value
    first, second = _HOURS.get(one.unit or ""), _HOURS.get(other.unit or "")
    if first is None or second is None:
        return True
    low, high = first[0] * one.value, first[1] * one.value
    other_low, other_high = second[0] * other.value, second[1] * other.value
    return low <= other_high + _SLACK and other_low <= high + _SLACK
