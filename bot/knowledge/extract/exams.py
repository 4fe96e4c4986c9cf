"""Which exam a sentence speaks of, and whether that is this course's own."""

import re
from collections.abc import Iterable

from bot.knowledge.extract.numbers import NUMBER
from bot.knowledge.extract.patterns import any_of, exact, mentions, pattern, whole

_WORD = r"[A-Z0-9][\w™®'&+/.-]*"
_PART = rf"(?:{_WORD}|\([^()]{{2,40}}\))"
_NAME = rf"(?P<name>{_PART}(?:\s+(?:(?:with|of|in|for|the|&|-)\s+){{0,2}}{_PART})*)"
_KIND = any_of(
    *("assessments?", "exam(?:ination)?s?", "tests?", "certifications?", "certificates?", "quiz", "paper"),
)
_EXAM = exact(rf"{_NAME}\s+(?P<kind>(?:(?:certification|online|final|theory|written)\s+)*{_KIND})\b")
_ANY = mentions("assess", "exam", "test", "certif", "quiz", "paper")
_UNNAMED = exact(
    r"\b(?:the|an?|each|our|your|The|A|Each|Our|Your)\s+"
    r"(?P<name>(?!(?:same|this|whole|first|second|next|other|minimum|pass|passing|free)\b)[a-z][\w-]*(?:\s+[a-z][\w-]*)?)"
    r"\s+(?P<kind>assessment|exam|examination|test|quiz|paper)\b"
)
_PART_NAMED = pattern(
    rf"\b(?P<numbered>(?:paper|part|unit|module|section|component|stage)\s+(?:\d|[A-H]|one|two|three|four|I{{1,3}}|IV)(?![\w-]))"
    rf"|\b(?P<skill>theory|practical|written|oral|spoken|speaking|listening|reading|writing)\b(?:\s+(?P<of>{_KIND}|part)\b)?"
)
_OTHER = pattern(
    r"\b(?:the|an?|your|its|our|each)\s+(?P<kind_of>(?:(?!(?:an?|the|with|to|is|are|in|on|at|you|your|for|of|by|ends?|has|have|had"
    r"|follows?|closes|must|will|can|may|or|but|that|which|it|includes?)\b)[\w'.-]+\s+){1,6}?)"
    r"(?:tests?|exam(?:ination)?s?|assessments?|quiz(?:zes)?|papers?|diploma|badge|licen[cs]e|award)\b"
)
_GENERAL = frozenset(
    [
        *("final", "written", "online", "theory", "multiple", "choice", "multiple-choice", "closed", "open", "book"),
        *("closed-book", "open-book", "practical", "oral", "spoken", "short", "end", "end-of-course", "same", "main"),
        *("own", "this", "whole", "second", "computer-based", "proctored", "formal", "official", "external"),
        *(
            "internal",
            "closing",
            "concluding",
            "summative",
            "leaving",
            "certifying",
            "supervised",
            "invigilated",
            "mcq",
        ),
        *("timed", "standard", "part", "paper", "free", "next", "last", "required", "two", "three", "knowledge"),
        "skills",
        *("accompanying", "included", "corresponding", "associated", "relevant", "actual", "real", "minute"),
        *("question", "vendor", "awarding", "body", "s"),
    ]
)
"""Words before `exam` that do not tell which."""
_COUNTED = pattern(rf"{NUMBER}[ -](?:question|item|minute|hour|part)s?\b")
_LEADING = exact(
    r"^(?:The|A|An|All|Any|This|These|Your|Our|You|To|For|In|If|On|At|Each|Free|Final|Once|Upon|After|Open|Online)\s+"
)
_GIVEN = whole(
    *(r"receive\w*", r"password\w*", r"includ\w+", "attempts? at", "given", "issued", "credentials?", "sits?"),
    "takes?",
    *(r"finish\w*", "end of", "ends with", r"prepar\w+", "leads? to", r"complet\w+"),
)
_AWARDS = mentions(
    *("receiv", "award", "earn", "gain", "get", "hold", "obtain", "lead", "issued", "prepar", "toward", "take", "sit"),
    *("pass", "complet"),
)
_AWARDED = pattern(
    r"\b(?:you|participants|candidates|learners|students|delegates|course|class|training|programme|it)\b[^.;]{0,40}"
    r"\b(?:receiv|award|earn|gain|get|hold|obtain|leads?\s+to|issued|prepar|towards|takes?\b|sits?\b|pass|complet)[^.;]{3,120}"
)
_NAMES = exact(r"\b[A-Z][\w'&+-]+")
_ADDRESSED = pattern(
    r"\b(?:you|participants|candidates|learners|students|delegates|attendees|trainees)\b[^.;]{0,60}"
    r"\b(?:must|need|score|have\s+to|sit|achieve|take|answer)"
)
_SHARED = exact(r"\band\s+(?:the\s+)?$")
_COMMON = frozenset(
    [
        *("professional", "certified", "certification", "certificate", "assessment", "exam", "examination", "test"),
        *("course", "class", "training", "level", "with", "and", "the", "of", "for", "in", "i", "ii", "iii", "free"),
        *("final", "first", "second", "online", "open", "attempt", "foundation", "industry-recognized", "industry"),
    ]
)


