"""Errors that a person can act on. Each message says what is wrong, where, and what to do."""


class CourseAdvisorError(Exception):
    """The common parent: caught at the edge and shown as one line, exit code 2."""


class ContentError(CourseAdvisorError):
    """The knowledge or the catalogue cannot be used at all."""


class SettingsError(CourseAdvisorError):
    """A setting is missing or not valid."""


class UnknownCourseError(CourseAdvisorError):
    """A course key that the catalogue does not hold."""


class StoreError(CourseAdvisorError):
    """The database refused or could not be reached; nothing was written."""


class UnknownLeadError(CourseAdvisorError):
    """The number of a lead that is not, or no longer, kept."""

    def __init__(self, id: int) -> None:
        super().__init__(f"There is no lead {id}. `leads list` shows which there are.")
