"""One course under several names: the text calls it otherwise than its title, or gives it a slightly different code."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from bot.knowledge.check.look import Look
from bot.knowledge.reading import Sentence
from bot.models.content import Problem

_JOINTS = r"(?:with|of|and|for|in|the|&|-)\s+"
_WORD = r"[A-Z][\w'&+-]*"
_CODE = r"\([^()]{2,12}\)"
_NAME = rf"(?<![\w&+-])(?P<name>{_WORD}(?:\s+(?:{_JOINTS}){{0,2}}(?:{_WORD}|{_CODE})){{1,9}})"
_KIND = r"(?:course|class|workshop|training)\b"
_NAMED = re.compile(rf"{_NAME}['\"]?\s+(?:{_KIND}|is an?\b)")
_CODED = re.compile(
    rf"(?<![\w&+-])(?P<name>{_WORD}(?:\s+{_WORD}){{1,9}})[\"']?\s+\((?P<code>[A-Za-z][\w-]{{2,11}})\)[\"']?\s+(?:{_KIND}|certificat|assessment|exam)"
)
_IN_TITLE = re.compile(r"\((?P<code>[\w-]{3,12})\)")
_MARKS = re.compile(r"™|®|(?<=[a-z])TM\b")
_OTHER = re.compile(
    r"\b(?:after|follow\w*|next|build\w*|beyond|sequel|than|previous\w*|earlier|complement\w*|prepar\w*|prerequisite|graduates?)\b",
    re.IGNORECASE,
)
"""Words with which a first sentence speaks of another course beside this one."""
_OPENING = re.compile(r"^(?:The|Our|This|In|Your|A|An|Welcome|Join)\s+")
_SMALL = frozenset(("with", "and", "for", "of", "in", "the", "our", "this", "certified", "online", "live"))
STEM = 6
"""Letters in which two forms of a word agree."""
SHARED = 3
"""Words that a name has in common with the title where it may mean the same course."""
ALIKE = 0.75
"""From this likeness on two codes are one with a slip."""


def called_otherwise(look: Look, looks: list[Look]) -> Iterator[Problem]:
    """The first sentence about the course names it with a word that is not the title's, and no other course is meant."""
    own = _words(" ".join((look.course.title, look.slug.replace("-", " "), *look.names[0])))
    others = [_words(name) for other in looks if other is not look for rank in other.names for name in rank]
    for sentence in _first_sentences(look):
        text = _MARKS.sub("", sentence.folded)
        match = _NAMED.search(text)
        if match is None or _OTHER.search(text) or look.contract.page.elsewhere.search(text):
            continue
        name = _OPENING.sub("", match["name"]).strip("'")
        words = _words(name)
        if len(words & own) >= SHARED and len(words - own) == 1 and not any(words <= other for other in others):
            yield look.problem(
                "contradiction",
                f"The course is “{look.course.title}”, but {sentence.field} calls it “{name}”: “{sentence.text}”.",
                "Give the course one name.",
                "title",
                sentence.field,
            )
            return


def _first_sentences(look: Look) -> Iterator[Sentence]:
    """Those with which the texts about the course begin."""
    rule = look.contract.rules.get("overview")
    for field in rule.fields if rule else ():
        yield from look.reading.sentences(field)[:1]


def other_codes(look: Look, looks: list[Look]) -> Iterator[Problem]:
    """A code in brackets that is nearly the course's own."""
    own = look.course.code or ""
    known = {other.course.code for other in looks}
    for field, code in _codes(look):
        if code in known or not own or _is_form_of(code.casefold(), own.casefold()) or not _alike(code, own):
            continue
        yield look.problem(
            "contradiction",
            f"The code of the course is {own}, but {field} says ({code}).",
            "Write the code that is right, or say what the other one stands for.",
            "code",
            field,
        )
        return


def _codes(look: Look) -> Iterator[tuple[str, str]]:
    """Codes in the title, and in sentences behind words of the title."""
    for field in look.contract.page.title:
        yield from ((field, match["code"]) for match in _IN_TITLE.finditer(str(look.reading.value(field) or "")))
    own = _words(look.course.title)
    for sentence in look.reading.prose():
        for match in _CODED.finditer(_MARKS.sub("", sentence.folded)):
            if _words(match["name"]) <= own:
                yield sentence.field, match["code"]


def _is_form_of(code: str, own: str) -> bool:
    """A part of the code (PAL of PAL-e), or one that goes on (an exam, an edition)."""
    return code.startswith(own) or own.startswith(code) or code in re.split(r"\W+", own)


def _alike(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return sorted(one) == sorted(other) or SequenceMatcher(None, one, other).ratio() >= ALIKE


def _words(text: str) -> frozenset[str]:
    """Stems of the words that tell names apart; the first of a series is often left unsaid."""
    words = re.findall(r"[^\W_]+", re.sub(r"\([^()]*\)?", " ", text).casefold())
    return frozenset(word[:STEM] for word in words if word not in _SMALL and (len(word) > 1 and word != "i"))
