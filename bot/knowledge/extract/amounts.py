"""Figures that are no mark: amounts of other things, reports of what others reached, tests that are not the exam."""

from bot.knowledge.extract.numbers import NUMBER
from bot.knowledge.extract.patterns import any_of, pattern, whole

AMOUNT = any_of(
    *("discount", "off", "reductions?", "reduced", "cheaper", "savings?", "deposits?", r"refund\w*", "rebate"),
    *("attendance", "vat", "tax(?:es|ed)?", "charged", "billed", "commission", "now", "upfront", "up front"),
    *("on booking", "after", "before"),
    *("surcharge", "bursar(?:y|ies)", "grants?", "penalt(?:y|ies)", "faults?", "confidence", "accuracy", "interest"),
    *("increase", "insurance", "inflation", "apr", "abv", "alcohol", "humidity", "moisture", "hydration", "cocoa"),
    *("slope", "gradient", "incline", "capacity", "occupancy", "battery", "efficiency", "turnover", "profit"),
    *("margin", "salar(?:y|ies)", "wages?", "pay", "pension", "satisfaction", "emissions", "speed", "oxygen", "fat"),
    *("concentration", "solution", "strength", "purity", "load", "pressure", "brightness", "charge", "yield", "growth"),
    *("temperature", "light", "water", "salt", "sugar", "flour", "gluten", "protein", "content", "coverage", "cover"),
    *("rent", "fees?", "costs?", "prices?", "loans?", "mortgage", "subsidy", "funding", "fine", "overtime", "places"),
    *("time", "homework", "coursework", "portfolio", "workbooks?", "logbook", "premium", "excess", "waste", "energy"),
)
"""What is measured in per cent, or counted, and is no result of an exam."""
_ITS_EXAM = r"(?!\s+(?:\w+\s+)?(?:exam|examination|test|paper|quiz|assessment|module|questions?|section|part|marks?|theory|unit)s?\b)"
_IS_AMOUNT = pattern(rf"(?<![\w-]){AMOUNT}(?![\w-]){_ITS_EXAM}")

_RESULT = any_of(
    *("score", "marks?", "grade", "result", "points?", "questions?", "answers?", "items", "exam", "test", "paper"),
    *("quiz", "assessment", "threshold", "pass (?:mark|score|grade)", "passing (?:mark|score|grade)", "competenc\\w+"),
    *("criteria", "stations", "skills", "tasks", "responses", "total", "maximum", "minimum", "overall", "upwards?"),
)
_JOINS = any_of(
    *("or", "and", "but", "then", "while", "whereas", "as", "if", "when", "in", "on", "at", "for", "over", "across"),
    *("from", "by", "with", "to", "is", "are", "was"),
    *(r"must(?!\s+be\s+(?:paid|sold|kept|saved|owned|charged|declared))", "will", "has", "have", "secures?"),
    *("earns?", "gets?"),
    *("gives?", "makes?", "counts?", "means?", "qualif\\w+", "required", "needed", "necessary", "correct(?:ly)?"),
    *("right", "together", "altogether", "each", "throughout", "wins?", "you", "your", r"fails?(?!\s+to)", "per"),
    *("out", "of"),
    *("they", "we", "be", "passes", "receives?", "obtains?", "the", "within", "are"),
)
_FOLLOWS = pattern(rf"\s*(?:$|[^\w\s]|{_JOINS}\b|(?:[\w-]+\s+){{0,2}}?{_RESULT}\b)")

_PEOPLE = (
    "(?:students|learners|candidates|people|participants|graduates|delegates|trainees|attendees|those|them|us|who)"
)
_SHARE_OF_PEOPLE = any_of(
    rf"{NUMBER} (?:in|out of)(?: every)? {NUMBER} (?:(?:of|our|the|all|my|its) )*{_PEOPLE}",
    rf"{NUMBER}\s*(?:%|per\s?cent) (?:of )?(?:(?:our|the|all|my|its) )*{_PEOPLE}",
    rf"{NUMBER}\s*(?:%|per\s?cent) (?:\w+ )?(?:take|need|resit|retake)",
    rf"(?:most|half|a (?:third|quarter|few)|two thirds|three quarters) (?:of )?(?:(?:our|the|all|my|its) )*{_PEOPLE}",
)
_TELLS_SHARE = whole(_SHARE_OF_PEOPLE)
_REPORT = whole(
    "(?:pass(?:ing)?|success|completion|failure|satisfaction|response|retention|employment|first[- ]time)[- ]rates?",
    *("average", "mean score", "(?:highest|best|top|record|lowest|typical) (?:score|mark|grade|result)s?"),
    _SHARE_OF_PEOPLE,
    "(?:I|he|she|we|they|who) (?:\\w+ )?(?:scored|got|passed|achieved|reached|managed|came away with)",
    "(?:last|this|the previous) (?:year|month|season|term)(?:'s)?",
    "(?:most|many|some|few|all) (?:of )?(?:our |the |my )?(?:students|learners|candidates|people|participants|graduates|delegates)",
    *(r"one of (?:our|my) \w+", "(?:win|wins|won) (?:an?|the|our)", "prizes?"),
    *("inspection", "survey", "rated", "ratings?", "reviews?", "our (?:students|learners|graduates|delegates)"),
    *("a-levels?", "gcses?", "degree", "baccalaureate", "ielts", "toefl", "high school", "university"),
    *("(?:to|before you) (?:apply|enrol|be admitted|be accepted|get in|join)", "applicants?", "applications?"),
)


def may_follow(sentence: str, end: int) -> bool:
    """Whether what comes behind a figure lets it be a mark: its end, the exam, what it earns; not another noun."""
    return bool(_FOLLOWS.match(sentence, end))


def is_amount(before: str) -> bool:
    """Whether the clause before a figure speaks of something else that is measured."""
    return bool(_IS_AMOUNT.search(before))


def counts_people(sentence: str) -> bool:
    """Whether a sentence tells how many of those who came did a thing."""
    return bool(_TELLS_SHARE.search(sentence))


def is_report(sentence: str) -> bool:
    """Whether a sentence tells what somebody has reached, or what is asked before the course."""
    return bool(_REPORT.search(sentence))
