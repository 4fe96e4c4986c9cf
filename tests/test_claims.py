"""Yes or no on stated rules: the reply begins with the verdict, and a false premise is never agreed with."""

from dataclasses import replace

import pytest

from bot.conversation import claims
from bot.conversation.advisor import Advisor
from bot.conversation.render import Renderer
from bot.models.course import Course, Fact, Retake, Source, Statement
from bot.models.reply import Text
from bot.models.understanding import Figure, Intent, Understanding
from bot.understanding.figures import FigureReader
from bot.understanding.normalise import BREAK, Normaliser
from tests.conftest import Person


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("so 80% is enough for PSPO right?", "No: 85% is needed"),
        ("is 85 exactly a pass in PSPO", "Yes: 85% is what is needed"),
        ("i got 91% in the PSPO assessment, is that a pass", "Yes, that is enough: 85%"),
        ("do i need 90% for PSPO", "No: 85% is needed"),
        ("is PSPO 3 days?", "No: it takes 16 hours"),
        ("is PSPO two days long?", "Yes: 16 hours"),
        (
            "PSPO: do i have to wait 14 days before the second try?",
            "No: the 14 days are the time for the first attempt",
        ),
        ("do i still get the PDUs of PSPO if i fail?", "Yes: the 14 PMI PDUs are for attending"),
        ("do i get 21 pdus for PSPO", "No: 14 PMI PDUs"),
        ("my first try on PSPO was on day 15, 83%, is the second free?", "No, not under the rule on the page"),
        ("first try on PSPO was on day 10 with 70%, is the second free?", "Yes: a further attempt at no extra cost"),
        ("does PSPO give at least 10 pdus", "Yes: 14 PMI PDUs"),
        ("does PSPO give less than 20 pdus", "Yes: 14 PMI PDUs"),
        ("does PSPO give more than 14 pdus", "No: 14 PMI PDUs"),
        ("do i have to take the PSM test within 7 days to get the free retake", "No: the page gives 14 days"),
        ("do i get 2 retakes with PSPO", "No, the page grants no more than this"),
        ("can i retake PSPO twice?", "No, the page grants no more than this"),
        ("must i pay for the second attempt at PSPO?", "No: a further attempt at no extra cost"),
        ("is the retake of PSPO free?", "Yes: a further attempt at no extra cost"),
        ("is PSPO advanced level?", "No: the level is intermediate"),
        ("is PSPO from microsoft", "No: it is from Scrum.org"),
        ("there is no exam with the user story workshop, right?", "That is right"),
        ("so there is no exam with PSPO, right?", "No, the page says otherwise"),
        ("there's no prerequisite for PSM-A, correct?", "No, the page says otherwise"),
        ("so PSPO has no exam, isn't it?", "No, the page says otherwise"),
        ("PSPO doesn't have an exam, right?", "No, the page says otherwise"),
        ("is psk two full days?", "Yes: 16 hours (two days)"),
        ("is psk a single day?", "No: it takes 16 hours"),
        ("psk isn't 2 days, right?", "No, the page says otherwise"),
        ("psk isn't 3 days, right?", "That is right"),
        ("so psk is 2 days, isn't it?", "Yes: 16 hours"),
        ("PSM-A isn't advanced, right?", "No, the page says otherwise"),
        ("i failed pspo twice", "No, the page grants no more than this: a further attempt"),
        ("i failed psm twice, what now", "No, the page grants no more than this"),
        ("so the retake for psm is unlimited right?", "No, the page grants no more than this"),
        ("pspo i have 30 days for the second attempt, right?", "No: the page gives 14 days"),
        ("is PSM-A a beginner course?", "No: the level is advanced"),
        ("does psk cover flow metrics", "Yes. Topics of PSK"),
    ],
)
def test_a_claim_is_checked_against_the_page(person: Person, asked: str, verdict: str) -> None:
    reply = person.says(asked)
    assert reply.outcome == "answer"
    assert isinstance(reply.blocks[0], Text)
    assert reply.blocks[0].text.startswith(verdict)


@pytest.mark.parametrize(
    "asked", ["how long is the PSPO exam", "how many questions has the PSPO exam", "does the PSPO certificate expire"]
)
def test_the_length_of_the_course_never_answers_for_the_exam(person: Person, asked: str) -> None:
    reply = person.says(asked)
    assert (reply.intents, reply.outcome, reply.facts) == (("certification",), "not_stated", ())


