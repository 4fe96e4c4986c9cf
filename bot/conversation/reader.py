"""Names, companies, counts and contacts, read out of what people type in any order."""

import re
from collections.abc import Mapping, Sequence

from bot.conversation.changes import Changes
from bot.conversation.contacts import Contacts
from bot.conversation.details import Details
from bot.conversation.names import EDGES, LONGEST, LONGEST_ASKED, Names, names_of
from bot.conversation.wordlists import any_of, words_of
from bot.models.content import FormSpec, FormWords, Knowledge

_CUT = re.compile(r"[,;\n]+|(?<=[^\W\d_]{3})[.!?]\s+|\?")
_SPACES = str.maketrans({"’": "'", **dict.fromkeys(",.;:!?()[]", " ")})
_HINT = re.compile(r"@|\d(?:[^\w@]*\d){4}|(?<!\w)[^\W\d_a-z]\S*\s+(?:[^\W\d_A-Z]+\s+){0,2}[^\W\d_a-z]")
"""Of a contact, or of two words with a capital."""


class Hints:
    """Whether a message may hold a detail at all: most hold none, and need no reader."""

    def __init__(self, words: FormWords) -> None:
        announcing = (*words.introductions, *words.openings, *words.at)
        self._announced = {_spaced(phrase) for phrase in announcing}

    def any(self, text: str) -> bool:
        """Whether something in it announces a name or a contact, or two words begin with a capital, with at most
        two small ones between ("Joost van Dam")."""
        lowered = _spaced(text.casefold())
        return bool(_HINT.search(text)) or any(phrase in lowered for phrase in self._announced)


class Reader:
    """Reads details with the words of the form; everything is compiled once."""

    def __init__(self, spec: FormSpec, region: str, names: Names, numbers: Mapping[str, int]) -> None:
        words = spec.words
        self.names = names
        self.changes = Changes(spec, names)
        self._contacts = Contacts(words, region)
        self._numbers = numbers
        self._introduction = re.compile(rf"(?:{any_of(words.introductions)})\s+", re.I)
        self._opening = re.compile(rf"(?:{any_of(words.openings)})\s+", re.I)
        filler = rf"(?:{any_of(words.fillers)})[:.]?"
        self._filler = re.compile(filler, re.I)
        self._edge = re.compile(rf"^(?:{filler}\s*)+(?=\s|$)|\s+(?:{filler}\s*)+$", re.I)
        self._company = re.compile(rf"(?:{any_of(words.before_company)})\s+(?=\S)", re.I)
        self._before_company = frozenset(words.before_company)
        self._companies = frozenset(words.companies)
        self._count = re.compile(rf"\b(\d{{1,6}}|{any_of(numbers)})\s+(?:{any_of(words.heads)})", re.I)
        self._idle = frozenset((*words.changes, *words.becomes, *words.fillers, *words_of(words.changes)))
        self._slot_words = frozenset(part for slot in spec.slots for part in words_of(slot.words))

    def read(self, text: str, asked: bool = False) -> Details:
        """Contacts first; what is left between commas may hold a name and a note. `asked`: a name was asked for."""
        found, segments = self._read(text, asked)
        courses = [part for part in segments if self._is_courses(part)]
        found.codes = [code for part in courses for code in self.names.codes_in(part)]
        further = (part for part in segments if part not in courses and not self._is_idle(part))
        found.parts = [(part, self._without_at(part, found.company)) for part in further]
        return found

    def private(self, text: str) -> list[tuple[str, str]]:
        """What is nobody's business in a text, as it was typed, and what it is."""
        return self._read(text, asked=False)[0].typed

    def _read(self, text: str, asked: bool) -> tuple[Details, list[str]]:
        """What it says of the person, and what else stands between commas."""
        found = Details()
        rest = self._contacts.read(text, found)
        rest = self._people(rest, found)
        rest = self._introduced(rest, found, asked)
        segments = [part for part in (raw.strip(EDGES) for raw in _CUT.split(rest)) if self._says(part)]
        companies = [part for part in segments if self._companies.intersection(part.casefold().split())]
        if found.name is None:
            found.name = self._name(segments, companies, asked)
        self._employer(rest, segments, companies, found)
        self._private(found)
        return found, segments

    # Counts

    def number(self, text: str) -> int | None:
        """The first whole number of a message, in figures or in words."""
        match = re.search(rf"\d{{1,6}}|{any_of(self._numbers)}", text, re.I)
        return self._value(match[0]) if match else None

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
                name = " ".join(self.names.head(part.split())).strip(EDGES)
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
                found.company = " ".join(capital).strip(EDGES)
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
        return self._edge.sub("", part).strip(EDGES)

    def _without_at(self, part: str, company: str | None) -> str:
        """The same without the "from" of "from Acme"."""
        bare = self._company.sub("", part).strip(EDGES)
        return bare if bare == company else self._trimmed(part)

    def _is_courses(self, part: str) -> bool:
        """ "PSM and PSK" is no note."""
        words = [word.casefold() for word in part.split()]
        others = (word for word in words if word.strip(EDGES) not in self.names.codes)
        return bool(self.names.codes_in(part)) and all(word in self._idle or word == "&" for word in others)

    def _is_idle(self, part: str) -> bool:
        """ "No, change the email to" is no note."""
        words = part.casefold().split()
        return all(word in self._idle or word in self._slot_words or word in self.names.ordinary for word in words)


def reader_of(knowledge: Knowledge) -> Reader:
    numbers = knowledge.vocabulary.data.get("numbers", {})
    whole = {str(word): int(value) for word, value in numbers.items() if value == int(value) > 0 and len(str(word)) > 2}
    return Reader(knowledge.form, knowledge.provider.region, names_of(knowledge), whole)


def _spaced(text: str) -> str:
    """Its words without signs, a space around each."""
    return f" {' '.join(text.translate(_SPACES).split())} "


def _capitals(words: Sequence[str]) -> list[str]:
    """The first words, as long as they are written large."""
    large = (place for place, word in enumerate(words) if not (word[0].isupper() or word == "&"))
    return list(words[: min(next(large, len(words)), LONGEST)])
