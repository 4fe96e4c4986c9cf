"""`make bench`: every part, one table, and the same as JSON in bench.json."""

import json
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from tests.benchmarks.figures import Figure, table
from tests.processes import ROOT

PARTS = {
    "accuracy": "Accuracy, beside peers on the same questions",
    "speed": "Speed, start and memory",
    "loading": "Loading 10,000 pages",
    "hint3": "The classifier on public sets (HINT3)",
    "store": "The store",
    "telegram": "The whole bot on Telegram",
}


def main(chosen: Sequence[str]) -> int:
    """All parts, or those named. A part that fails is told and does not keep the others from running; then 1."""
    found: dict[str, list[Figure]] = {part: [] for part in chosen or PARTS}
    failed = []
    for part, figures in found.items():
        print(f"measuring {part} ...", end=" ", file=sys.stderr, flush=True)
        started = time.perf_counter()
        try:
            measure: Callable[[], Iterator[Figure]] = import_module(f"tests.benchmarks.{part}").figures
            for figure in measure():
                figures.append(figure)
        except Exception:
            traceback.print_exc()
            failed.append(part)
        print(f"{time.perf_counter() - started:.0f} s", file=sys.stderr)
    print(table((PARTS[part] + " - FAILED" * (part in failed), figures) for part, figures in found.items()))
    data = {part: [figure.as_json() for figure in figures] for part, figures in found.items()}
    (ROOT / "bench.json").write_text(json.dumps({"failed": failed, **data}, indent=2) + "\n", encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
