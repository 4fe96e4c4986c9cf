"""Further attempts: how many, within which days of what, at which cost."""

import pytest

from bot.knowledge.extract.retakes import find_retake, includes_one, states_none
from bot.knowledge.text import fold

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
    ("If the day goes badly you can re-sit twice, at a fee of £35 each time.", (2, None, None, "£35")),
    ("A paper that was referred is taken once more; the re-assessment fee is £42.", (1, None, None, "£42")),
    ("The part you failed can be retaken once, but no sooner than after 60 days.", (1, None, None, None)),
    (
        "One sitting is paid for; there is no free resit, and every further attempt costs $180.",
        (None, None, None, "$180"),
    ),
    (
        "One repeat is allowed within 8 weeks of the results, for which the board charges £55.",
        (1, 56, "the results", "£55"),
    ),
    ("Anyone unsuccessful may re-take a paper twice; the first is on us, the next costs £25.", (2, None, None, "free")),
    ("It can be resubmitted once, within fourteen days, at no charge.", (1, 14, None, "free")),
    ("Whoever falls short can be re-examined on one occasion (fee: £90).", (1, None, None, "£90")),
    ("If you fail you may retake it, and pay the full fee again.", (None, None, None, "the full fee")),
    ("Learners scoring lower are given a second paper there and then, free.", (1, None, None, "free")),
    ("The second paper is a case study.", None),
    ("You can do it as many times as it takes.", (None, None, None, None)),
    (
        "The first re-examination is free provided it is taken not later than 45 days after the original date;"
        " subsequent ones are billed at EUR 120.",
        (1, 45, "the original date", "free"),
    ),
    ("The course costs £300 and includes one resit.", (1, None, None, None)),
    ("Missed a week? Come to the Monday group instead, no extra charge.", None),
    ("If unsuccessful you have 30 days to retake the assessment, free of charge.", (None, 30, None, "free")),
    ("A second bite of the cherry is £35, any time within ninety days of your result.", (1, 90, "your result", "£35")),
]


@pytest.mark.parametrize(("sentence", "expected"), RETAKES)
def test_the_rule_for_a_further_attempt_is_read_part_by_part(sentence: str, expected: object) -> None:
    folded = fold(sentence)
    rule = find_retake(folded)
    told = rule and (rule.attempts, rule.window_days, rule.start, rule.cost)
    assert ("none" if states_none(folded) else told) == expected


def test_after_talk_of_failure_one_more_piece_is_a_further_attempt() -> None:
    sentence = "You may bake one more test piece before you go home, no charge."
    assert find_retake(sentence) is None
    rule = find_retake(sentence, failed=True)
    assert rule is not None
    assert (rule.attempts, rule.cost) == (1, "free")


@pytest.mark.parametrize(
    ("sentence", "one"),
    [
        ("The fee includes a complimentary attempt at the exam.", True),
        ("The fee includes two free attempts at the exam.", False),
        ("The fee includes one further attempt.", False),
    ],
)
def test_a_single_attempt_that_is_included_is_told_from_further_ones(sentence: str, one: bool) -> None:
    assert includes_one(sentence) is one
