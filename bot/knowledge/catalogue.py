"""The course pages of a directory: read once, re-read only where a file changed, handed out as one whole."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from bot.knowledge import yamlfile
from bot.knowledge.contract import Contract
from bot.knowledge.course import make_course
from bot.knowledge.disk import Stamp, Stamps, look
from bot.knowledge.extract.fact import FactReader
from bot.knowledge.pages import Page, UnusablePageError, has_front_matter, parse_page, read_text, unusable
from bot.knowledge.versions import Version, duplicate, shared_out, version
from bot.models.content import Problem
from bot.models.course import Course


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one file gave when it was last read."""

    stamp: tuple[Stamp, ...]
    latest: Version | None = None
    """The page as it is on disk; None where it cannot be read, and then `problem` says why."""
    problem: Problem | None = None
    good: Version | None = None
    """The version last in force: it stays so while the latest cannot be used."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The catalogue at one moment."""

    courses: Mapping[str, Course]
    problems: tuple[Problem, ...]
    kept: tuple[Problem, ...] = ()
    """Those of the problems for which the last good version of the page is in force."""


class Catalogue:
    """Keeps parsed pages by path, time and size; `read` gives a new snapshot."""

    def __init__(self, root: Path, contract: Contract, site: str = "") -> None:
        self.root = root
        self.contract = contract
        self._reader = FactReader(contract, site)
        self._entries: dict[str, _Entry] = {}
        self._in_force: dict[str, Version] = {}
        self.problems: tuple[Problem, ...] = ()
        """What was found while reading."""

    def renewed(self, contract: Contract, site: str) -> "Catalogue":
        """The same pages read by another contract; what has not changed on disk is not opened again."""
        other = Catalogue(self.root, contract, site)
        for file, entry in self._entries.items():
            latest, good = (version(old.page, contract) if old else None for old in (entry.latest, entry.good))
            other._entries[file] = replace(entry, latest=latest, good=good)
        return other

    def pages(self) -> Iterator[tuple[Course, Page]]:
        """Every page in force with its course, as last read."""
        for found in self._in_force.values():
            if found.course is not None:
                yield found.course, found.page

    def read(self, progress: Callable[[int, int], None] | None = None) -> Snapshot:
        """Every page as it is now; only changed files are opened. `progress` hears pages done and pages in all."""
        stamps = look(self.root)
        files = sorted(file for file in stamps if _is_page(file))
        entries: dict[str, _Entry] = {}
        for number, file in enumerate(files, 1):
            entry = self._entry(file, stamps)
            if entry is not None:
                entries[file] = entry
            if progress is not None:
                progress(number, len(files))
        self._entries = entries
        return self._snapshot()

    def _entry(self, file: str, stamps: Stamps) -> _Entry | None:
        stamp = tuple(stamps[part] for part in (file, *self._parts(file)) if part in stamps)
        known = self._entries.get(file)
        if known is not None and known.stamp == stamp:
            return known
        good = known.good if known else None
        try:
            text = read_text(self.root / file, file, self.root)
            if file.rpartition("/")[2].casefold() == "readme.md" and not has_front_matter(text):
                return None
            page = parse_page(text, file, self._beside(file, stamps))
            return _Entry(stamp, version(page, self.contract), good=good)
        except UnusablePageError as error:
            return _Entry(stamp, problem=error.problem, good=good)

    def _parts(self, file: str) -> list[str]:
        """The files that belong to a page in a folder of its own."""
        folder, slash, name = file.rpartition("/")
        return [f"{folder}{slash}{other}" for other in self.contract.page.beside] if name == "index.md" else []

    def _beside(self, file: str, stamps: Stamps) -> dict[str, Any]:
        """Their fields."""
        found: dict[str, Any] = {}
        for part in self._parts(file):
            if part not in stamps:
                continue
            try:
                data = yamlfile.parse(read_text(self.root / part, part, self.root))
            except yamlfile.BadYamlError as error:
                raise unusable(part, error.line, error.message, error.fix) from None
            if isinstance(data, dict):
                found = {**data, **found}
        return found

    def _snapshot(self) -> Snapshot:
        problems: list[Problem] = []
        kept: list[Problem] = []
        taken: dict[str, str] = {}
        chosen: dict[str, Version] = {}
        for file, entry in self._entries.items():
            found, problem = _choose(file, entry, taken)
            if found:
                chosen[file] = found
                problems += found.remarks
            if problem:
                problems.append(problem)
                kept += [problem] if found else []
        names = shared_out(chosen)
        self._in_force = {file: self._with_course(found, names[file]) for file, found in chosen.items()}
        for file, found in self._in_force.items():
            entry = self._entries[file]
            if entry.good is not found:
                latest = found if entry.latest is chosen[file] else entry.latest
                self._entries[file] = replace(entry, latest=latest, good=found)
        self.problems = tuple(problems)
        courses = {found.course.key: found.course for found in self._in_force.values() if found.course}
        return Snapshot(courses, self.problems, tuple(kept))

    def _with_course(self, found: Version, names: tuple[str, ...]) -> Version:
        if found.course is None:
            read = partial(self._reader.read, found.page, found.identity)
            course = make_course(found.page, found.identity, self.contract, names, read)
        elif found.course.names == names:
            return found
        else:
            course = replace(found.course, names=names)
        addresses = tuple(name for name in names if name not in found.names[0])
        return replace(found, course=replace(course, addresses=addresses))


def _is_page(file: str) -> bool:
    return file.endswith(".md") and not file.rpartition("/")[2].startswith("_")


def _choose(file: str, entry: _Entry, taken: dict[str, str]) -> tuple[Version | None, Problem | None]:
    """The version in force, and why it is not the latest. A code belongs to the first file in path order."""
    problem = entry.problem
    for found in (entry.latest, entry.good):
        if found is None:
            continue
        first = taken.setdefault(found.identity.key.casefold(), file)
        if first == file:
            return found, problem
        problem = problem or duplicate(file, found.identity, first)
    return None, problem
