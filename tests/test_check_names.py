"""The checker on names: one course under several, codes, links that lead elsewhere, sentences of other pages."""

from typing import Any

import pytest

from tests.test_check import GOOD, Write, another, check, found

__all__ = ["check"]

TITLE = {"title": "Certified Country Bread Baker (CCB)", "slug": "certified-country-bread-baker"}


def messages(problems: Any, says: str) -> list[str]:
    return [message for _, message in found(problems, "contradiction") if says in message]


def baker(code: str = "CCB", **changed: Any) -> dict[str, Any]:
    return {**TITLE, "delivery": {**GOOD["delivery"], "code": code, **changed}}


@pytest.mark.parametrize(
    "lead",
    [
        "The Country Bread Baker II (CCB II) course is a one-day class for bakers.",
        "Learn all about loaves in our 'Country Bread Baker Mastery' course.",
        "Country BreadTM Baker Plus is a one-day class.",
    ],
)
def test_a_course_that_its_text_calls_otherwise_than_its_title(check: Write, lead: str) -> None:
    assert len(messages(check(baker(lead=lead)), "calls it")) == 1


@pytest.mark.parametrize(
    "lead",
    [
        "The Country Bread Baker I course is a one-day class.",
        "The Certified Country Bread Baker course is a one-day class.",
        "Our Country Bread Baker Basics course is a good preparation for this one-day class.",
        "For graduates of the Country Bread Baker Basics course.",
        "A one-day class. Our Country Bread Baker Basics course helps those who are new to it.",
        "The Country Bread Show is a fair, and this one-day class takes you there.",
    ],
)
def test_names_of_the_course_or_of_another_raise_no_alarm(check: Write, lead: str) -> None:
    assert messages(check(baker(lead=lead)), "calls it") == []


def test_the_title_of_another_page_is_no_second_name(check: Write) -> None:
    other = another("Country Bread Baker Mastery", "CBM")
    assert messages(check(baker(lead="The Country Bread Baker Mastery course."), other), "calls it") == []


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("ACCB", {"objectives": "- Get the Country Bread Baker (CCB) certificate"}),
        ("CBC", {}),
    ],
)
def test_a_code_that_is_nearly_the_course_s_own(check: Write, code: str, changed: dict[str, Any]) -> None:
    title = "Certified Country Bread Baker" if changed else TITLE["title"]
    page = {**baker(code, **changed), "title": title}
    assert len(messages(check(page), f"The code of the course is {code}")) == 1


@pytest.mark.parametrize(
    ("code", "details"),
    [
        ("CCB", "You get the Country Bread Baker (CCB) certificate."),
        ("CCB-A", "This follows the Country Bread Baker (CCB) class."),
        ("CCB", "You sit the Country Bread Baker (CCB1) exam."),
        ("CCB", "You sit the Rye (CB) exam, and use a Country Bread Baker (BCC) oven."),
        ("KH-101", "You get the Country Bread Baker (CCB) certificate."),
        ("CCB", "Ask the Chamber of Crafts (CCBC) exam office."),
    ],
)
def test_parts_of_a_code_exams_and_other_short_forms_are_none(check: Write, code: str, details: str) -> None:
    assert messages(check(baker(code, details=details)), "The code of the course") == []


RYE = another("Sourdough Rye Baking", "SRB")
WHITE = another("White Bread Baking", "WBB")


@pytest.mark.parametrize(
    ("details", "says"),
    [
        ("See [White Bread Baking](https://example.org/sourdough-rye-baking-class).", "SRB"),
        ('Read [more](https://example.org/sourdough-rye-baking-reviews "White Bread Baking reviews").', "SRB"),
        ('Read <a href="/sourdough-rye-baking-reviews" title="White Bread Baking">more</a>.', "SRB"),
        ("Read <a title='' href='/x/sourdough-rye-baking/'>all about <b>White Bread Baking</b></a>.", "SRB"),
        ("Next comes the [WBB](https://example.org/exams/white-bread-baking-iii-exam) exam.", "part III"),
        ("Next comes [White Bread Baking II](/white-bread-baking-iii).", "part III"),
        ("See [WBB](/courses/sourdough-rye-baking).", "SRB"),
    ],
)
def test_a_link_that_names_one_course_and_leads_to_another(check: Write, details: str, says: str) -> None:
    ((message),) = messages(check(RYE, WHITE, details=details), "A link in delivery.details")
    assert says in message


@pytest.mark.parametrize(
    "details",
    [
        "See [White Bread Baking](https://example.org/white-bread-baking-ii-is-over/white-bread-baking).",
        "See [White Bread Baking II](https://example.org/white-bread-baking-exams).",
        "See [the next exam](/white-bread-baking-iii).",
        "See [White Bread Baking I](/white-bread-baking-i-exam).",
        "From [White Bread Baking to Sourdough Rye Baking](/white-bread-baking).",
        "See [how to bake white bread](/sourdough-rye-baking).",
        "See [White Bread Baking](/reviews) or [more](#).",
        "![White Bread Baking](/sourdough-rye-baking.png)",
        "See [White Bread Baking](/sourdough-rye) and [WBB subjects](/reading-list).",
    ],
)
def test_links_that_may_be_right_raise_no_alarm(check: Write, details: str) -> None:
    assert messages(check(RYE, WHITE, details=details), "A link in") == []


def test_of_two_courses_with_like_names_the_link_must_reach_the_one_it_names(check: Write) -> None:
    advanced = another("White Bread Baking Advanced", "WBA")
    link = "See [White Bread Baking](/courses/white-bread-baking-advanced)."
    assert len(messages(check(WHITE, advanced, details=link), "leads to WBA")) == 1
    old = "See [the White Bread Baking pages](/old/white-bread-baking-advanced-days)."
    assert messages(check(WHITE, advanced, details=old), "A link in") == []


COPIED = "Everybody gets a password for the test, in which you show what you know about Sourdough and its care."


def test_a_sentence_of_another_page_that_speaks_of_its_subject(check: Write) -> None:
    rye = another("Sourdough Rye Baking", "SRB", certification=COPIED)
    (problem,) = [one for one in check(rye, certification=COPIED) if "has the words of" in one.message]
    assert (problem.course, problem.fact, problem.severity) == ("BREAD", "certification", "contradiction")
    assert "SRB (page-1.md)" in problem.message


@pytest.mark.parametrize(
    "changed",
    [
        {"certification": COPIED, "details": "We keep a sourdough alive."},
        {"certification": COPIED.replace("Sourdough", "loaves")},
        {"details": COPIED},
    ],
)
def test_sentences_that_pages_may_share_raise_no_alarm(check: Write, changed: dict[str, str]) -> None:
    shared = changed.get("certification", COPIED)
    rye = another("Sourdough Rye Baking", "SRB", certification=shared)
    assert messages(check(rye, **changed), "has the words of") == []
