"""The bot on Telegram, from start to stop."""

import asyncio
import logging

from telegram import User
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram import logs, polling, webhook
from bot.channels.telegram.answering import Answering
from bot.channels.telegram.commands import Menu
from bot.channels.telegram.delivery import Delivery, pause
from bot.channels.telegram.dispatch import Dispatcher
from bot.channels.telegram.door import App
from bot.channels.telegram.errands import Errands
from bot.channels.telegram.http import Line
from bot.errors import SettingsError
from bot.settings import Settings

FINISH_SECONDS = 3.0
"""For each of the two sides, receiving and sending, when told to stop: together well under the ten of a host."""


async def run(app: App, settings: Settings, stop: asyncio.Event) -> None:
    """Until `stop` is set: by webhook where PUBLIC_URL is set, else by long polling. Raises SettingsError."""
    if settings.telegram_token is None:
        raise SettingsError("TELEGRAM_TOKEN is not set. Get a token from @BotFather and put it into .env.")
    logs.configure(settings.log_level)
    line = Line(settings.telegram_token.value, settings.telegram_api_root)
    try:
        me = await _reach(line, stop)
        if me:
            await _serve(app, settings, line, me, stop)
    finally:
        await line.shutdown()


async def _reach(line: Line, stop: asyncio.Event) -> User | None:
    """Who we are at Telegram, as soon as it can be reached."""
    tries = 0
    while not stop.is_set():
        try:
            await line.initialize()
            return line.bot
        except InvalidToken:
            raise SettingsError("Telegram does not know this TELEGRAM_TOKEN. Copy it from @BotFather again.") from None
        except TelegramError as error:
            tries += 1
            logs.write(logging.WARNING, "Telegram cannot be reached; trying again", error=type(error).__name__)
            try:
                await asyncio.wait_for(stop.wait(), pause(tries))
            except TimeoutError:
                continue
    return None


async def _serve(app: App, settings: Settings, line: Line, me: User, stop: asyncio.Event) -> None:
    errands, menu = Errands(), Menu(app, line)
    delivery = Delivery(line, app.database)
    answering = Answering(app, line, me, delivery, menu, errands)
    dispatcher = Dispatcher(answering.take)
    sending = asyncio.create_task(delivery.run())
    sending.add_done_callback(lambda _: stop.set())
    errands.run(menu.show_all())
    logs.write(logging.INFO, "The bot is running", bot=me.id, courses=len(app.knowledge.courses))
    try:
        if settings.public_url:
            await webhook.serve(app, settings, line, dispatcher, stop)
        else:
            await polling.poll(line, dispatcher, stop)
    finally:
        await dispatcher.finish(FINISH_SECONDS)
        await delivery.finish(FINISH_SECONDS)
        await errands.finish(1)
        sending.cancel()
        await asyncio.wait({sending})
    if not sending.cancelled() and (error := sending.exception()):
        raise error
    logs.write(logging.INFO, "The bot has stopped")
