"""Where things are, and children that measure with nothing else in their memory."""

import json
import subprocess
import sys
import tempfile
from typing import Any

from tests.processes import ROOT, environment

KNOWLEDGE = ROOT / "knowledge"
SHARED = ROOT.parent / "shared"
"""Real pages, labelled questions and public sets: measured where they are beside the checkout, never copied."""

UTTERANCES = ROOT / "tests" / "utterances"


def in_a_child(module: str, *arguments: str) -> Any:
    """What a module prints as JSON on its last line when it is run as a process of its own."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    with tempfile.TemporaryDirectory() as folder:  # where no `.env` is read
        ran = subprocess.run(command, cwd=folder, env=environment(), stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(ran.stdout.splitlines()[-1])
