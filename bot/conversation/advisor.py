"""One message through the house: understand, decide, render. Pure: clock and conversation are arguments."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.conversation import focus as focusing
from bot.conversation.compose import Composer
from bot.conversation.decide import Decision, decide, decline
from bot.conversation.desk import Desk
from bot.conversation.focus import Focus
from bot.conversation.hear import Understands, hear
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

WARM = 1000
"""Catalogues up to this size are read to the end at start; larger ones fact by fact when asked."""

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
        self._desk = Desk(knowledge, self._renderer)

    def turn(self, request: Request, conversation: Conversation, now: datetime) -> Turn:
        """The reply to one message and the conversation after it; the caller saves both."""
        conversation = self._begin(request, conversation, now)
        heard = hear(request, focusing.context(conversation), self.knowledge, self._understander)
        if settled := self._desk.settle(request, heard, conversation, now):
            return settled
        heard = focusing.resumed(heard, conversation, self.knowledge)
        focus = Focus((), ())
        if isinstance(heard, Understanding):
            focus = focusing.focus(heard, conversation, self.knowledge)
            heard = heard if focus.intents else Fallback(heard.text, "no_match", confidence=heard.confidence)
        if isinstance(heard, Fallback):
            decision = decline(heard, conversation, self.knowledge)
        else:
            decision = decide(heard, focus, conversation, self.knowledge, self._shelf)
        return self._end(request, heard, decision, conversation, now)

    def explain(self, text: str, course: str | None) -> dict[str, Any]:
        """Every step of the understanding of a first message, with its figures."""
        return self._understander.explain(text, Context(courses=(course,) if course else ()))

    def warm(self) -> None:
        """Read and compile now what is otherwise read on first use, so that no first message waits."""
        self._understander.warm()
        self._renderer.warm()
        if len(self.knowledge.courses) <= WARM:
            for course in self.knowledge.courses.values():
                for name in self.knowledge.facts:
                    course.fact(name)
            self._shelf.warm()

    def spoken(self, fact: Fact) -> str:
        """A fact's value as replies say it."""
        return self._renderer.said(fact)

    def shared(self, key: str) -> str:
        """A text of `replies.yaml`."""
        return self._renderer.shared(key)

    def _begin(self, request: Request, conversation: Conversation, now: datetime) -> Conversation:
        conversation = focusing.current(conversation, now, self.knowledge.provider.context_minutes)
        if request.context and request.context not in conversation.courses:
            conversation = replace(conversation, courses=(request.context,), recent=(request.context,))
        return conversation if conversation.language else replace(conversation, language=request.language)

    def _end(
        self, request: Request, heard: Understanding | Fallback, decision: Decision, before: Conversation, now: datetime
    ) -> Turn:
        blocks: list[Block] = self._composer.blocks(decision, request.role)
        after = self._remember(request, decision, before, now)
        after, more, effects = self._desk.follow_up(request, decision, before, after, now)
        intents = tuple(self.knowledge.intents[name].reported_as or name for name in decision.intents)
        reply = Reply(
            (*blocks, *more), decision.outcome, intents, decision.courses, decision.facts, decision.confidence
        )
        text = masked(request.text or heard.text)
        entry = LogEntry(text, intents, decision.courses, decision.outcome, decision.confidence)
        return Turn(after, reply, tuple(effects), entry)

    def _remember(self, request: Request, decision: Decision, before: Conversation, now: datetime) -> Conversation:
        fallback = decision.outcome == "fallback"
        kept = [name for name in decision.intents if self.knowledge.intents[name].kind in ("fact", "catalogue")]
        asked = before.asked
        if decision.outcome != "chat":
            asked = (*asked, Asked(masked(request.text or request.payload), decision.outcome, now))[-REMEMBERED:]
        pending = before.pending if decision.outcome in ("chat", "fallback") else None
        if decision.pending or decision.choices:
            pending = Pending(decision.pending or ("overview",), tuple(course.key for course in decision.choices))
        return replace(
            before,
            courses=decision.courses or before.courses,
            recent=tuple(dict.fromkeys((*decision.courses, *before.recent)))[:RECENT],
            intents=tuple(kept) or before.intents,
            pending=pending,
            awaiting="offer" if decision.offer else "",
            misses=before.misses + 1 if fallback else 0,
            asked=asked,
            updated=now,
        )
