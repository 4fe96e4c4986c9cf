"""Wording: the templates of `knowledge/`, filled in. Course text is a value in them, never a template."""

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from bot.models.content import Knowledge
from bot.models.course import Course, Fact, Retake, Statement, Value


class CourseName:
    """How a course is called in a sentence: by its code where the title shows it, else by its title."""

    __slots__ = ("code", "name", "title")

    def __init__(self, course: Course) -> None:
        self.title = course.title
        self.code = course.code or course.key
        self.name = course.code if course.code and course.code.casefold() in course.title.casefold() else course.title


class Renderer:
    """Compiles each template on first use; a template that fails stops the turn before anything is saved."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._environment = SandboxedEnvironment(autoescape=False, undefined=StrictUndefined)
        self._environment.globals.clear()  # no wording needs them, and each rendering would copy them
        self._compiled: dict[str, Template] = {}
        self._number_words = knowledge.replies.get("said.number_words", "").split()

    def warm(self) -> None:
        """Compile now what is otherwise compiled on first use."""
        form = self._knowledge.form
        for source in (*self._knowledge.replies.values(), *form.replies.values(), *(slot.ask for slot in form.slots)):
            self._template(source)
        for intent in self._knowledge.intents.values():
            for source in intent.replies.values():
                self._template(source)

    def _template(self, source: str) -> Template:
        compiled = self._compiled.get(source)
        if compiled is None:
            compiled = self._compiled[source] = self._environment.from_string(source)
        return compiled

    def template(self, source: str, values: Mapping[str, Any]) -> str:
        if "{" not in source:
            return source.strip()
        return self._template(source).render(provider=self._knowledge.provider, **values).strip()

    def shared(self, key: str, **values: Any) -> str:
        """A text of `replies.yaml`."""
        return self.template(self._knowledge.replies[key], values)

    def intent(self, name: str, situation: str, **values: Any) -> str:
        """A text of `intents/<name>.yaml`; the situation `default` stands in for one that is not written."""
        replies = self._knowledge.intents[name].replies
        return self.template(replies.get(situation) or replies["default"], values)

    def fact(self, intent: str, course: Course, fact: Fact | None) -> str:
        """The sentence that answers with a fact, or says that the page does not state it."""
        values: dict[str, Any] = {"course": CourseName(course), "fact": fact}
        if fact is None:
            return self.intent(intent, "not_stated", **values)
        values |= {"said": self.said(fact), "also": self.also(fact)}
        if any(self._statement(other) == self._statement(fact.statement) for other in fact.also):
            return self.shared("verdict.two_sentences", **values)  # only the quotes that follow tell them apart
        return self.intent(intent, fact.status, **values)

    def said(self, fact: Fact) -> str:
        """The value as people say it, with a supporting statement in words: 16 hours (two days)."""
        said = self.value(fact.value, fact.unit)
        for statement in fact.support:
            if statement.unit != fact.unit and isinstance(statement.value, int | float):
                return self.shared(
                    "said.with_support", said=said, support=self.value(statement.value, statement.unit, words=True)
                )
        return said

    def also(self, fact: Fact) -> str:
        return self.shared("said.join").join(dict.fromkeys(self._statement(statement) for statement in fact.also))

    def _statement(self, statement: Statement) -> str:
        return self.value(statement.value, statement.unit)

    def value(self, value: Value, unit: str | None = None, words: bool = False) -> str:
        match value:
            case None:
                return ""
            case Retake():
                return self.shared(
                    "said.retake",
                    attempts=value.attempts, window=value.window_days, start=value.start, cost=value.cost,
                )  # fmt: skip
            case tuple():
                return ", ".join(value)
            case int() | float():
                number = self.number(value, words)
                kind = "points" if unit and unit.startswith("points") else unit
                key = f"said.{kind}" if f"said.{kind}" in self._knowledge.replies else "said.number"
                return self.shared(key, n=number, many=value != 1, unit=unit or "")
            case _:
                return value

    def number(self, value: float, words: bool = False) -> str:
        if words and float(value).is_integer() and 0 <= value < len(self._number_words):
            return self._number_words[int(value)]
        return f"{value:g}"
