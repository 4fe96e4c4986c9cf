"""`python -m bot` is `course-advisor`."""

from bot.cli import main

main()
