"""The lead form: consent first, then details in any order, read back before they are sent. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from bot.conversation.details import Details
from bot.conversation.names import LONGEST_ASKED
from bot.conversation.reader import Reader
from bot.conversation.wordlists import among
from bot.models.content import FormSpec, Provider, Slot
from bot.models.conversation import OpenForm
from bot.models.lead import Consent, LeadDraft, Wish
from bot.models.reply import Button, Buttons, Contact

FAILURES = 3
"""Tries at a contact after which it is taken as it was typed, for a person to look at."""

CONTACTS = ("email", "phone", "here", "unchecked")
"""Any of these is a way to reach the person."""

PERSONAL = ("name", "contact")
"""Types of slots whose answers are about the person."""

OWN = frozenset(("name", *CONTACTS, "company", "people", "note", "reachable"))
"""Values that have a field of their own in a lead; others go into its note."""

_STOP = re.compile(r"[,.;!\n]")


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
class Said:
    """A message to the open form."""

    text: str
    asks: bool = False
    """It asks something."""
    answer: str = ""
    """It begins with a yes or a no."""
    bare: bool = False
    """It says nothing else than that."""
    unclear: bool = False
    """It was understood, but as nothing at all: "maybe"."""
    wish: bool = False
    """It says once more what the form was opened for: "call me tomorrow after 5"."""


@dataclass(frozen=True, slots=True)
class Form:
    """`forms/lead.yaml` at work."""

    spec: FormSpec
    provider: Provider
    reader: Reader

    def start(
        self, wishes: Sequence[Wish], courses: Sequence[str], now: datetime, *, text: str = "", reachable: bool = False
    ) -> OpenForm:
        """Open the form; details given in the same message wait in it."""
        found = self.reader.read(text)
        named = found.name and (found.introduced or self.reader.names.typed(found.name))
        here = {"reachable": "yes"} if reachable else {}
        opened = OpenForm(tuple(wishes), now, tuple(courses), here, version=self.spec.version)
        name = {"name": found.name} if named and found.name else {}
        return replace(opened, values={**_contacts(found), **self._employed(opened, found), **name, **opened.values})

    def prompt(self, opened: OpenForm, whole: bool = False) -> tuple[str, dict[str, Any], Buttons | None]:
        """The question that is open now, its values, and its buttons. `whole`: with the text of the consent, also for
        who was shown it before."""
        said, values = self.spec.replies, _values(opened)
        if opened.consent is None:
            choices = (Button(said["yes"], "form|consent|yes"), Button(said["no"], "form|consent|no"))
            short = self._informed(opened) and not whole
            return said["consent_short"] if short else self.spec.consent, values, Buttons(choices)
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

    def button(self, opened: OpenForm, text: str) -> str:
        """What the button of the open question does whose words are typed; empty where they are none's."""
        buttons = self.prompt(opened)[2]
        typed = _plain(text)
        return next((one.payload for one in (buttons.buttons if buttons else ()) if _plain(one.label) == typed), "")

    def about(self, opened: OpenForm, courses: Sequence[str]) -> FormStep:
        """The open question again, for an enquiry about these courses."""
        return self._ask(replace(opened, courses=tuple(courses)), changed=opened.consent is not None)

    def take(self, opened: OpenForm, said: Said, *, payload: str, contact: Contact | None, now: datetime) -> FormStep:
        """Use what a message holds."""
        if payload:
            return self._pressed(opened, payload, now)
        if contact is not None:
            return self._shared(opened, contact)
        if opened.consent is None:
            return self._undecided(opened, said, now)
        slot = self._next(opened)
        if slot is None and (again := self._again(opened, said.text)):
            return self._ask(again)
        if said.bare:
            return self._left(opened, slot) if slot else self._review(opened, said.answer == "yes")
        if not said.asks and among(said.text, self.spec.nothing):
            return self._left(opened, slot) if slot else self._ask(opened)
        return self._typed(opened, said)

    def beside(self, opened: OpenForm, text: str, now: datetime, of_data: bool) -> FormStep:
        """Keep the details that stand beside a question, and a plain yes to the question for consent before it, unless
        the question is `of_data`: what becomes of these is to be known first."""
        agreed = opened.consent is None and self._informed(opened) and not of_data and self.agrees(text)
        if agreed:
            opened = replace(opened, consent=self._given(now))
        values = self._beside(text)
        return self._with(opened, values) if values or agreed else FormStep(opened, used=False)

    def tells(self, text: str) -> bool:
        """Whether a contact or an announced name stands in it."""
        return bool(self._beside(text))

    def _beside(self, text: str) -> dict[str, str]:
        found = self.reader.read(text)
        values = _contacts(found)
        if found.name and (found.introduced or (values and self._beside_contact(found.name))):
            return {**values, "name": found.name}
        return values

    def _beside_contact(self, name: str) -> bool:
        """Whether what stands first beside a contact is the person's name: "weekdays only" is none."""
        return self.reader.names.looks(name) or self.reader.names.capital(name)

    def leaves_open(self, opened: OpenForm, text: str) -> bool:
        """Whether a message leaves the open question unanswered, and means no more than that."""
        return opened.consent is not None and among(text, self.spec.nothing)

    def agrees(self, text: str) -> bool:
        """Whether a message begins with a plain yes before a comma or a stop, and takes nothing of it back."""
        yes, _, rest = _STOP.sub("|", text, count=1).partition("|")
        objects = set(self.spec.words.objects) & set(rest.replace("’", "'").casefold().split())
        return among(yes, self.spec.words.agrees) and not objects

    def complete(self, opened: OpenForm) -> bool:
        """Whether nothing is left but to send it."""
        return opened.consent is not None and self._next(opened) is None

    def personal(self, opened: OpenForm) -> bool:
        """Whether what is typed now is likely a name or a contact, or a change of one."""
        if opened.consent is None:
            return False
        slot = self._next(opened)
        return slot is None or slot.type in PERSONAL

    def names_somebody(self, opened: OpenForm, text: str) -> bool:
        """Whether a name that was asked for is given in words that could ask too: "Will Price", "it's Mark"."""
        slot = self._next(opened) if opened.consent else None
        if slot is None or slot.type != "name" or "?" in text:
            return False
        found = self.reader.read(text, asked=True)
        return self.reader.names.capital(text) or (found.introduced and not found.rest())

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
        found = self.reader.read(contact.phone)
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
        if not self._informed(opened):
            return replace(self._ask(opened), form=replace(opened, version=self.spec.version))
        return self._ask(replace(opened, consent=self._given(now)), changed=True)

    def _informed(self, opened: OpenForm) -> bool:
        """Whether the person was shown the consent text in force; it may have been edited meanwhile."""
        return opened.version == self.spec.version

    def _given(self, now: datetime) -> Consent:
        text = self.spec.consent.replace("{{ provider.name }}", self.provider.name)
        return Consent(self.spec.purpose, text, self.spec.version, now)

    def _review(self, opened: OpenForm, right: bool) -> FormStep:
        if self._next(opened) is not None:
            return self._ask(opened)
        if not right:
            return FormStep(opened, self.spec.replies["change"], _values(opened))
        return FormStep(None, self.spec.replies["done"], _values(opened), draft=self._draft(opened, partial=False))

    # What is typed

    def _undecided(self, opened: OpenForm, said: Said, now: datetime) -> FormStep:
        """Before consent: a yes, a no, or details that wait for it."""
        if said.answer and (said.bare or said.answer == "yes") and not said.asks:
            step = self._consent(opened, said.answer == "yes", now)
            more = self._typed(step.form, said) if step.form and step.form.consent and not said.bare else step
            return more if more.used and more.form and more.form.values != opened.values else step
        step = self._typed(opened, said)
        return self._ask(opened) if said.unclear and not step.used else step

    def _typed(self, opened: OpenForm, said: Said) -> FormStep:
        text, slot = said.text, self._next(opened) if opened.consent else None
        if said.asks:
            return FormStep(opened, used=False)
        if corrected := self.reader.changes.corrected(text, opened.values):
            return self._saying("corrected", self._with(opened, corrected))
        if slot and slot.type == "contact" and opened.values.get("reachable") and among(text, self.spec.here):
            return self._with(opened, {"here": "yes"})
        found = self.reader.read(text, asked=bool(slot and slot.type == "name" and said.answer != "no"))
        if found.wrong and not (found.email or found.phone):
            return self._wrong(opened, found.wrong, text)
        values = {**self._told(opened, slot, found, said), **self._named(opened, slot, text, found)}
        values = values or (self._answer(slot, text) if slot else {})
        return self._with(opened, values) if values else self._unread(opened, slot, said)

    def _told(self, opened: OpenForm, slot: Slot | None, found: Details, said: Said) -> dict[str, str]:
        """Contacts wherever they stand; a name where it is announced, comes with a contact, or was asked for."""
        values = contacts = _contacts(found)
        if found.name and self._is_meant(found, slot, said):
            values = {**values, "name": found.name}
        only_count = bool(found.people) and not found.parts
        if contacts or slot is None or slot.type in PERSONAL or only_count:
            values = {**values, **self._employed(opened, found)}
        note = found.rest(values.get("name"), values.get("company"))
        if note and contacts and not self.complete(opened):
            held = opened.values.get("note", "")
            values = {**values, "note": held if note in held else _joined(held, note)}
        return values

    def _is_meant(self, found: Details, slot: Slot | None, said: Said) -> bool:
        """Whether what could be a name is one here. An answer to a question for words ("which company") is that
        answer."""
        if found.introduced or ((found.email or found.phone) and self._beside_contact(found.name or "")):
            return True
        if slot is not None and slot.type in ("text", "name"):
            return slot.type == "name" and said.answer != "no"
        return self.reader.names.typed(found.name or "")

    def _employed(self, opened: OpenForm, found: Details) -> dict[str, str]:
        """A head count; and the company where the wish asks for it, or of who says "I am Ann from Acme"."""
        asked = {slot.name for slot in self.spec.slots if _concerns(slot.asked_for, opened)}
        people = str(found.people) if found.people else ""
        company = found.company if "company" in asked or found.introduced else ""
        return {key: value for key, value in (("people", people), ("company", company)) if value}

    def _named(self, opened: OpenForm, slot: Slot | None, text: str, found: Details) -> dict[str, str]:
        """ "The company is Acme": the slots that are named, where their values can be such. A question for words
        ("anything we should know") is answered with words, whatever they name."""
        if opened.consent is None:
            return {}
        values: dict[str, str] = {}
        for part in text.split(",") if found.email or found.phone else [text]:
            name, value = self.reader.changes.named(part)
            free = slot is None or slot.type != "text" or slot.name == name
            named = next((one for one in self.spec.slots if one.name == name), None)
            if named and free:
                values |= self._value(named, value)
        return values

    def _value(self, slot: Slot, text: str) -> dict[str, str]:
        if slot.type == "name":
            return {"name": text} if self.reader.names.fits(text, LONGEST_ASKED) else {}
        return self._answer(slot, text)

    def _answer(self, slot: Slot, text: str) -> dict[str, str]:
        match slot.type:
            case "text":
                return {slot.name: text} if text else {}
            case "number":
                number = self.reader.number(text)
                return {slot.name: str(number)} if number else {}
            case _:
                return {}

    def _again(self, opened: OpenForm, text: str) -> OpenForm | None:
        """ "Email", and no more, at the read-back: the form without that detail, so that its question is open again."""
        name = self.reader.changes.slot(text)
        slot = next((one for one in self.spec.slots if one.name == name and _concerns(one.asked_for, opened)), None)
        if slot is None:
            return None
        taken = CONTACTS if slot.type == "contact" else (slot.name,)
        values = {key: value for key, value in opened.values.items() if key not in taken}
        return replace(opened, values=values, skipped=tuple(one for one in opened.skipped if one != name))

    def _unread(self, opened: OpenForm, slot: Slot | None, said: Said) -> FormStep:
        """Nothing to use in it: the question is asked again, and nobody guesses what else it may mean."""
        if opened.consent is None:
            return FormStep(opened, used=False)
        if said.wish and slot is not None and slot.type in PERSONAL:
            note = _joined(opened.values.get("note"), said.text)
            return self._saying("contact_note", self._with(opened, {"note": note}))
        if slot is not None and slot.type == "text":
            return self._ask(opened)
        return self._saying(f"{slot.type}_wrong" if slot else "detail_wrong", self._ask(opened))

    def _saying(self, key: str, step: FormStep) -> FormStep:
        """The step with something said before its question."""
        return replace(step, situation=f"{self.spec.replies[key]}\n\n{step.situation}")

    def _wrong(self, opened: OpenForm, what: str, text: str) -> FormStep:
        tries = opened.failures.get("contact", 0) + 1
        opened = replace(opened, failures={**opened.failures, "contact": tries})
        if tries < FAILURES:
            return FormStep(opened, self.spec.replies[f"{what}_wrong"], _values(opened))
        return self._saying("contact_note", self._with(opened, {"unchecked": text}))

    # What comes next

    def _with(self, opened: OpenForm, values: dict[str, str]) -> FormStep:
        known = {**opened.values, **values}
        if known.get("email") or known.get("phone"):
            known.pop("unchecked", None)
        return self._ask(replace(opened, values=known), changed=True)

    def _left(self, opened: OpenForm, slot: Slot) -> FormStep:
        """The question was left unanswered: on to the next, unless it must be answered."""
        return self._ask(opened) if _concerns(slot.required_for, opened) else self._skip(opened, slot.name)

    def _skip(self, opened: OpenForm, slot: str) -> FormStep:
        return self._ask(replace(opened, skipped=(*opened.skipped, slot)))

    def _ask(self, opened: OpenForm, changed: bool = False) -> FormStep:
        """The next question; before consent, thanks for details and the question for consent in one."""
        situation, values, buttons = self.prompt(opened)
        if opened.consent is None and changed and self._informed(opened):
            situation = self.spec.replies["consent_again"]
        draft = self._draft(opened, partial=True) if opened.consent and changed else None
        return FormStep(opened, situation, values, buttons, draft)

    def _next(self, opened: OpenForm) -> Slot | None:
        return next((slot for slot in self.spec.slots if _open(slot, opened)), None)

    def _draft(self, opened: OpenForm, partial: bool) -> LeadDraft:
        known = opened.values
        others = [slot for slot in self.spec.slots if slot.name in known and slot.name not in OWN]
        further = [f"{slot.label or slot.name}: {known[slot.name]}" for slot in others]
        note = _joined(known.get("note"), known.get("unchecked"), *further)
        return LeadDraft(
            channel="", user="", consent=cast(Consent, opened.consent), wishes=opened.wishes, courses=opened.courses,
            name=known.get("name"), email=known.get("email"), phone=known.get("phone"), here=bool(known.get("here")),
            company=known.get("company"), people=int(known["people"]) if known.get("people") else None,
            note=note or None, partial=partial,
        )  # fmt: skip


def _contacts(found: Details) -> dict[str, str]:
    return {key: value for key, value in (("email", found.email), ("phone", found.phone)) if value}


def _plain(text: str) -> str:
    return text.replace("’", "'").strip(" .,!?;:").casefold()


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)


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
