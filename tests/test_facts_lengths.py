"""How long a course takes, in prose and in a field, and which lengths can both be right."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.extract.durations import in_field, in_prose
from bot.knowledge.extract.lengths import Length, agree
from bot.knowledge.extract.marks import find_mark
from bot.knowledge.extract.numbers import NUMBER, as_number, to_number
from bot.knowledge.text import fold

LENGTHS = [
    ("A 16h course for drivers.", [(16, "hours")]),
    ("The course takes half a day.", [(1, "half-days")]),
    ("Two evenings a week for six weeks.", [(6, "weeks")]),
    ("The course runs two evenings a week for six weeks.", [(6, "weeks")]),
    ("It lasts three days.", [(3, "days")]),
    ("This two-day workshop is hands-on.", [(2, "days")]),
    ("The exam takes 90 minutes.", []),
    ("You need two years of experience.", []),
    ("Classes meet for two hours every Tuesday.", []),
    ("A six-week evening class in Spanish.", [(6, "weeks")]),
    ("Spread over ten Saturday mornings.", [(10, "mornings")]),
    ("The training is delivered over two half-days.", [(2, "half-days")]),
    ("Cancel up to 14 days before the course.", []),
    ("Resit within 30 days of the course.", []),
    ("Six sessions of two hours each.", [(6, "sessions")]),
    ("The course consists of six sessions of two hours.", [(6, "sessions")]),
    ("Each session lasts three hours.", []),
    ("In one and a half days you learn to fillet fish.", [(1.5, "days")]),
    ("A one-day course.", [(1, "days")]),
    ("It is a full-day class.", [(1, "days")]),
    ("The certificate is valid for three years and 30 days.", []),
    ("Over eight weeks, you will learn to bake.", [(8, "weeks")]),
    ("An intensive weekend of bread baking.", [(1, "weekends")]),
    ("This weekend course covers sourdough.", []),
    ("12 hours of teaching, spread over four evenings.", [(12, "hours"), (4, "evenings")]),
    ("Bring lunch; we break for one hour.", []),
    ("The programme lasts 3 months.", [(3, "months")]),
    ("A day of knife skills.", [(1, "days")]),
    ("You will spend a day in our kitchen.", []),
    ("Duration: 3 days", [(3, "days")]),
    ("Runs for 5 weeks, one evening a week.", [(5, "weeks")]),
    ("Takes eight hours in all.", [(8, "hours")]),
    ("Homework takes two hours a week.", []),
    ("six half-days", [(6, "half-days")]),
    ("The class is 90 minutes long.", [(90, "minutes")]),
    ("20 hours of lessons", [(20, "hours")]),
    ("We meet on four consecutive Mondays.", []),
    ("First aid in a day: the course lasts six hours.", [(6, "hours")]),
    ("Access to the recordings lasts 30 days.", []),
    ("A 30-minute call after the course.", []),
    ("A day and a half of training.", [(1.5, "days")]),
    ("Four online sessions of 3 hours.", [(4, "sessions")]),
    ("The course spans four weeks with one session per week.", [(4, "weeks")]),
    ("A half-day session that teaches bakers to rest.", [(1, "half-days")]),
    ("Each of the four 90-minute sessions begins with a story.", []),
    ("Come and spend a weekend among the ovens.", [(1, "weekends")]),
    ("This four-day course (28 hours) starts every month.", [(28, "hours"), (4, "days")]),
    ("Six days, 52 guided learning hours, four modules.", [(52, "hours"), (6, "days")]),
    ("Learn to dive in a long weekend.", [(1, "weekends")]),
    ("A half-day or full-day workshop.", [("half-day or full-day", None)]),
    ("It ends with a paper lasting 75 minutes.", []),
    ("Week 6: you, for seven minutes.", []),
    ("40 questions, one hour, closed book.", []),
    ("Candidates swim 50 metres in under a minute.", []),
    ("Shape a loaf in under two minutes.", []),
    ("We meet every Tuesday for ten weeks.", [(10, "weeks")]),
    ("Over three evenings (6 hours each, with supper) you learn to see it.", [(3, "evenings")]),
    ("Your free trial lasts 14 days.", []),
    ("The waiting list is 3 months long.", []),
    ("A one-year part-time diploma.", [(1, "years")]),
    ("It took us three years to write this course.", []),
    ("It's a two-and-a-half-day course.", [(2.5, "days")]),
    ("In two weeks we open our new centre.", []),
    ("We meet on four Thursday evenings in our kitchen.", [(4, "evenings")]),
    ("The group meets over eight weeks.", [(8, "weeks")]),
    ("The certificate programme runs for 12 weeks.", [(12, "weeks")]),
    ("The diploma lasts five months.", [(5, "months")]),
    ("Three lunchtime sessions by video.", [(3, "sessions")]),
    ("6 months, Tuesday and Thursday evenings, at our salon.", [(6, "months")]),
    ("Eight Sundays on the river.", [(8, "sessions")]),
    ("The apprenticeship takes two years.", [(2, "years")]),
    ("There are twelve lessons in the course.", [(12, "lessons")]),
    ("There are two sessions left.", []),
    ("Everything happens on a single day.", [(1, "days")]),
    ("Monday to Friday, five days.", [(5, "days")]),
    ("The dough rests over two days.", []),
    ("Moss grows over two months.", []),
    ("In three months you could run your own salon.", []),
    ("Marking takes two weeks.", []),
    ("Certificates arrive in about three weeks.", []),
    ("It is 3 hours by train from the capital.", []),
    ("That is two days of wages.", []),
    ("A week in bed is no fun.", []),
    ("Two hours of parking are free.", []),
    ("Three weeks from booking you get your kit.", []),
    ("Five Saturdays of rain are nothing to us.", []),
    ("The membership runs for 12 months.", []),
    ("Most learners take six months to find a job.", []),
    ("The probation lasts three months.", []),
    ("The campaign runs for six weeks.", []),
    ("Your place is held for three days.", []),
]
FIELDS = [
    ("16h", [(16, "hours")]),
    ("2 days", [(2, "days")]),
    ("two evenings a week for six weeks", [(6, "weeks")]),
    ("half a day", [(1, "half-days")]),
    ("16", [(16, "hours")]),
    ("3 x 4 hours", [("3 x 4 hours", None)]),
    ("1.5 days", [(1.5, "days")]),
    ("one day (6 hours)", [(1, "days"), (6, "hours")]),
    ("8 sessions of 90 minutes", [(8, "sessions")]),
    ("2-3 days", [("2-3 days", None)]),
    ("90 minutes", [(90, "minutes")]),
    ("six evenings, two hours each", [(6, "evenings")]),
    ("ninety minutes", [(90, "minutes")]),
    ("20 lessons", [(20, "lessons")]),
    ("5 Saturdays", [("5 Saturdays", None)]),
    ("a weekend", [(1, "weekends")]),
    ("half-day", [(1, "half-days")]),
    ("full day", [(1, "days")]),
    ("one full day", [(1, "days")]),
    ("1 hour 30 minutes", [("1 hour 30 minutes", None)]),
    ("1h30", [("1h30", None)]),
    ("12 weeks part-time or 6 weeks full-time", [("12 weeks part-time or 6 weeks", None)]),
    ("3 days (9 to 4)", [(3, "days")]),
    ("1½ hours a week for eight weeks", [(8, "weeks")]),
]


@pytest.mark.parametrize(("sentence", "expected"), LENGTHS)
def test_a_length_in_prose_is_that_of_the_course(sentence: str, expected: list[tuple[object, str]]) -> None:
    assert [(length.value, length.unit) for length in in_prose(fold(sentence))] == expected


@pytest.mark.parametrize(("text", "expected"), FIELDS)
def test_a_length_field_may_be_written_freely(text: str, expected: list[tuple[object, str | None]]) -> None:
    assert [(length.value, length.unit) for length in in_field(fold(text), "hours")] == expected


def test_where_only_the_course_counts_other_lengths_do_not() -> None:
    assert in_prose("It lasts three days.", sparing=True) == []
    assert [length.value for length in in_prose("This one-day course is for cooks.", sparing=True)] == [1]


def test_a_text_may_open_with_the_length_of_the_course() -> None:
    assert in_prose("One day ashore, one licence for life.") == []
    assert [length.unit for length in in_prose("One day ashore, one licence for life.", opening=True)] == ["days"]


@given(st.text(max_size=200))
def test_no_figure_is_invented_from_any_text(text: str) -> None:
    folded = fold(text)
    numbers = {to_number(match) for match in re.findall(NUMBER, folded, re.IGNORECASE)}
    mark = find_mark(folded)
    assert mark is None or mark.value in numbers
    for length in in_prose(folded):
        assert length.value in numbers or length.value in (0.5, 1) or isinstance(length.value, str | float)


@given(st.integers(1, 60), st.integers(1, 60))
def test_agreement_of_lengths_is_mutual(one: int, other: int) -> None:
    for unit in ("hours", "days", "half-days", "weeks", "minutes"):
        first, second = Length(one, "hours"), Length(other, unit)
        assert agree(first, second) == agree(second, first)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((16, "hours"), (2, "days"), True),
        ((14, "hours"), (4, "half-days"), True),
        ((16, "hours"), (14, "hours"), False),
        ((24, "hours"), (5, "half-days"), False),
        ((8, "hours"), (2, "days"), False),
        ((24, "hours"), (12, "weeks"), True),
        ((52, "hours"), (6, "days"), True),
        ((16, "hours"), (3, "days"), False),
    ],
)
def test_lengths_agree_when_both_can_be_right(one: tuple[int, str], other: tuple[int, str], expected: bool) -> None:
    assert agree(Length(*one), Length(*other)) is expected


@pytest.mark.parametrize(
    ("text", "lengths"),
    [("sixteen", [(16, "hours")]), (" Twenty-four ", [(24, "hours")]), ("sixteen days", [(16, "days")]), ("zero", [])],
)
def test_a_number_in_words_has_the_unit_of_its_field(text: str, lengths: list[tuple[float, str]]) -> None:
    assert [(length.value, length.unit) for length in in_field(text, "hours")] == lengths


def test_a_text_is_a_number_where_it_says_nothing_else() -> None:
    assert [as_number(text) for text in ("14", "fourteen", "about fourteen", "1,000", "")] == [14, 14, None, 1000, None]
