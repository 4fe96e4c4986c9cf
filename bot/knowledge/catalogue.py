"""The course pages of a directory: read once, re-read only where a file changed, handed out as one whole."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from bot.knowledge import yamlfile
from bot.knowledge.contract import Contract
from bot.knowledge.course import Identity, identify, make_course, names_by_rank
from bot.knowledge.extract.fact import FactReader
from bot.knowledge.leftovers import leftovers
from bot.knowledge.pages import Page, UnusablePageError, has_front_matter, parse_page, read_text, unusable
from bot.knowledge.paths import value_at
from bot.models.content import Problem
from bot.models.course import Course

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one file gave when it was last read."""

    stamp: Stamp
    page: Page | None = None
    problem: Problem | None = None
    course: Course | None = None
    """Kept while the page is unchanged, so that facts already read stay read."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The catalogue at one moment."""

    courses: Mapping[str, Course]
    problems: tuple[Problem, ...]


class Catalogue:
    """Keeps parsed pages by path, time and size; `read` gives a new snapshot."""

    def __init__(self, root: Path, contract: Contract, site: str = "") -> None:
        self.root = root
        self.contract = contract
        self._reader = FactReader(contract, site)
        self._entries: dict[str, _Entry] = {}
        self.problems: tuple[Problem, ...] = ()
        """What was found while reading."""

    def pages(self) -> Iterator[tuple[Course, Page]]:
        """Every usable page with its course, as last read."""
        for entry in self._entries.values():
            if entry.course is not None and entry.page is not None:
                yield entry.course, entry.page

    def read(self, progress: Callable[[int, int], None] | None = None) -> Snapshot:
        """Every page as it is now; only changed files are opened. `progress` hears pages done and pages in all."""
        files = sorted(_pages(self.root), key=lambda path: path.as_posix())
        entries: dict[str, _Entry] = {}
        for number, path in enumerate(files, 1):
            file = path.relative_to(self.root).as_posix()
            entry = self._entry(path, file)
            if entry is not None:
                entries[file] = entry
            if progress is not None:
                progress(number, len(files))
        self._entries = entries
        return self._snapshot()

    def _entry(self, path: Path, file: str) -> _Entry | None:
        stamp = _stamp(path, self.contract.page.beside)
        known = self._entries.get(file)
        if known is not None and known.stamp == stamp:
            return known
        try:
            text = read_text(path, file, self.root)
            if path.name.casefold() == "readme.md" and not has_front_matter(text):
                return None
            return _Entry(stamp, page=parse_page(text, file, self._beside(path, file)))
        except UnusablePageError as error:
            return _Entry(stamp, problem=error.problem)

    def _beside(self, path: Path, file: str) -> dict[str, Any]:
        """Fields of the files that belong to a page in a folder of its own."""
        found: dict[str, Any] = {}
        if path.name != "index.md":
            return found
        for name in self.contract.page.beside:
            other = path.with_name(name)
            if not other.is_file():
                continue
            shown = f"{file.rpartition('/')[0]}/{name}".lstrip("/")
            try:
                data = yamlfile.parse(read_text(other, shown, self.root))
            except yamlfile.BadYamlError as error:
                raise unusable(shown, error.line, error.message, error.fix) from None
            if isinstance(data, dict):
                found = {**data, **found}
        return found

    def _snapshot(self) -> Snapshot:
        courses: dict[str, Course] = {}
        problems: list[Problem] = []
        taken: dict[str, str] = {}
        identities: dict[str, Identity] = {}
        for file, entry in self._entries.items():
            if entry.problem is not None or entry.page is None:
                problems += [entry.problem] if entry.problem else []
                continue
            identity = identify(entry.page, self.contract.page)
            first = taken.setdefault(identity.key.casefold(), file)
            if first != file:
                problems.append(_duplicate(file, identity, first))
                continue
            identities[file] = identity
            problems += [problem for problem in self._remarks(entry.page, identity) if problem]
        for file, names in _shared_out(identities, self._entries, self.contract).items():
            course = self._course(file, identities[file], names)
            courses[course.key] = course
        self.problems = tuple(problems)
        return Snapshot(courses, self.problems)

    def _course(self, file: str, identity: Identity, names: tuple[str, ...]) -> Course:
        entry = self._entries[file]
        assert entry.page is not None
        if entry.course is not None:
            return entry.course if entry.course.names == names else replace(entry.course, names=names)
        course = make_course(
            entry.page, identity, self.contract, names, partial(self._reader.read, entry.page, identity)
        )
        self._entries[file] = replace(entry, course=course)
        return course

    def _remarks(self, page: Page, identity: Identity) -> Iterator[Problem]:
        yield from leftovers(page, identity.key)
        if any(value_at(page.data, path) not in (None, "", 0, [], {}) for path in self.contract.parts):
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


def _duplicate(file: str, identity: Identity, first: str) -> Problem:
    return Problem(
        file,
        1,
        identity.key,
        None,
        "unusable",
        f"the code {identity.key!r} is already that of {first}.",
        "Give it its own code.",
    )


def _pages(root: Path) -> Iterator[Path]:
    """Markdown files below the root, links to directories not followed."""
    for directory, folders, files in root.walk() if hasattr(root, "walk") else _walk(root):
        folders[:] = [folder for folder in folders if not folder.startswith(".")]
        yield from (directory / name for name in files if name.endswith(".md") and not name.startswith((".", "_")))


def _walk(root: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    import os

    for directory, folders, files in os.walk(root):
        yield Path(directory), folders, files


def _stamp(path: Path, beside: tuple[str, ...]) -> Stamp:
    found = []
    for part in (path, *(path.with_name(name) for name in beside if path.name == "index.md")):
        try:
            status = part.stat()
        except OSError:
            continue
        found.append((part.name, status.st_mtime_ns, status.st_size))
    return tuple(found)


def _shared_out(
    identities: Mapping[str, Identity], entries: Mapping[str, _Entry], contract: Contract
) -> dict[str, tuple[str, ...]]:
    """Names by file. A name that another course carries with more right (its title before an old address) is not given twice."""
    ranked = {}
    rights: dict[str, int] = {}
    for file, identity in identities.items():
        page = entries[file].page
        assert page is not None
        ranked[file] = names_by_rank(page, identity, contract.page)
        for rank, names in enumerate(ranked[file]):
            for name in names:
                rights[name.casefold()] = min(rank, rights.get(name.casefold(), rank))
    return {
        file: tuple(
            dict.fromkeys(
                name
                for rank, names in enumerate(ranks)
                for name in names
                if rights[name.casefold()] == rank or rank == 0
            )
        )
        for file, ranks in ranked.items()
    }
