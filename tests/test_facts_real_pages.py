"""What a careful adviser says of 31 published pages: figures and statuses. Skipped where they are not at hand."""

from pathlib import Path

import pytest
import yaml

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.contract import read_contract
from bot.models.course import Course, Fact, Retake

ROOT = Path(__file__).parents[1]
PAGES = ROOT.parent / "shared" / "catalogue"

# Pass mark; attempts, days and start of the window, cost; length; PDUs; level.
FIGURES = """
AKP1    -                | -                  | 1 days        | -  | intermediate
NKD-AR  -                | -                  | 8 hours       | -  | intermediate
AFMS    -                | -                  | several weeks | -  | intermediate
AMP     -                | -                  | 8 weeks       | -  | intermediate
APK     -                | -                  | several weeks | -  | intermediate
APS     85 PSM I         | 1 14 password free | 16 hours      | -  | beginner
APS-SD  -                | 1 - - free         | 24 hours !    | 21 | intermediate
ASPK    -                | -                  | -             | -  | intermediate
AD-QA   -                | -                  | 1 days        | -  | intermediate
cdads   -                | -                  | 16 hours      | -  | intermediate
NKD-ENG -                | -                  | 8 hours       | -  | -
A-MPAB  -                | -                  | 8 hours       | -  | intermediate
MPVS    -                | -                  | 24 hours      | -  | intermediate
MARS    -                | -                  | 8 hours       | -  | intermediate
PKAB    None             | -                  | 8 hours       | -  | intermediate
PAL-e   85 PAL I         | 1 14 - free        | 16 hours !    | 14 | intermediate
PAL-EBM 85 PAL-EBM       | 1 14 password free | 1 days        | -  | advanced
PPDV    -                | -                  | 1 days        | -  | beginner
PSFS    85 PSFS          | 1 14 class free    | 2 half-days   | -  | advanced
PSM-A   85 PSM II        | 1 14 password free | 16 hours !    | 14 | advanced
PSMPO   85               | 1 14 password free | 3 days        | 21 | intermediate
PSM     -                | 1 - - -            | 16 hours      | 14 | intermediate
PSPBMS  85 Mastery       | 1 14 - free        | -             | -  | intermediate
PSPO-A  85 PSPO II       | 1 14 password free | 14 hours      | 14 | advanced
PSPO    85 PSPO I        | 1 14 password free | 16 hours      | 14 | intermediate
PSK     85 PSK I         | 1 14 password free | 16 hours      | 14 | advanced
PSU     85 PSU I         | 1 14 class free    | 16 hours !    | 14 | advanced
SPS     85 SPS           | 1 14 password free | 16 hours      | 14 | advanced
S4E     -                | -                  | -             | -  | beginner
S4PO    -                | -                  | 8 hours       | -  | beginner
S4S     -                | -                  | 8 hours       | -  | beginner
"""

# s stated, n stated: none, ! stated and contradicted, - not stated, in this order.
TEXTS = ("prerequisites", "audience", "certification", "objectives", "topics", "format", "overview", "vendor", "link")
STATUSES = """
AKP1    -s-s-ssss
NKD-AR  ----s-sss
AFMS    nsssSssss
AMP     nsssSssss
APK     sssssssss
APS     sssssssss
APS-SD  sssssssss
ASPK    sssss-sss
AD-QA   -s--s-sss
cdads   ssnss-sss
NKD-ENG ----s-sss
A-MPAB  ss-ss-sss
MPVS    ssnss-sss
MARS    nsn-s-sss
PKAB    ssnss-sss
PAL-e   -ssssssss
PAL-EBM !ssssssss
PPDV    -snss-sss
PSFS    ssss-ssss
PSM-A   sssss-sss
PSMPO   sssssssss
PSM     sssssssss
PSPBMS  nssss-sss
PSPO-A  sssssssss
PSPO    sssss-sss
PSK     sssssssss
PSU     sssssssss
SPS     sssssssss
S4E     -s-ss-sss
S4PO    ss-ss-sss
S4S     -s-ss-sss
"""

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the published pages are not at hand (../shared/catalogue)")


@pytest.fixture(scope="module")
def courses() -> dict[str, Course]:
    contract = read_contract(yaml.safe_load((ROOT / "knowledge" / "facts.yaml").read_text("utf-8")))
    return dict(Catalogue(PAGES, contract).read().courses)


def rows(table: str) -> list[tuple[str, str]]:
    return [(key, rest.strip()) for key, _, rest in (line.partition(" ") for line in table.strip().splitlines())]


def figure(fact: Fact | None) -> str:
    if fact is None:
        return "-"
    return f"{fact.value} {fact.unit}" if fact.unit else str(fact.value)


def test_all_31_pages_load(courses: dict[str, Course]) -> None:
    assert len(courses) == 31


@pytest.mark.parametrize(("key", "expected"), rows(FIGURES))
def test_figures_are_those_of_the_page(courses: dict[str, Course], key: str, expected: str) -> None:
    mark, retake, duration, pdus, level = (part.strip() for part in expected.split("|"))
    course = courses[key]
    fact = course.fact("pass_mark")
    value, _, exam = mark.partition(" ")
    assert (str(fact.value) if fact else "-") == value
    assert not fact or (exam in (fact.subject or "") if exam else fact.subject is None)
    _check_retake(course.fact("retake"), retake)
    length = course.fact("duration")
    assert figure(length) == duration.removesuffix("!").strip()
    assert bool(length and length.also) == duration.endswith("!")
    assert (str(f.value) if (f := course.fact("pdu_credits")) else "-") == pdus
    assert (str(f.value) if (f := course.fact("level")) else "-") == level


def _check_retake(fact: Fact | None, expected: str) -> None:
    if expected == "-":
        assert fact is None
        return
    assert fact is not None
    assert isinstance(fact.value, Retake)
    attempts, days, start, cost = expected.split()
    assert str(fact.value.attempts) == attempts
    assert str(fact.value.window_days or "-") == days
    assert (start in fact.value.start) if fact.value.start else start == "-"
    assert (fact.value.cost or "-") == cost


@pytest.mark.parametrize(("key", "expected"), rows(STATUSES))
def test_texts_are_stated_denied_or_silent_as_on_the_page(courses: dict[str, Course], key: str, expected: str) -> None:
    letters = {"stated": "s", "none": "n", "conflict": "!"}
    found = "".join(letters[fact.status] if (fact := courses[key].fact(name)) else "-" for name in TEXTS)
    assert dict(zip(TEXTS, found, strict=True)) == dict(zip(TEXTS, expected.casefold(), strict=True))


def test_no_text_holds_markup_or_shortcodes(courses: dict[str, Course]) -> None:
    for course in courses.values():
        for fact in course.facts.values():
            for statement in (fact.statement, *fact.also, *fact.support):
                text = f"{statement.value} {statement.source.quote}"
                for mark in ("<!--", "wpv-", "[types", "<iframe", "</", "](", "**", ":slug", "&amp;", "\U0001d5e3"):
                    assert mark not in text, (course.key, fact.name, mark)


def test_every_number_a_fact_gives_stands_on_its_page(courses: dict[str, Course]) -> None:
    words = {"one": 1, "two": 2, "second": 1, "2nd": 1, "three": 3, "eight": 8, "fourteen": 14}
    for course in courses.values():
        page = (PAGES / course.file).read_text("utf-8")
        for name in ("pass_mark", "duration", "pdu_credits"):
            fact = course.fact(name)
            if fact and isinstance(fact.value, int):
                spelled = [word for word, value in words.items() if value == fact.value]
                assert str(fact.value) in page or any(word in page for word in spelled), (course.key, name)
