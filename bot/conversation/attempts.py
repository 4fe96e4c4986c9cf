"""Yes or no about further attempts: how many there are, until when, and after which score."""

from bot.conversation.claimed import Claim, Verdict
from bot.conversation.lengths import days
from bot.conversation.marks import passes
from bot.models.course import Fact, Retake


def retake(rule: Retake, claim: Claim, mark: Fact | None) -> Verdict | None:
    """None where the rule does not decide."""
    if _more(rule, claim):
        return Verdict("retake.more")
    if _passed(claim, mark):
        return Verdict("retake.passed")
    if found := _cost(rule, claim):
        return found
    told = [day for figure in claim.figures if (day := days(figure)) is not None]
    if rule.window_days is None or not told:
        return None
    if claim.says("wait"):
        return Verdict("denied.yes" if claim.says("need_not") else "retake.window", {"window": rule.window_days})
    return _in_time(rule, rule.window_days, claim, told[0]) if len(told) == 1 else None


def _more(rule: Retake, claim: Claim) -> bool:
    """Whether more attempts are counted on than the rule grants beside the first."""
    if rule.attempts is None:
        return False
    tries = claim.knowledge.claims.get("tries", {})
    wanted = [float(number) for number, phrases in tries.items() if claim.holds(phrases)]
    wanted += [figure.value for figure in claim.of("attempts") if figure.relation in ("is", "at_least")]
    wanted += [figure.value + 1 for figure in claim.of("attempts") if claim.among(figure.text, "further")]
    return max(wanted, default=0) > 1 + rule.attempts


def _cost(rule: Retake, claim: Claim) -> Verdict | None:
    """ "Must I pay for it", "is it free": decided by the stated cost, where no time is told that it may hang on."""
    if rule.cost is None or claim.figures or claim.negated:
        return None
    if claim.says("pay"):
        return Verdict("retake.cost") if rule.cost == "free" else Verdict("retake.yes")
    if claim.says("free"):
        return Verdict("retake.yes") if rule.cost == "free" else Verdict("retake.cost")
    return None


def _passed(claim: Claim, mark: Fact | None) -> bool:
    if mark is None or mark.also or mark.unit != "percent" or not isinstance(mark.value, int | float):
        return False
    return any(passes(mark.value, score) for score in claim.scores())


def _in_time(rule: Retake, window: int, claim: Claim, told: float) -> Verdict | None:
    if claim.says("duty"):
        return Verdict("retake.yes") if told == window else Verdict("retake.first", {"window": window})
    if claim.shaped("window"):
        right = told == window and not claim.says("second")
        return Verdict("retake.yes") if right else Verdict("retake.first", {"window": window})
    if not claim.says("first") and all(figure.relation == "is" for figure in claim.figures):
        return None  # "if I take it ten days later": the rule says nothing of the second attempt's day
    if told > window:
        return Verdict("retake.no")
    return None if claim.says("free") and rule.cost != "free" else Verdict("retake.yes")
