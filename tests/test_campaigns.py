"""Keys of deep links: where people come from, and what they see first."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.app import advisor_for
from bot.conversation.advisor import Advisor
from bot.models.content import Campaign
from bot.models.conversation import SaveLead
from tests.conftest import Person


def test_a_course_code_opens_that_course(person: Person) -> None:
    assert person.says("/start pspo").courses == ("PSPO",)
    assert person.conversation.campaign is None


def test_a_campaign_is_remembered_and_lands_on_the_lead(person: Person) -> None:
    assert person.says("/start spring-mail").outcome == "chat"
    person.says("how long is PSM?")
    person.waits(60)
    person.says("sign me up for PSM")
    person.presses("Yes")
    person.says("Ann Lee, ann@example.org")
    draft = [effect.draft for effect in person.effects if isinstance(effect, SaveLead)][-1]
    assert (draft.source, draft.medium, draft.campaign, draft.courses) == ("newsletter", "email", "spring", ("PSM",))


def test_a_campaign_with_a_course_opens_it(person: Person) -> None:
    reply = person.says("/start PO-Poster")
    assert (reply.outcome, reply.courses) == ("answer", ("PSPO",))
    assert person.conversation.campaign == "po-poster"


@pytest.mark.parametrize(
    "key", ["nobody-knows-this", "staff_nobody", "inline", "lead_7", "'; DROP TABLE leads", "x" * 64]
)
def test_an_unknown_key_is_harmless(someone: Callable[..., Person], key: str) -> None:
    person = someone()
    plain = someone().says("/start").text
    assert person.says(f"/start {key}").text == plain
    assert person.conversation.campaign is None


def test_a_code_beats_a_campaign_of_the_same_name(demo: Advisor) -> None:
    campaigns = {"psm": Campaign("psm", source="fair", course="PSPO"), "gone": Campaign("gone", course="NEVER")}
    person = Person(advisor_for(replace(demo.knowledge, campaigns=campaigns)))
    assert person.says("/start psm").courses == ("PSM",)
    assert person.conversation.campaign is None
    assert person.says("/start gone").outcome == "chat"
    assert person.conversation.campaign == "gone"


def test_a_later_campaign_takes_the_place_of_the_one_before(person: Person) -> None:
    person.says("/start spring-mail")
    person.says("/start po-poster")
    person.says("/start PSM")
    assert person.conversation.campaign == "po-poster"


def test_a_link_is_logged_by_what_it_opens(person: Person) -> None:
    person.says("/start po-poster")
    assert [asked.text for asked in person.conversation.asked] == ["About the course: PSPO"]
