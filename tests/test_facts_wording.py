"""What a sentence states and what it does not: pass marks, further attempts, lengths, in many wordings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.extract.counts import locate_count
from bot.knowledge.extract.exams import exam_named, is_foreign, own_words
from bot.knowledge.extract.numbers import to_number
from bot.knowledge.sentences import sentences
from bot.knowledge.text import blocks, fold, plain


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("You earn 14 PDUs for attending.", 14),
        ("PMI PDU credit: 21 PDUs after a three-day course", 21),
        ("Worth 6 CPD points.", 6),
        ("Attending gives you 12 hours of CPD.", 12),
        ("CPD: 7 hours", 7),
        ("Fourteen days, 14 hours and a 14% discount.", None),
        ("PDUs are earned for attendance.", None),
    ],
)
def test_credits_are_counted_by_their_noun(sentence: str, expected: int | None) -> None:
    counted = locate_count(fold(sentence), ("PDU*", "CPD"))
    assert (to_number(counted["n"]) if counted else None) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<p>Bake <strong>bread</strong> &amp; rolls</p>", "Bake bread & rolls"),
        ("<!-- wp:paragraph -->Bake.<!-- /wp:paragraph --> <!-- wp:image", "Bake."),
        (r"Join \[wpv-post-link\] today, [wpv-post-link item=\"7\"]now", "Join today, now"),
        ("Ready. [types field='code'][/types] bakers win.", "Ready. Bakers win."),
        ("𝗕𝗮𝗸𝗶𝗻𝗴Session", "Baking Session"),
        ("Bake.<iframe src='x'>Reviews</iframe> Eat.", "Bake. Eat."),
        ("[Book](/x) [Syllabus](#)", ""),
        ('Read [the guide](https://x.org/a_(b) "Guide")first.', "Read the guide first."),
        ("* one\n* two", "one two"),
        ("A *really* good_name_here **bold", "A really good_name_here bold"),
        ("Mix flour.Add water,, then rest..", "Mix flour. Add water, then rest."),
        ("<script>alert(1)</script>Bread", "Bread"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("See <https://x.org/a>.", "See https://x.org/a."),
    ],
)
def test_text_for_people_is_clean(raw: str, expected: str) -> None:
    assert plain(raw) == expected


def test_lists_stay_lists_however_they_are_written() -> None:
    for raw in ("- a\n- b", "<ul><li><p>a</p></li>\n \t<li>b</ul>", "1. a\n2) b", "• a\n• b", "-   a\n\n- - b"):
        assert [(block.kind, block.text) for block in blocks(raw)] == [("item", "a"), ("item", "b")]


@given(st.text(alphabet="<>!-/abp[]()*_#\\ \n&;\"'", max_size=120))
def test_cleaning_never_fails_and_leaves_no_tag(raw: str) -> None:
    assert "<p>" not in plain(raw)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Bring e.g. an apron. We bake.", 2),
        ("Scrum.org runs it. See https://ccrs.pmi.org for more.", 2),
        ("It lasts 1h. Then we eat.", 2),
        ("Bread, rolls, etc. The course ends at five.", 2),
        ("Meet Mr. Baker at St. Mary's.", 1),
        ("Is it hard? No! Come.", 3),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    ("sentence", "foreign"),
    [
        ("The Pastry Chef exam requires 80%.", True),
        ("The Bread Baker exam requires 80%.", False),
        ("You must score 80% in the Guild Craft exam.", False),
        ("Two exams, each needing 70% to pass.", False),
        ("The written paper needs 70%.", False),
    ],
)
def test_a_mark_of_another_courses_exam_is_told_apart(sentence: str, foreign: bool) -> None:
    own = own_words(["Bread Baker Basics"], ["You receive a voucher for the Bread Baker exam."])
    assert is_foreign(exam_named(sentence), own, sentence) is foreign
