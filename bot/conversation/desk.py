"""What does not speak of courses: the lead form, a person's rights over their data, yes and no to our own offers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.conversation import arrival
from bot.conversation.answers import Answers
from bot.conversation.decide import Decision, TalkPart
from bot.conversation.enquiry import CANCEL, DELETE, LEAVING, PRIVACY, Enquiry
from bot.conversation.focus import SURE
from bot.conversation.form import Form
from bot.conversation.hear import clean
from bot.conversation.masks import known_of, without_known
from bot.conversation.meaning import Meaning, intents_of
from bot.conversation.reader import Hints, reader_of
from bot.conversation.render import Renderer
from bot.models.content import Knowledge
from bot.models.conversation import (
    Conversation,
    DropPartial,
    Effect,
    ForgetPerson,
    HandOverData,
    OpenForm,
    Turn,
    WithdrawConsent,
)
from bot.models.reply import Block, Button, Buttons, Reply, Request, Text
from bot.models.understanding import Fallback, Understanding


@dataclass(frozen=True, slots=True)
class Desk:
    """Takes details and wishes about data; knows nothing of facts."""

    knowledge: Knowledge
    renderer: Renderer
    form: Form
    enquiry: Enquiry
    hints: Hints

    def warm(self) -> None:
        """Read contacts once: the libraries that check them are loaded then."""
        for contact in ("a@example.org", "+44 20 7946 0018", "07700 900142"):
            self.form.reader.read(f"Ann Lee, {contact}")

    def settle(
        self, request: Request, heard: Understanding | Fallback, conversation: Conversation, now: datetime
    ) -> Turn | None:
        """The turn, where the message is for the desk alone; None where it asks something of the catalogue."""
        text = clean(request.text)
        if conversation.form and not request.payload:
            request = replace(request, payload=self.form.button(conversation.form, text))
        typed = text.casefold().partition(" ")[0]
        verb = request.payload.partition("|")[0] or (typed if typed.startswith("/") else "")
        # Where a colleague has written it may be their letter's answer that is meant.
        if not (request.payload or conversation.letter) and arrival.is_asked(text, self.knowledge):
            return self.enquiry.arrived(conversation, now)
        answer = heard.answer if isinstance(heard, Understanding) and heard.bare else ""
        if conversation.form is None and conversation.awaiting and CANCEL in intents_of(heard):
            answer = "no"
        if verb == "form" and conversation.form is None:
            return self._say("error.stale_button", conversation, now)
        if verb == "offer" or (conversation.awaiting == "offer" and answer == "no"):
            return self.enquiry.reminded(self._say("offer.refused", replace(conversation, awaiting=""), now))
        if verb == "delete" or (conversation.awaiting == "delete" and answer):
            return self._delete(request.payload == "delete|yes" or answer == "yes", conversation, now)
        if verb in ("withdraw", "/withdraw"):
            asked = without_known(conversation.form, conversation.asked)
            closed = replace(conversation, form=None, letter=None, asked=asked)
            return self._say("withdraw.done", closed, now, "privacy", [WithdrawConsent()])
        if verb == "/mydata":
            return self._say("mydata.here", conversation, now, "privacy", [HandOverData()])
        if conversation.form is not None:
            return self.enquiry.take(request, heard, conversation, conversation.form, now)
        if answer and not conversation.awaiting and not conversation.pending:
            return self._say("offer.done", conversation, now)
        return None

    def sure(
        self, heard: Understanding | Fallback, request: Request, conversation: Conversation
    ) -> Understanding | Fallback:
        """Without a wish to stop that no word of stopping, or no refusal, bears out: "maybe" closes no open form. And
        without a wish to delete data that names a course and no data: "remove PSK"."""
        if isinstance(heard, Fallback) or not intents_of(heard) & LEAVING:
            return heard
        if (heard.courses or heard.candidates) and not self.form.reader.changes.of_data(clean(request.text)):
            heard = _less(heard, DELETE)
        if conversation.form is None or CANCEL not in intents_of(heard):
            return heard
        refused = heard.answer == "no" and conversation.form.consent is None
        if refused or self.form.reader.changes.stops(clean(request.text)):
            return heard
        return _less(heard, CANCEL)

    def worded(self, decision: Decision, conversation: Conversation) -> Decision:
        """Nothing is stopped where nothing is open."""
        if conversation.form is not None or CANCEL not in decision.intents:
            return decision
        parts = tuple(
            replace(part, situation="nothing") if isinstance(part, TalkPart) and part.intent == CANCEL else part
            for part in decision.parts
        )
        return replace(decision, parts=parts)

    def personal(self, conversation: Conversation) -> bool:
        """Whether what is typed now is for the form alone, and no log may keep it."""
        return conversation.form is not None and self.form.personal(conversation.form)

    def private(self, text: str, opened: OpenForm | None) -> list[tuple[str, str]]:
        """What is personal in a message, and what it is."""
        found = self.form.reader.private(text) if self.hints.any(text) else []
        return [*found, *known_of(opened)] if opened else found

    def follow_up(
        self, request: Request, decision: Decision, before: Conversation, after: Conversation
    ) -> tuple[Conversation, list[Block], list[Effect]]:
        """What a decision opens, closes or reminds of."""
        if CANCEL in decision.intents:
            closed = replace(after, form=None, asked=without_known(before.form, after.asked))
            return closed, [], [DropPartial()] if before.form else []
        if DELETE in decision.intents:
            return replace(after, awaiting="delete"), [self._yes_or_no("delete")], []
        if PRIVACY in decision.intents:
            label = self.renderer.shared("withdraw.button")
            blocks: list[Block] = [Buttons((Button(label, "withdraw|"),))]
            return after, [*blocks, *(self.enquiry.prompt(before.form, whole=True) if before.form else [])], []
        if decision.wishes:
            # A plain yes to our offer asks for the answer; who says "call me" wants a call.
            if before.awaiting == "offer" and decision.wishes == ("call_back",) and decision.confidence == SURE:
                decision = replace(decision, wishes=("question",))
            opened = self.enquiry.open(request, decision, before)
            return replace(after, form=opened), self.enquiry.prompt(opened, whole=before.form is None), []
        if before.form and self.enquiry.reminds(before.form, decision):
            return replace(after, form=replace(before.form, reminded=True)), self.enquiry.prompt(before.form), []
        return after, [], []

    def _yes_or_no(self, verb: str) -> Buttons:
        labels = ((answer, self.renderer.shared(f"{verb}.{answer}")) for answer in ("yes", "no"))
        return Buttons(tuple(Button(label, f"{verb}|{answer}") for answer, label in labels))

    def _delete(self, sure: bool, conversation: Conversation, now: datetime) -> Turn:
        if not sure:
            return self._say("delete.kept", replace(conversation, awaiting=""), now, "delete_my_data")
        empty = Conversation(conversation.id, conversation.channel, conversation.user)
        return self._say("delete.done", empty, now, "delete_my_data", [ForgetPerson()])

    def _say(
        self, key: str, conversation: Conversation, now: datetime, intent: str = "", effects: Iterable[Effect] = ()
    ) -> Turn:
        days = self.knowledge.provider.keep.backups.days
        reply = Reply((Text(self.renderer.shared(key, backup_days=days)),), "chat", (intent,) if intent else ())
        return Turn(replace(conversation, updated=now), reply, tuple(effects))


def desk_of(knowledge: Knowledge, renderer: Renderer) -> Desk:
    form = Form(knowledge.form, knowledge.provider, Answers(knowledge.form, partial(reader_of, knowledge)))
    return Desk(
        knowledge,
        renderer,
        form,
        Enquiry(knowledge, renderer, form, Meaning(knowledge, form)),
        Hints(knowledge.form.words),
    )


def _less(heard: Understanding, name: str) -> Understanding:
    return replace(heard, intents=tuple(intent for intent in heard.intents if intent.name != name))
