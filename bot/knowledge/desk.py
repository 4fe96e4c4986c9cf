"""Where the files of one knowledge directory are read, and what is wrong with them is collected."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from bot.knowledge import yamlfile
from bot.knowledge.lines import line_in
from bot.models.content import Problem

MAX_BYTES = 1024 * 1024


class Desk:
    """Reads the files of one knowledge directory and collects what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def fault(self, file: str, message: str, fix: str, line: int | None = None) -> None:
        self.problems.append(Problem(file, line, None, None, "unusable", message, fix))

    def line(self, file: str, *keys: str) -> int | None:
        """The line of a key below others, where it can be told."""
        text = self._text(file)
        return line_in(text, keys) + 1 if re.search(rf"^[\"']?{re.escape(keys[0])}[\"']?[ \t]*:", text, re.M) else None

    def line_where(self, file: str, pattern: str) -> int | None:
        """The first line that the pattern fits."""
        text = self._text(file)
        match = re.search(pattern, text, re.MULTILINE)
        return text.count("\n", 0, match.start()) + 1 if match else None

    def _text(self, file: str) -> str:
        try:
            return (self.root / file).read_text("utf-8-sig", "replace")
        except OSError:
            return ""

    def unknown(self, file: str, data: Mapping[str, Any], known: Collection[str], what: str = "the file") -> None:
        """Report keys that mean nothing, before somebody wonders why they do nothing."""
        for key in data:
            if key not in known:
                fix = f"Use {', '.join(sorted(known))}."
                self.fault(file, f"{what} holds the unknown key {key!r}.", fix, self.line(file, str(key)))

    def read(self, file: str, required: bool = True) -> dict[str, Any]:
        """The mapping in a file; empty where the file is optional and missing, or broken and reported."""
        path = self.root / file
        if not path.is_file():
            if required:
                self.fault(file, "the file is missing.", f"Put it into {self.root.name}/.")
            return {}
        try:
            if path.stat().st_size > MAX_BYTES:
                self.fault(file, "the file is larger than 1 MiB.", "Shorten it.")
                return {}
            data = yamlfile.parse(path.read_text("utf-8-sig"))
        except UnicodeDecodeError:
            self.fault(file, "the file is not UTF-8 text.", "Save it with the encoding UTF-8.")
            return {}
        except OSError as error:
            self.fault(file, f"the file cannot be read ({error.strerror}).", "Check that it may be read.")
            return {}
        except yamlfile.BadYamlError as error:
            self.fault(file, error.message, error.fix, error.line)
            return {}
        if data is None:
            return {}
        if not isinstance(data, dict):
            self.fault(file, "the file holds no fields.", "Write it as lines of the form `name: value`.")
            return {}
        return data

    def text(self, file: str, data: Mapping[str, Any], key: str, default: str | None = None) -> str:
        value = data.get(key, default)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return str(value).strip()
        if value is None and default is not None:
            return default
        self.fault(file, f"{key!r} is missing or not a text.", f"Write `{key}: ...`.")
        return ""

    def texts(self, file: str, data: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """A list, or a block of text with one entry a line, which needs no quotes and is read several times as fast."""
        value = data.get(key)
        if isinstance(value, str):
            value = [line.strip() for line in value.splitlines() if line.strip()]
        items = value if isinstance(value, list) else [] if value is None else [value]
        if any(isinstance(item, dict | list) or item is None for item in items):
            self.fault(file, f"{key!r} must be a list of texts.", "Put entries that hold a colon in quotes.")
            return ()
        return tuple(str(item) for item in items)

    def templates(self, file: str, data: Mapping[str, Any], key: str | None = None) -> dict[str, str]:
        """A mapping of names to texts."""
        value = data.get(key) if key else data
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(file, f"{key!r} must be a mapping of names to texts.", "Write `name: text` lines under it.")
            return {}
        bad = [name for name, text in value.items() if isinstance(text, dict | list) or text is None]
        for name in bad:
            self.fault(file, f"{name!r} holds no text.", "Write its wording behind the colon.")
        return {str(name): str(text) for name, text in value.items() if name not in bad}
