"""From what was typed to words: Unicode folded, short forms spelt out, clauses marked."""

import re
import unicodedata
from collections.abc import Container, Mapping
from functools import lru_cache
from types import MappingProxyType

_ADDRESS = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_WORD = re.compile(r"[^\W_]+(?:['.\-/][^\W_]+)*|[,;?!/\n:()]|\.(?=\s|$)|(?<=\s)-+(?=\s)")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)-?([a-z]+)")
_PICTURES = "[\u2190-\u2bff\U0001f300-\U0001faff]+"
"""Emoji and the like end a clause as a full stop does."""
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
NUMERALS = frozenset(("iii",))
_FRACTION = re.compile(r"(?:(\d+)\s?)?([¼½¾])")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")


BREAK = "|"
"""Stands between clauses."""
ADDRESS = "@"
"""Stands for an e-mail address, which says nothing of what is asked, whatever words it is made of."""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", _FRACTION.sub(_decimal, text))


def _decimal(found: re.Match[str]) -> str:
    """2½ is 2.5; the compatibility form would be 21/2."""
    return f"{float(found[1] or 0) + unicodedata.numeric(found[2]):g}"


class Normaliser:
    """Splits text into words; `spellings` maps short forms to what they stand for."""

    def __init__(
        self,
        spellings: Mapping[str, str],
        kept: Container[str] = NUMERALS,
        units: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`kept` words are what they are, though a letter stands in them three times. `units` by the words for them."""
        self._kept, self._units = kept, units
        self._spellings = {short: tuple(long.split()) for short, long in spellings.items()}
        odd = [short for short in spellings if not _WORD.fullmatch(short)]
        signs = "".join(re.escape(short) for short in odd if len(short) == 1)
        longer = "".join(rf"(?<!\w){re.escape(short)}(?!\w)|" for short in odd if len(short) > 1)
        self._spelt = lru_cache(maxsize=20_000)(self._spell)
        self._word = re.compile(f"{longer}{_ADDRESS}|{_WORD.pattern}|([{signs}\0])\\1*|{_PICTURES}")

    def words(self, text: str) -> list[str]:
        """Lower-case words in order; letters repeated for emphasis ("sooo") are folded to two."""
        folded = (text if text.isascii() else _plain(text)).translate(_QUOTES).casefold()
        # of a sign written several times, one
        return [
            part
            for found in self._word.finditer(folded)
            for part in self._spelt((found.lastindex and found[1]) or found[0])
        ]

    def _spell(self, word: str) -> tuple[str, ...]:
        """What one piece of the text stands for."""
        if word not in self._kept:
            word = _REPEATED.sub(r"\1\1", word)
        if spelt := self._spellings.get(word) or self._spellings.get(word.removesuffix("'s")):  # "PDU's"
            return spelt
        if "@" in word:
            return (ADDRESS,)
        if not word[0].isalnum():
            return (BREAK,)
        if (length := _LENGTH.fullmatch(word)) and (unit := self._unit(length[2])):
            return length[1], unit
        if "/" in word and not word[0].isdigit():
            return tuple(part for piece in word.split("/") for part in (piece, BREAK))[:-1]
        return (word.removesuffix("'s"),)

    def _unit(self, letters: str) -> str:
        """What is written behind a number: "3d", "2-day", "16hrs"; empty for anything else."""
        words = (letters, *self._spellings.get(letters, ()))
        unit = next((word for word in words if word in self._units), "")
        return self._units[unit] if len(unit) == 1 else unit
