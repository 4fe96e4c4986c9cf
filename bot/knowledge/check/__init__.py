"""The content checker: what an editor should mend before a customer finds it."""

from collections.abc import Iterable, Iterator

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.check import (
    campaigns,
    copies,
    duties,
    exams,
    leftovers,
    links,
    names,
    people,
    places,
    sittings,
    statements,
    syllabus,
    titles,
)
from bot.knowledge.check.look import Look
from bot.models.content import SEVERITIES, Campaign, Problem


def check(catalogue: Catalogue, keys: Iterable[Campaign] = ()) -> list[Problem]:
    """Everything found in the pages as they were last read, page by page, the gravest first; and in the keys of deep links."""
    looks = [Look(course, page, catalogue.contract) for course, page in catalogue.pages()]
    found = [
        *catalogue.problems,
        *_of_each(looks),
        *names.collisions(looks),
        *exams.across(looks),
        *copies.copied(looks),
    ]
    found += campaigns.collisions(keys, {look.course.key: look.course for look in looks})
    return sorted(found, key=lambda problem: (problem.file, SEVERITIES.index(problem.severity)))


def _of_each(looks: list[Look]) -> Iterator[Problem]:
    usual = places.usual_fields(looks)
    signposts = links.Signposts(looks)
    for look in looks:
        yield from statements.contradictions(look)
        yield from sittings.uneven(look)
        yield from syllabus.numbered_twice(look)
        yield from duties.half_required(look)
        yield from people.left_out(look)
        yield from titles.called_otherwise(look, looks)
        yield from titles.other_codes(look, looks)
        yield from links.astray(look, signposts)
        yield from names.wrong_course(look, looks)
        yield from exams.named_differently(look, looks)
        yield from exams.of_another_number(look)
        yield from exams.given_with_two_numbers(look)
        yield from places.misplaced(look)
        yield from places.other_in_field(look)
        yield from places.repeated(look)
        yield from places.missing(look, usual)
        yield from leftovers.find(look)
        yield from places.silent(look)
