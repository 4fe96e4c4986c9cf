"""Tries out what the documents say. `python -m tests.documents` pastes what their commands print now.

In a block ```console, lines that begin with `$ ` are run, and what stands below them must be what they print (write a
`?` there to have it pasted); a command with nothing below it must only work. A block ```yaml FILE is put into that file
as an editor would: keys below keys, entries to the ends of lists; a block ```markdown FILE is the whole file. Each
document has a folder of its own, with a copy of `knowledge/` in it.
"""

import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from bot.cli import main
from bot.knowledge import yamlfile

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("README.md", "docs/editing.md")
"""Documents with commands that can be tried here; the others speak of servers and hosts."""

_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MAKE = {"make chat": "course-advisor chat", "make -s chat": "course-advisor chat"}
"""tests/test_docs.py sees that the Makefile means the same."""


def retold(document: Path) -> str:
    """The document with what its commands print now in the place of what it says they print."""
    with _workshop() as folder:
        return _BLOCK.sub(lambda block: _tried(block, folder), document.read_text("utf-8"))


@contextmanager
def _workshop() -> Iterator[Path]:
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "knowledge", Path(folder) / "knowledge")
        shutil.copytree(ROOT / "knowledge" / "courses", Path(folder) / "before")
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            os.chdir(before)


def _tried(block: re.Match[str], folder: Path) -> str:
    kind, file, text = block.groups()
    if kind == "console":
        return f"```console\n{''.join(_run(step) for step in re.split(r'^(?=[$] )', text, flags=re.MULTILINE))}```"
    if file and kind == "markdown":
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, "utf-8")
    elif file:
        _edit(folder / file, yamlfile.parse(text))
    return block[0]


def _run(step: str) -> str:
    command, _, printed = step.partition("\n")
    if not command.startswith("$ "):
        return step
    said = _output(command[2:])
    return f"{command}\n{said if printed.strip() else printed}"


def _output(command: str) -> str:
    typed, bar, rest = command.rpartition(" | ")
    words = shlex.split(MAKE.get(rest.strip(), rest))
    assert words[0] == "course-advisor", f"{command!r} cannot be tried here"
    given = shlex.split(typed)[1].replace("\\n", "\n") if bar else None
    settings = {"KNOWLEDGE_DIR": "knowledge", "COURSES_DIR": None, "DATABASE_URL": "sqlite:///bot.sqlite3"}
    result = CliRunner().invoke(main, words[1:], input=given, env=settings)
    assert result.exit_code in (0, 1), f"{command}: {result.output}"
    assert result.exception is None or isinstance(result.exception, SystemExit), f"{command}: {result.exception!r}"
    return "".join(f"{line.rstrip()}\n" for line in result.stdout.rstrip("\n").splitlines())


def _edit(path: Path, added: Any) -> None:
    """Put data into a YAML file, or into the front matter of a page."""
    text = path.read_text("utf-8") if path.exists() else ""
    if path.suffix == ".md":
        _, head, body = text.split("---\n", 2)
        path.write_text(f"---\n{_dumped(_merged(yamlfile.parse(head), added))}---\n{body}", "utf-8")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_dumped(_merged(yamlfile.parse(text) if text else {}, added)), "utf-8")


def _dumped(data: Any) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def _merged(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _merged(old[key], value) if key in old else value for key, value in new.items()}}
    if isinstance(old, str) and old.endswith("\n"):  # a block with one entry a line
        return old + new
    return [*old, *new] if isinstance(old, list) and isinstance(new, list) else new


if __name__ == "__main__":
    for name in sys.argv[1:] or DOCUMENTS:
        path = ROOT / name
        path.write_text(retold(path), "utf-8")
