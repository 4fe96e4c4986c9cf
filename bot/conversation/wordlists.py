"""Words and phrases of `forms/lead.yaml`, made into patterns."""

import re
from collections.abc import Iterable

_NEVER = "(?!)"


def among(text: str, phrases: Iterable[str]) -> bool:
    """Whether the text is one of the phrases, whatever its case and punctuation."""
    return text.casefold().replace("’", "'").strip(" .!,") in phrases


def any_of(words: Iterable[str]) -> str:
    """One of the words or phrases, as a whole word."""
    parts = (_whole(word).replace("'", "['’]") for word in sorted(words, key=len, reverse=True))
    return "|".join(parts) or _NEVER


def _whole(word: str) -> str:
    left, right = (r"(?<!\w)" if word[0].isalnum() else "", r"(?!\w)" if word[-1].isalnum() else "")
    return f"{left}{re.escape(word)}{right}"


def words_of(phrases: Iterable[str]) -> set[str]:
    return {word for phrase in phrases for word in phrase.split()}


def bracketed(words: Iterable[str]) -> list[str]:
    """Those that stand in brackets: nobody writes them for anything else."""
    return [word for word in words if not word[0].isalnum()]
