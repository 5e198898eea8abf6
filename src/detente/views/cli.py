"""The command line: reports in, records, tables and pages out; the library does the work.

Data goes to stdout, talk to stderr. Exit status: 0 all done; 1 some reports were rejected, the
rest is done (for `who`: nobody fits); 2 wrong use, or nothing could be done; 130 stopped by Ctrl-C. Heavy
parts load inside the commands, so that `detente --help` answers at once.
"""

from __future__ import annotations

import io
import sys
from typing import Any

import click

from detente.errors import DetenteError
from detente.views.asking import COMMANDS as ASKING
from detente.views.course_commands import COMMANDS as COURSES
from detente.views.curating import COMMANDS as CURATING
from detente.views.knowledge_commands import knowledge
from detente.views.laying_out import COMMANDS as LAYING_OUT
from detente.views.linking import COMMANDS as LINKING
from detente.views.looking_up import COMMANDS as LOOKING_UP
from detente.views.measure_commands import COMMANDS as MEASURING
from detente.views.reading import COMMANDS as READING
from detente.views.scoring import COMMANDS as SCORING
from detente.views.shelves import ShelvedGroup
from detente.views.stances_commands import COMMANDS as STANCES
from detente.views.web_commands import COMMANDS as WEBS

WRONG_USE = 2
INTERRUPTED = 130


class Told(click.ClickException):
    """A DetenteError on its way to the person: one red sentence, no traceback."""

    exit_code = WRONG_USE

    def show(self, file: Any = None) -> None:
        from detente.views.terminal import say

        say(f"detente: {self.message}", style="red")


class Front(ShelvedGroup):
    """The group of commands, with one place for how errors and broken pipes end."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except DetenteError as error:
            raise Told(str(error)) from error
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            from detente.views.terminal import leave_quietly

            leave_quietly()


@click.group(cls=Front, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="detente", message="%(prog)s %(version)s")
def cli() -> None:
    """Reports in; a sourced, dated record of how states treat each other out.

    \b
    detente read report.txt --published 2024-05-17
    detente add crisis/ reports/
    detente dyad crisis/ Norway Russia --html pair.html
    """


for command in (
    *READING,
    *LAYING_OUT,
    *ASKING,
    *COURSES,
    *MEASURING,
    *STANCES,
    *WEBS,
    *CURATING,
    *LINKING,
    *LOOKING_UP,
    *SCORING,
    knowledge,
):
    cli.add_command(command)


def main() -> None:
    """The `detente` command.

    Output is UTF-8 wherever it goes, and a character that UTF-8 cannot hold is written as JSON
    escapes it.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    cli(prog_name="detente")


if __name__ == "__main__":
    main()
