"""One readable state of a page with what was made of it, and how pages share out names among themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.knowledge.contract import Contract
from bot.knowledge.course import Identity, identify, names_by_rank
from bot.knowledge.leftovers import leftovers
from bot.knowledge.pages import Page
from bot.knowledge.paths import value_at
from bot.models.content import Problem
from bot.models.course import Course


@dataclass(frozen=True, slots=True)
class Version:
    """Made once for each edit of a page; kept until the next."""

    page: Page
    identity: Identity
    names: tuple[tuple[str, ...], ...]
    """Names it may be called by, those with most right first."""
    remarks: tuple[Problem, ...]
    course: Course | None = None
    """Kept, so that facts already read stay read."""


def version(page: Page, contract: Contract) -> Version:
    identity = identify(page, contract.page)
    names = tuple(map(tuple, names_by_rank(page, identity, contract.page)))
    return Version(page, identity, names, tuple(_remarks(page, identity, contract)))


def _remarks(page: Page, identity: Identity, contract: Contract) -> Iterator[Problem]:
    yield from leftovers(page, identity.key)
    if any(value_at(page.data, path) not in (None, "", 0, [], {}) for path in contract.parts):
        return
    yield Problem(
        page.file,
        page.head_line,
        identity.key,
        None,
        "silent",
        "no fact found: the page has none of the fields that facts.yaml names.",
        "Add the page's own fields to the `fields` of facts.yaml.",
    )


def duplicate(file: str, identity: Identity, first: str) -> Problem:
    return Problem(
        file,
        1,
        identity.key,
        None,
        "unusable",
        f"the code {identity.key!r} is already that of {first}.",
        "Give it its own code.",
    )


def shared_out(versions: Mapping[str, Version]) -> dict[str, tuple[str, ...]]:
    """Names by file. A name that another course carries with more right (its title before an old address) is not given twice."""
    rights: dict[str, int] = {}
    for found in versions.values():
        for rank, names in enumerate(found.names):
            for name in names:
                folded = name.casefold()
                rights[folded] = min(rank, rights.get(folded, rank))
    return {
        file: tuple(
            dict.fromkeys(
                name
                for rank, names in enumerate(found.names)
                for name in names
                if rank == 0 or rights[name.casefold()] == rank
            )
        )
        for file, found in versions.items()
    }
