"""Dialogues with the demo catalogue, word for word: tests/conversations/*.yaml.

A turn is what a person `says` (or the label of the button they `press`), the `outcome`, and the reply as plain text; a
reply that is only begun ends in `...`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation.advisor import Advisor
from tests.conftest import Person

FOLDER = Path(__file__).parent / "conversations"


def dialogues() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for name, turns in yaml.safe_load(path.read_text("utf-8")).items():
            yield pytest.param(turns, id=f"{path.stem}: {name}")


@pytest.mark.parametrize("turns", list(dialogues()))
def test_the_talk_goes_as_written(demo: Advisor, turns: list[dict[str, Any]]) -> None:
    person = Person(demo)
    for turn in turns:
        if "waits" in turn:
            person.waits(turn["waits"])
            continue
        reply = person.presses(turn["presses"]) if "presses" in turn else person.says(turn["says"])
        assert reply.outcome == turn["outcome"], f"{turn}\n{reply.text}"
        wanted = turn["reply"].strip()
        if wanted.endswith("..."):
            assert reply.text.startswith(wanted.removesuffix("...").rstrip())
        else:
            assert reply.text == wanted
