"""The lead form under every order and interruption: nothing before consent, nothing lost, nothing twice."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.models.conversation import SaveLead
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
    assert drafts(person)[-1].wishes == ("call_back",)
