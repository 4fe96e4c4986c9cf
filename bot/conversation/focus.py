"""Which courses and which intents a message is about, given the talk so far."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.conversation.claims import says
from bot.models.content import OF_A_COURSE, Knowledge
from bot.models.conversation import Conversation
from bot.models.understanding import Context, Fallback, Intent, Understanding
from bot.understanding.phrases import nth

SEARCH, COMPARE, RECOMMEND = "search_courses", "compare", "recommend"

PAIR, MOST = 2, 4
"""Courses compared unless a number is told, and at most: more fit no phone."""

SURE = 1.0
"""Confidence of an intent that a button or the talk itself settles."""


@dataclass(frozen=True, slots=True)
class Focus:
    """What is asked about what, after the talk before has been taken into account."""

    intents: tuple[Intent, ...]
    courses: tuple[str, ...]
    choices: tuple[str, ...] = ()
    """Courses to choose from, where one name fits several."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(intent.name for intent in self.intents)


def current(conversation: Conversation, now: datetime, minutes: int) -> Conversation:
    """The conversation without what is too old to be assumed; the open form goes with it. A letter waits for its first
    answer as long as that takes."""
    if conversation.updated is None or now - conversation.updated <= timedelta(minutes=minutes):
        return conversation
    letter = conversation.letter
    return replace(
        conversation, courses=(), recent=(), shown=(), intents=(), pending=None, form=None, awaiting="", misses=0,
        asked=(), letter=letter if letter and not letter.answered else None,
    )  # fmt: skip


def context(conversation: Conversation) -> Context:
    """What understanding may lean on."""
    pending = conversation.pending
    return Context(
        courses=conversation.courses,
        choices=pending.choices if pending else (),
        asked=pending is not None or (conversation.form is not None and not conversation.form.courses),
        shown=conversation.shown or (conversation.recent[::-1] if len(conversation.recent) > 1 else ()),
    )


def focus(heard: Understanding, conversation: Conversation, knowledge: Knowledge) -> Focus:
    """Settle courses and intents of a message that was understood."""
    courses = _named(heard, conversation)
    if not courses and _looks_on(heard, conversation, knowledge):
        heard = replace(heard, intents=_settled((SEARCH,), heard.text))
    others = _others(heard, conversation)
    intents = heard.intents or _carried(heard, conversation, courses or others, knowledge)
    several = len(_both((), conversation)) > 1 and not _only(conversation.intents, SEARCH)
    if heard.relates == "both" and several and (_only(intents, SEARCH) or _only(intents, RECOMMEND)):
        intents = _settled((COMPARE,), heard.text)  # "which of those three is the shortest", "so which suits a tester"
    kinds = {knowledge.intents[intent.name].kind for intent in intents}
    if not courses and (heard.candidates or others):
        return Focus(intents, (), heard.candidates or others)
    if any(intent.name == COMPARE for intent in intents):
        courses = _both(courses, conversation, _count(heard, knowledge))
    elif not courses and kinds & set(OF_A_COURSE):
        courses = _assumed(heard, conversation)
    elif kinds <= {"conversation"} or (not heard.courses and kinds <= {"catalogue", "conversation"}):
        courses = ()
    return Focus(intents, courses)


def resumed(
    heard: Understanding | Fallback, conversation: Conversation, knowledge: Knowledge
) -> Understanding | Fallback:
    """The answer to a question of ours: a yes to the offer of a person; or what the course should be like, which is the
    catalogue question once more."""
    agreed = isinstance(heard, Understanding) and heard.answer == "yes" and not (heard.courses or heard.candidates)
    if conversation.awaiting == "offer" and isinstance(heard, Understanding) and agreed:
        return heard if heard.intents else replace(heard, intents=_settled(("human",), heard.text))
    waiting = conversation.pending.intents if conversation.pending and not conversation.pending.choices else ()
    if conversation.intents == ("recommend",) and isinstance(heard, Fallback) and heard.reason == "no_match":
        waiting = conversation.intents  # tells more of what is looked for
    if not waiting or any(knowledge.intents[name].kind != "catalogue" for name in waiting):
        return heard
    if isinstance(heard, Understanding):
        kinds = {knowledge.intents[intent.name].kind for intent in heard.intents}
        if heard.courses or not kinds <= {"fact"}:
            return heard
        return replace(heard, intents=_settled(waiting, heard.text))
    if heard.reason not in ("no_match", "out_of_scope"):
        return heard
    return Understanding(heard.text, _settled(waiting, heard.text))


