"""What a sentence states and what it does not: pass marks, further attempts, lengths, in many wordings."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.extract.counts import find_count
from bot.knowledge.extract.durations import Length, agree, in_field, in_prose
from bot.knowledge.extract.exams import exam_named, is_foreign, own_words
from bot.knowledge.extract.marks import find_mark
from bot.knowledge.extract.numbers import NUMBER, to_number
from bot.knowledge.extract.retakes import find_retake, states_none
from bot.knowledge.sentences import sentences
from bot.knowledge.text import blocks, fold, plain

MARKS = [
    ("The pass mark is 65 per cent.", (65, "percent")),
    ("To pass you need 700 out of 1000 points.", (700, "points out of 1000")),
    ("You must score at least 26/40 in the theory test.", (26, "points out of 40")),
    ("Eighty percent is needed to pass.", (80, "percent")),
    ("Candidates need seventy-five per cent or more in the written exam.", (75, "percent")),
    ("A score of 43 out of 50 passes.", (43, "points out of 50")),
    ("Answer at least 30 of the 40 questions correctly to pass.", (30, "points out of 40")),
    ("Anything below 60% is a fail.", (60, "percent")),
    ("The pass rate is 92%.", None),
    ("92% of our students pass first time.", None),
    ("Get a 40% discount on the next exam.", None),
    ("You need 80% attendance to sit the exam.", None),
    ("The exam counts for 40% of the final mark.", None),
    ("If you do not score at least 85%, you may try again.", (85, "percent")),
    ("A minimum passing score is required.", None),
    ("Pass with 70%, or gain a distinction with 85%.", (70, "percent")),
    ("The exam takes 60 minutes and has 40 questions.", None),
    ("It's a 50-question test; you need 35 right answers to pass.", (35, "points")),
    ("The exam has 50 multiple-choice questions and the pass mark is 35 out of 50.", (35, "points out of 50")),
    ("The theory exam is passed with 43 out of 50 points.", (43, "points out of 50")),
    ("You pass with 55 %.", (55, "percent")),
    ("Passing requires 1,200 out of 1,600 points.", (1200, "points out of 1600")),
    ("The pass mark: 60%", (60, "percent")),
    ("Students who reach 60 percent receive the certificate.", (60, "percent")),
    ("The test is 70% practical and 30% theory.", None),
    ("There is a 10% reduction if you pass the exam early.", None),
    ("A grade of 50% or above earns the diploma.", (50, "percent")),
    ("Score two thirds to pass.", None),
    ("You'll need 24 of 30 points in the final quiz.", (24, "points out of 30")),
    ("Nine out of ten participants pass the exam.", None),
    ("9 out of 10 learners pass.", None),
    ("The exam is pass/fail and 80% of marks are needed.", (80, "percent")),
    ("We require a result of 80 % in the quiz.", (80, "percent")),
    ("75% of all transformations fail to achieve their goals.", None),
    ("Whoever gets half the marks passes.", None),
    ("80 percent or better on the final assessment earns the badge.", (80, "percent")),
    ("An 85 per cent score is required to be certified.", (85, "percent")),
    ("You must answer 80% of the questions correctly.", (80, "percent")),
    ("the mark to beat in the test is 18 out of 25", (18, "points out of 25")),
    ("Pass mark 65pc.", (65, "percent")),
    ("The assessment is marked out of 60; 36 is a pass.", None),
    ("With 12 correct answers out of 20 you have passed.", (12, "points out of 20")),
    ("A fail (under 40 per cent) means repeating the module.", (40, "percent")),
    ("To be awarded the certificate, learners must achieve 70% in the multiple-choice paper.", (70, "percent")),
    ("Deposit of 50% is required to book the exam.", None),
    ("You can pay 50% now and 50% after the exam, at least.", None),
    ("Two out of three learners pass at the first attempt.", None),
    ("You pass if you get 18 of the 25 questions right.", (18, "points out of 25")),
    ("At least 120 points of 200 must be reached.", (120, "points out of 200")),
    ("Learners must get 75% or higher.", (75, "percent")),
    ("To qualify you must achieve no less than 72%.", (72, "percent")),
    ("You'll be certified once you've scored 80% on the online quiz.", (80, "percent")),
    ("A minimum of 16 marks out of 20 is needed.", (16, "points out of 20")),
]
RETAKES = [
    ("One free resit is included.", (1, None, None, "free")),
    ("If you fail, you may retake the exam once within 30 days at no extra charge.", (1, 30, None, "free")),
    ("You get a second attempt free of charge within 30 days of the course.", (1, 30, "the course", "free")),
    ("A re-sit costs 50 pounds.", (1, None, None, "50 pounds")),
    ("Resits cost £45 each.", (None, None, None, "£45")),
    ("You have three attempts in total.", (2, None, None, None)),
    ("Two resits are included in the fee.", (2, None, None, "free")),
    ("Anyone who does not pass gets another go for free.", (1, None, None, "free")),
    ("You can try again within two weeks of the first sitting.", (None, 14, "the first sitting", None)),
    ("No resits are offered.", "none"),
    ("The exam cannot be retaken.", "none"),
    ("Second attempt: €30, within 60 days of the exam date.", (1, 60, "the exam date", "€30")),
    (
        "If you are unsuccessful you may have another attempt within 14 days of receiving your marks, without charge.",
        (1, 14, "receiving your marks", "free"),
    ),
    ("Should you fail, a second try costs 25 euros.", (1, None, None, "25 euros")),
    ("The course includes two attempts at the exam.", (1, None, None, None)),
    ("You can retake the test as often as you like.", (None, None, None, None)),
    ("A repeat exam is free if taken within 30 days of the first.", (None, 30, "the first", "free")),
    ("There is one further attempt, which is free, within 21 days of the test.", (1, 21, "the test", "free")),
    ("Learners who fail may resit once, for $40, inside 6 weeks.", (1, 42, None, "$40")),
    (
        "Whoever stays under 85% within 14 days of the class may try a second time at no cost.",
        (1, 14, "the class", "free"),
    ),
    ("You may sit the exam twice.", (1, None, None, None)),
    ("The test can be taken up to three times.", (2, None, None, None)),
    ("The class takes place twice a week.", None),
    ("We let you try it one more time, on the house.", (1, None, None, "free")),
    ("The next try is free if you book it inside ten days.", (1, 10, None, "free")),
    ("A candidate who does not pass is entitled to one repeat examination.", (1, None, None, None)),
    ("A free attempt at the exam is included.", None),
    ("The first attempt is free.", None),
]
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
]


@pytest.mark.parametrize(("sentence", "expected"), MARKS)
def test_a_pass_mark_is_taken_only_from_a_sentence_that_states_one(
    sentence: str, expected: tuple[float, str] | None
) -> None:
    mark = find_mark(fold(sentence))
    assert (mark and (mark.value, mark.unit)) == expected


@pytest.mark.parametrize(("sentence", "expected"), RETAKES)
def test_the_rule_for_a_further_attempt_is_read_part_by_part(sentence: str, expected: object) -> None:
    folded = fold(sentence)
    rule = find_retake(folded)
    told = rule and (rule.attempts, rule.window_days, rule.start, rule.cost)
    assert ("none" if states_none(folded) else told) == expected


@pytest.mark.parametrize(("sentence", "expected"), LENGTHS)
def test_a_length_in_prose_is_that_of_the_course(sentence: str, expected: list[tuple[object, str]]) -> None:
    assert [(length.value, length.unit) for length in in_prose(fold(sentence))] == expected


@pytest.mark.parametrize(("text", "expected"), FIELDS)
def test_a_length_field_may_be_written_freely(text: str, expected: list[tuple[object, str | None]]) -> None:
    assert [(length.value, length.unit) for length in in_field(fold(text), "hours")] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("You earn 14 PDUs for attending.", 14),
        ("PMI PDU credit: 21 PDUs after a three-day course", 21),
        ("Worth 6 CPD points.", 6),
        ("Attending gives you 12 hours of CPD.", 12),
        ("CPD: 7 hours", 7),
        ("Fourteen days, 14 hours and a 14% discount.", None),
        ("PDUs are earned for attendance.", None),
    ],
)
def test_credits_are_counted_by_their_noun(sentence: str, expected: int | None) -> None:
    assert find_count(fold(sentence), ("PDU*", "CPD")) == expected


@given(st.integers(min_value=1, max_value=100), st.sampled_from(["%", " %", " per cent", " percent", " per-cent"]))
def test_any_percentage_is_read_as_it_is_written(value: int, sign: str) -> None:
    mark = find_mark(f"To pass the exam you need at least {value}{sign}.")
    assert mark is not None
    assert (mark.value, mark.unit) == (value, "percent")


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
    ],
)
def test_lengths_agree_when_both_can_be_right(one: tuple[int, str], other: tuple[int, str], expected: bool) -> None:
    assert agree(Length(*one), Length(*other)) is expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<p>Bake <strong>bread</strong> &amp; rolls</p>", "Bake bread & rolls"),
        ("<!-- wp:paragraph -->Bake.<!-- /wp:paragraph --> <!-- wp:image", "Bake."),
        (r"Join \[wpv-post-link\] today, [wpv-post-link item=\"7\"]now", "Join today, now"),
        ("Ready. [types field='code'][/types] bakers win.", "Ready. Bakers win."),
        ("𝗕𝗮𝗸𝗶𝗻𝗴Session", "Baking Session"),
        ("Bake.<iframe src='x'>Reviews</iframe> Eat.", "Bake. Eat."),
        ("[Book](/x) [Syllabus](#)", ""),
        ('Read [the guide](https://x.org/a_(b) "Guide")first.', "Read the guide first."),
        ("* one\n* two", "one two"),
        ("A *really* good_name_here **bold", "A really good_name_here bold"),
        ("Mix flour.Add water,, then rest..", "Mix flour. Add water, then rest."),
        ("<script>alert(1)</script>Bread", "Bread"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("See <https://x.org/a>.", "See https://x.org/a."),
    ],
)
def test_text_for_people_is_clean(raw: str, expected: str) -> None:
    assert plain(raw) == expected


def test_lists_stay_lists_however_they_are_written() -> None:
    for raw in ("- a\n- b", "<ul><li><p>a</p></li>\n \t<li>b</ul>", "1. a\n2) b", "• a\n• b", "-   a\n\n- - b"):
        assert [(block.kind, block.text) for block in blocks(raw)] == [("item", "a"), ("item", "b")]


@given(st.text(alphabet="<>!-/abp[]()*_#\\ \n&;\"'", max_size=120))
def test_cleaning_never_fails_and_leaves_no_tag(raw: str) -> None:
    assert "<p>" not in plain(raw)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Bring e.g. an apron. We bake.", 2),
        ("Scrum.org runs it. See https://ccrs.pmi.org for more.", 2),
        ("It lasts 1h. Then we eat.", 2),
        ("Bread, rolls, etc. The course ends at five.", 2),
        ("Meet Mr. Baker at St. Mary's.", 1),
        ("Is it hard? No! Come.", 3),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    ("sentence", "foreign"),
    [
        ("The Pastry Chef exam requires 80%.", True),
        ("The Bread Baker exam requires 80%.", False),
        ("You must score 80% in the Guild Craft exam.", False),
        ("Two exams, each needing 70% to pass.", False),
        ("The written paper needs 70%.", False),
    ],
)
def test_a_mark_of_another_courses_exam_is_told_apart(sentence: str, foreign: bool) -> None:
    own = own_words(["Bread Baker Basics"], ["You receive a voucher for the Bread Baker exam."])
    assert is_foreign(exam_named(sentence), own, sentence) is foreign
