"""The help on the query language, for the terminal and as the README has it."""

from recordsearch.query.examples import TOPICS

_WIDTH = 96
_LONGEST = 36
_QUOTES = "Put a query in single quotes, so that the shell leaves it alone."


def query_help() -> str:
    """Return the help as plain text, a line an example."""
    from textwrap import fill

    parts = ["How to ask. " + _QUOTES]
    for topic in TOPICS:
        lines = [f"  {example.query:<{_LONGEST}}  {example.finds}" for example in topic.examples]
        rules = fill(topic.rules, _WIDTH, break_long_words=False, break_on_hyphens=False)
        parts.append("\n".join([topic.title, *lines, rules]))
    return "\n\n".join(parts) + "\n"


def query_markdown() -> str:
    """Return the help as Markdown: a table and a paragraph for each topic."""
    parts = [_QUOTES]
    for topic in TOPICS:
        table = [f"| {topic.title.lower()} | finds |", "| --- | --- |"]
        table += [f"| `{example.query}` | {example.finds} |" for example in topic.examples]
        parts += ["\n".join(table), topic.rules.replace("*", "\\*")]
    return "\n\n".join(parts) + "\n"
