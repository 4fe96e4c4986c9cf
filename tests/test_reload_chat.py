"""The chat in the terminal takes edits over too."""

import io
import re
import shutil
import threading
from pathlib import Path

import pytest

from bot.app import App
from bot.cli import main
from bot.conversation.advisor import Advisor
from bot.jobs import reload
from tests.conftest import KNOWLEDGE

PAGE = "courses/professional-scrum-product-owner.md"


def test_a_chat_in_the_terminal_takes_edits_over_and_says_what_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))
    monkeypatch.setattr(reload, "LOOK_SECONDS", 0.02)
    page, loaded = folder / PAGE, threading.Event()
    good = page.read_text("utf-8")
    swap = App.swap

    def swapped(app: App, advisor: Advisor) -> None:
        swap(app, advisor)
        loaded.set()

    edits = iter((None, good.replace("85%", "86%"), "---\ntitle: [\n---\n"))

    def typed(_: bool) -> str | None:
        """The same question again and again: before it the page is edited, and that is in force."""
        if (text := next(edits, "")) == "":
            return None
        if text:
            loaded.clear()
            page.write_text(text, "utf-8")
            loaded.wait(10)
        return "pass mark of PSPO"

    monkeypatch.setattr(App, "swap", swapped)
    monkeypatch.setattr("bot.channels.terminal._read", typed)
    errors = io.StringIO()
    monkeypatch.setattr("sys.stderr", errors)
    said = io.StringIO()
    monkeypatch.setattr("sys.stdout", said)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(folder))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.sqlite3'}")
    main(["chat"], standalone_mode=False)
    assert re.findall(r"at least (\d+)% for", said.getvalue()) == ["85", "86", "86"]
    assert "professional-scrum-product-owner.md:3: the YAML is broken" in errors.getvalue()
