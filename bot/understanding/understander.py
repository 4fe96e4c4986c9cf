"""A message becomes intents, courses and figures; or an honest Fallback."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from bot.models.content import Knowledge
from bot.models.understanding import Context, Fallback, Intent, Understanding
from bot.understanding.classifier import IntentClassifier
from bot.understanding.clauses import Clause, Cutter
from bot.understanding.figures import FigureReader
from bot.understanding.memory import Lesson, Memory
from bot.understanding.mend import Mender
from bot.understanding.naming import MASK, Named, NameFinder
from bot.understanding.normalise import BREAK, NUMERALS, Normaliser
from bot.understanding.phrases import Phrases
from bot.understanding.stems import stemmer

OTHER = "out_of_scope"
"""The class of authored negatives."""

NUMBER = "0"
"""Stands for any figure: "is it 3 days" and "is it 5 days" ask the same."""

SEARCH = "search_courses"
"""What a fact asked of several courses comes to: "which ones have no exam"."""

ABOUT = "overview"
"""What words that ask for nothing in particular are nearest to."""

_CODE = re.compile(r"[a-z]{2,5}-?\d{1,3}[a-z]?")

ASKING = ("fact", "commercial", "catalogue")
"""Kinds of intent of which one message may hold several."""


class Understander:
    """Compiles one snapshot of the knowledge; understanding itself changes nothing."""

    def __init__(self, knowledge: Knowledge, memory: Memory | None = None) -> None:
        data = knowledge.vocabulary.data
        self._knowledge = knowledge
        self._limits = knowledge.thresholds
        codes = {(course.code or course.key).casefold() for course in knowledge.courses.values()}
        self._normaliser = Normaliser(data.get("spellings", {}), codes | NUMERALS)
        self._function = frozenset(data.get("function_words", "").split())
        naming = data.get("naming", {})
        exam = frozenset(naming.get("exam", "").split())
        self._kinds = frozenset(naming.get("called", "").split()) - exam
        self._called = self._kinds | frozenset(naming.get("plain", "").split())
        self._exam, self._exam_asked = exam | self._called, frozenset(naming.get("exam_asked", "").split())
        self._pointing = frozenset(data.get("ordinal_of_talk", "").split())
        self._stem = stemmer(data)
        told, concepts = self._read_concepts()
        self._figures = FigureReader(data)
        self._phrases = Phrases(data, self._normaliser)
        self._cutter = Cutter(data)
        self._classifier = IntentClassifier(knowledge.intents, self._stem, concepts)
        lesson = self._lesson(memory)
        common = {*lesson.common, *told, *(value for spec in knowledge.facts.values() for value in spec.values)}
        kinds = {name: knowledge.intents[name].kind for name in self._classifier.labels}
        self._apart = _places(kind in ("out_of_scope", "conversation") for kind in kinds.values())
        self._choosing = _places(kind == "catalogue" and name != "compare" for name, kind in kinds.items())
        reported = [knowledge.intents[name].reported_as or name for name in self._classifier.labels]
        self._others = [_places(name != own for name in reported) for own in reported]
        self._names = NameFinder(knowledge.courses, data, common, lesson.known)
        self._known = lesson.known
        self._domain = frozenset(map(self._stem, {*lesson.known, *told} - self._function))
        self._mender = self._make_mender(lesson, told)

    def _lesson(self, memory: Memory | None) -> Lesson:
        """What the examples teach; the classifier uses it from now on."""
        intents = self._knowledge.intents
        told = [(name, spec.kind, spec.examples, spec.cues) for name, spec in intents.items()]
        key = (told, self._knowledge.vocabulary.data)
        if memory and (lesson := memory.recall(key)):
            self._classifier.use(lesson.learnt)
            return lesson
        rows = self._rows()
        words = {name: set(chain.from_iterable(texts)) for name, texts in rows.items()}
        known = sorted(set().union(*(found for name, found in words.items() if name != OTHER)))
        spread = Counter(chain.from_iterable(found for name, found in words.items() if self._asks(name)))
        common = sorted(word for word, count in spread.items() if count > 1)
        lesson = Lesson(self._classifier.learn(rows), known, sorted(set().union(*words.values())), common)
        if memory:
            memory.keep(key, lesson)
        return lesson

    def _make_mender(self, lesson: Lesson, told: set[str]) -> Mender:
        data = self._knowledge.vocabulary.data
        words = {*lesson.seen, *told} | self._names.index.vocabulary | self._function | self._phrases.vocabulary
        words |= {str(word) for section in ("general", "numbers") for word in data.get(section, ())}
        names, common = self._names.index, self._function.union(lesson.known)
        return Mender(
            words, common, data.get("dictionary", "en"), names.nearest_code, lambda: names.written,
            data.get("spellings", {}),
        )  # fmt: skip

    def _asks(self, name: str) -> bool:
        return self._knowledge.intents[name].kind in ("fact", "commercial")

    def _rows(self) -> dict[str, list[list[str]]]:
        """Examples and cues of every intent as words, the course masked."""
        rows = {}
        for name, spec in self._knowledge.intents.items():
            texts = (
                self._normaliser.words(text.replace("{course}", f" {MASK} ")) for text in (*spec.examples, *spec.cues)
            )
            rows[name] = [self._plain(text) for text in texts]
        return rows

    def _plain(self, words: Sequence[str]) -> list[str]:
        """Without breaks, and without what people say while they think, unless they say nothing else."""
        said = (NUMBER if word.replace(".", "").isdecimal() else word for word in self._phrases.without_noise(words))
        telling = self._one_name(said)
        return telling if any(word != MASK for word in telling) else [word for word in words if word != BREAK]

    def _one_name(self, words: Iterable[str]) -> list[str]:
        """A name with its kind ("the PSK class") is a name, and several courses asked one thing are like one: "the pass
        mark of PSK and SPS"."""
        kept: list[str] = []
        for word in words:
            if word == MASK and kept[-2:] == [MASK, "and"]:
                kept.pop()
            elif kept[-1:] == [MASK] and (word == MASK or (word in self._kinds and kept[-2:-1] == ["the"])):
                continue
            else:
                kept.append(word)
        return kept

    def _read_concepts(self) -> tuple[set[str], dict[str, list[str]]]:
        """The words that have a concept, and the concepts by stem."""
        told: set[str] = set()
        by_stem: dict[str, list[str]] = {}
        for concept, listed in self._knowledge.vocabulary.data.get("concepts", {}).items():
            words = [part for word in listed for part in self._normaliser.words(str(word))]
            told.update(words)
            for stem in dict.fromkeys(map(self._stem, words)):
                by_stem.setdefault(stem, []).append(concept)
        return told, by_stem

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
        words = self._normaliser.words(text)
        if self._phrases.is_foreign(words, self._limits["foreign"]):
            return Fallback(text, "language")
        mended, changes = self._mender.mend(words)
        found = self._names.find(mended, context.courses, context.choices)
        named = self._choose(found, context.choices or context.shown, context.courses)
        if trace is not None:
            trace |= {"words": words, "mended": changes, "names": named.spans, "masked": " ".join(named.words)}
        elsewhere = self._phrases.other_vendor(mended) or self._unknown_code(named)
        other = elsewhere or named.unknown
        if other and not named.sure and (elsewhere or not named.courses):
            return Fallback(text, "unknown_course", name=other.upper())
        relation, named.words = self._phrases.relation(named.words)
        plain = [word for word in named.words if word != BREAK]
        answer, bare = self._phrases.answer(named.words)
        heard = Understanding(
            " ".join(mended), (), tuple(named.courses), named.candidates, self._figures.read(plain), relation,
            self._phrases.ordinal(plain), answer, bare, "?" in text or self._cutter.asks(plain), self._topics(mended),
            unknown=other.upper(),
        )  # fmt: skip
        if bare or self._only_names(heard, plain):
            return heard
        if not plain:
            return Fallback(text, "no_match")
        asked = self._asked(named, bool(context.courses), trace)
        if context.courses and self._leans(heard, plain, max(intent.confidence for intent in asked)):
            return heard
        return self._judge(heard, asked, named, context, trace)

    def _leans(self, heard: Understanding, words: Sequence[str], confidence: float) -> bool:
        """Whether a message names something and asks nothing of its own: "psm then, does it have them", "and in psk how
        many"; a question word asks for something where an intent is near."""
        if not (heard.courses or heard.candidates or heard.ordinal or heard.relates == "previous"):
            return False
        told = all(word == MASK or word in self._function or word in self._called for word in words)
        return told and confidence < self._limits["answer_named" if self._cutter.asks(words) else "leaning"]

    def _empty(self, words: Sequence[str], name: str) -> bool:
        """A clause that asks nothing beside another: "psm: ...", "..., what is it"."""
        return self._idle(words) or (name == ABOUT and MASK not in words)

    def _idle(self, words: Sequence[str]) -> bool:
        """Nothing but names and words that carry no topic, and no question word among them."""
        return self._only_of(words, self._called)

    def _only_of(self, words: Sequence[str], others: Container[str]) -> bool:
        """Nothing but names, function words and the others; and no question word."""
        told = all(word in (MASK, BREAK) or word in self._function or word in others for word in words)
        return told and not self._cutter.asks(words)

    def _unknown_code(self, named: Named) -> str:
        """What looks like the code of a course and is none of ours: "AZ-400"."""
        return next((word for word in named.words if _CODE.fullmatch(word) and not self._mender.knows(word)), "")

    def _choose(self, named: Named, choices: Sequence[str], focus: Sequence[str]) -> Named:
        """ "How long is the second one": the second of what was shown."""
        found = self._phrases.chosen(named.words) if choices and not named.courses else None
        if found is None:
            return named
        place, number = found
        if named.words[max(0, place - 1)] in self._pointing:
            choices = focus  # "that last one": of those just talked about
        index = number - 1 if number > 0 else number
        if -len(choices) <= index < len(choices):
            words = [*named.words[:place], MASK, *named.words[place + 1 :]]
            return replace(named, words=words, courses=[choices[index]], candidates=())
        return named

    def _only_names(self, heard: Understanding, words: Sequence[str]) -> bool:
        """Nothing but names (or an ordinal) and words that add nothing."""
        rest = all(word == MASK or self._phrases.is_filler(word) or heard.ordinal for word in words)
        return rest and bool(heard.courses or heard.candidates or heard.ordinal or heard.relates == "previous")

    def _topics(self, words: Sequence[str]) -> tuple[str, ...]:
        """Words that courses are about, for filters of the catalogue."""
        subjects = self._names.subjects
        return tuple(dict.fromkeys(part for word in words for part in word.split(".") if part in subjects))

    # Which intents

    def _asked(self, named: Named, talking: bool, trace: dict[str, Any] | None) -> list[Intent]:
        """The intents of the clauses where several are asked, else that of the whole message; never empty. `talking`:
        of a course, which a question without a name is about more likely than the catalogue."""
        about = talking and not self._phrases.of_several(named.words)
        whole = self._best(Clause(tuple(named.words)), named, trace, about)
        kind = self._knowledge.intents[whole.name].kind
        if kind == "fact" and not named.courses and not named.candidates and self._phrases.of_several(named.words):
            return [replace(whole, name=SEARCH)]
        if kind == "catalogue" and whole.confidence >= self._limits["clause"]:
            return [whole]
        parts = self._cutter.clauses(named.words)
        if trace is not None:
            trace["clauses"] = [" ".join(clause.words) for clause in parts]
        found, setting = self._in_clauses(parts, whole, named) if len(parts) > 1 else ({}, set())
        unsure = whole.confidence < self._limits["sure" if whole.name == OTHER else "clause"]
        if len(found) > 1 or (found and (unsure or whole.name in setting)):
            return list(found.values())
        return [whole]

    def _in_clauses(self, parts: Sequence[Clause], whole: Intent, named: Named) -> tuple[dict[str, Intent], set[str]]:
        """What each clause asks, and what only set the scene for it: "psm exam, minimum score"."""
        found: dict[str, Intent] = {}
        setting: set[str] = set()
        for clause, following in zip_longest(parts, parts[1:]):
            intent = self._best(clause, named, None)
            wanted = self._limits["fragment" if clause.short else "clause"]
            if whole.confidence >= self._limits["sure"]:
                wanted = max(wanted, self._limits["beside_sure"])
            asking = ("commercial",) if clause.tells else ASKING
            kind = self._knowledge.intents[intent.name].kind
            if intent.confidence >= wanted and kind in asking and not self._empty(clause.words, intent.name):
                known = intent.name in found
                found.setdefault(intent.name, intent)
                if not known and self._only_of(clause.words, self._exam) and following and not following.joined:
                    setting.add(intent.name)
        if not self._exam_asked.intersection(found) - setting:
            return found, set()
        return {name: intent for name, intent in found.items() if name not in setting}, setting

    def _best(self, clause: Clause, named: Named, trace: dict[str, Any] | None, about: bool = False) -> Intent:
        words = self._plain(clause.words)
        scores = self._classifier.scores(words)
        labels = self._classifier.labels
        if named.courses or named.candidates:
            scores[self._apart] *= self._limits["other_beside_name"]
        if named.courses or named.candidates or about:
            scores[self._choosing] *= self._limits["choosing_beside_name"]
        best = int(scores.argmax())
        searched = self._knowledge.intents[labels[best]].kind == "catalogue"
        coverage = self._coverage(words, bool(named.courses or named.candidates), searched)
        if trace is not None:
            order = scores.argsort()[::-1][:5]
            trace["scores"] = {labels[i]: round(float(scores[i]), 3) for i in order}
            trace["carried by"] = self._classifier.carried(words, labels[best])
            trace["coverage"] = round(coverage, 2)
            trace["nearest"] = [labels[i] for i in order[:4]]
        share = 1.0 if labels[best] == OTHER else coverage
        said = " ".join(word for word in clause.words if word not in (MASK, BREAK))
        margin = float(scores[best] - scores[self._others[best]].max())
        return Intent(labels[best], min(1.0, max(0.0, float(scores[best]) * share)), said, margin)

    def _coverage(self, words: Sequence[str], named: bool, searched: bool) -> float:
        """How much of what is said the domain knows: for a search also what the pages speak of. A course's name is a
        known word itself, and beside it unknown ones weigh less; function words count for little."""
        content = [word for word in words if word not in self._function and word != MASK]
        if not content:
            return 1.0
        written = self._names.index.written if searched else ()
        unknown = sum(
            not (self._stem(word) in self._domain or word[0].isdigit() or word.split(".")[0] in written)
            for word in content
        )
        whole = len(content) + named + self._limits["coverage_function"] * (len(words) - len(content))
        power = self._limits["coverage_beside_name" if named else "coverage"]
        return float((1 - unknown / whole) ** power)

    def _judge(
        self, heard: Understanding, asked: list[Intent], named: Named, context: Context, trace: dict[str, Any] | None
    ) -> Understanding | Fallback:
        best = max(asked, key=lambda intent: intent.confidence)
        leaning = self._asks(best.name)
        place: Literal["answer_named", "answer_context", "answer_alone"] = "answer_alone"
        if named.courses or named.candidates:
            place = "answer_named"
        elif context.courses and leaning:
            place = "answer_context"
        wanted = self._limits[place]
        if trace is not None:
            trace |= {"threshold": f"{wanted} ({place})", "confidence": round(best.confidence, 3)}
        bars = {ABOUT: max(wanted, self._limits["about"])}
        sure = tuple(
            intent for intent in asked if intent.name != OTHER and intent.confidence >= bars.get(intent.name, wanted)
        )
        chosen = set(heard.courses) & set(context.choices) and not self._cutter.turned(named.words)
        if chosen and best.confidence < self._limits["beside_choice"]:
            return heard
        if len(sure) == 1 and sure[0].margin < self._limits["margin"] and not self._is_talk(sure[0].name):
            if SEARCH in self._nearest(named)[:2] and not named.courses:  # "stuff that needs no prior knowledge"
                return replace(heard, intents=(replace(sure[0], name=SEARCH),))
            both = self._both(sure[0], named)
            if both:
                return replace(heard, intents=both)
            return Fallback(heard.text, "ambiguous", self._nearest(named), heard.courses, confidence=best.confidence)
        if sure:
            return replace(heard, intents=sure)
        if best.name == OTHER:
            return Fallback(heard.text, "out_of_scope", courses=heard.courses, confidence=best.confidence)
        near = self._nearest(named) if best.confidence >= self._limits["offer"] else ()
        return Fallback(heard.text, "no_match", near, heard.courses, confidence=best.confidence)

    def _is_talk(self, name: str) -> bool:
        """A word of thanks or leave, of which the nearest does as well as the next."""
        return self._knowledge.intents[name].kind == "conversation"

    def _both(self, first: Intent, named: Named) -> tuple[Intent, ...]:
        """Two facts that are asked in one breath: "a certificate or PDUs"."""
        second = next(iter(self._nearest(named)[1:]), "")
        if second == ABOUT or (first.name == ABOUT and second and self._asks(second)):
            return (first,) if second == ABOUT else (replace(first, name=second),)
        asked = all(second and self._knowledge.intents[name].kind == "fact" for name in (first.name, second))
        return (first, replace(first, name=second)) if asked and first.confidence >= self._limits["clause"] else ()

    def _nearest(self, named: Named) -> tuple[str, ...]:
        scores = self._classifier.scores(self._plain(named.words))
        names = [self._classifier.labels[i] for i in scores.argsort()[::-1][:4]]
        return tuple(name for name in names if name != OTHER)[:3]


def _places(chosen: Iterable[bool]) -> npt.NDArray[np.intp]:
    return np.flatnonzero(np.fromiter(chosen, np.bool_))
