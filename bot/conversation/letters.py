"""Letters: what staff write to a person, and the person's answers to it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.decide import Decision
from bot.conversation.render import Renderer
from bot.models.conversation import Conversation, Letter, PassOn, Turn
from bot.models.reply import Block, Button, Buttons, Reply, Request, Text
from bot.models.understanding import Fallback, Understanding

OURS = ("answer", "catalogue", "clarify")
"""Outcomes of a question with which it is one for the pages."""


def button(label: str, lead: int, by: str) -> Button:
    """The button below a letter: what is typed after it, or in reply to the letter, is surely the answer."""
    return Button(label, f"answer|{lead}|{by}")


@dataclass(frozen=True, slots=True)
class Letters:
    """Finds out what is meant for a colleague and not for the pages."""

    renderer: Renderer

    def settle(
        self, request: Request, heard: Understanding | Fallback, conversation: Conversation, now: datetime
    ) -> Turn | None:
        """The turn, where the message is surely about a letter."""
        if pressed := _letter(request.payload):
            waiting = replace(conversation, letter=pressed, awaiting="letter", updated=now)
            return Turn(waiting, Reply((self._say("letter.write", pressed),), "chat"))
        if not _typed(request):
            return None
        letter = _letter(request.replies_to)
        if letter is None and (conversation.awaiting == "letter" or _yes_or_no(heard, conversation)):
            letter = conversation.letter
        return self._pass_on(request, letter, conversation, now) if letter else None

    def catch(
        self,
        request: Request,
        heard: Understanding | Fallback,
        decision: Decision,
        conversation: Conversation,
        now: datetime,
    ) -> Turn | None:
        """The turn, where staff wrote last and what was typed is no question for the pages."""
        if conversation.letter is None or not _typed(request) or _for_pages(heard, decision):
            return None
        return self._pass_on(request, conversation.letter, conversation, now)

    def remind(self, conversation: Conversation) -> list[Block]:
        """Below what the pages answered, while a colleague still waits: the way to them."""
        letter = conversation.letter
        if letter is None or letter.answered:
            return []
        label = self.renderer.shared("letter.answer", by=letter.by)
        return [Buttons((button(label, letter.lead, letter.by),))]

    def _pass_on(self, request: Request, letter: Letter, conversation: Conversation, now: datetime) -> Turn:
        answered = replace(letter, answered=True)
        after = replace(conversation, letter=answered, awaiting="", misses=0, updated=now)
        more = Buttons((button(self.renderer.shared("letter.more"), letter.lead, letter.by),))
        reply = Reply((self._say("letter.passed_on", letter), more), "lead")
        return Turn(after, reply, (PassOn(letter.lead, request.text.strip()),))

    def _say(self, key: str, letter: Letter) -> Text:
        return Text(self.renderer.shared(key, by=letter.by))


def _for_pages(heard: Understanding | Fallback, decision: Decision) -> bool:
    """Whether the pages answer it. "Tuesday suits our kanban team" reminds of courses, but asks nothing: an answer that
    a colleague waits for must not end here."""
    asks = isinstance(heard, Understanding) and (heard.question or (heard.courses and heard.intents))
    ours = decision.outcome in OURS or "privacy" in decision.intents
    return bool(asks and ours) or "delete_my_data" in decision.intents


def _yes_or_no(heard: Understanding | Fallback, conversation: Conversation) -> bool:
    """A yes or a no, where it is none of our own questions that is open."""
    ours = conversation.form or conversation.awaiting
    return isinstance(heard, Understanding) and bool(heard.answer) and not heard.intents and not ours


def _typed(request: Request) -> bool:
    """Whether it is words of a person: no button, no command."""
    text = request.text.strip()
    return bool(text) and not request.payload and not text.startswith("/")


def _letter(payload: str) -> Letter | None:
    verb, _, rest = payload.partition("|")
    lead, _, by = rest.partition("|")
    return Letter(int(lead), by) if verb == "answer" and lead.isdecimal() else None
