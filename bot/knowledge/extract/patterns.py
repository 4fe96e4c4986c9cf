"""Alternatives of words, written as a list, made into one pattern."""

import re


def any_of(*phrases: str) -> str:
    """A group that matches any of the phrases; a space in a phrase is any white space."""
    return "(?:" + "|".join(phrase.replace(" ", r"\s+") for phrase in phrases) + ")"


def whole(*phrases: str) -> re.Pattern[str]:
    """Finds any of the phrases as whole words, without regard to case."""
    return re.compile(rf"(?<!\w){any_of(*phrases)}(?!\w)", re.IGNORECASE)


def pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
