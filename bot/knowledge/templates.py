"""One template of ours: whether it compiles, and whether it uses only what it is given. Course text never gets here."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from bot.models.content import Provider
from bot.models.course import Fact
from bot.models.lead import Lead, LeadDraft


def _parts(type_: type) -> frozenset[str]:
    return frozenset(name for name in dir(type_) if not name.startswith("_"))


PARTS: Mapping[str, frozenset[str]] = {
    "provider": _parts(Provider),
    "fact": _parts(Fact),
    "lead": _parts(Lead),
    "draft": _parts(LeadDraft),
    "course": frozenset(("name", "title", "code")),
}
"""What may stand behind the dot of a variable."""


@lru_cache(maxsize=1)
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=False)


def faults(source: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Message and mend of whatever would stop this template, given the variables it may use."""
    if "{" not in source:
        return
    try:
        tree = _environment().parse(source)
    except TemplateSyntaxError as error:
        yield (
            f"the template is broken: {str(error.message).rstrip('.')}.",
            "Close every {{ with }} and every {% if %} with {% endif %}.",
        )
        return
    uses = list(tree.find_all(nodes.Name))
    own = {"loop", *(name.name for name in uses if name.ctx == "store"), *_environment().globals}
    for unknown in sorted({name.name for name in uses} - own - set(known)):
        yield f"the template uses {unknown!r}, which is not known here.", f"Use {_listed(known)}."
    for part in tree.find_all(nodes.Getattr):
        owner = _owner(part)
        if owner in PARTS and part.attr not in PARTS[owner]:
            yield (
                f"the template uses '{owner}.{part.attr}', which there is not.",
                f"Use {_listed(PARTS[owner], owner)}.",
            )
    for tool, tools in ((nodes.Filter, _environment().filters), (nodes.Test, _environment().tests)):
        for word in {node.name for node in tree.find_all(tool)} - set(tools):
            yield f"the template uses the unknown word {word!r} behind a bar or an 'is'.", "Take it out."


def _owner(part: nodes.Getattr) -> str:
    """`course` for `course.name` and for `courses[0].name`."""
    inner = part.node
    if isinstance(inner, nodes.Getitem) and isinstance(inner.node, nodes.Name):
        return inner.node.name.removesuffix("s")
    return inner.name if isinstance(inner, nodes.Name) else ""


def _listed(names: Collection[str], owner: str = "") -> str:
    return ", ".join(f"{owner}.{name}" if owner else name for name in sorted(names)) or "no variable"
