"""From a decision to the blocks of a reply: the answer, the page's own sentence, then what one could ask next."""

import textwrap

from bot.conversation.catalogue import CHOICES
from bot.conversation.decide import ClarifyPart, ComparePart, Decision, FactPart, FallbackPart, ListPart, Part, TalkPart
from bot.conversation.render import CourseName, Renderer
from bot.knowledge.sentences import sentences
from bot.models.content import Knowledge
from bot.models.course import Course, Fact, Source
from bot.models.reply import Block, Button, Buttons, Items, Quote, Role, Text

LISTED = 40
"""Courses named in one list: more than that nobody reads on a phone, and a subject narrows it."""

SHOWN = 12
"""Items of a course's own list (topics, objectives) shown in a chat; the page has the rest."""

LINE = 160
"""Characters of a longer text in a comparison: two or three lines on a phone."""

SUGGESTIONS = 3
"""Buttons for what people ask next: more are not read."""


class Composer:
    """Words a decision with the knowledge it was made on."""

    def __init__(self, knowledge: Knowledge, renderer: Renderer) -> None:
        self._knowledge = knowledge
        self._render = renderer

    def blocks(self, decision: Decision, role: Role) -> list[Block]:
        blocks: list[Block] = []
        for part in decision.parts:
            blocks += self._part(part, decision, role)
        if role != "prospect":
            blocks += self._silent(decision)
        if buttons := self._next(decision):
            blocks.append(Buttons(buttons))
        return blocks

    def _part(self, part: Part, decision: Decision, role: Role) -> list[Block]:
        match part:
            case FactPart():
                return self._fact(part, role)
            case TalkPart(intent, situation, courses):
                return [Text(self._render.intent(intent, situation, courses=[CourseName(c) for c in courses]))]
            case ListPart():
                return self._list(part, role)
            case ComparePart():
                return self._compare(part)
            case ClarifyPart(situation, choices, count):
                choose = tuple(map(_course_button, choices))
                return [Text(self._render.shared(f"clarify.{situation}", count=count)), Buttons(choose)]
            case FallbackPart():
                return self._fallback(part)

    def _fact(self, part: FactPart, role: Role) -> list[Block]:
        fact, course = part.fact, part.course
        answer = self._render.fact(part.intent, course, fact)
        if fact is None:
            return [Text(answer)]
        if part.verdict:
            said = {"answer": answer, "said": self._render.said(fact), "subject": fact.subject, **part.verdict.values}
            answer = self._render.shared(f"verdict.{part.verdict.key}", **said)
        blocks: list[Block] = [Text(answer)]
        source = self._source(fact.source) if role != "prospect" else None
        link = self._link(course)
        if isinstance(fact.value, tuple):
            blocks.append(Items(fact.value[:SHOWN]))
            if source or (link and len(fact.value) > SHOWN):
                blocks.append(Quote("", link, source))
        elif fact.name != "link":
            blocks.append(Quote(_once(fact.source.quote, answer), link, source))
        for statement in fact.also:
            blocks.append(Quote(statement.source.quote, None, self._source(statement.source) if source else None))
        return blocks

    def _source(self, source: Source) -> str:
        return self._render.shared("staff.source", file=source.file, field=source.field, line=source.line)

    def _silent(self, decision: Decision) -> list[Block]:
        """For staff: what else the page leaves open, where it was opened as a whole or has no answer."""
        blocks: list[Block] = []
        for part in decision.parts:
            if isinstance(part, FactPart) and (part.fact is None or part.fact.name == "overview"):
                specs = self._knowledge.facts.values()
                labels = [spec.label for spec in specs if spec.usual and not part.course.fact(spec.name)]
                if labels:
                    blocks.append(
                        Text(self._render.shared("staff.silent", course=CourseName(part.course), labels=labels))
                    )
        return blocks

    def _link(self, course: Course) -> str | None:
        fact = course.fact("link")
        return str(fact.value) if fact and self._knowledge.provider.site else None

    def _list(self, part: ListPart, role: Role) -> list[Block]:
        found = part.found
        shown = found.rows[:LISTED]
        title = self._render.intent(part.intent, found.situation, count=len(found.rows))
        lines = tuple(
            self._render.shared("courses.line", course=CourseName(row.course), detail=self._detail(row.fact, row.quote))
            for row in shown
        )
        blocks: list[Block] = [Text(title), *([Items(lines)] if lines else [])]
        if len(found.rows) > len(shown):
            blocks.append(Text(self._render.shared("courses.more", count=len(found.rows) - len(shown))))
        if found.not_stated:
            blocks.append(Text(self._render.shared("courses.not_stated", count=found.not_stated)))
        if 0 < len(found.rows) <= CHOICES:
            blocks.append(Buttons(tuple(_course_button(row.course) for row in found.rows)))
        return blocks

    def _detail(self, fact: Fact | None, quote: str) -> str:
        if quote:
            return quote
        return self._exactly(fact) if fact and not isinstance(fact.value, tuple) else ""

    def _compare(self, part: ComparePart) -> list[Block]:
        comparison = part.comparison
        blocks: list[Block] = [
            Text(self._render.intent("compare", "title", courses=[CourseName(c) for c in comparison.courses]))
        ]
        for name, facts in comparison.rows:
            cells = [self._cell(fact) for fact in facts]
            lines = [
                self._render.shared("compare.line", course=CourseName(course), said=said)
                for course, said in zip(comparison.courses, cells, strict=True)
            ]
            if len(set(cells)) == 1:
                lines = [self._render.shared("compare.all", said=cells[0], count=len(cells))]
            blocks.append(Items(tuple(lines), self._knowledge.facts[name].label))
        return [*blocks, Buttons(tuple(map(_course_button, comparison.courses)))]

    def _cell(self, fact: Fact | None) -> str:
        """A fact in a line or two: of a longer text its first sentence."""
        if fact is None:
            return self._render.shared("compare.not_stated")
        if fact.value is None:
            return self._render.shared("compare.none")
        if isinstance(fact.value, str) and self._knowledge.facts[fact.name].type == "text":
            return textwrap.shorten(sentences(fact.source.quote)[0], LINE, placeholder="…")
        if isinstance(fact.value, tuple):
            return textwrap.shorten(", ".join(fact.value), LINE, placeholder="…")
        return self._exactly(fact)

    def _exactly(self, fact: Fact) -> str:
        """The value; where the page contradicts itself, that too."""
        said = self._render.said(fact)
        return self._render.shared("compare.conflict", said=said, also=self._render.also(fact)) if fact.also else said

    def _fallback(self, part: FallbackPart) -> list[Block]:
        course = CourseName(part.course) if part.course else None
        blocks: list[Block] = [Text(self._render.shared(f"fallback.{part.situation}", course=course, name=part.name))]
        key = part.course.key if part.course else ""
        choices = [Button(self._knowledge.intents[name].label, f"ask|{name}|{key}") for name in part.nearest]
        if part.offer_person:
            blocks.append(Text(self._render.shared("fallback.person")))
        if part.offer_person or not choices:
            choices.append(Button(self._render.shared("fallback.person_button"), "ask|human|"))
        if not part.nearest:
            choices.append(Button(self._render.shared("fallback.list_button"), "ask|list_courses|"))
        return [*blocks, Buttons(tuple(choices))]

    def _next(self, decision: Decision) -> tuple[Button, ...]:
        """What people ask next, as far as the page answers it or a person does."""
        if decision.offer and decision.outcome != "fallback":
            return (
                Button(self._render.shared("offer.yes"), "ask|human|" + ",".join(decision.courses)),
                Button(self._render.shared("offer.no"), "offer|no"),
            )
        if decision.wishes or decision.outcome not in ("answer", "chat"):
            return ()
        if len(decision.courses) > 1:
            together = "ask|compare|" + ",".join(decision.courses)
            return (Button(self._knowledge.intents["compare"].label, together),)
        return self._suggest(decision)

    def _suggest(self, decision: Decision) -> tuple[Button, ...]:
        course = self._knowledge.courses[decision.courses[0]] if decision.courses else None
        wanted = (name for intent in decision.intents for name in self._knowledge.intents[intent].suggest)
        buttons = []
        for name in dict.fromkeys(wanted):
            spec = self._knowledge.intents.get(name)
            if spec is None or name in decision.intents:
                continue
            if course and spec.kind == "fact" and not course.fact(spec.fact or name):
                continue
            buttons.append(Button(spec.label, f"ask|{name}|{course.key if course else ''}"))
        return tuple(buttons[:SUGGESTIONS])


def _course_button(course: Course) -> Button:
    return Button(CourseName(course).title, f"course|{course.key}")


def _once(quote: str, answer: str) -> str:
    """No quote where the answer already is the sentence."""
    return "" if quote in answer else quote
