"""Names, e-mail addresses, phone numbers and counts, read out of what people type in any order."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.conversation.names import LONGEST, LONGEST_ASKED, Names, names_of
from bot.models.content import FormSpec, FormWords, Knowledge

_EMAIL = re.compile(r"[^\s,;<>()@]+@(?:[^\s,;<>()]*[^\s,;<>().!?])?")
_DIGITS = re.compile(r"\+?\(?\d[\d\s().-]{4,}\d")
_GROUP = re.compile(r"\d+")
_HANDLE = re.compile(r"(?<![\w/.])@\w+")
_CUT = re.compile(r"[,;\n]+|(?<=[^\W\d_]{3})[.!?]\s+|\?")
_EDGES = " .!?-:"
_NEVER = "(?!)"


_SPACES = str.maketrans({"’": "'", **dict.fromkeys(",.;:!?()[]", " ")})
_HINT = re.compile(r"[@\d]|(?<!\w)[^\W\d_a-z]\S*\s+[^\W\d_a-z]")
"""Of a contact, or of two words with a capital."""


@dataclass(slots=True)
class Details:
    """What was found; `wrong` names what looked like a contact but cannot be one."""

    email: str | None = None
    phone: str | None = None
    name: str | None = None
    company: str | None = None
    people: int | None = None
    wrong: str = ""
    introduced: bool = False
    """The name was announced as one ("my name is")."""
    parts: list[tuple[str, str]] = field(default_factory=list)
    """What stands between commas: whole, and without the words around a detail."""
    codes: list[str] = field(default_factory=list)
    """Codes of courses that stand between commas on their own, in small letters."""
    typed: list[tuple[str, str]] = field(default_factory=list)
    """What is nobody's business, as it was typed, and what it is: name, email, phone, handle, company."""

    def rest(self, *taken: str | None) -> str:
        """What else was said beside the details that were taken."""
        return ", ".join(whole for whole, bare in self.parts if bare not in taken and whole not in taken)


