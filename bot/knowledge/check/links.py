"""Links whose words name one course while their address leads to another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.knowledge.check.look import Look
from bot.knowledge.paths import all_texts
from bot.knowledge.text import inline
from bot.models.content import Problem

_MARKDOWN = re.compile(
    r"(?<!!)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*(?P<address>[^()\s]+)(?:\s+\"(?P<title>[^\"]*)\")?\s*\)"
)
_HTML = re.compile(
    r"<a\b(?=[^<>]*\bhref=[\"'](?P<address>[^\"']+))(?=(?:[^<>]*\btitle=\"(?P<title>[^\"]*)\")?)[^<>]*>(?P<text>.{1,300}?)</a>",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_NOBODY_SAYS = frozenset(("a", "an", "and", "for", "in", "of", "the", "to", "with"))
_FURTHER = ("ii", "iii", "iv", "v")
"""Numbers of a series after the first; the first is often left unsaid."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A course found in some words, and where its name ends there."""

    look: Look
    name: Words
    number: str
    """Of the series, where one follows the name."""
    sure: bool
    """The words are nothing but the name."""


class Signposts:
    """The names of all courses, by which words and addresses are read."""

    def __init__(self, looks: list[Look]) -> None:
        self._looks = looks

    @cached_property
    def _names(self) -> list[tuple[Words, Look]]:
        """Of two words at least, the longest first: shorter ones may be parts of them."""
        found = {(words_of(name), look) for look in self._looks for rank in look.names for name in rank}
        return sorted((pair for pair in found if len(pair[0]) > 1), key=lambda pair: (-len(pair[0]), pair[0]))

    @cached_property
    def _codes(self) -> dict[str, Look]:
        return {look.course.code: look for look in self._looks if look.course.code and look.course.code.isupper()}

    @cached_property
    def _pages(self) -> dict[Words, Look]:
        return {words_of(look.slug): look for look in self._looks}

    def said(self, text: str) -> list[Named]:
        """The courses that the words of a link name, by code or by name."""
        found = self._named_in(words_of(text))
        for place, word in enumerate(written := re.findall(r"[\w-]+", text)):
            if look := self._codes.get(word):
                number = _number(words_of(" ".join(written[place + 1 : place + 2])), 0)
                found.append(Named(look, words_of(look.bare_title), number, len(written) == 1))
        return found

    def led_to(self, address: str) -> list[Named]:
        """The courses whose page it is, else those that its last part names."""
        words = last_part(address)
        page = self._pages.get(words)
        return [Named(page, words, "", True)] if page else self._named_in(words)

    def _named_in(self, words: Words) -> list[Named]:
        found: list[Named] = []
        for name, look in self._names:
            place = _place(name, words)
            if place is not None and not any(name != one.name and _within(name, one.name) for one in found):
                sure = words == words_of(look.bare_title) == name
                found.append(Named(look, name, _number(words, place + len(name)), sure))
        return found


def astray(look: Look, signposts: Signposts) -> Iterator[Problem]:
    """Each link of which text or title and address cannot both be right."""
    for field, said, address in dict.fromkeys(_links(look)):
        named = signposts.said(said)
        if named and (other := _elsewhere(named, signposts.led_to(address), last_part(address))):
            yield look.problem(
                "contradiction",
                f"A link in {field} says “{said}”, but its address leads to {other}: {address}.",
                "Mend the words or the address.",
                field=field,
            )


def _elsewhere(named: list[Named], reached: list[Named], address: Words) -> str:
    """What the address leads to instead; nothing where both may mean the same."""
    for one in named:
        place = _place(one.name, address)
        number = "" if place is None else _number(address, place + len(one.name))
        if number and number != one.number:
            return f"part {number.upper()} of that series"
    if not reached or {one.look.course.key for one in named} & {one.look.course.key for one in reached}:
        return ""
    certain = all(one.sure for one in (*named, *reached))
    alike = any(_within(a.name, b.name) or _within(b.name, a.name) for a in named for b in reached)
    course = reached[0].look.course
    return "" if alike and not certain else f"{course.key} ({course.file})"


def _links(look: Look) -> Iterator[tuple[str, str, str]]:
    """Field, words and address of every link; the title that is shown on pointing at it is one more text."""
    for field in look.contract.page.prose:
        for text in (look.page.body,) if field == "body" else all_texts(look.page.data, (field,)):
            for match in (*_MARKDOWN.finditer(text), *_HTML.finditer(text)):
                for said in (match["text"], match["title"] or ""):
                    if clean := inline(_TAG.sub("", said)):
                        yield field, clean, match["address"]


def words_of(text: str) -> Words:
    """The words that tell names apart: no trade marks, no small words."""
    text = re.sub(r"™|®|TM\b|(?<=\w)\.(?=\w)", "", text).casefold()
    return tuple(word for word in re.findall(r"[^\W_]+", text) if word not in _NOBODY_SAYS)


def last_part(address: str) -> Words:
    return words_of(re.split(r"[?#]", address)[0].rstrip("/").rpartition("/")[2])


def _place(name: Words, words: Words) -> int | None:
    """Where the name stands in the words, in one piece."""
    starts = range(len(words) - len(name) + 1)
    return next((start for start in starts if words[start : start + len(name)] == name), None)


def _within(name: Words, words: Words) -> bool:
    return _place(name, words) is not None


def _number(words: Words, place: int) -> str:
    return words[place] if place < len(words) and words[place] in _FURTHER else ""
