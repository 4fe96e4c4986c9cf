"""Yes or no on stated rules: a figure or a claim in a question is checked against the fact."""

from collections.abc import Iterable, Mapping, Sequence

from bot.conversation import covered
from bot.conversation.attempts import retake
from bot.conversation.claimed import Claim, Verdict, says, warm
from bot.conversation.lengths import compares, lasts
from bot.conversation.marks import pass_mark
from bot.models.content import Knowledge
from bot.models.course import Course, Fact, Retake
from bot.models.understanding import Figure, Intent, Understanding

__all__ = ["Verdict", "says", "silent_on", "verdict", "warm"]

_TURNED = {"yes": "denied.no", "attending": "denied.no", "no": "denied.yes"}
"""What becomes of a verdict where the claim was that it is not so: by the last part of its key."""

_LEVELLED = ("prerequisites", "audience")
"""Facts in whose stead the level may be asked: "is it for beginners"."""

WORKING = 5
"""Days of a working week."""

_LISTS = ("topics", "objectives")


def silent_on(fact: Fact, intent: Intent, heard: Understanding, knowledge: Knowledge) -> bool:
    """Whether the question is about an aspect that the fact's sentences do not speak of (how long the exam is)."""
    claim = Claim(intent.clause, heard.text, heard.figures, knowledge)
    if fact.name in _LISTS and covered.silent(fact, claim, knowledge.courses.get(fact.course)):
        return True
    stated = _stated(fact)
    return any(
        aspect["intent"] == intent.name and _asks(aspect, claim) and not says(stated, aspect["stated"])
        for aspect in knowledge.claims.get("aspects", ())
    )


def verdict(fact: Fact, intent: Intent, heard: Understanding, course: Course, knowledge: Knowledge) -> Verdict | None:
    """None where nothing was claimed, or nothing that the fact decides."""
    claim = Claim(intent.clause, heard.text, heard.figures, knowledge)
    found = None if claim.is_open else _denied(fact, claim) or _checked(fact, claim, course)
    return Verdict("conflict") if found and fact.also else found


def _checked(fact: Fact, claim: Claim, course: Course) -> Verdict | None:
    match fact.name:
        case "pass_mark":
            return pass_mark(fact, claim)
        case "retake" if isinstance(fact.value, Retake):
            return retake(fact.value, claim, course.fact("pass_mark"))
        case "duration":
            return _turned(_duration(fact, claim), claim)
        case "pdu_credits":
            return _turned(_pdu_credits(fact, claim), claim)
        case "level" | "vendor":
            return _turned(_word(fact, claim), claim)
        case "topics" | "objectives":
            return Verdict("covered.yes") if covered.stands(fact, claim) else None
        case _ if fact.name in _LEVELLED:
            return _levelled(course.fact("level"), claim, fact)
        case "format":
            return _turned(_place(fact, claim, course), claim)
        case _:
            return None


def _stated(fact: Fact) -> str:
    quotes = " ".join(statement.source.quote for statement in (fact.statement, *fact.support, *fact.also))
    return f"{quotes} {fact.value}"


def _asks(aspect: Mapping[str, Sequence[str]], claim: Claim) -> bool:
    """Whether an aspect is asked about: in its words, or by a figure of its units ("has 80 questions")."""
    figures = claim.of(*aspect["figures"]) if "figures" in aspect else ()
    return claim.holds(aspect.get("asked", ())) or any(figure.text in claim.text for figure in figures)


def _turned(found: Verdict | None, claim: Claim) -> Verdict | None:
    """ "It is not two days, right?": the verdict turns around; without "right?" it may be meant either way."""
    if found is None or not claim.negated:
        return found
    return Verdict(_TURNED[found.key.rpartition(".")[2]]) if claim.tagged else None


def _denied(fact: Fact, claim: Claim) -> Verdict | None:
    """ "So there is no exam, right?" """
    rows = claim.knowledge.claims.get("denied", {}).get(fact.name, ()) if claim.tagged else ()
    row = next((row for row in rows if claim.holds(row["asked"])), None)
    return _denial(fact, row) if row else None


def _denial(fact: Fact, row: Mapping[str, Sequence[str]]) -> Verdict | None:
    """Decided where the page states that there is none, or speaks of what was denied."""
    said = _stated(fact)
    if fact.status == "none" or says(said, row["asked"]):
        return Verdict("denied.yes")
    if says(said, row.get("unless", ())):
        return None
    return Verdict("denied.no") if "stated" not in row or says(said, row["stated"]) else None


