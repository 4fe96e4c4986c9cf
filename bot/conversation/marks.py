"""Yes or no about a pass mark: what a score is worth, what is needed, what the mark is."""

import re

from bot.conversation.claimed import Claim, Verdict
from bot.conversation.lengths import compares
from bot.models.course import Fact
from bot.models.understanding import Figure

LEAST = 5
"""Points of an exam, at least: "one of two" is no score."""


def pass_mark(fact: Fact, claim: Claim) -> Verdict | None:
    """None where no single score is named, or it is not clear what is claimed of it."""
    out_of = _out_of(fact, claim)
    figure = out_of or _figure(fact, claim)
    if figure is None or claim.says("no_mark") or not isinstance(fact.value, int | float) or claim.says("pass_or_fail"):
        return None
    failing, needing = claim.says("fail") or claim.says("too_little"), claim.says("need")
    if failing:
        return None if needing else _failing(fact.value, figure)
    if claim.says("enough"):
        return _scoring(fact.value, figure)
    if out_of:
        return _scoring(fact.value, out_of) if claim.says("scoring") and not needing else None
    if needing:
        return _needing(fact.value, figure, claim)
    if claim.shaped("mark"):
        return _mark(fact.value, figure, claim)
    if claim.says("scoring"):
        return _scoring(fact.value, figure)
    return _bare(fact.value, figure)


def passes(mark: float, figure: Figure) -> bool | None:
    """Whether a score passes; None where some of the scores named do and some do not ("more than 80")."""
    match figure.relation:
        case "at_least" | "above":
            return True if figure.value >= mark else None
        case "below":
            return False if figure.value <= mark else None
        case "at_most":
            return False if figure.value < mark else None
        case _:
            return figure.value >= mark


def _figure(fact: Fact, claim: Claim) -> Figure | None:
    percent = fact.unit == "percent"
    figures = claim.of("percent", None) if percent else claim.of("points", None)
    if len(figures) != 1 or not 0 <= figures[0].value <= (100 if percent else float("inf")):
        return None
    return figures[0]


def _out_of(fact: Fact, claim: Claim) -> Figure | None:
    """ "70 out of 80": a share of a total that the question tells."""
    between = "|".join(map(re.escape, claim.knowledge.claims.get("out_of", ())))
    found = re.search(rf"(?<![\w.])(\d+)(?: \w+)? ?(?:{between}) ?(\d+)(?![\w.%])", claim.text) if between else None
    if found is None or fact.unit != "percent" or len(claim.figures) != 2 or claim.says("wrong"):
        return None
    points, total = int(found[1]), int(found[2])
    return Figure(points * 100 / total, "percent", found[0]) if points <= total and total >= LEAST else None


def _scoring(mark: float, figure: Figure) -> Verdict | None:
    """ "Is 85 a pass"."""
    passed = passes(mark, figure)
    if passed is None:
        return None
    if passed:
        exactly = figure.value == mark and figure.relation != "above"
        return Verdict("pass_mark.yes" if exactly else "pass_mark.above")
    return Verdict("pass_mark.no")


def _failing(mark: float, figure: Figure) -> Verdict | None:
    """ "Do I fail with 85"."""
    passed = passes(mark, figure)
    return None if passed is None else Verdict("pass_mark.passes" if passed else "pass_mark.fails")


def _needing(mark: float, figure: Figure, claim: Claim) -> Verdict | None:
    """ "Do I need 90", "I do not need 85, right?"."""
    exact = figure.relation in ("is", "at_least")
    needed = mark == figure.value if exact else compares(mark, figure)
    if claim.says("need_not"):
        below = exact and figure.value < mark
        return Verdict("pass_mark.no" if needed or below else "denied.yes")
    if needed:
        return Verdict("pass_mark.yes")
    return Verdict("pass_mark.enough" if figure.relation == "above" else "pass_mark.no")


def _mark(mark: float, figure: Figure, claim: Claim) -> Verdict | None:
    """ "Is the pass mark over 80"."""
    right = compares(mark, figure)
    if claim.negated:
        return Verdict("denied.no" if right else "denied.yes") if claim.tagged else None
    return Verdict("pass_mark.yes" if right else "pass_mark.no")


def _bare(mark: float, figure: Figure) -> Verdict | None:
    """ "90%?" may ask for the mark or for what is enough: decided where both come to the same."""
    if figure.relation != "is" or figure.value > mark:
        return None
    return Verdict("pass_mark.yes" if figure.value == mark else "pass_mark.no")
