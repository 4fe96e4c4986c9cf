"""Questions about the catalogue as a whole."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import advisor_for
from bot.conversation.advisor import Advisor
from bot.conversation.card import LINE, brief
from bot.conversation.catalogue import CHOICES, Found, find
from bot.conversation.compose import LISTED
from bot.conversation.shelf import QUOTED, Shelf
from bot.knowledge.load import load_knowledge
from bot.models.conversation import Conversation
from bot.models.course import Course, Fact, Source, Statement, Value
from bot.models.reply import Buttons, Items, Reply, Request
from bot.models.understanding import Figure, Intent, Understanding
from tests.conftest import KNOWLEDGE, NOW, Person


def lines(reply: Reply) -> list[str]:
    return [line for block in reply.blocks if isinstance(block, Items) for line in block.items]


def labels(reply: Reply) -> list[str]:
    return [button.label for block in reply.blocks if isinstance(block, Buttons) for button in block.buttons]


def pressed(advisor: Advisor, payload: str) -> Reply:
    return advisor.turn(Request("terminal", "u", payload=payload), Conversation("c", "terminal", "u"), NOW).reply


def fact(name: str, value: Value, unit: str | None = None, also: tuple[Value, ...] = ()) -> Fact:
    source = Source("x.md", "body", 1, "As stated.")
    others = tuple(Statement(one, unit, source) for one in also)
    return Fact("X", name, Statement(value, unit, source), others)


def course(key: str, *facts: Fact) -> Course:
    return Course(key, key, f"Course {key}", f"{key}.md", {one.name: one for one in facts})


def among(
    advisor: Advisor, text: str, *courses: Course, intent: str = "search_courses", figures: tuple[Figure, ...] = ()
) -> Found:
    """What is found in a catalogue of these courses."""
    knowledge = replace(advisor.knowledge, courses={one.key: one for one in courses})
    return find(Intent(intent, 1.0, text), Understanding(text, figures=figures), knowledge, Shelf(knowledge))


def keys(found: Found) -> list[str]:
    return [row.course.key for row in found.rows]


# Recommending


def test_a_role_finds_the_pages_that_speak_of_it_with_their_own_sentence(person: Person) -> None:
    reply = person.says("which course would you recommend for a designer")
    assert reply.outcome == "catalogue"
    assert any("(PSU)" in line and "UX designers in or near Scrum Teams" in line for line in lines(reply))


def test_too_little_is_asked_back_and_the_answer_is_taken_as_one(person: Person) -> None:
    assert "your role" in person.says("help me choose").text
    reply = person.says("i am a manager")
    assert reply.intents == ("recommend",)
    assert any("(PAL-E)" in line for line in lines(reply))


TELLS = course("TELLS", fact("audience", ("Accountants", "Testers of software")), fact("level", "beginner"))
MIDDLE = course("MIDDLE", fact("audience", ("Testers with practice",)), fact("level", "intermediate"))
START = course("START", fact("audience", ("Beginners of any kind, new to the trade",)), fact("level", "beginner"))


def test_a_condition_alone_recommends_nothing(demo: Advisor) -> None:
    found = among(demo, "i am a tester, new to scrum", TELLS, MIDDLE, START, intent="recommend")
    assert [(row.course.key, row.quote) for row in found.rows] == [("TELLS", "Testers of software")]
    found = among(demo, "something for a beginner", TELLS, MIDDLE, START, intent="recommend")
    assert [(row.course.key, row.quote) for row in found.rows] == [("TELLS", ""), ("START", "")]
    assert not found.unspoken


def test_where_no_page_speaks_of_the_role_within_the_conditions_the_title_says_so(demo: Advisor) -> None:
    found = among(demo, "i am a tester, new to scrum", MIDDLE, START, intent="recommend")
    assert keys(found) == ["START"]
    assert found.unspoken
    person = Person(demo)
    person.says("help me choose")
    text = person.says("i am a designer and a beginner").text
    assert text.startswith("I found no page that speaks of what you describe and meets this. 2 of our courses: level")


def test_a_recommendation_quotes_one_short_sentence_or_item(demo: Advisor) -> None:
    long = f"For everybody who {'works in an office and ' * 12}supports testers {'of all kinds ' * 9}every day."
    both = course("BOTH", fact("audience", (long, "Testers in teams")))
    alone = course("ALONE", fact("audience", (long,)))
    others = (course(key, fact("audience", ("Cooks",))) for key in "ABCD")
    found = among(demo, "i am a tester", both, alone, *others, intent="recommend")
    quotes = {row.course.key: row.quote for row in found.rows}
    assert quotes["BOTH"] == "Testers in teams"
    assert "testers" in quotes["ALONE"]
    assert all(len(quote) <= QUOTED + 4 for quote in quotes.values())


def test_every_quote_on_the_real_pages_is_short(real: Advisor) -> None:
    for role in ("scrum master", "tester", "manager", "developer", "product owner", "executive"):
        for line in lines(Person(real).says(f"which course would you recommend for a {role}")):
            assert len(line) < QUOTED + 110, line


# Searching


def test_a_listed_course_can_be_chosen_by_its_place(person: Person) -> None:
    reply = person.says("which courses are for beginners")
    assert len(lines(reply)) > 1
    assert person.says("how long is the second one").text.startswith("User Story Workshop")


@pytest.mark.parametrize(
    ("asked", "title", "found", "not_found"),
    [
        ("courses that take one day or less", "one day or less", "User Story Workshop: 4 hours", "(PSPO)"),
        ("courses without an exam", "no exam", "User Story", "(PSM)"),
        ("which ones have a pass mark above 80", "pass mark above 80%", "(PSPO): 85%", "User Story"),
        ("any trainings that give 14 pdus", "14 PMI PDUs", "(PSM)", "User Story"),
        ("show only the advanced ones", "level advanced", "(PSM-A)", "(PSM)"),
        ("do you have something on kanban", "on kanban", "(PSK)", "(PSPO)"),
        ("which courses have an exam and take one day", "one day, an exam", "(PSFS): 8 hours (one day)", "User Story"),
        ("list beginner courses", "level beginner", "User Story", "(PSM)"),
    ],
)
def test_a_search_lists_the_courses_that_state_it_and_its_title_says_what_was_understood(
    person: Person, asked: str, title: str, found: str, not_found: str
) -> None:
    reply = person.says(asked)
    text = "\n".join(lines(reply))
    assert found in text
    assert not_found not in text
    count = len(lines(reply))
    assert reply.text.partition("\n")[0] == f"{'One' if count == 1 else count} of our courses: {title}"


@pytest.mark.parametrize("intent", ["list_courses", "search_courses", "recommend"])
def test_every_condition_is_applied_whatever_the_catalogue_question(demo: Advisor, intent: str) -> None:
    exam = fact("certification", "There is an exam.")
    day, two = fact("duration", 1, "days"), fact("duration", 2, "days")
    courses = (course("DAY", day, exam), course("TWO", two, exam), course("NONE", day, fact("certification", None)))
    figure = (Figure(1.0, "days", "one day"),)
    found = among(demo, "courses with an exam of one day", *courses, course("?", day), intent=intent, figures=figure)
    assert keys(found) == ["DAY"]
    assert (found.not_stated, found.apart) == (1, 0)


def test_a_denied_condition_is_not_read_as_its_opposite(demo: Advisor) -> None:
    courses = (course("EXAM", fact("certification", "A test.")), course("NONE", fact("certification", None)))
    assert keys(among(demo, "courses that do not have an exam", *courses)) == ["NONE"]
    assert keys(among(demo, "courses that have an exam", *courses)) == ["EXAM"]


def test_a_contradiction_counts_only_where_the_condition_holds_either_way(demo: Advisor) -> None:
    torn = course("TORN", fact("duration", 16, "hours", also=(14,)))
    under = {limit: among(demo, "short ones", torn, figures=(limit,)) for limit in map(at_most, (20, 15, 10))}
    assert [(keys(found), found.apart) for found in under.values()] == [(["TORN"], 0), ([], 1), ([], 0)]


def at_most(hours: float) -> Figure:
    return Figure(hours, "hours", f"{hours:g} hours", "at_most")


def test_who_makes_a_course_is_a_condition_of_its_own(person: Person) -> None:
    reply = person.says("list all prokanban.org courses for beginners")
    assert reply.text.startswith("One of our courses: level beginner, accredited by ProKanban.org")
    assert "(APK)" in lines(reply)[0]


def test_a_search_says_how_many_pages_are_silent(person: Person) -> None:
    assert "do not state it" in person.says("which courses give more than 10 pdus").text


def test_where_nothing_fits_one_sentence_says_so_and_how_many_are_silent(person: Person) -> None:
    text = person.says("anything with a pass mark above 95").text
    assert re.fullmatch(
        r"None of our course pages states this: pass mark above 95%\. (One page does|\d+ pages do) not mention it\.",
        text,
    )
    assert labels(person.reply) == ["Help me choose", "All courses"]


RANKED = (
    course("SHORT", fact("duration", 4, "hours"), fact("pass_mark", 70, "percent"), fact("pdu_credits", 4, "pdus")),
    course("LONG", fact("duration", 3, "days"), fact("pass_mark", 85, "percent"), fact("pdu_credits", 21, "pdus")),
    course("WEEKS", fact("duration", 8, "weeks"), fact("pass_mark", 40, "points of 50"), fact("pdu_credits", None)),
    course("TORN", fact("duration", 40, "hours", also=(4,)), fact("pass_mark", 99, "percent", also=(50,))),
    course("SILENT"),
)


@pytest.mark.parametrize(
    ("asked", "found", "silent", "apart"),
    [
        ("the longest one", "LONG", 1, 2),
        ("what is the shortest course", "SHORT", 1, 2),
        ("which course gives the most pdus", "LONG", 2, 0),
        ("the fewest pdus", "SHORT", 2, 0),
        ("the one with the highest pass mark", "LONG", 1, 2),
        ("lowest pass mark", "SHORT", 1, 2),
    ],
)
def test_a_superlative_ranks_only_what_can_be_compared(
    demo: Advisor, asked: str, found: str, silent: int, apart: int
) -> None:
    answer = among(demo, asked, *RANKED)
    assert (keys(answer), answer.not_stated, answer.apart) == ([found], silent, apart)


def test_equals_are_all_named_and_what_cannot_be_compared_is_counted_apart(person: Person, real: Advisor) -> None:
    reply = person.says("longest course")
    assert reply.text.startswith("The longest of our courses:\n")
    text = Person(real).says("longest course").text
    assert "in another unit or contradict themselves, and cannot be compared." in text
    assert "10 other courses do not state it" not in text


def test_the_title_of_a_superlative_names_it_and_further_conditions(person: Person) -> None:
    assert person.says("which is the shortest course").text.startswith("The shortest of our courses:\n")
    text = person.says("which is the longest course for beginners").text
    assert text.startswith("The longest of our courses (level beginner):\n")


@pytest.mark.parametrize("asked", ["courses with no pdus", "courses without pdus", "which courses don't have pdus"])
def test_courses_without_something_are_those_whose_pages_say_so(person: Person, demo: Advisor, asked: str) -> None:
    assert person.says(asked).text.endswith("states this: no PMI PDUs. 2 pages do not mention it.")
    found = among(demo, asked.replace("don't", "do not"), *RANKED)
    assert (keys(found), found.not_stated) == (["WEEKS"], 2)


def test_a_course_without_a_pass_mark_is_one_without_an_assessment(person: Person) -> None:
    reply = person.says("which courses dont have a pass mark")
    assert reply.text.startswith("One of our courses: no pass mark")
    assert lines(reply) == ["User Story Workshop"]


@pytest.mark.parametrize("limit", ["not longer than", "no longer than", "not more than", "at most"])
def test_no_longer_than_is_at_most(person: Person, limit: str) -> None:
    assert "courses: one day or less\n" in person.says(f"courses {limit} one day").text


def test_classroom_courses_are_those_in_person(person: Person) -> None:
    found = lines(person.says("do you have any classroom courses"))
    assert found == lines(person.says("which courses are face to face"))
    assert any("(PAL-E)" in line for line in found)


def test_that_a_course_teaches_is_no_subject(person: Person) -> None:
    found = lines(person.says("which courses teach metrics"))
    assert any("(PSK)" in line and "metrics" in line for line in found)
    assert not any("teaching" in line for line in found)


def test_a_subject_beside_a_condition_is_not_dropped(person: Person) -> None:
    reply = person.says("something about product ownership for beginners")
    assert reply.text.startswith("None of our courses is on that and meets this too: level beginner. On the subject:")
    assert "(PSPO" in lines(reply)[0]
    assert lines(reply)[-1] == "User Story Workshop"
    text = person.says("kanban courses of four days").text
    assert text.startswith("None of our courses is on that and meets this too: four days. On the subject:")


def test_the_one_course_found_is_talked_about(person: Person) -> None:
    person.says("how long is psm")
    person.says("courses without an exam")
    assert person.says("how long").text.startswith("User Story Workshop takes 4 hours")


def test_which_course_is_asked_with_those_last_shown_first(person: Person) -> None:
    person.says("which courses are advanced")
    person.says("how long is it")
    assert [label.rpartition("(")[2] for label in labels(person.reply)[:3]] == ["PSM-A)", "PSPO-A)", "SPS)"]
    assert len(labels(person.reply)) == CHOICES


@pytest.mark.parametrize(
    "asked", ["courses without an exam", "compare psm and pspo", "which courses are advanced", "blah blub", "blih bluh"]
)
def test_no_button_stands_twice_in_a_reply(person: Person, asked: str) -> None:
    person.says("hello")
    person.says(asked)
    assert len(labels(person.reply)) == len(set(labels(person.reply)))


def test_a_colleague_is_offered_once_in_a_reply(person: Person) -> None:
    person.says("wie lange dauert der kurs und ist das nicht für mich")
    text = person.says("wie lange dauert der kurs und ist das nicht für mich").text
    assert "shall I pass you on?" in text
    assert "talk to a person?" not in text


def test_how_many_courses_there_are_stands_above_their_list(person: Person) -> None:
    reply = person.says("how many courses do you have")
    assert reply.text.startswith(f"We have {len(lines(reply))} courses:")


# Long lists


def test_a_long_list_is_cut_and_buttons_narrow_it(real: Advisor) -> None:
    person = Person(real)
    reply = person.says("what courses do you have")
    assert len(lines(reply)) == LISTED
    assert f"And {len([c for c in real.knowledge.courses.values() if c.listed]) - LISTED} more." in reply.text
    assert labels(reply) == ["Help me choose", "For beginners", "Advanced"]
    assert ": level beginner" in person.presses("For beginners").text


def test_a_button_below_recommendations_keeps_what_was_told(real: Advisor) -> None:
    person = Person(real)
    person.says("which course would you recommend for a scrum master")
    reply = person.presses("Advanced")
    assert reply.intents == ("recommend",)
    assert reply.text.startswith("These pages speak of what you describe (level advanced):")


def test_a_button_without_words_looks_for_nothing(demo: Advisor) -> None:
    for name in ("search_courses", "recommend"):
        assert pressed(demo, f"ask|{name}|").text == demo.knowledge.intents[name].replies["ask"]


# Side by side


def test_a_comparison_fits_a_phone(real: Advisor) -> None:
    reply = Person(real).says("compare psm and pspo")
    assert "About the course" not in reply.text
    assert "The same for both: length 16 hours (two days);" in reply.text
    assert len(reply.text) < 800
    assert all(len(line) <= LINE + 40 for line in lines(reply))
    assert len(labels(reply)) == 2


def test_a_length_that_one_page_gives_in_other_words_too_is_the_same_length(tmp_path: Path) -> None:
    for name in ("professional-scrum-master", "professional-scrum-product-owner"):
        shutil.copy(KNOWLEDGE / "courses" / f"{name}.md", tmp_path)
    page = tmp_path / "professional-scrum-product-owner.md"
    page.write_text(page.read_text(encoding="utf-8").replace("two-day class", "class"), encoding="utf-8")
    person = Person(advisor_for(load_knowledge(KNOWLEDGE, tmp_path)))
    assert "PSM takes 16 hours (two days)." in person.says("how long is psm").text
    assert "PSPO takes 16 hours." in person.says("how long is pspo").text
    assert "length 16 hours;" in person.says("compare psm and pspo").text


def test_a_comparison_of_one_fact_shows_that_one_alone(person: Person) -> None:
    person.says("compare psm and user story workshop")
    text = person.says("which of them is longer").text
    assert text.endswith(
        "side by side:\n\n- Length – PSM: 16 hours (two days); User Story Workshop: 4 hours (one half-day)"
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (("It is a class. It is for:", "Cooks", "Bakers."), "Cooks, Bakers"),
        (("It is for:", "Cooks " * 30, "Bakers"), "Bakers, …"),
        ("It is a class for anybody. The class is for:", "It is a class for anybody."),
        (f"{'Long ' * 40}sentence. A short one for cooks.", "A short one for cooks."),
    ],
)
def test_for_whom_a_course_is_never_ends_in_an_introduction(value: Value, said: str) -> None:
    assert brief(fact("audience", value)) == said


def test_no_real_page_s_audience_is_cut_to_an_introduction(real: Advisor) -> None:
    for one in real.knowledge.courses.values():
        if audience := one.fact("audience"):
            said = brief(audience)
            assert 0 < len(said) <= LINE + 3
            assert not said.rstrip(" …,").endswith(":"), said


# Several courses, and what only a colleague can tell


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("enrol psk and pspo", "Good choice: PSK and PSPO."),
        (
            "psm and pspo, which one is cheaper",
            "Prices are not on our pages. A colleague can tell you what PSM and PSPO",
        ),
        (
            "when do psm, psk and pspo take place",
            "Dates and places are not on our pages. A colleague can tell you when ",
        ),
        ("what does psm cost", "Prices are not on our pages. A colleague can tell you what PSM costs."),
    ],
)
def test_every_course_that_was_named_is_named_in_the_reply(person: Person, asked: str, begins: str) -> None:
    assert person.says(asked).text.startswith(begins)


def test_that_a_colleague_can_tell_is_said_once(person: Person) -> None:
    text = person.says("what does psm cost and when is it").text
    assert text.count("A colleague") == 1
    assert text.startswith(
        "Prices are not on our pages. Dates and places are not on our pages. A colleague can tell you both for PSM."
    )


@pytest.mark.parametrize("text", ["i want a course", "looking for a course"])
def test_who_names_no_subject_is_asked_what_would_help(person: Person, text: str) -> None:
    assert person.says(text).intents == ("recommend",)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("show me your classes", "list_courses"),
        ("list what you have on kanban", "search_courses"),
        ("courses?", "list_courses"),
    ],
)
def test_who_names_a_condition_searches_and_who_names_none_sees_all(person: Person, text: str, intent: str) -> None:
    assert person.says(text).intents == (intent,)
