"""Talking in a terminal: buttons are numbered choices; lines come from standard input where it is no terminal."""

import asyncio
import sys
from collections.abc import Awaitable, Callable

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text as Styled

from bot.errors import StoreError
from bot.models.reply import Block, Button, Buttons, Document, Items, Quote, Reply, Request, Text

Answer = Callable[[Request], Awaitable[Reply]]

USER = "local"
"""One person sits at a terminal."""


async def chat(answer: Answer, hint: str, sorry: str) -> None:
    """Ask and answer until the input ends. `hint` is shown first to a person at a terminal, `sorry` in place of an
    answer that could not be kept."""
    typed = sys.stdin.isatty()
    console = Console(highlight=False, soft_wrap=not typed)
    if typed:
        console.print(escape(hint), style="dim")
    choices: tuple[Button, ...] = ()
    while (line := await asyncio.to_thread(_read, typed)) is not None:
        if not typed:
            console.print(f"> {escape(line)}", style="bold")
        try:
            reply = await answer(_request(line, choices))
        except StoreError:
            console.print(Styled(f"{sorry}\n"))
            continue
        choices = tuple(button for block in reply.blocks if isinstance(block, Buttons) for button in block.buttons)
        show(console, reply)


def _read(typed: bool) -> str | None:
    try:
        line = input("> ") if typed else sys.stdin.readline()
    except (EOFError, KeyboardInterrupt):
        return None
    if not typed and not line:
        return None
    return line.strip()


def _request(line: str, choices: tuple[Button, ...]) -> Request:
    if line.isdecimal() and 1 <= int(line) <= len(choices):
        return Request("terminal", USER, text=choices[int(line) - 1].label, payload=choices[int(line) - 1].payload)
    return Request("terminal", USER, text=line)


def show(console: Console, reply: Reply) -> None:
    """Print a reply; page text is escaped, so that it cannot style or forge anything."""
    number = 0
    for block in reply.blocks:
        number = _show(console, block, number)
    console.print()


def _indented(console: Console, text: str, style: str = "") -> None:
    """Wrapped at a terminal's width; where the output is no terminal, lines stay as long as they are."""
    if console.is_terminal:
        console.print(Padding(Styled(text, style=style), (0, 0, 0, 2)))
    else:
        console.print(Styled("\n".join(f"  {line}" for line in text.splitlines()), style=style))


def _show(console: Console, block: Block, number: int) -> int:
    match block:
        case Text(text):
            console.print(Styled(text))
        case Quote(text, link, source):
            parts = (f"“{text}”" if text else "", source or "", link or "")
            _indented(console, "\n".join(part for part in parts if part), "italic dim")
        case Items(items, title):
            if title:
                console.print(Styled(title))
            for item in items:
                _indented(console, f"- {item}")
        case Buttons(buttons):
            for position, button in enumerate(buttons, number + 1):
                console.print(Styled(f"  {position}. {button.label}", style="cyan"))
            number += len(buttons)
        case Document(name, content):
            console.print(Styled(f"{name}\n{content.decode('utf-8', 'replace')}"))
    return number
