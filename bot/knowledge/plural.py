"""Numbers with their nouns, for editors and operators."""


def counted(number: object, nouns: str) -> str:
    """ "1 day", "2 days": the noun is given in the plural, or is empty."""
    return f"{number} {nouns.removesuffix('s') if number == 1 else nouns}".strip()
