"""A message becomes intents, courses and figures; or an honest Fallback."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from bot.models.content import Knowledge
from bot.models.understanding import Context, Fallback, Intent, Understanding
from bot.understanding.classifier import IntentClassifier
from bot.understanding.clauses import Clause, Cutter
from bot.understanding.figures import FigureReader
from bot.understanding.mend import Mender
from bot.understanding.names import MASK, Named, NameIndex
from bot.understanding.normalise import BREAK, Normaliser
from bot.understanding.phrases import Phrases

OTHER = "out_of_scope"
"""The class of authored negatives."""

ASKING = ("fact", "commercial", "catalogue")
"""Kinds of intent of which one message may hold several."""


class Understander:
    """Compiles one snapshot of the knowledge; understanding itself changes nothing."""

    def __init__(self, knowledge: Knowledge) -> None:
        data = knowledge.vocabulary.data
        self._knowledge = knowledge
        self._limits = knowledge.thresholds
        self._normaliser = Normaliser(data.get("spellings", {}))
        self._function = frozenset(data.get("function_words", "").split())
        self._concepts: dict[str, list[str]] = {}
        for concept, words in data.get("concepts", {}).items():
            for word in words:
                self._concepts.setdefault(str(word), []).append(concept)
        self._figures = FigureReader(data)
        self._phrases = Phrases(data)
        self._cutter = Cutter(data)
        rows = self._rows()
        self._classifier = IntentClassifier(rows, self._expand)
        spread = Counter(word for name, texts in rows.items() if self._asks(name) for word in set().union(*texts))
        common = {word for word, count in spread.items() if count > 1} | set(self._concepts)
        common |= {value for spec in knowledge.facts.values() for value in spec.values}
        kinds = (knowledge.intents[label].kind for label in self._classifier.labels)
        self._apart = [place for place, kind in enumerate(kinds) if kind in ("out_of_scope", "conversation")]
        self._names = NameIndex(knowledge.courses, data, common)
        known = {word for name, texts in rows.items() if name != OTHER for text in texts for word in text}
        self._domain = (known | set(self._concepts)) - self._function
        self._mender = self._make_mender(rows, known)

    def _make_mender(self, rows: dict[str, list[list[str]]], known: set[str]) -> Mender:
        data = self._knowledge.vocabulary.data
        seen = {word for texts in rows.values() for text in texts for word in text}
        words = seen | self._names.vocabulary | self._function | set(self._concepts) | self._phrases.vocabulary
        words |= {str(word) for section in ("general", "numbers") for word in data.get(section, ())}
        return Mender(words, known | self._function, data.get("dictionary", "en"), self._names.nearest_code)

    def _asks(self, name: str) -> bool:
        return self._knowledge.intents[name].kind in ("fact", "commercial")

    def _rows(self) -> dict[str, list[list[str]]]:
        """Examples and cues of every intent as words, the course masked."""
        rows = {}
        for name, spec in self._knowledge.intents.items():
            texts = (
                self._normaliser.words(text.replace("{course}", f" {MASK} ")) for text in (*spec.examples, *spec.cues)
            )
            rows[name] = [[word for word in text if word != BREAK] for text in texts]
        return rows

    def _expand(self, words: Sequence[str]) -> list[str]:
        return [concept for word in words for concept in self._concepts.get(word, ())]

    def warm(self) -> None:
        """Load now what is otherwise loaded on first use."""
        self._mender.warm()
        self._names.warm()

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
        named = self._choose(self._names.find(mended, context.courses), context.choices)
        if trace is not None:
            trace |= {"words": words, "mended": changes, "names": named.spans, "masked": " ".join(named.words)}
        other = self._phrases.other_vendor(mended)
        if other and not named.sure:
            return Fallback(text, "unknown_course", name=other.upper())
        plain = [word for word in named.words if word != BREAK]
        if not plain:
            return Fallback(text, "no_match")
        heard = Understanding(
            " ".join(mended), (), tuple(named.courses), named.candidates, self._figures.read(plain),
            self._phrases.relation(plain), self._phrases.ordinal(plain), self._phrases.answer(plain),
            self._topics(mended),
        )  # fmt: skip
        if heard.answer or self._only_names(heard, plain):
            return heard
        return self._judge(heard, self._asked(named, trace), named, context, trace)

    def _choose(self, named: Named, choices: Sequence[str]) -> Named:
        """ "How long is the second one": the second of what was shown."""
        found = self._phrases.chosen(named.words) if choices and not named.courses else None
        if found is None:
            return named
        place, number = found
        index = number - 1 if number > 0 else number
        if -len(choices) <= index < len(choices):
            words = [*named.words[:place], MASK, *named.words[place + 2 :]]
            return replace(named, words=words, courses=[choices[index]], candidates=())
        return named

    def _only_names(self, heard: Understanding, words: Sequence[str]) -> bool:
        """Nothing but names (or an ordinal) and words that add nothing."""
        rest = all(word == MASK or self._phrases.is_filler(word) for word in words)
        return rest and bool(heard.courses or heard.candidates or heard.ordinal)

    def _topics(self, words: Sequence[str]) -> tuple[str, ...]:
        """Words that courses are about, for filters of the catalogue."""
        subjects = self._names.subjects
        return tuple(dict.fromkeys(word for word in words if word in subjects))

    # Which intents

    def _asked(self, named: Named, trace: dict[str, Any] | None) -> list[Intent]:
        """The intents of the clauses where several are asked, else that of the whole message; never empty. Of small
        talk what is said last counts: "changed my mind, delete my details"."""
        whole = self._best(Clause(tuple(word for word in named.words if word != BREAK)), named, trace)
        if self._knowledge.intents[whole.name].kind == "catalogue" and whole.confidence >= self._limits["clause"]:
            return [whole]
        found: dict[str, Intent] = {}
        said: Intent | None = None
        parts = self._cutter.clauses(named.words)
        for clause in parts if len(parts) > 1 else ():
            intent = self._best(clause, named, None)
            wanted = self._limits["fragment" if clause.short else "clause"]
            asking = ("commercial",) if clause.tells else ASKING
            kind = self._knowledge.intents[intent.name].kind
            if intent.confidence >= wanted and kind in asking:
                found.setdefault(intent.name, intent)
            elif intent.confidence >= wanted and kind == self._knowledge.intents[whole.name].kind == "conversation":
                said = intent
        if trace is not None:
            trace["clauses"] = [" ".join(clause.words) for clause in parts]
        if len(found) > 1 or (found and whole.confidence < self._limits["clause"]):
            return list(found.values())
        return [whole if said is None else said]

    def _best(self, clause: Clause, named: Named, trace: dict[str, Any] | None) -> Intent:
        scores = self._classifier.scores(clause.words)
        labels = self._classifier.labels
        if named.courses or named.candidates:
            scores[self._apart] *= self._limits["other_beside_name"]
        best = int(scores.argmax())
        searched = self._knowledge.intents[labels[best]].kind == "catalogue"
        coverage = self._coverage(clause.words, bool(named.courses or named.candidates), searched)
        if trace is not None:
            order = scores.argsort()[::-1][:5]
            trace["scores"] = {labels[i]: round(float(scores[i]), 3) for i in order}
            trace["carried by"] = self._classifier.carried(clause.words, labels[best])
            trace["coverage"] = round(coverage, 2)
            trace["nearest"] = [labels[i] for i in order[:4]]
        share = 1.0 if labels[best] == OTHER else coverage
        said = " ".join(word for word in clause.words if word != MASK)
        return Intent(labels[best], max(0.0, float(scores[best]) * share), said)

    def _coverage(self, words: Sequence[str], named: bool, searched: bool) -> float:
        """How much of what is said the domain knows: for a search also what the pages speak of. A course's name is a
        known word itself, and beside it unknown ones weigh less."""
        content = [word for word in words if word not in self._function and word != MASK]
        if not content:
            return 1.0
        known = sum(
            word in self._domain or word[0].isdigit() or (searched and self._names.on_a_page(word)) for word in content
        )
        power = self._limits["coverage_beside_name" if named else "coverage"]
        return float(((known + named) / (len(content) + named)) ** power)

    def _judge(
        self, heard: Understanding, asked: list[Intent], named: Named, context: Context, trace: dict[str, Any] | None
    ) -> Understanding | Fallback:
        best = max(asked, key=lambda intent: intent.confidence)
        place: Literal["answer_named", "answer_context", "answer_alone"] = "answer_alone"
        if named.courses or named.candidates:
            place = "answer_named"
        elif context.courses:
            place = "answer_context"
        wanted = self._limits[place]
        if trace is not None:
            trace |= {"threshold": f"{wanted} ({place})", "confidence": round(best.confidence, 3)}
        sure = tuple(intent for intent in asked if intent.confidence >= wanted and intent.name != OTHER)
        chosen = set(heard.courses) & set(context.choices) and not self._cutter.asks(named.words)
        if chosen and best.confidence < self._limits["beside_choice"]:
            return heard
        if sure:
            return replace(heard, intents=sure)
        if best.name == OTHER:
            return Fallback(heard.text, "out_of_scope", courses=heard.courses, confidence=best.confidence)
        near = self._nearest(named) if best.confidence >= self._limits["offer"] else ()
        return Fallback(heard.text, "no_match", near, heard.courses, confidence=best.confidence)

    def _nearest(self, named: Named) -> tuple[str, ...]:
        scores = self._classifier.scores([word for word in named.words if word != BREAK])
        names = [self._classifier.labels[i] for i in scores.argsort()[::-1][:4]]
        return tuple(name for name in names if name != OTHER)[:3]
