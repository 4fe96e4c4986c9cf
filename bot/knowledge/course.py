"""A page becomes a course: key, names, whether it is shown; its facts wait until someone asks."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial

from bot.knowledge.contract import Contract, PageRule
from bot.knowledge.pages import Page
from bot.knowledge.paths import all_texts, first_text, value_at
from bot.models.course import Course, Fact

MAX_NAME_WORDS = 8


class LazyFacts(Mapping[str, Fact]):
    """The facts of one course, each read from the page when it is first asked for and kept from then on."""

    __slots__ = ("_known", "_names", "_read")

    def __init__(self, names: tuple[str, ...], read: Callable[[str], Fact | None]) -> None:
        self._names = names
        self._read = read
        self._known: dict[str, Fact | None] = {}

    def _find(self, name: str) -> Fact | None:
        if name not in self._known:
            self._known[name] = self._read(name) if name in self._names else None
        return self._known[name]

    def __getitem__(self, name: str) -> Fact:
        fact = self._find(name)
        if fact is None:
            raise KeyError(name)
        return fact

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._names if self._find(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a page calls itself."""

    key: str
    code: str | None
    title: str
    slug: str


def identify(page: Page, rule: PageRule) -> Identity:
    """Key and title; the file's own name stands in where the page gives none."""
    code = first_text(page.data, rule.code) or None
    folder, _, name = page.file.rpartition("/")
    own = name.removesuffix(".md")
    if own in ("index", "_index"):
        own = folder.rpartition("/")[2] or own
    slug = first_text(page.data, rule.slug)
    title = clean_title(first_text(page.data, rule.title)) or own.replace("-", " ").replace("_", " ").capitalize()
    return Identity(key=code or slug or own, code=code, title=title, slug=slug or own)


def make_course(
    page: Page, identity: Identity, contract: Contract, names: tuple[str, ...], read: Callable[[str], Fact | None]
) -> Course:
    tags = tuple(all_texts(page.data, contract.page.tags))
    return Course(
        key=identity.key,
        code=identity.code,
        title=identity.title,
        file=page.file,
        facts=LazyFacts(tuple(contract.rules), read),
        names=names,
        tags=tags,
        listed=_listed(page, contract.page, tags),
        text=cache(partial(_text, page)),
    )


def _text(page: Page) -> str:
    waiting: list[object] = [page.data]
    texts = [page.body]
    while waiting:
        match waiting.pop():
            case dict() as values:
                waiting += values.values()
            case list() as values:
                waiting += values
            case str() as text:
                texts.append(text)
    return _TAG.sub(" ", " ".join(texts))


def _listed(page: Page, rule: PageRule, tags: tuple[str, ...]) -> bool:
    if any(str(value_at(page.data, path)).casefold() in ("true", "yes", "1") for path in rule.draft):
        return False
    if any(tag.casefold() in rule.hidden for tag in tags):
        return False
    return not rule.in_house.found_in(page.body)


_TAG = re.compile(r"<[^>]*>")
_CODE = re.compile(r"\(([^()]{2,12})\)")


def clean_title(text: str) -> str:
    """A title without markup, control characters and doubled spaces."""
    if text.isascii() and text.isprintable():
        return " ".join(_TAG.sub("", text).split())
    text = _TAG.sub("", unicodedata.normalize("NFKC", text))
    return " ".join("".join(" " if unicodedata.category(c)[0] == "C" else c for c in text).split())


def names_by_rank(page: Page, identity: Identity, rule: PageRule) -> tuple[list[str], list[str], list[str]]:
    """Names people may use, by how much they can be trusted: from the title, from the address, from old addresses."""
    titles = [identity.title, *all_texts(page.data, rule.short)]
    from_title: list[str] = []
    for title in titles:
        bare = _CODE.sub(" ", title)
        from_title += [title, bare, _bare(bare, rule), *_CODE.findall(title)]
    addresses = [identity.slug, *(alias.strip("/").rpartition("/")[2] for alias in all_texts(page.data, rule.aliases))]
    words = [address.replace("-", " ").replace("_", " ") for address in addresses if not address.isdigit()]
    stripped = [_bare(text, rule) for text in words]
    return _names(from_title), _names(stripped[:1]), _names(stripped[1:])


def _bare(title: str, rule: PageRule) -> str:
    """The title without endings that nobody says."""
    while True:
        title = title.rstrip(" -–:,&")
        ending = next((match for match in rule.noise.finditer(title) if match.end() == len(title)), None)
        if ending is None or not title[: ending.start()].strip():
            return title
        title = title[: ending.start()]


def _names(texts: list[str]) -> list[str]:
    """Cleaned, without repetition, without what is too long to be said."""
    found: dict[str, str] = {}
    for text in texts:
        name = clean_title(text).strip(" -–:,&")
        if len(name) > 1 and len(name.split()) <= MAX_NAME_WORDS:
            found.setdefault(name.casefold(), name)
    return list(found.values())
