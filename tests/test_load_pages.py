"""Pages that cannot be used are named with place and mend; the rest of the catalogue stands."""

import os
from pathlib import Path

import pytest
import yaml

from bot.knowledge.catalogue import Catalogue, Snapshot
from bot.knowledge.contract import Contract, read_contract
from bot.models.content import Problem

ROOT = Path(__file__).parent
BAD = ROOT / "catalogue" / "bad"
GOOD = "---\ntitle: Plain Course\nslug: plain-course\ndelivery:\n  code: PLAIN\n  duration: 8\n---\nA day of work.\n"


@pytest.fixture(scope="module")
def contract() -> Contract:
    return read_contract(yaml.safe_load((ROOT.parent / "knowledge" / "facts.yaml").read_text("utf-8")))


@pytest.fixture(scope="module")
def bad(contract: Contract) -> dict[str, Problem]:
    return {problem.file: problem for problem in Catalogue(BAD, contract).read().problems}


def read(contract: Contract, root: Path, **pages: str) -> Snapshot:
    for name, text in pages.items():
        (root / f"{name}.md").write_text(text, "utf-8")
    return Catalogue(root, contract).read()


@pytest.mark.parametrize("case", sorted(path.stem for path in BAD.glob("*.md")))
def test_a_bad_page_is_named_with_its_line_and_what_to_do(bad: dict[str, Problem], case: str) -> None:
    problem = bad[f"{case}.md"]
    assert problem.severity == "unusable"
    assert str(problem) == (BAD / f"{case}.error.txt").read_text("utf-8").strip()


def test_the_other_pages_still_load(contract: Contract, tmp_path: Path) -> None:
    snapshot = read(contract, tmp_path, good=GOOD, broken="---\ntitle: [\n---\n")
    assert list(snapshot.courses) == ["PLAIN"]
    assert [problem.file for problem in snapshot.problems] == ["broken.md"]


def test_a_page_over_256_kib_is_refused(contract: Contract, tmp_path: Path) -> None:
    snapshot = read(contract, tmp_path, big=GOOD + "x" * (256 * 1024))
    assert not snapshot.courses
    assert "larger than 256 KiB" in snapshot.problems[0].message


def test_deep_nesting_that_fills_the_page_is_refused_quickly(contract: Contract, tmp_path: Path) -> None:
    snapshot = read(contract, tmp_path, deep="---\nx: " + "[a, " * 60_000 + "\n---\n")
    assert "nested more than" in snapshot.problems[0].message


def test_bom_and_windows_line_endings_are_fine(contract: Contract, tmp_path: Path) -> None:
    (tmp_path / "dos.md").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    fact = Catalogue(tmp_path, contract).read().courses["PLAIN"].fact("duration")
    assert fact is not None
    assert (fact.value, fact.source.line) == (8, 6)


def test_of_two_pages_with_one_code_the_first_in_path_order_stays(contract: Contract, tmp_path: Path) -> None:
    snapshot = read(contract, tmp_path, a=GOOD, b=GOOD.replace("Plain", "Other").replace("PLAIN", "plain"))
    assert [course.file for course in snapshot.courses.values()] == ["a.md"]
    assert [(problem.file, problem.severity) for problem in snapshot.problems] == [("b.md", "unusable")]
    assert "already that of a.md" in snapshot.problems[0].message


