"""What a message tells of a person."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Details:
    """What was found; `wrong` names what looked like a contact but cannot be one."""

    email: str | None = None
    phone: str | None = None
    name: str | None = None
    company: str | None = None
    people: int | None = None
    wrong: str = ""
    introduced: bool = False
    """The name was announced as one ("my name is")."""
    parts: list[tuple[str, str]] = field(default_factory=list)
    """What stands between commas: whole, and without the words around a detail."""
    codes: list[str] = field(default_factory=list)
    """Codes of courses that stand between commas on their own, in small letters."""
    typed: list[tuple[str, str]] = field(default_factory=list)
    """What is nobody's business, as it was typed, and what it is: name, email, phone, handle, company."""

    def rest(self, *taken: str | None) -> str:
        """What else was said beside the details that were taken."""
        return ", ".join(whole for whole, bare in self.parts if bare not in taken and whole not in taken)
