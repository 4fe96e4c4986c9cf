"""Whether the wording is whole: every text the program asks for is there, and every template can be filled in."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from bot.knowledge.desk import Desk
from bot.knowledge.spoken import FORM, FORM_LABELS, FORM_PLAIN, INTENTS, REPLIES, UNITS
from bot.knowledge.templates import faults
from bot.models.content import FormSpec, IntentSpec

EVERYWHERE = ("provider",)
"""Variables that every template has."""


def check_wording(desk: Desk, replies: Mapping[str, str], intents: Mapping[str, IntentSpec], form: FormSpec) -> None:
    """Report what would stop a reply."""
    _replies(desk, replies)
    for name, intent in intents.items():
        _intent(desk, f"intents/{name}.yaml", intent, intents)
    for name in INTENTS:
        if intents and name not in intents:
            desk.fault(f"intents/{name}.yaml", "the file is missing.", "The program asks for it: put it back.")
    if form.slots:
        _form(desk, "forms/lead.yaml", form)


def _replies(desk: Desk, replies: Mapping[str, str]) -> None:
    if not replies:
        return
    for key, known in _variables().items():
        if key not in replies:
            desk.fault("replies.yaml", f"{key!r} is missing.", f"Write `{key}: ...`{_may_use(known)}.")
    for key, source in replies.items():
        _template(desk, "replies.yaml", (key,), source, known_in_reply(key))


@lru_cache(maxsize=1)
def _variables() -> Mapping[str, frozenset[str]]:
    """What each text of `replies.yaml` that the program asks for may use."""
    return {f"{family}{name}": frozenset(known.split()) for family, names, known in REPLIES for name in names.split()}


def known_in_reply(key: str) -> frozenset[str] | None:
    """The variables of a text; None for one the program does not ask for, which is never said."""
    number = _variables()[f"{UNITS}number"] if key.startswith(UNITS) else None
    return _variables().get(key, number)


def _intent(desk: Desk, file: str, intent: IntentSpec, intents: Mapping[str, IntentSpec]) -> None:
    for name in intent.suggest:
        if name not in intents:
            line = desk.line(file, "suggest")
            desk.fault(
                file, f"'suggest' names the intent {name!r}, which there is not.", "Name a file of intents/.", line
            )
    known = _situations(intent)
    for situation in known:
        if situation not in intent.replies and "default" not in intent.replies:
            line = desk.line(file, "replies")
            desk.fault(file, f"the reply {situation!r} is missing.", f"Write `{situation}: ...` under replies.", line)
    if intent.fact and intent.kind == "commercial" and "stated" not in intent.replies:
        line = desk.line(file, "fact")
        desk.fault(file, "no reply says the fact.", "Write `stated: ...` under replies.", line)
    for situation, source in intent.replies.items():
        variables = known.get(situation) or frozenset().union(*known.values())
        _template(desk, file, ("replies", situation), source, variables)


def _situations(intent: IntentSpec) -> dict[str, frozenset[str]]:
    """The replies an intent needs, each with what it may use."""
    stated = frozenset(("course", "fact", "said", "also"))
    facts = {"stated": stated, "none": stated, "conflict": stated}
    match intent.kind:
        case "fact":
            return {**facts, "not_stated": frozenset(("course",))}
        case "commercial":
            return {"default": frozenset(("courses",)), **(facts if intent.fact else {})}
        case "catalogue" if intent.name == "compare":
            return {"title": frozenset(("courses",))}
        case "catalogue":
            return dict.fromkeys(("title", "none", "ask"), frozenset(("count",)))
        case "conversation":
            return {"default": frozenset(("courses",))}
        case _:
            return {}


def _form(desk: Desk, file: str, form: FormSpec) -> None:
    for name in (*FORM_LABELS, *FORM_PLAIN, *FORM):
        if name not in form.replies:
            line = desk.line(file, "replies")
            desk.fault(file, f"the reply {name!r} is missing.", f"Write `{name}: ...` under replies.", line)
    for name, source in form.replies.items():
        if name in FORM_LABELS and "{" in source:
            line = desk.line(file, "replies", name)
            desk.fault(file, f"{name!r} is a button and holds a template.", "Write plain words.", line)
        else:
            _template(desk, file, ("replies", name), source, ("courses",) if name in FORM_PLAIN else _FORM_VALUES)
    for slot in form.slots:
        line = desk.line_where(file, rf"^[ -]*ask:.*{re.escape(slot.ask[:30])}")
        _template(desk, file, ("slots",), slot.ask, _FORM_VALUES, line)


_FORM_VALUES = ("name", "contact", "company", "people", "note", "reachable", "courses")
"""What every question and reply of an open form may use."""


def _template(
    desk: Desk, file: str, keys: tuple[str, ...], source: str, known: Collection[str] | None, line: int | None = None
) -> None:
    if known is None:
        return
    for message, mend in faults(source, (*known, *EVERYWHERE)):
        desk.fault(file, f"{keys[-1]!r}: {message}", mend, line or desk.line(file, *keys))


def _may_use(known: Collection[str]) -> str:
    return f"; it may use {', '.join(sorted(known))}" if known else ""
