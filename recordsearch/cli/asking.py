"""What the commands that take a query share."""

import sys

from recordsearch.errors import UsageError

# No option of one letter: `-hearing` is a word that must not occur and never a call for help.
WORDS_MAY_BEGIN_WITH_A_MINUS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}

# What a listing for a person shows where no limit is given.
LISTED = 50


def query_of(words: tuple[str, ...], command: str) -> str:
    """Join the words of a query as they were given.

    :raises UsageError: one of them is a misspelt option.
    """
    for word in words:
        # Words may begin with a minus, options with two: a misspelt option is no query.
        if word.startswith("--"):
            mend = f"see: recordsearch {command} --help"
            if word.startswith("--archive"):
                mend = "--archive FOLDER goes before the command"
            raise UsageError(f"no such option: {word}", mend)
    return " ".join(words)


def tell_rebuilding(progress: object) -> None:
    """Say on standard error how far the index is that must be built before anything is found."""
    from recordsearch.workflows.indexing import Indexed

    if isinstance(progress, Indexed):
        sys.stderr.write(f"building the index: {progress.passages:,} of {progress.of:,} passages\n")
