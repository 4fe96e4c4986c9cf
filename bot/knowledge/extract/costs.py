"""What a further attempt costs: a price, nothing, or words for a price."""

from bot.knowledge.extract.numbers import NUMBER
from bot.knowledge.extract.patterns import any_of, pattern, whole

AGAIN = any_of(
    *("re-?sits?", "re-?sat", "re-?sitting", r"re-?tak(?:es?|en|ing)", r"re-?tests?(?:ed|ing)?", r"re-?examin\w+"),
    r"re-?book(?:ed|ing)? (?:the|an?|your) (?:exam|test|assessment|paper)",
    *(r"re-?assess\w*", r"re-?attempt\w*", r"re-?submi\w+", r"re-?ent(?:er\w*|ry)", "re-?tr(?:y|ies)", "re-?do(?:ne)?"),
)
"""Words for taking an exam again."""
_CHARGE = any_of("costs?", "charges?", "fees?", "payment", "expense")
_FREE = whole(
    rf"(?:at )?(?:no|without(?: any| a)?|zero) (?:(?:additional|extra|further|added|more) )?{_CHARGE}",
    "free of (?:charge|cost)",
    rf"(?:{AGAIN}|attempts?|chance|try|go|exam|sitting|paper)\b[^.;]{{0,40}}\bfree(?! password)",
    rf"free\b(?! password)[^.;]{{0,20}}\b(?:{AGAIN}|attempts?|second|go|try|chance)",
    *("complimentary", rf"complementary (?:attempts?|{AGAIN})", "for (?:nothing|free)", "costs? (?:you )?nothing"),
    *("(?:nobody|no one) (?:is charged|pays)", "(?:is|are) not charged", "no need to pay"),
    *("need not pay", "nothing (?:more )?to pay"),
    "(?:included in|part of|covered by) (?:the|your) (?:course )?(?:price|fees?|cost|package)",
    *("on us", "on the house", "without paying(?: again)?", rf"{AGAIN} (?:\w+ )?(?:(?:is|are) )?included"),
    rf"(?:price|fees?|cost|package) (?:also )?(?:includes?|covers?)\b[^.;]{{0,60}}(?:{AGAIN}|further attempt)",
    *("again,? free(?! password)", "all in the price", "at our (?:own )?(?:expense|cost)"),
    rf"{AGAIN}\b[^.;]{{0,90}}, (?:for )?free(?=[.,;]|$)",
)
_NOT_FREE = pattern(r"(?:\bnot\s+(?:be\s+)?|\bno\s+|\bis\s+no\s+)$")
_NOT_INCLUDED = whole("not included")
_CURRENCY = r"(?:[£€$]|GBP|EUR|USD|CHF)"
_TAX = r"(?:\s*(?:\+|plus|ex(?:cl(?:uding|\.)?|\.)?|inc(?:l(?:uding|\.)?|\.)?|and)\s*(?:VAT|tax)\b)"
_MONEY = (
    rf"(?:{_CURRENCY}\s?\d+(?:[.,]\d+)*"
    rf"|{NUMBER}\s*(?:pounds?|euros?|dollars?|francs?|quid|GBP|EUR|USD|CHF|€|£)(?!\w)){_TAX}?"
)
_PRICED = any_of(
    *(AGAIN, "attempts?", "again", "it", "try", "go", "chance", "costs?", "fee", "priced?", r"charg(?:es?|ed)", "pay"),
    *("repeat exams?", "repeats?", "billed", "price"),
)
_COST = pattern(
    rf"\b{_PRICED}\b[^.;]{{0,60}}?{_MONEY}"
    rf"|{_MONEY}[^.;]{{0,40}}\b(?:{AGAIN}|further|second|another|each\s+time)\b"
)
_PRICE = pattern(_MONEY)
_OF_THE_COURSE = pattern(
    r"\b(?:course|class|workshop|training|programme|tuition|place|deposit|membership)\b[^.;,]{0,25}$"
)
_COST_WORDS = pattern(
    r"\b(?:at|for|pay(?:s|ing)?|is|are|costs?)\s+(?P<cost>(?:the\s+)?(?:full|half|reduced|normal|usual)\s+(?:price|fee|cost)|half\s+price"
    r"|your\s+own\s+(?:cost|expense))"
)


_OTHER_ATTEMPT = whole(
    *("further", "second", "third", "subsequent", "additional", "later", "after that", "thereafter", "otherwise"),
    *("outside", "late", "first", "each time", "another", rf"every (?!{AGAIN})\w+", "more", "next", "once you", "then"),
)


def contradict(one: str | None, other: str | None, sentences: tuple[str, str]) -> bool:
    """Whether one sentence calls the attempt free and the other names its price, neither of them speaking of a later one."""
    if one is None or other is None or (one == "free") == (other == "free"):
        return False
    price = other if one == "free" else one
    return bool(_PRICE.search(price)) and not any(_OTHER_ATTEMPT.search(sentence) for sentence in sentences)


def cost_of(sentence: str) -> str | None:
    """What is said first: a price, that it is free, or words for a price."""
    found: list[tuple[int, str]] = []
    prices = [match for match in _PRICE.finditer(sentence) if not _OF_THE_COURSE.search(sentence, 0, match.start())]
    named = _COST.search(sentence)
    if prices and (named or len(prices) == 1):
        found.append((prices[0].start(), prices[0].group().strip()))
    match = _FREE.search(sentence)
    if match and not _NOT_INCLUDED.search(sentence) and not _NOT_FREE.search(sentence, 0, match.start()):
        found.append((match.start(), "free"))
    if match := _COST_WORDS.search(sentence):
        found.append((match.start("cost"), match["cost"]))
    return min(found)[1] if found else None