class Reader:
    """Reads details with the words of the form; everything is compiled once."""

    def __init__(self, spec: FormSpec, region: str, names: Names, numbers: Mapping[str, int]) -> None:
        words = spec.words
        self.names = names
        self._region = region
        self._numbers = numbers
        self._introduction = re.compile(rf"(?:{_any(words.introductions)})\s+", re.I)
        self._opening = re.compile(rf"(?:{_any(words.openings)})\s+", re.I)
        announcing = (*words.introductions, *words.openings, *words.at)
        self._announced = tuple({f" {' '.join(phrase.translate(_SPACES).split())} " for phrase in announcing})
        filler = rf"(?:{_any(words.fillers)})[:.]?"
        self._filler = re.compile(filler, re.I)
        self._edge = re.compile(rf"^(?:{filler}\s*)+(?=\s|$)|\s+(?:{filler}\s*)+$", re.I)
        self._spelled = _spelled(words)
        self._dots = re.compile(rf"\s*(?:{_any(words.dot)})\s*", re.I)
        self._at = re.compile(rf"\s+(?:{_any(words.at)})\s+|\s*(?:{_any(_marked(words.at))})\s*", re.I)
        self._company = re.compile(rf"(?:{_any(words.before_company)})\s+(?=\S)", re.I)
        self._before_company = frozenset(words.before_company)
        self._companies = frozenset(words.companies)
        self._count = re.compile(rf"\b(\d{{1,6}}|{_any(numbers)})\s+(?:{_any(words.heads)})", re.I)
        self._correction = re.compile(rf"(\S+?),? (?:and )?(?:{_any(words.negations)}) (\S+)")
        self._stop = re.compile(_any(words.stop), re.I)
        self._fillers = frozenset(words.fillers)
        self._idle = frozenset((*words.changes, *words.becomes, *words.fillers, *_split(words.changes)))
        self._drop = re.compile(rf"(?:{_any(words.drops)})(?:\s+(?:{_any(words.changes)}))*\s+(?=\S)", re.I)
        self._held = re.compile(_any(words.held), re.I)
        self._bare = {slot.name: _bare(slot.words, words) for slot in spec.slots if slot.words}
        self._slots = {slot.name: _named(slot.words, words) for slot in spec.slots if slot.words}
        self._slot_words = frozenset(part for slot in spec.slots for part in _split(slot.words))

    def read(self, text: str, asked: bool = False) -> Details:
        """Contacts first; what is left between commas may hold a name and a note. `asked`: a name was asked for."""
        found, segments = self._read(text, asked)
        courses = [part for part in segments if self._is_courses(part)]
        found.codes = [code for part in courses for code in self.codes(part)]
        further = (part for part in segments if part not in courses and not self._is_idle(part))
        found.parts = [(part, self._without_at(part, found.company)) for part in further]
        return found

    def private(self, text: str) -> list[tuple[str, str]]:
        """What is nobody's business in a text, as it was typed, and what it is."""
        lowered = f" {' '.join(text.casefold().translate(_SPACES).split())} "
        if not _HINT.search(text) and not any(phrase in lowered for phrase in self._announced):
            return []  # most questions: nothing that announces a name or a contact, and no two words with a capital
        return self._read(text, asked=False)[0].typed

    def _read(self, text: str, asked: bool) -> tuple[Details, list[str]]:
        """What it says of the person, and what else stands between commas."""
        found = Details()
        rest = self._contacts(text, found)
        rest = self._people(rest, found)
        rest = self._introduced(rest, found, asked)
        segments = [part for part in (raw.strip(_EDGES) for raw in _CUT.split(rest)) if self._says(part)]
        companies = [part for part in segments if self._companies.intersection(part.casefold().split())]
        if found.name is None:
            found.name = self._name(segments, companies, asked)
        self._employer(rest, segments, companies, found)
        self._private(found)
        return found, segments

    def stops(self, text: str) -> bool:
        """Whether a message clearly says that the form is to be closed."""
        return bool(self._stop.search(text.replace("’", "'")))

    def of_data(self, text: str) -> bool:
        """Whether a message speaks of what is held of a person."""
        return bool(self._held.search(text))

    def codes(self, text: str) -> list[str]:
        """Codes of courses in a text, in small letters."""
        words = (word.strip(_EDGES + ",;").casefold() for word in text.split())
        return [word for word in words if word in self.names.codes]

    def dropped(self, text: str) -> tuple[str, str]:
        """ "Remove PSK and PSM, please": the courses as they are written there, and the text without them."""
        for match in self._drop.finditer(text):
            words = re.findall(r"\S+\s*", text[match.end() :])
            run = self._run_of_courses(words)
            if run:
                return "".join(run), f"{text[: match.start()]} {''.join(words[len(run) :])}".strip()
        return "", text

    def _run_of_courses(self, words: Sequence[str]) -> list[str]:
        """The first words, as long as they are of courses' titles or stand between such; up to the first comma."""
        length = 0
        for place, word in enumerate(words):
            plain = word.strip().strip(f"{_EDGES},;").casefold()
            if plain in self.names.codes or plain in self.names.titles:
                length = place + 1
            elif not place or plain not in self._fillers:
                break
            if word.rstrip().endswith((",", ";", ".")):
                break
        return list(words[:length])

    def slot(self, text: str) -> str:
        """The slot that a message names and says nothing else of: "email", "change the name"."""
        return next((slot for slot, pattern in self._bare.items() if pattern.fullmatch(text.strip(_EDGES))), "")

    def named(self, text: str) -> tuple[str, str]:
        """ "The company is Acme": the slot and its new value; empty where no slot is named."""
        for slot, pattern in self._slots.items():
            if match := pattern.match(text.strip()):
                return slot, match[1].strip(_EDGES)
        return "", ""

    def number(self, text: str) -> int | None:
        """The first whole number of a message, in figures or in words."""
        match = re.search(rf"\d{{1,6}}|{_any(self._numbers)}", text, re.I)
        return self._value(match[0]) if match else None

    def corrected(self, text: str, known: Mapping[str, str]) -> dict[str, str]:
        """ "Sorry, .com not .org": the details that hold what was wrong, put right."""
        found = self._correction.search(text.casefold())
        if not found:
            return {}
        right, wrong = (part.strip(" .,!\"'") if len(part) > 4 else part.strip(",!\"'") for part in found.groups())
        held = {key: known[key] for key in ("email", "phone", "name", "company") if key in known}
        return {key: _put(value, wrong, right) for key, value in held.items() if wrong and wrong in value.casefold()}

    # Contacts and counts

    def _contacts(self, text: str, found: Details) -> str:
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

    def _people(self, text: str, found: Details) -> str:
        match = self._count.search(text)
        if not match:
            return text
        found.people = self._value(match[1])
        return text[: match.start()] + "," + text[match.end() :]

    def _value(self, written: str) -> int | None:
        return int(written) if written.isdecimal() else self._numbers.get(written.casefold())

    # Names and companies

    def _introduced(self, text: str, found: Details, asked: bool) -> str:
        """The text without an announced name. After an opening a name must look like one, unless it was asked for."""
        for pattern in (self._introduction, self._opening):
            for match in pattern.finditer(text):
                part = _CUT.split(text[match.end() :])[0]
                name = " ".join(self.names.head(part.split())).strip(_EDGES)
                if pattern is self._opening and not self._opens(name, part, asked):
                    continue
                if self.names.fits(name, LONGEST_ASKED):
                    found.name, found.introduced = name, True
                    behind = text[match.end() + part.index(name) + len(name) :]
                    return f"{text[: match.start()]},{behind}"
        return text

    def _opens(self, name: str, part: str, asked: bool) -> bool:
        if asked or (self.names.looks(name) and name[:1].isupper()):
            return True
        behind = part[len(name) :].split()
        ends = not behind or behind[0] in self._before_company or bool(self._filler.fullmatch(behind[0]))
        return ends and self.names.looks(name) and " " in name  # "i'm deaf" tells no name

    def _name(self, segments: Sequence[str], companies: Sequence[str], asked: bool) -> str | None:
        longest = LONGEST_ASKED if asked else LONGEST
        parts = [(part, self._trimmed(part)) for part in segments if part not in companies]
        names = [(part, name) for part, name in parts if self.names.fits(name, longest)]
        first = [name for part, name in names if parts and part == parts[0][0]]
        typed = [name for _, name in names if self.names.typed(name)]
        return next(iter((*typed, *first)), None)

    def _employer(self, text: str, segments: Sequence[str], companies: Sequence[str], found: Details) -> None:
        """A company by its word ("Ltd"), or behind "at" and "from" where it begins with a capital."""
        for match in self._company.finditer(text):
            words = _CUT.split(text[match.end() :])[0].split()
            capital = _capitals(words)
            if capital and not self.names.ours(capital[0]):
                found.company = " ".join(capital).strip(_EDGES)
                return
        if companies:
            found.company = companies[0]
        elif found.name and (found.email or found.phone):
            others = (part for part in segments if part[0].isupper() and self._trimmed(part) != found.name)
            found.company = next((part for part in others if len(part.split()) <= LONGEST and self._plain(part)), None)

    def _plain(self, part: str) -> bool:
        """Whether all words are written large, and are not all words of ours: a company's name rather than a note."""
        if all(self.names.ours(word) or word.casefold() in self.names.never for word in part.split()):
            return False
        return all(word[0].isupper() or not word[0].isalpha() for word in part.split())

    def _private(self, found: Details) -> None:
        contact = found.email or found.phone or found.wrong
        if found.name and (found.introduced or contact or self.names.typed(found.name)):
            found.typed.append((found.name, "name"))
            if found.company:
                found.typed.append((found.company, "company"))

    # What says nothing

    def _says(self, part: str) -> bool:
        return bool(self._filler.sub("", part).strip(" .!,"))

    def _trimmed(self, part: str) -> str:
        """Without what stands around a detail: "Ann and my email is"."""
        return self._edge.sub("", part).strip(_EDGES)

    def _without_at(self, part: str, company: str | None) -> str:
        """The same without the "from" of "from Acme"."""
        bare = self._company.sub("", part).strip(_EDGES)
        return bare if bare == company else self._trimmed(part)

    def _is_courses(self, part: str) -> bool:
        """ "PSM and PSK" is no note."""
        words = [word.casefold() for word in part.split()]
        others = (word for word in words if word.strip(_EDGES) not in self.names.codes)
        return bool(self.codes(part)) and all(word in self._idle or word == "&" for word in others)

    def _is_idle(self, part: str) -> bool:
        """ "No, change the email to" is no note."""
        words = part.casefold().split()
        return all(word in self._idle or word in self._slot_words or word in self.names.ordinary for word in words)


