"""From a decision to the blocks of a reply: the answer, the page's own sentence, then what one could ask next."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.card import Card
from bot.conversation.catalogue import CHOICES, SHORT, Found, Row
from bot.conversation.conditions import Condition
from bot.conversation.decide import ClarifyPart, ComparePart, Decision, FactPart, FallbackPart, ListPart, Part, TalkPart
from bot.conversation.render import CourseName, Renderer
from bot.models.content import Knowledge
from bot.models.course import Course, Source
from bot.models.reply import Block, Button, Buttons, Items, Quote, Role, Text

LISTED = 15
"""Courses named in one list: two screens of a phone; a subject or a level narrows what is longer."""

SEARCH = "search_courses"
NARROWING = ("recommend", SEARCH)
"""Intents that make a long list shorter."""

SHOWN = 12
"""Items of a course's own list (topics, objectives) shown in a chat; the page has the rest."""

QUOTED = 8
"""Courses named with a sentence of their page: each takes three or four lines."""

SUGGESTIONS = 3
"""Buttons for what people ask next: more are not read."""


class Composer:
    """Words a decision with the knowledge it was made on."""

    def __init__(self, knowledge: Knowledge, renderer: Renderer) -> None:
        self._knowledge = knowledge
        self._render = renderer
        self._card = Card(knowledge, renderer)

    def blocks(self, decision: Decision, role: Role) -> list[Block]:
        blocks: list[Block] = []
        together = self._together(decision)
        for part in decision.parts:
            if part not in together:
                blocks += self._part(part, decision, role)
            elif part is together[0]:
                blocks.append(self._for_a_colleague(together))
        if role != "prospect":
            blocks += self._silent(decision)
        if buttons := self._next(decision):
            blocks.append(Buttons(buttons))
        return _each_once(blocks)

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

    def _together(self, decision: Decision) -> Sequence[TalkPart]:
        """Several questions that only a colleague can answer: these are worded together."""
        intents = self._knowledge.intents
        talk = [part for part in decision.parts if isinstance(part, TalkPart)]
        together = [part for part in talk if part.situation == "default" and "beside" in intents[part.intent].replies]
        return together if len(together) > 1 else ()

    def _for_a_colleague(self, parts: Sequence[TalkPart]) -> Text:
        """ "Prices are not on our pages, dates neither": each in a sentence, and once that a colleague can tell."""
        courses = [CourseName(course) for course in parts[0].courses]
        each = [self._render.intent(part.intent, "beside", courses=courses) for part in parts]
        return Text(" ".join([*each, self._render.shared("courses.colleague", courses=courses, count=len(parts))]))

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
        shown = found.rows[: QUOTED if found.rows and found.rows[0].quote else LISTED]
        conditions = self._conditions(found)
        lines = self._lines(shown, conditions)
        blocks: list[Block] = [Text(self._title(part, conditions)), *([Items(lines)] if lines else [])]
        if len(found.rows) > len(shown):
            blocks.append(Text(self._render.shared("courses.more", count=len(found.rows) - len(shown))))
        if found.rows and (found.not_stated or found.apart):
            blocks.append(Text(self._left_out("courses.left_out", found)))
        if found.others:
            title = self._met(found, len(found.others), conditions)
            blocks.append(Items(self._lines(found.others[:LISTED], conditions), title))
        if buttons := self._choices(part):
            blocks.append(Buttons(buttons))
        return blocks

    def _lines(self, rows: Sequence[Row], conditions: Sequence[str]) -> tuple[str, ...]:
        line = self._render.shared
        return tuple(
            line("courses.line", course=CourseName(row.course), detail=self._detail(row, conditions)) for row in rows
        )

    def _title(self, part: ListPart, conditions: Sequence[str]) -> str:
        """What is listed, with every condition that was applied, so that a person sees what was understood."""
        found = part.found
        if not conditions and found.rows and not (found.rows[0].quote or found.situation == "ask"):
            return self._render.shared("courses.all", count=len(found.rows))
        if not conditions or found.situation == "ask":
            return self._render.intent(part.intent, found.situation, count=len(found.rows))
        if not found.rows:
            return self._left_out("courses.none", found, conditions=conditions)
        if found.situation == "beside":
            return self._render.shared("courses.beside", conditions=conditions)
        if found.unspoken or found.rows[0].quote:
            key = "only" if found.unspoken else "spoken"
            return self._render.shared(f"courses.{key}", count=len(found.rows), conditions=conditions)
        return self._met(found, len(found.rows), conditions)

    def _met(self, found: Found, count: int, conditions: Sequence[str]) -> str:
        if found.wanted.extreme:  # the last of the conditions
            utmost = found.wanted.extreme.said
            return self._render.shared("courses.utmost", utmost=utmost, conditions=conditions[:-1])
        return self._render.shared("courses.found", count=count, conditions=conditions)

    def _left_out(self, key: str, found: Found, **values: object) -> str:
        parts = len(found.wanted.conditions) + bool(found.wanted.extreme)
        return self._render.shared(key, silent=found.not_stated, apart=found.apart, parts=parts, **values)

    def _conditions(self, found: Found) -> list[str]:
        asked = found.wanted
        subject = [self._render.shared("courses.about", topics=asked.topics)] if asked.topics else []
        superlative = [asked.extreme.said] if asked.extreme else []
        return [*subject, *map(self._condition, asked.conditions), *superlative]

    def _condition(self, condition: Condition) -> str:
        if condition.said:
            return condition.said
        spec, figure = self._knowledge.facts[condition.fact], condition.figure
        if figure is None:
            return self._render.shared("courses.named", label=spec.label, said=condition.name)
        said = self._render.value(figure.value, figure.unit, words=spec.type == "duration")
        values = {"label": spec.label, "said": said, "unit": figure.unit, "relation": figure.relation}
        return self._render.shared("courses.figure", **values)

    def _detail(self, row: Row, conditions: Sequence[str]) -> str:
        """The page's sentence that chose a course, else its values, as far as the title does not say them already."""
        if row.quote:
            return row.quote
        short = (fact for fact in row.facts if self._knowledge.facts[fact.name].type in SHORT)
        said = dict.fromkeys(self._card.exactly(fact) for fact in short if fact.value is not None)
        return ", ".join(
            value for value in said if not any(f" {condition}".endswith(f" {value}") for condition in conditions)
        )

    def _choices(self, part: ListPart) -> tuple[Button, ...]:
        """The courses of a short list; below a long one what makes it shorter; below none what to do instead."""
        found = part.found
        if 0 < len(found.rows) <= CHOICES:
            return tuple(_course_button(row.course) for row in found.rows)
        if found.situation == "ask":
            return ()
        narrowing = NARROWING if found.rows else self._knowledge.intents[part.intent].suggest
        names = [name for name in narrowing if name in self._knowledge.intents and name != part.intent]
        buttons = [Button(self._knowledge.intents[name].label, f"ask|{name}|") for name in names]
        if found.rows and not found.wanted.limits and not found.wanted.topics:
            buttons[1:1] = self._levels(part)
        return tuple(buttons[:SUGGESTIONS])

    def _levels(self, part: ListPart) -> list[Button]:
        """Conditions of vocabulary.yaml that are offered as a button: its words are searched when it is pressed, with
        what the person told before."""
        told = part.found.wanted.rest if part.found.rows[0].quote else ""
        intent = part.intent if told else SEARCH
        rows = [row for row in self._knowledge.vocabulary.data.get("conditions", ()) if "offer" in row]
        return [Button(row["offer"], f"ask|{intent}||{row['words'][0]} {told}".strip()) for row in rows]

    def _compare(self, part: ComparePart) -> list[Block]:
        comparison = part.comparison
        return [*self._card.blocks(comparison), Buttons(tuple(map(_course_button, comparison.courses)))]

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


def _each_once(blocks: Sequence[Block]) -> list[Block]:
    """No second button that does or says the same."""
    kept: list[Block] = []
    seen: set[str] = set()
    for block in blocks:
        if isinstance(block, Buttons):
            buttons = []
            for button in block.buttons:
                if not seen & {button.payload, button.label}:
                    buttons.append(button)
                    seen |= {button.payload, button.label}
            block = replace(block, buttons=tuple(buttons))
        if block != Buttons(()):
            kept.append(block)
    return kept


def _once(quote: str, answer: str) -> str:
    """No quote where the answer already is the sentence."""
    return "" if quote in answer else quote
