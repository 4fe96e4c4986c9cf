"""A running bot takes edits over as a whole, goes on with the last good content, and tells who has to mend it."""

import asyncio
import logging
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import App, open_app
from bot.errors import ContentError, StoreError
from bot.jobs import reload
from bot.models.reply import Request
from bot.models.understanding import Fallback
from bot.settings import Secret, Settings
from bot.store import outbox
from tests.conftest import KNOWLEDGE

PAGE = "courses/professional-scrum-product-owner.md"
BROKEN = "---\ntitle: [\n---\n"


class Newsroom:
    """The bot on a copy of the knowledge, its job looking at it, and an editor."""

    def __init__(self, app: App) -> None:
        self.app, self.folder = app, Path(app.settings.knowledge_dir)
        self.told: list[str] = []

    def edits(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    async def asks(self, text: str, user: str = "u") -> str:
        return (await self.app.answer(Request("terminal", user, text))).text

    async def until(self, holds: Callable[[], Any]) -> float:
        """Seconds it took."""
        started = time.perf_counter()
        async with asyncio.timeout(20):
            while not holds():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        return time.perf_counter() - started

    async def looks(self) -> None:
        """Give the job the time to load what was edited, and to tell of it."""
        await self.until(lambda: self.app.seen == self.app.loader.look())  # type: ignore[union-attr]
        await asyncio.sleep(0.1)


@asynccontextmanager
async def running(
    folder: Path, tell: Callable[[Newsroom], Callable[[str, str], Awaitable[None]]] | None = None
) -> AsyncIterator[Newsroom]:
    """From start to stop, on what stands in the folder."""
    url = Secret(f"sqlite:///{folder.parent / 'bot.sqlite3'}")
    settings = Settings(database_url=url, knowledge_dir=folder, admin_ids="1")
    async with open_app(settings) as app:
        room, stop = Newsroom(app), asyncio.Event()

        async def hear(text: str, _: str) -> None:
            room.told.append(text)

        job = asyncio.create_task(reload.watch(app, stop, tell(room) if tell else hear))
        try:
            yield room
        finally:
            stop.set()
            await asyncio.wait_for(job, 10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks often, and has nothing to learn: for tests that do not ask for an answer."""
    monkeypatch.setattr(reload, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(reload, "QUIET_SECONDS", 0.01)
    monkeypatch.setattr("bot.app.Understander", NothingUnderstood)


class NothingUnderstood:
    def __init__(self, *_: object) -> None: ...

    def understand(self, text: str, _: object) -> Fallback:
        return Fallback(text, "no_match")

    def warm(self) -> None: ...


def test_an_edit_is_seen_within_two_seconds_even_while_more_is_written() -> None:
    assert reload.LOOK_SECONDS + reload.PATIENCE * reload.QUIET_SECONDS < 1.5
    assert reload.LOOK_SHARE * 0.05 + reload.QUIET_SECONDS < 2, "where a look at ten thousand pages takes 50 ms"


async def test_an_edited_figure_is_answered_soon(folder: Path) -> None:
    async with running(folder) as room:
        assert "85%" in await room.asks("pass mark of PSPO")
        before = room.app.advisor
        await asyncio.sleep(0.1)
        room.edits(PAGE, "85%", "86%")
        assert await room.until(lambda: room.app.advisor is not before) < 5, "one second and a half on a quiet machine"
        assert "86%" in await room.asks("pass mark of PSPO")
        assert room.told == []


async def test_no_message_is_answered_from_half_of_an_edit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Length and pass mark change together, again and again, while people ask for both."""
    monkeypatch.setattr(reload, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(reload, "QUIET_SECONDS", 0.01)
    page = folder / PAGE
    first = page.read_text("utf-8")
    second = first.replace("85%", "77%").replace("duration: 16", "duration: 21").replace("two-day", "three-day")
    said = set()
    async with running(folder) as room:
        for text in (second, first):
            before = room.app.advisor
            page.write_text(text, "utf-8")
            while room.app.advisor is before:
                answer = (await room.app.answer(Request("terminal", "u", payload="ask|duration,pass_mark|PSPO"))).text
                said.add(tuple(figure in answer for figure in ("85%", "16 hours", "77%", "21 hours")))
                await asyncio.sleep(0)
    assert said == {(True, True, False, False), (False, False, True, True)}


@pytest.mark.usefixtures("hasty")
async def test_a_broken_page_is_told_once_and_its_last_good_version_answers(folder: Path) -> None:
    async with running(folder) as room:
        good = (folder / PAGE).read_text("utf-8")
        (folder / PAGE).write_text(BROKEN, "utf-8")
        await room.until(lambda: room.told)
        assert "professional-scrum-product-owner.md:3: the YAML is broken" in room.told[0]
        assert "the last good version" in room.told[0]
        mark = room.app.knowledge.courses["PSPO"].fact("pass_mark")
        assert mark is not None
        assert mark.value == 85
        (folder / PAGE).write_text("\n" + BROKEN, "utf-8")
        room.edits("courses/user-story-workshop.md", "title", "title")
        await room.looks()
        assert len(room.told) == 1
        (folder / PAGE).write_text(good, "utf-8")
        await room.until(lambda: len(room.told) == 2)
        assert room.told[1].startswith("The content is in order again")


@pytest.mark.usefixtures("hasty")
async def test_after_a_restart_the_broken_page_is_absent_and_told_again(folder: Path) -> None:
    (folder / PAGE).write_text(BROKEN, "utf-8")
    async with running(folder) as room:
        await room.until(lambda: room.told)
        assert "PSPO" not in room.app.knowledge.courses
        assert "I know nothing of the courses on these" in room.told[0]


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("replies.yaml", "clarify.course:", "clarify.course: [", "replies.yaml:"),
        ("replies.yaml", "{{ count }}", "{{ cuont }}", "'clarify.candidates': the template uses 'cuont'"),
        ("forms/lead.yaml", "answer your enquiry? We", "send you news? We", "forms/consent-versions.yaml the line"),
        ("intents/price.yaml", "suggest: [", "suggest: [prise, ", "'suggest' names the intent 'prise'"),
        ("vocabulary.yaml", "ordinals: {first: 1", "ordinals: {first: one", "No answer comes of the edited content"),
    ],
)
async def test_a_broken_knowledge_file_leaves_everything_as_it_was(
    folder: Path, file: str, old: str, new: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if file == "vocabulary.yaml":
        monkeypatch.undo()
        monkeypatch.setattr(reload, "LOOK_SECONDS", 0.02)
    async with running(folder) as room:
        before = room.app.advisor
        good = (folder / file).read_text("utf-8")
        room.edits(file, old, new)
        room.edits(PAGE, "85%", "86%")
        await room.until(lambda: room.told)
        assert reason in room.told[0]
        assert room.app.advisor is before
        (folder / file).write_text(good, "utf-8")
        await room.until(lambda: len(room.told) == 2)
        mark = room.app.knowledge.courses["PSPO"].fact("pass_mark")
        assert mark is not None
        assert mark.value == 86


@pytest.mark.usefixtures("hasty")
async def test_reasons_are_logged_once_with_file_and_line(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "course_advisor.jobs")
    async with running(folder) as room:
        (folder / PAGE).write_text(BROKEN, "utf-8")
        await room.until(lambda: room.told)
        room.edits("courses/user-story-workshop.md", "title", "title")
        await room.looks()
    fields = [getattr(record, "fields", {}) for record in caplog.records]
    (reason,) = [field["reason"] for field in fields if "reason" in field]
    assert reason.startswith("professional-scrum-product-owner.md:3: the YAML is broken")


@pytest.mark.usefixtures("hasty")
async def test_administrators_hear_of_it_when_the_database_works_again(folder: Path) -> None:
    fails = [True]

    def tell(room: Newsroom) -> Callable[[str, str], Awaitable[None]]:
        async def hear(text: str, _: str) -> None:
            if fails:
                fails.pop()
                raise StoreError("gone")
            room.told.append(text)

        return hear

    async with running(folder, tell) as room:
        (folder / PAGE).write_text(BROKEN, "utf-8")
        await room.until(lambda: room.told)


@pytest.mark.usefixtures("hasty")
async def test_of_two_processes_on_one_disk_one_tells_each_administrator(folder: Path) -> None:
    (folder / PAGE).write_text(BROKEN, "utf-8")
    stop = asyncio.Event()
    async with running(folder) as one, running(folder) as other:
        jobs = [asyncio.create_task(reload.run(room.app, stop)) for room in (one, other)]
        await one.until(lambda: one.told)
        await one.looks()
        stop.set()
        await asyncio.gather(*jobs)
        async with one.app.database.read() as connection:
            rows = await outbox.due(connection, datetime.now(UTC), 9, ("telegram",))
    assert [row.target for row in rows] == ["1"]
    assert "professional-scrum-product-owner.md:3" in rows[0].payload["text"]


@pytest.mark.usefixtures("hasty")
async def test_what_staff_load_by_command_is_no_news_to_the_job_but_a_refusal_is(folder: Path) -> None:
    async with running(folder) as room:
        good = (folder / "replies.yaml").read_text("utf-8")
        (folder / "replies.yaml").write_text("a: [", "utf-8")
        with pytest.raises(ContentError, match=r"replies\.yaml"):
            await room.app.reload()
        await room.until(lambda: room.told)
        (folder / "replies.yaml").write_text(good, "utf-8")
        assert await room.app.reload() == ()
        (folder / PAGE).write_text(BROKEN, "utf-8")
        (problem,) = await room.app.reload()
        assert problem.file == "professional-scrum-product-owner.md"


async def test_who_talks_about_a_page_that_is_taken_away_is_asked_which_course_they_mean(folder: Path) -> None:
    async with running(folder) as room:
        await room.asks("how long is PSPO")
        (folder / PAGE).unlink()
        await room.app.reload()
        assert "Which course" in await room.asks("and the pass mark?")
