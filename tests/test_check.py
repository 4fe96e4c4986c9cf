"""The content checker: what it finds in a page, and what an edit changes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from bot.cli import main
from bot.knowledge.check.statements import _said
from bot.knowledge.load import KnowledgeLoader
from bot.models.content import Problem
from bot.models.course import Source, Statement

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
REAL = Path(__file__).parent.parent.parent / "shared" / "catalogue"

GOOD: dict[str, Any] = {
    "title": "Bread Baking (BREAD)",
    "slug": "bread-baking",
    "delivery": {
        "code": "BREAD",
        "duration": 8,
        "skilllevel": "beginner",
        "brand": {"vendor": "guild"},
        "lead": "A one-day class on bread.",
        "audience": "The class is for people who bake at home.",
        "prerequisites": "None.",
        "objectives": "- Bake a loaf\n- Keep a starter",
        "topics": "- Flour\n- Water",
        "certification": "Everybody gets a password for the Bread I assessment. You pass with at least 70%. A second"
        " attempt is free within 14 days of the class. Attending earns 7 PDUs.",
        "format": "The class is taught in person in our kitchen.",
    },
}

Write = Callable[..., list[Problem]]


@pytest.fixture
def check(tmp_path: Path) -> Write:
    """Checks a catalogue of this page (its `delivery` fields changed) and further whole pages."""

    def run(*others: dict[str, Any], body: str = "", **changed: Any) -> list[Problem]:
        pages = [{**GOOD, "delivery": {**GOOD["delivery"], **changed}}, *others]
        for number, page in enumerate(pages):
            text = f"---\n{yaml.safe_dump(page, sort_keys=False)}---\n{body if number == 0 else ''}\n"
            (tmp_path / f"page-{number}.md").write_text(text)
        return KnowledgeLoader(KNOWLEDGE, tmp_path).check()

    return run


def another(title: str, code: str, **changed: Any) -> dict[str, Any]:
    slug = title.casefold().replace(" ", "-")
    return {"title": title, "slug": slug, "delivery": {**GOOD["delivery"], "code": code, **changed}}


def found(problems: list[Problem], severity: str) -> list[tuple[str | None, str]]:
    return [(problem.fact, problem.message) for problem in problems if problem.severity == severity]


def test_a_good_page_has_no_problem(check: Write) -> None:
    assert check() == []


@pytest.mark.parametrize(
    ("changed", "fact", "says"),
    [
        ({"lead": "A 14-hour class on bread."}, "duration", "8 hours"),
        ({"lead": "You must score 80% in the Bread I assessment to pass."}, "pass_mark", "80 percent"),
        ({"lead": "You get a free second attempt within 30 days."}, "retake", "30 days"),
        ({"audience": "For bakers. Attendees should have two years of experience."}, "prerequisites", "None"),
        ({"details": "Four weekly 3-hour sessions."}, "duration", "12 hours"),
        ({"details": "Two evenings, three hours each."}, "duration", "6 hours"),
        ({"skilllevel": "advanced", "lead": "A one-day introductory class on bread."}, "level", "introductory"),
        ({"format": "You get a free second attempt within 30 days. Taught in person."}, "retake", "30 days"),
        ({"type": "Azure DevOps"}, None, "says no word"),
        (
            {"details": "This class suits you if you are preparing for the Bread II assessment."},
            "certification",
            "Bread II",
        ),
        ({"details": "The class includes a free attempt at the Bread II exam."}, "certification", "Bread II"),
        ({"type": "Scrum (Scrum.org Certified)"}, "vendor", "Scrum.org"),
    ],
)
def test_two_statements_that_cannot_both_be_right(
    check: Write, changed: dict[str, str], fact: str | None, says: str
) -> None:
    ((named, message),) = found(check(**changed), "contradiction")
    assert named == fact
    assert says in message


def test_a_sentence_that_speaks_of_another_course(check: Write) -> None:
    certificate = "Everybody gets a password. 7 PDUs are for attending the Classic Cake Making (BREAD) course."
    problems = check(another("Classic Cake Making", "CAKE"), certification=certificate)
    ((_, message),) = [pair for pair in found(problems, "contradiction") if "speaks of" in pair[1]]
    assert "Classic Cake Making, which is CAKE" in message


def test_an_exam_named_differently_from_the_course(check: Write) -> None:
    page = another("Professional Kitchen Backlog Management", "PKBM")
    page["delivery"]["certification"] = "Participants get a password for the Professional Kitchen Backlog Mastery exam."
    messages = [message for _, message in found(check(page), "contradiction")]
    assert any("Professional Kitchen Backlog Mastery" in message for message in messages)


def test_one_exam_with_two_pass_marks_on_two_pages(check: Write) -> None:
    other = "Everybody gets a password for the Bread I assessment. The Bread I assessment needs 75% to pass."
    problems = check(another("Rye Baking", "RYE", certification=other))
    (problem,) = [one for one in problems if one.severity == "contradiction"]
    assert (problem.file, problem.fact) == ("page-1.md", "pass_mark")
    assert "page-0.md says" in problem.message


@pytest.mark.parametrize(
    "changed",
    [
        {"details": "Two sessions of four hours."},
        {"details": "One day, eight hours."},
        {"details": "A two-session course, eight hours in all."},
        {"details": "Four sessions, two hours a week of homework."},
        {"details": "On completion everyone should know how to shape a loaf."},
        {"details": "You need 18/25 for the certificate of another guild."},
        {"details": "The class includes a free attempt at the Bread I exam, and a discount on the Bread II exam."},
        {"details": "After the Bread I exam you may take the Bread II exam later."},
        {"skilllevel": "intermediate", "lead": "A one-day introductory class on bread."},
        {"type": "Bread"},
        {"objectives": "bake a loaf; keep a starter"},
        {"prerequisites": "none - we begin with flour"},
    ],
)
def test_statements_that_agree_raise_no_alarm(check: Write, changed: dict[str, str]) -> None:
    assert check(**changed) == []


@pytest.mark.parametrize(
    ("changed", "fact", "says"),
    [
        ({"audience": "For bakers. Experience with ovens is recommended."}, "prerequisites", "delivery.audience"),
        ({"topics": "- Flour\n- The test, in which 70 out of 100 is a pass"}, "pass_mark", "delivery.topics"),
        ({"objectives": "This class covers flour, water and salt."}, "objectives", "belongs under 'Topics'"),
    ],
)
def test_sentences_that_belong_to_another_field(check: Write, changed: dict[str, str], fact: str, says: str) -> None:
    messages = [message for named, message in found(check(**changed), "misplaced") if named == fact]
    assert len(messages) == 1
    assert says in messages[0]


def test_a_field_that_repeats_another_word_for_word(check: Write) -> None:
    lead = (
        "A one-day class on bread for people who bake at home, with a great deal of flour, some water and all the salt."
    )
    ((fact, message),) = found(check(lead=lead, objectives=lead), "misplaced")
    assert fact == "objectives"
    assert "word for word" in message


def test_a_fact_in_the_field_of_another(check: Write) -> None:
    problems = check(prerequisites="", audience="For bakers. Attendees should have baked a loaf before.")
    ((fact, message),) = found(problems, "misplaced")
    assert fact == "prerequisites"
    assert "delivery.audience" in message


@pytest.mark.parametrize("empty", [0, "", None])
def test_a_field_that_is_empty_while_the_text_states_the_fact(check: Write, empty: object) -> None:
    ((fact, message),) = found(check(duration=empty), "missing")
    assert fact == "duration"
    assert "A one-day class on bread." in message


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("Bake [wpv-post-link] bread.", "shortcode"),
        (r"Bake \[types field='x'\] bread.", "shortcode"),
        ("<!-- wp:paragraph -->Bread.", "HTML comment"),
        ("Read [more](#).", "leads nowhere"),
        ("<iframe src='https://example.org'></iframe>", "embedded frame"),
        ("<div><strong>Bread</div>", "<strong>"),
        ("Take part in a, or similar, class of bread.", "lacks a word"),
        ("is a class that makes bakers of beginners.", "begins in its middle"),
        ("𝗕𝗿𝗲𝗮𝗱 for all of us.", "mathematical"),
        ("<script>alert(1)</script>", "script"),
        ("Bread is good.The class is better.", "without a space"),
        ("Bread,, rolls and buns.", "doubled"),
        ("The BakerTM course.", "trade mark"),
        ("See [the guide](/guide)first.", "glued to a link"),
        ('They say "it rises well”.', "quotation"),
        ("[Book](#placeholder-link) a place.", "leads nowhere"),
        ("See [the class](/courses/bread-class-3rd-may-2021).", "single date"),
    ],
)
def test_what_a_converter_left_in_the_text(check: Write, body: str, says: str) -> None:
    messages = [message for _, message in found(check(body=body), "leftover")]
    assert [message for message in messages if says in message]


@pytest.mark.parametrize(
    "body",
    [
        "You get [types field='attempts'] attempts.",
        "Read [more](#).",
        "<iframe src='https://example.org'></iframe>",
        "<div><strong>Bread</div>",
        "𝗕𝗿𝗲𝗮𝗱 for all of us.",
        "Bread is good.The class is better.",
        "Bread,, rolls and buns.",
        "The BakerTM course.",
        "See [the guide](/guide)first.",
        'They say "it rises well”.',
        "See [the class](/courses/bread-class-3rd-may-2021).",
    ],
)
def test_nobody_is_told_to_remove_what_says_something(check: Write, body: str) -> None:
    (problem,) = check(body=body)
    assert problem.fix != "Remove it from the page."


def test_a_leftover_is_reported_at_its_line(check: Write, tmp_path: Path) -> None:
    (problem,) = check(body="Bread.\n\n[wpv-post-link]")
    assert problem.line is not None
    assert "[wpv-post-link]" in (tmp_path / problem.file).read_text().splitlines()[problem.line - 1]


def test_a_name_that_is_another_course_s_as_well(check: Write) -> None:
    problems = check({**another("Rye Baking", "RYE"), "aliases": ["/courses/bread-baking"]})
    ((_, message),) = found(problems, "collision")
    assert "“bread baking” is also a name of BREAD" in message


def test_the_silence_map_is_in_the_order_of_the_facts(check: Write) -> None:
    problems = check(certification="", topics="", duration=0, lead="A class on bread.")
    assert [fact for fact, _ in found(problems, "silent")] == [
        "pass_mark", "retake", "duration", "certification", "pdu_credits", "topics",
    ]  # fmt: skip


def test_without_an_exam_nobody_misses_its_pass_mark(check: Write) -> None:
    assert [fact for fact, _ in found(check(certification="There is no exam."), "silent")] == ["pdu_credits"]


def test_a_page_in_an_unknown_schema_says_that_no_fact_was_found(check: Write) -> None:
    (problem,) = [one for one in check({"title": "Cheese", "kurs": {"dauer": 8}}) if "no fact found" in one.message]
    assert (problem.file, problem.severity) == ("page-1.md", "silent")


def test_the_demo_pages_raise_no_alarm() -> None:
    assert {problem.severity for problem in KnowledgeLoader(KNOWLEDGE).check()} <= {"silent"}


@pytest.mark.skipif(not REAL.is_dir(), reason="the real pages are not at hand")
def test_contradictions_of_the_real_pages_are_found() -> None:
    problems = KnowledgeLoader(KNOWLEDGE, REAL).check()
    expected = {
        ("AKP1", "vendor"), ("NKD-AR", "vendor"), ("APS", "duration"), ("APS-SD", "duration"), ("APS-SD", "retake"),
        ("MARS", "prerequisites"), ("PAL-EBM", "prerequisites"), ("PAL-e", "duration"), ("PSM", "certification"),
        ("PSM-A", "duration"), ("PSPBMS", "certification"), ("PSPO", "pdu_credits"), ("PSPO-A", "pdu_credits"),
        ("PSU", "duration"), ("S4E", None), ("S4PO", None), ("S4S", None), ("AFMS", "certification"),
        ("AMP", "certification"), ("APS", "prerequisites"), ("APS-SD", "prerequisites"), ("PSM", "prerequisites"),
        ("SPS", "prerequisites"), ("APS-SD", "topics"), ("ASPK", "code"), ("PSM", "audience"), ("PSM-A", "title"),
        ("PSPBMS", "title"), ("PSM-A", None), ("PSPO", None), ("PSK", None), ("PSU", None),
    }  # fmt: skip
    assert {(p.course, p.fact) for p in problems if p.severity == "contradiction"} == expected


def cli(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_the_command_lists_problems_and_fails_on_an_unusable_page(check: Write, tmp_path: Path) -> None:
    check()
    assert cli("check", str(tmp_path)).exit_code == 0
    (tmp_path / "broken.md").write_text("---\na: [\n---\n")
    result = cli("check", str(tmp_path), "--json")
    assert result.exit_code == 1
    (row,) = json.loads(result.stdout)
    assert set(row) == {"file", "line", "course", "fact", "severity", "message", "fix"}
    assert (row["file"], row["severity"]) == ("broken.md", "unusable")


def test_people_read_the_gravest_first_page_by_page(check: Write, tmp_path: Path) -> None:
    check(another("Rye Baking", "RYE", audience=""), lead="A 14-hour class on bread.", body="[wpv-post-link]")
    (tmp_path / "a-broken.md").write_text("---\na: [\n---\n")
    lines = cli("check", str(tmp_path)).output.splitlines()
    heads = [line for line in lines if not line.startswith("    ")]
    assert heads == [
        "unusable", "  a-broken.md", "contradiction", "  page-0.md", "leftover", "  page-0.md",
        "silent", "  page-1.md", "Found in 3 files: 1 unusable, 1 contradiction, 1 leftover, 1 silent.",
    ]  # fmt: skip
    assert lines[-2] == "    on audience"
    check(lead="A 14-hour class on bread. A one-hour class.")
    (tmp_path / "a-broken.md").unlink()
    (tmp_path / "page-1.md").unlink()
    said = cli("check", str(tmp_path)).output
    assert "delivery.lead says 1 hour (" in said
    assert said.endswith("Found in 1 file: 2 contradictions.\n")


def test_a_catalogue_without_any_usable_page_is_still_checked(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text("")
    result = cli("check", str(tmp_path))
    assert result.exit_code == 1
    assert "the file is empty" in result.stdout


def test_an_edit_lists_the_answers_it_changes(check: Write, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, changed in ((old, {}), (new, {"duration": 16, "lead": "A class.", "topics": ""})):
        folder.mkdir()
        page = {**GOOD, "delivery": {**GOOD["delivery"], **changed}}
        (folder / "bread.md").write_text(f"---\n{yaml.safe_dump(page)}---\n")
    rows = json.loads(cli("check", str(new), "--against", str(old), "--json").stdout)
    kinds = {(row["course"], row["fact"]): row["change"] for row in rows}
    assert kinds == {
        ("BREAD", "duration"): "changed", ("BREAD", "overview"): "changed", ("BREAD", "topics"): "disappeared",
    }  # fmt: skip
    length = next(row for row in rows if row["fact"] == "duration")
    assert (length["before"]["value"], length["after"]["value"]) == (8, 16)
    assert "changed      duration: 8 hours -> 16 hours" in cli("check", str(new), "--against", str(old)).stdout


def test_a_key_of_a_link_that_leads_elsewhere(tmp_path: Path) -> None:
    knowledge, pages = tmp_path / "knowledge", tmp_path / "pages"
    shutil.copytree(KNOWLEDGE, knowledge)
    pages.mkdir()
    (pages / "bread.md").write_text(f"---\n{yaml.safe_dump(GOOD, sort_keys=False)}---\n")
    (knowledge / "campaigns.yaml").write_text(
        "bread:\n  source: fair\nstaff_day:\n  source: fair\nfair:\n  source: fair\n"
    )
    problems = KnowledgeLoader(knowledge, pages).check()
    assert [(problem.file, problem.severity, problem.course) for problem in problems] == [
        ("campaigns.yaml", "collision", "BREAD"),
        ("campaigns.yaml", "collision", None),
    ]
    assert "the link opens the course" in problems[0].message
    assert "taken for an invitation" in problems[1].message


@pytest.mark.parametrize(
    "changed",
    [
        {"pass_mark": 850},
        {"pass_mark": "850%"},
        {"pass_mark": "850 per cent"},
        {"certification": "You pass the Bread I exam with at least 850%."},
    ],
)
def test_a_mark_of_more_than_everything_is_reported(check: Write, changed: dict[str, Any]) -> None:
    (found,) = [problem for problem in check(**changed) if problem.severity == "contradiction"]
    assert (found.fact, "cannot be: it is more than 100%" in found.message) == ("pass_mark", True)


@pytest.mark.parametrize("body", ["After the exam, pay rises by at least 150%.", "Bakers need 120% of their patience."])
def test_other_shares_above_a_hundred_are_not(check: Write, body: str) -> None:
    assert not [problem for problem in check(body=body) if "more than 100%" in problem.message]


def test_numbers_in_words_are_held_against_the_text(check: Write) -> None:
    (found,) = [
        problem
        for problem in check(duration="sixteen", body="It lasts three days.", lead="A class on bread.")
        if problem.severity == "contradiction"
    ]
    assert "delivery.duration says 16 hours" in found.message
    (found,) = [problem for problem in check(pass_mark="eighty") if problem.severity == "contradiction"]
    assert "delivery.pass_mark says 80 percent" in found.message


def test_a_list_is_told_in_words() -> None:
    source = Source("page.md", "delivery.prerequisites", 1, "Before the class:")
    said = _said(Statement(("Read: the Scrum Guide", "Bring a laptop"), None, source))
    assert said == "delivery.prerequisites says “Read: the Scrum Guide; Bring a laptop”"


def test_a_long_text_is_told_by_its_beginning() -> None:
    source = Source("page.md", "delivery.prerequisites", 1, "Bring flour. " * 100)
    assert len(_said(Statement(source.quote, None, source))) < 300
