"""The checker reads the knowledge too: a form that would lose a lead, a template that would stop a reply."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from bot.cli import main
from bot.conversation.render import CourseName
from bot.errors import ContentError
from bot.knowledge.load import KnowledgeLoader, load_knowledge
from bot.knowledge.spoken import FORM, FORM_LABELS, FORM_PLAIN, REPLIES
from bot.knowledge.templates import PARTS
from bot.models.content import Problem
from tests.conftest import KNOWLEDGE, ROOT

Edit = Callable[..., list[Problem]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge", ignore=shutil.ignore_patterns("courses")))
    (copy / "courses").mkdir()
    (copy / "courses" / "pie.md").write_text("---\ntitle: Pie Day\ncode: PIE\nduration: 8\n---\n", "utf-8")
    return copy


@pytest.fixture
def edited(folder: Path) -> Edit:
    """What the checker finds in the knowledge after an edit."""

    def edit(file: str, old: str, new: str) -> list[Problem]:
        path = folder / file
        before = path.read_text("utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), "utf-8")
        return [problem for problem in KnowledgeLoader(folder).check() if problem.severity == "unusable"]

    return edit


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


def line_at(folder: Path, problem: Problem) -> str:
    assert problem.line is not None
    return (folder / problem.file).read_text("utf-8").splitlines()[problem.line - 1]


def test_the_shipped_knowledge_has_nothing_to_mend() -> None:
    assert [problem for problem in KnowledgeLoader(KNOWLEDGE).check() if problem.severity == "unusable"] == []


LEAD = "forms/lead.yaml"


@pytest.mark.parametrize(
    ("old", "new", "says", "mend", "line"),
    [
        (
            'required_for: ["*"]\n    asked_for: ["*"]', 'required_for: ["*"]\n    asked_for: [price]',
            "the slot 'name' is required for call_back, enrol, in_house, schedule, but no question asks for it there",
            "asked_for", "- name: name",
        ),
        (
            "asked_for: [in_house]", "asked_for: []",
            "the slot 'company' is required for in_house, but no question asks", "asked_for", "- name: company",
        ),
        ("required_for: [in_house]", "required_for: [inhouse]", "unknown wish 'inhouse'", "in_house", "company"),
        ("asked_for: [in_house]", "asked_for: [in-house, in_house]", "unknown wish 'in-house'", "in_house", "company"),
        ("type: number", "type: integer", "'people' is of the unknown type 'integer'", "number", "- name: people"),
        ("  price: price", "  price: prices", "leads to the unknown wish 'prices'", "schedule", "  price: prices"),
        ("  human: call_back", "  humans: call_back", "the intent 'humans', which there is not", "intents/", "humans"),
        ("  schedule: schedule\n", "", "the intent 'schedule' is commercial", "`schedule: question`", "wishes:"),
        ("    required_for:", "    required:", "a slot holds the unknown key 'required'", "required_for", ""),
        ("slots:", "colour: red\nslots:", "the file holds the unknown key 'colour'", "consent", "colour: red"),
        ('  skip: "Skip"\n', "", "the reply 'skip' is missing", "`skip: ...`", "replies:"),
        ('skip: "Skip"', 'skip: "Skip {{ name }}"', "'skip' is a button and holds a template", "plain words", "skip"),
        ("Name: {{ name }}", "Name: {{ nam }}", "'review': the template uses 'nam'", "name", "review: >-"),
        ('ask: "Which company', 'ask: "{{ companies }} Which company', "uses 'companies'", "company", "Which company"),
        ("consent: >-\n  May {{ provider.name }}", "consent: >-\n  May {{ provider.contact }}", "leaves words open",
         "{{ provider.name }}", "consent"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_work_is_refused_with_place_and_mend(
    edited: Edit, folder: Path, old: str, new: str, says: str, mend: str, line: str
) -> None:
    problem = next(problem for problem in edited(LEAD, old, new) if says in problem.message)
    assert problem.file == LEAD
    assert mend in problem.fix
    assert not line or line in line_at(folder, problem)
    with pytest.raises(ContentError, match=re.escape(says)):
        load_knowledge(folder)


def test_a_consent_text_that_changed_needs_a_new_version_and_the_checker_says_which_line(
    edited: Edit, folder: Path
) -> None:
    problem = only(edited(LEAD, "for nothing else", "for good things only"))
    assert problem.message == "the consent text or its purpose is no longer that of version 2026-03."
    assert "version:" in line_at(folder, problem)
    problem = only(edited(LEAD, 'version: "2026-03"', 'version: "2026-04"'))
    assert problem.message == "version 2026-04 of the consent text is not recorded."
    line = re.search(r"the line `(.*)`", problem.fix)
    assert line
    with (folder / "forms/consent-versions.yaml").open("a") as versions:
        versions.write(line[1] + "\n")
    load_knowledge(folder)


def test_a_consent_text_may_be_wrapped_anew_under_its_version(edited: Edit) -> None:
    assert edited(LEAD, "answer your enquiry? We", "answer\n  your enquiry? We") == []


def test_a_changed_purpose_is_a_changed_consent(edited: Edit) -> None:
    assert "its purpose" in only(edited(LEAD, "purpose: to answer", "purpose: to advertise and answer")).message


@pytest.mark.parametrize(
    ("file", "old", "new", "says", "line"),
    [
        ("replies.yaml", "{{ count }} of our", "{{ count of our", "the template is broken", "clarify.candidates"),
        ("replies.yaml", "{{ count }} of our", "{{ many }} of our", "the template uses 'many'", "clarify.candidates"),
        ("replies.yaml", "{{ course.title }}", "{{ course.titel }}", "'course.titel', which there is", "courses.line"),
        ("replies.yaml", "clarify.course:", "clarify.cuorse:", "'clarify.course' is missing", None),
        ("intents/pass_mark.yaml", "{{ said }}{%", "{{ sayd }}{%", "the template uses 'sayd'", "stated:"),
        ("intents/pass_mark.yaml", "{% endif %}", "", "the template is broken", "stated:"),
        ("intents/pass_mark.yaml", "  not_stated:", "  notstated:", "the reply 'not_stated' is missing", "replies:"),
        ("intents/pass_mark.yaml", "suggest: [", "suggest: [retakes, ", "names the intent 'retakes'", "suggest:"),
        ("intents/pass_mark.yaml", "fact: pass_mark", "fact: passmark", "'fact' names 'passmark'", "fact:"),
        ("intents/pass_mark.yaml", "examples:", "exampels:", "unknown key 'exampels'", "exampels:"),
        ("intents/price.yaml", "courses[0].name", "courses[0].nam", "'course.nam', which there is not", "default:"),
        ("intents/price.yaml", "label: Price", "label: Price\nfact: duration", "no reply says the fact", "fact:"),
        ("intents/list_courses.yaml", '"Our courses:"', '"All {{ cuont }}"', "the template uses 'cuont'", "title:"),
        ("replies.yaml", "{{ n }}%", "{{ n | percent }}", "the unknown word 'percent'", "said.percent"),
    ],
)  # fmt: skip
def test_a_template_that_would_stop_a_reply_is_refused_with_place_and_mend(
    edited: Edit, folder: Path, file: str, old: str, new: str, says: str, line: str | None
) -> None:
    problem = next(problem for problem in edited(file, old, new) if says in problem.message)
    assert problem.file == file
    assert problem.fix
    assert line is None or line in line_at(folder, problem)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("facts.yaml", "label: Pass mark", "label: Pass mark\n    says: ['(a|b']", "a row cannot be read"),
        ("facts.yaml", "label: Pass mark", "label: Pass mark\n    limit: many", "a row cannot be read"),
        ("facts.yaml", "label: Pass mark", "label: Pass mark\n    feilds: [x]", "unknown key 'feilds'"),
        ("provider.yaml", "Europe/London", "Europe/Londn", "'time_zone' is 'Europe/Londn', which there is not"),
        ("vocabulary.yaml", "spellings:\n", "spellings: none\nother:\n", "'spellings' is not written as it must be"),
        ("campaigns.yaml", "source: newsletter", "sauce: newsletter", "'spring-mail' is not usable"),
    ],
)
def test_a_slip_in_the_other_files_is_named_too(edited: Edit, file: str, old: str, new: str, says: str) -> None:
    problem = next(problem for problem in edited(file, old, new) if says in problem.message)
    assert problem.file == file
    assert problem.fix


def test_an_intent_the_program_leads_to_may_not_be_taken_away(folder: Path) -> None:
    (folder / "intents/human.yaml").unlink()
    assert "intents/human.yaml: the file is missing." in "\n".join(map(str, KnowledgeLoader(folder).check()))


def test_the_command_lists_knowledge_and_pages_together_and_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNOWLEDGE_DIR", str(folder))
    (folder / "replies.yaml").write_text("a: [", "utf-8")
    (folder / "courses" / "bad.md").write_text("", "utf-8")
    result = CliRunner().invoke(main, ["check", "--json"])
    assert result.exit_code == 1
    unusable = {row["file"] for row in json.loads(result.stdout) if row["severity"] == "unusable"}
    assert unusable == {"replies.yaml", "bad.md"}


def test_a_catalogue_in_a_schema_that_the_contract_does_not_know_says_so(tmp_path: Path) -> None:
    (tmp_path / "brot.md").write_text("---\nkursname: Brot backen\ndauer: 8\n---\nEin Tag.\n", "utf-8")
    result = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert result.exit_code == 0
    assert "no fact found: the page has none of the fields that facts.yaml names" in result.stdout


def test_a_template_may_use_what_a_course_s_name_has() -> None:
    assert PARTS["course"] == set(CourseName.__slots__)


def asked_for() -> set[str]:
    return {f"{family}{name}" for family, names, _ in REPLIES for name in names.split()}


def test_every_shipped_text_is_one_the_program_asks_for_and_the_other_way_round() -> None:
    """A new key of replies.yaml is named in bot/knowledge/spoken.py, so that an editor's copy cannot lack it unseen."""
    shipped = yaml.safe_load((KNOWLEDGE / "replies.yaml").read_text("utf-8"))
    assert set(shipped) == asked_for()
    assert {*FORM, *FORM_LABELS, *FORM_PLAIN} <= set(load_knowledge(KNOWLEDGE).form.replies)


def test_every_text_the_code_names_is_known() -> None:
    """Keys written out in the code; those put together from parts are in the families of spoken.py."""
    known = asked_for()
    for path in (ROOT / "bot").rglob("*.py"):
        code = path.read_text("utf-8")
        for call, key in re.findall(r"""\b(shared|text|_say)\(\s*"([a-z_]+(?:\.[a-z_]+)+)\"""", code):
            assert key in known, f"{path.name} asks {call} for {key!r}"
