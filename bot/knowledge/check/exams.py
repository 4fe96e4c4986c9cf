"""Exams: named differently from the course, or with different figures on different pages."""

import re
from collections import defaultdict
from collections.abc import Iterator

from bot.knowledge.check.look import Look
from bot.knowledge.extract.exams import exams_given
from bot.models.content import Problem
from bot.models.course import Retake, Value

_PREPARES = re.compile(
    r"\b(?:studying|preparing|prepares?(?:\s+you)?|preparation|ready)\s+for\b.*\b(?:assessment|exam|test|certification)",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"\s+(?:(?:certification|online|final)\s+)*(?:assessment|exam|examination|test|certification|certificate)s?$"
)
_PART = re.compile(r"(?P<stem>[A-Za-z][\w ]*?)\s+(?P<number>I{1,3}|IV|V|\d)\b")
_LATER = re.compile(r"\b(?:discount\w*|next|later|afterwards|further|once|prepar\w*)\b", re.IGNORECASE)
STEM = 6
"""Letters in which two forms of a word agree: developer, development."""


def named_differently(look: Look, looks: list[Look]) -> Iterator[Problem]:
    """Participants get the exam of a name that is nearly the course's own."""
    own = _words(look.course.title)
    titles = [_words(other.course.title) for other in looks if other is not look]
    for field in dict.fromkeys(rule.source.field for rule in [look.course.fact("certification")] if rule):
        for sentence in look.reading.sentences(field):
            for exam in exams_given(sentence.text):
                words = _words(exam)
                strange = words - own
                if len(words) < 4 or not strange or len(words & own) < 3 or any(words <= title for title in titles):
                    continue
                yield look.problem(
                    "contradiction",
                    f"The exam is called “{exam}”, the course “{look.course.title}”: “{sentence.text}”.",
                    "Check which name is right.",
                    "certification",
                    field,
                )
                return


def of_another_number(look: Look) -> Iterator[Problem]:
    """The page gives its participants Exam I and says that it prepares for Exam II."""
    for field in ("body", *look.contract.page.prose):
        for sentence in look.reading.sentences(field):
            if _PREPARES.search(sentence.folded) and look.scope.is_of_another_exam(sentence):
                yield look.problem(
                    "contradiction",
                    f"The sentence speaks of another exam than the one of this course: “{sentence.text}”.",
                    "Name this course's exam, if it is meant.",
                    "certification",
                    field,
                )
                return


def given_with_two_numbers(look: Look) -> Iterator[Problem]:
    """The field for the certificate gives Exam I to participants, and another text gives them Exam II."""
    rule, fact = look.contract.rules.get("certification"), look.course.fact("certification")
    if rule is None or fact is None or fact.source.field not in rule.fields:
        return
    own: dict[str, set[str]] = defaultdict(set)
    for sentence in look.reading.sentences(fact.source.field):
        for stem, number in _parts(sentence.text):
            own[stem].add(number)
    for sentence in look.reading.prose(without=frozenset(rule.fields)) if own else ():
        if _LATER.search(sentence.folded) or look.contract.page.elsewhere.search(sentence.folded):
            continue
        for stem, number in _parts(sentence.text):
            if stem in own and number not in own[stem]:
                yield look.problem(
                    "contradiction",
                    f"{fact.source.field} gives participants {stem} {' and '.join(sorted(own[stem]))}, but {sentence.field}"
                    f" gives them {stem} {number}: “{sentence.text}”.",
                    "Check which exam it is.",
                    "certification",
                    sentence.field,
                )
                return


def _parts(sentence: str) -> list[tuple[str, str]]:
    """Names and numbers of the exams that a sentence gives to participants, long and short."""
    return [(match["stem"], match["number"]) for exam in exams_given(sentence) for match in _PART.finditer(exam)]


def across(looks: list[Look]) -> Iterator[Problem]:
    """The same exam with another pass mark, or another rule for a further attempt, on another page."""
    known: dict[tuple[str, str], tuple[Look, Value, str]] = {}
    for look in looks:
        mark = look.course.fact("pass_mark")
        if mark is None or not mark.subject:
            continue
        exam = _KIND.sub("", mark.subject).casefold()
        for name in ("pass_mark", "retake"):
            fact = look.course.fact(name)
            if fact is None or fact.value is None:
                continue
            first = known.setdefault((exam, name), (look, fact.value, fact.source.quote))
            if _differ(first[1], fact.value):
                yield look.problem(
                    "contradiction",
                    f"{mark.subject}: this page says “{fact.source.quote}”, {first[0].page.file} says “{first[2]}”.",
                    "Both speak of one exam: mend the page that is wrong.",
                    name,
                    fact.source.field,
                )


def _differ(one: Value, other: Value) -> bool:
    if isinstance(one, Retake) and isinstance(other, Retake):
        pairs = ((one.attempts, other.attempts), (one.window_days, other.window_days), (one.cost, other.cost))
        return any(first is not None and second is not None and first != second for first, second in pairs)
    return one != other


def _words(text: str) -> frozenset[str]:
    """Stems of the words that tell names apart."""
    words = re.findall(r"[a-z]{2,}", re.sub(r"\([^()]*\)", "", text).casefold())
    return frozenset(
        word[:STEM] for word in words if word not in ("ii", "iii", "iv", "and", "with", "for", "of", "the")
    )
