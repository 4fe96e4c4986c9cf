"""The lead form: consent first, then details in any order, read back before they are sent. Pure."""

from collections.abc import Container, Sequence
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

CONTACTS = ("email", "phone", "here", "unchecked")
"""Any of these is a way to reach the person."""

OWN = frozenset(("name", *CONTACTS, "company", "people", "note", "reachable"))
"""Values that have a field of their own in a lead; others go into its note."""


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


@dataclass(frozen=True, slots=True)
class Form:
    """`forms/lead.yaml` at work."""

    spec: FormSpec
    provider: Provider
    ordinary: Container[str] = ()
    """Words that are in hardly a person's name."""

    def start(
        self, wishes: Sequence[Wish], courses: Sequence[str], now: datetime, *, text: str = "", reachable: bool = False
    ) -> OpenForm:
        """Open the form; details given in the same message wait in it."""
        found = self._read(text)
        named = found.name if details.looks_typed_as_name(found.name or "") else None
        values = {
            "name": named, "email": found.email, "phone": found.phone, "reachable": "yes" if reachable else None
        }  # fmt: skip
        known = {key: value for key, value in values.items() if value}
        return OpenForm(tuple(wishes), now, tuple(courses), known)

    def prompt(self, opened: OpenForm) -> tuple[str, dict[str, Any], Buttons | None]:
        """The question that is open now, its values, and its buttons."""
        said, values = self.spec.replies, _values(opened)
        if opened.consent is None:
            choices = (Button(said["yes"], "form|consent|yes"), Button(said["no"], "form|consent|no"))
            return self.spec.consent, values, Buttons(choices)
        slot = self._next(opened)
        if slot is None:
            choices = (Button(said["review_yes"], "form|review|yes"), Button(said["review_no"], "form|review|no"))
            chat = said["here"] if opened.values.get("here") else ""
            return said["review"], {**values, "contact": values["contact"] or chat}, Buttons(choices)
        here = slot.type == "contact" and bool(opened.values.get("reachable"))
        buttons = [Button(said["here"], "form|contact|here")] if here else []
        if not _concerns(slot.required_for, opened):
            buttons.append(Button(said["skip"], f"form|skip|{slot.name}"))
        buttons.append(Button(said["cancel"], "form|cancel|"))
        return slot.ask, values, Buttons(tuple(buttons), said["share"] if here else "")

    def take(
        self, opened: OpenForm, text: str, *, payload: str, contact: Contact | None, now: datetime, asks: bool,
        answer: str = "", bare: bool = False,
    ) -> FormStep:  # fmt: skip
        """Use what a message holds. `asks` says that it asks something, `answer` that it begins with a yes or a no,
        `bare` that it says nothing else."""
        if payload:
            return self._pressed(opened, payload, now)
        if contact is not None:
            return self._shared(opened, contact)
        if opened.consent is None and answer and (bare or answer == "yes") and not asks:
            step = self._consent(opened, answer == "yes", now)
            more = self._typed(step.form, text, asks) if step.form and not bare else step
            return more if more.used else step
        slot = self._next(opened) if opened.consent else None
        if bare and opened.consent is not None:
            return self._left(opened, slot) if slot else self._review(opened, answer == "yes")
        if slot and not asks and details.among(text, self.spec.nothing):
            return self._left(opened, slot)
        return self._typed(opened, text, asks)

    def leaves_open(self, opened: OpenForm, text: str) -> bool:
        """Whether a message leaves the open question unanswered, and means no more than that."""
        return bool(opened.consent and self._next(opened)) and details.among(text, self.spec.nothing)

    # What is pressed

    def _pressed(self, opened: OpenForm, payload: str, now: datetime) -> FormStep:
        _, slot, value = (*payload.split("|", 2), "", "")[:3]
        if slot == "consent":
            return self._consent(opened, value == "yes", now)
        if slot == "cancel":
            return FormStep(None, self.spec.replies["cancelled"])
        if opened.consent is None:
            return self._ask(opened)
        if slot == "review":
            return self._review(opened, value == "yes")
        if slot == "skip":
            return self._skip(opened, value)
        if slot == "contact" and value == "here":
            return self._with(opened, {"here": "yes"})
        return FormStep(opened, used=False)

    def _shared(self, opened: OpenForm, contact: Contact) -> FormStep:
        found = self._read(contact.phone)
        if not contact.own or not found.phone:
            wrong = self.spec.replies["phone_wrong" if contact.own else "not_yours"]
            return replace(self._ask(opened), situation=wrong)
        values = {"phone": found.phone}
        if contact.name and "name" not in opened.values:
            values["name"] = contact.name
        return self._with(opened, values)

    def _consent(self, opened: OpenForm, given: bool, now: datetime) -> FormStep:
        if not given:
            return FormStep(None, self.spec.replies["refused"])
        if opened.consent is not None:
            return self._ask(opened)
        text = self.spec.consent.replace("{{ provider.name }}", self.provider.name)
        consent = Consent(self.spec.purpose, text, self.spec.version, now)
        return self._ask(replace(opened, consent=consent), changed=True)

    def _review(self, opened: OpenForm, right: bool) -> FormStep:
        if self._next(opened) is not None:
            return self._ask(opened)
        if not right:
            return FormStep(opened, self.spec.replies["change"], _values(opened))
        return FormStep(None, self.spec.replies["done"], _values(opened), draft=self._draft(opened, partial=False))

    # What is typed

    def _typed(self, opened: OpenForm, text: str, asks: bool) -> FormStep:
        slot = self._next(opened) if opened.consent else None
        if corrected := details.corrected(text, opened.values):
            step = self._with(opened, corrected)
            return replace(step, situation=f"{self.spec.replies['corrected']}\n\n{step.situation}")
        if slot and slot.type == "contact" and opened.values.get("reachable") and details.among(text, self.spec.here):
            return self._with(opened, {"here": "yes"})
        found = self._read(text)
        if found.wrong and not (found.email or found.phone):
            return self._wrong(opened, found.wrong, text)
        values = _told(slot, found, asks)
        if not values and slot is not None and not asks:
            values = _answer(slot, text)
            if slot.type == "number" and not values:
                return replace(self._ask(opened), situation=self.spec.replies["number_wrong"])
        return self._with(opened, values) if values else FormStep(opened, used=False)

    def _wrong(self, opened: OpenForm, what: str, text: str) -> FormStep:
        tries = opened.failures.get("contact", 0) + 1
        opened = replace(opened, failures={**opened.failures, "contact": tries})
        if tries < FAILURES:
            return FormStep(opened, self.spec.replies[f"{what}_wrong"], _values(opened))
        note = "; ".join(filter(None, (opened.values.get("note"), text)))
        step = self._with(opened, {"unchecked": text, "note": note})
        return replace(step, situation=f"{self.spec.replies['contact_note']}\n\n{step.situation}")

    def _read(self, text: str) -> details.Details:
        return details.read(text, self.provider.region, self.ordinary)

    # What comes next

    def _with(self, opened: OpenForm, values: dict[str, str]) -> FormStep:
        return self._ask(replace(opened, values={**opened.values, **values}), changed=True)

    def _left(self, opened: OpenForm, slot: Slot) -> FormStep:
        """The question was left unanswered: on to the next, unless it must be answered."""
        return self._ask(opened) if _concerns(slot.required_for, opened) else self._skip(opened, slot.name)

    def _skip(self, opened: OpenForm, slot: str) -> FormStep:
        return self._ask(replace(opened, skipped=(*opened.skipped, slot)))

    def _ask(self, opened: OpenForm, changed: bool = False) -> FormStep:
        """The next question; before consent, thanks for details and the question for consent again."""
        situation, values, buttons = self.prompt(opened)
        if opened.consent is None and changed:
            situation = f"{self.spec.replies['consent_again']}\n\n{situation}"
        draft = self._draft(opened, partial=True) if opened.consent and changed else None
        return FormStep(opened, situation, values, buttons, draft)

    def _next(self, opened: OpenForm) -> Slot | None:
        return next((slot for slot in self.spec.slots if _open(slot, opened)), None)

    def _draft(self, opened: OpenForm, partial: bool) -> LeadDraft:
        known = opened.values
        others = [slot for slot in self.spec.slots if slot.name in known and slot.name not in OWN]
        further = [f"{slot.label or slot.name}: {known[slot.name]}" for slot in others]
        note = "; ".join(filter(None, (known.get("note"), *further)))
        return LeadDraft(
            channel="", user="", consent=cast(Consent, opened.consent), wishes=opened.wishes, courses=opened.courses,
            name=known.get("name"), email=known.get("email"), phone=known.get("phone"), here=bool(known.get("here")),
            company=known.get("company"), people=int(known["people"]) if known.get("people") else None,
            note=note or None, partial=partial,
        )  # fmt: skip


