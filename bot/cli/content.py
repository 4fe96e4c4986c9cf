"""What it knows, and what is wrong with the pages."""

import json
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.progress import loading
from bot.cli.shared import advisor_on, courses_option, find_course, json_option, loader_on
from bot.knowledge.plural import counted

if TYPE_CHECKING:
    from bot.models.content import Problem
    from bot.models.course import Course

NOUNS = ("contradiction", "collision", "leftover")
"""Severities that are counted in the plural; the others are adjectives."""


@click.command()
@click.argument("code", required=False)
@json_option
@courses_option
def facts(code: str | None, as_json: bool, courses: Path | None) -> None:
    """Show everything known about a course, or about all, each fact with its source."""
    advisor = advisor_on(courses)
    chosen = [find_course(advisor, code)] if code else list(advisor.knowledge.courses.values())
    if as_json:
        data = {course.key: _course_json(course, list(advisor.knowledge.facts)) for course in chosen}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for course in chosen:
        click.echo(f"{course.key}  {course.title}  ({course.file})")
        for name in advisor.knowledge.facts:
            fact = course.fact(name)
            if fact is None:
                click.echo(f"  {name}: not stated")
                continue
            shown = advisor.spoken(fact) if fact.value is not None else "none"
            click.echo(f"  {name}: {shown}  [{fact.status}]")
            for statement in (fact.statement, *fact.also):
                click.echo(f"      “{statement.source.quote}”  {statement.source}, line {statement.source.line}")
        click.echo()


def _course_json(course: "Course", names: list[str]) -> dict[str, Any]:
    listed = []
    for name in names:
        fact = course.fact(name)
        if fact is not None:
            listed.append(fact.as_json())
            continue
        nothing = {"value": None, "unit": None, "quote": None, "line": None, "source": None}
        listed.append({"course": course.key, "name": name, "status": "not_stated", **nothing})
    return {"title": course.title, "file": course.file, "facts": listed}


@click.command()
@click.argument("directory", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--against",
    metavar="OLDDIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="List every answer that changes, appears or disappears compared with the pages of OLDDIR.",
)
@json_option
def check(directory: Path | None, against: Path | None, as_json: bool) -> None:
    """Check the content: what cannot be used, contradicts itself, stands in the wrong place or is missing.

    DIR holds course pages; the knowledge beside them is checked too. Exit code 1 when something cannot be used.
    """
    if against is not None:
        _show_changes(directory, against, as_json)
        return
    with loading() as progress:
        problems = loader_on(directory).check(progress)
    if as_json:
        click.echo(json.dumps([problem.as_json() for problem in problems], ensure_ascii=False, indent=2))
    else:
        _show(problems)
    if any(problem.severity == "unusable" for problem in problems):
        click.get_current_context().exit(1)


def _show(problems: "list[Problem]") -> None:
    """The gravest first, page by page."""
    from bot.models.content import SEVERITIES

    counts = Counter(problem.severity for problem in problems)
    for severity in SEVERITIES:
        if counts[severity]:
            click.echo(severity)
        found = (problem for problem in problems if problem.severity == severity)
        for file, those in groupby(found, key=lambda problem: problem.file):
            click.echo(f"  {file}")
            _show_page(list(those))
    total = ", ".join(_counted(severity, counts[severity]) for severity in SEVERITIES if counts[severity])
    files = counted(len({problem.file for problem in problems}), "files")
    click.echo(f"Found in {files}: {total}." if total else "No problems found.")


def _show_page(problems: "list[Problem]") -> None:
    """What the page is silent on in one line."""
    silent = [problem.fact for problem in problems if problem.severity == "silent" and problem.fact]
    for problem in problems:
        if problem.fact not in silent:
            place = f"line {problem.line}: " if problem.line else ""
            click.echo(f"    {place}{problem.message} {problem.fix}")
    if silent:
        click.echo(f"    on {', '.join(silent)}")


def _counted(severity: str, number: int) -> str:
    return counted(number, f"{severity}s") if severity in NOUNS else f"{number} {severity}"


def _show_changes(directory: Path | None, against: Path, as_json: bool) -> None:
    from bot.knowledge.changes import changed_answers

    with loading() as progress:
        old, new = (loader_on(folder).load(progress).courses for folder in (against, directory))
        changes = changed_answers(old, new)
    if as_json:
        click.echo(json.dumps([change.as_json() for change in changes], ensure_ascii=False, indent=2))
        return
    for course, found in groupby(changes, key=lambda change: change.course):
        click.echo(course)
        for change in found:
            click.echo(f"  {change.change:12} {change.fact}: {change.told}")
    verb = "differs" if len(changes) == 1 else "differ"
    click.echo(f"{counted(len(changes), 'answers')} {verb}." if changes else "No answer differs.")


COMMANDS = (facts, check)
