"""What people type, in voices other than the intents' own examples: phrases of tests/utterances, thresholds are set on
them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from bot.conversation.advisor import Advisor
from bot.models.conversation import Conversation
from bot.models.reply import Reply, Request
from tests.conftest import NOW

FOLDER = Path(__file__).parent / "utterances"
WITHOUT_COURSE = ("out_of_scope", "list_courses", "recommend", "search_courses")
"""Intents whose answer is not about a course, whatever the phrase speaks of."""


@dataclass(frozen=True)
class Said:
    """A phrase with what a careful reader would say it asks."""

    text: str
    intents: frozenset[str]
    courses: frozenset[str]
    context: str | None

    def understood(self, reply: Reply) -> bool:
        courses = self.intents <= set(WITHOUT_COURSE) or set(reply.courses) == self.courses
        return set(reply.intents) == self.intents and courses

    def wrong(self, reply: Reply) -> bool:
        """An answer to another question, or about another course, than was asked."""
        return reply.outcome == "answer" and (
            not self.intents & set(reply.intents) or set(reply.courses) != self.courses
        )


def phrases(name: str) -> Iterator[Said]:
    for row in yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))["phrases"]:
        intents = row.get("intents") or ["out_of_scope" if name == "foreign" else name]
        yield Said(row["text"], frozenset(intents), frozenset(row["courses"]), row.get("context"))


FILES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def asked(advisor: Advisor, said: Said) -> Reply:
    request = Request("terminal", "u1", said.text, context=said.context)
    return advisor.turn(request, Conversation("c1", "terminal", "u1"), NOW).reply


@pytest.fixture(scope="module")
def replies(demo: Advisor) -> list[tuple[str, Said, Reply]]:
    return [(name, said, asked(demo, said)) for name in FILES for said in phrases(name)]


def share(values: list[bool]) -> float:
    return sum(values) / len(values)


def test_every_intent_has_its_own_file_of_foreign_voices(demo: Advisor) -> None:
    reported = {spec.reported_as or name for name, spec in demo.knowledge.intents.items()}
    assert reported <= set(FILES)
    assert all(len(list(phrases(name))) >= 25 for name in reported)


def test_no_phrase_is_an_example_of_an_intent(demo: Advisor) -> None:
    examples = {example.casefold() for spec in demo.knowledge.intents.values() for example in spec.examples}
    assert not [said.text for name in FILES for said in phrases(name) if said.text.casefold() in examples]


def test_most_phrases_are_understood_and_hardly_one_is_answered_wrongly(
    replies: list[tuple[str, Said, Reply]],
) -> None:
    assert share([said.understood(reply) for _, said, reply in replies]) >= 0.82
    assert share([said.wrong(reply) for _, said, reply in replies]) <= 0.02


@pytest.mark.parametrize("name", FILES)
def test_no_intent_is_neglected(replies: list[tuple[str, Said, Reply]], name: str) -> None:
    assert share([said.understood(reply) for file, said, reply in replies if file == name]) >= 0.55


@pytest.mark.parametrize("name", ["out_of_scope", "foreign"])
def test_what_is_no_question_about_a_course_is_not_answered_with_a_fact(
    replies: list[tuple[str, Said, Reply]], name: str
) -> None:
    answered = [said.text for file, said, reply in replies if file == name and reply.outcome == "answer"]
    assert len(answered) <= 0.02 * len(list(phrases(name))), answered


def test_no_intent_claims_the_examples_of_another(demo: Advisor) -> None:
    intents = demo.knowledge.intents
    stolen = []
    for name, spec in intents.items():
        for text in (*spec.examples, *spec.cues):
            named = text.replace("{course}", "PSM", 1).replace("{course}", "PSPO").replace("{topic}", "backlog")
            best = next(iter(demo.explain(named, None).get("scores", {})), name)
            if (intents[best].reported_as or best) != (spec.reported_as or name):
                stolen.append(f"{name}: {text!r} is nearer to {best}")
    assert not stolen


ADVANCED = (
    "pspo a",
    "PSPO-A",
    "pspoa",
    "professional scrum product owner advanced",
    "the advanced product owner class",
)


@pytest.mark.parametrize("name", ADVANCED)
def test_a_course_is_known_by_code_in_any_spelling_and_by_title(demo: Advisor, name: str) -> None:
    assert asked(demo, Said(f"how long is {name}", frozenset(), frozenset(), None)).courses == ("PSPO-A",)


@pytest.mark.parametrize(
    ("text", "courses"),
    [
        ("how long is professional scrum master", ("PSM",)),
        ("how long is scrum master advanced", ("PSM-A",)),
        ("how long is the nexus course", ("SPS",)),
        ("how long is the facilitaton skils class", ("PSFS",)),
        ("pass mark for psm and pspo", ("PSM", "PSPO")),
        ("pass mark of nexus and scrum with kanban", ("SPS", "PSK")),
        ("how long is the executive briefing", ("HL-EXEC",)),
    ],
)
def test_the_more_specific_name_wins_and_errors_are_mended(demo: Advisor, text: str, courses: tuple[str, ...]) -> None:
    assert asked(demo, Said(text, frozenset(), frozenset(), None)).courses == courses


@pytest.mark.parametrize("text", ["how long is the kanban course", "pass mark of the kanban class"])
def test_a_name_that_fits_several_courses_asks_which(demo: Advisor, text: str) -> None:
    reply = asked(demo, Said(text, frozenset(), frozenset(), None))
    assert (reply.outcome, reply.courses) == ("clarify", ())


@pytest.mark.parametrize(
    "text", ["how long is CSM", "pass mark for SAFe agilist", "what does PMP cost", "is AWS online"]
)
def test_certificates_of_others_are_never_taken_for_ours(demo: Advisor, text: str) -> None:
    assert asked(demo, Said(text, frozenset(), frozenset(), None)).outcome == "fallback"


@pytest.mark.parametrize(
    ("text", "courses"),
    [
        ("how long is facilitation skills and psm", ("PSFS", "PSM")),
        ("who is psm or the nexus one for", ("PSM", "SPS")),
        ("how much product owner experience for PSPO-A", ("PSPO-A",)),
        ("can i skip psm and go straight to psm-a", ("PSM-A",)),
        ("may i do psm-a without psm", ("PSM-A",)),
    ],
)
def test_what_is_joined_to_a_name_is_one_and_what_a_person_has_is_none(
    demo: Advisor, text: str, courses: tuple[str, ...]
) -> None:
    assert asked(demo, Said(text, frozenset(), frozenset(), None)).courses == courses


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("psm, do i need to know backlog refinement", "prerequisites"),
        ("is flow part of psk", "topics"),
        ("what have you got on flow", "search_courses"),
        ("explain empiricism to me", "out_of_scope"),
        ("any discount on psm iii after PSM-A", "certification"),
        ("can you call me, 07700 900271", "human"),
    ],
)
def test_a_word_of_the_pages_is_a_topic_wherever_it_stands(demo: Advisor, text: str, intent: str) -> None:
    assert asked(demo, Said(text, frozenset(), frozenset(), None)).intents == (intent,)
