"""One message, from understanding to rendered reply, on a small and a large catalogue; start and memory."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.catalogue import measured
from tests.benchmarks.figures import Figure
from tests.benchmarks.loading import MANY
from tests.processes import environment

FEW = 31
STARTS = 5


def figures() -> Iterator[Figure]:
    small, few = measured(FEW)
    large, many = measured(MANY)
    yield Figure(f"a course fact, {FEW} courses, median", few.again[0], "ms", target=0.3)
    yield Figure(f"a course fact, {FEW} courses, 99%", few.again[1], "ms", target=1)
    yield Figure("a course fact, 10,000 courses, median", many.again[0], "ms")
    yield Figure("a course fact, 10,000 courses, 99%", many.again[1], "ms")
    yield Figure("  median, 10,000 / 31", many.again[0] / few.again[0], "x", target=2)
    yield Figure("the first question about it, 10,000 courses, median", many.first[0], "ms")
    yield Figure("the first question about it, 10,000 courses, 99%", many.first[1], "ms")
    yield Figure("  median, 10,000 / 31", many.first[0] / few.first[0], "x", target=2, note="its page is read then")
    yield Figure("a name, 10,000 courses, median", many.naming[0], "ms")
    yield Figure("a name, 10,000 courses, 99%", many.naming[1], "ms")
    yield Figure("  median, 10,000 / 31", many.naming[0] / few.naming[0], "x", target=2)
    yield Figure("answered about the right course, 10,000 courses", 100 * many.right, "%")
    yield Figure("answered about another course, 10,000 courses", 100 * many.wrong, "%", target=0.5)
    with tempfile.TemporaryDirectory() as folder:
        yield Figure(
            "start of `ask`, whole process, the very first", _start(folder), "s", note="it learns its examples"
        )
        starts = [_start(folder) for _ in range(STARTS)]
    yield Figure("start of `ask`, whole process, then, median of 5", statistics.median(starts), "s", target=0.5)
    yield Figure(f"memory of a process, {FEW} courses", small.process_bytes / 1e6, "MB")
    yield Figure("memory of a process, 10,000 courses", large.process_bytes / 1e6, "MB")


def _start(folder: str) -> float:
    """Seconds of `course-advisor ask` on the demo catalogue; the folder is where it keeps what it learnt."""
    command = [str(Path(sys.executable).with_name("course-advisor")), "ask", "how long is PSPO"]
    started = time.perf_counter()
    env = environment(XDG_CACHE_HOME=folder)
    subprocess.run(command, cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started