def _told(slot: Slot | None, found: details.Details, asks: bool) -> dict[str, str]:
    """Contacts wherever they stand; a name where it is announced, comes with a contact, or was asked for."""
    values = {key: value for key, value in (("email", found.email), ("phone", found.phone)) if value}
    if asks:
        return values
    if found.name and _is_meant(found.name, slot, found.introduced, bool(values)):
        values["name"] = found.name
    if found.rest and values:
        values["note"] = found.rest
    return values


def _is_meant(name: str, slot: Slot | None, introduced: bool, beside_contact: bool) -> bool:
    """Whether what could be a name is one here. An answer to a question for words ("which company") is that answer."""
    if introduced or beside_contact:
        return True
    if slot is not None and slot.type in ("text", "name"):
        return slot.type == "name"
    return details.looks_typed_as_name(name)


def _answer(slot: Slot, text: str) -> dict[str, str]:
    match slot.type:
        case "text":
            return {slot.name: text} if text else {}
        case "number":
            number = details.count(text)
            return {slot.name: str(number)} if number else {}
        case _:
            return {}


def _open(slot: Slot, opened: OpenForm) -> bool:
    if slot.name in opened.skipped or not _concerns(slot.asked_for, opened):
        return False
    if slot.type == "contact":
        return not any(opened.values.get(key) for key in CONTACTS)
    return not opened.values.get(slot.name)


def _concerns(wishes: Sequence[str], opened: OpenForm) -> bool:
    return "*" in wishes or any(wish in wishes for wish in opened.wishes)


def _values(opened: OpenForm) -> dict[str, Any]:
    known = opened.values
    contact = ", ".join(known[key] for key in ("email", "phone", "unchecked") if key in known)
    names = ("name", "company", "people", "note", "reachable")
    return {**{key: known.get(key, "") for key in names}, **known, "contact": contact, "courses": opened.courses}
