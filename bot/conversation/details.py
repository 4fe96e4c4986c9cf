"""Names, e-mail addresses, phone numbers and counts, read out of what people type in any order."""

import re
from dataclasses import dataclass, field

import phonenumbers
from email_validator import EmailNotValidError, validate_email

_EMAIL = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]*[^\s,;<>().!?]")
_DIGITS = re.compile(r"\+?\(?\d[\d\s().-]{4,}\d")
_NAME_INTRO = re.compile(
    r"\b(?:my name is|my name's|name is|name:|i am|i'm|im|it's|its|it is|this is|call me)\s+", re.IGNORECASE
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]*)*\.?")
_FILLER = re.compile(
    r"\b(?:ok|okay|fine|sure|yes|yeah|and|email|e-mail|mail|phone|number|mobile|tel|is|my|me|on|at|or)\b[:.]?",
    re.IGNORECASE,
)

LONGEST_NAME = 5
"""Words of a name; more is a sentence."""


@dataclass(slots=True)
class Details:
    """What was found; `wrong` names what looked like a contact but cannot be one."""

    email: str | None = None
    phone: str | None = None
    name: str | None = None
    rest: str = ""
    wrong: str = ""
    introduced: bool = False
    """The name was announced as one ("my name is")."""
    segments: list[str] = field(default_factory=list)


def read(text: str, region: str) -> Details:
    """Contacts first; what is left between commas may hold a name and a note."""
    found = Details()
    rest = _read_email(text, found)
    rest = _read_phone(rest, region, found)
    introduced = _NAME_INTRO.search(rest)
    if introduced:
        found.introduced = True
        rest = rest[introduced.end() :]
    found.segments = [part.strip(" .!-:") for part in re.split(r"[,;\n]+", rest)]
    found.segments = [part for part in found.segments if _FILLER.sub("", part).strip(" .!,")]
    found.rest = ", ".join(found.segments)
    if found.segments and _is_name(found.segments[0]):
        found.name = found.segments[0]
        found.rest = ", ".join(found.segments[1:])
    return found


def _read_email(text: str, found: Details) -> str:
    match = _EMAIL.search(text)
    if not match:
        return text
    try:
        found.email = validate_email(match[0], check_deliverability=False).normalized
    except EmailNotValidError:
        found.wrong = "email"
    return text[: match.start()] + "," + text[match.end() :]


def _read_phone(text: str, region: str, found: Details) -> str:
    match = _DIGITS.search(text)
    if not match:
        return text
    try:
        number = phonenumbers.parse(match[0], region)
    except phonenumbers.NumberParseException:
        number = None
    if number and phonenumbers.is_possible_number(number):
        found.phone = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    else:
        found.wrong = found.wrong or "phone"
    return text[: match.start()] + "," + text[match.end() :]


def _is_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= LONGEST_NAME and all(_NAME_WORD.fullmatch(word) for word in words)


def looks_typed_as_name(text: str) -> bool:
    """Every word begins with a capital: a name even where none was asked for."""
    words = text.split()
    return 1 < len(words) <= LONGEST_NAME and all(word[0].isupper() for word in words)


def count(text: str) -> int | None:
    """The first whole number of a message."""
    match = re.search(r"\d{1,6}", text)
    return int(match[0]) if match else None
