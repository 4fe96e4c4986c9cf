"""A number in a reply that speaks of a course stands in a fact, a title or the message, or counts courses."""

import itertools
import re

import pytest

from bot.conversation.advisor import Advisor
from bot.models.conversation import Conversation
from bot.models.course import Fact
from bot.models.reply import Buttons, Items, Quote, Reply, Request, Text
from tests.conftest import Person

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def spoken(reply: Reply) -> str:
    """All that the reply says, addresses of pages left out."""
    parts: list[str] = []
    for block in reply.blocks:
        match block:
            case Text(text) | Quote(text):
                parts.append(text)
            case Items(items, title):
                parts += [title, *items]
            case Buttons(buttons):
                parts += [button.label for button in buttons]
            case _:
                pass
    return " ".join(parts)


def evidence(fact: Fact) -> str:
    statements = (fact.statement, *fact.support, *fact.also)
    return " ".join(f"{statement.value} {statement.source.quote}" for statement in statements)


def unsupported(advisor: Advisor, reply: Reply, message: str) -> set[str]:
    titles = " ".join(f"{course.title} {course.key}" for course in advisor.knowledge.courses.values())
    known = " ".join([titles, message, *map(evidence, reply.facts)])
    counts = {str(count) for count in range(len(advisor.knowledge.courses) + 1)} if reply.outcome != "answer" else set()
    return set(NUMBER.findall(spoken(reply))) - set(NUMBER.findall(known)) - counts


def every_question(advisor: Advisor) -> list[tuple[str, Reply]]:
    """Each fact intent asked of each course by button, and the catalogue intents."""
    asked = [
        name for name, spec in advisor.knowledge.intents.items() if spec.kind in ("fact", "commercial", "catalogue")
    ]
    person = Person(advisor)
    replies = []
    for name, key in itertools.product(asked, advisor.knowledge.courses):
        payload = f"ask|{name}|{key}"
        turn = advisor.turn(Request("terminal", "u", payload=payload), Conversation("c", "terminal", "u"), person.now)
        replies.append((payload, turn.reply))
    return replies


def test_no_number_is_invented_on_the_demo_pages(demo: Advisor) -> None:
    for asked, reply in every_question(demo):
        assert not unsupported(demo, reply, asked), (asked, reply.text)


def test_no_number_is_invented_on_the_real_pages(real: Advisor) -> None:
    for asked, reply in every_question(real):
        assert not unsupported(real, reply, asked), (asked, reply.text)


@pytest.mark.parametrize(
    "claim", ["is 80% enough for {}", "is {} 3 days?", "i failed {} on day 15, is the second free"]
)
def test_no_number_is_invented_where_a_figure_is_claimed(demo: Advisor, claim: str) -> None:
    for key in demo.knowledge.courses:
        message = claim.format(key)
        reply = Person(demo).says(message)
        assert not unsupported(demo, reply, message), (message, reply.text)