@pytest.mark.parametrize(
    "asked", ["is psm refundable within 14 days", "is pspo between 1 and 3 days", "is pspo 16 to 20 hours"]
)
def test_what_is_no_claim_about_the_length_gets_no_yes_and_no_no(person: Person, asked: str) -> None:
    assert not person.says(asked).text.startswith(("Yes", "No:"))


def test_two_figures_claim_nothing(person: Person) -> None:
    assert person.says("do i need 50% or 85% for PSPO?").text.startswith("PSPO: you need at least 85%")


def test_a_course_before_another_is_not_what_is_asked_about(person: Person) -> None:
    assert person.says("do i need to pass PSM before PSM-A?").courses == ("PSM-A",)


def decided(advisor: Advisor, name: str, text: str, course: str = "PSPO", fact: Fact | None = None) -> str:
    """The verdict on a fact, without the classifier: "" for none, "silent" where it is not stated."""
    knowledge = advisor.knowledge
    data = knowledge.vocabulary.data
    words = Normaliser(data["spellings"]).words(text)
    said = [word for word in words if word != BREAK]
    intent = Intent(name, 1.0, " ".join(said))
    heard = Understanding(" ".join(words), (intent,), (course,), figures=FigureReader(data).read(said))
    page = knowledge.courses[course]
    fact = fact or page.facts[name]
    if claims.silent_on(fact, intent, heard, knowledge):
        return "silent"
    found = claims.verdict(fact, intent, heard, page, knowledge)
    return found.key if found else ""


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("is less than 85 a pass", "no"),
        ("does under 85 pass", "no"),
        ("if i score less than 85 do i pass", "no"),
        ("what if i score less than 85", ""),
        ("what happens if i don't get 85", ""),
        ("i scored 70 out of 80, is that a pass", "above"),
        ("i scored 68 of 80 points, is that a pass", "yes"),
        ("is 60 out of 80 enough", "no"),
        ("i got 10 out of 80 wrong, is that a pass", ""),
        ("do i need 70 out of 80 to pass", ""),
        ("is the discount 50%", ""),
        ("is the exam discount 90%", ""),
        ("is it 50% off", ""),
        ("is 80% attendance enough", ""),
        ("is less than 90 a pass", ""),
        ("is more than 85 enough", "above"),
        ("is more than 80 enough", ""),
        ("is at least 85 a pass", "yes"),
        ("is 85 or more a pass", "yes"),
        ("is 90 above the pass mark", "above"),
        ("do i fail with 85", "passes"),
        ("do i fail if i get 90%", "passes"),
        ("do i fail with 84", "fails"),
        ("do i fail with less than 85", "fails"),
        ("85 isn't enough, right?", "passes"),
        ("80 isn't enough, right?", "fails"),
        ("isn't 85 enough", "yes"),
        ("is 84 a pass or a fail", ""),
        ("is the pass mark over 80", "yes"),
        ("is the pass mark over 85", "no"),
        ("is the pass mark below 90", "yes"),
        ("is the pass mark 90", "no"),
        ("do i need more than 85%", "enough"),
        ("do i need more than 80%", "yes"),
        ("do i need at least 85%", "yes"),
        ("must i get 90 to pass", "no"),
        ("i don't need 85, right?", "no"),
        ("so 90, right?", ""),
        ("so 80, right?", "no"),
        ("can i pass with 5 mistakes", ""),
    ],
)
def test_a_score_is_held_against_the_pass_mark(demo: Advisor, asked: str, key: str) -> None:
    assert decided(demo, "pass_mark", asked) == (f"pass_mark.{key}" if key else "")


