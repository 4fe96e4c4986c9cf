"""Words by which a sentence shows that it speaks of another course or test: what sets that apart, its name, its time."""

from collections.abc import Callable, Mapping, Set

from bot.knowledge.extract.numbers import NUMBER
from bot.knowledge.extract.patterns import any_of, exact, pattern, whole

_COURSE = any_of(
    *("course", "class", "workshop", "programme", "program", "module", "unit", "webinar", "seminar", r"boot[- ]?camp"),
    *(
        "training",
        "masterclass",
        "diploma",
        "qualification",
        "award",
        "certificate",
        "licen[cs]e",
        "ticket",
        "badge",
        "endorsement",
    ),
    *("level", "stage", "grade", "version", "edition", "scheme", "syllabus", "school", "college", "cent(?:re|er)"),
    *("provider", "guild", "body", "board", "institute", "council", "academy", "association", "event", "booking"),
)
_TEACHING = any_of("course", "class", "workshop", "training", "programme", "program", "seminar", "masterclass")
_SCORE = rf"{NUMBER}\s*(?:%|per\s?cent|(?:points|marks)|out\s+of\s+{NUMBER})"
_TEST = any_of("exam", "examination", "test", "paper", "quiz", "assessment")
_APART = any_of(
    *("other", "another", "separate", "different", "follow[- ]?(?:on|up)", "sister", "companion", "sequel", "later"),
    *("neighbouring", "next", "previous", "former", "old", "earlier", "longer", "shorter", "bigger", "optional"),
    *("extra", "higher", "specialist", "rival", "partner", "more advanced"),
)
"""What sets another course apart; of an exam most of these may mean the same one, sat again."""
_APART_TEST = any_of(
    *("separate", "follow[- ]?(?:on|up)", "sister", "companion", "old", "former"),
    *("mock", "practice", "trial", "sample", "rehearsal", "entry", "entrance", "intake", "admissions?", "placement"),
    *(
        "aptitude",
        "diagnostic",
        "screening",
        "self-check",
        "daily",
        "weekly",
        "lesson",
        "chapter",
        "warm-up",
        "progress",
    ),
)
_KIND = any_of(
    *("foundation", "advanced", "beginners?'?", "introductory", "intermediate", "expert", "practitioner", "master"),
    *("senior", "junior"),
    *("summer", "winter", "instructors?'?", "trainers?'?", "teachers?'?", "assessors?'?", "examiner's"),
)
"""Kinds of course: of another one behind `the` or `our`, unless the own names hold the word."""
_AGAIN = any_of(
    *("requalification", "recertification", "revalidation", "refresher", "renewal", "top-up", "conversion", "update"),
)
_BETWEEN = (
    r"(?:(?!(?:of|in|for|with|without|is|are|was|has|have|and|or|but|to|at|on|by|from|after|before|the|this|a|an|you|your|we)\b)"
    r"[\w'&/.+-]+\s+){0,4}?"
)
_SET_APART = pattern(
    rf"\b(?P<word>{_APART})\s+{_BETWEEN}{_COURSE}(?:e?s)?\b"
    rf"|\b(?P<word2>{_APART_TEST})\s+{_BETWEEN}(?:{_TEST}(?:z?e?s)?|scores?|questions?)\b"
    rf"|\b(?:the|our|its|in)\s+(?:[\w-]+\s+)?(?P<word3>{_KIND})\s+{_BETWEEN}{_COURSE}(?:e?s)?\b"
    rf"|\b(?:the|our|its|an?)\s+(?:[\w-]+\s+)?(?P<word4>{_AGAIN})\s+{_BETWEEN}{_COURSE}(?:e?s)?\b"
    rf"|^\W*(?:the|our)\s+(?:[\w-]+\s+)?(?P<word7>{_AGAIN}|taster)\b"
    r"|\b(?P<word8>taster|follow[- ]?on)\s+(?:day|evening|afternoon|morning|session|weekend)s?\b"
    r"|\b(?P<word5>mock)s?\b"
    r"|\b(?P<word6>assessor|tutor|teacher|instructor|trainer|examiner|universitie|employer)s\s+(?:\w+\s+){0,2}?"
    r"(?:must|need|have|give|pay|ask|want|accept)\b"
)
_OF_ITS_OWN = whole(
    rf"(?:version|edition|variant) of (?:this|the|our) {_COURSE}",
    rf"{_TEST} of (?:its|their) own",
    rf"{_COURSE} has its own {_TEST}",
    rf"{_TEACHING}s? (?:(?:that|which) (?:follow|come)s?|follows? (?:in|later|next|afterwards)|comes? next)",
    r"there,? (?:you|they|candidates|learners|students) (?:will )?(?:need|must|have to)",
    rf"there,? (?:at least )?{_SCORE}",
    rf"{_SCORE}(?: [\w'-]+){{0,6}}?(?<!are)(?<!'re)(?<!get)(?<!be) there(?=[.,;]|$)",
    "is an? (?:\\w+ )?(?:extension|add-on|sequel|supplement)",
    *("(?:not|isn't|than|unlike) (?:ours|this one)", rf"not this (?:one|{_COURSE}|{_TEST})", "ours (?:is|are|isn't)"),
    "(?:with|before|after|to|from) this one",
    rf"there (?:is|are) also (?:an?|our) (?:\w+ )?{_COURSE}",
)
_GOES_FURTHER = whole(
    r"(?:you|many|most|some|who|people|learners|students|graduates|participants) (?:\w+ ){0,2}?"
    rf"(?:go|move|carry|continue|progress|proceed) (?:(?:straight|right) )?(?:on )?(?:to|into|with) (?:(?:our|the|an?) )?(?:[\w'-]+ ){{0,4}}?(?:{_COURSE}|{_TEST}|level \w+)",
    r"^(?:going|moving|carrying|progressing|continuing) (?:on )?(?:to|with)",
    r"(?:once|when|after) you (?:hold|have|have got|have passed|pass|have finished) this (?:certificate|course|one|class)"
    r",? (?:\w+ ){0,2}?(?:can|could|may|might)",
    r"(?:graduates|alumni|holders|(?:former|past) (?:learners|students|participants))(?: of (?:this|the|our) \w+)?(?: \w+){0,2} (?:take|sit|do|join|enter|choose)",
    r"(?:some|others|many|most) (?:\w+ )?(?:take|sit|do|add|choose)",
    r"^for [^.,;]{3,30} (?:there (?:is|are)|we (?:run|offer|have))",
    *(r"^progress (?:on )?to", "you (?:can|may|could) (?:then|later|also) (?:add|take|go|move|sit|do|join|try)"),
    *("to unlock", "next (?:lesson|module|chapter|unit|part) (?:opens|starts|unlocks)"),
)
_ANOTHER_TIME = whole(
    r"(?:until|till|before|prior to|up to) (?:\w+ )?(?:19|20)\d\d",
    r"(?:19|20)\d\d (?:syllabus|scheme|rules|version|exam|edition|specification)",
    *("pass(?:ing)? (?:mark|score) (?:was|had been)", "(?:last|that) time"),
    *("(?:in|for) the (?:second|third|next|following) year", "next year (?:the|this|our)", "(?:rises?|will rise) to"),
    *("used to", "formerly", "open (?:day|evening)", "no longer", "in the past", "last year (?:this|the|our)"),
)
_BEYOND = pattern(
    r"(?:your )?(?:progress(?:ion)?|next steps?|where next|what(?:'s| is| comes)? next|and (?:then|afterwards)|want (?:to )?(?:more|go (?:further|on))|(?:still )?(?:hooked|hungry)|afterwards|further (?:study|courses|training)"
    r"|(?:other|related|similar|more) (?:courses|classes|training|workshops|qualifications)|see also|also available|going further|looking ahead"
    r"|(?:sister|follow-on|next) (?:course|class)|after this course|you (?:may|might) also like)(?: (?:routes?|options?|opportunities|from here))?\b"
)
_CAPITAL = r"[A-Z][\w'’&+./-]*"
_MODIFIERS = r"(?:(?!(?:of|in|for|with|and|or|to|at|on|by)\b)[a-z0-9][\w-]*\s+){0,2}?"
_NAMED = exact(
    rf"\b(?:[Tt]he|[Oo]ur|[Aa]n?|[Ii]ts|[Tt]heir)\s+{_MODIFIERS}(?P<name>{_CAPITAL}(?:\s+(?:(?:and|of|for|in|&)\s+)?{_CAPITAL}){{0,4}})(?:\s+\((?P<code>[^()]*)\))?\s+"
    r"(?:course|class|workshop|training|masterclass|module|unit|programme|diploma|webinar|bootcamp|award|paper)\b"
)
_NAMED_DAY = exact(
    rf"\b(?:[Tt]he|[Oo]ur|[Aa]n?)\s+(?P<name>{_CAPITAL}(?:\s+(?:(?:and|of|for|in|&)\s+)?{_CAPITAL}){{1,4}})\s+(?:day|evening|weekend)\b"
)
_SUBJECT = exact(
    rf"(?:^|[:;]\s)(?:(?:The|Our)\s+(?:{_APART}|[\w-]+-\w+)\s+)?(?P<name>{_CAPITAL}(?:\s+(?:(?:and|of|for|in|&)\s+)?{_CAPITAL}){{1,4}})(?:,[^,.;]{{3,40}},)?\s+"
    r"(?:takes|lasts|runs\s+(?:for|over)|needs|requires|wants|carries|earns|asks|has|brings|gives|is\s+(?:worth|passed|assessed|examined|marked|longer|shorter))\b"
)
_HEAD = exact(
    r"(?:^(?:The|An?)|\b[Oo]ur)\s+[\w.]+-(?:hour|day|week|month|year|evening|weekend)s?\s+(?:[a-z]+\s+)?"
    rf"(?P<name>{_CAPITAL}(?:\s+{_CAPITAL})*)(?!\s+(?:\w+\s+)?(?:exam|test|paper|assessment))\b"
)
_ANTECEDENT = exact(
    rf"\b(?:for|to|into|with|our|and)\s+(?P<name>{_CAPITAL}(?:\s+{_CAPITAL}){{1,4}}),\s+which\s+(?:takes|lasts|runs|has|needs|requires|carries|ends|is\s+(?:worth|passed))\b"
)
_CODE = exact(r"(?:^|[;:]\s)(?P<name>[A-Z][A-Z0-9]*[0-9+A-Z]|[A-Z]\w*\+)\s+(?:is\s+passed|takes|lasts|runs)\b")
_FOR = exact(rf"^For\s+(?:the\s+)?(?P<name>{_CAPITAL}(?:\s+{_CAPITAL}){{1,4}}),?\s+(?:you|there|candidates|learners)\b")
_AWARD = exact(
    rf"\b(?:[Tt]he|[Oo]ur)\s+(?P<name>(?:{_CAPITAL}\s+)?(?:Diploma|Certificate|Award|Fellowship|Masterclass|Bootcamp)(?:\s+in\s+{_CAPITAL}(?:\s+{_CAPITAL})?)?)\b"
)
_NAMES = (_NAMED, _NAMED_DAY, _SUBJECT, _HEAD, _ANTECEDENT, _CODE, _FOR, _AWARD)
_SAME = frozenset(
    [
        *("course", "class", "workshop", "training", "programme", "exam", "test", "paper", "assessment", "practical"),
        *("certified", "professional", "accredited", "official", "intensive", "complete", "introductory"),
        *("online", "live", "virtual", "full", "weekend", "evening", "daytime", "saturday", "sunday", "monday"),
        *("tuesday", "wednesday", "thursday", "friday", "spring", "summer", "autumn", "winter", "january", "february"),
        *("march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "english"),
    ]
)
"""Words in names of a course that may be this one, held at that time or in that way."""
_PLAIN = frozenset(
    [
        *("practical", "hands-on", "short", "whole", "entire", "same", "small", "compact", "popular", "regular", "new"),
        *("residential", "classroom", "taught", "guided", "basic", "public", "private", "open", "remote", "usual"),
        *("group", "day", "week", "certification", "certificate", "actual", "first", "main", "one", "single", "great"),
        *("exciting", "engaging", "challenging", "demanding", "inspiring", "ongoing", "standard", "fun", "inclusive"),
        *(
            "diploma",
            "degree",
            "prep",
            "preparation",
            "core",
            "base",
            "good",
            "big",
            "crash",
            "correspondence",
            "theory",
        ),
    ]
)
"""Words before `course` that do not tell which."""
_CALLED = pattern(
    rf"^(?:the|our|an?)\s+(?:(?!(?:of|in|for|to|is|with)\b)[\w-]+\s+){{0,2}}?(?P<word>[\w-]+)\s+{_TEACHING}\b"
)
_DESCRIBES = pattern(r"(?:ly|ful|ive|al|able|ible|ic|ous|ed|est|ible|ary|ant|ent)$")
"""How words end that say what a course is like, rather than which it is."""
_STEM = 5
"""Letters in which two words must agree to be forms of one."""


def is_set_apart(text: str, titles: str) -> bool:
    """Whether a (folded) text speaks of a course or test that it sets apart from this one."""
    apart = any(
        not any(word and word.casefold() in titles for word in match.groups()) for match in _SET_APART.finditer(text)
    )
    return apart or any(one.search(text) for one in (_OF_ITS_OWN, _GOES_FURTHER, _ANOTHER_TIME))


def is_named_otherwise(text: str, own: Callable[[], Set[str]]) -> bool:
    """Whether a (folded) text names a course or award by a name that holds a word which is not the course's own.

    Most texts name none, and to gather the own words takes long: they are asked only where they are needed.
    """
    matches = (match for one in _NAMES for match in one.finditer(text))
    return any(not _is_called_own(match.groupdict(), own()) for match in matches)


def is_called_otherwise(text: str, own: Callable[[], Set[str]]) -> bool:
    """Whether a (folded) text begins with a course by a word of which this page makes nothing else: the plastering class."""
    match = _CALLED.match(text)
    word = match["word"].casefold() if match else ""
    return word.isalpha() and word not in _PLAIN and not _DESCRIBES.search(word) and not _is_own(word, own())


def _is_called_own(name: Mapping[str, str | None], own: Set[str]) -> bool:
    """Whether each word of a name is own; of a code behind it, any."""
    if any(_is_own(word, own) for word in _words(name.get("code") or "")):
        return True
    return all(_is_own(word, own) for word in _words(name["name"] or "") or [(name["name"] or "").casefold()])


def is_beyond(title: str) -> bool:
    """Whether a (folded) title or label opens what may come after the course."""
    return bool(_BEYOND.match(title))


def _words(name: str) -> set[str]:
    return {word for word in pattern(r"[\W_]+").split(name.casefold()) if len(word) > 2 or word.isdigit()}


def _is_own(word: str, own: Set[str]) -> bool:
    return word in _SAME or any(word[:_STEM] == other[:_STEM] for other in own)
