"""What does not speak of courses: the lead form, a person's rights over their data, yes and no to our own offers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.decide import Decision
from bot.conversation.form import Form
from bot.conversation.hear import clean
from bot.conversation.render import CourseName, Renderer
from bot.models.content import Knowledge
from bot.models.conversation import (
    Conversation,
    DropPartial,
    Effect,
    ForgetPerson,
    HandOverData,
    OpenForm,
    SaveLead,
    Turn,
    WithdrawConsent,
)
from bot.models.lead import LeadDraft
from bot.models.reply import Block, Button, Buttons, Outcome, Reply, Request, Text
from bot.models.understanding import Fallback, Understanding


@dataclass(frozen=True, slots=True)
class Desk:
    """Takes details and wishes about data; knows nothing of facts."""

    knowledge: Knowledge
    renderer: Renderer
    form: Form

    def settle(
        self, request: Request, heard: Understanding | Fallback, conversation: Conversation, now: datetime
    ) -> Turn | None:
        """The turn, where the message is for the desk alone; None where it asks something of the catalogue."""
        typed = clean(request.text).casefold().partition(" ")[0]
        verb = request.payload.partition("|")[0] or (typed if typed.startswith("/") else "")
        answer = heard.answer if isinstance(heard, Understanding) and heard.bare else ""
        if verb == "form" and conversation.form is None:
            return self._say("error.stale_button", conversation, now)
        if verb == "offer" or (conversation.awaiting == "offer" and answer == "no"):
            return self._say("offer.refused", replace(conversation, awaiting=""), now)
        if verb == "delete" or (conversation.awaiting == "delete" and answer):
            return self._delete(request.payload == "delete|yes" or answer == "yes", conversation, now)
        if verb in ("withdraw", "/withdraw"):
            closed = replace(conversation, form=None, letter=None)
            return self._say("withdraw.done", closed, now, "privacy", [WithdrawConsent()])
        if verb == "/mydata":
            return self._say("mydata.here", conversation, now, "privacy", [HandOverData()])
        if conversation.form is not None:
            return self._take(request, heard, conversation, conversation.form, now)
        if answer and not conversation.awaiting and not conversation.pending:
            return self._say("offer.done", conversation, now)
        return None

    def follow_up(
        self, request: Request, decision: Decision, before: Conversation, after: Conversation, now: datetime
    ) -> tuple[Conversation, list[Block], list[Effect]]:
        """What a decision opens, closes or reminds of."""
        if "cancel" in decision.intents:
            return replace(after, form=None), [], [DropPartial()] if before.form else []
        if "delete_my_data" in decision.intents:
            return replace(after, awaiting="delete"), [self._yes_or_no("delete")], []
        if "privacy" in decision.intents:
            label = self.renderer.shared("withdraw.button")
            return after, [Buttons((Button(label, "withdraw|"),))], []
        if decision.wishes:
            opened = self._open(request, decision, before, now)
            return replace(after, form=opened), self._prompt(opened), []
        if before.form and decision.outcome in ("answer", "not_stated", "catalogue"):
            if before.form.consent is None and before.form.reminded:
                return after, [], []
            return replace(after, form=replace(before.form, reminded=True)), self._prompt(before.form), []
        return after, [], []

    def _open(self, request: Request, decision: Decision, before: Conversation, now: datetime) -> OpenForm:
        if before.form:
            wishes = dict.fromkeys((*before.form.wishes, *decision.wishes))
            courses = dict.fromkeys((*before.form.courses, *decision.courses))
            return replace(before.form, wishes=tuple(wishes), courses=tuple(courses))
        text, reachable = clean(request.text), request.reachable
        return self.form.start(decision.wishes, decision.courses, now, text=text, reachable=reachable)

    def _take(
        self,
        request: Request,
        heard: Understanding | Fallback,
        conversation: Conversation,
        opened: OpenForm,
        now: datetime,
    ) -> Turn | None:
        if request.payload and not request.payload.startswith("form|"):
            return None
        if isinstance(heard, Understanding) and heard.courses and not heard.intents and not opened.courses:
            return self._about(heard.courses, opened, conversation, now)
        names = {intent.name for intent in heard.intents} if isinstance(heard, Understanding) else set()
        left = self.form.leaves_open(opened, clean(request.text))
        if ("cancel" in names and not left) or "delete_my_data" in names:
            return None
        answer, bare = (heard.answer, heard.bare) if isinstance(heard, Understanding) else ("", False)
        step = self.form.take(
            opened, clean(request.text), payload=request.payload, contact=request.contact, now=now,
            asks=self._asks(heard) and not left, answer=answer, bare=bare,
        )  # fmt: skip
        if not step.used:
            return None
        draft = self._complete(step.draft, conversation) if step.draft else None
        effects: list[Effect] = [SaveLead(draft)] if draft else []
        cancelled = step.form is None and draft is None
        if cancelled:
            effects.append(DropPartial())
        text = self._words(step.situation, step.values)
        blocks: list[Block] = [Text(text)]
        if step.buttons:
            blocks.append(step.buttons)
        outcome: Outcome = "chat" if cancelled else "lead"
        reply = Reply(tuple(blocks), outcome, ("cancel",) if cancelled else (), () if cancelled else opened.courses)
        return Turn(replace(conversation, form=step.form, misses=0, updated=now), reply, tuple(effects))

    def _about(self, courses: tuple[str, ...], opened: OpenForm, conversation: Conversation, now: datetime) -> Turn:
        """The course that an enquiry without one is about."""
        form = replace(opened, courses=courses)
        asked = tuple(intent for intent, wish in self.knowledge.form.wishes.items() if wish in opened.wishes)
        after = replace(conversation, form=form, courses=courses, misses=0, updated=now)
        return Turn(after, Reply(tuple(self._prompt(form)), "lead", asked, courses))

    def _asks(self, heard: Understanding | Fallback) -> bool:
        """Whether a message asks something. "For October, three people" is a detail, whatever it reminds of."""
        if isinstance(heard, Fallback):
            return False
        kinds = {self.knowledge.intents[intent.name].kind for intent in heard.intents}
        clear = heard.confidence >= self.knowledge.thresholds["beside_form"]
        return "conversation" in kinds or bool(kinds and (heard.question or clear))

    def _complete(self, draft: LeadDraft, conversation: Conversation) -> LeadDraft:
        """The draft with what the conversation knows: who it is, what was asked, where they came from."""
        campaign = self.knowledge.campaigns.get(conversation.campaign or "")
        if campaign:
            draft = replace(
                draft, source=campaign.source, medium=campaign.medium, campaign=campaign.campaign, owner=campaign.owner
            )
        return replace(
            draft, channel=conversation.channel, user=conversation.user, asked=conversation.asked,
            language=conversation.language,
        )  # fmt: skip

    def _prompt(self, opened: OpenForm) -> list[Block]:
        situation, values, buttons = self.form.prompt(opened)
        blocks: list[Block] = [Text(self._words(situation, values))]
        return [*blocks, buttons] if buttons else blocks

    def _words(self, situation: str, values: dict[str, object]) -> str:
        keys = values.get("courses", ())
        courses = (
            [CourseName(self.knowledge.courses[key]) for key in keys if key in self.knowledge.courses]
            if isinstance(keys, tuple)
            else []
        )
        return self.renderer.template(situation, {**values, "courses": courses})

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
