"""`facts.yaml`: what a fact is called, of which kind it is, and where pages keep it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.knowledge.extract.patterns import Pattern
from bot.knowledge.phrases import Phrases, compile_phrases
from bot.models.content import FactSpec

HEADINGS, PROSE, BODY = "headings", "prose", "body"
TYPES = ("percent", "number", "duration", "retake", "list", "text", "word", "link")


class BadContractError(ValueError):
    """A row of `facts.yaml` that cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class FactRule:
    """One fact: its public part, and how a page is read for it."""

    spec: FactSpec
    fields: tuple[str, ...]
    """Field paths, best first; `x[].y` reads y of each entry of the list x."""
    order: tuple[str, ...]
    """The fields and, among them, where the text of the page is asked: `headings` for its sections, `prose` for its sentences."""
    not_in: frozenset[str]
    """Fields whose sentences never state it."""
    sparing: frozenset[str]
    """Fields whose sentences state it only where they call it by its name."""
    units: Mapping[str, str]
    """Unit of a bare number, by field path."""
    headings: Phrases
    """Headings in the prose under which the fact stands."""
    says: Phrases
    """Sentences of the prose that state it."""
    firm: Phrases
    """Those of them that contradict a field which says that there is none."""
    best: Phrases
    """Those that answer the question best, wherever they stand."""
    unless: Phrases
    """Sentences that do not, whatever they look like."""
    without: Phrases
    """Sentences of its own field that speak of something else."""
    none: Phrases
    """Sentences that state that there is none."""
    yet: Phrases
    """Sentences that show, after such a denial, that there is something all the same."""
    needs: Phrases | None
    """What a text in its own field must mention, where it otherwise reads like another fact."""
    words: Mapping[str, str]
    """Readable form by word, for facts that are words."""
    unknown: frozenset[str]
    """Values that state nothing."""
    only: Phrases
    """Words behind which everybody is named whom it is for."""
    wished: Phrases
    """First words of a list that says what helps."""
    due: Phrases
    """Marks, in brackets, of what is required."""
    opposed: tuple[frozenset[str], ...]
    """Groups of values of which a course cannot have two."""
    nouns: tuple[str, ...]
    """For numbers: what is counted."""
    more: bool
    """Other places of the page may add to what the field says."""
    limit: int
    """Most sentences taken from prose."""


@dataclass(frozen=True, slots=True)
class PageRule:
    """Where a page keeps what it is: identity, names, and whether it is shown."""

    code: tuple[str, ...]
    slug: tuple[str, ...]
    title: tuple[str, ...]
    url: tuple[str, ...]
    tags: tuple[str, ...]
    short: tuple[str, ...]
    """Fields with further names, texts or lists."""
    aliases: tuple[str, ...]
    """Fields with former addresses of the page."""
    kind: tuple[str, ...]
    """Fields with the kind of course; a vendor named there must be the page's own."""
    draft: tuple[str, ...]
    hidden: frozenset[str]
    """Tags that take a page out of lists."""
    in_house: Phrases
    """Sentences that say that a course is only for closed groups."""
    beside: tuple[str, ...]
    """Files beside a page whose fields are added to it."""
    prose: tuple[str, ...]
    """Fields that hold prose, in the order in which they are read; `body` among them."""
    noise: Pattern
    """Endings of titles that nobody says."""
    elsewhere: Phrases
    """Sentences that speak of another course or exam, whatever figure they give."""


@dataclass(frozen=True, slots=True)
class Contract:
    """The whole of `facts.yaml`."""

    page: PageRule
    rules: Mapping[str, FactRule]
    parts: tuple[str, ...] = ()
    """Field paths that any fact is read from, identity left out."""


def read_contract(data: Mapping[str, Any]) -> Contract:
    """The contract from the parsed file; raises BadContractError naming the first row that is wrong."""
    page = _mapping(data, "page", "facts.yaml")
    rows = _mapping(data, "facts", "facts.yaml")
    places = {str(name): _fields(str(name), row) for name, row in rows.items()}
    rules = {str(name): _rule(str(name), row, places) for name, row in rows.items()}
    own = {"link", "title", "code"}
    parts = dict.fromkeys(
        path for name, rule in rules.items() if name not in own for path in rule.fields if path != "body"
    )
    return Contract(_page_rule(page), rules, tuple(parts))


