"""The lead form under every order and interruption: nothing before consent, nothing lost, nothing twice."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import advisor_for
from bot.conversation.advisor import Advisor
from bot.models.conversation import ForgetPerson, SaveLead
from bot.models.lead import LeadDraft
from tests.conftest import Person

DETAILS = {
    "name": ["Ann Lee", "my name is Ann Lee", "Name: Ann Lee", "I'm Ann Lee"],
    "contact": ["ann@example.org", "my mail is ann@example.org", "you can reach me at ann@example.org"],
    "both": ["Ann Lee, ann@example.org", "ann@example.org, Ann Lee"],
}
INTERRUPTIONS = [
    "how long is it?", "what is the pass mark of PSM?", "is there an exam?", "which courses are for beginners?",
    "thanks", "what happens with my data?", "do you like pizza?", "😀", "ann@", "12",
    "maybe", "555", "i'd rather not say", "i'm tester", "skip",
]  # fmt: skip

order = st.one_of(
    st.permutations(["name", "contact"]).map(tuple),
    st.just(("both",)),
)
quiet = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def drafts(person: Person) -> list[LeadDraft]:
    return [effect.draft for effect in person.effects if isinstance(effect, SaveLead)]


def finish(person: Person) -> None:
    """Answer what is still asked, and confirm."""
    for _ in range(6):
        form = person.conversation.form
        if form is None:
            return
        if form.consent is None:
            person.says("yes")
        elif "Skip" in [button.label for button in person.buttons]:
            person.presses("Skip")
        elif any(button.label.startswith("Yes, send") for button in person.buttons):
            person.presses("Yes, send")
        else:
            person.says("Ann Lee" if not form.values.get("name") else "ann@example.org")


@quiet
@given(data=st.data(), parts=order, early=st.booleans(), noise=st.lists(st.sampled_from(INTERRUPTIONS), max_size=3))
def test_details_in_any_order_with_any_interruption_make_one_lead(
    someone: Callable[..., Person], data: st.DataObject, parts: tuple[str, ...], early: bool, noise: list[str]
) -> None:
    person = someone()
    person.says("I want to enrol in PSPO")
    steps = [data.draw(st.sampled_from(DETAILS[part])) for part in parts]
    steps.insert(data.draw(st.integers(0, len(steps))) if early else 0, "yes")
    for text in noise:
        steps.insert(data.draw(st.integers(0, len(steps))), text)
    for text in steps:
        agreed = person.conversation.form is not None and person.conversation.form.consent is not None
        before = len(drafts(person))
        person.says(text)
        if not agreed and text != "yes":
            assert len(drafts(person)) == before, f"{text!r} was kept before consent"
    finish(person)
    final = drafts(person)[-1]
    assert (final.name, final.email, final.courses, final.partial) == ("Ann Lee", "ann@example.org", ("PSPO",), False)
    assert sum(not draft.partial for draft in drafts(person)) == 1
    assert person.conversation.form is None


@quiet
@given(steps=st.lists(st.sampled_from([*INTERRUPTIONS, "Ann Lee", "ann@example.org"]), max_size=4))
def test_without_consent_nothing_is_ever_kept(someone: Callable[..., Person], steps: list[str]) -> None:
    person = someone()
    person.says("please call me about PSM")
    for text in steps:
        person.says(text)
    person.says("no thanks")
    assert drafts(person) == []


@quiet
@given(parts=order, place=st.integers(0, 3))
def test_who_stops_leaves_no_form_and_no_lead(
    someone: Callable[..., Person], parts: tuple[str, ...], place: int
) -> None:
    person = someone()
    person.says("sign me up for PSK")
    steps = ["yes", *(DETAILS[part][0] for part in parts)]
    for text in steps[:place]:
        person.says(text)
    person.says("forget it, cancel that")
    assert person.conversation.form is None
    assert all(draft.partial for draft in drafts(person))


@quiet
@given(text=st.text(max_size=200))
def test_no_text_breaks_an_open_form(someone: Callable[..., Person], text: str) -> None:
    person = someone()
    person.says("book PSPO")
    person.says("yes")
    assert person.says(text).text


def test_only_a_yes_to_the_consent_text_in_force_counts(someone: Callable[..., Person], demo: Advisor) -> None:
    edited = replace(demo.knowledge.form, version="2027-01", consent="May we keep your details for ever?")
    for answer in ("yes", "yes, Ann Lee", "Yes, that is fine"):
        person = someone()
        person.says("book PSPO")
        person.advisor = advisor_for(replace(demo.knowledge, form=edited))
        assert "for ever?" in person.says(answer).text
        assert drafts(person) == []
        person.says("yes")
        person.says("Ann Lee, ann@example.org")
        assert drafts(person)[-1].consent.version == "2027-01"
        assert drafts(person)[-1].consent.text == "May we keep your details for ever?"
    person = someone()
    person.says("book PSPO")
    person.advisor = advisor_for(replace(demo.knowledge, form=edited))
    assert "for ever?" in person.says("yes, how long is it?").text
    assert drafts(person) == []


def test_a_detail_is_corrected_later(person: Person) -> None:
    person.says("book PSPO")
    person.says("yes, Ann Lee, ann@example.org")
    assert "put that right" in person.says("sorry, .com not .org").text
    finish(person)
    assert drafts(person)[-1].email == "ann@example.com"


def test_the_third_wrong_contact_is_taken_as_a_note_for_a_person(person: Person) -> None:
    person.says("book PSPO")
    person.says("yes")
    person.says("Ann Lee")
    assert "does not look" in person.says("ann@").text
    assert "does not look" in person.says("ann@example").text
    person.says("ann at the mill@")
    finish(person)
    note = drafts(person)[-1].note
    assert note is not None
    assert "ann at the mill" in note


def test_an_offer_to_ask_a_person_is_accepted_with_a_plain_yes(person: Person) -> None:
    person.says("how long is the PSPO exam")
    assert person.says("yes please").outcome == "lead"
    finish(person)
    assert drafts(person)[-1].wishes == ("question",)


def test_who_asks_for_a_call_instead_wants_a_call(person: Person) -> None:
    person.says("how long is the PSPO exam")
    person.says("please call me")
    finish(person)
    assert drafts(person)[-1].wishes == ("call_back",)


def test_the_button_of_the_offer_is_a_question_too(person: Person) -> None:
    person.says("how long is the PSPO exam")
    assert person.presses("Yes").outcome == "lead"
    finish(person)
    assert drafts(person)[-1].wishes == ("question",)


def agreed(person: Person, opening: str = "book PSPO") -> Person:
    person.says(opening)
    person.says("yes")
    return person


def held(person: Person) -> dict[str, str]:
    assert person.conversation.form is not None
    return dict(person.conversation.form.values)


@pytest.mark.parametrize("text", ["maybe", "i'd rather not give my name", "skip", "not now", "hm", "perhaps later"])
@pytest.mark.parametrize("before", [(), ("yes",), ("yes", "Ann Lee"), ("yes", "Ann Lee", "ann@example.org", "skip")])
def test_only_a_clear_word_closes_an_open_form(person: Person, before: tuple[str, ...], text: str) -> None:
    for line in ("book PSPO", *before):
        person.says(line)
    opened = person.conversation.form
    assert opened is not None
    person.says(text)
    if text in ("not now", "i'd rather not give my name") and not before:
        assert person.conversation.form is None, "a no to the question for consent"
    elif before[-1:] != ("ann@example.org",):
        assert held(person) == dict(opened.values)


@pytest.mark.parametrize("text", ["cancel", "/cancel", "forget it", "i won't give my name, just stop", "never mind"])
def test_a_clear_word_closes_it_wherever_it_stands(someone: Callable[..., Person], text: str) -> None:
    for before in ((), ("yes",), ("yes", "Ann Lee"), ("yes", "Ann Lee", "ann@example.org", "skip")):
        person = someone()
        for line in ("book PSPO", *before):
            person.says(line)
        assert "stopped" in person.says(text).text
        assert person.conversation.form is None


@pytest.mark.parametrize("text", ["cancel", "/cancel", "forget it"])
def test_where_nothing_is_open_nothing_is_said_to_be_stopped(person: Person, text: str) -> None:
    assert person.says(text).text.startswith("Nothing is open here")
    agreed(person)
    finish(person)
    assert len(drafts(person)) > 0
    assert person.says(text).text.startswith("Nothing is open here")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("María de los Ángeles García López", "María de los Ángeles García López"),
        ("josé", "josé"), ("Will Price", "Will Price"), ("Mark Long", "Mark Long"), ("it's Mark", "Mark"),
        ("i'm ann lee from Fernhill Bank", "ann lee"), ("J. R. Smith", "J. R. Smith"), ("Ann Baker", "Ann Baker"),
        ("my name is Ann and my email is ann@example.org", "Ann"), ("call me Bob", "Bob"),
        ("555", ""), ("i'm tester", ""), ("product manager", ""), ("two people, me and my colleague", ""),
        ("none of your business", ""), ("None of your business!", ""),
        ("tomorrow", ""), ("call me tomorrow", ""), ("i'd rather not give my name", ""),
    ],
)  # fmt: skip
def test_what_is_a_name_where_one_was_asked_for(person: Person, typed: str, name: str) -> None:
    reply = agreed(person).says(typed)
    assert held(person).get("name", "") == name
    assert name or ("What is your name?" in reply.text and reply.outcome == "lead")


@pytest.mark.parametrize("typed", ["555", "maybe", "on skype", "😀", "call me tomorrow after 5"])
def test_a_contact_is_asked_for_until_there_is_one(person: Person, typed: str) -> None:
    agreed(person).says("Ann Lee")
    reply = person.says(typed)
    assert reply.text.endswith("How can we reach you: e-mail or phone?")
    assert reply.outcome == "lead"
    assert len(reply.text.split("\n\n")) == 2
    assert ("note" in held(person)) is (typed == "call me tomorrow after 5")


@pytest.mark.parametrize(
    "typed",
    ["ann at example dot org", "ann (at) example.org", "ann[at]example[dot]org", "Ann at example DOT org please"],
)
def test_an_address_may_be_spelled(person: Person, typed: str) -> None:
    agreed(person).says("Ann Lee")
    person.says(typed)
    assert held(person)["email"].casefold() == "ann@example.org"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("020 7946 0018", "+442079460018"),
        ("(020) 7946-0018", "+442079460018"),
        ("+353 87 123 4567", "+353871234567"),
        ("00353 87 123 4567", "+353871234567"),
        ("+44 7700 900123", "+447700900123"),
        ("087 123 4567", "087 123 4567"),
        ("call me on (087) 123-4567", "087 123 4567"),
        ("0" + " " * 40 + "871234567", "0 871234567"),
    ],
)
def test_a_number_gets_no_country_code_that_it_cannot_have(person: Person, typed: str, kept: str) -> None:
    agreed(person).says("Ann Lee")
    person.says(typed)
    assert held(person)["phone"] == kept
    assert f"Contact: {kept}." in person.says("skip").text


def test_an_opening_that_is_no_introduction_gives_no_name(person: Person) -> None:
    person.says("i'm interested in PSK, book it")
    assert held(person) == {}


@pytest.mark.parametrize(
    ("typed", "name", "note"),
    [
        ("weekdays only, ann@example.org", "", "weekdays only"),
        ("Mark Long, mark@example.org, weekdays only", "Mark Long", "weekdays only"),
        ("ann@example.org, Ann", "Ann", ""),
        ("mark@example.org and my name is mark. please call mornings", "mark", "please call mornings"),
    ],
)
def test_what_stands_beside_a_contact(person: Person, typed: str, name: str, note: str) -> None:
    person.says("book PSPO")
    person.says(typed)
    assert (held(person).get("name", ""), held(person).get("note", "")) == (name, note)


def test_a_note_beside_a_contact_takes_no_name_away(person: Person) -> None:
    agreed(person).says("Ann Lee")
    person.says("weekdays only, ann@example.org")
    assert (held(person)["name"], held(person)["note"]) == ("Ann Lee", "weekdays only")


def test_a_change_at_the_read_back_leaves_no_note(person: Person) -> None:
    agreed(person, "we want PSM in-house for 12 people at Acme Ltd").says("Tom Jones, tom@acme.example")
    person.says("skip")
    for text in (
        "no change the email to jo@x.org",
        "no",
        "company is Foo",
        "change the name to Jo Jones",
        "make it 14 people",
    ):
        assert person.says(text).outcome == "lead"
    person.says("yes")
    lead = drafts(person)[-1]
    assert (lead.name, lead.email, lead.company, lead.people, lead.note) == ("Jo Jones", "jo@x.org", "Foo", 14, None)


def test_a_contact_given_after_all_takes_the_place_of_what_could_not_be_checked(person: Person) -> None:
    agreed(person).says("Ann Lee")
    for text in ("ann@", "ann@example", "ann at the mill@", "skip", "ann@mill.org", "yes"):
        person.says(text)
    assert (drafts(person)[-1].email, drafts(person)[-1].note) == ("ann@mill.org", None)


@pytest.mark.parametrize(
    "text", ["thanks", "hello", "do you like pizza?", "what happens with my data?", "how long is it?"]
)
def test_the_open_question_is_repeated_after_whatever_else_was_said(person: Person, text: str) -> None:
    assert agreed(person).says(text).text.endswith("What is your name?")


def read_back(person: Person, opening: str = "book PSPO") -> Person:
    """Somebody who is asked whether all is right."""
    agreed(person, opening).says("Ann Lee, ann@example.org")
    if "in-house" in opening:
        person.says("BigCo")
        person.says("3")
    assert person.says("skip").text.startswith("Is this right?")
    return person


def courses(person: Person) -> tuple[str, ...]:
    assert person.conversation.form is not None
    return person.conversation.form.courses


@pytest.mark.parametrize("text", ["remove {}", "not {}", "without {}", "drop {}", "please delete {}", "Remove the {}!"])
def test_a_course_is_taken_off_the_enquiry(someone: Callable[..., Person], text: str) -> None:
    person = read_back(someone(), "book PSM")
    person.says("psm and psk")
    assert person.says(text.format("psk")).text.startswith("Is this right?")
    assert courses(person) == ("PSM",)
    person.says(text.format("psk"))
    assert courses(person) == ("PSM",), "it was not on the enquiry"
    assert "Course" not in person.says(text.format("PSM")).text
    assert person.says("yes").text.startswith("Thank you, Ann Lee")
    assert drafts(person)[-1].courses == ()


def test_taking_a_course_off_and_saying_yes_deletes_nothing(person: Person) -> None:
    read_back(person).says("remove pspo")
    person.says("yes")
    assert not any(isinstance(effect, ForgetPerson) for effect in person.effects)
    assert not drafts(person)[-1].partial


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("remove psk and add pspo", ("PSM", "PSPO")), ("psk, not psm", ("PSK",)), ("not psm, psk", ("PSK",)),
        ("remove psm and psk", ()), ("remove psk, how long is psm?", ("PSM", "PSK")),
    ],
)  # fmt: skip
def test_what_stands_beside_the_course_that_is_taken_off(person: Person, text: str, left: tuple[str, ...]) -> None:
    read_back(person, "book PSM").says("psm and psk")
    person.says(text)
    assert courses(person) == left


def test_a_course_is_taken_off_beside_a_detail(person: Person) -> None:
    agreed(person, "book PSM").says("Ann Lee")
    person.says("ann@example.org, not psk")
    assert courses(person) == ("PSM",)
    assert "note" not in held(person)


def test_a_course_is_taken_off_by_part_of_its_title(person: Person) -> None:
    read_back(person, "book PSM").says("psm and psk")
    person.says("remove the kanban course")
    assert courses(person) == ("PSM",)


def test_a_note_may_say_what_it_should_be_without(person: Person) -> None:
    agreed(person, "book PSK").says("Ann Lee, ann@example.org")
    person.says("without PSK theory on mondays")
    assert (courses(person), held(person)["note"]) == (("PSK",), "without PSK theory on mondays")


@pytest.mark.parametrize("text", ["delete my data about pspo", "delete what i filled in for pspo", "/deleteme"])
def test_a_wish_about_data_stays_one_beside_a_course(person: Person, text: str) -> None:
    assert read_back(person).says(text).text.startswith("Shall I delete everything")


def test_a_question_left_open_is_not_what_a_later_yes_answers(person: Person) -> None:
    read_back(person).says("delete my data")
    person.says("jo@example.org")
    assert person.says("yes").text.startswith("Thank you, Ann Lee")
    assert not any(isinstance(effect, ForgetPerson) for effect in person.effects)


def test_all_of_an_enquiry_in_one_message(person: Person) -> None:
    agreed(person, "we'd like PSM in house").says("Anne-Marie O'Neill, anne@x.org, 3 people from BigCo, psm and psk")
    assert held(person) == {"name": "Anne-Marie O'Neill", "email": "anne@x.org", "people": "3", "company": "BigCo"}
    assert courses(person) == ("PSM", "PSK")


@pytest.mark.parametrize("text", ["actually 5 people", "make it 5 people", "sorry, five people"])
def test_the_head_count_is_corrected_at_any_question(someone: Callable[..., Person], text: str) -> None:
    for lines in (("skip",), ()):
        person = agreed(someone(), "we'd like PSM in house")
        for line in ("Ann Lee, ann@example.org, 3 people from BigCo", *lines, text):
            person.says(line)
        assert held(person)["people"] == "5"
        assert "note" not in held(person)


def test_the_words_of_a_button_press_it(someone: Callable[..., Person]) -> None:
    person = someone(reachable=True)
    for line, reply in (
        ("book PSPO", "Good choice"),
        ("yes, that is fine", "What is your name?"),
        ("Ann Lee", "How can we reach you"),
        ("Here in this chat.", "Anything we should know"),
        ("SKIP", "Is this right?"),
        ("change something", "What shall I change?"),
        ("Yes, send it", "Thank you, Ann Lee"),
    ):
        assert person.says(line).text.startswith(reply)
    assert drafts(person)[-1].here


def test_the_word_of_the_stop_button_stops(person: Person) -> None:
    assert "stopped" in agreed(person).says("stop").text
    assert person.conversation.form is None


@pytest.mark.parametrize(
    ("slot", "question", "answer", "key"),
    [
        ("name", "What is your name?", "Jo Jones", "name"),
        ("change the name", "What is your name?", "Jo Jones", "name"),
        ("email", "How can we reach you", "jo@example.org", "email"),
        ("Note", "Anything we should know", "call after five", "note"),
        ("company", "Which company", "Fernhill Bank", "company"),
        ("people", "For how many people", "14", "people"),
    ],
)
def test_a_detail_named_at_the_read_back_is_asked_again(
    person: Person, slot: str, question: str, answer: str, key: str
) -> None:
    read_back(person, "we want in-house training").says("change something")
    assert person.says(slot).text.startswith(question)
    assert person.says(answer).text.startswith("Is this right?")
    assert held(person)[key] == answer


def test_a_yes_to_consent_counts_also_before_a_question(person: Person) -> None:
    person.says("book PSM")
    reply = person.says("yes, how long is it?")
    assert reply.intents == ("duration",)
    assert person.conversation.form is not None
    assert person.conversation.form.consent is not None
    assert "What is your name?" in reply.text


@pytest.mark.parametrize("text", ["i'm deaf, can i still attend", "im vegetarian, is there lunch"])
def test_what_somebody_is_is_no_name(person: Person, text: str) -> None:
    person.says("when is the next PSM")
    person.says(text)
    person.says("yes")
    assert "name" not in held(person)


@pytest.mark.parametrize(
    "text",
    [
        "sure, but what do you do with my data?",
        "yes. what happens with my data?",
        "that's fine. but I don't agree to the storing",
        "of course. not",
        "yes, no",
        "yes, unless you sell it. how long is it?",
    ],
)
def test_a_yes_that_is_taken_back_or_asks_about_data_is_no_consent(person: Person, text: str) -> None:
    person.says("book PSM")
    person.says(text)
    opened = person.conversation.form
    assert opened is None or opened.consent is None
    assert not drafts(person)


@pytest.mark.parametrize("text", ["what's the refund policy", "whats the dress code", "who won the cup last year"])
def test_a_question_is_no_name_also_without_its_mark(person: Person, text: str) -> None:
    agreed(person, "book PSM").says(text)
    assert "name" not in held(person)


@pytest.mark.parametrize("name", ["Joost van Dam", "Ana de la Torre", "Peter von der Heide"])
def test_a_name_with_small_words_in_it_is_no_other_language(person: Person, name: str) -> None:
    person.says("book PSM")
    person.says(name)
    assert held(person)["name"] == name


def test_a_correction_of_the_course_takes_the_wrong_one_off_the_enquiry(person: Person) -> None:
    person.says("book PSPO-A")
    assert person.says("wait no, I meant the normal pspo").courses == ("PSPO",)
    assert person.conversation.form is not None
    assert person.conversation.form.courses == ("PSPO",)


def test_the_course_of_an_enquiry_may_be_told_with_more(person: Person) -> None:
    person.says("do you train whole teams at our office")
    person.says("it would be the nexus one, for three teams")
    assert person.conversation.form is not None
    assert person.conversation.form.courses == ("SPS",)


@pytest.mark.parametrize("text", ["do you like pizza", "is my email safe with you"])
def test_what_begins_as_a_question_is_no_detail(person: Person, text: str) -> None:
    person.says("book PSM")
    person.says("yes")
    reply = person.says(text)
    assert reply.outcome in ("fallback", "chat")
    assert "What is your name?" in reply.text
    assert "name" not in held(person)
    assert not any("safe" in value for value in held(person).values())


def test_a_course_is_added_or_exchanged_at_any_question(person: Person) -> None:
    agreed(person, "book PSM")
    person.says("also pspo")
    assert courses(person) == ("PSM", "PSPO")
    person.says("make it psk instead")
    assert courses(person) == ("PSK",)


@pytest.mark.parametrize(("text", "agrees"), [("y", True), ("yh", True), ("no ta", False), ("n", False)])
def test_short_words_agree_and_refuse(person: Person, text: str, agrees: bool) -> None:
    person.says("book PSM")
    person.says(text)
    assert (person.conversation.form is not None and person.conversation.form.consent is not None) is agrees


def test_a_refusal_is_no_name(person: Person) -> None:
    agreed(person)
    person.says("lol no im not giving u my name")
    assert "name" not in held(person)


def test_send_sends(person: Person) -> None:
    agreed(person)
    for text in ("Ann Lee", "ann@example.org", "skip"):
        person.says(text)
    assert person.says("send").text.startswith("Thank you, Ann Lee")


@pytest.mark.parametrize("text", ["can u call after 5pm", "asap", "evenings are best"])
def test_what_is_no_clear_question_is_the_note_where_one_was_asked_for(person: Person, text: str) -> None:
    agreed(person).says("Ann Lee, ann@example.org")
    person.says(text)
    assert held(person)["note"] == text


def test_a_correction_is_no_consent(person: Person) -> None:
    person.says("book PSM-A")
    person.says("ok change it to PSM")
    assert courses(person) == ("PSM",)
    assert person.conversation.form is not None
    assert person.conversation.form.consent is None


@pytest.mark.parametrize("text", ["Bob", "Lol", "12", "Rubbish"])
def test_a_word_that_means_nothing_before_consent_is_met_with_the_question_again(person: Person, text: str) -> None:
    person.says("book PSM")
    reply = person.says(text)
    assert reply.outcome == "lead"
    assert reply.text.startswith("May Harbour Lane Training keep")
    assert not held(person)


@pytest.mark.parametrize("text", ["Ok", "Maybe", "Thanks", "PSK", "Whatever", "Hmm", "Monday"])
def test_a_word_with_a_capital_is_no_name(person: Person, text: str) -> None:
    person.says("book PSM")
    person.says(text)
    form = person.conversation.form
    assert form is None or "name" not in form.values


def test_what_only_begins_as_a_correction_changes_no_enquiry(person: Person) -> None:
    agreed(person, "book PSM")
    assert person.says("make it quick, how long is PSK").intents == ("duration",)
    assert courses(person) == ("PSM",)
    assert person.says("make it quick, how long is PSM").intents == ("duration",)
    assert courses(person) == ("PSM",)
