"""The lead form: consent first, then details in any order, read back before they are sent. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from bot.conversation import details
from bot.models.content import FormSpec, Provider, Slot
from bot.models.conversation import OpenForm
from bot.models.lead import Consent, LeadDraft, Wish
from bot.models.reply import Button, Buttons, Contact

FAILURES = 3
"""Tries at a contact after which it is taken as it was typed, for a person to look at."""


@dataclass(frozen=True, slots=True)
class FormStep:
    """The form after a message. `form` is None when it was sent, refused or left."""

    form: OpenForm | None
    situation: str = ""
    """What to say: Jinja2."""
    values: dict[str, Any] = field(default_factory=dict)
    buttons: Buttons | None = None
    draft: LeadDraft | None = None
    used: bool = True
    """False when the message held nothing for the form."""


def start(
    spec: FormSpec, provider: Provider, wishes: Sequence[Wish], courses: Sequence[str], now: datetime,
    *, text: str = "", contact: Contact | None = None, reachable: bool = False,
) -> OpenForm:  # fmt: skip
    """Open the form; contacts given in the same message wait in it."""
    opened = OpenForm(tuple(wishes), now, tuple(courses))
    found = details.read(text, provider.region)
    values = {"email": found.email, "phone": found.phone} if found.email or found.phone else {}
    if reachable:
        values["reachable"] = "yes"
    return replace(opened, values={key: value for key, value in values.items() if value})


def prompt(spec: FormSpec, provider: Provider, opened: OpenForm) -> tuple[str, dict[str, Any], Buttons | None]:
    """The question that is open now."""
    values = _values(opened)
    if opened.consent is None:
        yes, no = spec.replies["yes"], spec.replies["no"]
        return spec.consent, values, Buttons((Button(yes, "form|consent|yes"), Button(no, "form|consent|no")))
    slot = _next(spec, opened)
    if slot is None:
        choices = (
            Button(spec.replies["review_yes"], "form|review|yes"),
            Button(spec.replies["review_no"], "form|review|no"),
        )
        return spec.replies["review"], values, Buttons(choices)
    buttons = []
    if slot.type == "contact" and opened.values.get("reachable"):
        buttons.append(Button(spec.replies["here"], "form|contact|here"))
    if not _required(slot, opened):
        buttons.append(Button(spec.replies["skip"], f"form|skip|{slot.name}"))
    buttons.append(Button(spec.replies["cancel"], "form|cancel|"))
    share = spec.replies["share"] if slot.type == "contact" and opened.values.get("reachable") else ""
    return slot.ask, values, Buttons(tuple(buttons), share)


def take(
    spec: FormSpec, provider: Provider, opened: OpenForm, text: str,
    *, payload: str, contact: Contact | None, now: datetime, reachable: bool, asks: bool, answer: str = "",
) -> FormStep:  # fmt: skip
    """Use what a message holds. `asks` says that the message asks something else, `answer` that it is a yes or a no."""
    if payload:
        return _pressed(spec, provider, opened, payload, now)
    if contact is not None:
        return _shared(spec, provider, opened, contact)
    if answer and opened.consent is None:
        return _consent(spec, provider, opened, answer == "yes", now)
    if answer and _next(spec, opened) is None:
        return _review(spec, provider, opened, answer == "yes")
    return _typed(spec, provider, opened, text, asks)


def _pressed(spec: FormSpec, provider: Provider, opened: OpenForm, payload: str, now: datetime) -> FormStep:
    _, slot, value = (*payload.split("|", 2), "", "")[:3]
    if slot == "consent":
        return _consent(spec, provider, opened, value == "yes", now)
    if slot == "cancel":
        return FormStep(None, spec.replies["cancelled"])
    if opened.consent is None:
        return _ask(spec, provider, opened)
    if slot == "review":
        return _review(spec, provider, opened, value == "yes")
    if slot == "skip":
        return _ask(spec, provider, replace(opened, skipped=(*opened.skipped, value)))
    if slot == "contact" and value == "here":
        return _with(spec, provider, opened, {"here": "yes"})
    return FormStep(opened, used=False)


def _shared(spec: FormSpec, provider: Provider, opened: OpenForm, contact: Contact) -> FormStep:
    found = details.read(contact.phone, provider.region)
    if not contact.own or not found.phone:
        step = _ask(spec, provider, opened)
        wrong = spec.replies["phone_wrong" if contact.own else "not_yours"]
        return replace(step, situation=wrong)
    values = {"phone": found.phone}
    if contact.name and "name" not in opened.values:
        values["name"] = contact.name
    return _with(spec, provider, opened, values)


def _consent(spec: FormSpec, provider: Provider, opened: OpenForm, given: bool, now: datetime) -> FormStep:
    if not given:
        return FormStep(None, spec.replies["refused"])
    if opened.consent is not None:
        return _ask(spec, provider, opened)
    text = spec.consent.replace("{{ provider.name }}", provider.name)
    return _ask(spec, provider, replace(opened, consent=Consent(spec.purpose, text, spec.version, now)), changed=True)


def _review(spec: FormSpec, provider: Provider, opened: OpenForm, right: bool) -> FormStep:
    if _next(spec, opened) is not None:
        return _ask(spec, provider, opened)
    if not right:
        return FormStep(opened, spec.replies["change"], _values(opened))
    return FormStep(None, spec.replies["done"], _values(opened), draft=_draft(spec, opened, partial=False))


def _typed(spec: FormSpec, provider: Provider, opened: OpenForm, text: str, asks: bool) -> FormStep:
    slot = _next(spec, opened) if opened.consent else None
    found = details.read(text, provider.region)
    values = {key: value for key, value in (("email", found.email), ("phone", found.phone)) if value}
    if found.wrong and not values:
        return _wrong(spec, provider, opened, found.wrong, text)
    named = found.name and (
        found.introduced
        or bool(values)
        or details.looks_typed_as_name(found.name)
        or (slot is not None and slot.type == "name")
    )
    if not asks and named and found.name:
        values["name"] = found.name
        if found.rest:
            values["note"] = found.rest
    elif not asks and slot is not None and text:
        values |= _answer(slot, text)
        if slot.type == "number" and not values:
            return replace(_ask(spec, provider, opened), situation=spec.replies["number_wrong"])
    if not values:
        return FormStep(opened, used=False)
    return _with(spec, provider, opened, values)


def _answer(slot: Slot, text: str) -> dict[str, str]:
    match slot.type:
        case "text":
            return {slot.name: text}
        case "number":
            number = details.count(text)
            return {slot.name: str(number)} if number else {}
        case _:
            return {}


def _wrong(spec: FormSpec, provider: Provider, opened: OpenForm, what: str, text: str) -> FormStep:
    tries = opened.failures.get("contact", 0) + 1
    opened = replace(opened, failures={**opened.failures, "contact": tries})
    if tries >= FAILURES:
        note = "; ".join(filter(None, (opened.values.get("note"), text)))
        step = _with(spec, provider, opened, {"unchecked": text, "note": note})
        return replace(step, situation=f"{spec.replies['contact_note']}\n\n{step.situation}")
    return FormStep(opened, spec.replies[f"{what}_wrong"], _values(opened))


def _with(spec: FormSpec, provider: Provider, opened: OpenForm, values: dict[str, str]) -> FormStep:
    return _ask(spec, provider, replace(opened, values={**opened.values, **values}), changed=True)


def _ask(spec: FormSpec, provider: Provider, opened: OpenForm, changed: bool = False) -> FormStep:
    """The next question; before consent, thanks for details and the question for consent again."""
    situation, values, buttons = prompt(spec, provider, opened)
    if opened.consent is None and changed:
        situation = f"{spec.replies['consent_again']}\n\n{situation}"
    draft = _draft(spec, opened, partial=True) if opened.consent and changed else None
    return FormStep(opened, situation, values, buttons, draft)


def _next(spec: FormSpec, opened: OpenForm) -> Slot | None:
    return next((slot for slot in spec.slots if _open(slot, opened)), None)


def _open(slot: Slot, opened: OpenForm) -> bool:
    if slot.name in opened.skipped or not _concerns(slot.asked_for, opened):
        return False
    if slot.type == "contact":
        return not any(opened.values.get(key) for key in ("email", "phone", "here", "unchecked"))
    return not opened.values.get(slot.name)


def _required(slot: Slot, opened: OpenForm) -> bool:
    return _concerns(slot.required_for, opened)


def _concerns(wishes: Sequence[str], opened: OpenForm) -> bool:
    return "*" in wishes or any(wish in wishes for wish in opened.wishes)


def _values(opened: OpenForm) -> dict[str, Any]:
    known = opened.values
    contact = ", ".join(known[key] for key in ("email", "phone", "unchecked") if key in known)
    names = ("name", "company", "people", "note", "reachable")
    return {**{key: known.get(key, "") for key in names}, **known, "contact": contact, "courses": opened.courses}


_OWN = frozenset(("name", "email", "phone", "here", "company", "people", "note", "reachable", "unchecked"))


def _draft(spec: FormSpec, opened: OpenForm, partial: bool) -> LeadDraft:
    known = opened.values
    further = [
        f"{slot.label or slot.name}: {known[slot.name]}"
        for slot in spec.slots
        if slot.name in known and slot.name not in _OWN
    ]
    note = "; ".join(filter(None, (known.get("note"), *further)))
    return LeadDraft(
        channel="", user="", consent=cast(Consent, opened.consent), wishes=opened.wishes, courses=opened.courses,
        name=known.get("name"), email=known.get("email"), phone=known.get("phone"), here=bool(known.get("here")),
        company=known.get("company"), people=int(known["people"]) if known.get("people") else None,
        note=note or None, partial=partial,
    )  # fmt: skip
