"""The content checker: what an editor should mend before a customer finds it."""

from collections.abc import Iterator
from typing import get_args

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.check import exams, leftovers, names, places, statements
from bot.knowledge.check.look import Look
from bot.models.content import Problem, Severity

_ORDER = {severity: number for number, severity in enumerate(get_args(Severity))}


def check(catalogue: Catalogue) -> list[Problem]:
    """Everything found in the pages as they were last read, page by page, the gravest first."""
    looks = [Look(course, page, catalogue.contract) for course, page in catalogue.pages()]
    found = [*catalogue.problems, *_of_each(looks), *names.collisions(looks), *exams.across(looks)]
    return sorted(found, key=lambda problem: (problem.file, _ORDER[problem.severity]))


def _of_each(looks: list[Look]) -> Iterator[Problem]:
    usual = places.usual_fields(looks)
    for look in looks:
        yield from statements.contradictions(look)
        yield from names.wrong_course(look, looks)
        yield from exams.named_differently(look, looks)
        yield from places.misplaced(look)
        yield from places.missing(look, usual)
        yield from leftovers.find(look)
        yield from places.silent(look)
