"""Telegram: updates become requests, replies become messages; nothing of the dialogue is decided here."""
