"""What a converter or a hurried hand left in the text."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from bot.knowledge.check.look import Look
from bot.knowledge.text import Block
from bot.models.content import Problem

_REMOVE = "Remove it from the page."
_APART = "Put a space between them."
_KINDS = (
    (
        "a shortcode",
        "Write in its place what it showed, or remove it where the text is whole without it.",
        re.compile(r"\\?\[/?(?:wpv|types|caption|gallery|embed|vc|shortcode)[\w-]*[^\]\n]*\\?\]"),
    ),
    ("an HTML comment", _REMOVE, re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)),
    (
        "a link that leads nowhere",
        "Give it an address, or keep its words without the link.",
        re.compile(r"\]\(\s*(?:#(?:placeholder[\w-]*)?)?\s*\)|href=[\"']\s*#?\s*[\"']"),
    ),
    (
        "sentences without a space between them",
        _APART,
        re.compile(r"(?<![\w./@-])[a-z]{3,}[.!?](?:The|This|A|An|In|It|We|You|Students|Participants|If)\b"),
    ),
    (
        "a link to a single date",
        "Lead it to a page that stays, or keep its words without the link.",
        re.compile(
            r"\]\((?=[^()\s]*-\d{1,2}(?:st|nd|rd|th)?-(?:january|february|march|april|may|june|july|august|september|october"
            r"|november|december)-20\d\d)[^()\s]*",
            re.IGNORECASE,
        ),
    ),
    (
        "a doubled or stray mark",
        "Leave one mark, right behind its word.",
        re.compile(r",,|(?<=[a-z])\.\.(?=\s|$)|(?<=\w) ,(?=\s)", re.MULTILINE),
    ),
    ("a trade mark run into its word", "Write ™, or leave the two letters out.", re.compile(r"(?<=[a-z])TM\b")),
    (
        "a word glued to a link",
        _APART,
        re.compile(r"\]\((?:https?://|/)[^()\s]*(?:\s+\"[^\"]*\")?\)[a-z]+"),
    ),
    (
        "a quotation opened with one mark and closed with another",
        "Close it with the mark that opened it.",
        re.compile('"[^"“”\n]{5,400}”'),
    ),
    (
        "an embedded frame",
        "It is shown to nobody here: write in words what people should know of it, then remove it.",
        re.compile(r"<iframe\b[^>]*>", re.IGNORECASE),
    ),
    ("letters of a mathematical alphabet", "Type them as plain letters.", re.compile("[\U0001d400-\U0001d7ff]+")),
)
"""Name, what to do, and how it is found."""

_DANGLING = re.compile(r"\b(?:an?|the)\s*[,;.](?:\s|$)|\s(?:an?|the|of|with|and|or)$")
_MIDDLE = re.compile(
    r"(?:the|an?|is|are|was|were|has|have|had|and|or|but|which|that|who|whose|of|will|would|can|for|their|its|be|been)\s.*[.:!?]$",
    re.DOTALL,
)
FEWEST = 4
"""Words of a text that must be a sentence."""

_VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "tbody",
        "thead",
        "dt",
        "dd",
    )
)
"""Tags that HTML lets people leave open."""


def find(look: Look) -> Iterator[Problem]:
    """One problem for each kind of leftover, at its first place."""
    head, body = look.page.head.decode(), look.page.body
    for kind, fix, pattern in _KINDS:
        places = [(head, look.page.head_line, match) for match in pattern.finditer(head)]
        places += [(body, look.page.body_line, match) for match in pattern.finditer(body)]
        if places:
            text, first_line, match = places[0]
            count = f" ({len(places)} times)" if len(places) > 1 else ""
            yield _problem(
                look,
                first_line + text.count("\n", 0, match.start()),
                f"the text holds {kind}{count}: “{_short(match.group())}”.",
                fix,
            )
    if tag := _unbalanced(head) or _unbalanced(body):
        message = f"a <{tag}> is opened and not closed, or closed and not opened."
        yield _problem(look, None, message, "Add its other half, or remove the tag and keep its words.")
    yield from _cut(look)


def _cut(look: Look) -> Iterator[Problem]:
    """The first sentence of a field that begins in its middle or breaks off."""
    for field in look.contract.page.prose:
        for block in look.reading.blocks(field):
            if block.kind == "text" and (place := _broken(block)):
                yield look.problem(
                    "leftover", f"a sentence {place}: “{_short(block.text)}”.", "Complete it.", field=field
                )
                return


def _broken(block: Block) -> str:
    if len(block.text.split()) < FEWEST:
        return ""
    if _MIDDLE.match(block.text):
        return "begins in its middle"
    return "lacks a word" if _DANGLING.search(block.text) else ""


def _problem(look: Look, line: int | None, message: str, fix: str) -> Problem:
    return Problem(look.page.file, line, look.course.key, None, "leftover", message, fix)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fault = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if tag in self.open:
            while (last := self.open.pop()) != tag:
                self.fault = self.fault or last
        else:
            self.fault = self.fault or tag


def _unbalanced(text: str) -> str:
    """The first tag without its partner."""
    if "<" not in text:
        return ""
    tags = _Tags()
    tags.feed(text)
    return tags.fault or (tags.open[-1] if tags.open else "")