def _page_rule(page: Mapping[str, Any]) -> PageRule:
    def paths(key: str) -> tuple[str, ...]:
        return _texts(page, key, "page")

    return PageRule(
        code=paths("code"),
        slug=paths("slug"),
        title=paths("title"),
        url=paths("url"),
        tags=paths("tags"),
        short=paths("short"),
        aliases=paths("aliases"),
        kind=paths("kind"),
        draft=paths("draft"),
        hidden=frozenset(word.casefold() for word in paths("hidden")),
        in_house=Phrases(paths("in_house")),
        beside=paths("beside"),
        prose=paths("prose"),
        noise=compile_phrases(paths("noise")),
        elsewhere=Phrases(paths("elsewhere")),
    )


def _fields(name: str, row: Any) -> tuple[str, ...]:
    if not isinstance(row, Mapping):
        raise BadContractError(f"facts.{name} holds no settings; write type, label and fields under it.")
    return tuple(step for step in _texts(row, "fields", f"facts.{name}") if step not in (HEADINGS, PROSE))


def _rule(name: str, row: Mapping[str, Any], places: Mapping[str, tuple[str, ...]]) -> FactRule:
    kind = row.get("type")
    if kind not in TYPES:
        raise BadContractError(f"facts.{name}.type is {kind!r}; use one of {', '.join(TYPES)}.")
    where = f"facts.{name}"
    unknown = set(row) - _KEYS
    if unknown:
        raise BadContractError(f"{where} holds the unknown key {sorted(unknown)[0]!r}; use {', '.join(sorted(_KEYS))}.")
    needs = _texts(row, "needs", where)
    firm = _texts(row, "firm", where)
    order = _in_order(_texts(row, "fields", where))
    return FactRule(
        spec=FactSpec(
            name=name,
            type=str(kind),
            label=str(row.get("label") or name.replace("_", " ").capitalize()),
            unit=str(row["unit"]) if row.get("unit") else None,
            values=_texts(row, "values", where),
            usual=bool(row.get("usual", True)),
        ),
        fields=tuple(step for step in order if step not in (HEADINGS, PROSE)),
        order=order,
        not_in=_places(_texts(row, "not_in", where), places),
        sparing=_places(_texts(row, "sparing", where), places),
        units={str(path): str(unit) for path, unit in (row.get("units") or {}).items()},
        headings=Phrases(_texts(row, "headings", where)),
        says=Phrases((*firm, *_texts(row, "says", where))),
        firm=Phrases(firm),
        best=Phrases(_texts(row, "best", where)),
        unless=Phrases(_texts(row, "unless", where)),
        without=Phrases(_texts(row, "without", where)),
        none=Phrases(_texts(row, "none", where)),
        yet=Phrases(_texts(row, "yet", where)),
        needs=Phrases(needs) if needs else None,
        only=Phrases(_texts(row, "only", where)),
        wished=Phrases(_texts(row, "wished", where)),
        due=Phrases(_texts(row, "due", where)),
        opposed=tuple(frozenset(group) for group in row.get("opposed") or ()),
        nouns=_texts(row, "nouns", where),
        more=bool(row.get("more", False)),
        words={str(key).casefold(): str(value) for key, value in (row.get("words") or {}).items()},
        unknown=frozenset(word.casefold() for word in _texts(row, "unknown", where)),
        limit=int(row.get("limit", 4)),
    )


_KEYS = {
    *("type", "label", "unit", "usual", "fields", "units", "headings", "says", "unless", "without", "none", "needs"),
    *("words", "unknown", "limit", "yet", "nouns", "more", "values", "firm", "best", "not_in", "sparing", "opposed"),
    *("only", "wished", "due"),
}


def _places(names: tuple[str, ...], places: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Field paths; the name of a fact stands for all its fields."""
    return frozenset(field for name in names for field in places.get(name, (name,)))


def _in_order(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Fields first, then sections, then sentences, then the beginning of the text, unless the list says otherwise."""
    ends = tuple(step for step in (HEADINGS, PROSE) if step not in fields)
    return (*(field for field in fields if field != BODY), *ends, *(field for field in fields if field == BODY))


def _mapping(data: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    value = data.get(key)
    if not isinstance(value, Mapping):
        raise BadContractError(f"{where} has no section {key!r}; write `{key}:` with its fields under it.")
    return value


def _texts(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = row.get(key)
    if value is None:
        return ()
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str | int | float) for item in values):
        raise BadContractError(f"{where}.{key} must be a text or a list of texts.")
    return tuple(str(item) for item in values)
