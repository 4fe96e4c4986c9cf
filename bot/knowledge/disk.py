"""What stands on the disk: content files, and what tells that one of them was edited. Nothing is opened."""

import os
from collections.abc import Mapping
from pathlib import Path

Stamp = tuple[int, ...]
"""Time of the text, time of name and rights, size; empty for a file that cannot be looked at."""

Stamps = Mapping[str, Stamp]
"""By path below the folder, with forward slashes."""


def look(root: Path, but: str = "") -> dict[str, Stamp]:
    """Every Markdown and YAML file below the folder. Hidden ones, links to folders, and the folder `but` are left out."""
    found: dict[str, Stamp] = {}
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as entries:
                for entry in entries:
                    path = folder + entry.name
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir():
                        if not entry.is_symlink() and path != but:
                            folders.append(f"{path}/")
                    elif entry.name.endswith((".md", ".yaml")):
                        found[path] = _stamp(entry)
        except OSError:
            continue  # gone meanwhile, or closed to us: what is in it is not there
    return found


def _stamp(entry: os.DirEntry[str]) -> Stamp:
    try:
        status = entry.stat()
    except OSError:
        return ()
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size
