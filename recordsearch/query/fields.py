"""The fields of the query language, in one table: the lexer, the help and the index read it."""

from typing import NamedTuple

# Kinds of field: text is looked for word by word; of a choice there are a few words to pick from.
TEXT, CHOICE, DATE, PAGES = "text", "choice", "date", "pages"


class Field(NamedTuple):
    """A field as the user meets it.

    ``example``  a condition as it is typed.
    ``finds``    what the example finds, in a few words.
    ``also``     other names that somebody may try; each is answered with the right one.
    """

    name: str
    kind: str
    example: str
    finds: str
    also: tuple[str, ...] = ()


_TABLE = (
    Field("file", TEXT, "file:letter", "in files with this word in their path", ("path",)),
    Field("release", TEXT, "release:foia", "in releases with this word in their name"),
    Field("page", PAGES, "page:2..5", "on these pages", ("pages",)),
    Field("from", TEXT, "from:chief", "messages that somebody of this name sent", ("sender",)),
    Field("to", TEXT, "to:chief@city.example", "messages to this name or address", ("recipient",)),
    Field("cc", TEXT, "cc:council", "messages with somebody of this name in copy"),
    Field("bcc", TEXT, "bcc:council", "the same of blind copies"),
    Field("participant", TEXT, "participant:chief", "in any of from, to, cc and bcc", ("party",)),
    Field("subject", TEXT, 'subject:"re: budget"', "messages about this", ("title",)),
    Field("thread", TEXT, "thread:12", "messages of the conversation with this number"),
    Field("attachment", TEXT, "attachment:xlsx", "messages with an attachment so named"),
    Field("type", CHOICE, "type:letter", "letters; also message, and other: the rest", ("kind",)),
    Field(
        "signatory", TEXT, "signatory:lantern", "letters that somebody so named signed", ("signed",)
    ),
    Field("person", TEXT, "person:fenwright", "where this person is named, or writes", ("name",)),
    Field(
        "org", TEXT, "org:lantern", "where this organisation is named", ("organisation", "group")
    ),
    Field("date", DATE, "date:2017-03..2018", "from March 2017 to the end of 2018", ("sent",)),
    Field("before", DATE, "before:2018-05", "earlier than May 2018", ("until",)),
    Field("after", DATE, "after:2017", "later than 2017", ("since",)),
    Field("email", TEXT, "email:city.example", "where this e-mail address stands", ("address",)),
    Field("phone", TEXT, "phone:555-0142", "where this telephone number stands", ("telephone",)),
    Field("url", TEXT, "url:city.example", "where this web address stands", ("link",)),
    Field("money", TEXT, "money:1,200", "where this amount stands", ("amount",)),
    Field("case", TEXT, "case:17-cv-00246", "where this court case is cited", ("docket",)),
    Field("statute", TEXT, "statute:6254(f)", "where this law is cited", ("law",)),
)

FIELDS = {field.name: field for field in _TABLE}
"""All fields by name, in the order in which the help lists them."""

PARTICIPANTS = ("from", "to", "cc", "bcc")
"""The fields that ``participant:`` stands for."""

INDEXED = tuple(
    field.name for field in _TABLE if field.kind in (TEXT, CHOICE) and field.name != "participant"
)
"""The fields whose words an index holds: text and choices, but not ``participant``."""

IN_THE_TEXT = frozenset(("email", "phone", "url", "money", "case", "statute"))
"""The fields whose values are words of the passage itself, so that they are marked in it."""

TYPES = {name: name for name in ("message", "letter", "other")} | dict.fromkeys(
    ("email", "e-mail", "mail"), "message"
)
"""What ``type:`` may be, and the word that the index knows each by."""


def right_name(name: str) -> str | None:
    """Return the field that somebody who typed ``name`` most likely meant, None where unclear."""
    from difflib import get_close_matches

    names = {other: field.name for field in _TABLE for other in (field.name, *field.also)}
    near = get_close_matches(name, names, 1)
    return names[near[0]] if near else None
