"""Keys of deep links that lead somewhere else than to their campaign."""

from collections.abc import Iterable, Iterator, Mapping

from bot.models.content import Campaign, Problem
from bot.models.course import Course
from bot.models.reply import INVITATION_PREFIX

FILE = "campaigns.yaml"


def collisions(campaigns: Iterable[Campaign], courses: Mapping[str, Course]) -> Iterator[Problem]:
    """A key that is a course's code as well, or looks like an invitation of staff."""
    taken = {name.casefold(): course for course in courses.values() for name in (course.key, course.code) if name}
    for campaign in campaigns:
        key, course = campaign.key, taken.get(campaign.key.casefold())
        if course:
            message = (
                f"The campaign {key!r} has the code of {course.key} ({course.file}), and the link opens the course."
            )
        elif key.casefold().startswith(INVITATION_PREFIX):
            message = f"The campaign {key!r} begins with {INVITATION_PREFIX}, and the link is taken for an invitation."
        else:
            continue
        yield Problem(FILE, None, course.key if course else None, None, "collision", message, "Choose another key.")
