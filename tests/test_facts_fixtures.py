"""Each good fixture page states exactly what stands beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge.catalogue import Catalogue, Snapshot
from bot.knowledge.contract import read_contract
from bot.models.course import Course, value_as_json

ROOT = Path(__file__).parent
PAGES = ROOT / "catalogue"
EXPECTED = sorted(PAGES.glob("*.expected.yaml"))


def snapshot_of(directory: Path) -> Snapshot:
    contract = read_contract(yaml.safe_load((ROOT.parent / "knowledge" / "facts.yaml").read_text("utf-8")))
    return Catalogue(directory, contract).read()


@pytest.fixture(scope="module")
def courses() -> dict[str, Course]:
    return {course.file: course for course in snapshot_of(PAGES).courses.values()}


def cases() -> Iterator[Any]:
    for path in EXPECTED:
        page = path.name.replace(".expected.yaml", ".md")
        for fact, expected in yaml.safe_load(path.read_text("utf-8")).items():
            yield pytest.param(page, fact, expected, id=f"{page}-{fact}")


@pytest.mark.parametrize(("page", "name", "expected"), list(cases()))
def test_a_page_states_what_a_careful_reader_would_say(
    courses: dict[str, Course], page: str, name: str, expected: dict[str, Any]
) -> None:
    fact = courses[page].fact(name)
    assert (fact.status if fact else "not_stated") == expected["status"]
    if fact is None:
        return
    value = value_as_json(fact.value)
    if "value" in expected:
        assert value == expected["value"]
    if "unit" in expected:
        assert fact.unit == expected["unit"]
    if "items" in expected:
        assert isinstance(value, list)
        assert len(value) == expected["items"]
    if "holds" in expected:
        assert expected["holds"].casefold() in (str(value) + fact.source.quote).casefold()


def test_every_fact_names_the_line_where_its_field_begins(courses: dict[str, Course]) -> None:
    for page, course in courses.items():
        lines = (PAGES / page).read_text("utf-8").split("\n")
        for fact in course.facts.values():
            for statement in (fact.statement, *fact.also, *fact.support):
                line = lines[statement.source.line - 1]
                if statement.source.field != "body":
                    assert (
                        line.strip().startswith(statement.source.field.split("[]")[0].split(".")[-1] + ":")
                        or "{" in line
                    ), line
                else:
                    assert line.strip()
