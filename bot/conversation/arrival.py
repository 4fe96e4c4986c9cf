"""Whether an enquiry has arrived: told from what was saved in this conversation, and from nothing else."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.conversation.render import CourseName, Renderer
from bot.conversation.wordlists import among
from bot.models.content import Knowledge
from bot.models.conversation import Conversation, Sent
from bot.models.lead import LeadDraft
from bot.models.reply import Block, Text

DETAILS = ("name", "email", "phone", "here", "company", "people", "note")


def is_asked(text: str, knowledge: Knowledge) -> bool:
    """ "Did you get it?" """
    return among(text.replace("?", ""), knowledge.form.arrived)


def sent(draft: LeadDraft, now: datetime) -> Sent:
    return Sent(now, draft.courses, tuple(name for name in DETAILS if getattr(draft, name)))


def told(conversation: Conversation, knowledge: Knowledge, renderer: Renderer) -> list[Block]:
    """What was sent and when, and that what is open is not."""
    found: list[Block] = []
    if last := conversation.sent:
        at = last.at.astimezone(ZoneInfo(knowledge.provider.time_zone))
        courses = [CourseName(knowledge.courses[key]) for key in last.courses if key in knowledge.courses]
        found.append(Text(renderer.shared("enquiry.sent", at=at, courses=courses, details=last.details)))
    if conversation.form:
        found.append(Text(renderer.shared("enquiry.open")))
    return found or [Text(renderer.shared("enquiry.none"))]
