"""Words without their endings."""

import pytest

from bot.errors import ContentError
from bot.understanding.stems import stemmer


def test_forms_of_a_word_have_one_stem() -> None:
    stem = stemmer({"stemmer": "english"})
    assert {stem(word) for word in ("course", "courses")} == {stem("course")}


def test_a_language_without_a_stemmer_is_named_with_those_there_are() -> None:
    with pytest.raises(ContentError, match=r"vocabulary.yaml: there is no stemmer 'klingon'. Choose one of: .*english"):
        stemmer({"stemmer": "klingon"})
