"""The lead form: consent first, then details in any order, read back before they are sent. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.conversation.answers import Answers, Said
from bot.conversation.reader import Reader
from bot.conversation.slots import PERSONAL, concerns, draft_of, joined, open_slot, spoken, without
from bot.conversation.wordlists import among
from bot.models.content import FormSpec, Provider, Slot
from bot.models.conversation import OpenForm
from bot.models.lead import Consent, LeadDraft, Wish
from bot.models.reply import Button, Buttons, Contact

FAILURES = 3
"""Tries at a contact after which it is taken as it was typed, for a person to look at."""

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
class Form:
    """`forms/lead.yaml` at work."""

    spec: FormSpec
    provider: Provider
    answers: Answers

    @property
    def reader(self) -> Reader:
        return self.answers.reader

    def start(
        self, wishes: Sequence[Wish], courses: Sequence[str], *, text: str = "", reachable: bool = False
    ) -> OpenForm:
        """Open the form; details given in the same message wait in it."""
        here = {"reachable": "yes"} if reachable else {}
        opened = OpenForm(tuple(wishes), tuple(courses), here, version=self.spec.version)
        return replace(opened, values={**self.answers.opening(opened, text), **here})

    def prompt(self, opened: OpenForm, whole: bool = False) -> tuple[str, dict[str, Any], Buttons | None]:
        """The question that is open now, its values, and its buttons. `whole`: with the text of the consent, also for
        who was shown it before."""
        said, values = self.spec.replies, spoken(opened)
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
        if not concerns(slot.required_for, opened):
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
        values = self.answers.beside(text)
        return self._with(opened, values) if values or agreed else FormStep(opened, used=False)

    def tells(self, text: str) -> bool:
        """Whether a contact or an announced name stands in it."""
        return bool(self.answers.beside(text))

    def leaves_open(self, opened: OpenForm, text: str) -> bool:
        """Whether a message leaves the open question unanswered, and means no more than that."""
        return opened.consent is not None and among(text, self.spec.nothing)

    def agrees(self, text: str) -> bool:
        """Whether a message begins with a plain yes before a comma or a stop, and takes nothing of it back."""
        yes = _STOP.sub("|", text, count=1).partition("|")[0]
        return among(yes, self.spec.words.agrees) and not self._objects(text)

    def _objects(self, text: str) -> bool:
        """Whether a word stands in it that may take a yes back: "yes, unless you sell it"."""
        words = _STOP.sub(" ", text.replace("’", "'")).casefold().split()
        return not set(self.spec.words.objects).isdisjoint(words)

    def complete(self, opened: OpenForm) -> bool:
        """Whether nothing is left but to send it."""
        return opened.consent is not None and self._next(opened) is None

    def personal(self, opened: OpenForm) -> bool:
        """Whether what is typed now is likely a name or a contact, or a change of one."""
        if opened.consent is None:
            return False
        slot = self._next(opened)
        return slot is None or slot.type in PERSONAL

    def wants_words(self, opened: OpenForm) -> bool:
        """Whether the open question is answered in any words."""
        slot = self._next(opened) if opened.consent else None
        return slot is not None and slot.type == "text"

    def names_somebody(self, opened: OpenForm, text: str) -> bool:
        """Whether a name that was asked for is given in words that could ask too: "Will Price", "it's Mark"."""
        return self.answers.names_somebody(self._next(opened) if opened.consent else None, text)

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
            return FormStep(opened, self.spec.replies["change"], spoken(opened))
        return FormStep(
            None, self.spec.replies["done"], spoken(opened), draft=draft_of(self.spec, opened, partial=False)
        )

    # What is typed

    def _undecided(self, opened: OpenForm, said: Said, now: datetime) -> FormStep:
        """Before consent: a yes, a no, or details that wait for it."""
        agreed = said.answer == "yes" and not self._objects(said.text)
        if (said.answer if said.bare else agreed) and not said.asks:
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
        values = self.answers.given(opened, slot, found, said)
        return self._with(opened, values) if values else self._unread(opened, slot, said)

    def _again(self, opened: OpenForm, text: str) -> OpenForm | None:
        """ "Email", and no more, at the read-back: the form without that detail, so that its question is open again."""
        return without(self.spec, opened, self.reader.changes.slot(text))

    def _unread(self, opened: OpenForm, slot: Slot | None, said: Said) -> FormStep:
        """Nothing to use in it: the question is asked again, and nobody guesses what else it may mean."""
        if opened.consent is None:
            return FormStep(opened, used=False)
        if said.wish and slot is not None and slot.type in PERSONAL:
            note = joined(opened.values.get("note"), said.text)
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
            return FormStep(opened, self.spec.replies[f"{what}_wrong"], spoken(opened))
        return self._saying("contact_note", self._with(opened, {"unchecked": text}))

    # What comes next

    def _with(self, opened: OpenForm, values: dict[str, str]) -> FormStep:
        known = {**opened.values, **values}
        if known.get("email") or known.get("phone"):
            known.pop("unchecked", None)
        return self._ask(replace(opened, values=known), changed=True)

    def _left(self, opened: OpenForm, slot: Slot) -> FormStep:
        """The question was left unanswered: on to the next, unless it must be answered."""
        return self._ask(opened) if concerns(slot.required_for, opened) else self._skip(opened, slot.name)

    def _skip(self, opened: OpenForm, slot: str) -> FormStep:
        return self._ask(replace(opened, skipped=(*opened.skipped, slot)))

    def _ask(self, opened: OpenForm, changed: bool = False) -> FormStep:
        """The next question; before consent, thanks for details and the question for consent in one."""
        situation, values, buttons = self.prompt(opened)
        if opened.consent is None and changed and self._informed(opened):
            situation = self.spec.replies["consent_again"]
        draft = draft_of(self.spec, opened, partial=True) if opened.consent and changed else None
        return FormStep(opened, situation, values, buttons, draft)

    def _next(self, opened: OpenForm) -> Slot | None:
        return open_slot(self.spec, opened)


def _plain(text: str) -> str:
    return text.replace("’", "'").strip(" .,!?;:").casefold()
