"""What a list calls helpful and one of its entries required."""

import re
from collections.abc import Iterator

from bot.knowledge.check.look import Look
from bot.models.content import Problem

_BRACKETS = re.compile(r"\(([^()]+)\)")


def half_required(look: Look) -> Iterator[Problem]:
    """An entry marked as required in a list whose first words only wish for it."""
    for rule, fact in look.facts():
        if fact is None or fact.source.field not in rule.fields or not rule.wished:
            continue
        for sentence in look.reading.sentences(fact.source.field):
            marks = _BRACKETS.findall(sentence.text)
            if rule.wished.search(sentence.lead_in) and any(rule.due.fullmatch(mark) for mark in marks):
                yield look.problem(
                    "contradiction",
                    f"{rule.spec.label}: {fact.source.field} begins with “{sentence.lead_in}”, but has in its list"
                    f" “{sentence.text}”.",
                    "Say whether it is required or only helpful.",
                    rule.spec.name,
                    fact.source.field,
                )
                break
