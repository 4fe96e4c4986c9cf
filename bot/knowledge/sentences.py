"""Paragraphs cut into sentences, without being misled by e.g., Scrum.org, addresses and numbered lists."""

import re

_END = re.compile(r"[.!?]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9£€$])")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|incl|excl|no|nr|st|mr|mrs|ms|dr|prof|inc|ltd|co|min|max|hrs?|mins?|dept|fig|vol|p)"
    r"|(?<![A-Za-z0-9])(?-i:[A-Z])|(?:^|\s)\d{1,2})\.$",
    re.IGNORECASE,
)
_ALWAYS = re.compile(r"\b(?:etc|hrs?|mins?|co|no|min|max|(?<=\w )\d\d)\.$", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, in order."""
    found, start = [], 0
    for match in _END.finditer(text):
        before = text[start : match.end()].rstrip().rstrip("\"'”’)]")
        if _NO_END.search(before) and not _starts_anew(text, match.end(), before):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found


def _starts_anew(text: str, position: int, before: str) -> bool:
    """`etc. The course`, `you need 24. The fee`: these may end a sentence, where a common opening word follows."""
    return bool(_ALWAYS.search(before)) and bool(_OPENING.match(text, position))


_OPENING = re.compile(
    r"(?:The|This|These|An?|You|Your|We|It|Our|All|There|If|No|Each|After|Students|Participants|Attendees)\b"
)
