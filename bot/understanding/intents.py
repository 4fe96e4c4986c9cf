"""Which intents a message asks, and whether that is sure enough to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

import numpy as np

from bot.models.content import OF_A_COURSE, IntentSpec, Kind
from bot.models.understanding import Context, Fallback, Intent, Understanding
from bot.understanding.classifier import IntentClassifier
from bot.understanding.clauses import Clause
from bot.understanding.language import TOPIC, Language
from bot.understanding.lessons import OTHER
from bot.understanding.named import MASK, Named
from bot.understanding.naming import NameFinder
from bot.understanding.normalise import ADDRESS, BREAK

SEARCH = "search_courses"
"""What a fact asked of several courses comes to: "which ones have no exam"."""

COMPARE = "compare"
"""The one question on the catalogue that names its courses."""

ABOUT = "overview"
"""What words that ask for nothing in particular are nearest to."""

ASKING: tuple[Kind, ...] = (*OF_A_COURSE, "catalogue")
"""Kinds of intent of which one message may hold several."""


NEAR = 6
"""Intents among which the nearest ones to offer are looked for: a button that says "Goodbye" helps nobody."""


class IntentFinder:
    """Scores clauses, and holds the scores against the thresholds of the knowledge."""

    def __init__(
        self, specs: Mapping[str, IntentSpec], limits: Mapping[str, float], language: Language,
        classifier: IntentClassifier, names: NameFinder, known: Sequence[str],
    ) -> None:  # fmt: skip
        """`known` are words of the examples."""
        self._specs, self._limits, self._language = specs, limits, language
        self._classifier, self._names = classifier, names
        reported = np.array([specs[name].reported_as or name for name in classifier.labels])
        self._others = [np.flatnonzero(reported != own) for own in reported]
        choosing = [specs[name].kind == "catalogue" and name != COMPARE for name in classifier.labels]
        self._choosing = np.flatnonzero(choosing)
        self._asked_with = {*known, *language.concepts, *language.function, *language.titled}
        self._domain = frozenset(map(language.stem, {*known, *language.concepts} - language.function))

    # What is asked

    def asked(self, named: Named, talking: bool, trace: dict[str, Any] | None) -> list[Intent]:
        """The intents of the clauses where several are asked, else that of the whole message; never empty. `talking`:
        of a course, which a question without a name is about more likely than the catalogue."""
        several = self._language.phrases.of_several(named.words, talking)
        whole = self._best(Clause(tuple(named.words)), named, talking and not several, trace)
        kind = self._specs[whole.name].kind
        if kind == "fact" and several and not named.courses and not named.candidates:
            return [replace(whole, name=SEARCH)]
        if kind == "catalogue" and whole.confidence >= self._limits["clause"]:
            return [whole]
        parts = self._language.cutter.clauses(named.words)
        if trace is not None:
            trace["clauses"] = [" ".join(clause.words) for clause in parts]
        found, setting = self._in_clauses(parts, whole, named) if len(parts) > 1 else ({}, set())
        unsure = whole.confidence < self._limits["sure" if whole.name == OTHER else "clause"]
        if whole.name == OTHER and named.courses:  # "haha, was joking. length of psm"
            unsure |= any(intent.confidence >= self._limits["beside_sure"] for intent in found.values())
        if kind == "conversation":  # "hi, is psm online"
            unsure |= any(intent.confidence > whole.confidence for intent in found.values())
        if len(found) > 1 or (found and (unsure or whole.name in setting)):
            return list(found.values())
        return [whole]

    def _in_clauses(self, parts: Sequence[Clause], whole: Intent, named: Named) -> tuple[dict[str, Intent], set[str]]:
        """What each clause asks, and what only set the scene for it: "psm exam, minimum score"."""
        found: dict[str, Intent] = {}
        setting: set[str] = set()
        for clause, following in zip_longest(parts, parts[1:]):
            intent = self._best(clause, named, False, None)
            wanted = self._limits["fragment" if clause.short else "clause"]
            if whole.confidence >= self._limits["sure"] or clause.tells:
                wanted = max(wanted, self._limits["beside_sure"])
            asking = ("commercial",) if clause.tells else ASKING
            kind = self._specs[intent.name].kind
            if intent.confidence >= wanted and kind in asking and not self._empty(clause.words, intent.name):
                known = intent.name in found
                found.setdefault(intent.name, intent)
                asks = clause.short or self._language.cutter.turned(clause.words)
                scene = not asks or self._language.idle(clause.words, self._language.exam)
                if not known and scene and following and not following.joined:
                    setting.add(intent.name)
        setting &= self._language.exam_told
        if not self._language.exam_asked.intersection(found):
            return found, set()
        return {name: intent for name, intent in found.items() if name not in setting}, setting

    def _empty(self, words: Sequence[str], name: str) -> bool:
        """A clause that asks nothing beside another: "psm: ...", "..., what is it"."""
        counting = self._language.phrases.ordinal(words) is not None  # "first, is it online"
        return counting or self._language.idle(words) or (name == ABOUT and MASK not in words)

    def _best(self, clause: Clause, named: Named, talking: bool, trace: dict[str, Any] | None) -> Intent:
        words = self._plain(clause.words)
        scores, labels = self._classifier.scores(words), self._classifier.labels
        if talking or named.courses or named.candidates:
            scores[self._choosing] *= self._limits["choosing_beside_course"]
        best = int(scores.argmax())
        name = labels[best]
        coverage = self._coverage(words, bool(named.courses or named.candidates))
        if trace is not None:
            order = scores.argsort()[::-1][:5]
            trace["scores"] = {labels[i]: round(float(scores[i]), 3) for i in order}
            trace["carried by"] = self._classifier.carried(words, name)
            trace["coverage"] = round(coverage, 2)
        said = " ".join(word for word in clause.words if word not in (MASK, BREAK))
        rival = int(self._others[best][scores[self._others[best]].argmax()])
        score, second = float(scores[best]), float(scores[rival])
        sure = score - self._limits["rival"] * max(0.0, second)
        share = 1.0 if name == OTHER else coverage ** self._limits["coverage"]
        return Intent(name, min(1.0, max(0.0, sure * share)), said, score - second, labels[rival])

    def _plain(self, words: Sequence[str]) -> list[str]:
        """As the examples are learnt: words of the pages that nobody asks with are topics."""
        return self._language.plain([TOPIC if self._is_topic(word) else word for word in words])

    def _is_topic(self, word: str) -> bool:
        return word not in self._asked_with and word in self._names.index.written and word.isalpha()

    def _coverage(self, words: Sequence[str], named: bool) -> float:
        """How much of what is said the domain knows. A course's name is a known word itself; function words count for
        little."""
        content = [word for word in words if word not in self._language.function and word != MASK]
        if not content:
            return 1.0
        unknown = sum(not (self._language.stem(word) in self._domain or word[0].isdigit()) for word in content)
        return 1 - unknown / (len(content) + named + self._limits["coverage_function"] * (len(words) - len(content)))

    # Whether that is answered

    def judged(
        self, heard: Understanding, asked: Sequence[Intent], named: Named, context: Context,
        trace: dict[str, Any] | None,
    ) -> Understanding | Fallback:  # fmt: skip
        """`heard` with the intents that are sure; a Fallback where none is."""
        best = max(asked, key=lambda intent: intent.confidence)
        place = self._place(best, named, context)
        wanted = self._limits[place]
        if trace is not None:
            trace |= {"threshold": f"{wanted} ({place})", "confidence": round(best.confidence, 3)}
        about = max(wanted, self._limits["about"])
        sure = tuple(
            intent for intent in asked
            if intent.name != OTHER and intent.confidence >= (about if intent.name == ABOUT else wanted)
        )  # fmt: skip
        if self._only_chooses(heard, best, named, context):
            return heard
        if len(sure) == 1 and sure[0].margin < self._limits["margin"] and not self._is_talk(sure[0].name):
            sure = self._between(sure[0], named, bool(context.courses))
            if not sure:
                return Fallback(
                    heard.text, "ambiguous", self._nearest(named), heard.courses, confidence=best.confidence
                )
        if sure:
            return replace(heard, intents=sure)
        if self._turns_to(heard, named, context):
            return heard
        if best.name == OTHER:
            return Fallback(heard.text, "out_of_scope", courses=heard.courses, confidence=best.confidence)
        near = self._nearest(named) if best.confidence >= self._limits["offer"] else ()
        return Fallback(heard.text, "no_match", near, heard.courses, confidence=best.confidence)

    def _only_chooses(self, heard: Understanding, best: Intent, named: Named, context: Context) -> bool:
        """Whether it says which course was meant, and asks nothing with it."""
        wanted = context.asked or heard.relates in ("correction", "same")
        chosen = heard.courses and (wanted or not set(heard.courses).isdisjoint(context.choices))
        if not chosen or self._language.cutter.turned(named.words):
            return False
        idle = self._language.idle(named.words, self._language.exam)
        names = context.asked and (idle or best.name == COMPARE)  # "the psk exam", "either psk or apk"
        return names or best.confidence < self._limits["beside_choice"]

    def _turns_to(self, heard: Understanding, named: Named, context: Context) -> bool:
        """Whether what asks nothing that is understood names another course than was spoken of: "sorry, it was psk"."""
        other = bool(context.courses) and not set(heard.courses) <= set(context.courses)
        return other and ADDRESS not in named.words and not self._language.cutter.turned(named.words)

    def _place(self, best: Intent, named: Named, context: Context) -> str:
        """The threshold that counts."""
        if named.courses or named.candidates:
            return "answer_named"
        return "answer_context" if context.courses and self._specs[best.name].kind in OF_A_COURSE else "answer_alone"

    def _is_talk(self, name: str) -> bool:
        """A word of thanks or leave, of which the nearest does as well as the next."""
        return self._specs[name].kind == "conversation"

    def _between(self, first: Intent, named: Named, talking: bool) -> tuple[Intent, ...]:
        """What two intents that are equally near come to; nothing where the person must say which. A fact of no course
        is searched for ("stuff that needs no prior knowledge"), an overview hardly asks anything, and two facts may be
        asked in one breath: "a certificate or PDUs"."""
        pair = {first.name, first.rival}
        if SEARCH in pair and not named.courses and not talking:
            return (replace(first, name=SEARCH),)
        if OTHER in pair:
            return ()
        told = self._language.exam_told.intersection(pair)
        if told and (asked := self._language.exam_asked.intersection(pair)):
            return (replace(first, name=min(asked)),)
        if first.rival == ABOUT:
            return (first,)
        if first.name == ABOUT and self._specs[first.rival].kind in OF_A_COURSE:
            return (replace(first, name=first.rival),)
        facts = all(self._specs[name].kind == "fact" for name in pair)
        both = facts and first.confidence >= self._limits["clause"]
        return (first, replace(first, name=first.rival)) if both else ()

    def _nearest(self, named: Named) -> tuple[str, ...]:
        scores = self._classifier.scores(self._plain(named.words))
        names = (self._classifier.labels[i] for i in scores.argsort()[::-1][:NEAR])
        return tuple(name for name in names if self._specs[name].kind in ASKING)[:3]
