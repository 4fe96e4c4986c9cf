"""One message through the house: understand, decide, render. Pure: clock and conversation are arguments."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.conversation import claims
from bot.conversation import focus as focusing
from bot.conversation.compose import Composer
from bot.conversation.decide import Decision, decide, decline
from bot.conversation.desk import desk_of
from bot.conversation.focus import Focus
from bot.conversation.gone import without_gone
from bot.conversation.hear import Understands, campaign, hear, start_key
from bot.conversation.letters import Letters
from bot.conversation.masks import masked
from bot.conversation.render import Renderer
from bot.conversation.shelf import Shelf
from bot.models.content import Knowledge
from bot.models.conversation import Conversation, LogEntry, Pending, Turn
from bot.models.course import Fact
from bot.models.lead import Asked
from bot.models.reply import Block, Reply, Request
from bot.models.understanding import Context, Fallback, Understanding

REMEMBERED = 20
"""Questions kept for the lead that may follow."""

QUESTIONS = ("price", "schedule")
"""Wishes that only ask: staff who ask them want to know what the page says, and leave no lead."""

WARM = 1000
"""Catalogues up to this size are read to the end at start; larger ones fact by fact when asked."""

ABOUT, NEAR = "overview", 3
"""What one may ask of a course that was only named, and how much of it is offered."""

RECENT = 6
"""Courses remembered as talked about: more than anybody refers back to."""


class Advisor:
    """Answers with one snapshot of the knowledge; edited knowledge is a new advisor."""

    def __init__(self, knowledge: Knowledge, understander: Understands) -> None:
        self.knowledge = knowledge
        self._understander = understander
        self._renderer = Renderer(knowledge)
        self._composer = Composer(knowledge, self._renderer)
        self._shelf = Shelf(knowledge)
        self._desk = desk_of(knowledge, self._renderer)
        self._letters = Letters(self._renderer)

    def turn(self, request: Request, conversation: Conversation, now: datetime) -> Turn:
        """The reply to one message and the conversation after it; the caller saves both."""
        conversation = self._begin(request, conversation, now)
        heard = hear(request, focusing.context(conversation), self.knowledge, self._understander)
        heard = self._desk.sure(heard, request, conversation)
        if settled := self._letters.settle(request, heard, conversation, now):
            return settled
        if settled := self._desk.settle(request, heard, conversation, now):
            return settled
        personal = self._desk.personal(conversation)
        conversation, effects = self._desk.enquiry.beside(request, heard, conversation, now)
        heard = focusing.resumed(heard, conversation, self.knowledge)
        focus = Focus((), ())
        if isinstance(heard, Understanding):
            focus = focusing.focus(heard, conversation, self.knowledge)
            if not focus.intents:
                near = (ABOUT, *self.knowledge.intents[ABOUT].suggest)[:NEAR]
                heard = Fallback(heard.text, "no_match", near, heard.courses)
        if isinstance(heard, Fallback):
            decision = decline(heard, conversation, self.knowledge)
        else:
            decision = decide(heard, focus, conversation, self.knowledge, self._shelf)
        decision = self._desk.worded(decision, conversation)
        turn = self._letters.catch(request, heard, decision, conversation, now)
        if turn is None:
            text = self._kept(request, heard, decision, conversation, personal)
            turn = self._end(request, text, heard.courses, decision, conversation, now)
        return replace(turn, effects=(*effects, *turn.effects)) if effects else turn

    def explain(self, text: str, course: str | None) -> dict[str, Any]:
        """Every step of the understanding of a first message, with its figures."""
        return self._understander.explain(text, Context(courses=(course,) if course else ()))

    def warm(self) -> None:
        """Read and compile now what is otherwise read on first use, so that no first message waits."""
        self._understander.warm()
        self._renderer.warm()
        self._desk.warm()
        claims.warm(self.knowledge)
        if len(self.knowledge.courses) <= WARM:
            for course in self.knowledge.courses.values():
                for name in self.knowledge.facts:
                    course.fact(name)
            self._shelf.warm()

    def spoken(self, fact: Fact) -> str:
        """A fact's value as replies say it."""
        return self._renderer.said(fact)

    def shared(self, key: str, **values: Any) -> str:
        """A text of `replies.yaml`."""
        return self._renderer.shared(key, **values)

    def _begin(self, request: Request, conversation: Conversation, now: datetime) -> Conversation:
        conversation = focusing.current(conversation, now, self.knowledge.provider.context_minutes)
        conversation = without_gone(conversation, self.knowledge)
        if request.context and request.context not in conversation.courses:
            conversation = replace(conversation, courses=(request.context,), recent=(request.context,))
        if came := campaign(request.text, self.knowledge):
            conversation = replace(conversation, campaign=came.key)
        if request.language and not conversation.language:
            conversation = replace(conversation, language=request.language)
        return conversation

    def _end(
        self,
        request: Request,
        text: str,
        named: tuple[str, ...],
        decision: Decision,
        before: Conversation,
        now: datetime,
    ) -> Turn:
        """`text` is what may be kept of the message; empty for nothing."""
        if request.role != "prospect":
            decision = replace(decision, wishes=tuple(wish for wish in decision.wishes if wish not in QUESTIONS))
        blocks: list[Block] = self._composer.blocks(decision, request.role)
        after = self._remember(text, named, decision, before, now)
        after, more, effects = self._desk.follow_up(request, decision, before, after)
        intents = tuple(self.knowledge.intents[name].reported_as or name for name in decision.intents)
        blocks += [*more, *self._letters.remind(before)]
        reply = Reply(tuple(blocks), decision.outcome, intents, decision.courses, decision.facts, decision.confidence)
        entry = LogEntry(text, intents, decision.courses, decision.outcome, decision.confidence)
        return Turn(after, reply, tuple(effects), entry if text and request.role == "prospect" else None)

    def _kept(
        self,
        request: Request,
        heard: Understanding | Fallback,
        decision: Decision,
        before: Conversation,
        personal: bool,
    ) -> str:
        """What question log and conversation may keep. Where the form waits for a name or a contact, none of the words:
        only what they asked."""
        if not personal:
            said = self._said(request, heard, decision)
            return masked(said, self._desk.private(said, before.form))
        return "" if decision.outcome == "fallback" else self._pressed(decision)

    def _said(self, request: Request, heard: Understanding | Fallback, decision: Decision) -> str:
        """What was asked, in words also where a button was pressed or a link followed; never the link's key."""
        if request.text and not request.payload and not start_key(request.text):
            return request.text
        if decision.outcome == "fallback" or not decision.intents:
            return heard.text
        return self._pressed(decision)

    def _pressed(self, decision: Decision) -> str:
        labels = [self.knowledge.intents[name].label for name in decision.intents]
        return self._renderer.shared("asked.pressed", labels=labels, courses=decision.courses)

    def _remember(
        self, text: str, named: tuple[str, ...], decision: Decision, before: Conversation, now: datetime
    ) -> Conversation:
        """`named` courses are talked about also where what was asked of them was not understood."""
        fallback = decision.outcome == "fallback"
        kept = [
            name
            for name in decision.intents
            if self.knowledge.intents[name].kind in ("fact", "commercial", "catalogue")
        ]
        asked = before.asked
        if text and decision.outcome != "chat":
            asked = (*asked, Asked(text, decision.outcome, now))[-REMEMBERED:]
        pending = before.pending if decision.outcome in ("chat", "fallback") else None
        if decision.pending or decision.choices:
            pending = Pending(decision.pending or ("overview",), tuple(course.key for course in decision.choices))
        talked = decision.courses or _alone(decision) or named
        return replace(
            before,
            courses=talked or before.courses,
            shown=_together(decision) or before.shown,
            recent=tuple(dict.fromkeys((*talked, *named, *before.recent)))[:RECENT],
            intents=tuple(kept) or _asked_before(decision, before),
            pending=pending,
            awaiting="offer" if decision.offer else "",
            misses=before.misses + 1 if fallback else 0,
            asked=asked,
            updated=now,
        )


def _asked_before(decision: Decision, before: Conversation) -> tuple[str, ...]:
    """What a bare name will be taken to ask: nothing where the last question was not understood."""
    if decision.missed:
        return ()
    return before.intents or ((ABOUT,) if decision.outcome == "fallback" else ())


def _alone(decision: Decision) -> tuple[str, ...]:
    """The one course that a search found."""
    found = tuple(course.key for course in decision.choices)
    return found if len(found) == 1 and decision.outcome == "catalogue" else ()


def _together(decision: Decision) -> tuple[str, ...]:
    """Courses that stand side by side in a reply."""
    shown = tuple(course.key for course in decision.choices) or decision.courses
    return shown if len(shown) > 1 else ()
