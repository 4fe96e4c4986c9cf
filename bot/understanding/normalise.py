"""From what was typed to words: Unicode folded, short forms spelt out, clauses marked."""

import re
import unicodedata
from collections.abc import Container, Mapping

_WORD = re.compile(r"[^\W_]+(?:['.\-/][^\W_]+)*|[,;?!/\n:()]|\.(?=\s|$)")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)([a-z]+)")
_BREAKS = frozenset(",;?!/\n:().")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
NUMERALS = frozenset(("iii",))
_FRACTION = re.compile(r"(?:(\d+)\s?)?([¼½¾])")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")


BREAK = "|"
"""Stands between clauses."""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", _FRACTION.sub(_decimal, text))


def _decimal(found: re.Match[str]) -> str:
    """2½ is 2.5; the compatibility form would be 21/2."""
    return f"{float(found[1] or 0) + unicodedata.numeric(found[2]):g}"


class Normaliser:
    """Splits text into words; `spellings` maps short forms to what they stand for."""

    def __init__(self, spellings: Mapping[str, str], kept: Container[str] = NUMERALS) -> None:
        """`kept` words are what they are, though a letter stands in them three times."""
        self._kept = kept
        self._spellings = {short: tuple(long.split()) for short, long in spellings.items()}
        signs = "".join(re.escape(short) for short in spellings if len(short) == 1 and not short.isalnum())
        self._word = re.compile(f"{_WORD.pattern}|([{signs}])\\1*") if signs else _WORD

    def words(self, text: str) -> list[str]:
        """Lower-case words in order; letters repeated for emphasis ("sooo") are folded to two."""
        folded = (text if text.isascii() else _plain(text)).translate(_QUOTES).casefold()
        words: list[str] = []
        for found in self._word.finditer(folded):
            word = (found.lastindex and found[1]) or found[0]  # of a sign written several times, one
            if word not in self._kept:
                word = _REPEATED.sub(r"\1\1", word)
            spelt = self._spellings.get(word)
            if word in _BREAKS:
                words.append(BREAK)
            elif spelt:
                words += spelt
            elif (length := _LENGTH.fullmatch(word)) and (unit := self._spellings.get(length[2])):
                words += (length[1], *unit)
            elif "/" in word and not word[0].isdigit():
                words += [part for piece in word.split("/") for part in (piece, BREAK)][:-1]
            else:
                words.append(word.removesuffix("'s"))
        return words
