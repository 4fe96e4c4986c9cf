"""Pages that state their own figures and speak of another course, a part or a substitute beside them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.contract import Contract, read_contract
from bot.models.course import Fact, Retake

ROOT = Path(__file__).parent.parent
OWN = "This class takes two days and brings 9 PDUs. You pass the written test with 22 out of 30."
BESIDE = {
    "a length before the name": [
        "Our four-day Kiln Building course (31 PDUs) has a paper in which 41 of 50 points are needed to pass.",
        "Our six-week Raku residency counts for 30 credits, and 18 out of 24 pass.",
        "An eight-week Porcelain scheme asks for 65% in its test.",
        "The 90-hour advanced training starts in May and requires 33 out of 40 to pass.",
    ],
    "longer or shorter": [
        "The longer Slip Casting for Makers is examined in June: there 70% is enough to pass, and it brings 25 PDUs.",
        "The refresher is shorter: one day, with 12 out of 20 to pass.",
        "Our three-hour taster evening has a quiz of its own, passed with 8 out of 10.",
    ],
    "after the course": [
        "The enamel course that follows takes five days, with 34 out of 45 as the pass mark.",
        "For Master Potter you take six more weeks and need 80% in the exam.",
        "Glazing a wall is an add-on of three days, with a test at 75%.",
        "Throwing II takes nine days, and 27 out of 35 pass its test.",
    ],
    "named behind": [
        "Potters who also fire stay a week longer for Kiln Mastery, which has a paper with 85% to pass.",
        "If you hold a card, choose the half-day renewal instead: 11 out of 15 in the test is enough there.",
    ],
    "called by a word the page does not use again": [
        "Our plastering class runs for five days and is worth 12 PDUs. It is passed with 60%.",
    ],
    "a part of it": [
        "You close with a firing, which takes about eleven hours.",
        "Then comes a gallery visit of your choice, which takes about three hours.",
        "A practical test with the owner of the kiln takes about two hours.",
        "Wedging the clay fills three hours of it.",
        "In 2025 hours of ongoing training must be logged: 20 hours of training.",
    ],
}
TOLD: list[tuple[str, object, str]] = [
    ("duration", 2, "Our two-day Pottery class is held in the yard."),
    ("duration", 2, "The hands-on class takes two days."),
    ("duration", 2, "Our famously messy two-day class is for all."),
    ("duration", 2, "The clay class takes two days. Bring clay of your own."),
    ("duration", 2, "The test throwing course takes two days."),
    ("duration", 6, "You arrive on Sunday and spend six days with us, with a walk each morning."),
    ("duration", 70, "The study time is 70 hours, of which 20 are spent at the wheel."),
    ("duration", 12, "The training runs for 12 days in three blocks."),
    ("pass_mark", 22, "At the end we mark your pots and score them out of 30; you must have 22 to pass."),
    ("pass_mark", 31, "The test asks 40 questions and you must get 31 of them right."),
    ("pass_mark", 75, "The awarding body's exam is passed with 75%."),
    ("pass_mark", 60, "Score 60% in the test and you are there."),
    ("pass_mark", None, "We do not test anybody."),
    ("pass_mark", None, "The Kiln course has a test at 70%.\n\nThere is no test in this class."),
    ("pdu_credits", 12, "The Kiln course brings 30 PDUs.\n\nThis class brings 12 PDUs."),
    ("pdu_credits", 40, "Participants claim 40 CPEs."),
    ("pdu_credits", None, "The class counts for 12 hours of CPD. It carries no PDUs."),
    ("pdu_credits", None, "The class carries no PDUs but counts for 12 hours of CPD."),
    ("pass_mark", 42, "The throwing exam is assessed out of 60, with 42 as pass mark."),
    (
        "retake",
        Retake(1, 10, "the class", "free"),
        "If you take the test within 10 days of the class and fail, one further attempt is free.",
    ),
    ("retake", Retake(1, 14, cost="free"), "Second attempts at the exam are free within 14 days."),
    ("retake", Retake(None, 30, cost="£50"), "Not there yet? Come back within 30 days and try again for £50."),
    ("retake", Retake(1, cost="£70"), "There are two exams. Each may be repeated once; the fee is £70."),
    (
        "retake",
        Retake(cost="£45"),
        "Failed? The exam can be taken again, at £45 a time; book no later than 9 days ahead.",
    ),
]


@pytest.fixture(scope="module")
def contract() -> Contract:
    return read_contract(yaml.safe_load((ROOT / "knowledge" / "facts.yaml").read_text("utf-8")))


def fact(contract: Contract, folder: Path, name: str, body: str, **fields: Any) -> Fact | None:
    page = {"title": "Throwing Pottery", "delivery": {"code": "POT", **fields}}
    (folder / "pot.md").write_text(f"---\n{yaml.safe_dump(page, allow_unicode=True)}---\n\n{body}\n", "utf-8")
    (course,) = Catalogue(folder, contract).read().courses.values()
    return course.fact(name)


@pytest.mark.parametrize("beside", [one for group in BESIDE.values() for one in group])
def test_figures_beside_the_own_ones_neither_replace_nor_contradict_them(
    contract: Contract, tmp_path: Path, beside: str
) -> None:
    for body in (f"{OWN}\n\n{beside}", f"{beside}\n\n{OWN}"):
        for name, value in (("duration", 2), ("pdu_credits", 9), ("pass_mark", 22)):
            found = fact(contract, tmp_path, name, body)
            assert found is not None
            assert (found.value, found.also) == (value, ()), (name, body)


@pytest.mark.parametrize(("name", "value", "body"), TOLD)
def test_the_own_figure_is_told(contract: Contract, tmp_path: Path, name: str, value: object, body: str) -> None:
    found = fact(contract, tmp_path, name, body)
    assert found is not None
    assert (found.value, found.also) == (value, ())


@pytest.mark.parametrize(
    ("name", "field", "body"),
    [
        ("duration", {"duration": "3 days"}, "This class takes two days."),
        ("pass_mark", {"certification": "The test is passed with 60%."}, "You pass the test with 70%."),
    ],
)
def test_two_figures_of_the_course_itself_still_contradict_each_other(
    contract: Contract, tmp_path: Path, name: str, field: dict[str, str], body: str
) -> None:
    found = fact(contract, tmp_path, name, body, **field)
    assert found is not None
    assert found.status == "conflict"


def test_the_part_that_is_taught_is_no_other_length(contract: Contract, tmp_path: Path) -> None:
    body = "The study time is 70 hours, of which 20 are spent at the wheel."
    for duration in (20, 70):
        found = fact(contract, tmp_path, "duration", body, duration=duration)
        assert found is not None
        assert (found.value, found.also) == (duration, ())


def test_the_time_in_the_text_about_the_exam_counts_before_a_fuller_rule_elsewhere(
    contract: Contract, tmp_path: Path
) -> None:
    body = "If you fail the exam, you can resit it once within 10 days, free of charge."
    found = fact(contract, tmp_path, "retake", body, certification="The exam can be resat within two weeks.")
    assert found is not None
    assert found.status == "conflict"
    assert isinstance(found.value, Retake)
    assert found.value.window_days == 14


def test_a_certificate_without_an_exam_is_one(contract: Contract, tmp_path: Path) -> None:
    text = "There is no exam. The master potter looks on and signs your certificate when you are ready."
    found = fact(contract, tmp_path, "certification", "", certification=text)
    assert found is not None
    assert "signs" in str(found.value)
    found = fact(contract, tmp_path, "certification", "", certification="There is no exam.")
    assert found is not None
    assert found.value is None
