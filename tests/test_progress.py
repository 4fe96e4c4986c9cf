"""Whoever waits at a terminal sees how far loading is; nobody else does."""

import io
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.cli.progress import loading
from bot.knowledge.load import KnowledgeLoader
from tests.conftest import KNOWLEDGE


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_loading_that_takes_long_shows_a_bar_on_a_terminal() -> None:
    stream = Terminal()
    with loading(patience=0, stream=stream) as progress:
        KnowledgeLoader(KNOWLEDGE).load(progress)
    assert "Loading pages" in stream.getvalue()
    assert "12/12" in stream.getvalue()


def test_loading_that_is_soon_over_shows_none() -> None:
    stream = Terminal()
    with loading(stream=stream) as progress:
        KnowledgeLoader(KNOWLEDGE).load(progress)
    assert stream.getvalue() == ""


def test_a_pipe_gets_none() -> None:
    stream = io.StringIO()
    with loading(patience=0, stream=stream) as progress:
        assert progress is None
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    "command",
    [["ask", "hi"], ["why", "hi"], ["facts", "PSPO"], ["check"], ["check", "--against", "old"], ["chat"], ["purge"]],
    ids=lambda words: " ".join(words),
)
def test_every_command_that_loads_pages_can_show_it(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(KNOWLEDGE / "courses", tmp_path / "old")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///bot.sqlite3")
    stream = Terminal()
    monkeypatch.setattr("bot.cli.progress.PATIENCE_SECONDS", 0)
    monkeypatch.setattr("bot.cli.progress.sys", type("Sys", (), {"stderr": stream}))
    CliRunner().invoke(main, command, input="")
    assert "Loading pages" in stream.getvalue()
