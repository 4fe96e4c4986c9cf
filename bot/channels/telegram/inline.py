"""Inline mode: facts as cards to paste into any chat. Nothing is kept of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from telegram import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent, LinkPreviewOptions

from bot.channels.telegram import outbound
from bot.channels.telegram.door import CHANNEL
from bot.channels.telegram.http import Line
from bot.conversation.advisor import Advisor
from bot.models.conversation import Conversation
from bot.models.course import Fact
from bot.models.reply import Buttons, Reply, Request

MOST = 10
"""Cards a person looks through; Telegram would take fifty."""

CACHE_SECONDS = 60


async def answer(line: Line, advisor: Advisor, query: str, request: Request) -> None:
    """Cards for the query; without any, a button that opens the chat."""
    found = list(cards(advisor, request)) if request.text.strip() else []
    way_in = InlineQueryResultsButton(advisor.shared("telegram.inline_button"), start_parameter="inline")
    await line.answer_inline_query(query, found, cache_time=CACHE_SECONDS, button=None if found else way_in)


def cards(advisor: Advisor, request: Request) -> Iterator[InlineQueryResultArticle]:
    """One for each fact asked for; where only a course is named, one for each thing its page states."""
    reply = _reply(advisor, request)
    for number, fact in enumerate(_facts(advisor, reply)[:MOST]):
        intent = next((spec.name for spec in advisor.knowledge.intents.values() if spec.fact == fact.name), "")
        if not intent:
            continue
        asked = replace(request, text="", payload=f"ask|{intent}|{fact.course}")
        course, spec = advisor.knowledge.courses[fact.course], advisor.knowledge.facts[fact.name]
        text = outbound.messages(_bare(_reply(advisor, asked)), {})
        if text:
            yield InlineQueryResultArticle(
                f"{number}:{fact.name}",
                f"{course.title}: {spec.label}"[:100],
                InputTextMessageContent(
                    text[0].html, parse_mode="HTML", link_preview_options=LinkPreviewOptions(is_disabled=True)
                ),
                description=outbound.clean(advisor.spoken(fact))[:200] or None,
            )


def _facts(advisor: Advisor, reply: Reply) -> list[Fact]:
    if reply.facts and reply.outcome == "answer":
        return list(reply.facts)
    named = [advisor.knowledge.courses[key] for key in reply.courses if key in advisor.knowledge.courses]
    if len(named) != 1 or reply.outcome == "not_stated":
        return []
    return [fact for name in advisor.knowledge.facts if (fact := named[0].fact(name))]


def _reply(advisor: Advisor, request: Request) -> Reply:
    return advisor.turn(request, Conversation("inline", CHANNEL, request.user), datetime.now(UTC)).reply


def _bare(reply: Reply) -> Reply:
    """Without buttons, which would lead nowhere in another chat; the course's name goes above in the title."""
    return replace(reply, blocks=tuple(block for block in reply.blocks if not isinstance(block, Buttons)))