def exam_named(sentence: str, before: int | None = None) -> str | None:
    """The exam a sentence names, the last one before a position if there is one; None where two share the name."""
    named: list[tuple[int, str]] = []
    for match in _EXAM.finditer(sentence) if _ANY(sentence) else ():
        name = _bare(match["name"])
        if not any(letter.isupper() for letter in name) or name.casefold() in _COMMON or _COUNTED.match(name):
            continue
        start = sentence.index(name, match.start())
        if start == 0 and name.isalpha() and not name.isupper():
            continue
        if _SHARED.search(sentence[:start]):
            return None
        named.append((start, f"{_short(name)} {match['kind']}"))
    if before is not None:
        named = [pair for pair in named if pair[0] < before] or named
    return named[-1][1] if named else None


def part_named(sentence: str, at: int) -> str | None:
    """The part of an exam a figure is that of: theory test, written paper, Paper 1."""
    if match := _UNNAMED.search(sentence):
        return f"{match['name']} {match['kind']}"
    *_, match = (None, *_PART_NAMED.finditer(sentence, 0, at))
    if match is None:
        return None
    return f"test of {match['numbered']}" if match["numbered"] else f"{match['skill'].lower()} {match['of'] or 'test'}"


def names_another(sentence: str, own: frozenset[str]) -> bool:
    """Whether a (folded) sentence speaks of a test or award by a name of which no word is the course's own."""
    named = [_telling_words(match["kind_of"]) for match in _OTHER.finditer(sentence)]
    return bool(named) and all(words and words.isdisjoint(own) for words in named)


def _telling_words(text: str) -> set[str]:
    return {word for word in _words(text) if word not in _GENERAL and not word[0].isdigit()}


def _bare(name: str) -> str:
    """Without the words that only open the sentence."""
    while (shorter := _LEADING.sub("", name)) != name:
        name = shorter
    return name.strip()


def _short(name: str) -> str:
    """`Professional Scrum Master I (PSM I)` is spoken of as PSM I."""
    match = re.search(r"\(([^()]*[A-Z]{2}[^()]*)\)$", name)
    return match.group(1) if match else name


def own_words(titles: Iterable[str], sentences: Iterable[str]) -> frozenset[str]:
    """Words of the exams that belong to the course: of its names, and of exams its page gives to participants."""
    words: set[str] = set()
    for title in titles:
        words |= _words(title)
    for sentence in sentences:
        if _ANY(sentence) and _GIVEN.search(sentence):
            for match in _EXAM.finditer(sentence):
                words |= _words(match["name"])
    return frozenset(words)


def exams_given(sentence: str) -> list[str]:
    """Names of the exams that a sentence says participants get."""
    if not _ANY(sentence) or not _GIVEN.search(sentence):
        return []
    return [_bare(match["name"]) for match in _EXAM.finditer(sentence)]


def awards_given(sentence: str) -> list[str]:
    """What a sentence says participants get."""
    return [said.group() for said in _AWARDED.finditer(sentence)] if _AWARDS(sentence) else []


def names_in(text: str) -> list[str]:
    """Words with a capital letter, in small ones."""
    return [match.group().casefold() for match in _NAMES.finditer(text)]


def is_foreign(exam: str | None, own: frozenset[str], sentence: str) -> bool:
    """Whether the exam bears none of the course's own names, in a sentence that does not speak to its participants."""
    words = _words(exam) if exam else set()
    return bool(words) and words.isdisjoint(own) and not _ADDRESSED.search(sentence)


def _words(text: str) -> set[str]:
    """Words that tell names apart; of a code its letters as well (CPFM1, SOC-E)."""
    whole = re.findall(r"[\w-]+", text.casefold())
    parts = [part for word in whole if not word.isalpha() for part in re.findall(r"[^\W\d_]{3,}", word)]
    return {word for word in (*whole, *parts) if word not in _COMMON and not word.isdigit()}
