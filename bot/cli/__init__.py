"""The command line: talk, ask, look at facts, check content, run the bot, keep the leads."""

from typing import Any

import click

from bot.cli import asking, content, leads, operating, staff
from bot.errors import CourseAdvisorError


class _Refusing(click.Group):
    """An expected error is one line on standard error and exit code 2."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except CourseAdvisorError as error:
            click.echo(f"course-advisor: {error}", err=True)
            context.exit(2)


@click.group(cls=_Refusing, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="course-advisor")
def main() -> None:
    """Answer questions about courses from the provider's own pages, and take leads.

    Start with `course-advisor chat`. Settings come from the environment or .env; none is needed to try it.
    """


for module in (asking, content, operating, leads, staff):
    for command in module.COMMANDS:
        main.add_command(command)
