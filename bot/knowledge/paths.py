"""Values at a field path of the front matter."""

from collections.abc import Iterable, Mapping
from typing import Any


def value_at(data: Any, path: str) -> Any:
    """The value, a list for a path with `[]`, or None."""
    head, rest = _split(path)
    key, many = (head[:-2], True) if head.endswith("[]") else (head, False)
    if not isinstance(data, Mapping):
        return None
    value = data.get(key)
    if many:
        if not isinstance(value, list):
            return None
        found = [value_at(entry, rest) if rest else entry for entry in value]
        return [entry for entry in found if entry not in (None, "")] or None
    return value_at(value, rest) if rest else value


def first_text(data: Mapping[str, Any], paths: Iterable[str]) -> str:
    """The first value that is a non-empty text or a number, as text."""
    for path in paths:
        value = value_at(data, path)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def all_texts(data: Mapping[str, Any], paths: Iterable[str]) -> list[str]:
    """Every text at the paths; lists are opened."""
    texts: list[str] = []
    for path in paths:
        value = value_at(data, path)
        values = value if isinstance(value, list) else [value]
        texts += [str(item).strip() for item in values if isinstance(item, str | int) and str(item).strip()]
    return texts


def _split(path: str) -> tuple[str, str]:
    head, _, rest = path.partition(".")
    return head, rest
