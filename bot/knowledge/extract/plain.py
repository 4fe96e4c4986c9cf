"""What stands in a field that holds no sentence: nothing, a word for none, a slug."""

import re
from collections.abc import Mapping
from typing import Any
from bot.knowledge.extract.patterns import exact, pattern

_NONE = pattern(
    r"(?:none|n\s*/\s*a|n\.a\.?|na|nil|no|nothing|not\s+applicable|not\s+required"
    r"|none\s+(?:required|needed|necessary|whatsoever|at\s+all|specific)|nothing\s+(?:required|needed|specific|special)"
    r"|no\s+(?:specific|special|formal|particular|prior|previous|strict)(?:\s+ones)?)[.!]?"
)
_SILENT = pattern(
    r"(?:unknown|tbc|tbd|tba|to\s+be\s+(?:confirmed|announced|decided|defined)|not\s+specified|not\s+stated|unspecified|[?\-–—.]+|todo|xxx+|null)[.!]?"
)

_NONE_FIRST = pattern(r"(?:none|nothing|no)\b\s*[,.;:!–—-]")


def opens_with_none(text: str) -> bool:
    """`None, just curiosity.`"""
    return bool(_NONE_FIRST.match(text.strip()))


def is_silent(value: Any, unknown: frozenset[str] = frozenset()) -> bool:
    """Whether a field says nothing: missing, empty, 0, a placeholder."""
    if value is None or value is True or (value == 0 and value is not False):
        return True
    if isinstance(value, str):
        text = value.strip()
        return not text or bool(_SILENT.fullmatch(text)) or text.casefold() in unknown or text == "0"
    return isinstance(value, list | dict) and not value


def is_none(value: Any) -> bool:
    """Whether a field says in a word that there is none."""
    return value is False or (isinstance(value, str) and bool(_NONE.fullmatch(value.strip())))


def readable(word: str, names: Mapping[str, str]) -> str:
    """A slug as people write the name: from the list, else `prokanban-org` as Prokanban.org, `agile-kata` as Agile Kata."""
    if word.casefold() in names:
        return names[word.casefold()]
    if " " in word or not re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", word):
        return word
    stem, dot, end = word.rpartition("-")
    if dot and end in ("org", "com", "net", "io"):
        return f"{stem.replace('-', ' ').title().replace(' ', '')}.{end}"
    return re.sub(r"[-_]", " ", word).title()


_PATH = exact(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")
_FILE = exact(r"(?:.*/)?(?:\d+[-_ ])?(?P<name>[^/]+?)\.(?:md|html?|ipynb|pdf)")


def readable_path(text: str) -> str:
    """`tools.bash_shell` or `01_bash_shell.md`, references to other pages, as Bash shell; other text as it is."""
    if " " not in text and (file := _FILE.fullmatch(text)):
        return re.sub(r"[-_]", " ", file["name"]).capitalize()
    if "_" in text and _PATH.fullmatch(text):
        return text.rpartition(".")[2].replace("_", " ").capitalize()
    return text
