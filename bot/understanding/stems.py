"""Words without their endings, by the Snowball stemmer of the language that `vocabulary.yaml` names."""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

import Stemmer

from bot.errors import ContentError


def stemmer(data: Mapping[str, Any]) -> Callable[[str], str]:
    """Takes a vocabulary's words to their stems. Raises ContentError for a language without a stemmer."""
    return _of(str(data.get("stemmer", "english")))


@cache
def _of(language: str) -> Callable[[str], str]:
    if language not in Stemmer.algorithms():
        known = ", ".join(sorted(Stemmer.algorithms()))
        raise ContentError(f"vocabulary.yaml: there is no stemmer '{language}'. Choose one of: {known}.")
    return lru_cache(maxsize=20_000)(Stemmer.Stemmer(language).stemWord)
