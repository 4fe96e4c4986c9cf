"""Numbers beside names: which course is meant, and which figure."""

import shutil
from pathlib import Path

import pytest

from bot.app import advisor_for
from bot.knowledge.load import load_knowledge
from tests.conftest import KNOWLEDGE, Person


@pytest.mark.parametrize(
    ("text", "course"),
    [
        ("is psm 2 days or 3", "PSM"),
        ("psm 2 day course?", "PSM"),
        ("can i retake psm 2 times", "PSM"),
        ("book pspo 2 seats", "PSPO"),
        ("psm 2 length", "PSM-A"),
        ("how long is psm ii", "PSM-A"),
        ("pspo a resit rules", "PSPO-A"),
        ("pspo a must?", "PSPO"),
        ("how long is psm 2", "PSM-A"),
        ("is pspo a two day class", "PSPO"),
    ],
)
def test_a_number_belongs_to_what_it_counts_and_else_to_the_code(person: Person, text: str, course: str) -> None:
    assert person.says(text).courses == (course,)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("is the pass mark of PSPO eighty-five percent?", "Yes:"),
        ("is the pass mark of PSPO eighty five percent", "Yes:"),
        ("is the pass mark of PSPO eighty-six percent?", "No:"),
        ("is PSPO ½ day", "No:"),
        ("is a hundred percent enough to pass PSPO", "Yes, that is enough"),
        ("psk is a 3-day course, right?", "No:"),
        ("is psm 2days", "Yes:"),
        ("psm 2d?", "Yes:"),
        ("is psm eighteen hours long", "No:"),
        ("is the user story workshop a half-day", "Yes:"),
        ("is pspo 2½ days", "No:"),
        ("is user story workshop ½ day long", "Yes:"),
        ("is pspo shorter than 3 days", "Yes:"),
    ],
)
def test_numbers_in_words_and_fractions_are_numbers(person: Person, text: str, begins: str) -> None:
    assert person.says(text).text.startswith(begins)


def test_a_course_that_is_gone_is_not_answered_for_by_the_next_of_its_series(tmp_path: Path) -> None:
    shutil.copytree(KNOWLEDGE / "courses", tmp_path, dirs_exist_ok=True)
    (tmp_path / "professional-scrum-master.md").unlink()
    person = Person(advisor_for(load_knowledge(KNOWLEDGE, tmp_path)))
    assert "PSM-A" not in person.says("how long is psm").text
    assert person.says("how long is psm-a").courses == ("PSM-A",)


@pytest.mark.parametrize("text", ["do you offer kanban training", "do you have kanban classes"])
def test_a_subject_offered_is_searched_for(person: Person, text: str) -> None:
    assert person.says(text).outcome == "catalogue"


@pytest.mark.parametrize("text", ["wat is the pasmark for psu", "passmark psu", "psu passmrk?"])
def test_the_pass_mark_in_one_word_is_the_pass_mark(person: Person, text: str) -> None:
    assert person.says(text).intents == ("pass_mark",)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hwo long is psk", "duration"),
        ("lnk to psk pls", "link"),
        ("mny days for psk?", "duration"),
        ("psk prce?", "price"),
        ("how many PDU's for psk", "pdu_credits"),
        ("psk: any exam w/ it", "certification"),
    ],
)
def test_short_words_are_mended_where_letters_change_places_or_vowels_are_missing(
    person: Person, text: str, intent: str
) -> None:
    reply = person.says(text)
    assert (reply.intents, reply.courses) == ((intent,), ("PSK",))


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("psk assessment: what percentage?", ("pass_mark",)),
        ("the psk exam: how many tries", ("retake",)),
        ("psk - how long is it", ("duration",)),
        ("psk exam and price", ("certification", "price")),
        ("sign me up for psk 🙂 how many hours is it?", ("enrol", "duration")),
    ],
)
def test_a_name_with_its_exam_only_sets_the_scene(person: Person, text: str, intents: tuple[str, ...]) -> None:
    assert set(person.says(text).intents) == set(intents)


def test_courses_stand_in_the_order_in_which_they_were_named(person: Person) -> None:
    assert person.says("pass mark of scrum with kanban and of psm").courses == ("PSK", "PSM")


@pytest.mark.parametrize("text", ["i am PMP, how many pdus does psk give", "my pmp runs out, pdus for psk?"])
def test_a_certificate_that_one_holds_is_not_asked_about(person: Person, text: str) -> None:
    reply = person.says(text)
    assert (reply.intents, reply.courses) == (("pdu_credits",), ("PSK",))


