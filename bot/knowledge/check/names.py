"""Names that lead to the wrong course."""

import re
from collections import defaultdict
from collections.abc import Iterator

from bot.knowledge.check.look import Look
from bot.models.content import Problem

_COURSE = r"(?:\s*\([^()]{2,12}\))?\s+(?:course|class|workshop|training)\b"
WORDS = 3
"""Words from which a title is told apart from ordinary speech."""


def collisions(looks: list[Look]) -> Iterator[Problem]:
    """A title, short name, address or code that another course carries as well."""
    carried: dict[str, list[tuple[int, Look, str]]] = defaultdict(list)
    for look in looks:
        best: dict[str, tuple[int, Look, str]] = {}
        for rank, names in enumerate(look.names):
            for name in names:
                best.setdefault(name.casefold(), (rank, look, name))
        for folded, holder in best.items():
            carried[folded].append(holder)
    reported = set()
    for holders in carried.values():
        first, *others = sorted(holders, key=lambda holder: holder[0])
        for rank, look, name in others:
            pair = (look.course.key, first[1].course.key)
            if pair in reported:
                continue
            reported.add(pair)
            kind = ("title or short name", "address", "old address")[rank]
            yield look.problem(
                "collision",
                f"The {kind} “{name}” is also a name of {first[1].course.key} ({first[1].page.file}).",
                "Change it, so that the name leads to one course.",
                field=(look.contract.page.title, look.contract.page.slug, look.contract.page.aliases)[rank][0],
            )


def wrong_course(look: Look, looks: list[Look]) -> Iterator[Problem]:
    """A sentence that states a fact of this page and speaks of another course by its title."""
    own = " ".join((look.course.title, *look.course.names)).casefold()
    seen = set()
    for fact, statement in sorted(look.statements(), key=lambda pair: pair[1] is not pair[0].statement):
        quote = statement.source.quote
        if quote in seen:
            continue
        seen.add(quote)
        for other in looks:
            title = other.bare_title
            if other is look or len(title.split()) < WORDS or title.casefold() in own:
                continue
            if re.search(rf"\b{re.escape(title)}{_COURSE}", quote):
                yield look.problem(
                    "contradiction",
                    f"The sentence speaks of {title}, which is {other.course.key}: “{quote}”.",
                    "Name this course, if it is meant.",
                    fact.name,
                    statement.source.field,
                )
                break
