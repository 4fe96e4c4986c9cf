"""The small files of `knowledge/`: provider, form, intents, replies, vocabulary, campaigns, thresholds.

Each reader returns the type and adds every fault it finds to a list, so that an editor sees them all at once.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta
from difflib import get_close_matches
from typing import Any, cast, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.knowledge.desk import Desk
from bot.models.content import Campaign, FormSpec, FormWords, IntentSpec, Keep, Kind, Provider, Slot, Vocabulary


THRESHOLDS = frozenset(
    [
        "answer_named",
        "answer_context",
        "answer_alone",
        "about",
        "margin",
        "offer",
        "beside_choice",
        "beside_form",
        "clause",
        "fragment",
        "sure",
        "beside_sure",
        "choosing_beside_course",
        "coverage",
        "rival",
        "coverage_function",
        "foreign",
        "recommend",
    ]
)
"""All that understanding decides by."""

_WORDS = (
    *(
        "articles",
        "asking",
        "choosing",
        "counted",
        "dictionary",
        "fillers",
        "foreign",
        "function_words",
        "getting",
        "held_after",
    ),
    *("inverted", "joints", "ordinal_alone", "ordinal_before", "ordinal_of_talk", "ordinal_verbs", "pronouns"),
    *("question_words", "stemmer", "telling"),
)
_LISTS = (
    "alike",
    "asked_about",
    "conditions",
    "extremes",
    "general",
    "held_before",
    "needed_after",
    "needed_first",
    "noise",
    "others",
    "several",
    "several_alone",
    "spelt_two_ways",
)
_TABLES = (
    *(
        "answers",
        "bare_figures",
        "concepts",
        "naming",
        "numbers",
        "ordinals",
        "relates",
        "relations",
        "spellings",
        "units",
    ),
)
SECTIONS: Mapping[str, tuple[type, str]] = {
    **dict.fromkeys(_WORDS, (str, "Write words with spaces between them.")),
    **dict.fromkeys(_LISTS, (list, "Write a list: [one, another].")),
    **dict.fromkeys(_TABLES, (dict, "Write `word: ...` lines under it.")),
}
"""Sections of the vocabulary, what each is, and how that is written; a misspelt one would silently be missing."""


def read_provider(desk: Desk) -> Provider:
    file = "provider.yaml"
    data = desk.read(file)
    if not data:
        return Provider("", "", "", "UTC", "GB")
    keep = data.get("keep") or {}
    known = _names(Keep)
    if not isinstance(keep, dict) or not set(keep) <= known or not all(_whole(days) for days in keep.values()):
        desk.fault(file, "'keep' is not usable.", f"Give whole numbers of days under {', '.join(sorted(known))}.")
        keep = {}
    days = {"leads": 730, "partial": 7, "questions": 90, "conversations": 30, "backups": 30} | keep
    minutes = data.get("context_minutes", 30)
    if not _whole(minutes):
        desk.fault(file, "'context_minutes' is not a whole number.", "Write `context_minutes: 30`.")
        minutes = 30
    limits = data.get("limits") or {}
    staff_chat = desk.text(file, data, "staff_chat", "")
    if staff_chat and not staff_chat.removeprefix("-").isdecimal():
        desk.fault(file, "'staff_chat' is no number.", "Write the chat's numeric Telegram id; a group's begins with -.")
    return Provider(
        name=desk.text(file, data, "name"),
        contact=desk.text(file, data, "contact"),
        privacy=desk.text(file, data, "privacy"),
        time_zone=_zone(desk, file, desk.text(file, data, "time_zone", "UTC")),
        region=desk.text(file, data, "region", "GB"),
        site=desk.text(file, data, "site", ""),
        context_minutes=minutes,
        staff_chat=staff_chat,
        keep=Keep(**{name: timedelta(days=count) for name, count in days.items()}),
        limits=limits if isinstance(limits, dict) else {},
    )


def _zone(desk: Desk, file: str, name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError):
        line = desk.line(file, "time_zone")
        desk.fault(file, f"'time_zone' is {name!r}, which there is not.", "Write it like `Europe/London`.", line)
        return "UTC"


def read_form(desk: Desk) -> FormSpec:
    file = "forms/lead.yaml"
    data = desk.read(file)
    if not data:
        return FormSpec("", "", "", (), {}, {})
    desk.unknown(file, data, _names(FormSpec))
    slots = []
    rows = data.get("slots")
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, dict):
            desk.fault(file, "an entry of 'slots' is not a mapping.", "Write name, ask, required_for and asked_for.")
            continue
        desk.unknown(file, row, _names(Slot), "a slot")
        slots.append(
            Slot(
                name=desk.text(file, row, "name"),
                ask=desk.text(file, row, "ask"),
                required_for=desk.texts(file, row, "required_for"),
                asked_for=desk.texts(file, row, "asked_for"),
                type=str(row.get("type", "text")),
                label=str(row.get("label", "")),
                words=desk.texts(file, row, "words"),
            )
        )
    if not slots:
        desk.fault(file, "'slots' is missing or empty.", "List what the form asks.")
    return FormSpec(
        version=desk.text(file, data, "version"),
        purpose=desk.text(file, data, "purpose"),
        consent=desk.text(file, data, "consent"),
        slots=tuple(slots),
        replies=desk.templates(file, data, "replies"),
        wishes=desk.templates(file, data, "wishes"),
        nothing=desk.texts(file, data, "nothing"),
        here=desk.texts(file, data, "here"),
        arrived=desk.texts(file, data, "arrived"),
        words=_form_words(desk, file, data.get("words")),
    )


def _form_words(desk: Desk, file: str, data: object) -> FormWords:
    if not isinstance(data, dict):
        if data is not None:
            desk.fault(file, "'words' is not a mapping.", "Write lists of words under it.", desk.line(file, "words"))
        return FormWords()
    known = _names(FormWords)
    desk.unknown(file, data, known, "'words'")
    return FormWords(**{name: desk.texts(file, data, name) for name in known})


def read_intents(desk: Desk, facts: Mapping[str, object]) -> dict[str, IntentSpec]:
    intents = {}
    for path in sorted((desk.root / "intents").glob("*.yaml")):
        file = f"intents/{path.name}"
        if data := desk.read(file):
            intents[path.stem] = _intent(desk, file, path.stem, data, facts)
    if not intents:
        desk.fault("intents", "there is no intent file.", "Put at least one intents/<name>.yaml there.")
    return intents


def _intent(desk: Desk, file: str, name: str, data: Mapping[str, Any], facts: Mapping[str, object]) -> IntentSpec:
    kind = data.get("kind")
    if kind not in get_args(Kind):
        desk.fault(file, f"'kind' is {kind!r}.", f"Use one of {', '.join(get_args(Kind))}.")
        kind = "out_of_scope"
    fact = data.get("fact")
    if fact not in facts and (fact or kind == "fact"):
        line = desk.line(file, "fact")
        desk.fault(file, f"'fact' names {fact!r}, which facts.yaml does not hold.", "Name one of its facts.", line)
    desk.unknown(file, data, _names(IntentSpec) - {"name"})
    return IntentSpec(
        name=name,
        kind=cast(Kind, kind),
        label=desk.text(file, data, "label", name.replace("_", " ").capitalize()),
        fact=str(fact) if fact else None,
        reported_as=str(data.get("reported_as", "")),
        examples=desk.texts(file, data, "examples"),
        cues=desk.texts(file, data, "cues"),
        suggest=desk.texts(file, data, "suggest"),
        replies=desk.templates(file, data, "replies"),
    )


def read_replies(desk: Desk) -> dict[str, str]:
    return desk.templates("replies.yaml", desk.read("replies.yaml"))


def read_vocabulary(desk: Desk) -> Vocabulary:
    file = "vocabulary.yaml"
    data = desk.read(file, required=False)
    for section, value in data.items():
        near = next(iter(get_close_matches(section, SECTIONS, 1)), "")
        kind, fix = SECTIONS.get(section, (None, f"Did you mean {near!r}?" if near else "Remove it."))
        if kind is None:
            desk.fault(file, f"there is no section {section!r}.", fix, desk.line(file, section))
        elif not isinstance(value, kind):
            desk.fault(file, f"{section!r} is not written as it must be.", fix, desk.line(file, section))
    return Vocabulary(data)


def read_campaigns(desk: Desk) -> dict[str, Campaign]:
    file = "campaigns.yaml"
    data = desk.read(file, required=False)
    known = _names(Campaign) - {"key"}
    campaigns = {}
    for key, row in data.items():
        if not isinstance(row, dict) or not set(row) <= known:
            desk.fault(file, f"{key!r} is not usable.", f"Give only {', '.join(sorted(known))} under it.")
            continue
        campaigns[str(key)] = Campaign(
            str(key), **{name: str(value) for name, value in row.items() if value is not None}
        )
    return campaigns


def read_thresholds(desk: Desk) -> dict[str, float]:
    file = "thresholds.yaml"
    thresholds = {}
    data = desk.read(file)
    for name, value in data.items():
        number = value.get("value") if isinstance(value, dict) else value
        if isinstance(number, bool) or not isinstance(number, int | float):
            desk.fault(file, f"{name!r} is not a number.", f"Write `{name}: 0.5`.")
            continue
        thresholds[str(name)] = float(number)
    for name in sorted(THRESHOLDS - set(map(str, data))):
        desk.fault(file, f"{name!r} is missing.", f"Write `{name}: 0.5`.")
    return thresholds


def _names(type_: Any) -> set[str]:
    return {item.name for item in fields(type_)}


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
