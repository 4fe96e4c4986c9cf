"""What commands of several files use."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from bot.cli.progress import loading
from bot.errors import UnknownCourseError
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from bot.conversation.advisor import Advisor
    from bot.knowledge.load import KnowledgeLoader
    from bot.models.content import Provider
    from bot.models.course import Course
    from bot.store.database import Connection

T = TypeVar("T")

courses_option = click.option(
    "--courses", type=click.Path(path_type=Path), help="Folder of course pages to use instead of the configured ones."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def settings_with(courses: Path | None) -> Settings:
    """The settings, with another folder of course pages where one is given."""
    settings = read_settings()
    return replace(settings, courses_dir=courses) if courses else settings


def advisor_on(courses: Path | None) -> "Advisor":
    from bot.app import load_advisor

    with loading() as progress:
        return load_advisor(settings_with(courses), progress)


def loader_on(courses: Path | None) -> "KnowledgeLoader":
    """Reads the knowledge with the given pages; nothing is read yet."""
    from bot.knowledge.load import KnowledgeLoader

    settings = settings_with(courses)
    return KnowledgeLoader(settings.knowledge_dir, settings.courses_dir)


def provider() -> "Provider":
    """Who we are: time zone and keeping times."""
    return advisor_on(None).knowledge.provider


def with_database(work: Callable[["Connection"], Awaitable[T]]) -> T:
    """Do one thing in a transaction on the configured database."""
    from bot.app import open_database

    async def run() -> T:
        async with open_database(read_settings()) as database, database.begin() as connection:
            return await work(connection)

    return asyncio.run(run())


def find_course(advisor: "Advisor", key: str) -> "Course":
    """A course by its key in any case. Raises UnknownCourseError naming those that exist."""
    courses = advisor.knowledge.courses
    if key in courses:
        return courses[key]
    for course in courses.values():
        if key.casefold() in (course.key.casefold(), (course.code or "").casefold()):
            return course
    raise UnknownCourseError(f"There is no course {key!r} in the catalogue. Courses are: {', '.join(courses)}.")
