"""Whether a list of topics or objectives speaks of what a question asks: "does it cover forecasting"."""

import re
from collections.abc import Callable
from functools import lru_cache

from bot.conversation.claimed import Claim
from bot.models.course import Course, Fact
from bot.understanding.stems import stemmer

_WORD = re.compile(r"[^\W\d_]+")


def stands(fact: Fact, claim: Claim) -> bool:
    """Whether everything asked stands in the list."""
    asked = _asked(claim)
    return bool(asked) and not claim.negated and asked <= _stems(_text(fact), claim)


def silent(fact: Fact, claim: Claim, course: Course | None) -> bool:
    """Whether nothing asked stands on the page, be it in the list or elsewhere."""
    asked = _asked(claim)
    page = course.text() if course else ""
    return bool(asked) and not asked & _stems(f"{_text(fact)} {page}", claim)


def _text(fact: Fact) -> str:
    return " ".join(fact.value) if isinstance(fact.value, tuple) else f"{fact.value} {fact.source.quote}"


def _asked(claim: Claim) -> frozenset[str]:
    """Stems of the subject, where the question names one and wants a yes or no."""
    words = claim.knowledge.claims.get("covering", {})
    if not claim.holds(words.get("asked", ())) or claim.holds(words.get("open", ())):
        return frozenset()
    function = set(claim.knowledge.vocabulary.data.get("function_words", "").split())
    said = " ".join(word for word in claim.text.split() if word not in function)
    return _stems(said, claim) - _empty(claim)


def _empty(claim: Claim) -> frozenset[str]:
    """Stems that are no subject: of the question's own words and of those that any course's title may hold."""
    data, claims = claim.knowledge.vocabulary.data, claim.knowledge.claims
    covering = claims.get("covering", {})
    rows = (data.get("general", ()), covering.get("empty", ()), covering.get("asked", ()), claims.get("claims", ()))
    return _stems(" ".join(str(word) for row in rows for word in row), claim)


def _stems(text: str, claim: Claim) -> frozenset[str]:
    return _stems_of(text, stemmer(claim.knowledge.vocabulary.data))


@lru_cache(maxsize=256)
def _stems_of(text: str, stem: Callable[[str], str]) -> frozenset[str]:
    return frozenset(map(stem, _WORD.findall(text.casefold())))
