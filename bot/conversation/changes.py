"""What a message changes of the form: a detail put right, a course taken off, the whole of it stopped."""

import re
from collections.abc import Mapping, Sequence

from bot.conversation.names import EDGES, Names
from bot.conversation.wordlists import any_of
from bot.models.content import FormSpec, FormWords


class Changes:
    """Reads changes with the words of the form; everything is compiled once."""

    def __init__(self, spec: FormSpec, names: Names) -> None:
        words = spec.words
        self._names = names
        self._fillers = frozenset(words.fillers)
        self._correction = re.compile(rf"(\S+?),? (?:and )?(?:{any_of(words.negations)}) (\S+)")
        self._stop = re.compile(any_of(words.stop), re.I)
        self._drop = re.compile(rf"(?:{any_of(words.drops)})(?:\s+(?:{any_of(words.changes)}))*\s+(?=\S)", re.I)
        self._held = re.compile(any_of(words.held), re.I)
        self._bare = {slot.name: _bare(slot.words, words) for slot in spec.slots if slot.words}
        self._slots = {slot.name: _named(slot.words, words) for slot in spec.slots if slot.words}

    def stops(self, text: str) -> bool:
        """Whether a message clearly says that the form is to be closed."""
        return bool(self._stop.search(text.replace("’", "'")))

    def of_data(self, text: str) -> bool:
        """Whether a message speaks of what is held of a person."""
        return bool(self._held.search(text))

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
            plain = word.strip().strip(f"{EDGES},;").casefold()
            if plain in self._names.codes or plain in self._names.titles:
                length = place + 1
            elif not place or plain not in self._fillers:
                break
            if word.rstrip().endswith((",", ";", ".")):
                break
        return list(words[:length])

    def slot(self, text: str) -> str:
        """The slot that a message names and says nothing else of: "email", "change the name"."""
        return next((slot for slot, pattern in self._bare.items() if pattern.fullmatch(text.strip(EDGES))), "")

    def named(self, text: str) -> tuple[str, str]:
        """ "The company is Acme": the slot and its new value; empty where no slot is named."""
        for slot, pattern in self._slots.items():
            if match := pattern.match(text.strip()):
                return slot, match[1].strip(EDGES)
        return "", ""

    def corrected(self, text: str, known: Mapping[str, str]) -> dict[str, str]:
        """ "Sorry, .com not .org": the details that hold what was wrong, put right."""
        found = self._correction.search(text.casefold())
        if not found:
            return {}
        right, wrong = (part.strip(" .,!\"'") if len(part) > 4 else part.strip(",!\"'") for part in found.groups())
        held = {key: known[key] for key in ("email", "phone", "name", "company") if key in known}
        return {key: _put(value, wrong, right) for key, value in held.items() if wrong and wrong in value.casefold()}


def _named(slot: Sequence[str], words: FormWords) -> re.Pattern[str]:
    changes, becomes = any_of(words.changes), any_of(words.becomes)
    return re.compile(rf"(?:(?:{changes})[\s,]+)*(?:{any_of(slot)})\s*(?:{becomes})\s*(\S.*)$", re.I)


def _bare(slot: Sequence[str], words: FormWords) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{any_of(words.changes)})[\s,]+)*(?:{any_of(slot)})", re.I)


def _put(value: str, wrong: str, right: str) -> str:
    place = value.casefold().rindex(wrong)
    right = right.title() if value[place].isupper() else right
    return value[:place] + right + value[place + len(wrong) :]
