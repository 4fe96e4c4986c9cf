"""How far loading is, for whoever waits at a terminal."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from bot.knowledge.load import Progress as Hears

PATIENCE_SECONDS = 1.0
"""A bar that is gone at once only flickers."""


@contextmanager
def loading(patience: float | None = None, stream: TextIO | None = None) -> "Iterator[Hears | None]":
    """Hears pages done and pages in all; shows a bar on standard error, where it is a terminal, once it takes long."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield None
        return
    bar = _Bar(stream, time.perf_counter() + (PATIENCE_SECONDS if patience is None else patience))
    try:
        yield bar.hear
    finally:
        bar.close()


class _Bar:
    def __init__(self, stream: TextIO, begin: float) -> None:
        self._stream, self._begin = stream, begin
        self._shown: Progress | None = None
        self._task: TaskID | None = None

    def hear(self, done: int, total: int) -> None:
        if self._shown is None:
            if time.perf_counter() < self._begin:
                return
            self._show(total)
        assert self._shown is not None
        assert self._task is not None
        self._shown.update(self._task, completed=done, total=total)

    def _show(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import MofNCompleteColumn, Progress

        console = Console(file=self._stream)
        self._shown = Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=console, transient=True)
        self._task = self._shown.add_task("Loading pages", total=total)
        self._shown.start()

    def close(self) -> None:
        if self._shown is not None:
            self._shown.stop()