@pytest.mark.parametrize("asked", ["i don't need 90, right?", "the pass mark isn't 80, right?"])
def test_a_denied_mark_that_is_none_is_agreed_with(demo: Advisor, asked: str) -> None:
    assert decided(demo, "pass_mark", asked) == "denied.yes"


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("i took it on day 10 and got 90, can i retake free", "retake.passed"),
        ("i took it on day 10 and got 70, can i retake free", "retake.yes"),
        ("i took it on day 20 and got only 70, can i retake free", "retake.no"),
        ("is there a 90% discount, i took it on day 20", "retake.no"),
        ("what happens if i fail twice", ""),
        ("so what if i fail two times", ""),
        ("can you tell me what happens if i fail twice", ""),
        ("if i fail twice, do i get another", "retake.more"),
        ("do i get a third attempt", "retake.more"),
        ("can i do it as often as i want", "retake.more"),
        ("do i get 3 attempts", "retake.more"),
        ("do i get 2 attempts", ""),
        ("i have 14 days for the first attempt, right?", "retake.yes"),
        ("i have 14 days for the second attempt, right?", "retake.first"),
        ("i have 10 days for the first attempt, right?", "retake.first"),
        ("do i have to wait 14 days before the second try", "retake.window"),
        ("i failed, what now", ""),
        ("what if i take it ten days later", ""),
    ],
)
def test_what_is_told_of_attempts_is_held_against_the_rule(demo: Advisor, asked: str, key: str) -> None:
    assert decided(demo, "retake", asked) == key


def test_a_page_that_names_neither_number_nor_cost_decides_neither(demo: Advisor) -> None:
    fact = demo.knowledge.courses["PSPO"].facts["retake"]
    rule = replace(fact, statement=replace(fact.statement, value=Retake(window_days=14)))
    assert decided(demo, "retake", "the retakes are unlimited, right?", fact=rule) == ""
    assert decided(demo, "retake", "first try on day 10 with 70, is the second free", fact=rule) == ""
    assert decided(demo, "retake", "first try on day 10 with 70, do i get a second", fact=rule) == "retake.yes"


@pytest.mark.parametrize(
    "asked",
    ["can i take the exam 20 days later", "can i take the exam 10 days after the course", "is it 8 hours a day"],
)
def test_time_that_is_not_the_length_of_the_course_gets_no_verdict_on_it(demo: Advisor, asked: str) -> None:
    assert decided(demo, "duration", asked) == ""


def page_fact(course: Course, name: str, text: str) -> Fact:
    return Fact(course.key, name, Statement(text, None, Source(course.file, name, 1, text)))


@pytest.mark.parametrize("asked", ["is it online?", "is it in person?", "it isn't online, right?", "is it on weekends"])
def test_a_format_that_says_nothing_of_the_place_or_the_day_does_not_answer_for_it(demo: Advisor, asked: str) -> None:
    silent = page_fact(demo.knowledge.courses["PSK"], "format", "Short talks and much practice in groups.")
    assert decided(demo, "format", asked, "PSK", silent) == "silent"


def test_a_format_that_speaks_of_the_place_answers(demo: Advisor) -> None:
    mixed = page_fact(demo.knowledge.courses["PSK"], "format", "In a classroom, or live online.")
    for asked in ("is it online?", "is it in person?"):
        assert decided(demo, "format", asked, "PSK", mixed) == ""
    assert decided(demo, "format", "is it in the evenings", "PSK") == "silent"


@pytest.mark.parametrize(
    ("course", "asked", "key"),
    [
        ("PSM", "is for beginners, right?", "levelled.told"),
        ("PSM-A", "is for beginners, right?", "levelled.no"),
        ("PSM", "isn't for beginners, right?", "levelled.told"),
        ("PSM-A", "is an advanced course?", "levelled.yes"),
        ("PSM", "can a beginner join", ""),
    ],
)
def test_a_level_asked_as_what_is_required_is_answered_by_the_level(
    demo: Advisor, course: str, asked: str, key: str
) -> None:
    assert decided(demo, "prerequisites", asked, course) == key


def test_words_for_the_same_level_do_not_contradict_each_other(demo: Advisor) -> None:
    level = page_fact(demo.knowledge.courses["PSM"], "level", "introductory")
    assert decided(demo, "level", "is it a beginner course", "PSM", level) == ""
    assert decided(demo, "level", "is it advanced", "PSM", level) == "level.no"


@pytest.mark.parametrize(
    ("name", "asked", "key"),
    [
        ("topics", "does cover python", "silent"),
        ("topics", "does it cover flow metrics and python", ""),
        ("topics", "does it cover the definition of workflow", "covered.yes"),
        ("topics", "what does cover", ""),
        ("topics", "does it cover forecasting", ""),
        ("objectives", "will i learn python", "silent"),
        ("objectives", "will i learn to forecast", "covered.yes"),
        ("objectives", "what will i learn", ""),
    ],
)
def test_a_list_answers_for_what_stands_in_it(demo: Advisor, name: str, asked: str, key: str) -> None:
    assert decided(demo, name, asked, "PSK") == key


