"""An enquiry: the lead form within the talk, from the wish that opens it to the lead that comes of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation import arrival
from bot.conversation.decide import Decision
from bot.conversation.form import Form, FormStep
from bot.conversation.hear import clean
from bot.conversation.masks import without_known
from bot.conversation.meaning import Meaning, intents_of
from bot.conversation.render import CourseName, Renderer
from bot.models.content import Knowledge
from bot.models.conversation import Conversation, DropPartial, Effect, OpenForm, SaveLead, Turn
from bot.models.lead import LeadDraft
from bot.models.reply import Block, Outcome, Reply, Request, Text
from bot.models.understanding import Fallback, Understanding

CANCEL = "cancel"

DELETE = "delete_my_data"

PRIVACY = "privacy"

OF_DATA = frozenset((PRIVACY, DELETE))
"""Intents that ask what becomes of a person's data."""

LEAVING = frozenset((CANCEL, DELETE))
"""Intents that end the form."""


@dataclass(frozen=True, slots=True)
class Enquiry:
    """Fills the form in with what people say, and speaks for it."""

    knowledge: Knowledge
    renderer: Renderer
    form: Form
    meaning: Meaning

    def open(self, request: Request, decision: Decision, before: Conversation) -> OpenForm:
        """The form for these wishes; one that is open already takes them up."""
        form, text = before.form, clean(request.text)
        if form is None:
            return self.form.start(decision.wishes, decision.courses, text=text, reachable=request.reachable)
        wishes = tuple(dict.fromkeys((*form.wishes, *decision.wishes)))
        courses = tuple(dict.fromkeys((*form.courses, *decision.courses)))
        told = self.form.start(wishes, courses, text=text)
        return replace(form, wishes=wishes, courses=courses, values={**told.values, **form.values})

    def take(
        self,
        request: Request,
        heard: Understanding | Fallback,
        conversation: Conversation,
        opened: OpenForm,
        now: datetime,
    ) -> Turn | None:
        """The turn, where the message is for the form."""
        if request.payload and not request.payload.startswith("form|"):
            return None
        text = "" if request.payload else clean(request.text)
        courses, rest = self.meaning.changed(heard, text, opened)
        if (courses, rest) != (opened.courses, text):
            if not self.form.tells(rest):
                return self._about(courses, opened, conversation, now)
            opened, text = replace(opened, courses=courses), rest
        elif self.meaning.names_course(heard, text, opened):
            return self._about(heard.courses, opened, conversation, now)
        left = self.form.leaves_open(opened, text)
        if not request.payload and intents_of(heard) & LEAVING and not left:
            return None
        said = self.meaning.said(text, heard, opened, left)
        step = self.form.take(opened, said, payload=request.payload, contact=request.contact, now=now)
        if not step.used:
            return None
        draft = self._complete(step.draft, conversation) if step.draft else None
        effects: list[Effect] = [SaveLead(draft)] if draft else []
        cancelled = step.form is None and draft is None
        if cancelled:
            effects.append(DropPartial())
        blocks = self._shown(step)
        outcome: Outcome = "chat" if cancelled else "lead"
        reply = Reply(tuple(blocks), outcome, ("cancel",) if cancelled else (), () if cancelled else opened.courses)
        asked = without_known(opened, conversation.asked) if cancelled else conversation.asked
        # A question left open before this one ("shall I delete everything?") is not what the next yes answers.
        after = replace(conversation, form=step.form, misses=0, asked=asked, awaiting="", updated=now)
        return Turn(_having_sent(after, draft, now), reply, tuple(effects))

    def beside(
        self, request: Request, heard: Understanding | Fallback, conversation: Conversation, now: datetime
    ) -> tuple[Conversation, list[Effect]]:
        """Details beside a question go into the open form before the question is answered."""
        opened = conversation.form
        if opened is None or request.payload or intents_of(heard) & LEAVING:
            return conversation, []
        opened = self._corrected(heard, opened, conversation)
        step = self.form.beside(opened, clean(request.text), now, bool(intents_of(heard) & OF_DATA))
        if not step.used:
            return replace(conversation, form=opened), []
        draft = [SaveLead(self._complete(step.draft, conversation))] if step.draft else []
        return replace(conversation, form=step.form), [*draft]

    def _corrected(self, heard: Understanding | Fallback, opened: OpenForm, conversation: Conversation) -> OpenForm:
        """ "No, I meant PSPO", after a wish: the enquiry is not about the course of that wish. What asks something
        else puts nothing right ("make it quick, how long is PSM")."""
        if isinstance(heard, Fallback) or heard.relates != "correction" or not heard.courses:
            return opened
        wishes, before = self.knowledge.form.wishes.keys(), set(conversation.intents)
        if wishes.isdisjoint(before) or not intents_of(heard) <= wishes:
            return opened
        wrong = set(conversation.courses) - set(heard.courses)
        return replace(opened, courses=tuple(key for key in opened.courses if key not in wrong))

    def arrived(self, conversation: Conversation, now: datetime) -> Turn:
        blocks = arrival.told(conversation, self.knowledge, self.renderer)
        if conversation.form:
            blocks += self.prompt(conversation.form)
        return Turn(replace(conversation, misses=0, updated=now), Reply(tuple(blocks), "chat"))

    def reminded(self, turn: Turn) -> Turn:
        """With the open form's question below, once consent is given."""
        form = turn.conversation.form
        if form is None or form.consent is None:
            return turn
        return replace(turn, reply=replace(turn.reply, blocks=(*turn.reply.blocks, *self.prompt(form))))

    def reminds(self, opened: OpenForm, decision: Decision) -> bool:
        """Whether the form's question is repeated: after all but a question of ours; before consent, once after an
        answer."""
        if opened.consent is not None:
            return decision.outcome != "clarify"
        return not opened.reminded and decision.outcome in ("answer", "not_stated", "catalogue")

    def prompt(self, opened: OpenForm, whole: bool = False) -> list[Block]:
        return self._shown(FormStep(opened, *self.form.prompt(opened, whole)))

    def _about(self, courses: tuple[str, ...], opened: OpenForm, conversation: Conversation, now: datetime) -> Turn:
        """The course that an enquiry without one is about."""
        step = self.form.about(opened, courses)
        asked = tuple(intent for intent, wish in self.knowledge.form.wishes.items() if wish in opened.wishes)
        after = replace(conversation, form=step.form, courses=courses, misses=0, awaiting="", updated=now)
        draft = [SaveLead(self._complete(step.draft, conversation))] if step.draft else []
        return Turn(after, Reply(tuple(self._shown(step)), "lead", asked, courses), (*draft,))

    def _shown(self, step: FormStep) -> list[Block]:
        blocks: list[Block] = [Text(self._words(step.situation, step.values))]
        return [*blocks, step.buttons] if step.buttons else blocks

    def _words(self, situation: str, values: dict[str, object]) -> str:
        keys = values.get("courses", ())
        courses = (
            [CourseName(self.knowledge.courses[key]) for key in keys if key in self.knowledge.courses]
            if isinstance(keys, tuple)
            else []
        )
        return self.renderer.template(situation, {**values, "courses": courses})

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


def _having_sent(conversation: Conversation, draft: LeadDraft | None, now: datetime) -> Conversation:
    """The conversation that remembers what was sent in it."""
    return replace(conversation, sent=arrival.sent(draft, now)) if draft and not draft.partial else conversation
