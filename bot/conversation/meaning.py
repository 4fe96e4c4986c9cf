"""What a message means while the lead form is open: a detail, a question, another course, the wish once more."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.conversation.answers import Said
from bot.conversation.form import Form
from bot.models.content import Knowledge
from bot.models.conversation import OpenForm
from bot.models.understanding import Fallback, Understanding


@dataclass(frozen=True, slots=True)
class Meaning:
    """Sets what was understood against the open question."""

    knowledge: Knowledge
    form: Form

    def said(self, text: str, heard: Understanding | Fallback, opened: OpenForm, left: bool) -> Said:
        asks = not left and self._asks(heard, text, opened)
        if isinstance(heard, Fallback):
            lone = not asks and len(text.split()) == 1  # "Bob", "lol": no question, and nothing to go by
            return Said(text, asks, "yes" if self.form.agrees(text) else "", unclear=lone)
        unclear = not (heard.intents or heard.courses or heard.candidates or heard.ordinal or heard.relates)
        return Said(text, asks, heard.answer, heard.bare, unclear, self._wishes(heard, text, opened))

    def names_course(self, heard: Understanding | Fallback, text: str, opened: OpenForm) -> bool:
        """Whether a message only names the course of an enquiry that has none; or another one, to put it right or at
        the read-back."""
        if not heard.courses:
            return False
        if isinstance(heard, Understanding) and heard.relates == "correction" and (opened.consent or heard.answer):
            # "Ok, change it to PSM" agrees to nothing else; "make it quick, how long is PSK" changes nothing.
            return not (heard.intents or "?" in text or self.form.tells(text))
        if not self.form.complete(opened):
            return not opened.courses and isinstance(heard, Understanding) and not heard.intents
        asks = isinstance(heard, Understanding) and heard.intents and self._asks(heard, text, opened)
        return not (asks or "?" in text or self.form.tells(text))

    def changed(self, heard: Understanding | Fallback, text: str, opened: OpenForm) -> tuple[tuple[str, ...], str]:
        """The courses of the enquiry, without those that are taken off it ("remove PSK") and with those that stand
        beside details; and the text without what was taken off."""
        if "?" in text or self._of_catalogue(heard):
            return opened.courses, text
        reader = self.form.reader
        span, rest = reader.changes.dropped(text)
        if not span:
            codes = reader.read(text).codes if self.form.tells(text) else []
            codes = reader.names.codes_in(text) if self._only_adds(text) else codes
            return tuple(dict.fromkeys((*opened.courses, *self._of_codes(codes)))), text
        elsewhere, complete = self._of_codes(reader.names.codes_in(rest)), self.form.complete(opened)
        if not (complete or elsewhere or self.form.tells(rest)) and reader.read(rest).parts:
            return opened.courses, text  # "without PSK content, please" is a note
        named = heard.courses
        if complete and not named and isinstance(heard, Understanding):
            named = heard.candidates  # "the kanban course": that one of them which the enquiry is about
        # "Not PSM II" names another course than its first word: what was understood goes before the bare code.
        off = [key for key in named if key not in elsewhere] or self._of_codes(reader.names.codes_in(span))
        if not off:
            return opened.courses, text
        added = [key for key in elsewhere if key in heard.courses]
        return tuple(key for key in dict.fromkeys((*opened.courses, *added)) if key not in off), rest

    def _only_adds(self, text: str) -> bool:
        """ "Also PSK", "and the PSPO too"."""
        words = [word.strip(" .,!").casefold() for word in text.split()]
        codes, adds = self.form.reader.names.codes, self.form.spec.words.adds
        return not set(adds).isdisjoint(words) and all(word in codes or word in adds for word in words)

    def _of_codes(self, codes: Iterable[str]) -> list[str]:
        courses = {(course.code or key).casefold(): key for key, course in self.knowledge.courses.items()}
        return [courses[code] for code in codes if code in courses]

    def _of_catalogue(self, heard: Understanding | Fallback) -> bool:
        """Whether a message asks something of the catalogue: "remove PSK, how long is PSM"."""
        if isinstance(heard, Fallback):
            return False
        kinds = {self.knowledge.intents[name].kind for name in intents_of(heard)}
        clear = heard.question or heard.confidence >= self.knowledge.thresholds["beside_form"]
        return clear and bool(kinds & {"fact", "catalogue"})

    def _asks(self, heard: Understanding | Fallback, text: str, opened: OpenForm) -> bool:
        """Whether a message asks something. "For October, three people" is a detail, whatever it reminds of."""
        named = self.form.names_somebody(opened, text) or self.form.reader.names.typed(text)
        if named and not heard.courses:
            return False
        free = self.form.wants_words(opened)
        if isinstance(heard, Fallback):
            data = self.knowledge.vocabulary.data
            asking = data.get("question_words", "").split()
            if not free:  # "can you call after 5" is a note where one was asked for
                asking += data.get("inverted", "").split()
            return "?" in text or heard.text.casefold().partition(" ")[0] in asking
        kinds = {self.knowledge.intents[intent.name].kind for intent in heard.intents}
        if self._wishes(heard, text, opened) and "?" not in text:
            return False
        limits, tells = self.knowledge.thresholds, self.form.tells(text)
        clear = heard.confidence >= limits["beside_form"]
        question = heard.question and (not tells or "?" in text or heard.confidence >= limits["clause"])
        named = bool(heard.courses) and not kinds and self.form.personal(opened)
        small = "conversation" in kinds and not tells and (clear or (not free and heard.confidence >= limits["clause"]))
        return named or small or bool(kinds and (question or clear))

    def _wishes(self, heard: Understanding, text: str, opened: OpenForm) -> bool:
        """Whether it only says once more what the form is open for, after consent or beside details."""
        wishes = [self.knowledge.form.wishes.get(intent.name) for intent in heard.intents]
        known = (*opened.wishes, "call_back")
        told = opened.consent is not None or self.form.tells(text)
        return told and bool(wishes) and all(wish in known for wish in wishes)


def intents_of(heard: Understanding | Fallback) -> set[str]:
    return {intent.name for intent in heard.intents} if isinstance(heard, Understanding) else set()
