"""Fixtures that more than one test file uses."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import advisor_for
from bot.conversation.advisor import Advisor
from bot.knowledge.load import load_knowledge
from bot.models.conversation import Conversation, Effect
from bot.models.reply import Button, Buttons, Reply, Request
from tests.databases import address, bare_address, database, postgres, sqlite_template

__all__ = ["address", "bare_address", "database", "postgres", "sqlite_template"]

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parent.parent
KNOWLEDGE = ROOT / "knowledge"
SHARED = ROOT.parent / "shared"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the real course pages are not beside this checkout")


class Person:
    """Somebody who talks to the advisor, without a database."""

    def __init__(self, advisor: Advisor, channel: str = "terminal", reachable: bool = False) -> None:
        self.advisor = advisor
        self.conversation = Conversation("c1", channel, "u1")
        self.now = NOW
        self.effects: list[Effect] = []
        self.reply: Reply
        self._channel, self._reachable = channel, reachable

    def says(self, text: str, **more: object) -> Reply:
        return self._send(Request(self._channel, "u1", text, reachable=self._reachable, **more))  # type: ignore[arg-type]

    def presses(self, label: str) -> Reply:
        """Press the button of the last reply whose label begins so."""
        found = [button for button in self.buttons if button.label.startswith(label)]
        assert found, f"no button {label!r} among {[button.label for button in self.buttons]}"
        return self._send(Request(self._channel, "u1", payload=found[0].payload, reachable=self._reachable))

    def waits(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)

    @property
    def buttons(self) -> list[Button]:
        return [button for block in self.reply.blocks if isinstance(block, Buttons) for button in block.buttons]

    def _send(self, request: Request) -> Reply:
        self.now += timedelta(seconds=20)
        turn = self.advisor.turn(request, self.conversation, self.now)
        self.conversation, self.reply = turn.conversation, turn.reply
        self.effects += turn.effects
        return turn.reply


@pytest.fixture(scope="session")
def demo() -> Advisor:
    """The advisor on the demo catalogue."""
    return advisor_for(load_knowledge(KNOWLEDGE))


@pytest.fixture(scope="session")
def real() -> Advisor:
    """The advisor on the real pages, where they are at hand."""
    if not SHARED.is_dir():
        pytest.skip("the real course pages are not beside this checkout")
    return advisor_for(load_knowledge(KNOWLEDGE, SHARED / "catalogue"))


@pytest.fixture
def person(demo: Advisor) -> Person:
    return Person(demo)


@pytest.fixture
def someone(demo: Advisor) -> Callable[..., Person]:
    return lambda **more: Person(demo, **more)
