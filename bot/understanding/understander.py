"""A message becomes intents, courses and figures; or an honest Fallback."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.models.content import Knowledge
from bot.models.understanding import Context, Fallback, Intent, Understanding
from bot.understanding.classifier import IntentClassifier
from bot.understanding.intents import IntentFinder
from bot.understanding.language import Language
from bot.understanding.lessons import learnt
from bot.understanding.memory import Lesson, Memory
from bot.understanding.mend import Mender
from bot.understanding.named import MASK, Named
from bot.understanding.naming import NameFinder
from bot.understanding.normalise import BREAK
from bot.understanding.phrases import nth

_CODE = re.compile(r"[a-z]{2,5}-?\d{1,3}[a-z]?")


class Understander:
    """Compiles one snapshot of the knowledge; understanding itself changes nothing."""

    def __init__(self, knowledge: Knowledge, memory: Memory | None = None) -> None:
        codes = [(course.code or course.key).casefold() for course in knowledge.courses.values()]
        data = knowledge.vocabulary.data
        self._limits = knowledge.thresholds
        self._language = Language(data, codes)
        self._classifier = IntentClassifier(
            knowledge.intents, self._language.stem, self._language.concepts_of_stems
        )  # fmt: skip
        lesson = learnt(knowledge, self._language, self._classifier, memory)
        values = (value for spec in knowledge.facts.values() for value in spec.values)
        common = {*lesson.common, *self._language.concepts, *values}
        self._names = NameFinder(knowledge.courses, data, common, lesson.known, self._language.dictionary)
        self._known = lesson.known
        self._mender = self._make_mender(lesson)
        self._intents = IntentFinder(
            knowledge.intents, knowledge.thresholds, self._language, self._classifier, self._names, lesson.known
        )

    def _make_mender(self, lesson: Lesson) -> Mender:
        language, names, data = self._language, self._names.index, self._language.data
        words = {*lesson.seen, *language.concepts} | names.vocabulary | language.function | language.phrases.vocabulary
        words |= {str(word) for section in ("general", "numbers") for word in data.get(section, ())}
        return Mender(
            words, language.function.union(lesson.known), names.vocabulary, language.dictionary, names.nearest_code,
            lambda: names.written, data.get("spellings", {}),
        )  # fmt: skip

    def warm(self) -> None:
        """Load now what is otherwise loaded on first use."""
        self._mender.warm()
        self._classifier.warm(self._known)
        _ = self._names.index.exams, self._names.index.written

    def understand(self, text: str, context: Context) -> Understanding | Fallback:
        return self._understand(text, context, None)

    def explain(self, text: str, context: Context) -> dict[str, Any]:
        """Every step with its figures, for `why`."""
        trace: dict[str, Any] = {}
        heard = self._understand(text, context, trace)
        if isinstance(heard, Fallback):
            trace |= {"decision": f"fallback: {heard.reason}", "nearest": list(heard.nearest)}
        else:
            trace["decision"] = [f"{intent.name} {intent.confidence:.2f}" for intent in heard.intents]
        return trace

    def _understand(self, text: str, context: Context, trace: dict[str, Any] | None) -> Understanding | Fallback:
        phrases, cutter = self._language.phrases, self._language.cutter
        words = self._language.normaliser.words(text)
        if phrases.is_foreign(words, self._limits["foreign"]):
            return Fallback(text, "language")
        mended, changes = self._mender.mend(words)
        said = " ".join(mended)
        found = self._names.find(mended, context.courses, context.choices)
        named = self._choose(found, context.choices or context.shown, context.courses)
        if trace is not None:
            trace |= {"words": words, "mended": changes, "names": named.spans, "masked": " ".join(named.words)}
        elsewhere = phrases.other_vendor(mended) or self._unknown_code(named)
        other = elsewhere or named.unknown
        if other and not named.sure and (elsewhere or not named.courses):
            return Fallback(said, "unknown_course", name=other.upper())
        relation, named.words = phrases.relation(named.words)
        plain = [word for word in named.words if word != BREAK]
        answer, bare = phrases.answer(named.words)
        heard = Understanding(
            said, (), tuple(named.courses), named.candidates, self._language.figures.read(plain), relation,
            phrases.ordinal(plain), answer, bare, "?" in text or cutter.asks(plain), self._topics(mended),
            unknown=other.upper(),
        )  # fmt: skip
        if bare or self._only_names(heard, plain):
            return heard
        if not plain:
            return Fallback(said, "no_match")
        asked = self._intents.asked(named, bool(context.courses), trace)
        if context.courses and self._leans(heard, plain, asked):
            return heard
        return self._intents.judged(heard, asked, named, context, trace)

    def _unknown_code(self, named: Named) -> str:
        """What looks like the code of a course and is none of ours: "AZ-400"."""
        return next((word for word in named.words if _CODE.fullmatch(word) and not self._mender.knows(word)), "")

    def _choose(self, named: Named, choices: Sequence[str], focus: Sequence[str]) -> Named:
        """ "How long is the second one": the second of what was shown."""
        found = self._language.phrases.chosen(named.words) if choices and not named.courses else None
        if found is None:
            return named
        place, number = found
        if named.words[max(0, place - 1)] in self._language.pointing:
            choices = focus  # "that last one": of those just talked about
        if (key := nth(choices, number)) is None:
            return named
        words = [*named.words[:place], MASK, *named.words[place + 1 :]]
        return replace(named, words=words, courses=[key], candidates=())

    def _only_names(self, heard: Understanding, words: Sequence[str]) -> bool:
        """Nothing but names (or an ordinal) and words that add nothing."""
        filler = self._language.phrases.is_filler
        return _points(heard) and all(word == MASK or filler(word) or heard.ordinal for word in words)

    def _leans(self, heard: Understanding, words: Sequence[str], asked: Sequence[Intent]) -> bool:
        """Whether a message names something and asks nothing of its own: "psm then, does it have them", "and in psk how
        many"."""
        bar = self._limits["about" if self._language.cutter.asks(words) else "beside_sure"]
        least = max(intent.confidence for intent in asked) < bar
        return least and _points(heard) and self._language.only(words, self._language.called)

    def _topics(self, words: Sequence[str]) -> tuple[str, ...]:
        """Words that courses are about, for filters of the catalogue."""
        subjects = self._names.subjects
        return tuple(dict.fromkeys(part for word in words for part in word.split(".") if part in subjects))


def _points(heard: Understanding) -> bool:
    """Whether it names a course, or one of those shown."""
    return bool(heard.courses or heard.candidates or heard.ordinal or heard.relates == "previous")
