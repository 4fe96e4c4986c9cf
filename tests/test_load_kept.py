"""A broken edit does not take a page away: its last good version stays in force as long as the process runs."""

import os
import shutil
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.knowledge.load import KnowledgeLoader
from bot.models.content import Knowledge

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
BREAD = "---\ntitle: Bread Day\ndelivery:\n  code: BREAD\n  duration: 8\n---\nA day of work.\n"
CAKE = BREAD.replace("Bread", "Cake").replace("BREAD", "CAKE")
BROKEN = "---\ntitle: [\n---\n"


class Desk:
    """A copy of the knowledge with two pages, edited again and again."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(KNOWLEDGE, folder, ignore=shutil.ignore_patterns("courses"))
        (folder / "courses").mkdir()
        self.folder, self.loader = folder, KnowledgeLoader(folder)
        self.writes("courses/bread.md", BREAD)
        self.writes("courses/cake.md", CAKE)

    def writes(self, file: str, text: str) -> None:
        (self.folder / file).write_text(text, "utf-8")

    def loads(self) -> Knowledge:
        return self.loader.load()

    def restarts(self) -> None:
        self.loader = KnowledgeLoader(self.folder)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "knowledge")


def hours(knowledge: Knowledge, code: str) -> object:
    fact = knowledge.courses[code].fact("duration")
    return fact and fact.value


def test_a_broken_page_is_named_and_its_last_good_version_stays(desk: Desk) -> None:
    before = desk.loads()
    desk.writes("courses/bread.md", BROKEN)
    after = desk.loads()
    assert after.courses["BREAD"] is before.courses["BREAD"]
    assert hours(after, "BREAD") == 8
    assert [str(problem) for problem in after.kept] == [str(problem) for problem in after.problems]
    assert after.kept[0].file == "bread.md"
    assert after.left_out == ()


def test_it_stays_however_often_the_page_is_broken_again_and_goes_when_it_is_mended(desk: Desk) -> None:
    desk.loads()
    for broken in (BROKEN, "", "no front matter"):
        desk.writes("courses/bread.md", broken)
        assert hours(desk.loads(), "BREAD") == 8
    desk.writes("courses/bread.md", BREAD.replace("8", "16"))
    mended = desk.loads()
    assert (hours(mended, "BREAD"), mended.problems) == (16, ())


def test_after_a_restart_the_page_is_absent_and_named(desk: Desk) -> None:
    desk.loads()
    desk.writes("courses/bread.md", BROKEN)
    desk.restarts()
    knowledge = desk.loads()
    assert list(knowledge.courses) == ["CAKE"]
    assert [problem.file for problem in knowledge.left_out] == ["bread.md"]
    assert knowledge.kept == ()


def test_a_page_that_takes_the_code_of_another_keeps_its_own_until_it_is_mended(desk: Desk) -> None:
    desk.loads()
    desk.writes("courses/cake.md", CAKE.replace("CAKE", "BREAD").replace("8", "16"))
    clash = desk.loads()
    assert (hours(clash, "BREAD"), hours(clash, "CAKE")) == (8, 8)
    assert [(problem.file, problem.severity) for problem in clash.kept] == [("cake.md", "unusable")]
    desk.writes("courses/bread.md", BREAD.replace("BREAD", "RYE"))
    mended = desk.loads()
    assert (sorted(mended.courses), hours(mended, "BREAD"), mended.problems) == (["BREAD", "RYE"], 16, ())


def test_a_page_that_is_deleted_is_gone(desk: Desk) -> None:
    desk.loads()
    (desk.folder / "courses/bread.md").unlink()
    assert list(desk.loads().courses) == ["CAKE"]


def test_a_new_contract_reads_known_pages_anew_and_opens_none_of_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.loads()
    desk.writes("courses/bread.md", BROKEN)
    desk.loads()
    facts = (desk.folder / "facts.yaml").read_text("utf-8")
    desk.writes("facts.yaml", facts.replace("label: Length", "label: How long"))
    monkeypatch.setattr("bot.knowledge.catalogue.read_text", lambda *_: pytest.fail("a page was opened"))
    knowledge = desk.loads()
    assert knowledge.facts["duration"].label == "How long"
    assert (hours(knowledge, "BREAD"), hours(knowledge, "CAKE")) == (8, 8)
    assert [problem.file for problem in knowledge.kept] == ["bread.md"]


def test_broken_knowledge_leaves_the_pages_known(desk: Desk) -> None:
    before = desk.loads()
    intact = (desk.folder / "replies.yaml").read_text("utf-8")
    desk.writes("replies.yaml", "error: [\n")
    with pytest.raises(ContentError, match=r"replies\.yaml:2"):
        desk.loads()
    desk.writes("replies.yaml", intact)
    assert desk.loads().courses["BREAD"] is before.courses["BREAD"]


@pytest.mark.parametrize("file", ["courses/bread.md", "courses/deep/er/new.md", "intents/price.yaml", "facts.yaml"])
def test_an_edit_is_seen_without_opening_a_file(desk: Desk, file: str) -> None:
    desk.loads()
    assert desk.loader.look() == desk.loader.seen
    path = desk.folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as opened:
        opened.write("\n")
    assert desk.loader.look() != desk.loader.seen
    desk.loads()
    path.unlink()
    assert desk.loader.look() != desk.loader.seen


def test_a_file_of_the_same_size_and_time_is_seen_when_it_is_put_in_the_place_of_another(desk: Desk) -> None:
    bread = desk.folder / "courses/bread.md"
    desk.loads()
    other = desk.folder / "courses/.new"
    other.write_text(BREAD.replace("8", "9"), "utf-8")
    shutil.copystat(bread, other)
    other.rename(bread)
    assert hours(desk.loads(), "BREAD") == 9


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_page_that_may_be_read_again_is_read(desk: Desk) -> None:
    page = desk.folder / "courses/bread.md"
    page.chmod(0)
    assert "BREAD" not in desk.loads().courses
    page.chmod(0o644)
    assert "BREAD" in desk.loads().courses


def test_drafts_of_an_editor_are_no_pages(desk: Desk) -> None:
    seen = desk.loader.look()
    for name in (".bread.md.swp", ".git/x.md", "bread.md~", "4913", "pictures/bread.jpg"):
        path = desk.folder / "courses" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert desk.loader.look() == seen
