"""What the commands say when something is amiss."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.evaluate import read

EDITING = Path(__file__).parent.parent / "docs" / "editing.md"

LINE: dict[str, Any] = {
    "id": "1",
    "text": "pass mark of pspo",
    "intents": ["pass_mark"],
    "courses": ["PSPO"],
    "outcome": "answer",
    "facts": ["pass_mark"],
}


def refused(*words: str) -> str:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    return result.stderr


@pytest.mark.parametrize("key", list(LINE))
def test_a_labelled_line_without_a_key_is_named_with_the_key(tmp_path: Path, key: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(f"{json.dumps(LINE)}\n{json.dumps({k: LINE[k] for k in LINE if k != key})}\n")
    assert f"questions.jsonl:2: the key '{key}' is missing." in refused("evaluate", str(file))


@pytest.mark.parametrize("line", ["pass mark of pspo", "[]", '{"turns": 1}'])
def test_a_line_that_is_no_label_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(line)
    assert "questions.jsonl:1: not a labelled message or dialogue" in refused("evaluate", str(file))


def test_the_lines_that_the_documents_show_are_labelled(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(EDITING.read_text().split("```jsonl\n")[1].split("```")[0])
    assert [case.id for case in read(file)] == ["mark-1", "talk-1#1"]
    assert CliRunner().invoke(main, ["evaluate", str(file)]).exit_code == 0


def test_a_workbook_is_not_written_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    said = refused("leads", "export", "--format", "xlsx")
    assert "--output leads.xlsx" in said
    assert "redirect" in said


def test_who_names_no_course_sees_all_there_are() -> None:
    said = refused("facts", "nope")
    assert all(code in said for code in ("APK", "HL-STORY", "PSM-A", "PSPO", "SPS"))
