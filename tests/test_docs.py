"""What the documents say is so: their commands print it, their links lead somewhere, the files they name are there."""

import difflib
import re
import shlex
from pathlib import Path

import pytest
import yaml

from bot.knowledge.load import load_knowledge
from tests.conftest import KNOWLEDGE, ROOT
from tests.documents import DOCUMENTS, MAKE, retold

PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), KNOWLEDGE / "README.md"])
PLACES = ("bot", "docs", "knowledge", "tests")


def names(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_prints_what_the_document_says(name: str) -> None:
    """`python -m tests.documents` pastes anew what the commands print."""
    document = (ROOT / name).read_text("utf-8")
    printed = retold(ROOT / name)
    assert list(difflib.unified_diff(document.splitlines(), printed.splitlines(), "document", "printed", n=1)) == []


def test_make_chat_is_the_chat_of_the_command_line() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target, command in MAKE.items():
        rule = makefile.partition(f"\n{shlex.split(target)[-1]}:")[2].splitlines()[1]
        assert rule.strip() == f"@$(BIN)/{command}"


@pytest.mark.parametrize("name", names(PAPERS))
def test_every_link_within_the_house_leads_somewhere(name: str) -> None:
    path = ROOT / name
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8")):
        assert re.match(r"https?://", target) or (path.parent / target).exists(), f"{name} links to {target}"


@pytest.mark.parametrize("name", names(PAPERS))
def test_every_file_that_is_named_is_there(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    made = set(re.findall(r"^```\w+ (\S+)$", text, re.MULTILINE))
    for file in re.findall(rf"`((?:{'|'.join(PLACES)})/[\w./-]*)`", text):
        assert file in made or (ROOT / file).exists(), f"{name} names {file}"


def test_every_file_of_the_knowledge_is_in_its_readme() -> None:
    text = (KNOWLEDGE / "README.md").read_text("utf-8")
    for path in KNOWLEDGE.rglob("*.yaml"):
        name = path.relative_to(KNOWLEDGE).as_posix()
        assert f"`{name}`" in text or path.parent.name == "intents", f"knowledge/README.md is silent on {name}"


def test_the_readmes_are_read_at_a_glance() -> None:
    """One screen for each reader."""
    chapters = re.split(r"^## ", (ROOT / "README.md").read_text("utf-8"), flags=re.MULTILINE)
    assert [chapter.split("\n")[0] for chapter in chapters[1:]] == [
        "Trying it", "Running it for your courses", "Developing it",
    ]  # fmt: skip
    assert all(len(chapter.splitlines()) <= 45 for chapter in chapters)
    assert len((KNOWLEDGE / "README.md").read_text("utf-8").splitlines()) <= 45


def test_keeping_times_are_those_of_the_provider() -> None:
    text = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    keep = yaml.safe_load((KNOWLEDGE / "provider.yaml").read_text("utf-8"))["keep"]
    for name, days in keep.items():
        said = re.search(rf"`{name}`(:|,)? \(?{days} days", text)
        assert said, f"docs/privacy.md does not say {days} days for {name}"
    assert load_knowledge(KNOWLEDGE).provider.context_minutes == 30
    assert "half an hour of silence" in text


def test_every_table_with_data_about_people_is_named_in_the_privacy_paper() -> None:
    text = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    schema = (ROOT / "bot" / "store" / "schema.py").read_text("utf-8")
    for table in re.findall(r"= Table\(\s*\"(\w+)\"", schema):
        assert f"`{table}`" in text, f"docs/privacy.md is silent on {table}"
