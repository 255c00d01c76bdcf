"""The query language by examples: the one table that the help, the README and a test read.

Each example finds something in the sample release, but for those marked ``elsewhere``.
"""

from typing import NamedTuple

from recordsearch.query.fields import FIELDS


class Example(NamedTuple):
    """A query and what it finds; ``elsewhere``: the sample release has nothing of the kind."""

    query: str
    finds: str
    elsewhere: bool = False


class Topic(NamedTuple):
    """Examples of one thing, and what there is to know of it."""

    title: str
    examples: tuple[Example, ...]
    rules: str


_NOT_IN_THE_SAMPLES = frozenset(("bcc", "case", "url", "conf", "tag"))


def _of_fields(*names: str) -> tuple[Example, ...]:
    return tuple(
        Example(FIELDS[name].example, FIELDS[name].finds, name in _NOT_IN_THE_SAMPLES)
        for name in names
    )


TOPICS = (
    Topic(
        "Words",
        (
            Example("face recognition", "passages with both words, in any of their inflections"),
            Example("face OR facial", "with either word"),
            Example("camera -body", "with the first word and without the second; or: NOT body"),
            Example("(face OR facial) recognition", "grouped"),
            Example('"face recognition"', "the phrase, word for word"),
            Example('"recognition pilot"~5', "both words with at most 5 others between them"),
            Example("*", "everything"),
        ),
        "Case, accents and the kind of quotation marks do not matter, and a word broken by a "
        "hyphen at a line's end is found whole. Words side by side must all occur; OR, AND and NOT "
        "are written in capitals. With ~ the words of a phrase may come in any order; of three "
        "words and more, each two must fit into a stretch that is so many words longer than the "
        "phrase.",
    ),
    Topic(
        "Forms of a word",
        (
            Example("recogni*", "words that begin so"),
            Example("m?n", "? is one letter"),
            Example("re*tion", "* is any letters, or none"),
            Example("*ing", "also at the beginning"),
            Example("/reco[gk]n.*/", "words that a regular expression matches whole"),
            Example("recogniton~", "words that differ by a letter: a typing error"),
            Example("rekogniton~2", "by two letters"),
            Example("recognition~~", "what OCR makes of the word, too: recogmtion, rec0gnition"),
        ),
        "A regular expression has letters, digits, . [a-z] [^a-z] \\d ( ) | ? * + and {2,5}, and "
        "no blanks. --tolerant looks for every word as ~~ does. A word with * needs two letters "
        "beside it. A ? at the end of a word ends a question.",
    ),
    Topic(
        "What counts more",
        (
            Example("camera^3 OR pilot", "the first word counts three times as much"),
            Example('(face OR facial)^.5 OR "watch list"', "a group or a phrase may have a weight"),
        ),
        "Weights go from 0.01 to 100. They change the order of the hits, and not what is found.",
    ),
    Topic(
        "Places",
        _of_fields("file", "release", "filetype", "page", "bates", "document"),
        'A field takes a word, a "phrase", any of the forms above or a group: '
        "file:(letter OR scan). It narrows the search. A range goes from page:2..5 to "
        "bates:QHPD-000101..QHPD-000107, a bound is page:>3 or page:<=7.",
    ),
    Topic(
        "Messages and letters",
        (
            *_of_fields("type", "from", "to", "cc", "bcc", "participant", "subject", "attachment"),
            *_of_fields("thread", "date", "before", "after", "signatory"),
        ),
        "A date is a day, a month or a year: 2017-03-05, 2017-03, 2017. A range is "
        "date:2017..2018-03, a bound date:>=2017-06.",
    ),
    Topic(
        "What a passage holds",
        (
            *_of_fields("person", "org", "email", "phone", "url", "money", "case", "statute"),
            *_of_fields("exemption", "has"),
        ),
        "People and organisations are found however the text writes their names. An exemption may "
        'be typed b6, (b)(6) or "(b)(6)".',
    ),
    Topic(
        "How it was read, and what you made of it",
        _of_fields("conf", "lang", "tag"),
        "Confidence is that of OCR, 0 to 100, of the passage's worst page: conf:60..80, "
        "conf:>=90; a page with a text layer has none and is not among them.",
    ),
)
"""All topics, in the order in which the help gives them."""