def test_a_link_that_leaves_the_catalogue_is_refused(contract: Contract, tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside.md", tmp_path / "pages"
    inside.mkdir()
    outside.write_text(GOOD, "utf-8")
    os.symlink(outside, inside / "link.md")
    os.symlink("../outside.md", inside / "dots.md")
    (inside / "own.md").write_text(GOOD.replace("PLAIN", "OWN"), "utf-8")
    os.symlink("own.md", inside / "z-same-code.md")
    snapshot = Catalogue(inside, contract).read()
    assert list(snapshot.courses) == ["OWN"]
    assert [problem.file for problem in snapshot.problems if "leaves the catalogue" in problem.message] == [
        "dots.md",
        "link.md",
    ]


def test_a_linked_folder_is_not_entered(contract: Contract, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "own.md").write_text(GOOD, "utf-8")
    os.symlink(tmp_path, tmp_path / "pages" / "loop", target_is_directory=True)
    assert list(Catalogue(tmp_path / "pages", contract).read().courses) == ["PLAIN"]


def test_scripts_and_handlers_load_harmlessly_and_are_named(contract: Contract, tmp_path: Path) -> None:
    page = GOOD.replace(
        "title: Plain Course", "title: <b onmouseover=alert(1)>Plain</b> <script>alert(2)</script>Course"
    ).replace(
        "A day of work.",
        "A day of work.<script>steal()</script> <img src=x onerror=alert(3)> <a href='javascript:x()'>Go</a>",
    )
    snapshot = read(contract, tmp_path, odd=page)
    course = snapshot.courses["PLAIN"]
    overview = course.fact("overview")
    assert overview is not None
    said = f"{course.title} {overview.value} {' '.join(course.names)}"
    assert "<" not in said
    assert "steal" not in said
    assert "onerror" not in said
    assert [(problem.severity, problem.line) for problem in snapshot.problems] == [("leftover", 2)]


def test_template_marks_in_a_page_are_text(contract: Contract, tmp_path: Path) -> None:
    snapshot = read(contract, tmp_path, odd=GOOD.replace("A day of work.", "Costs {{ 7*7 }} smiles {% if x %}."))
    overview = snapshot.courses["PLAIN"].fact("overview")
    assert overview is not None
    assert overview.value == "Costs {{ 7*7 }} smiles {% if x %}."


def test_markdown_stars_and_ampersands_are_no_anchors(contract: Contract, tmp_path: Path) -> None:
    page = GOOD.replace(
        "  duration: 8\n", "  duration: 8\n  topics: |\n    - *Bread & butter*\n    - &c and !such\n    * **Salt**\n"
    )
    topics = read(contract, tmp_path, stars=page).courses["PLAIN"].fact("topics")
    assert topics is not None
    assert topics.value == ("Bread & butter", "&c and !such", "Salt")


def test_a_page_of_an_unknown_schema_says_that_no_fact_was_found(contract: Contract, tmp_path: Path) -> None:
    snapshot = read(contract, tmp_path, odd="---\nkursname: Brot backen\ndauer: 8\n---\n")
    assert [problem.severity for problem in snapshot.problems] == ["silent"]
    assert "no fact found" in snapshot.problems[0].message


@pytest.mark.parametrize(
    "change",
    [
        ("---\ntitle", "---\ndraft: true\ntitle"),
        ("delivery:", "tags: [Hidden]\ndelivery:"),
        ("A day of work.", "This course is only available for private groups."),
    ],
)
def test_drafts_hidden_and_in_house_pages_are_known_but_not_listed(
    contract: Contract, tmp_path: Path, change: tuple[str, str]
) -> None:
    assert read(contract, tmp_path, page=GOOD).courses["PLAIN"].listed
    assert not read(contract, tmp_path, page=GOOD.replace(*change)).courses["PLAIN"].listed


def test_the_key_is_the_code_else_the_slug_else_the_folder(contract: Contract, tmp_path: Path) -> None:
    for folder in ("one", "two", "three"):
        (tmp_path / folder).mkdir()
    (tmp_path / "one" / "index.md").write_text("---\ntitle: A\ncode: 77\nslug: aa\n---\nx", "utf-8")
    (tmp_path / "two" / "index.md").write_text("---\ntitle: B\nslug: bb\n---\nx", "utf-8")
    (tmp_path / "three" / "index.md").write_text("---\ntitle: C\n---\nx", "utf-8")
    assert sorted(Catalogue(tmp_path, contract).read().courses) == ["77", "bb", "three"]


def test_a_syllabus_beside_a_page_is_part_of_it(contract: Contract, tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("---\ntitle: A\ncode: A\n---\nText.", "utf-8")
    (tmp_path / "syllabus.yaml").write_text(
        "syllabus:\n- {title: One, duration: 90}\n- {title: Two, duration: 150}\n", "utf-8"
    )
    course = Catalogue(tmp_path, contract).read().courses["A"]
    duration, topics = course.fact("duration"), course.fact("topics")
    assert duration is not None
    assert topics is not None
    assert (duration.value, duration.unit) == (4, "hours")
    assert topics.value == ("One", "Two")


def test_only_a_changed_page_is_read_again(contract: Contract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(GOOD.replace("PLAIN", name), "utf-8")
    catalogue = Catalogue(tmp_path, contract)
    before = catalogue.read()
    opened: list[str] = []
    original = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        opened.append(path.name)
        return original(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    (tmp_path / "b.md").write_text(GOOD.replace("PLAIN", "b").replace("8", "16"), "utf-8")
    after = catalogue.read()
    assert opened == ["b.md"]
    assert after.courses["a"] is before.courses["a"]
    changed, kept = after.courses["b"].fact("duration"), before.courses["b"].fact("duration")
    assert changed is not None
    assert kept is not None
    assert (kept.value, changed.value) == (8, 16)


def test_an_old_address_does_not_take_the_name_of_another_course(contract: Contract, tmp_path: Path) -> None:
    snapshot = read(
        contract,
        tmp_path,
        a="---\ntitle: Bread Baking\ncode: BB\n---\nx",
        b="---\ntitle: Cake Baking Training\ncode: CB\naliases: [/courses/bread-baking/, /courses/patisserie/]\n---\nx",
    )
    assert "Bread Baking" in snapshot.courses["BB"].names
    assert snapshot.courses["CB"].names == ("Cake Baking Training", "Cake Baking", "patisserie")
