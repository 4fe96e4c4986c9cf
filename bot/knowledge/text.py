"""Page text made clean for people: blocks of plain text out of Markdown, HTML, shortcodes and editor comments."""

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

import nh3


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list item; plain text."""

    kind: Literal["heading", "text", "item"]
    text: str
    depth: int = 0
    """Of an item: 0 for the outermost list. Of a heading: its level."""
    strong: bool = False
    """A paragraph in bold letters from end to end: a heading in all but name."""


_COMMENT = re.compile(r"<!--\s*(/?)(wp:list-item)?.*?-->|<!--[^\n]*", re.DOTALL)
_SHORTCODE = re.compile(
    r"\\?\[/?(?:wpv-[\w-]+|types|caption|gallery|embed|vc_\w+|et_pb_\w+)\b[^\]\n]*?\\?\](?!\()"
    r"|\\?\[[a-z][\w-]*(?:\s+[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))+\s*/?\\?\](?!\()"
    r"|\\?\[/[a-z][\w-]*\\?\](?!\()"
    r"|\{\{[<%].*?[%>]\}\}"
)
_AFTER_FULL_STOP = re.compile(rf"([.!?]\s+)(?:(?:{_SHORTCODE.pattern})\s*)+([a-z])")
_MATH = re.compile(r"[\U0001D400-\U0001D7FF]+(?P<glued>(?=[^\W_]))?")
_HTML = re.compile(r"<[a-zA-Z/!?]")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^\s<>]+)>")
_LIST_ITEM = re.compile(r"<li\b[^>]*>\s*(?:<(?:p|div|span)\b[^>]*>\s*)*", re.IGNORECASE)
_HEADING_TAG = re.compile(r"<h([1-6])\b[^>]*>", re.IGNORECASE)
_BOLD_PARAGRAPH = re.compile(r"<(p|div)\b[^>]*>\s*<(strong|b)\b[^>]*>([^<>]+)</\2\s*>([:?]?)\s*</\1\s*>", re.IGNORECASE)
_ROW = re.compile(r"<tr\b[^>]*>\s*<t[dh]\b[^>]*>", re.IGNORECASE)
_NEXT_CELL = re.compile(r"(?:</t[dh]\s*>)?\s*<t[dh]\b[^>]*>", re.IGNORECASE)
_ROW_END = re.compile(r"(?:</t[dh]\s*>)?\s*</tr\s*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^>]*>|</li\s*>|<tr\b[^>]*>", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|ul|ol|table|tbody|figure|section|article|blockquote|h[1-6]|header|footer|iframe|script|style)\b[^>]*>",
    re.IGNORECASE,
)
_DROPPED = {"script", "style", "iframe", "object", "noscript", "template", "svg", "math"}
_DROPPED_WHOLE = re.compile(r"<(script|style|iframe|object|noscript|svg)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)

_HEADING = re.compile(r"(#{1,6})\s*(.*?)\s*#*$")
_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+\1[:?]?$")
_BULLET = re.compile(r"(?:[-*+•▪‣●○◦·►▶➤→✓✔✅☑–]\ufe0f?|\d{1,2}[.)]|[a-z]\))(?:[ \t]+|$)")
_RULE = re.compile(r"(?:[-*_=]\s*){3,}$|```.*|~~~.*")
_TABLE = re.compile(r"\|(.*)\|$")
_LINKS_ONLY = re.compile(r"(?:\[[^\]]*\]\([^)]*\)\s*[|·]?\s*)+")

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
_REFERENCE = re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]")
_STRONG = re.compile(r"(\*\*\*|\*\*|__)[ \t]*(?=\S)(.+?)[ \t]*\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)")
_CODE = re.compile(r"`+([^`]+)`+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!<>~|\"'-])")
_STARS = re.compile(r"\*\*|(?<=\w)\*(?=[\s,.;:)]|$)|(?<!\S)\*(?=\s)")
_GLUED = re.compile(r"(?<=[a-z)\]][.!?])(?=[A-Z][a-z]+[\s,])")
_SPACE_BEFORE = re.compile(r"[ \t]+([,.;:!?)](?=\s|$))")
_STRAY_QUOTE = re.compile(r"[^\"]*(?<!\d)\"$")
_DOUBLED = re.compile(r"([,;:])(?:\s*\1)+|(?<!\.)\.\.(?!\.)")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]")


def blocks(raw: str) -> tuple[Block, ...]:
    """The text as headings, paragraphs and items, in order."""
    text = _without_markup(raw)
    found: list[Block] = []
    open_block: list[str] = []
    kind: Literal["text", "item"] = "text"
    indents: list[int] = []

    def close() -> None:
        whole = " ".join(open_block)
        if kind == "item" or not _LINKS_ONLY.fullmatch(whole.strip()):
            line = inline(whole)
            if any(character.isalnum() for character in line):
                strong = kind == "text" and bool(_BOLD_LINE.match(whole.strip()))
                found.append(Block(kind, line, max(len(indents) - 1, 0) if kind == "item" else 0, strong))
        open_block.clear()

    for row in text.split("\n"):
        line = row.strip()
        indent = len(row.expandtabs(4)) - len(row.expandtabs(4).lstrip())
        if not line or _RULE.fullmatch(line):
            close()
            kind = "text"
            continue
        line = line.lstrip("> ") if line.startswith(">") else line
        if match := _HEADING.fullmatch(line) if line.startswith("#") else None:
            close()
            kind = "text"
            title = inline(match.group(2)).rstrip(":")
            if title:
                found.append(Block("heading", title, len(match.group(1))))
        elif _BULLET.match(line):
            close()
            kind = "item"
            _enter(indents, indent)
            while bullet := _BULLET.match(line):
                line = line[bullet.end() :]
            open_block.append(line)
        elif match := _TABLE.fullmatch(line):
            close()
            kind = "item"
            cells = [cell.strip() for cell in match.group(1).split("|")]
            if not all(set(cell) <= set("-: ") for cell in cells):
                open_block.append(
                    ": ".join(filter(None, cells[:2])) + "".join(f", {cell}" for cell in cells[2:] if cell)
                )
        else:
            open_block.append(line)
    close()
    return tuple(found)


def plain(raw: str) -> str:
    """The text in one line."""
    return " ".join(block.text for block in blocks(raw))


def inline(text: str) -> str:
    """One paragraph without Markdown marks."""
    text = _LINK.sub(_link_text, _IMAGE.sub("", text))
    text = _REFERENCE.sub(r"\1", text)
    text = _CODE.sub(r"\1", text)
    for _ in range(2):
        text = _STRONG.sub(r"\2", text)
        text = _EMPHASIS.sub(lambda match: match.group(1) or match.group(2), text)
    text = _STARS.sub("", _ESCAPE.sub(r"\1", text))
    text = _GLUED.sub(" ", text)
    text = _DOUBLED.sub(lambda match: match.group(1) or ".", _SPACE_BEFORE.sub(r"\1", text))
    text = " ".join(text.split())
    return text[:-1] if _STRAY_QUOTE.match(text) and "“" not in text else text


def _link_text(match: re.Match[str]) -> str:
    """The words of a link, kept apart from a word that follows without a space."""
    following = match.string[match.end() : match.end() + 1]
    return f"{match.group(1)} " if following.isalpha() else match.group(1)


def fold(text: str) -> str:
    """The same length, with straight quotes, plain hyphens and plain spaces: what patterns are written for."""
    return text.translate(_FOLD)


_FOLD = str.maketrans("‘’“”‐‑‒–—\u00a0\u202f\u2009", "''\"\"-----   ")


def _enter(indents: list[int], indent: int) -> None:
    """Keep the stack of list indents so that its length is the depth."""
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)
    if len(indents) > 1 and indents[1] - indents[0] < 2:
        del indents[1:]


def _without_markup(raw: str) -> str:
    text = raw if raw.isascii() else _MATH.sub(_unbold, raw)
    text = _INVISIBLE.sub("", text)
    if "<!--" in text:
        text = _COMMENT.sub(lambda match: "" if match.group(2) and not match.group(1) else "\n\n", text)
    if "[" in text or "{{" in text:
        # What a shortcode stood for is not known here; the sentence that began with it begins with its next word.
        text = _AFTER_FULL_STOP.sub(lambda match: match.group(1) + match.group(2).upper(), text)
        text = _SHORTCODE.sub("", text)
    if _HTML.search(text):
        text = _without_tags(text)
    return html.unescape(text) if "&" in text else text


def _unbold(match: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", match.group())
    return f"{plain} " if match.group("glued") is not None else plain


def _without_tags(text: str) -> str:
    text = _DROPPED_WHOLE.sub(" ", _AUTOLINK.sub(r"\1", text))
    text = _ROW_END.sub(" |\n", _NEXT_CELL.sub(" | ", _ROW.sub("\n| ", text)))
    text = _BOLD_PARAGRAPH.sub(r"\n\n**\3**\4\n\n", text)
    text = _BREAK.sub("\n", _LIST_ITEM.sub("\n- ", text))
    text = _BLOCK_TAG.sub("\n\n", _HEADING_TAG.sub(lambda tag: f"\n\n{'#' * int(tag.group(1))} ", text))
    return nh3.clean(text, tags=set(), attributes={}, clean_content_tags=_DROPPED)
