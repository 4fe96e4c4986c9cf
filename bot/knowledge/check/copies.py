"""Sentences copied from the page of another course that still speak of that course's subject."""

import re
from collections import defaultdict
from collections.abc import Iterator

from bot.knowledge.check.look import Look
from bot.knowledge.reading import Sentence
from bot.models.content import Problem

_WORD = re.compile(r"\b[A-Z][a-z]{3,}\b")
FEWEST = 8
"""Words of a sentence that two people do not write alike by chance."""


def copied(looks: list[Look]) -> Iterator[Problem]:
    """The same sentence on two pages; of its subject, in the title of one, the other says no further word."""
    held: dict[str, list[tuple[Look, Sentence, str]]] = defaultdict(list)
    for look in looks:
        for fact, sentence in _of_facts(look):
            held[sentence.folded.casefold()].append((look, sentence, fact))
    for holders in held.values():
        for look, sentence, fact in holders if len(holders) > 1 else ():
            source = next((other for other, _, _ in holders if _foreign(sentence, look, other)), None)
            if source is not None:
                yield look.problem(
                    "contradiction",
                    f"{sentence.field} has the words of {source.course.key} ({source.page.file}), and the rest of the page"
                    f" says nothing of that subject: “{sentence.text}”.",
                    "Write what is right for this course.",
                    fact,
                    sentence.field,
                )


def _of_facts(look: Look) -> Iterator[tuple[str, Sentence]]:
    """Long sentences in the field of a fact; free text may well be shared."""
    free = look.contract.rules["overview"].fields if "overview" in look.contract.rules else ()
    for rule, fact in look.facts():
        if fact is not None and fact.source.field in rule.fields and fact.source.field not in free:
            for sentence in look.reading.sentences(fact.source.field):
                if len(sentence.text.split()) >= FEWEST and not look.contract.page.elsewhere.search(sentence.folded):
                    yield rule.spec.name, sentence


def _foreign(sentence: Sentence, look: Look, other: Look) -> bool:
    """Whether the sentence has a word of the other title that this page uses nowhere else."""
    subject = set(_WORD.findall(sentence.text)) & set(_WORD.findall(other.course.title))
    if other is look or not subject:
        return False
    rest = look.text.replace(sentence.text.casefold(), " ")
    return any(word.casefold() not in rest for word in subject)