def test_a_title_may_be_pasted_with_its_code_in_brackets(person: Person) -> None:
    title = person.advisor.knowledge.courses["PSFS"].title
    assert "(PSFS)" in title
    reply = person.says(f"how long is {title}?")
    assert (reply.intents, reply.courses) == (("duration",), ("PSFS",))


def test_a_bare_name_asks_nothing_where_the_question_before_was_not_understood(person: Person) -> None:
    person.says("blorp the frobnicator of it")
    assert person.says("psm").outcome == "fallback"


def test_a_bare_name_after_a_course_of_others_is_asked_about(person: Person) -> None:
    person.says("do you have CSM")
    assert (person.says("psm").intents, person.conversation.courses) == (("overview",), ("PSM",))


def test_that_last_one_is_the_last_of_those_just_talked_about(person: Person) -> None:
    person.says("difference between psk and psm")
    assert person.says("that last one, how long is it").courses == ("PSM",)


def test_which_of_those_three_is_a_comparison_of_what_was_talked_about(person: Person) -> None:
    for text in ("how long is psm", "and pspo", "and psk"):
        person.says(text)
    reply = person.says("which of those three is the shortest")
    assert (reply.intents, set(reply.courses)) == (("compare",), {"PSM", "PSPO", "PSK"})


@pytest.mark.parametrize(
    ("text", "courses"),
    [
        ("do i need psm first to join psk", ("PSK",)),
        ("must i have psm before psk", ("PSK",)),
        ("what must i know before psm and before psk", ("PSM", "PSK")),
        ("does pspo suit a scrum master", ("PSPO",)),
    ],
)
def test_who_needs_one_course_for_another_asks_about_the_other(
    person: Person, text: str, courses: tuple[str, ...]
) -> None:
    assert person.says(text).courses == courses


def test_psm_1_is_psm_though_another_page_speaks_of_its_exam(person: Person) -> None:
    assert person.says("how long is psm 1").courses == ("PSM",)
    assert person.says("pass mark of psm i").courses == ("PSM",)


def test_a_word_that_people_ask_with_names_no_course(person: Person) -> None:
    assert person.says("help me choose a course").intents == ("recommend",)


@pytest.mark.parametrize(
    "text",
    [
        "do you teach pmp here",
        "can i get my pmp here",
        "can i do my pmp with you",
        "is pmp here",
        "my csm course with you",
    ],
)
def test_a_certificate_of_others_that_is_wished_for_is_not_ours(person: Person, text: str) -> None:
    assert person.says(text).text.startswith("We do not offer")


def test_a_number_of_days_is_no_number_of_courses(person: Person) -> None:
    for text in ("how long is psm", "and pspo", "and psk", "compare them, i have 3 days"):
        reply = person.says(text)
    assert len(reply.courses) == 2


def test_an_article_counts_no_percents(person: Person) -> None:
    assert "No" not in person.says("does psk have a percent to pass").text
    assert "85%" in person.says("is there a minimum percent for psm").text


@pytest.mark.parametrize("text", ["how long is psk 2", "psk 2 pass mark", "how long is psk ii"])
def test_a_further_number_is_another_course(person: Person, text: str) -> None:
    assert "do not offer PSK" in person.says(text).text


@pytest.mark.parametrize("text", ["is my data safe with you", "is it safe to give you my number"])
def test_a_plain_word_is_no_certificate_of_others(person: Person, text: str) -> None:
    assert "do not offer" not in person.says(text).text


def test_the_same_question_is_answered_once(person: Person) -> None:
    person.says("tell me about psm")
    reply = person.says("What's the smartest first step for someone who has never touched Scrum?")
    assert len(set(reply.intents)) == len(reply.intents)


@pytest.mark.parametrize("title", ["Practicing Hospital Logistics", "Practising Hospital Logistics"])
def test_a_title_is_known_in_either_spelling(tmp_path: Path, title: str) -> None:
    page = tmp_path / "logistics.md"
    page.write_text(f"---\ntitle: {title}\ndelivery:\n  code: HOSP-1\n  duration: 6\n---\n", "utf-8")
    person = Person(advisor_for(load_knowledge(KNOWLEDGE, tmp_path)))
    assert "6 hours" in person.says("how long is the practising hospital logistics course").text
    assert "6 hours" in person.says("practicing hospital logistics, how many hours").text
