"""Accuracy, wrong answers, abstentions and speed over a labelled file of messages or dialogues (JSON lines)."""

import collections
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.errors import CourseAdvisorError

MEASURES = ("exact", "intents", "courses", "outcome", "facts", "wrong", "silent")
LABELS = ("intents", "courses", "outcome", "facts")
"""Keys of a label, each of which a line must have."""

SILENT = ("fallback", "clarify", "not_stated")


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled message."""

    id: str
    conversation: str
    text: str
    context: str | None
    label: dict[str, Any]
    tags: tuple[str, ...]

    @property
    def readings(self) -> Iterator[dict[str, Any]]:
        """The label and its alternative readings, each of which counts as right."""
        base = {key: self.label[key] for key in LABELS}
        yield base
        for alternative in self.label.get("alt", ()):
            yield {**base, "facts": [], **alternative}


@dataclass(slots=True)
class Report:
    """Verdicts by group, the worst confusions, and time."""

    groups: dict[str, list[dict[str, bool]]] = field(default_factory=lambda: collections.defaultdict(list))
    confusions: collections.Counter[tuple[str, str]] = field(default_factory=collections.Counter)
    milliseconds: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def rate(self, measure: str, group: str = "all but foreign") -> float:
        """Share of the group for which the measure holds, 0 to 1."""
        rows = self.groups[group]
        return sum(row[measure] for row in rows) / len(rows) if rows else 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds that `share` of the messages stay under."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def read(path: Path) -> list[Case]:
    """Cases of a file with one message or one dialogue a line. Raises CourseAdvisorError naming the line."""
    cases: list[Case] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            cases += _cases(json.loads(line))
        except KeyError as error:
            raise CourseAdvisorError(f"{path.name}:{number}: the key {error} is missing.") from None
        except (ValueError, TypeError, AttributeError) as error:
            raise CourseAdvisorError(f"{path.name}:{number}: not a labelled message or dialogue ({error}).") from None
    return cases


def _cases(row: dict[str, Any]) -> Iterable[Case]:
    for label in row.get("turns", (row,)):
        if missing := [key for key in LABELS if key not in label]:
            raise KeyError(missing[0])
    if "turns" not in row:
        yield Case(row["id"], row["id"], row["text"], row.get("context"), row, tuple(row.get("tags", ())))
        return
    for number, turn in enumerate(row["turns"], 1):
        yield Case(f"{row['id']}#{number}", row["id"], turn["text"], None, turn, ("dialogue",))


def judge(case: Case, got: dict[str, Any]) -> dict[str, bool]:
    """What is right and what is wrong in one answer."""
    readings = list(case.readings)
    same = {key: [_same(reading, got, key) for reading in readings] for key in ("intents", "courses", "outcome")}
    names = {fact["name"] for fact in got["facts"]}
    answered = got["outcome"] == "answer"
    overlap = any(set(reading["intents"]) & set(got["intents"]) for reading in readings)
    should = any(reading["outcome"] == "answer" for reading in readings)
    return {
        **{key: any(values) for key, values in same.items()},
        "exact": any(all(values) for values in zip(*same.values(), strict=True)),
        "facts": any(
            right and set(reading["facts"]) <= names for right, reading in zip(same["outcome"], readings, strict=True)
        ),
        "wrong": answered and (not should or not any(same["courses"]) or not overlap),
        "silent": case.label["outcome"] == "answer" and got["outcome"] in SILENT,
    }


def _same(reading: dict[str, Any], got: dict[str, Any], key: str) -> bool:
    if key == "outcome":
        return bool(reading[key] == got[key])
    return {value.casefold() for value in reading[key]} == {value.casefold() for value in got[key]}


def report(cases: Sequence[Case], answers: Sequence[dict[str, Any]]) -> Report:
    """Judge each answer beside its case."""
    result = Report()
    for case, got in zip(cases, answers, strict=True):
        verdict = judge(case, got)
        groups = [f"outcome {case.label['outcome']}", *(f"tag {tag}" for tag in case.tags)]
        if "foreign" not in case.tags:
            groups.insert(0, "all but foreign")
        for group in groups:
            result.groups[group].append(verdict)
        result.milliseconds.append(got["ms"])
        if not verdict["exact"]:
            result.confusions[("+".join(case.label["intents"]) or "-", "+".join(got["intents"]) or "-")] += 1
            result.misses.append("\n".join((f"{case.id} {case.text!r}", _line("want", case.label), _line("got ", got))))
    return result


def _line(what: str, row: dict[str, Any]) -> str:
    return f"   {what} {row['intents']} {row['courses']} {row['outcome']}"


def table(result: Report) -> str:
    """The report as text, a row a group."""
    lines = [f"{'':24}{'n':>5}" + "".join(f"{measure:>9}" for measure in MEASURES)]
    order = sorted(result.groups, key=lambda group: (group != "all but foreign", group))
    lines += [
        f"{group:24}{len(result.groups[group]):5}" + "".join(f"{result.rate(m, group):9.1%}" for m in MEASURES)
        for group in order
    ]
    lines += ["", "worst confusions (wanted, got)"]
    lines += [f"{count:4}  {wanted}  ->  {got}" for (wanted, got), count in result.confusions.most_common(12)]
    times = ", ".join(f"{name} {result.percentile(share):.3f} ms" for name, share in _PERCENTILES)
    return "\n".join([*lines, "", f"time per message: {times}"])


_PERCENTILES = (("median", 0.5), ("90%", 0.9), ("99%", 0.99), ("longest", 1.0))