def _duration(fact: Fact, claim: Claim) -> Verdict | None:
    figures = claim.of("minutes", "hours", "half-days", "days", "weeks", "sessions")
    if len(figures) != 1 or claim.says("either") or claim.shaped("range"):
        return None
    if claim.says("no_length") and not claim.says("long"):
        return None
    fits = lasts(fact, figures[0])
    if fits is None and figures[0].unit == "weeks" and _not_weeks(fact, figures[0]):
        fits = False
    return None if fits is None else Verdict("duration.yes" if fits else "duration.no")


def _not_weeks(fact: Fact, figure: Figure) -> bool:
    """Whether a course of so many days is no course of so many weeks, counted as working weeks or as whole ones."""
    days = [stated.value for stated in (fact.statement, *fact.support) if stated.unit == "days"]
    told = [value for value in days if isinstance(value, int | float)]
    return figure.relation == "is" and any(value < WORKING * figure.value or value > 7 * figure.value for value in told)


def _place(fact: Fact, claim: Claim, course: Course) -> Verdict | None:
    """Online or in person: decided where the page says how it is taught and has no word of the other way."""
    places = claim.knowledge.claims.get("places", {})
    asked = [row for row in places.values() if claim.holds(row["asked"])]
    if len(asked) != 1 or claim.says("either"):
        return None
    pages = " ".join(_stated(one) for one in course.facts.values() if one.name != "link")
    loose = [row for row in places.values() if says(pages, row["asked"])]
    if len(loose) != 1 or says(_stated(fact), claim.knowledge.claims.get("unsettled", ())):
        return None
    if not says(_stated(fact), loose[0]["taught"]):
        return None
    return Verdict("format.yes" if loose == asked else "format.no")


def _pdu_credits(fact: Fact, claim: Claim) -> Verdict | None:
    if claim.says("fail"):
        attending = says(fact.source.quote, claim.knowledge.claims.get("attending", ()))
        return Verdict("pdu_credits.attending") if attending else None
    figures = claim.of("pdus")
    if len(figures) != 1:
        return None
    return Verdict("pdu_credits.yes" if compares(fact.value, figures[0]) else "pdu_credits.no")


def _word(fact: Fact, claim: Claim) -> Verdict | None:
    """A level or a vendor named in the question: this course's own, or another's."""
    named = _named(fact, claim)
    if not named and claim.says(f"other_{fact.name}s"):
        return Verdict(f"{fact.name}.no")
    stated = str(fact.value).casefold()
    if len(named) != 1 or claim.says("either"):
        return None
    asked = next(iter(named)).casefold()
    if asked == stated:
        return Verdict(f"{fact.name}.yes")
    return None if _near(fact, asked, claim) else Verdict(f"{fact.name}.no")


def _named(fact: Fact, claim: Claim) -> set[str]:
    """Values of the fact that the clause names, by themselves or in other words ("beginners")."""
    forms = claim.knowledge.claims.get("forms", {}).get(fact.name, {})
    return {value for value in _known(fact, claim) if claim.holds((value, *forms.get(value, ())))}


def _known(fact: Fact, claim: Claim) -> Iterable[str]:
    """Every value the fact may have: those of `facts.yaml`, else those of the pages."""
    pages = (course.fact(fact.name) for course in claim.knowledge.courses.values())
    return claim.knowledge.facts[fact.name].values or {str(found.value) for found in pages if found and found.value}


def _near(fact: Fact, asked: str, claim: Claim) -> bool:
    """Words that a page may use for the same thing: "beginner" is no contradiction to "introductory"."""
    groups = claim.knowledge.claims.get("near", {}).get(fact.name, ())
    return any({asked, str(fact.value).casefold()} <= set(group) for group in groups)


def _levelled(level: Fact | None, claim: Claim, beside: Fact) -> Verdict | None:
    """ "Is it for beginners": the level answers it as well; no plain no where nothing is required."""
    if level is None or level.also or not claim.says("level_asked"):
        return None
    found = _word(level, claim)
    if found is None:
        return None
    kind = found.key.rpartition(".")[2]
    if claim.negated or (kind == "no" and beside.status == "none"):
        kind = "told"
    return Verdict(f"levelled.{kind}", {"level": level.value})
