"""Which mark passes, in many wordings, and which figures are no pass mark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.extract.marks import find_mark, find_total
from bot.knowledge.text import fold

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
    ("It's a 50-question test; you need 35 right answers to pass.", (35, "points out of 50")),
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
    ("The assessment is marked out of 60; 36 is a pass.", (36, "points out of 60")),
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
    ("Score 75 out of 100 and the card is yours.", (75, "points out of 100")),
    ("The 60-question exam is open book; 36 correct answers are required.", (36, "points out of 60")),
    ("Learners with 50 to 64% are awarded a pass, 65 to 79% a merit and 80% upwards a distinction.", (50, "percent")),
    ("Its units are each passed at 60 per cent, merit 70, distinction 80.", (60, "percent")),
    ("It is scored from 100 to 1,000 and the minimum passing score is 720.", (720, "points out of 1000")),
    ("A 50-question final exam: 75% or better, and you are done.", (75, "percent")),
    ("The exam has 100 items in four hours; 70 must be right.", (70, "points out of 100")),
    ("A short quiz (25 questions, minimum 18 to pass) closes the morning.", (18, "points out of 25")),
    ("Marks are out of 40; 20 secures a pass and 28 a commendation.", (20, "points out of 40")),
    ("Mistakes at the oven count as penalty points, and whoever has 30 or more fails.", None),
    ("Our pass rate is 97% and the pass mark is 60%.", (60, "percent")),
    ("You need 75% attendance and 60% in the exam.", (60, "percent")),
    ("You first need an average of 70 or higher in all units.", None),
    ("We ask for a score of 240 (out of 300).", (240, "points out of 300")),
    ("The cut-off is 62%.", (62, "percent")),
    ("There are 40 questions and you may get 10 wrong.", None),
    ("Theory test of 35 questions (28 = pass).", (28, "points out of 35")),
    ("Role plays are scored on a 20-point scale and each must reach 12.", (12, "points out of 20")),
    ("To pass you must identify four of the six and get 42 of the 60 right.", (42, "points out of 60")),
    ("The exam is passed with a score of 60 or more out of 90.", (60, "points out of 90")),
    ("Candidates who narrowly miss it, with 55-59%, get a call from the tutor.", None),
    ("Seventy-five percent is needed to pass.", (75, "percent")),
    ("Exam: 40 MCQs, 45 min, pass 70%.", (70, "percent")),
    ("Two of the five units are optional; you need three to finish.", None),
    ("A portfolio of at least 20 pieces is required.", None),
    ("The certificate is worth 30% of the diploma.", None),
    ("You have to log 50 hours of practice to be certified.", None),
    ("The paper carries 60 marks; less than 40 is a fail.", (40, "points out of 60")),
    ("Forty-five out of seventy is a pass.", (45, "points out of 70")),
    ("You pass with 15 right answers out of 20.", (15, "points out of 20")),
    ("Grade C (60%) or above is a pass.", (60, "percent")),
    ("The examiners want to see 12 of 16 criteria met.", (12, "points out of 16")),
    ("Anything over 55% counts as a pass.", (55, "percent")),
    ("Success in the test means 21 correct out of 30.", (21, "points out of 30")),
    ("You need at least 60% over the two papers together.", (60, "percent")),
    ("80% of the marks come from the project.", None),
    ("The exam covers 80% of the syllabus.", None),
    ("The test takes place when 8 of 10 places are sold.", None),
    ("The exam room must be at least 80% full.", None),
    ("You are allowed 5 mistakes.", None),
    ("There are 60 marks and you must finish in an hour.", None),
    ("Wrong answers cost 2 marks and must be avoided.", None),
    ("Each question carries 2 marks and you must answer them all.", None),
    ("The exam is worth 120 points and requires a pencil.", None),
    ("You need at least 30 marks in the paper.", (30, "points")),
    ("She got 91% in the exam at the first attempt.", None),
    ("Bring two of the five forms to the exam.", None),
]


@pytest.mark.parametrize(("sentence", "expected"), MARKS)
def test_a_pass_mark_is_taken_only_from_a_sentence_that_states_one(
    sentence: str, expected: tuple[float, str] | None
) -> None:
    mark = find_mark(fold(sentence))
    assert (mark and (mark.value, mark.unit)) == expected


@given(st.integers(min_value=1, max_value=100), st.sampled_from(["%", " %", " per cent", " percent", " per-cent"]))
def test_any_percentage_is_read_as_it_is_written(value: int, sign: str) -> None:
    mark = find_mark(f"To pass the exam you need at least {value}{sign}.")
    assert mark is not None
    assert (mark.value, mark.unit) == (value, "percent")


def test_the_points_of_the_exam_may_stand_in_an_earlier_sentence() -> None:
    total = find_total("The paper has 40 questions and lasts an hour.")
    mark = find_mark("You pass with 26.", total=total)
    assert (mark and (mark.value, mark.unit)) == (26, "points out of 40")
    assert find_mark("You need two forms of ID at the test.", total=total) is None


def test_in_the_text_about_the_exam_a_figure_need_not_name_it() -> None:
    assert find_mark("The board requires 65% in Core.") is None
    mark = find_mark("The board requires 65% in Core.", of_exam=True)
    assert mark is not None
    assert mark.value == 65
