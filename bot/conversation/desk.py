"""What does not speak of courses: the lead form, a person's rights over their data, yes and no to our own offers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation import arrival
from bot.conversation.answers import Said
from bot.conversation.decide import Decision, TalkPart
from bot.conversation.focus import SURE
from bot.conversation.form import Form, FormStep
from bot.conversation.hear import clean
from bot.conversation.masks import hidden
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
from bot.models.lead import Asked, LeadDraft
from bot.models.reply import Block, Button, Buttons, Outcome, Reply, Request, Text
from bot.models.understanding import Fallback, Understanding

CANCEL = "cancel"

DELETE = "delete_my_data"

PRIVACY = "privacy"

OF_DATA = frozenset((PRIVACY, DELETE))
"""Intents that ask what becomes of a person's data."""

LEAVING = frozenset((CANCEL, DELETE))
"""Intents that end the form."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Takes details and wishes about data; knows nothing of facts."""

    knowledge: Knowledge
    renderer: Renderer
    form: Form

    def warm(self) -> None:
        """Read a contact once: the libraries that check them are loaded then."""
        self.form.reader.read("a@example.org, +44 20 7946 0018")

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
            return self._arrived(conversation, now)
        answer = heard.answer if isinstance(heard, Understanding) and heard.bare else ""
        if conversation.form is None and conversation.awaiting and CANCEL in _names(heard):
            answer = "no"
        if verb == "form" and conversation.form is None:
            return self._say("error.stale_button", conversation, now)
        if verb == "offer" or (conversation.awaiting == "offer" and answer == "no"):
            return self._reminded(self._say("offer.refused", replace(conversation, awaiting=""), now))
        if verb == "delete" or (conversation.awaiting == "delete" and answer):
            return self._delete(request.payload == "delete|yes" or answer == "yes", conversation, now)
        if verb in ("withdraw", "/withdraw"):
            asked = _without(conversation.form, conversation.asked)
            closed = replace(conversation, form=None, letter=None, asked=asked)
            return self._say("withdraw.done", closed, now, "privacy", [WithdrawConsent()])
        if verb == "/mydata":
            return self._say("mydata.here", conversation, now, "privacy", [HandOverData()])
        if conversation.form is not None:
            return self._take(request, heard, conversation, conversation.form, now)
        if answer and not conversation.awaiting and not conversation.pending:
            return self._say("offer.done", conversation, now)
        return None

    def sure(
        self, heard: Understanding | Fallback, request: Request, conversation: Conversation
    ) -> Understanding | Fallback:
        """Without a wish to stop that no word of stopping, or no refusal, bears out: "maybe" closes no open form. And
        without a wish to delete data that names a course and no data: "remove PSK"."""
        if isinstance(heard, Fallback) or not _names(heard) & LEAVING:
            return heard
        if (heard.courses or heard.candidates) and not self.form.reader.changes.of_data(clean(request.text)):
            heard = _less(heard, DELETE)
        if conversation.form is None or CANCEL not in _names(heard):
            return heard
        refused = heard.answer == "no" and conversation.form.consent is None
        if refused or self.form.reader.changes.stops(clean(request.text)):
            return heard
        return _less(heard, CANCEL)

    def beside(
        self, request: Request, heard: Understanding | Fallback, conversation: Conversation, now: datetime
    ) -> tuple[Conversation, list[Effect]]:
        """Details beside a question go into the open form before the question is answered."""
        opened = conversation.form
        if opened is None or request.payload or _names(heard) & LEAVING:
            return conversation, []
        step = self.form.beside(opened, clean(request.text), now, bool(_names(heard) & OF_DATA))
        if not step.used:
            return conversation, []
        draft = [SaveLead(self._complete(step.draft, conversation))] if step.draft else []
        return replace(conversation, form=step.form), [*draft]

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
        found = self.form.reader.private(text)
        return [*found, *_known(opened)] if opened else found

    def follow_up(
        self, request: Request, decision: Decision, before: Conversation, after: Conversation, now: datetime
    ) -> tuple[Conversation, list[Block], list[Effect]]:
        """What a decision opens, closes or reminds of."""
        if CANCEL in decision.intents:
            closed = replace(after, form=None, asked=_without(before.form, after.asked))
            return closed, [], [DropPartial()] if before.form else []
        if DELETE in decision.intents:
            return replace(after, awaiting="delete"), [self._yes_or_no("delete")], []
        if "privacy" in decision.intents:
            label = self.renderer.shared("withdraw.button")
            blocks: list[Block] = [Buttons((Button(label, "withdraw|"),))]
            return after, [*blocks, *(self._prompt(before.form, whole=True) if before.form else [])], []
        if decision.wishes:
            # A plain yes to our offer asks for the answer; who says "call me" wants a call.
            if before.awaiting == "offer" and decision.wishes == ("call_back",) and decision.confidence == SURE:
                decision = replace(decision, wishes=("question",))
            opened = self._open(request, decision, before)
            return replace(after, form=opened), self._prompt(opened, whole=before.form is None), []
        if before.form and self._reminds(before.form, decision):
            return replace(after, form=replace(before.form, reminded=True)), self._prompt(before.form), []
        return after, [], []

    def _reminded(self, turn: Turn) -> Turn:
        """With the open form's question below, once consent is given."""
        form = turn.conversation.form
        if form is None or form.consent is None:
            return turn
        return replace(turn, reply=replace(turn.reply, blocks=(*turn.reply.blocks, *self._prompt(form))))

    def _reminds(self, opened: OpenForm, decision: Decision) -> bool:
        """Whether the form's question is repeated: after all but a question of ours; before consent, once after an
        answer."""
        if opened.consent is not None:
            return decision.outcome != "clarify"
        return not opened.reminded and decision.outcome in ("answer", "not_stated", "catalogue")

    def _open(self, request: Request, decision: Decision, before: Conversation) -> OpenForm:
        form, text = before.form, clean(request.text)
        if form is None:
            return self.form.start(decision.wishes, decision.courses, text=text, reachable=request.reachable)
        wishes = tuple(dict.fromkeys((*form.wishes, *decision.wishes)))
        courses = tuple(dict.fromkeys((*form.courses, *decision.courses)))
        told = self.form.start(wishes, courses, text=text)
        return replace(form, wishes=wishes, courses=courses, values={**told.values, **form.values})

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
        text = "" if request.payload else clean(request.text)
        courses, rest = self._changed(heard, text, opened)
        if (courses, rest) != (opened.courses, text):
            if not self.form.tells(rest):
                return self._about(courses, opened, conversation, now)
            opened, text = replace(opened, courses=courses), rest
        elif self._names_course(heard, text, opened):
            return self._about(heard.courses, opened, conversation, now)
        left = self.form.leaves_open(opened, text)
        if not request.payload and _names(heard) & LEAVING and not left:
            return None
        said = self._said(text, heard, opened, left)
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
        asked = _without(opened, conversation.asked) if cancelled else conversation.asked
        # A question left open before this one ("shall I delete everything?") is not what the next yes answers.
        after = replace(conversation, form=step.form, misses=0, asked=asked, awaiting="", updated=now)
        return Turn(_having_sent(after, draft, now), reply, tuple(effects))

    def _arrived(self, conversation: Conversation, now: datetime) -> Turn:
        blocks = arrival.told(conversation, self.knowledge, self.renderer)
        if conversation.form:
            blocks += self._prompt(conversation.form)
        return Turn(replace(conversation, misses=0, updated=now), Reply(tuple(blocks), "chat"))

    def _said(self, text: str, heard: Understanding | Fallback, opened: OpenForm, left: bool) -> Said:
        asks = not left and self._asks(heard, text, opened)
        if isinstance(heard, Fallback):
            return Said(text, asks, "yes" if self.form.agrees(text) else "")
        unclear = not (heard.intents or heard.courses or heard.candidates or heard.ordinal or heard.relates)
        return Said(text, asks, heard.answer, heard.bare, unclear, self._wishes(heard, text, opened))

    def _names_course(self, heard: Understanding | Fallback, text: str, opened: OpenForm) -> bool:
        """Whether a message only names the course of an enquiry that has none; or another one, at the read-back."""
        if not heard.courses:
            return False
        if not self.form.complete(opened):
            return not opened.courses and isinstance(heard, Understanding) and not heard.intents
        asks = isinstance(heard, Understanding) and heard.intents and self._asks(heard, text, opened)
        return not (asks or "?" in text or self.form.tells(text))

    def _about(self, courses: tuple[str, ...], opened: OpenForm, conversation: Conversation, now: datetime) -> Turn:
        """The course that an enquiry without one is about."""
        step = self.form.about(opened, courses)
        asked = tuple(intent for intent, wish in self.knowledge.form.wishes.items() if wish in opened.wishes)
        after = replace(conversation, form=step.form, courses=courses, misses=0, awaiting="", updated=now)
        draft = [SaveLead(self._complete(step.draft, conversation))] if step.draft else []
        return Turn(after, Reply(tuple(self._shown(step)), "lead", asked, courses), (*draft,))

    def _changed(self, heard: Understanding | Fallback, text: str, opened: OpenForm) -> tuple[tuple[str, ...], str]:
        """The courses of the enquiry, without those that are taken off it ("remove PSK") and with those that stand
        beside details; and the text without what was taken off."""
        if "?" in text or self._of_catalogue(heard):
            return opened.courses, text
        reader = self.form.reader
        span, rest = reader.changes.dropped(text)
        if not span:
            codes = reader.read(text).codes if self.form.tells(text) else []
            return tuple(dict.fromkeys((*opened.courses, *self._of_codes(codes)))), text
        elsewhere, complete = self._of_codes(reader.names.codes_in(rest)), self.form.complete(opened)
        if not (complete or elsewhere or self.form.tells(rest)) and reader.read(rest).parts:
            return opened.courses, text  # "without PSK content, please" is a note
        named = heard.courses
        if complete and not named and isinstance(heard, Understanding):
            named = heard.candidates  # "the kanban course": that one of them which the enquiry is about
        # "Not PSM II" names another course than its first word: what was understood goes before the bare code.
        off = [key for key in named if key not in elsewhere] or self._of_codes(reader.names.codes_in(span))
        if not off:
            return opened.courses, text
        added = [key for key in elsewhere if key in heard.courses]
        return tuple(key for key in dict.fromkeys((*opened.courses, *added)) if key not in off), rest

    def _of_codes(self, codes: Iterable[str]) -> list[str]:
        courses = {(course.code or key).casefold(): key for key, course in self.knowledge.courses.items()}
        return [courses[code] for code in codes if code in courses]

    def _of_catalogue(self, heard: Understanding | Fallback) -> bool:
        """Whether a message asks something of the catalogue: "remove PSK, how long is PSM"."""
        if isinstance(heard, Fallback):
            return False
        kinds = {self.knowledge.intents[name].kind for name in _names(heard)}
        clear = heard.question or heard.confidence >= self.knowledge.thresholds["beside_form"]
        return clear and bool(kinds & {"fact", "catalogue"})

    def _asks(self, heard: Understanding | Fallback, text: str, opened: OpenForm) -> bool:
        """Whether a message asks something. "For October, three people" is a detail, whatever it reminds of."""
        if self.form.names_somebody(opened, text) and not heard.courses:
            return False
        if isinstance(heard, Fallback):
            asking = self.knowledge.vocabulary.data.get("question_words", "").split()
            return "?" in text or heard.text.casefold().partition(" ")[0] in asking
        kinds = {self.knowledge.intents[intent.name].kind for intent in heard.intents}
        if self._wishes(heard, text, opened) and "?" not in text:
            return False
        limits, tells = self.knowledge.thresholds, self.form.tells(text)
        clear = heard.confidence >= limits["beside_form"]
        question = heard.question and (not tells or "?" in text or heard.confidence >= limits["clause"])
        named = bool(heard.courses) and not kinds and self.form.personal(opened)
        small = "conversation" in kinds and not tells and heard.confidence >= limits["clause"]
        return named or small or bool(kinds and (question or clear))

    def _wishes(self, heard: Understanding, text: str, opened: OpenForm) -> bool:
        """Whether it only says once more what the form is open for, after consent or beside details."""
        wishes = [self.knowledge.form.wishes.get(intent.name) for intent in heard.intents]
        known = (*opened.wishes, "call_back")
        told = opened.consent is not None or self.form.tells(text)
        return told and bool(wishes) and all(wish in known for wish in wishes)

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

    def _prompt(self, opened: OpenForm, whole: bool = False) -> list[Block]:
        return self._shown(FormStep(opened, *self.form.prompt(opened, whole)))

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


def _names(heard: Understanding | Fallback) -> set[str]:
    return {intent.name for intent in heard.intents} if isinstance(heard, Understanding) else set()


def _less(heard: Understanding, name: str) -> Understanding:
    return replace(heard, intents=tuple(intent for intent in heard.intents if intent.name != name))


def _having_sent(conversation: Conversation, draft: LeadDraft | None, now: datetime) -> Conversation:
    """The conversation that remembers what was sent in it."""
    return replace(conversation, sent=arrival.sent(draft, now)) if draft and not draft.partial else conversation


def _known(opened: OpenForm | None) -> list[tuple[str, str]]:
    """What the form knows of the person, and what it is."""
    held = opened.values if opened else {}
    return [(held[key], key) for key in ("name", "company", "email", "phone") if held.get(key)]


def _without(opened: OpenForm | None, asked: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """The questions, without what the closed form knew of the person."""
    known = _known(opened)
    return tuple(replace(one, text=hidden(one.text, known)) for one in asked) if known else asked
