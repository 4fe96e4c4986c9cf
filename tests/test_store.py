"""A talk and its lead on a real database file."""

from pathlib import Path

from bot.app import App, open_app
from bot.models.reply import Request
from bot.settings import Secret, Settings
from bot.store import leads


async def say(app: App, *texts: str) -> str:
    for text in texts:
        payload = text.removeprefix("press ") if text.startswith("press ") else ""
        reply = await app.answer(Request("terminal", "local", "" if payload else text, payload=payload))
    return reply.text


async def test_a_lead_given_in_the_terminal_is_kept_across_a_restart(tmp_path: Path) -> None:
    settings = Settings(database_url=Secret(f"sqlite:///{tmp_path}/advisor.sqlite3"))
    async with open_app(settings) as app:
        await say(
            app, "sign me up for PSPO", "press form|consent|yes", "Ann Lee, ann@example.org", "press form|skip|note"
        )
    async with open_app(settings) as app:
        done = await say(app, "press form|review|yes")
        assert done.startswith("Thank you, Ann Lee.")
        async with app.database.begin() as connection:
            found = await leads.find(connection, leads.LeadFilter())
    assert [(lead.draft.name, lead.draft.email, lead.draft.courses, lead.status) for lead in found] == [
        ("Ann Lee", "ann@example.org", ("PSPO",), "new")
    ]


async def test_deletion_leaves_nothing_of_the_person(tmp_path: Path) -> None:
    settings = Settings(database_url=Secret(f"sqlite:///{tmp_path}/advisor.sqlite3"))
    async with open_app(settings) as app:
        await say(app, "sign me up for PSPO", "press form|consent|yes", "Ann Lee, ann@example.org")
        await say(app, "/deleteme", "press delete|yes")
    assert b"ann@example.org" not in (tmp_path / "advisor.sqlite3").read_bytes()
