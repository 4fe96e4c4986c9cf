"""Questions about the catalogue as a whole."""

import pytest

from bot.models.reply import Items, Reply
from tests.conftest import Person


def lines(reply: Reply) -> list[str]:
    return [line for block in reply.blocks if isinstance(block, Items) for line in block.items]


def test_a_role_finds_the_pages_that_speak_of_it_with_their_own_sentence(person: Person) -> None:
    reply = person.says("which course would you recommend for a designer")
    assert reply.outcome == "catalogue"
    assert any("(PSU)" in line and "UX designers in or near Scrum Teams" in line for line in lines(reply))


def test_too_little_is_asked_back_and_the_answer_is_taken_as_one(person: Person) -> None:
    assert "your role" in person.says("help me choose").text
    reply = person.says("i am a manager")
    assert reply.intents == ("recommend",)
    assert any("(PAL-E)" in line for line in lines(reply))


def test_a_listed_course_can_be_chosen_by_its_place(person: Person) -> None:
    reply = person.says("which courses are for beginners")
    assert len(lines(reply)) > 1
    assert person.says("how long is the second one").text.startswith("User Story Workshop")


@pytest.mark.parametrize(
    ("asked", "found", "not_found"),
    [
        ("courses that take one day or less", "User Story", "(PSPO)"),
        ("courses without an exam", "User Story", "(PSM)"),
        ("which ones have a pass mark above 80", "(PSPO): 85%", "User Story"),
        ("any trainings that give 14 pdus", "(PSM): 14 PMI PDUs", "User Story"),
        ("show only the advanced ones", "(PSM-A): advanced", "(PSM):"),
        ("do you have something on kanban", "(PSK)", "(PSPO)"),
    ],
)
def test_a_search_lists_the_courses_whose_pages_state_what_is_asked(
    person: Person, asked: str, found: str, not_found: str
) -> None:
    text = "\n".join(lines(person.says(asked)))
    assert found in text
    assert not_found not in text


def test_a_search_says_how_many_pages_are_silent(person: Person) -> None:
    assert "do not state it" in person.says("which courses have a pass mark above 80").text
