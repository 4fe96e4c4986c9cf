"""The columns of a lead for people; every format shows the same."""

from datetime import datetime, tzinfo

from bot.models.lead import Lead

Cell = str | int | datetime | None

COLUMNS = {
    "Lead": 7, "Status": 11, "Owner": 12, "Created": 19, "Updated": 19, "Name": 24, "E-mail": 30, "Phone": 17,
    "Reply in chat": 13, "Company": 24, "People": 8, "Courses": 24, "Wants": 20, "Note": 40, "Language": 10,
    "Source": 14, "Medium": 14, "Campaign": 16, "Consent version": 15, "Consent given": 19, "Consent withdrawn": 19,
    "Keep until": 19, "Look at": 28, "Channel": 10, "User": 14, "Questions": 60,
}  # fmt: skip
"""The titles, each with its width in a spreadsheet, in characters."""


def cells(lead: Lead, zone: tzinfo) -> tuple[Cell, ...]:
    """One lead in the order of COLUMNS, moments in the zone where people read them, to the second."""

    def local(moment: datetime | None) -> datetime | None:
        return moment.astimezone(zone).replace(tzinfo=None, microsecond=0) if moment else None

    draft = lead.draft
    consent = draft.consent
    questions = "\n".join(f"{asked.text} ({asked.outcome})" for asked in draft.asked)
    return (
        lead.id, lead.status, lead.owner, local(lead.created), local(lead.updated), draft.name, draft.email,
        draft.phone, "yes" if draft.here else "", draft.company, draft.people, ", ".join(draft.courses),
        ", ".join(draft.wishes), draft.note, draft.language, draft.source, draft.medium, draft.campaign,
        consent.version, local(consent.given), local(consent.withdrawn), local(lead.keep_until), lead.flagged,
        draft.channel, draft.user, questions,
    )  # fmt: skip
