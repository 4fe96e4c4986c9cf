"""What was learnt from the intents' examples, kept in a file for the next start: learning takes a second or two."""

import os
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

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
    """Features by labels."""


@dataclass(frozen=True, slots=True)
class Memory:
    """A folder of files, one for each set of examples. Whatever is wrong with it costs time and nothing else."""

    folder: Path

    def recall(self, key: str) -> Learnt | None:
        """What was learnt from the same examples; None where that is not at hand or not whole."""
        file = self._file(key)
        try:
            with np.load(file, allow_pickle=False) as held:
                features = held["features"].tobytes().decode().split("\n")
                learnt = Learnt(features, held["idf"], held["weights"])
            os.utime(file)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return None
        return learnt if len(features) == len(learnt.idf) == len(learnt.weights) else None

    def keep(self, key: str, learnt: Learnt) -> None:
        """The file appears whole; where it cannot be written, the next start learns again."""
        file = self._file(key)
        part = file.with_name(f"{file.name}.{os.getpid()}")
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            names = np.frombuffer("\n".join(learnt.features).encode(), np.uint8)
            with part.open("wb") as opened:
                np.savez(opened, features=names, idf=learnt.idf, weights=learnt.weights)
            part.replace(file)
            used = sorted(self.folder.glob("*.npz"), key=lambda found: found.stat().st_mtime, reverse=True)
            for old in used[KEPT:]:
                old.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.folder / f"{blake2b(key.encode(), digest_size=16).hexdigest()}.npz"
