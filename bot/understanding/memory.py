"""What was learnt from the intents' examples, kept in a file for the next start: reading and learning them takes a
few seconds."""

import os
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

KEPT = 4
"""Files kept, the latest used ones: one for each set of intents somebody works with."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """The outcome of learning."""

    features: Sequence[str]
    idf: Floats
    """One a feature."""
    weights: Floats
    """Features by labels, times idf; in a further column the square of idf."""
    bias: Floats
    """One a label: the score of a text without known features."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """All that is taken from the examples."""

    learnt: Learnt
    known: Sequence[str]
    """Words of the examples, but for those of the negatives."""
    seen: Sequence[str]
    """Words of all examples."""
    common: Sequence[str]
    """Words that are asked about with several intents, and so name no course."""


@dataclass(frozen=True, slots=True)
class Memory:
    """A folder of files, one for each set of examples. Whatever is wrong with it costs time and nothing else."""

    folder: Path

    def recall(self, told: object) -> Lesson | None:
        """What was learnt of the same by the same code; None where that is not at hand or not whole."""
        file = self._file(told)
        try:
            with np.load(file, allow_pickle=False) as held:
                features, *words = (_split(held[name]) for name in ("features", "known", "seen", "common"))
                lesson = Lesson(Learnt(features, held["idf"], held["weights"], held["bias"]), *words)
            os.utime(file)
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
            return None
        learnt = lesson.learnt
        return lesson if len(features) == len(learnt.idf) == len(learnt.weights) else None

    def keep(self, told: object, lesson: Lesson) -> None:
        """The file appears whole; where it cannot be written, the next start learns again."""
        file = self._file(told)
        part = file.with_name(f"{file.name}.{os.getpid()}")
        texts = {
            "features": lesson.learnt.features,
            "known": lesson.known,
            "seen": lesson.seen,
            "common": lesson.common,
        }
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            arrays: dict[str, Any] = {
                name: np.frombuffer("\n".join(words).encode(), np.uint8) for name, words in texts.items()
            }
            with part.open("wb") as opened:
                learnt = lesson.learnt
                np.savez(opened, idf=learnt.idf, weights=learnt.weights, bias=learnt.bias, **arrays)
            part.replace(file)
            used = sorted(self.folder.glob("*.npz*"), key=lambda found: found.stat().st_mtime, reverse=True)
            for old in used[KEPT:]:
                old.unlink(missing_ok=True)

    def _file(self, told: object) -> Path:
        return self.folder / f"{blake2b(_code() + repr(told).encode(), digest_size=16).hexdigest()}.npz"


def _split(held: npt.NDArray[np.uint8]) -> list[str]:
    return held.tobytes().decode().split("\n")


@cache
def _code() -> bytes:
    """The code that reads and learns: another version takes something else from the same examples."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return blake2b(b"".join(file.read_bytes() for file in files)).digest()
