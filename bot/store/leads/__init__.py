"""Leads: one open lead a person, every change in its history."""

from bot.store.leads.reading import LeadFilter, by_course, count, counts, find, get, stream
from bot.store.leads.saving import PERSON, drop_partial, save, withdraw
from bot.store.leads.work import add_note, note_message, release, set_status, take

__all__ = [
    "PERSON", "LeadFilter", "add_note", "by_course", "count", "counts", "drop_partial", "find", "get", "note_message",
    "release", "save", "set_status", "stream", "take", "withdraw",
]  # fmt: skip
