"""The commands: each parses its arguments, calls a workflow, and renders what comes back.

A command's module is imported when the command is run, so that one does not pay for another.
"""

import importlib
import sys
from typing import Any

import click

from recordsearch import __version__
from recordsearch.settings import ARCHIVE_VARIABLE

# Each command's module is named as the command. The short help stands here too, so that
# `recordsearch --help` need not import them all; a test holds the two together.
COMMANDS = {
    "index": "Read files and folders of records into the archive.",
    "search": "Find passages and cite their pages.",
    "export": "Write hits with all that it takes to prove and to repeat them.",
    "terms": "Ask each line of a file as a query, and count hits and documents.",
    "timeline": "Draw how hits spread over months, days or years.",
    "similar": "Find passages that are about the same, by distinctive words.",
    "show": "Print pages of a document.",
    "messages": "List e-mails: native, printed and quoted ones.",
    "thread": "Print a conversation, each message once.",
    "people": "List who wrote and received messages, with counts and first and last date.",
    "letters": "List letters by date, with addressee, subject and how many signed.",
    "tag": "Tag passages, pages or documents, and write notes on them.",
    "tags": "List tags, or the places that bear one, with their notes.",
    "save": "Save a search, to be told of new hits by news.",
    "saved": "List saved searches, with how many hits each has, and how many are new.",
    "news": "Show what saved searches find in what came in since the last look.",
    "status": "Say what is in the archive.",
    "problems": "List every file and page that could not be read.",
    "pages": "List pages by how they were read, the worst first.",
    "ocr": "Read pages again by a second OCR engine, and use the better reading.",
    "manifest": "List every document with its SHA-256 and where it came from.",
    "verify": "Say whether records, catalogue and index are still as they were read.",
    "compare": "Say what differs between two publications of the same records.",
    "forget": "Take documents out of the archive; files on the disk are never touched.",
    "reindex": "Build the index anew from the catalogue.",
    "help": "Explain the query language, or a command.",
}


class ReaderGoneError(Exception):
    """Standard output was closed by whoever read it; click would call a broken pipe a failure."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command's module and return the command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"recordsearch.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named.

        :raises ReaderGoneError: standard output was closed.
        """
        try:
            status = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
        except BrokenPipeError as error:
            raise ReaderGoneError from error
        return status

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


_HELP = """Index and search public records on this machine.

\b
recordsearch index RELEASE/              read a folder of records
recordsearch search 'face recognition'   find passages in it
recordsearch show 3:2                    print the page behind a hit
"""


@click.group(cls=LazyGroup, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="recordsearch")
@click.option(
    "--archive",
    metavar="FOLDER",
    type=click.Path(file_okay=False),
    envvar=ARCHIVE_VARIABLE,
    help="The archive to use. Default: the folder .recordsearch here or in a folder above.",
)
@click.pass_context
def cli(context: click.Context, archive: str | None) -> None:
    """Keep the archive that was named for the command."""
    context.obj = archive
