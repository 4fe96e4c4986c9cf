"""How replies look on a phone."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.channels.telegram.limits import Limits
from bot.channels.telegram.outbound import Message, buttons, messages
from bot.models.reply import Block, Button, Buttons, Document, Items, Quote, Reply, Text
from tests.telegram_markup import Refused, parsed, units


def sent(*blocks: Block, **more: object) -> list[Message]:
    reply = Reply(blocks, "answer")
    ids = {button.payload: f"id{number}" for number, button in enumerate(buttons(reply))}
    return messages(reply, ids, **more)  # type: ignore[arg-type]


def test_an_answer_its_quote_and_its_buttons_are_one_message() -> None:
    (message,) = sent(
        Text("85% for <the> exam & more"),
        Quote("at least 85%", link="https://example.org/pspo?a=1&b=2", source="pspo.md: delivery"),
        Buttons((Button("Retake", "ask|retake|PSPO"), Button("Duration", "ask|duration|PSPO"))),
    )
    assert message.html == (
        "85% for &lt;the&gt; exam &amp; more\n\n<blockquote expandable>at least 85%</blockquote>\n\n"
        "pspo.md: delivery\nhttps://example.org/pspo?a=1&amp;b=2"
    )
    assert message.markup == {
        "inline_keyboard": [[{"text": "Retake", "callback_data": "id0"}, {"text": "Duration", "callback_data": "id1"}]]
    }


def test_lists_stay_lists() -> None:
    (message,) = sent(Items(("one\ntwo", "<three>"), title="Topics"))
    assert parsed(message.html) == "Topics\n\n• one two\n• <three>"


def test_long_replies_are_split_between_blocks() -> None:
    first, second = sent(Text("a" * 3000), Text("b" * 3000), Buttons((Button("Go", "say|go"),)))
    assert (set(first.html), set(second.html)) == ({"a"}, {"b"})
    assert first.markup is None
    assert second.markup is not None


@given(some.lists(some.tuples(some.sampled_from("tqi"), some.text(min_size=0, max_size=40), some.integers(1, 400))))
def test_no_reply_is_ever_refused_by_telegram(parts: list[tuple[str, str, int]]) -> None:
    made: list[Block] = []
    for kind, text, times in parts:
        long = text * times
        blocks: dict[str, Block] = {"t": Text(long), "q": Quote(long), "i": Items((long, text), title=text[:20])}
        made.append(blocks[kind])
    for message in sent(*made):
        assert units(message.html) <= 4096
        assert units(message.plain) <= 4096
        parsed(message.html)


def test_nothing_of_a_long_text_is_lost() -> None:
    words = [f"word{number}&" for number in range(3000)]
    assert " ".join(parsed(message.html) for message in sent(Text(" ".join(words)))).split() == words


def test_characters_that_count_twice_are_counted_twice() -> None:
    first, second = sent(Text("😀" * 3000))
    assert units(first.html) == 4096
    assert len(first.html + second.html) == 3000


def test_the_contact_keyboard_has_a_message_of_its_own() -> None:
    form = Buttons((Button("Here", "form|contact|here"),), contact="Share my phone")
    first, second = sent(Text("How can we reach you?"), form, contact_hint="Or share your number:")
    assert first.markup == {"inline_keyboard": [[{"text": "Here", "callback_data": "id0"}]]}
    assert second.markup == {
        "keyboard": [[{"text": "Share my phone", "request_contact": True}]],
        "one_time_keyboard": True,
        "resize_keyboard": True,
    }
    (thanks,) = sent(Text("Thank you"), closing=True)
    assert thanks.markup == {"remove_keyboard": True}


def test_documents_follow_the_text() -> None:
    text, document = sent(Text("Here it is."), Document("my-data.json", b"{}", "application/json"))
    assert (text.html, document.document and document.document.name) == ("Here it is.", "my-data.json")


def test_the_same_choice_is_offered_once() -> None:
    choice = Button("Retake", "ask|retake|PSPO")
    (message,) = sent(Text("?"), Buttons((choice,)), Buttons((choice,)))
    assert message.markup == {"inline_keyboard": [[{"text": "Retake", "callback_data": "id0"}]]}


@pytest.mark.parametrize("wrong", ["a < b", "<b>never closed", "<b><i>crossed</b></i>", "<script>x</script>", "</b>"])
def test_the_double_refuses_what_telegram_refuses(wrong: str) -> None:
    with pytest.raises(Refused):
        parsed(wrong)


def test_a_flood_is_told_once_and_then_met_with_silence_until_the_bucket_refills() -> None:
    now = 0.0
    limits = Limits(lambda: now)
    rules = {"burst": 4, "per_minute": 60}
    assert [limits.verdict("1", rules) for _ in range(7)] == ["go"] * 4 + ["slow_down", "silent", "silent"]
    now = 1.0
    assert limits.verdict("1", rules) == "silent"
    assert limits.verdict("2", rules) == "go"
    now = 2.0
    assert [limits.verdict("1", rules) for _ in range(3)] == ["go", "go", "slow_down"]
