"""Reading one course page: bytes to front matter and body, or one problem that says what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontmatter.default_handlers import YAMLHandler

from bot.knowledge import yamlfile
from bot.models.content import Problem

MAX_BYTES = 256 * 1024


class PageHandler(YAMLHandler):
    """python-frontmatter's YAML handler with our loader."""

    def load(self, fm: str, **_: object) -> Any:
        return yamlfile.parse(fm)


_HANDLER = PageHandler()


@dataclass(frozen=True, slots=True)
class Page:
    """One readable page."""

    file: str
    """Path within the catalogue, with forward slashes."""
    data: Mapping[str, Any]
    """The front matter, files beside the page merged in."""
    body: str
    head: bytes
    """The front matter as written, for finding lines."""
    head_line: int
    """Line of the file on which `head` begins."""
    body_line: int
    beside: tuple[str, ...] = ()
    """Top-level keys that come from a file beside the page."""


class UnusablePageError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def unusable(file: str, line: int | None, message: str, fix: str) -> UnusablePageError:
    return UnusablePageError(Problem(file, line, None, None, "unusable", message, fix))


def read_text(path: Path, file: str, root: Path | None = None) -> str:
    """The text of a file inside `root`; refuses what is too large, empty, outside, or not UTF-8."""
    if root is not None and path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        raise unusable(file, None, "the file is a link that leaves the catalogue.", "Copy the file into the catalogue.")
    try:
        raw = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise unusable(
            file, None, f"the file cannot be read ({error.strerror}).", "Check that it exists and may be read."
        ) from None
    if raw is None:
        raise unusable(file, None, "the file is larger than 256 KiB.", "Shorten it, or move pictures out of the text.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise unusable(file, line, "the file is not UTF-8 text.", "Save it with the encoding UTF-8.") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise unusable(file, line, "the file holds a NUL character.", "Remove it, or save the file as UTF-8 text.")
    if not text.strip():
        raise unusable(file, 1, "the file is empty.", "Write the page, or delete the file.")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def has_front_matter(text: str) -> bool:
    return _HANDLER.detect(text)


def parse_page(text: str, file: str, beside: Mapping[str, Any] | None = None) -> Page:
    """The page, or UnusablePageError."""
    if not has_front_matter(text):
        raise unusable(
            file, 1, "the page has no front matter.", "Begin it with a line ---, the fields, and a line ---."
        )
    boundary = _HANDLER.FM_BOUNDARY
    assert boundary is not None
    start = boundary.match(text)
    assert start is not None
    end = boundary.search(text, start.end())
    if end is None:
        raise unusable(file, 1, "the front matter has no end.", "Close it with a line ---.")
    head = text[start.end() : end.start()]
    head_line = text.count("\n", 0, start.end()) + 1
    try:
        data = _HANDLER.load(head)
    except yamlfile.BadYamlError as error:
        raise unusable(file, head_line + error.line - 1, error.message, error.fix) from None
    if not isinstance(data, dict):
        raise unusable(
            file, head_line, "the front matter holds no fields.", "Write it as lines of the form `name: value`."
        )
    added = {key: value for key, value in (beside or {}).items() if not data.get(key)}
    return Page(
        file=file,
        data={**data, **added} if added else data,
        body=text[end.end() :].strip("\n"),
        head=head.encode(),
        head_line=head_line,
        body_line=_body_line(text, end.end()),
        beside=tuple(added),
    )


def _body_line(text: str, position: int) -> int:
    """Line of the first word of the body."""
    while position < len(text) and text[position].isspace():
        position += 1
    return text.count("\n", 0, position) + 1
