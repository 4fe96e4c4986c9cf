"""A further fact is data: a row in facts.yaml and lines in an intent file; no Python."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.app import advisor_for
from bot.conversation.advisor import Advisor
from bot.knowledge import yamlfile
from bot.knowledge.load import KnowledgeLoader, load_knowledge
from tests.conftest import KNOWLEDGE, Person

FACTS = {
    "price": {"type": "text", "label": "Price", "fields": ["price"], "says": ["(price|fee|costs?) ... (£*|€*|VAT)"]},
    "language": {"type": "word", "label": "Language", "fields": ["language"],
                 "says": ["(taught|held) in (English|Dutch)"], "values": ["english", "dutch"]},
    "place": {"type": "text", "label": "Place", "says": ["(held|takes place) (in|at) our ..."]},
    "group": {"type": "number", "label": "Group size", "unit": "people", "nouns": ["(participants|people)"]},
    "discount": {"type": "percent", "label": "Discount", "fields": ["discount"], "units": {"discount": "percent"}},
}  # fmt: skip

STATED = {
    "stated": "{{ course.name }}: {{ said }}.",
    "none": "{{ course.name }}: none.",
    "conflict": "{{ course.name }}: {{ said }}, but also {{ also }}.",
    "not_stated": "The page for {{ course.name }} does not say. Shall I pass your question to a person?",
}

INTENTS: dict[str, dict[str, Any]] = {
    "language": {
        "kind": "fact", "fact": "language", "label": "Language", "replies": STATED,
        "cues": ["which language", "in english", "in dutch"],
        "examples": ["which language is {course} taught in", "is {course} in english", "do you teach it in dutch",
                     "what language is the class", "language of {course}", "is the training held in english"],
    },
    "place": {
        "kind": "commercial", "fact": "place", "label": "Place",
        "replies": {**STATED, "default": "Places are not on our pages. A colleague can tell you."},
        "cues": ["which venue", "what venue", "venue"],
        "examples": ["at which venue is {course}", "what is the venue of {course}", "venue for {course}",
                     "which venue do you use for {course}", "tell me the venue", "venue please"],
    },
    "group": {
        "kind": "fact", "fact": "group", "label": "Group size", "replies": STATED,
        "cues": ["group size", "how many participants"],
        "examples": ["how many participants are in {course}", "how big is the group in {course}",
                     "group size of {course}", "how many people take part in {course}", "class size"],
    },
}  # fmt: skip

PAGE = """---
title: Pie Day (PIE)
slug: pie-day
price: £950 + VAT
discount: 10
delivery:
  code: PIE
  duration: 8
---
The workshop takes place in our kitchen in Leith. It is taught in English, with at most 12 participants.
"""


RYE = """---
title: Rye Evening (RYE)
code: RYE
---
We bake rye bread. The fee is £48 plus VAT, flour included.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(KNOWLEDGE, tmp_path_factory.mktemp("new") / "knowledge"))
    facts = folder / "facts.yaml"
    # Prose first, so that the rows stand where an editor would put them: below the others.
    facts.write_text(facts.read_text("utf-8") + "\n" + _indented(FACTS), "utf-8")
    for name, intent in INTENTS.items():
        (folder / "intents" / f"{name}.yaml").write_text(yaml.safe_dump(intent), "utf-8")
    price = folder / "intents" / "price.yaml"
    changed = yamlfile.parse(price.read_text("utf-8"))
    changed |= {"fact": "price", "replies": {**STATED, **changed["replies"]}}
    price.write_text(yaml.safe_dump(changed), "utf-8")
    lead = folder / "forms" / "lead.yaml"
    lead.write_text(lead.read_text("utf-8").replace("wishes:\n", "wishes:\n  place: question\n"), "utf-8")
    (folder / "courses" / "pie-day.md").write_text(PAGE, "utf-8")
    (folder / "courses" / "rye-evening.md").write_text(RYE, "utf-8")
    return folder


@pytest.fixture(scope="module")
def advisor(folder: Path) -> Advisor:
    return advisor_for(load_knowledge(folder))


def _indented(rows: object) -> str:
    return "".join(f"  {line}\n" for line in yaml.safe_dump(rows, sort_keys=False, allow_unicode=True).splitlines())


@pytest.mark.parametrize(
    ("question", "fact", "value", "quote"),
    [
        ("how much is PIE", "price", "£950 + VAT", "£950 + VAT"),
        ("what does RYE cost", "price", "The fee is £48 plus VAT, flour included.", "£48 plus VAT"),
        ("which language is PIE taught in", "language", "english", "taught in English"),
        ("at which venue is PIE", "place", None, "takes place in our kitchen in Leith"),
        ("how many participants are in PIE", "group", 12, "at most 12 participants"),
    ],
)
def test_it_is_answered_from_the_page_that_states_it(
    advisor: Advisor, question: str, fact: str, value: object, quote: str
) -> None:
    reply = Person(advisor).says(question)
    assert reply.outcome == "answer"
    (found,) = reply.facts
    assert found.name == fact
    assert value is None or found.value == value
    assert quote in found.source.quote
    assert found.source.file in ("pie-day.md", "rye-evening.md")


@pytest.mark.parametrize("question", ["how much is PSPO", "which language is PSPO taught in", "at which venue is PSPO"])
def test_it_leads_to_a_person_where_no_page_states_it(advisor: Advisor, question: str) -> None:
    person = Person(advisor)
    reply = person.says(question)
    assert reply.outcome in ("lead", "not_stated")
    assert reply.facts == ()
    if reply.outcome == "not_stated":
        person.presses("Yes, ask a person")
    assert "keep your name and contact details" in person.reply.text


def test_money_keeps_its_sentence_and_a_share_is_a_number(advisor: Advisor) -> None:
    pie = advisor.knowledge.courses["PIE"]
    price, discount = pie.fact("price"), pie.fact("discount")
    assert price is not None
    assert discount is not None
    assert advisor.spoken(price) == "£950 + VAT"
    assert (discount.value, advisor.spoken(discount)) == (10, "10%")
    assert price.source.line == 4


def test_other_questions_are_answered_as_before(advisor: Advisor) -> None:
    assert "85%" in Person(advisor).says("pass mark of PSPO").text
    assert Person(advisor).says("when is the next PSPO").outcome == "lead"


def test_the_checker_says_which_pages_are_silent_on_it(folder: Path) -> None:
    problems = KnowledgeLoader(folder).check()
    silent = {problem.file for problem in problems if problem.severity == "silent" and problem.fact == "price"}
    assert "professional-scrum-product-owner.md" in silent
    assert silent.isdisjoint({"pie-day.md", "rye-evening.md"})
    assert not [problem for problem in problems if problem.severity == "unusable"]
