"""Figures that a page may hold beside its facts: no pass mark, no further attempt, no length, no credit."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.contract import Contract, read_contract
from bot.models.course import Course

ROOT = Path(__file__).parent.parent
FIGURES = ("pass_mark", "retake", "duration", "pdu_credits")
TRAPS = [
    # other courses and their tests
    "Sailing further out? The Ocean Ticket is a different matter: a week at sea and a pass mark of 82%.",
    "The welding course has its own test, in which 88% must be reached.",
    "Our Starter Nannying Course is the one for you; its quiz needs 64%, and it may be taken three times.",
    "If you would rather write than speak, look at Captions, which I also teach: its script is marked at 62% to pass.",
    "That is a separate exam, set by the county, with a pass mark of 91%.",
    # taxes, interest, pay
    "The higher rate of tax is 40% above the threshold.",
    "Profits over the limit are taxed at 25%, and the first 12% must be paid by January.",
    "The loan carries interest at 9.5% and requires a minimum of 3 payments.",
    "VAT at 20% is needed on every invoice in the test company.",
    "Qualified fitters earn at least 30% more than the minimum wage.",
    "Newly certified guides are paid 80% of the full rate for six months.",
    "A pension must reach 5% of wages.",
    # what is measured
    "Keep the humidity at 65% or higher in the test room.",
    "The drying chamber must reach 60% relative humidity.",
    "Wine of at least 12% alcohol qualifies for the label.",
    "Chocolate needs 70% cocoa to be awarded that name.",
    "The battery must be above 50% for the assessment flight.",
    "A ramp passes inspection with a gradient below 8%.",
    "Brakes must achieve 50% efficiency at the yearly test.",
    "The dough is made at 75% hydration; anything below 60% fails to rise.",
    "Rooms must be kept at 16 degrees or more for the exam.",
    "Limit your speed to 20 on the site road.",
    "The law requires emissions to fall by 55% by 2030.",
    "Firms must cut waste by 30% to get the badge.",
    "A mask must pass the fit test with 95% of its seal.",
    # people and praise
    "Of those who came, 96% were satisfied and 4% asked for more exercises.",
    "We have a 93% satisfaction score from 1,200 certified learners.",
    "I scored 92% in the exam and got a new job within 3 months.",
    "Last year's best score in the exam was 98%.",
    "Our graduates get an average of 81% in the paper.",
    "Most of our students score 80% or more.",
    "Passing changed my life: within 30 days I had 5 clients.",
    "Eight out of ten employers ask for this certificate.",
    "Our centre was rated 94 out of 100 in its inspection.",
    # attendance, entry, paying
    "You must attend at least 80% of the evenings to be certified.",
    "Attendance below 90% means that you cannot sit the test.",
    "You must finish 6 of the 8 workbooks before the exam.",
    "Applicants need 60% in their school maths exam.",
    "The entrance test asks for 50%.",
    "Get 55 or more in the mock exam and you are ready.",
    "Members get 15% off every exam.",
    "Employers can claim back 95% of the exam fee.",
    "A deposit of 25% is needed to be entered for the exam.",
    "Retired people pay 60% of the exam fee.",
    # ages, hours, distances
    "You must be 18 or over to sit the test.",
    "Children under 12 must pass the gate with an adult.",
    "The office is open from 8 to 6, five days a week.",
    "It is 20 minutes on foot from the station.",
    "The site is a two-hour drive from the coast.",
    "The paper lasts 90 minutes and has two parts.",
    "The practical exam takes half a day.",
    "Her career as a diver has lasted 22 years.",
    "It takes three years to become a master.",
    "Our trainers have 15 years of experience and hold two degrees.",
    "You have a 14-day cooling-off period.",
    "Give us 10 working days' notice to move your place.",
    "The tool kit has a two-year warranty.",
    "Certificates are posted within 20 working days.",
    "Wait 48 hours before you dive again.",
    "The certificate must be renewed every three years.",
    "You have access to the videos for 12 months.",
    "After six months of practice you may call yourself a fitter.",
    "Refunds take five days.",
    "Lunch is one hour.",
    # what bodies ask of their members
    "The institute asks its members for 30 hours of CPD a year.",
    "Nurses must log 40 hours of CPD over three years.",
    "To keep the credential you need to collect 60 PDUs over three years.",
    "Your own body may require 20 CPD points annually.",
    "Chartered members must log 30 hours of CPD each year.",
    "A full degree is 360 credits.",
    # anecdotes about further attempts
    "Few learners need another try at the test.",
    "Hardly anyone needs a second attempt.",
    "He passed at the third attempt.",
    "She was on her second try when she won the cup.",
    "Try the starter again after two days.",
    # more of what pages hold
    "A kettle must reach 100 degrees before the test begins.",
    "More than 60% of accidents happen at home.",
    "Nearly half of those who take the exam are over 50.",
    "Drivers with 12 or more points lose their licence.",
    "A blood alcohol level under 20% of the limit is required.",
    "The jury must reach 10 of 12 votes.",
    "The exam fee is 30% lower for members.",
    "If you fail we refund 50% of the fee.",
    "Your essay needs 1,500 words and must score well.",
    "Fire doors must resist for 30 minutes.",
    "You may rebook your place once within 12 months at no cost.",
    "If your card fails, try again within 24 hours.",
    "An appeal against your result costs £40 and must be made within 14 days.",
    "The prize is 500 credits in our shop.",
    "The association awards 20 CPD points for its own conference.",
    "Three hours of CPD films are on our channel.",
    "The average working life is 40 years.",
    "A flight to Rome takes three hours.",
    "A shift is 12 hours long.",
    "The night is 16 hours long in December.",
    "Ten days of annual leave.",
    "Two weeks' notice is needed.",
    "Delivery within 2 working days.",
    "A 30-day money-back guarantee.",
    "In one day we sold 300 tickets.",
    "A three-hour drive north.",
    "Rehearsals run over three weeks.",
]
OTHER_TESTS = [
    "Another go on the simulator costs 10 pounds.",
    "If you drive lorries, see Category C: four days, and 85% in the exam.",
    "Lorry drivers sit the highway theory test, passed with 43 of 50.",
    "Ask the council for the food hygiene test, in which you need 32 of 40.",
    "The Advanced Diploma is passed at 75%.",
    "The regulator's own exam needs 80%.",
    "The gold badge, which we don't teach, needs 90%.",
    "If the bread fails, give it another go at home.",
]
"""They might be this course's own in the text about its exam."""


