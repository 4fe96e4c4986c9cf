"""What an open form holds, which of its questions is open, and the lead that it makes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from bot.models.content import FormSpec, Slot
from bot.models.conversation import OpenForm
from bot.models.lead import Consent, LeadDraft

CONTACTS = ("email", "phone", "here", "unchecked")
"""Any of these is a way to reach the person."""

PERSONAL = ("name", "contact")
"""Types of slots whose answers are about the person."""

OWN = frozenset(("name", *CONTACTS, "company", "people", "note", "reachable"))
"""Values that have a field of their own in a lead; others go into its note."""


def open_slot(spec: FormSpec, opened: OpenForm) -> Slot | None:
    """What is to be asked next; None where nothing is."""
    return next((slot for slot in spec.slots if _is_open(slot, opened)), None)


def concerns(wishes: Sequence[str], opened: OpenForm) -> bool:
    return "*" in wishes or any(wish in wishes for wish in opened.wishes)


def without(spec: FormSpec, opened: OpenForm, name: str) -> OpenForm | None:
    """The form without what this slot holds, so that its question is open again; None where it is not asked here."""
    slot = next((one for one in spec.slots if one.name == name and concerns(one.asked_for, opened)), None)
    if slot is None:
        return None
    taken = CONTACTS if slot.type == "contact" else (slot.name,)
    values = {key: value for key, value in opened.values.items() if key not in taken}
    return replace(opened, values=values, skipped=tuple(one for one in opened.skipped if one != name))


def spoken(opened: OpenForm) -> dict[str, Any]:
    """What the texts of the form may use."""
    known = opened.values
    contact = ", ".join(known[key] for key in ("email", "phone", "unchecked") if key in known)
    names = ("name", "company", "people", "note", "reachable")
    return {**{key: known.get(key, "") for key in names}, **known, "contact": contact, "courses": opened.courses}


def draft_of(spec: FormSpec, opened: OpenForm, partial: bool) -> LeadDraft:
    known = opened.values
    others = [slot for slot in spec.slots if slot.name in known and slot.name not in OWN]
    further = [f"{slot.label or slot.name}: {known[slot.name]}" for slot in others]
    note = joined(known.get("note"), known.get("unchecked"), *further)
    return LeadDraft(
        channel="", user="", consent=cast(Consent, opened.consent), wishes=opened.wishes, courses=opened.courses,
        name=known.get("name"), email=known.get("email"), phone=known.get("phone"), here=bool(known.get("here")),
        company=known.get("company"), people=int(known["people"]) if known.get("people") else None,
        note=note or None, partial=partial,
    )  # fmt: skip


def joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)


def _is_open(slot: Slot, opened: OpenForm) -> bool:
    if slot.name in opened.skipped or not concerns(slot.asked_for, opened):
        return False
    if slot.type == "contact":
        return not any(opened.values.get(key) for key in CONTACTS)
    return not opened.values.get(slot.name)
