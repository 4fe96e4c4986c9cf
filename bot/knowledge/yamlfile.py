"""YAML as data only: no anchors, no references, no tags, no deep nesting, and no surprising types."""

import re
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as BaseLoader
except ImportError:  # a PyYAML built without libyaml: slower, same meaning
    from yaml import SafeLoader as BaseLoader  # type: ignore[assignment]

MAX_DEPTH = 40

_INDICATORS = ":-?[{,"
_BRACKETS = re.compile(r"[\[\]{}]")
_MANY_BRACKETS = 200


class BadYamlError(Exception):
    """Text that is not usable YAML; `line` counts from 1 within the text."""

    def __init__(self, line: int, message: str, fix: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.fix = fix


class Loader(BaseLoader):
    """The C loader without dates, octal and base-60 numbers and yes/no booleans: `16:00` and `no` stay words."""


Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("float", r"^[-+]?(?:0|[1-9][0-9]*)\.[0-9]+$", "-+0123456789"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def parse(text: str) -> Any:
    """The data of a YAML text; raises BadYamlError for anything that is not plain data."""
    try:
        if _suspect(text):
            _refuse_tricks(text)
        return yaml.load(text, Loader)
    except yaml.YAMLError as error:
        raise _as_bad(error) from None
    except (RecursionError, ValueError) as error:
        raise BadYamlError(1, f"the YAML cannot be read ({type(error).__name__}).", "Simplify it.") from None


def _suspect(text: str) -> bool:
    """Whether the text may hold anchors, tags or deep nesting.

    Markdown stars in a block text look the same, so this is only a reason to look at the events one by one, which costs
    as much again as parsing.
    """
    return any(_token(text, mark) for mark in "&*!") or _deep(text)


def _token(text: str, mark: str) -> bool:
    position = text.find(mark)
    while position >= 0:
        following = text[position + 1 : position + 2]
        if following.isalnum() or following in ("_", "!", "<") or (mark == "!" and following.isspace()):
            before = text[text.rfind("\n", 0, position) + 1 : position]
            bare = before.rstrip()
            if not bare or (bare[-1] in _INDICATORS and (bare != before or bare[-1] in "[{,")):
                return True
        position = text.find(mark, position + 1)
    return False


def _deep(text: str) -> bool:
    if "- - - - - - - -" in text or "? ? ? ? " in text or " " * MAX_DEPTH in text:
        return True
    if text.count("[") + text.count("{") < _MANY_BRACKETS:
        return False
    depth = 0
    for bracket in _BRACKETS.findall(text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        if depth > MAX_DEPTH:
            return True
    return False


def _refuse_tricks(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadYamlError(
                line,
                "YAML anchors and references (&x, *x) are not allowed.",
                "Write the value out, or put it in quotes.",
            )
        if getattr(event, "tag", None):
            raise BadYamlError(line, "YAML tags (!x) are not allowed.", "Remove the tag, or put the value in quotes.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise BadYamlError(line, f"values are nested more than {MAX_DEPTH} deep.", "Flatten them.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _as_bad(error: yaml.YAMLError) -> BadYamlError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "unexpected text"
    return BadYamlError(
        (mark.line + 1) if mark else 1,
        f"the YAML is broken: {problem}.",
        "Check the indentation and put text that holds a colon or starts with a special character in quotes.",
    )
