"""Alembic's scripts, shipped with the package and run by `bot.store.database.migrate`."""
