"""Further attempts: how many, within which days of what, at which cost."""

import pytest

from bot.knowledge.extract.costs import contradict
from bot.knowledge.extract.retakes import find_retake, includes_one, states_none
from bot.knowledge.text import fold

RETAKES = [
    ("One free resit is included.", (1, None, None, "free")),
    ("If you fail, you may retake the exam once within 30 days at no extra charge.", (1, 30, None, "free")),
    ("You get a second attempt free of charge within 30 days of the course.", (1, 30, "the course", "free")),
    ("A re-sit costs 50 pounds.", (1, None, None, "50 pounds")),
    ("Resits cost £45 each.", (None, None, None, "£45")),
    ("One resit is allowed within 20 days of the test for £45 plus VAT.", (1, 20, "the test", "£45 plus VAT")),
    ("A re-sit costs 50 pounds + VAT.", (1, None, None, "50 pounds + VAT")),
    ("Should you fail you may take it twice more within 30 days, with nothing to pay.", (2, 30, None, "free")),
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
    ("One resit within twelve months of the first exam costs £60.", (1, 365, "the first exam", "£60")),
    ("Re-sits must be taken no later than six months after the results.", (None, 180, "the results", None)),
    ("If you fail you can take it again within a year of the original date.", (None, 365, "the original date", None)),
    (
        "You may retake within 3 months from the date of your letter, free.",
        (None, 90, "the date of your letter", "free"),
    ),
    ("Three tries are allowed, all within two years of joining.", (2, 730, "joining", None)),
    ("You may resit within 30 days of your result - the fee is £20.", (None, 30, "your result", "£20")),
    ("If you are referred, you have three months to resubmit.", (None, 90, None, None)),
    ("Results come within 10 days and a resit costs £50.", (1, None, None, "£50")),
    ("After a 30-day period you may resit.", (None, None, None, None)),
    ("You can resit in six months.", (None, None, None, None)),
    ("Three tries on top of the original one are included.", (3, None, None, None)),
    ("Unsuccessful candidates can rebook at a cost of £99.", (None, None, None, "£99")),
    ("No resit is possible.", "none"),
    ("There are no retakes.", "none"),
    ("There are no retakes; sign up for the course again, at the usual fee, if you fail.", "none"),
    ("We do not offer resits.", "none"),
    ("The exam can be sat only once.", "none"),
    ("You get one shot only.", "none"),
    ("Few learners need another try at the test.", (None, None, None, None)),
    ("A second bite of the cherry is £35, any time within ninety days of your result.", (1, 90, "your result", "£35")),
]


@pytest.mark.parametrize(("sentence", "expected"), RETAKES)
def test_the_rule_for_a_further_attempt_is_read_part_by_part(sentence: str, expected: object) -> None:
    folded = fold(sentence)
    rule = find_retake(folded)
    told = rule and (rule.attempts, rule.window_days, rule.start, rule.cost)
    assert ("none" if states_none(folded) else told) == expected


def test_a_free_attempt_and_its_price_are_a_contradiction_unless_a_later_one_is_meant() -> None:
    assert contradict("free", "£90", ("One resit is free.", "A resit costs £90."))
    assert not contradict("free", "£90", ("One resit is free.", "Every further resit costs £90."))
    assert not contradict("free", "half price", ("One resit is free.", "A resit is half price."))
    assert not contradict("£90", "£90", ("", ""))
    assert not contradict(None, "£90", ("", ""))


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