def reader_of(knowledge: Knowledge) -> Reader:
    numbers = knowledge.vocabulary.data.get("numbers", {})
    whole = {str(word): int(value) for word, value in numbers.items() if value == int(value) > 0 and len(str(word)) > 2}
    return Reader(knowledge.form, knowledge.provider.region, names_of(knowledge), whole)


def among(text: str, phrases: Iterable[str]) -> bool:
    """Whether the text is one of the phrases, whatever its case and punctuation."""
    return text.casefold().replace("’", "'").strip(" .!,") in phrases


def _any(words: Iterable[str]) -> str:
    """One of the words or phrases, as a whole word."""
    parts = (_whole(word).replace("'", "['’]") for word in sorted(words, key=len, reverse=True))
    return "|".join(parts) or _NEVER


def _whole(word: str) -> str:
    left, right = (r"(?<!\w)" if word[0].isalnum() else "", r"(?!\w)" if word[-1].isalnum() else "")
    return f"{left}{re.escape(word)}{right}"


def _split(phrases: Iterable[str]) -> set[str]:
    return {word for phrase in phrases for word in phrase.split()}


def _marked(words: Iterable[str]) -> list[str]:
    """Those that stand in brackets: nobody writes them for anything else."""
    return [word for word in words if not word[0].isalnum()]


