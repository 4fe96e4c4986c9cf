"""How usual a word is in the language at large."""

from collections.abc import Mapping
from functools import cached_property


class Dictionary:
    """Words of a language with their frequency in its films' subtitles, loaded when the first one is asked for."""

    def __init__(self, language: str) -> None:
        self._language = language

    @cached_property
    def words(self) -> Mapping[str, int]:
        from spellchecker import SpellChecker

        frequency: Mapping[str, int] = SpellChecker(language=self._language).word_frequency.dictionary
        return frequency

    def frequency(self, word: str) -> int:
        """Of all its texts together; 0 where it does not know the word."""
        return self.words.get(word, 0)
