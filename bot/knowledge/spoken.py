"""Which texts the program asks for, and what it fills into each: the contract between the code and `knowledge/`.

A text that the code asks for is named here, with the variables it is given; tests/test_check_knowledge.py holds the two
together.
"""

from bot.models.content import SEVERITIES

_LEAD = "lead draft courses wishes status owner made"
_ABOUT = "lead draft courses wishes status"

REPLIES: tuple[tuple[str, str, str], ...] = (
    ("said.", "number percent points hours days half-days weeks months sessions minutes evenings pdus", "n many unit"),
    ("said.", "with_support", "said support"),
    ("said.", "retake", "attempts window start cost"),
    ("said.", "join number_words", ""),
    ("clarify.", "course candidates compare", "count"),
    ("enquiry.", "sent", "at courses details"),
    ("enquiry.", "open none", ""),
    ("offer.", "yes no refused done", ""),
    (
        "fallback.",
        "no_match no_match_course ambiguous out_of_scope unknown_course language",
        "course name",
    ),
    ("fallback.", "person person_button list_button", ""),
    ("verdict.", "pass_mark.no pass_mark.yes pass_mark.above duration.yes duration.no", "answer said subject"),
    ("verdict.", "pass_mark.passes pass_mark.fails pass_mark.enough covered.yes", "answer said subject"),
    ("verdict.", "pdu_credits.yes pdu_credits.no pdu_credits.attending retake.yes retake.no", "answer said subject"),
    ("verdict.", "retake.more retake.passed retake.cost", "answer said subject"),
    ("verdict.", "levelled.yes levelled.no levelled.told", "answer said subject level"),
    ("verdict.", "level.yes level.no vendor.yes vendor.no denied.yes denied.no", "answer said subject"),
    ("verdict.", "conflict format.yes format.no", "answer said subject"),
    ("verdict.", "two_sentences", "course fact said also"),
    ("verdict.", "retake.window retake.first", "answer said subject window"),
    ("courses.", "line", "course detail"),
    ("courses.", "more", "count"),
    ("courses.", "all", "count"),
    ("courses.", "found spoken only", "count conditions"),
    ("courses.", "utmost", "utmost conditions"),
    ("courses.", "beside", "conditions"),
    ("courses.", "none", "conditions silent apart parts"),
    ("courses.", "left_out", "silent apart parts"),
    ("courses.", "about", "topics"),
    ("courses.", "named", "label said"),
    ("courses.", "figure", "label said unit relation"),
    ("courses.", "colleague", "courses count"),
    ("compare.", "line", "course said"),
    ("compare.", "row", "label cells"),
    ("compare.", "same", "facts count"),
    ("compare.", "fact", "label said"),
    ("compare.", "retake", "attempts window start cost"),
    ("compare.", "conflict", "said also"),
    ("compare.", "not_stated none", ""),
    ("error.", "try_again stale_button", ""),
    ("alert.", "database", ""),
    ("alert.", "content.refused", "refused more"),
    ("alert.", "content.pages", "kept left_out more"),
    ("alert.", "content.mended", ""),
    ("delete.", "yes no done kept", "backup_days"),
    ("mydata.", "here", ""),
    ("withdraw.", "button done", ""),
    ("asked.", "pressed", "labels courses"),
    ("letter.", "text", "by text"),
    ("letter.", "answer write passed_on more gone", "by"),
    ("terminal.", "hint", ""),
    ("telegram.", "photo voice sticker location poll file forwarded edited foreign_contact other", ""),
    ("telegram.", "slow_down shortly contact private private_button inline_button", ""),
    ("telegram.command.", "start help courses privacy mydata deleteme cancel", ""),
    ("telegram.command.", "leads lead reply export unanswered stats check reload", ""),
    ("staff.", "source", "file field line"),
    ("staff.", "silent", "course labels"),
    ("staff.", "when", "at"),
    ("staff.", "nameless", "user"),
    ("staff.", "days cancelled", ""),
    ("staff.invitation.", "welcome line refused kept", "name does"),
    ("staff.wish.", "enrol price schedule in_house call_back question", ""),
    ("staff.status.", "partial new contacted qualified won lost", ""),
    ("staff.status.", "done", _ABOUT),
    ("staff.outcome.", "answer not_stated clarify lead catalogue chat fallback", ""),
    ("staff.button.", "take show reply note cancel contacted qualified won lost", ""),
    ("staff.button.", "leads.new leads.mine leads.today leads.course", ""),
    ("staff.news.", "lead group more answer", "lead draft courses wishes text"),
    ("staff.leads.", "new mine today course course_button", "count course"),
    ("staff.leads.", "none", "what"),
    ("staff.leads.", "line button", _LEAD),
    ("staff.leads.", "older which_course no_courses", "count"),
    ("staff.lead.", "which unknown", "number"),
    ("staff.lead.", "card", _LEAD),
    ("staff.lead.", "asked", "text outcome"),
    ("staff.lead.", "asked.title history.title", ""),
    ("staff.lead.", "history.created history.updated history.status history.owner", "at who text value"),
    ("staff.lead.", "history.note history.reply history.undelivered", "at who text value"),
    ("staff.lead.", "history.answer history.withdrawn", "at who text value"),
    ("staff.", "taken.yours taken.other note.write note.done", _LEAD),
    ("staff.reply.", "write done withdrawn elsewhere undelivered", f"{_ABOUT} other"),
    ("staff.reply.", "how", "number"),
    ("staff.export.", "how none here too_large", "word count"),
    ("staff.unanswered.", "title line none", "days text times"),
    ("staff.stats.", "title", "days asked leads"),
    ("staff.stats.", "outcomes intents leads", ""),
    ("staff.stats.", "line", "name number"),
    ("staff.stats.", "button", "days"),
    ("staff.check.", "good", ""),
    ("staff.check.", "title count more", "number severity pages"),
    ("staff.severity.", " ".join(SEVERITIES), "number"),
    ("staff.reload.", "done failed", "courses left_out"),
)
"""Texts of `replies.yaml`: the beginning of their keys, their ends, and the variables they may use."""

UNITS = "said."
"""Texts of this family may be added: one for each unit that a fact of `facts.yaml` has."""

INTENTS = ("overview", "human", "list_courses", "search_courses", "compare", "out_of_scope")
"""Intents that replies lead to of their own accord."""

FORM_LABELS = ("yes", "no", "here", "share", "skip", "cancel", "review_yes", "review_no")
"""Replies of the form that are buttons: plain words."""

FORM_PLAIN = ("refused", "cancelled")
"""Replies of the form that are said when there is no form any more."""

FORM = (
    "consent_again", "consent_short", "name_wrong", "contact_wrong", "detail_wrong", "email_wrong", "phone_wrong",
    "number_wrong", "contact_note", "not_yours", "review", "change", "corrected", "done",
)  # fmt: skip
"""All the others."""
