"""Alternatives of words, written as a list, made into one pattern; patterns are compiled when first asked."""

import re
from collections.abc import Callable, Iterator

Found = re.Match[str] | None


class Pattern:
    """A regular expression that is compiled on first use: a start needs few of the many there are."""

    search: Callable[..., Found]
    match: Callable[..., Found]
    fullmatch: Callable[..., Found]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]
    split: Callable[..., list[str]]

    def __init__(self, text: str, flags: int = re.IGNORECASE) -> None:
        self.text = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """The method of the compiled pattern; from then on it is this object's own, and nothing stands between."""
        if name not in ("search", "match", "fullmatch", "finditer", "sub", "split"):
            raise AttributeError(name)
        method: object = getattr(re.compile(self.text, self._flags), name)
        setattr(self, name, method)
        return method


def mentions(*stems: str) -> Callable[[str], bool]:
    """A quick look, before patterns that cost more: whether any of the letters, in small ones, occur in a text."""

    def found(text: str) -> bool:
        lowered = text.casefold()
        for stem in stems:  # noqa: SIM110  `any` takes twice as long
            if stem in lowered:
                return True
        return False

    return found


def any_of(*phrases: str) -> str:
    """A group that matches any of the phrases; a space in a phrase is any white space."""
    return "(?:" + "|".join(phrase.replace(" ", r"\s+") for phrase in phrases) + ")"


def whole(*phrases: str) -> Pattern:
    """Finds any of the phrases as whole words, without regard to case."""
    return Pattern(rf"(?<!\w){any_of(*phrases)}(?!\w)")


def pattern(text: str) -> Pattern:
    return Pattern(text)


def exact(text: str, flags: int = 0) -> Pattern:
    """A pattern for which case counts."""
    return Pattern(text, flags)
