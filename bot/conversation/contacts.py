"""E-mail addresses and phone numbers, read out of what people type."""

import re

from bot.conversation.details import Details
from bot.conversation.wordlists import any_of, bracketed
from bot.models.content import FormWords

_EMAIL = re.compile(r"[^\s,;<>()@]+@(?:[^\s,;<>()]*[^\s,;<>().!?])?")
_DIGITS = re.compile(r"\+?\(?\d[\d\s().-]{4,}\d")
_GROUP = re.compile(r"\d+")
_HANDLE = re.compile(r"(?<![\w/.])@\w+")


class Contacts:
    """Reads contacts with the words of the form, `dot` and `at`."""

    def __init__(self, words: FormWords, region: str) -> None:
        self._region = region
        self._spelled = _spelled(words)
        self._dots = re.compile(rf"\s*(?:{any_of(words.dot)})\s*", re.I)
        self._at = re.compile(rf"\s+(?:{any_of(words.at)})\s+|\s*(?:{any_of(bracketed(words.at))})\s*", re.I)

    def read(self, text: str, found: Details) -> str:
        """The text without the contacts that were found."""
        text = self._email(text, found)
        text = self._phone(text, found)
        found.typed += [(match[0], "handle") for match in _HANDLE.finditer(text)]
        return text

    def _email(self, text: str, found: Details) -> str:
        match = _EMAIL.search(text)
        address = match[0] if match else ""
        if not match and self._at.search(text):
            match = self._spelled.search(text)
            address = self._written(match[0]) if match else ""
        if not match:
            return text
        from email_validator import EmailNotValidError, validate_email

        try:
            found.email = validate_email(address, check_deliverability=False).normalized
        except EmailNotValidError:
            found.wrong = "email"
        found.typed.append((match[0], "email"))
        return text[: match.start()] + "," + text[match.end() :]

    def _written(self, spelled: str) -> str:
        local, _, domain = self._at.sub("@", spelled, count=1).partition("@")
        return "@".join("".join(self._dots.sub(".", part).split()) for part in (local, domain))

    def _phone(self, text: str, found: Details) -> str:
        match = _DIGITS.search(text)
        if not match:
            return text
        import phonenumbers

        try:
            number = phonenumbers.parse(match[0], self._region)
        except phonenumbers.NumberParseException:
            number = None
        if number and phonenumbers.is_possible_number(number):
            # Who leaves out the code of another country is given no wrong one: sales see the digits that were typed.
            sure = match[0].startswith("+") or phonenumbers.is_valid_number(number)
            whole = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            found.phone = whole if sure else " ".join(_GROUP.findall(match[0]))
            found.typed.append((match[0], "phone"))
        else:
            found.wrong = found.wrong or "phone"
        return text[: match.start()] + "," + text[match.end() :]


def _spelled(words: FormWords) -> re.Pattern[str]:
    """ "ann at example dot org", "ann (at) example.org"."""
    label, dot = r"[\w+-]+", rf"\s*(?:{any_of(words.dot)})\s*"
    local = rf"{label}(?:(?:\.|{dot}){label})*"
    spelled = rf"(?:\s+(?:{any_of(words.at)})\s+){label}(?:\.{label})*(?:{dot}{label})+(?:\.{label})*"
    marked = rf"\s*(?:{any_of(bracketed(words.at))})\s*{label}(?:(?:\.|{dot}){label})+"
    return re.compile(rf"{local}(?:{spelled}|{marked})", re.I)
