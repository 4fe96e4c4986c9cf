"""Names, e-mail addresses, phone numbers and counts, read out of what people type in any order."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

_EMAIL = re.compile(r"[^\s,;<>()@]+@(?:[^\s,;<>()]*[^\s,;<>().!?])?")
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


def read(text: str, region: str, ordinary: Container[str] = ()) -> Details:
    """Contacts first; what is left between commas may hold a name and a note. `ordinary` words are in hardly a name."""
    found = Details()
    rest = _read_email(text, found)
    rest = _read_phone(rest, region, found)
    introduced = _NAME_INTRO.search(rest)
    if introduced:
        found.introduced = True
        rest = rest[introduced.end() :]
    found.segments = [part.strip(" .!-:") for part in re.split(r"[,;\n]+", rest)]
    found.segments = [part for part in found.segments if _FILLER.sub("", part).strip(" .!,")]
    names = [part for part in found.segments if _is_name(part, ordinary)]
    first = names[:1] if names[:1] == found.segments[:1] else []
    found.name = next((part for part in (*filter(looks_typed_as_name, names), *first)), None)
    found.rest = ", ".join(part for part in found.segments if part is not found.name)
    return found


def _read_email(text: str, found: Details) -> str:
    match = _EMAIL.search(text)
    if not match:
        return text
    from email_validator import EmailNotValidError, validate_email

    try:
        found.email = validate_email(match[0], check_deliverability=False).normalized
    except EmailNotValidError:
        found.wrong = "email"
    return text[: match.start()] + "," + text[match.end() :]


def _read_phone(text: str, region: str, found: Details) -> str:
    match = _DIGITS.search(text)
    if not match:
        return text
    import phonenumbers

    try:
        number = phonenumbers.parse(match[0], region)
    except phonenumbers.NumberParseException:
        number = None
    if number and phonenumbers.is_possible_number(number):
        found.phone = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    else:
        found.wrong = found.wrong or "phone"
    return text[: match.start()] + "," + text[match.end() :]


def _is_name(text: str, ordinary: Container[str]) -> bool:
    words = text.split()
    if not 0 < len(words) <= LONGEST_NAME or not all(_NAME_WORD.fullmatch(word) for word in words):
        return False
    return sum(word.casefold() in ordinary for word in words) * 2 <= len(words)


def looks_typed_as_name(text: str) -> bool:
    """Every word begins with a capital: a name even where none was asked for."""
    words = text.split()
    return 1 < len(words) <= LONGEST_NAME and all(word[0].isupper() for word in words)


_CORRECTION = re.compile(r"(\S+?),? (?:and )?not (\S+)")


def corrected(text: str, known: Mapping[str, str]) -> dict[str, str]:
    """ "Sorry, .com not .org": the details that hold what was wrong, put right."""
    found = _CORRECTION.search(text.casefold())
    if not found:
        return {}
    right, wrong = (part.strip(" .,!\"'") if len(part) > 4 else part.strip(",!\"'") for part in found.groups())
    held = {key: known[key] for key in ("email", "phone", "name", "company") if key in known}
    return {key: _put(value, wrong, right) for key, value in held.items() if wrong and wrong in value.casefold()}


def _put(value: str, wrong: str, right: str) -> str:
    place = value.casefold().rindex(wrong)
    right = right.title() if value[place].isupper() else right
    return value[:place] + right + value[place + len(wrong) :]


def among(text: str, phrases: Iterable[str]) -> bool:
    """Whether the text is one of the phrases, whatever its case and punctuation."""
    return text.casefold().replace("’", "'").strip(" .!,") in phrases


def count(text: str) -> int | None:
    """The first whole number of a message."""
    match = re.search(r"\d{1,6}", text)
    return int(match[0]) if match else None
