"""Whom the course is for: the role in its title must not be left out where the text names everybody."""

import re
from collections.abc import Iterator

from bot.knowledge.check.look import Look
from bot.models.content import Problem

_ROLE = re.compile(r"\b([A-Z][a-z]+ [A-Z][a-z]+(?:er|or|ist|ian|ant|lead|coach|executive|analyst))s?\b")
"""Two words that end as names of people do: Pastry Chef is none, Head Baker is one."""
_EVERYBODY = re.compile(
    r"\b(?:any(?:one|body)|every(?:one|body)|all|teams?|members?|people|those|professionals)\b", re.I
)


def left_out(look: Look) -> Iterator[Problem]:
    """The audience field names the role of the title; another text says for whom else the course is, and for nobody more."""
    rule, fact = look.contract.rules.get("audience"), look.course.fact("audience")
    if rule is None or fact is None or fact.source.field not in rule.fields:
        return
    told = " ".join(sentence.folded for sentence in look.reading.sentences(fact.source.field)).casefold()
    roles = [role for role in _ROLE.findall(look.course.title) if f"{role.casefold()}s" in told]
    for sentence in look.reading.prose(without=frozenset(rule.fields)) if roles else ():
        match = rule.only.search(sentence.folded)
        named = sentence.folded[match.end() :].casefold() if match else ""
        if named and not _EVERYBODY.search(named) and not any(role.casefold() in named for role in roles):
            yield look.problem(
                "contradiction",
                f"{rule.spec.label}: {fact.source.field} names {roles[0]}s, but {sentence.field} leaves them out:"
                f" “{sentence.text}”.",
                "Name the same people in both places.",
                rule.spec.name,
                sentence.field,
            )
            return