def _spelled(words: FormWords) -> re.Pattern[str]:
    """ "ann at example dot org", "ann (at) example.org"."""
    label, dot = r"[\w+-]+", rf"\s*(?:{_any(words.dot)})\s*"
    local = rf"{label}(?:(?:\.|{dot}){label})*"
    spelled = rf"(?:\s+(?:{_any(words.at)})\s+){label}(?:\.{label})*(?:{dot}{label})+(?:\.{label})*"
    marked = rf"\s*(?:{_any(_marked(words.at))})\s*{label}(?:(?:\.|{dot}){label})+"
    return re.compile(rf"{local}(?:{spelled}|{marked})", re.I)


def _named(slot: Sequence[str], words: FormWords) -> re.Pattern[str]:
    changes, becomes = _any(words.changes), _any(words.becomes)
    return re.compile(rf"(?:(?:{changes})[\s,]+)*(?:{_any(slot)})\s*(?:{becomes})\s*(\S.*)$", re.I)


def _bare(slot: Sequence[str], words: FormWords) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_any(words.changes)})[\s,]+)*(?:{_any(slot)})", re.I)


def _capitals(words: Sequence[str]) -> list[str]:
    """The first words, as long as they are written large."""
    large = (place for place, word in enumerate(words) if not (word[0].isupper() or word == "&"))
    return list(words[: min(next(large, len(words)), LONGEST)])


def _put(value: str, wrong: str, right: str) -> str:
    place = value.casefold().rindex(wrong)
    right = right.title() if value[place].isupper() else right
    return value[:place] + right + value[place + len(wrong) :]
