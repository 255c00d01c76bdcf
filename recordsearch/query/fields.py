"""The fields of the query language, in one table: the lexer, the help and the index read it."""

from typing import NamedTuple

# Kinds of field: text is looked for word by word; of a choice there are a few words to pick from;
# a scale and pages are numbers.
TEXT, CHOICE, DATE, PAGES, SCALE = "text", "choice", "date", "pages", "scale"


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
    Field("release", TEXT, "release:sample", "in releases with this word in their name"),
    Field("filetype", TEXT, "filetype:email", "in files of this kind; also pdf, tiff …"),
    Field("page", PAGES, "page:2..5", "on these pages", ("pages",)),
    Field("from", TEXT, "from:dunquist", "messages that somebody of this name sent", ("sender",)),
    Field("to", TEXT, "to:hollomere", "messages to this name or address", ("recipient",)),
    Field("cc", TEXT, "cc:fenwright", "messages with somebody of this name in copy"),
    Field("bcc", TEXT, "bcc:council", "the same of blind copies"),
    Field(
        "participant", TEXT, "participant:fenwright", "in any of from, to, cc and bcc", ("party",)
    ),
    Field("subject", TEXT, 'subject:"next steps"', "messages about this", ("title",)),
    Field("thread", TEXT, "thread:2", "messages of the conversation with this number"),
    Field("attachment", TEXT, "attachment:briefing", "messages with an attachment so named"),
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
    Field(
        "email",
        TEXT,
        "email:lanterncoalition.example",
        "where this e-mail address stands",
        ("address",),
    ),
    Field("phone", TEXT, "phone:555-0142", "where this telephone number stands", ("telephone",)),
    Field("url", TEXT, "url:city.example", "where this web address stands", ("link",)),
    Field("money", TEXT, "money:18,400", "where this amount stands", ("amount",)),
    Field("case", TEXT, "case:17-cv-00246", "where this court case is cited", ("docket",)),
    Field("statute", TEXT, "statute:6254(f)", "where this law is cited", ("law",)),
    Field("bates", TEXT, "bates:QHPD-000105", "on the page with this Bates number", ("number",)),
    Field(
        "exemption", TEXT, "exemption:b6", "where this law is named for a redaction", ("exempt",)
    ),
    Field("has", CHOICE, "has:redaction", "with one; also attachment, table, image", ("contains",)),
    Field("conf", SCALE, "conf:<60", "read by OCR with less confidence than this", ("confidence",)),
    Field("lang", CHOICE, "lang:english", "in this language; or lang:en", ("language",)),
    Field("document", TEXT, "document:1", "in the document with this number", ("doc",)),
    Field("tag", TEXT, "tag:important", "what you have tagged so", ("tagged", "label")),
)

FIELDS = {field.name: field for field in _TABLE}
"""All fields by name, in the order in which the help lists them."""

PARTICIPANTS = ("from", "to", "cc", "bcc")
"""The fields that ``participant:`` stands for."""

INDEXED = tuple(
    field.name
    for field in _TABLE
    if field.kind in (TEXT, CHOICE) and field.name not in ("participant", "tag")
)
"""The fields whose words an index holds: text and choices, but not ``participant`` and ``tag``."""

IN_THE_TEXT = frozenset(("email", "phone", "url", "money", "case", "statute", "exemption"))
"""The fields whose values are words of the passage itself, so that they are marked in it."""

TYPES = {name: name for name in ("message", "letter", "other")} | dict.fromkeys(
    ("email", "e-mail", "mail"), "message"
)
"""What ``type:`` may be, and the word that the index knows each by."""

HAS = {name: name for name in ("redaction", "attachment", "table", "image")} | {
    "redactions": "redaction",
    "redacted": "redaction",
    "attachments": "attachment",
    "attached": "attachment",
    "tables": "table",
    "images": "image",
    "picture": "image",
    "pictures": "image",
}
"""What ``has:`` may be, and the word that the index knows each by."""

LANGUAGES = {
    "en": "english", "es": "spanish", "fr": "french", "de": "german", "am": "amharic",
    "ar": "arabic", "bn": "bengali", "gu": "gujarati", "ht": "haitian", "ka": "georgian",
    "km": "khmer", "kn": "kannada", "lo": "lao", "ml": "malayalam", "mr": "marathi",
    "my": "burmese", "pa": "punjabi", "te": "telugu",
    "bg": "bulgarian", "ca": "catalan", "cs": "czech", "da": "danish", "el": "greek",
    "eo": "esperanto", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "ga": "irish", "he": "hebrew", "hi": "hindi", "hr": "croatian", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "is": "icelandic", "it": "italian", "ja": "japanese",
    "ko": "korean", "la": "latin", "lt": "lithuanian", "lv": "latvian", "ne": "nepali",
    "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sk": "slovak", "sl": "slovenian", "so": "somali", "sq": "albanian",
    "sr": "serbian", "sv": "swedish", "sw": "swahili", "ta": "tamil", "th": "thai", "tl": "tagalog",
    "tr": "turkish", "uk": "ukrainian", "ur": "urdu", "vi": "vietnamese", "yi": "yiddish",
    "zh": "chinese",
}  # fmt: skip
"""The languages that ``lang:`` knows, by their ISO 639-1 codes."""

CHOICES = {
    "type": TYPES,
    "has": HAS,
    "lang": {code: code for code in LANGUAGES} | {name: code for code, name in LANGUAGES.items()},
}
"""What each field of kind ``CHOICE`` may be, and the word that the index knows each by."""


def right_name(name: str) -> str | None:
    """Return the field that somebody who typed ``name`` most likely meant, None where unclear."""
    from difflib import get_close_matches

    names = {other: field.name for field in _TABLE for other in (field.name, *field.also)}
    near = get_close_matches(name, names, 1)
    return names[near[0]] if near else None
