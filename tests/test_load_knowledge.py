"""The knowledge directory is checked as a whole; a new fact and a new schema are rows in facts.yaml."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from bot.errors import ContentError
from bot.knowledge.load import KnowledgeLoader, load_knowledge

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
PAGE = "---\ntitle: Pie Day\nkursnummer: PIE\nfee:\n  amount: 90 euros\n---\nThe workshop is held in Leith.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A copy of the shipped knowledge with one page."""
    copy = tmp_path / "knowledge"
    shutil.copytree(KNOWLEDGE, copy, ignore=shutil.ignore_patterns("courses"))
    (copy / "courses").mkdir()
    (copy / "courses" / "pie.md").write_text(PAGE, "utf-8")
    return copy


def edit(path: Path, **rows: object) -> None:
    data = yaml.safe_load(path.read_text("utf-8"))
    data["facts"].update(rows)
    data["page"]["code"].append("kursnummer")
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def test_the_shipped_knowledge_loads_without_a_problem() -> None:
    knowledge = load_knowledge(KNOWLEDGE)
    assert len(knowledge.courses) >= 10
    assert knowledge.problems == ()


def test_every_fault_is_reported_at_once_with_file_and_mend(desk: Path) -> None:
    (desk / "provider.yaml").write_text("name: [\n", "utf-8")
    (desk / "replies.yaml").unlink()
    with pytest.raises(ContentError) as caught:
        load_knowledge(desk)
    assert "provider.yaml:" in str(caught.value)
    assert "replies.yaml: the file is missing." in str(caught.value)


def test_a_wrong_row_of_the_contract_is_named(desk: Path) -> None:
    edit(desk / "facts.yaml", price={"type": "money"})
    with pytest.raises(ContentError, match=r"facts\.price\.type is 'money'"):
        load_knowledge(desk)


def test_a_catalogue_without_a_usable_page_is_refused_with_the_reason(desk: Path) -> None:
    (desk / "courses" / "pie.md").write_text("no front matter", "utf-8")
    with pytest.raises(ContentError, match=r"(?s)no usable course page.*pie\.md:1"):
        load_knowledge(desk)


def test_a_missing_directory_is_one_plain_sentence(desk: Path) -> None:
    with pytest.raises(ContentError, match="is no directory"):
        load_knowledge(desk, desk / "nowhere")


def test_optional_files_may_be_missing(desk: Path) -> None:
    for name in ("campaigns.yaml", "vocabulary.yaml"):
        (desk / name).unlink(missing_ok=True)
    knowledge = load_knowledge(desk)
    assert (dict(knowledge.campaigns), dict(knowledge.vocabulary.data)) == ({}, {})


def test_an_intent_that_leads_to_a_person_needs_a_wish(desk: Path) -> None:
    file = desk / "forms" / "lead.yaml"
    file.write_text(file.read_text("utf-8").replace("  price: price\n", ""), "utf-8")
    with pytest.raises(ContentError, match="'price' is commercial"):
        load_knowledge(desk)


def test_a_threshold_that_is_no_number_is_said_once(desk: Path) -> None:
    file = desk / "thresholds.yaml"
    file.write_text(re.sub(r"(?m)^margin: .*$", "margin: much", file.read_text("utf-8")), "utf-8")
    with pytest.raises(ContentError, match="'margin' is not a number") as refused:
        load_knowledge(desk)
    assert "missing" not in str(refused.value)


def test_a_missing_threshold_is_named(desk: Path) -> None:
    file = desk / "thresholds.yaml"
    file.write_text(re.sub(r"(?m)^margin: .*$", "", file.read_text("utf-8")), "utf-8")
    with pytest.raises(ContentError, match="'margin' is missing"):
        load_knowledge(desk)


def test_a_new_fact_and_a_new_schema_need_no_code(desk: Path) -> None:
    edit(
        desk / "facts.yaml",
        price={"type": "text", "label": "Price", "fields": ["fee.amount"]},
        place={"type": "text", "label": "Place", "says": ["(held|takes place) (in|at) ..."]},
        group_size={"type": "number", "label": "Group", "nouns": ["people"]},
    )
    course = load_knowledge(desk).courses["PIE"]
    price, place = course.fact("price"), course.fact("place")
    assert price is not None
    assert place is not None
    assert (price.value, price.source.field, price.source.line) == ("90 euros", "fee.amount", 5)
    assert (place.value, place.source.field, place.source.line) == ("The workshop is held in Leith.", "body", 7)
    assert course.fact("group_size") is None


def test_a_loader_keeps_the_last_good_content_apart_from_a_broken_edit(desk: Path) -> None:
    edit(desk / "facts.yaml")
    loader = KnowledgeLoader(desk)
    first = loader.load()
    (desk / "courses" / "new.md").write_text("---\ntitle: New\ncode: NEW\n---\nText.", "utf-8")
    second = loader.load()
    assert sorted(second.courses) == ["NEW", "PIE"]
    assert sorted(first.courses) == ["PIE"]
    assert second.courses["PIE"] is first.courses["PIE"]


def test_a_misspelt_section_of_the_vocabulary_is_named(desk: Path) -> None:
    file = desk / "vocabulary.yaml"
    file.write_text(file.read_text("utf-8").replace("\nconcepts:", "\nconcpts:"), "utf-8")
    with pytest.raises(ContentError, match=r"there is no section 'concpts'\. Did you mean 'concepts'\?"):
        load_knowledge(desk)