def _looks_on(heard: Understanding, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Whether a message narrows the search before it: "what about one day or less", "with PDUs?"."""
    asked = {knowledge.intents[intent.name].kind for intent in heard.intents}
    before = {knowledge.intents[name].kind for name in conversation.intents if name != "compare"}
    pronouns = knowledge.vocabulary.data.get("pronouns", "").split()
    if before != {"catalogue"} or not asked <= {"fact"} or says(heard.text, pronouns):
        return False
    rows = knowledge.vocabulary.data.get("conditions", ())
    return heard.relates == "same" or bool(heard.figures) or any(says(heard.text, row["words"]) for row in rows)


def _others(heard: Understanding, conversation: Conversation) -> tuple[str, ...]:
    """ "The other one", where several others were shown."""
    others = tuple(key for key in conversation.shown if key not in conversation.courses)
    return others if heard.relates == "previous" and not heard.candidates and len(others) > 1 else ()


def _settled(names: tuple[str, ...], text: str = "") -> tuple[Intent, ...]:
    return tuple(Intent(name, SURE, text) for name in names)


def _named(heard: Understanding, conversation: Conversation) -> tuple[str, ...]:
    choices = conversation.pending.choices if conversation.pending else ()
    if heard.courses:
        return heard.courses
    for among in (choices, conversation.shown, conversation.recent):
        narrowed = tuple(key for key in heard.candidates if key in among)
        if heard.relates == "previous":  # "the other kanban one"
            narrowed = tuple(key for key in heard.candidates or among if key not in conversation.courses)
        if len(narrowed) == 1:
            return narrowed
    offered = choices or conversation.shown or conversation.recent[::-1]
    if heard.ordinal is not None and offered:
        key = nth(offered, heard.ordinal)
        return (key,) if key else ()
    if heard.relates == "previous" and len(conversation.recent) > 1:
        return (conversation.recent[1],)
    return ()


def _carried(
    heard: Understanding, conversation: Conversation, courses: tuple[str, ...], knowledge: Knowledge
) -> tuple[Intent, ...]:  # fmt: skip
    """A message that only names a course asks again what was asked before; with nothing before, about the course, and
    of two courses what sets them apart."""
    if not courses and not heard.candidates:
        return ()
    before = conversation.pending.intents if conversation.pending else conversation.intents
    if len(courses) == 1:  # it is chosen now
        before = tuple(name for name in before if knowledge.intents[name].kind != "catalogue")
    if conversation.misses and not before:
        return ()  # what it is asked about was not understood
    return _settled(before or ("compare" if len(courses) > 1 else "overview",))


def _assumed(heard: Understanding, conversation: Conversation) -> tuple[str, ...]:
    if heard.relates == "both":
        return _both((), conversation)
    return conversation.courses


def _only(intents: Iterable[Intent | str], name: str) -> bool:
    return {intent if isinstance(intent, str) else intent.name for intent in intents} == {name}


def _count(heard: Understanding, knowledge: Knowledge) -> int:
    """How many courses are to be compared: "of those three"."""
    numbers = knowledge.vocabulary.data.get("numbers", {})
    counting = {word for figure in heard.figures if figure.unit for word in figure.text.split()}
    words = [word for word in heard.text.split() if word not in counting]
    counts = [numbers.get(word, int(word) if word.isdecimal() else 0) for word in words]
    return next((int(count) for count in counts if count in range(PAIR, MOST + 1)), PAIR)


def _both(named: tuple[str, ...], conversation: Conversation, count: int = PAIR) -> tuple[str, ...]:
    """The courses to compare: those named, filled up with the latest ones talked about."""
    if len(named) > 1:
        return named
    before = [key for key in (*conversation.courses, *conversation.recent) if key not in named]
    if named:
        return (*before[:1], *named)
    if len(conversation.courses) > 1:
        return conversation.courses
    return conversation.shown if len(conversation.shown) == count else tuple(dict.fromkeys(before))[:count][::-1]
