"""What a message to the form holds for its slots."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from bot.conversation.details import Details
from bot.conversation.names import LONGEST_ASKED
from bot.conversation.reader import Reader
from bot.conversation.slots import PERSONAL, concerns, joined, open_slot
from bot.models.content import FormSpec, Slot
from bot.models.conversation import OpenForm


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
    """It says nothing that could be meant: "maybe", "lol"."""
    wish: bool = False
    """It says once more what the form was opened for: "call me tomorrow after 5"."""


@dataclass(frozen=True)
class Answers:
    """Tells which value goes into which slot."""

    spec: FormSpec
    make_reader: Callable[[], Reader]
    """A reader is compiled when the first detail may be read."""

    @cached_property
    def reader(self) -> Reader:
        return self.make_reader()

    def opening(self, opened: OpenForm, text: str) -> dict[str, str]:
        """Details in the message that opens the form."""
        found = self.reader.read(text)
        named = found.name and (found.introduced or self.reader.names.typed(found.name))
        name = {"name": found.name} if named and found.name else {}
        return {**contacts(found), **self._employed(opened, found), **name}

    def beside(self, text: str) -> dict[str, str]:
        """Details that stand beside a question."""
        found = self.reader.read(text)
        values = contacts(found)
        if found.name and (found.introduced or (values and self._beside_contact(found.name))):
            return {**values, "name": found.name}
        return values

    def given(self, opened: OpenForm, slot: Slot | None, found: Details, said: Said) -> dict[str, str]:
        """All that a message gives, of whatever slot; as a whole it may be the answer to the open question."""
        values = {**self._told(opened, slot, found, said), **self._named(opened, slot, said.text, found)}
        return values or (self._answer(slot, said.text) if slot else {})

    def names_somebody(self, slot: Slot | None, text: str) -> bool:
        """Whether a name that was asked for is given in words that could ask too: "Will Price", "it's Mark"."""
        if slot is None or slot.type != "name" or "?" in text:
            return False
        found = self.reader.read(text, asked=True)
        return self.reader.names.capital(text) or (found.introduced and not found.rest())

    def _beside_contact(self, name: str) -> bool:
        """Whether what stands first beside a contact is the person's name: "weekdays only" is none."""
        return self.reader.names.looks(name) or self.reader.names.capital(name)

    def _told(self, opened: OpenForm, slot: Slot | None, found: Details, said: Said) -> dict[str, str]:
        """Contacts wherever they stand; a name where it is announced, comes with a contact, or was asked for."""
        values = reached = contacts(found)
        if found.name and self._is_meant(found, slot, said):
            values = {**values, "name": found.name}
        only_count = bool(found.people) and not found.parts
        if reached or slot is None or slot.type in PERSONAL or only_count:
            values = {**values, **self._employed(opened, found)}
        note = found.rest(values.get("name"), values.get("company"))
        if note and reached and not (opened.consent and open_slot(self.spec, opened) is None):
            held = opened.values.get("note", "")
            values = {**values, "note": held if note in held else joined(held, note)}
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
        asked = {slot.name for slot in self.spec.slots if concerns(slot.asked_for, opened)}
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


def contacts(found: Details) -> dict[str, str]:
    return {key: value for key, value in (("email", found.email), ("phone", found.phone)) if value}
