"""Telegram's HTML as strictly as Telegram reads it: what it refuses, and the text that is left of it."""

import re

TAGS = {
    "b": (), "strong": (), "i": (), "em": (), "u": (), "ins": (), "s": (), "strike": (), "del": (),
    "code": ("class",), "pre": (), "tg-spoiler": (), "span": ("class",), "a": ("href",),
    "blockquote": ("expandable",), "tg-emoji": ("emoji-id",),
}  # fmt: skip
ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*>")
_ATTRIBUTE = re.compile(r"\s+([a-zA-Z-]+)")
_ENTITY = re.compile(r"&(?:#(\d+)|#x([0-9a-fA-F]+)|([a-z]+));")


class Refused(Exception):
    """Why Telegram would not take it."""


def units(text: str) -> int:
    """Length in UTF-16 code units, which is how Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def parsed(html: str) -> str:
    """The plain text of the markup. Raises Refused where Telegram answers 400."""
    out: list[str] = []
    opened: list[str] = []
    position = 0
    while position < len(html):
        if html[position] != "<":
            end = html.find("<", position)
            end = len(html) if end < 0 else end
            out.append(_text(html[position:end]))
            position = end
            continue
        found = _TAG.match(html, position)
        if not found:
            raise Refused(f"can't parse entities: unsupported start tag at byte offset {position}")
        _take(found, opened)
        position = found.end()
    if opened:
        raise Refused(f"can't parse entities: can't find end tag corresponding to start tag {opened[-1]}")
    return "".join(out).strip()


def _take(found: "re.Match[str]", opened: list[str]) -> None:
    closing, name, rest = found.group(1), found.group(2).lower(), found.group(3)
    if name not in TAGS:
        raise Refused(f'can\'t parse entities: unsupported start tag "{name}"')
    if closing:
        if not opened or opened.pop() != name:
            raise Refused(f'can\'t parse entities: unexpected end tag "{name}"')
        return
    unknown = [attribute for attribute in _ATTRIBUTE.findall(rest) if attribute not in TAGS[name]]
    if unknown:
        raise Refused(f"can't parse entities: unexpected attribute {unknown[0]}")
    if name == "blockquote" and name in opened:
        raise Refused("can't parse entities: blockquote can't be nested")
    opened.append(name)


def _text(text: str) -> str:
    if ">" in text.replace("&gt;", ""):
        raise Refused("can't parse entities: a bare > in the text")
    return _ENTITY.sub(
        lambda found: (
            chr(int(found.group(1))) if found.group(1)
            else chr(int(found.group(2), 16)) if found.group(2)
            else ENTITIES.get(found.group(3), found.group(0))
        ),
        text,
    )  # fmt: skip
