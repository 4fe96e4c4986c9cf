"""What a measurement gives: a figure with its target, and the table of many."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. Without a target it is only told; without a value it was skipped, and `note` says why."""

    name: str
    value: float | None
    unit: str = ""
    target: float | None = None
    at_least: bool = False
    """Whether the target is a lower bound; else it is an upper one."""
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "skipped"
        if self.target is None:
            return ""
        return "met" if (self.value >= self.target if self.at_least else self.value <= self.target) else "missed"

    @property
    def wanted(self) -> str:
        if self.target is None:
            return ""
        return f"{'>=' if self.at_least else '<='} {_short(self.target)}"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "verdict": self.verdict}


def skipped(name: str, why: str = "not at hand") -> Figure:
    """A measurement whose data or server is not there."""
    return Figure(name, None, note=why)


def percent(share: float) -> float:
    """0 to 1 as per cent with one decimal."""
    return round(100 * share, 1)


def spread(values: Sequence[float]) -> tuple[float, float]:
    """Median and 99th percentile."""
    return statistics.median(values), statistics.quantiles(values, n=100, method="inclusive")[-1]


def table(parts: Iterable[tuple[str, list[Figure]]]) -> str:
    """A heading a part, a row a figure."""
    lines = [f"{'':60}{'measured':>12} {'unit':6}{'target':>11}"]
    for part, figures in parts:
        lines += ["", part]
        lines += [_row(figure) for figure in figures]
    return "\n".join(lines)


def _row(figure: Figure) -> str:
    if figure.value is None:
        return f"  {figure.name:58}  skipped: {figure.note}"
    row = f"  {figure.name:58}{_short(figure.value):>12} {figure.unit:6}{figure.wanted:>11}  {figure.verdict:7}"
    return f"{row} {figure.note}".rstrip()


def _short(value: float) -> str:
    """Three significant digits, whole numbers in full."""
    return f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:.3g}"