@pytest.mark.parametrize(
    "asked",
    ["since the PSM exam has 80 questions, what is the certificate", "the PSM exam has 80 questions, right?"],
)
def test_a_premise_that_the_page_does_not_state_is_not_passed_over(person: Person, asked: str) -> None:
    assert (person.says(asked).outcome, person.reply.facts) == ("not_stated", ())


def test_a_denied_exam_is_not_contradicted_by_a_certificate_of_attendance(demo: Advisor) -> None:
    page = page_fact(demo.knowledge.courses["PSM"], "certification", "You receive a certificate of attendance.")
    assert decided(demo, "certification", "there is no exam, right?", "PSM", page) == ""
    assert decided(demo, "certification", "there's no certificate, right?", "PSM", page) == "denied.no"


def test_phrases_that_are_compared_as_they_stand_are_written_as_messages_are_read(demo: Advisor) -> None:
    normaliser = Normaliser(demo.knowledge.vocabulary.data["spellings"])
    for phrases in demo.knowledge.claims["comparing"].values():
        for phrase in phrases:
            assert " ".join(normaliser.words(phrase)) == phrase


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("two full days", [(2.0, "days", "is")]),
        ("two single days", []),
        ("a single day", [(1.0, "days", "is")]),
        ("90 above the pass mark", [(90.0, None, "is")]),
        ("above 90", [(90.0, None, "above")]),
        ("90 or above", [(90.0, None, "at_least")]),
        ("not more than 90", [(90.0, None, "at_most")]),
    ],
)
def test_figures_are_read_with_what_stands_around_them(
    demo: Advisor, words: str, figures: list[tuple[float, str | None, str]]
) -> None:
    found: tuple[Figure, ...] = FigureReader(demo.knowledge.vocabulary.data).read(words.split())
    assert [(figure.value, figure.unit, figure.relation) for figure in found] == figures


@pytest.mark.parametrize(
    ("course", "asked", "key"),
    [
        ("PSPO", "is in person", "format.no"),
        ("PSPO", "is it online", "format.yes"),
        ("PSPO", "it isn't online, right?", "denied.no"),
        ("PSPO", "is it online or in person", ""),
        ("PSPO", "how is it online", ""),
        ("HL-STORY", "can i attend online", "format.no"),
        ("HL-STORY", "is it in a classroom", "format.yes"),
    ],
)
def test_the_place_is_told_where_the_page_settles_it(demo: Advisor, course: str, asked: str, key: str) -> None:
    assert decided(demo, "format", asked, course) == key


@pytest.mark.parametrize(
    "text",
    ["Live online, on request in our rooms.", "Practice with online tools.", "Taught live online. Not for everyone."],
)
def test_a_place_that_the_page_leaves_open_gets_no_verdict(demo: Advisor, text: str) -> None:
    page = page_fact(demo.knowledge.courses["PSPO"], "format", text)
    assert decided(demo, "format", "is it online", fact=page) == ""


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("is a week long", "duration.no"),
        ("does it take a week", "duration.no"),
        ("is it two weeks", "duration.no"),
        ("is it 8 hours a week", ""),
    ],
)
def test_days_are_no_weeks(demo: Advisor, asked: str, key: str) -> None:
    assert decided(demo, "duration", asked, "PSM") == key


def test_five_days_may_be_a_week(demo: Advisor) -> None:
    fact = demo.knowledge.courses["PSM"].facts["duration"]
    days = replace(fact, statement=replace(fact.statement, value=5, unit="days"), support=())
    assert decided(demo, "duration", "is a week long", "PSM", days) == ""


@pytest.mark.parametrize(
    ("asked", "key"),
    [("is accredited by scrum.org", "vendor.no"), ("is it from prokanban", "vendor.yes"), ("who accredits it", "")],
)
def test_a_vendor_of_another_page_is_not_this_one(demo: Advisor, asked: str, key: str) -> None:
    assert decided(demo, "vendor", asked, "APK") == key


def test_two_rules_that_read_the_same_are_quoted(demo: Advisor) -> None:
    course = demo.knowledge.courses["PSPO"]
    fact = course.facts["retake"]
    other = replace(fact.statement, value=replace(fact.value, attempts=0))  # type: ignore[type-var]
    fact = replace(fact, also=(other,))
    said = Renderer(demo.knowledge).fact("retake", course, fact)
    assert said == "PSPO: the page says two things that do not agree."
