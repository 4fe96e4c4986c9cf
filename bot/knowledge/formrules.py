"""What a form must keep to: everything required is asked, every wish is known, and no consent text changes unseen."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import get_args

from bot.knowledge.desk import Desk
from bot.models.content import FormSpec, IntentSpec, Slot
from bot.models.lead import Wish

FILE = "forms/lead.yaml"
VERSIONS = "forms/consent-versions.yaml"

TYPES = ("name", "contact", "number", "text")
ALL = "*"
NAME = "{{ provider.name }}"
"""All that a consent text may leave open: the words a person agreed to are kept with the lead."""


def check_form(desk: Desk, form: FormSpec, intents: Mapping[str, IntentSpec]) -> None:
    """Report what would make the form lose a lead, or keep one without a right to it."""
    for slot in form.slots:
        _slot(desk, slot, form)
    _wishes(desk, form, intents)
    _consent(desk, form)


def _slot(desk: Desk, slot: Slot, form: FormSpec) -> None:
    line = desk.line_where(FILE, rf"^[ -]*name: *[\"']?{slot.name}\b")
    if slot.type not in TYPES:
        message = f"the slot {slot.name!r} is of the unknown type {slot.type!r}."
        desk.fault(FILE, message, f"Use one of {', '.join(TYPES)}.", line)
    for wish in dict.fromkeys((*slot.required_for, *slot.asked_for)):
        if wish != ALL and wish not in get_args(Wish):
            message = f"the slot {slot.name!r} names the unknown wish {wish!r}."
            desk.fault(FILE, message, f'Use {_wishes_listed()}, or "*" for all.', line)
    if unasked := _unasked(slot, sorted(set(form.wishes.values()))):
        message = f"the slot {slot.name!r} is required for {', '.join(unasked)}, but no question asks for it there."
        desk.fault(FILE, message, "Add that to its asked_for, or take it out of its required_for.", line)


def _unasked(slot: Slot, wishes: Sequence[str]) -> list[str]:
    """Wishes for which the slot is required and never asked."""
    if ALL in slot.asked_for:
        return []
    required = wishes if ALL in slot.required_for else slot.required_for
    return [wish for wish in required if wish not in slot.asked_for]


def _wishes(desk: Desk, form: FormSpec, intents: Mapping[str, IntentSpec]) -> None:
    for name, wish in form.wishes.items():
        line = desk.line(FILE, "wishes", name)
        if wish not in get_args(Wish):
            desk.fault(FILE, f"{name!r} leads to the unknown wish {wish!r}.", f"Use {_wishes_listed()}.", line)
        if intents and name not in intents:
            desk.fault(
                FILE, f"'wishes' names the intent {name!r}, which there is not.", "Name a file of intents/.", line
            )
    for name, intent in intents.items():
        if intent.kind == "commercial" and name not in form.wishes:
            message = f"the intent {name!r} is commercial, but 'wishes' does not say what its people want."
            desk.fault(FILE, message, f"Add the line `{name}: question` under wishes.", desk.line(FILE, "wishes"))


def _wishes_listed() -> str:
    return ", ".join(get_args(Wish))


def fingerprint(form: FormSpec) -> str:
    """Of what a person agrees to; how its lines are broken does not matter."""
    return hashlib.sha256(" ".join(f"{form.purpose} {form.consent}".split()).encode()).hexdigest()[:12]


def _consent(desk: Desk, form: FormSpec) -> None:
    line = desk.line(FILE, "consent")
    if "{" in form.consent.replace(NAME, ""):
        desk.fault(FILE, "the consent text leaves words open.", f"Write it out; only {NAME} may stand in it.", line)
    if not form.version:
        return
    data = desk.read(VERSIONS, required=False)
    known = {str(version): str(mark) for version, mark in data.items()}
    mark = fingerprint(form)
    if known.get(form.version) == mark:
        return
    if form.version in known:
        message = f"the consent text or its purpose is no longer that of version {form.version}."
        fix = f'Give it a new version, and add to {VERSIONS} the line `"<new version>": "{mark}"`.'
    else:
        message = f"version {form.version} of the consent text is not recorded."
        fix = f'Add to {VERSIONS} the line `"{form.version}": "{mark}"`.'
    desk.fault(FILE, message, fix, desk.line(FILE, "version"))
