"""What a page says of other courses, prices and statistics is no fact of it; and under which title a fact stands."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.contract import BadContractError, Contract, read_contract
from bot.knowledge.phrases import Phrases, compile_phrases
from bot.knowledge.sections import sections
from bot.knowledge.text import blocks
from bot.models.course import Course

ROOT = Path(__file__).parent.parent
PAGE: dict[str, Any] = {
    "title": "Bread Baking, Level 2",
    "delivery": {"code": "BREAD-2", "certification": "You take the Level 2 test. You pass with at least 70%."},
}


@pytest.fixture(scope="module")
def contract() -> Contract:
    return read_contract(yaml.safe_load((ROOT / "knowledge" / "facts.yaml").read_text("utf-8")))


def read(contract: Contract, folder: Path, body: str = "", **fields: Any) -> Course:
    page = {**PAGE, "delivery": {**PAGE["delivery"], **fields}}
    (folder / "bread.md").write_text(f"---\n{yaml.safe_dump(page, allow_unicode=True)}---\n\n{body}\n", "utf-8")
    (course,) = Catalogue(folder, contract).read().courses.values()
    return course


OTHERS = [
    "Level 3 follows on from this (2 days, with a test at 80%).",
    "We also run a pastry class: two days, pass mark 80%, 14 CPD points.",
    "The Starter evening is a separate event; you pass its quiz with 80%. It is no part of this class.",
    "Unlike our five-day summer course, homework is light.",
    "For that you need our five-day course, which has a pass mark of 80%.",
    "The council's own paper is part of another course. It has a pass mark of 80% and one free resit.",
    "The course you will teach has a quiz; your learners need 8 of 10.",
    "The regulator asks for 35 hours of training every three years.",
]
FILLINGS = [
    "Save 15% when two people from one firm book together.",
    "We ask for a 30% deposit and the balance 14 days before the start.",
    "97% of learners would recommend the class to a friend.",
    "You can cancel up to 48 hours before the first lesson.",
    "Recordings stay online for 90 days.",
    "Ferment for 12 hours at 24 degrees and bake for 40 minutes.",
    "Our baker has 20 years' experience.",
    "The certificate is valid for 3 years and costs 45 euros to renew.",
    "Results are out in six weeks.",
    "Please arrive 30 minutes before the test.",
    "Rated 4.8 out of 5 by 320 students.",
    "Miss more than 2 of 10 sessions and you cannot be entered.",
    "Repeat the kneading three times.",
    "The second attempt at a souffle is always better.",
    "Another chance to see the ovens is on 4 May.",
    "If your payment fails, try another card.",
    "You get a further 10% off your next class.",
    "The waiting list is 3 months long.",
    "Pay over 10 months at 0%.",
    "The shop is a ten minute drive.",
]


@pytest.mark.parametrize("sentence", [*OTHERS, *FILLINGS])
def test_figures_of_other_things_are_no_facts_of_this_course(contract: Contract, tmp_path: Path, sentence: str) -> None:
    course = read(contract, tmp_path, sentence)
    mark = course.fact("pass_mark")
    assert mark is not None
    assert (mark.value, mark.status) == (70, "stated")
    for name in ("retake", "duration", "pdu_credits"):
        assert course.fact(name) is None, name


def test_a_course_s_own_level_may_be_named_with_its_mark(contract: Contract, tmp_path: Path) -> None:
    text = "The Level 2 test is passed with 65%. The Level 3 test asks for 80%."
    mark = read(contract, tmp_path, certification=text).fact("pass_mark")
    assert mark is not None
    assert (mark.value, mark.also) == (65, ())


def test_a_word_of_the_own_title_does_not_make_a_course_another_one(contract: Contract, tmp_path: Path) -> None:
    page = {**PAGE, "title": "First Aid Refresher", "delivery": {"lead": "The refresher course takes two days."}}
    (tmp_path / "aid.md").write_text(f"---\n{yaml.safe_dump(page)}---\n")
    (course,) = Catalogue(tmp_path, contract).read().courses.values()
    length = course.fact("duration")
    assert length is not None
    assert (length.value, length.unit) == (2, "days")


@pytest.mark.parametrize(
    ("name", "body", "holds"),
    [
        ("audience", "Who comes? Nurses, teachers and a retired judge.", "retired judge"),
        ("audience", "**For:** bloggers\n\nWho teaches? Two bakers.", ""),
        ("topics", "**What we get through**\n\n- flour\n- water", "flour"),
        ("topics", "What we'll cover, as far as the dough allows:\n\n1. flour\n2. water\n\nBring an apron.", "water"),
        (
            "topics",
            "<h2>Contents</h2><h3>Day 1</h3><ul><li>flour</li></ul><h3>Day 2</h3><ul><li>water</li></ul>",
            "water",
        ),
        ("objectives", "### By the time you leave\n\nYou shape a loaf.", "shape a loaf"),
        ("format", "| Format | Live online |\n| Places | 8 |", "Live online"),
        ("duration", "<table><tr><td>Course length</td><td>12 evenings</td></tr></table>", "12"),
        ("prerequisites", "Do I need any experience? No previous experience is needed.", "None"),
        ("certification", "Is there an exam? No. There is no certificate either.", "None"),
    ],
)
def test_a_fact_is_found_under_its_title(contract: Contract, tmp_path: Path, name: str, body: str, holds: str) -> None:
    course = read(contract, tmp_path, body, certification="")
    fact = course.fact(name)
    if not holds:
        assert fact is None
        return
    assert fact is not None
    assert holds in str(fact.value)
    assert not isinstance(fact.value, tuple) or "apron" not in " ".join(fact.value)


def test_bold_lines_of_a_section_are_its_entries(contract: Contract, tmp_path: Path) -> None:
    body = "## What the day covers\n\n**1. Flour**\n\nAll about wheat.\n\n**2. Water**\n\nAnd about wells."
    topics = read(contract, tmp_path, body).fact("topics")
    assert topics is not None
    assert topics.value == ("Flour", "Water")


def test_sections_hold_what_stands_below_them() -> None:
    found = list(sections(blocks("# A\n\none\n\n## B\n\ntwo\n\n# C\n\nPrice: 5\n\nthree")))
    assert [(one.title, [block.text for block in one.content]) for one in found] == [
        ("A", ["one", "two"]), ("B", ["two"]), ("C", ["Price: 5", "three"]), ("Price", ["5"]),
    ]  # fmt: skip


def test_a_field_that_says_none_is_contradicted_only_by_a_firm_demand(contract: Contract, tmp_path: Path) -> None:
    fact = read(contract, tmp_path, "You must hold a food hygiene certificate.", prerequisites="None").fact(
        "prerequisites"
    )
    assert fact is not None
    assert (fact.status, fact.value) == ("conflict", None)
    for soft in ("Some experience of baking is recommended.", "You should be able to shape a loaf by the end."):
        fact = read(contract, tmp_path, soft, prerequisites="None").fact("prerequisites")
        assert fact is not None
        assert fact.status == "none"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("None. If you can read this, you can come.", "none"),
        ("No prior knowledge needed.", "none"),
        ("no specific", "none"),
        ("There are none, beyond an appetite.", "none"),
        ("No experience is necessary, but you must be 16 or older.", "stated"),
        ("Although there are no formal entry requirements, candidates are expected to know the trade.", "stated"),
        ("School biology is assumed; no coding experience is needed.", "stated"),
    ],
)
def test_a_denial_may_be_taken_back(contract: Contract, tmp_path: Path, text: str, status: str) -> None:
    fact = read(contract, tmp_path, prerequisites=text).fact("prerequisites")
    assert fact is not None
    assert fact.status == status


def test_the_order_of_fields_says_when_the_text_is_asked(contract: Contract, tmp_path: Path) -> None:
    page = {"title": "Bread", "delivery_audiences": ["Teams"], "syllabus": [{"title": "Flour"}, {"title": "Water"}]}
    (tmp_path / "bread.md").write_text(
        f"---\n{yaml.safe_dump(page)}---\n\nThis class is designed for people who bake.\n"
    )
    (course,) = Catalogue(tmp_path, contract).read().courses.values()
    audience, topics = course.fact("audience"), course.fact("topics")
    assert audience is not None
    assert audience.source.field == "body"
    assert topics is not None
    assert topics.value == ("Flour", "Water")


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("=where", "Where", True),
        ("=where", "where we stand", False),
        ("# sessions", "ten of 12 sessions", True),
        ("# sessions", "ten sessions", False),
        ("(takes|lasts) ... days?", "it takes about two days", True),
        ("licen?ce", "a licence", True),
        ("designed ... (bakers|cooks)", "designed for cooks", True),
        ("designed ... (bakers|cooks)", "designed for all. For cooks too", False),
    ],
)
def test_phrases_are_found_alike_one_by_one_and_together(phrase: str, text: str, found: bool) -> None:
    assert Phrases([phrase]).found_in(text) is found
    assert bool(compile_phrases([phrase]).search(text)) is found


def test_a_row_without_settings_is_named() -> None:
    with pytest.raises(BadContractError, match=r"facts\.price"):
        read_contract({"page": {}, "facts": {"price": None}})
