"""Yes or no on stated rules: the reply begins with the verdict, and a false premise is never agreed with."""

import pytest

from bot.models.reply import Text
from tests.conftest import Person


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("so 80% is enough for PSPO right?", "No: 85% is needed"),
        ("is 85 exactly a pass in PSPO", "Yes: 85% is what is needed"),
        ("i got 91% in the PSPO assessment, is that a pass", "Yes, that is enough: 85%"),
        ("do i need 90% for PSPO", "No: 85% is needed"),
        ("is PSPO 3 days?", "No: it takes 16 hours"),
        ("is PSPO two days long?", "Yes: 16 hours"),
        (
            "PSPO: do i have to wait 14 days before the second try?",
            "No: the 14 days are the time for the first attempt",
        ),
        ("do i still get the PDUs of PSPO if i fail?", "Yes: the 14 PMI PDUs are for attending"),
        ("do i get 21 pdus for PSPO", "No: 14 PMI PDUs"),
        ("my first try on PSPO was on day 15, 83%, is the second free?", "No, not under the rule on the page"),
        ("first try on PSPO was on day 10 with 70%, is the second free?", "Yes: a further attempt at no extra cost"),
        ("is PSPO advanced level?", "No: the level is intermediate"),
        ("is PSPO from microsoft", "No: it is from Scrum.org"),
        ("there is no exam with the user story workshop, right?", "That is right"),
        ("so there is no exam with PSPO, right?", "No, the page says otherwise"),
        ("there's no prerequisite for PSM-A, correct?", "No, the page says otherwise"),
    ],
)
def test_a_claim_is_checked_against_the_page(person: Person, asked: str, verdict: str) -> None:
    reply = person.says(asked)
    assert reply.outcome == "answer"
    assert isinstance(reply.blocks[0], Text)
    assert reply.blocks[0].text.startswith(verdict)


@pytest.mark.parametrize(
    "asked", ["how long is the PSPO exam", "how many questions has the PSPO exam", "does the PSPO certificate expire"]
)
def test_the_length_of_the_course_never_answers_for_the_exam(person: Person, asked: str) -> None:
    reply = person.says(asked)
    assert (reply.intents, reply.outcome, reply.facts) == (("certification",), "not_stated", ())


def test_two_figures_claim_nothing(person: Person) -> None:
    assert person.says("do i need 50% or 85% for PSPO?").text.startswith("PSPO: you need at least 85%")


def test_a_course_before_another_is_not_what_is_asked_about(person: Person) -> None:
    assert person.says("do i need to pass PSM before PSM-A?").courses == ("PSM-A",)
