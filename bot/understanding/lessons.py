"""What the intents' examples teach: the classifier's weights, and which words people ask with."""

from collections import Counter
from itertools import chain

from bot.models.content import OF_A_COURSE, Knowledge
from bot.understanding.classifier import IntentClassifier
from bot.understanding.language import TOPIC, Language
from bot.understanding.memory import Lesson, Memory
from bot.understanding.named import MASK

OTHER = "out_of_scope"
"""The class of authored negatives."""


def learnt(knowledge: Knowledge, language: Language, classifier: IntentClassifier, memory: Memory | None) -> Lesson:
    """The classifier uses it from now on."""
    told = [(name, spec.kind, spec.examples, spec.cues) for name, spec in knowledge.intents.items()]
    key = (told, language.data)
    if memory and (lesson := memory.recall(key)):
        classifier.use(lesson.learnt)
        return lesson
    rows = _rows(knowledge, language)
    words = {name: set(chain.from_iterable(texts)) for name, texts in rows.items()}
    known = sorted(set().union(*(found for name, found in words.items() if name != OTHER)))
    asked = (found for name, found in words.items() if knowledge.intents[name].kind in OF_A_COURSE)
    common = sorted(word for word, count in Counter(chain.from_iterable(asked)).items() if count > 1)
    lesson = Lesson(classifier.learn(rows), known, sorted(set().union(*words.values())), common)
    if memory:
        memory.keep(key, lesson)
    return lesson


def _rows(knowledge: Knowledge, language: Language) -> dict[str, list[list[str]]]:
    """Examples and cues of every intent as words, the course and the topic masked."""

    def words(text: str) -> list[str]:
        masked = text.replace("{course}", f" {MASK} ").replace("{topic}", f" {TOPIC} ")
        return language.plain(language.normaliser.words(masked))

    return {name: [words(text) for text in (*spec.examples, *spec.cues)] for name, spec in knowledge.intents.items()}
