"""Talks with the demo catalogue, from a greeting to a lead."""

from collections.abc import Callable

import pytest

from bot.models.conversation import ForgetPerson, SaveLead
from tests.conftest import Person


def test_a_question_and_its_follow_up_are_answered_with_the_page_s_sentence(person: Person) -> None:
    length = person.says("how long is PSPO?")
    assert length.outcome == "answer"
    assert length.courses == ("PSPO",)
    assert "16 hours" in length.text
    mark = person.says("and the pass mark?")
    assert (mark.intents, mark.courses) == (("pass_mark",), ("PSPO",))
    assert mark.text.startswith("PSPO: you need at least 85% for the PSPO I assessment.")
    assert "You pass with at least 85%." in mark.text


def test_a_question_without_a_course_asks_which_one_and_goes_on_with_the_choice(person: Person) -> None:
    assert person.says("what's the pass mark").outcome == "clarify"
    answer = person.presses("Professional Scrum Master (PSM)")
    assert (answer.intents, answer.courses, answer.outcome) == (("pass_mark",), ("PSM",), "answer")


def test_a_course_of_another_vendor_is_not_ours(person: Person) -> None:
    assert person.says("what is the pass mark for PMP").outcome == "fallback"


def test_silence_makes_the_course_forgotten(person: Person) -> None:
    person.says("how long is PSPO")
    person.waits(31)
    assert person.says("and the pass mark").outcome == "clarify"


def test_a_lead_exists_only_after_consent_and_the_read_back(person: Person) -> None:
    person.says("sign me up for PSPO")
    person.says("Ann Lee, ann@example.org")
    assert not person.effects
    person.presses("Yes")
    assert all(isinstance(effect, SaveLead) and effect.draft.partial for effect in person.effects)
    person.presses("Skip")
    assert person.reply.text.startswith("Is this right? Name: Ann Lee. Contact: ann@example.org.")
    person.presses("Yes, send it")
    final = person.effects[-1]
    assert isinstance(final, SaveLead)
    assert (final.draft.name, final.draft.email, final.draft.courses) == ("Ann Lee", "ann@example.org", ("PSPO",))
    assert not final.draft.partial


def test_who_refuses_consent_still_gets_answers(person: Person) -> None:
    person.says("sign me up for PSPO")
    person.presses("No, thanks")
    assert not any(isinstance(effect, SaveLead) for effect in person.effects)
    assert person.says("how long is PSM").outcome == "answer"


def test_a_question_in_the_middle_of_the_form_is_answered_and_the_form_goes_on(person: Person) -> None:
    person.says("book PSPO")
    person.presses("Yes")
    reply = person.says("how long is it?")
    assert reply.outcome == "answer"
    assert reply.text.endswith("What is your name?")


def test_deletion_is_asked_once(person: Person) -> None:
    person.says("delete my data")
    assert not person.effects
    person.presses("Yes")
    assert person.effects == [ForgetPerson()]


def test_odd_messages_are_refused_politely(someone: Callable[..., Person]) -> None:
    odd = ["", " ", "\x00", "😀😀", "\u202e\u200f", "<b>bold</b>", "{{ 7*7 }}", "a" * 4096, "'; DROP TABLE leads; --"]
    for text in odd:
        reply = someone().says(text)
        assert reply.text
        assert "49" not in reply.text


@pytest.mark.parametrize("answer", ["psk exam", "either psk or psm", "the psk one"])
def test_who_says_which_course_was_meant_asks_nothing_else(person: Person, answer: str) -> None:
    assert person.says("what if i fail").outcome == "clarify"
    assert person.says(answer).intents == ("retake",)
