"""The checker on lists and on whom a course is for."""

from typing import Any

import pytest

from tests.test_check import GOOD, Write, check, found

__all__ = ["check"]


def messages(problems: Any, fact: str) -> list[str]:
    return [message for named, message in found(problems, "contradiction") if named == fact]


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        (["Session 1: Flour, Bake 1", "Session 2: Salt, Bake 2", "Session 3: Water, Bake 2"], "Bake 2 twice"),
        (["Session 1: Flour", "Session 2: Salt", "Session 2: Water", "Session 4: Yeast"], "Session 2 twice"),
        (["**Module 1** Flour", "**Module 2** Salt", "**Module 2** Water", "**Module 4** Yeast"], "Module 2 twice"),
    ],
)
def test_a_number_of_the_syllabus_that_stands_twice(check: Write, entries: list[str], says: str) -> None:
    ((message),) = messages(check(topics="\n".join(f"- {entry}" for entry in entries)), "topics")
    assert says in message


@pytest.mark.parametrize(
    "entries",
    [
        ["Session 1: Flour, Bake 1", "Session 2: Salt, Bake 2", "Session 3: Water, Bake 3"],
        ["Session 1: Flour, Bake 1", "Session 2: Salt, Bake 2", "Session 3: Bake 2 continued"],
        ["Session 1: Chapter 1", "Session 2: Chapter 2", "Session 3: Chapter 2"],
        ["Session 1: Flour 1", "Session 2: Salt 1", "Session 3: Water 1"],
        ["Day 1: Flour", "Day 1: Salt", "Day 2: Water"],
        ["Day 1: Flour", "Day 2: Salt", "Day 2: Water"],
        ["Day 1: Flour", "Day 2, morning: Salt", "Day 2, afternoon: Water", "Day 4: Yeast"],
        ["Session 1: Bake 1", "Session 2: Bake 1"],
        ["Session 1: Flour", "Session 2: Salt", "Session 3: Water", "Session 1: Flour", "Session 2: Salt"],
    ],
)
def test_numbers_that_rightly_stand_twice_raise_no_alarm(check: Write, entries: list[str]) -> None:
    assert check(topics="\n".join(f"- {entry}" for entry in entries)) == []


@pytest.mark.parametrize(
    ("lead_in", "entry", "expected"),
    [
        ("You make the most of it if you:", "Have read the baking guide (required)", 1),
        ("It would be beneficial to bring:", "An apron (**mandatory**)", 1),
        ("You make the most of it if you:", "Have read the baking guide (not required)", 0),
        ("You make the most of it if you:", "Know the required temperature", 0),
        ("Before the class you must:", "Have read the baking guide (required)", 0),
    ],
)
def test_what_is_called_helpful_and_required_at_once(check: Write, lead_in: str, entry: str, expected: int) -> None:
    problems = check(prerequisites=f"{lead_in}\n- {entry}\n- Have an oven at home\n")
    assert len(messages(problems, "prerequisites")) == expected


HEAD = {**GOOD, "title": "Certified Head Baker (HEAD)", "slug": "head-baker"}
FIELD = "The class is for Head Bakers and their assistants."


@pytest.mark.parametrize(
    ("audience", "lead", "expected"),
    [
        (FIELD, "It is designed specifically for hosts, millers and cooks.", 1),
        (FIELD, "It is exclusively for hosts.", 1),
        (FIELD, "It is designed specifically for hosts, millers and Head Bakers.", 0),
        (FIELD, "It is designed specifically for anyone with an oven.", 0),
        (FIELD, "It is for hosts, millers and cooks as well.", 0),
        ("The class is for whole kitchens.", "It is designed specifically for hosts, millers and cooks.", 0),
    ],
)
def test_a_role_of_the_title_that_the_text_leaves_out(check: Write, audience: str, lead: str, expected: int) -> None:
    page = {**HEAD, "delivery": {**GOOD["delivery"], "code": "HEAD", "audience": audience, "lead": f"One day. {lead}"}}
    assert len(messages(check(page), "audience")) == expected
