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
    return max(wanted, default=0) > 1 + rule.attempts


def _passed(claim: Claim, mark: Fact | None) -> bool:
    if mark is None or mark.also or mark.unit != "percent" or not isinstance(mark.value, int | float):
        return False
    return any(passes(mark.value, score) for score in claim.scores())


def _in_time(rule: Retake, window: int, claim: Claim, told: float) -> Verdict | None:
    if claim.shaped("window"):
        right = told == window and not claim.says("second")
        return Verdict("retake.yes") if right else Verdict("retake.first", {"window": window})
    if not claim.says("first") and all(figure.relation == "is" for figure in claim.figures):
        return None  # "if I take it ten days later": the rule says nothing of the second attempt's day
    if told > window:
        return Verdict("retake.no")
    return None if claim.says("free") and rule.cost != "free" else Verdict("retake.yes")
