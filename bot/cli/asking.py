"""Talk to it, ask it one thing, see why it answers so, measure it."""

import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.progress import loading
from bot.cli.session import Session
from bot.cli.shared import advisor_on, courses_option, find_course, json_option, settings_with

if TYPE_CHECKING:
    from bot.jobs.door import App as JobsApp


JSON_LINES = (
    'Read JSON lines from standard input, write one line each: {"text": ...}, and if wanted "id", "conversation" (lines'
    ' with the same one are one talk) and "context" (code of the course the talk was about before).'
)


@click.command()
@courses_option
def chat(courses: Path | None) -> None:
    """Talk to it here; reads lines from standard input when that is no terminal."""
    from bot.app import open_app
    from bot.channels import terminal
    from bot.jobs import reload
    from bot.jobs.beside import beside

    logging.getLogger("course_advisor").addHandler(logging.NullHandler())

    async def tell(text: str, _: str) -> None:
        click.echo(f"\n{text}\n", err=True)

    async def edits(app: "JobsApp", stop: asyncio.Event) -> None:
        await reload.watch(app, stop, tell)

    async def run() -> None:
        async with open_app(settings_with(courses), loading) as app, beside(app, asyncio.Event(), [edits]):
            await app.begin_anew("terminal", terminal.USER)
            await terminal.chat(app.answer, app.text("terminal.hint"), app.text("error.try_again"))

    asyncio.run(run())


@click.command()
@click.argument("text", required=False)
@click.option("--context", help="Code of the course the talk was about before.")
@json_option
@click.option("--jsonl", is_flag=True, help=JSON_LINES)
@courses_option
def ask(text: str | None, context: str | None, as_json: bool, jsonl: bool, courses: Path | None) -> None:
    """Answer one question, or with --jsonl a stream of them."""
    if (text is None) != jsonl:
        raise click.UsageError("Give a question, or --jsonl and lines on standard input; not both.")
    session = Session(advisor_on(courses), warm=jsonl)
    if text is None:
        for line in sys.stdin:
            if line.strip():
                click.echo(json.dumps(session.line(line), ensure_ascii=False))
        return
    answer = session.ask(text, context=context)
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else answer["text"])


@click.command()
@click.argument("text")
@click.option("--context", help="Code of the course the talk was about before.")
@courses_option
def why(text: str, context: str | None, courses: Path | None) -> None:
    """Show an answer with every step of its understanding and the source of every fact."""
    advisor = advisor_on(courses)
    session = Session(advisor)
    for step, value in advisor.explain(text, find_course(advisor, context).key if context else None).items():
        click.echo(f"{step}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)}")
    answer = session.ask(text, context=context)
    for key in ("intents", "courses", "outcome", "confidence"):
        click.echo(f"{key}: {answer[key]}")
    for fact in answer["facts"]:
        click.echo(f"fact: {fact['course']} {fact['name']} = {fact['value']} ({fact['source']}, line {fact['line']})")
        click.echo(f"      “{fact['quote']}”")
    click.echo(f"\n{answer['text']}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--show", default=0, metavar="N", help="Print the first N misses.")
@courses_option
def evaluate(file: Path, show: int, courses: Path | None) -> None:
    """Measure accuracy, wrong answers, abstentions and speed over a labelled file."""
    from bot import evaluate as evaluation

    session = Session(advisor_on(courses), warm=True)
    cases = evaluation.read(file)
    answers = [session.ask(case.text, case.conversation, case.context) for case in cases]
    result = evaluation.report(cases, answers)
    for miss in result.misses[:show]:
        click.echo(miss, err=True)
    click.echo(evaluation.table(result))


COMMANDS = (chat, ask, why, evaluate)
