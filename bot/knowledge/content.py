"""The small files of `knowledge/`: provider, form, intents, replies, vocabulary, campaigns, thresholds.

Each reader returns the type and adds every fault it finds to a list, so that an editor sees them all at once.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any, cast, get_args

from bot.knowledge import yamlfile
from bot.models.content import Campaign, FormSpec, IntentSpec, Keep, Kind, Problem, Provider, Slot, Vocabulary

MAX_BYTES = 1024 * 1024


class Desk:
    """Reads the files of one knowledge directory and collects what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def fault(self, file: str, message: str, fix: str, line: int | None = None) -> None:
        self.problems.append(Problem(file, line, None, None, "unusable", message, fix))

    def read(self, file: str, required: bool = True) -> dict[str, Any]:
        """The mapping in a file; empty where the file is optional and missing, or broken and reported."""
        path = self.root / file
        if not path.is_file():
            if required:
                self.fault(file, "the file is missing.", f"Put it into {self.root.name}/.")
            return {}
        try:
            if path.stat().st_size > MAX_BYTES:
                self.fault(file, "the file is larger than 1 MiB.", "Shorten it.")
                return {}
            data = yamlfile.parse(path.read_text("utf-8-sig"))
        except UnicodeDecodeError:
            self.fault(file, "the file is not UTF-8 text.", "Save it with the encoding UTF-8.")
            return {}
        except OSError as error:
            self.fault(file, f"the file cannot be read ({error.strerror}).", "Check that it may be read.")
            return {}
        except yamlfile.BadYamlError as error:
            self.fault(file, error.message, error.fix, error.line)
            return {}
        if data is None:
            return {}
        if not isinstance(data, dict):
            self.fault(file, "the file holds no fields.", "Write it as lines of the form `name: value`.")
            return {}
        return data

    def text(self, file: str, data: Mapping[str, Any], key: str, default: str | None = None) -> str:
        value = data.get(key, default)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return str(value).strip()
        if value is None and default is not None:
            return default
        self.fault(file, f"{key!r} is missing or not a text.", f"Write `{key}: ...`.")
        return ""

    def texts(self, file: str, data: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = data.get(key)
        items = value if isinstance(value, list) else [] if value is None else [value]
        if any(isinstance(item, dict | list) or item is None for item in items):
            self.fault(file, f"{key!r} must be a list of texts.", "Put entries that hold a colon in quotes.")
            return ()
        return tuple(str(item) for item in items)

    def templates(self, file: str, data: Mapping[str, Any], key: str | None = None) -> dict[str, str]:
        """A mapping of names to texts."""
        value = data.get(key) if key else data
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(file, f"{key!r} must be a mapping of names to texts.", "Write `name: text` lines under it.")
            return {}
        bad = [name for name, text in value.items() if isinstance(text, dict | list) or text is None]
        for name in bad:
            self.fault(file, f"{name!r} holds no text.", "Write its wording behind the colon.")
        return {str(name): str(text) for name, text in value.items() if name not in bad}


def read_provider(desk: Desk) -> Provider:
    file = "provider.yaml"
    data = desk.read(file)
    if not data:
        return Provider("", "", "", "UTC", "GB")
    keep = data.get("keep") or {}
    known = {item.name for item in fields(Keep)}
    if not isinstance(keep, dict) or not set(keep) <= known or not all(_whole(days) for days in keep.values()):
        desk.fault(file, "'keep' is not usable.", f"Give whole numbers of days under {', '.join(sorted(known))}.")
        keep = {}
    days = {"leads": 730, "partial": 7, "questions": 90, "conversations": 30, "backups": 30} | keep
    minutes = data.get("context_minutes", 30)
    if not _whole(minutes):
        desk.fault(file, "'context_minutes' is not a whole number.", "Write `context_minutes: 30`.")
        minutes = 30
    limits = data.get("limits") or {}
    return Provider(
        name=desk.text(file, data, "name"),
        contact=desk.text(file, data, "contact"),
        privacy=desk.text(file, data, "privacy"),
        time_zone=desk.text(file, data, "time_zone", "UTC"),
        region=desk.text(file, data, "region", "GB"),
        site=desk.text(file, data, "site", ""),
        context_minutes=minutes,
        staff_chat=desk.text(file, data, "staff_chat", ""),
        keep=Keep(**{name: timedelta(days=count) for name, count in days.items()}),
        limits=limits if isinstance(limits, dict) else {},
    )


def read_form(desk: Desk) -> FormSpec:
    file = "forms/lead.yaml"
    data = desk.read(file)
    if not data:
        return FormSpec("", "", "", (), {}, {})
    slots = []
    rows = data.get("slots")
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, dict):
            desk.fault(file, "an entry of 'slots' is not a mapping.", "Write name, ask, required_for and asked_for.")
            continue
        slots.append(
            Slot(
                name=desk.text(file, row, "name"),
                ask=desk.text(file, row, "ask"),
                required_for=desk.texts(file, row, "required_for"),
                asked_for=desk.texts(file, row, "asked_for"),
                type=str(row.get("type", "text")),
                label=str(row.get("label", "")),
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
    )


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
    if kind == "fact" and fact not in facts:
        desk.fault(file, f"'fact' names {fact!r}, which facts.yaml does not hold.", "Name one of its facts.")
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
    return Vocabulary(desk.read("vocabulary.yaml", required=False))


def read_campaigns(desk: Desk) -> dict[str, Campaign]:
    file = "campaigns.yaml"
    data = desk.read(file, required=False)
    known = {item.name for item in fields(Campaign)} - {"key"}
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
    for name, value in desk.read(file, required=False).items():
        number = value.get("value") if isinstance(value, dict) else value
        if isinstance(number, bool) or not isinstance(number, int | float):
            desk.fault(file, f"{name!r} is not a number.", f"Write `{name}: 0.5`.")
            continue
        thresholds[str(name)] = float(number)
    return thresholds


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