@pytest.fixture(scope="module")
def contract() -> Contract:
    return read_contract(yaml.safe_load((ROOT / "knowledge" / "facts.yaml").read_text("utf-8")))


def read(contract: Contract, folder: Path, body: str, **fields: Any) -> Course:
    page = {"title": "Bread Baking", "delivery": {"code": "BREAD", **fields}}
    (folder / "bread.md").write_text(f"---\n{yaml.safe_dump(page, allow_unicode=True)}---\n\n{body}\n", "utf-8")
    (course,) = Catalogue(folder, contract).read().courses.values()
    return course


@pytest.mark.parametrize("sentence", [*TRAPS, *OTHER_TESTS])
def test_a_page_that_says_nothing_else_states_no_figure(contract: Contract, tmp_path: Path, sentence: str) -> None:
    course = read(contract, tmp_path, sentence)
    assert {name: fact.value for name in FIGURES if (fact := course.fact(name))} == {}


@pytest.mark.parametrize("sentence", [*TRAPS, *OTHER_TESTS])
def test_they_contradict_no_fact(contract: Contract, tmp_path: Path, sentence: str) -> None:
    certification = (
        "The exam is passed with 70%. You may resit it once within 30 days of your result, free of charge."
        " You earn 8 CPD points."
    )
    course = read(contract, tmp_path, sentence, certification=certification, duration=16)
    values = {name: course.facts[name].value for name in ("pass_mark", "duration", "pdu_credits")}
    assert values == {"pass_mark": 70, "duration": 16, "pdu_credits": 8}
    assert {name: course.facts[name].also for name in FIGURES} == dict.fromkeys(FIGURES, ())


@pytest.mark.parametrize("sentence", TRAPS)
def test_not_even_in_the_text_about_the_exam(contract: Contract, tmp_path: Path, sentence: str) -> None:
    course = read(contract, tmp_path, "", certification=f"There is an exam. {sentence} A certificate follows.")
    assert {name: fact.value for name in FIGURES if (fact := course.fact(name))} == {}


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("There is no exam; you take home a certificate.", "none"),
        ("There's no test, only tea.", "none"),
        ("Nobody fails, and nobody passes.", "none"),
        ("Your work isn't marked.", "none"),
        ("I do not give marks.", "none"),
        ("There is no exam fee.", None),
        ("There is no test on the first day.", None),
        ("There is no exam in the summer course that we also run.", None),
    ],
)
def test_a_mark_is_denied_only_where_there_is_no_exam(
    contract: Contract, tmp_path: Path, sentence: str, status: str | None
) -> None:
    fact = read(contract, tmp_path, sentence).fact("pass_mark")
    assert (fact and fact.status) == status


PAGE_TEXTS = [
    ("vendor", "Validated by the Guild of Bakers.", "Guild of Bakers"),
    ("vendor", "Accredited by people who know bread.", "Accredited by people who know bread."),
    ("format", "Mondays after work, in our yard.", "Mondays after work"),
    ("format", "You'll be outside all day.", "outside all day"),
    ("format", "Four riders to each coach.", "Four riders to each coach."),
    ("topics", "What you practise:\n\n- flour\n- water", "water"),
    ("prerequisites", "## Before you apply\n\nYou hold a hygiene certificate.", "hygiene certificate"),
]


@pytest.mark.parametrize(("name", "body", "holds"), PAGE_TEXTS)
def test_other_facts_are_found_in_these_wordings(
    contract: Contract, tmp_path: Path, name: str, body: str, holds: str
) -> None:
    fact = read(contract, tmp_path, body).fact(name)
    assert fact is not None
    assert holds in str(fact.value)


CREDITS = [
    ("The day counts for 6 hours of CPD.", 6),
    ("Approved for 7 CPD points by the Guild.", 7),
    ("Bakers get 4 CPD points for it.", 4),
    ("CPD: 3 points", 3),
    ("Six hours of verifiable CPD.", 6),
    ("Worth 12 CPD points with the register, which wants 100 points every three years.", 12),
]


@pytest.mark.parametrize(("sentence", "value"), CREDITS)
def test_credits_for_this_course_are_told_in_many_ways(
    contract: Contract, tmp_path: Path, sentence: str, value: int
) -> None:
    fact = read(contract, tmp_path, sentence).fact("pdu_credits")
    assert fact is not None
    assert (fact.value, fact.also) == (value, ())
