"""What is found of a message's header before it is read: its fields, as places in the text."""

from dataclasses import dataclass

from recordsearch.understand.message_labels import Damage, Kind, Label

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Field:
    """What stands behind a label: the places of its lines, and how damaged the label is."""

    kind: Kind
    spans: tuple[Span, ...]
    damage: Damage
    label: Label


@dataclass(frozen=True, slots=True)
class Header:
    """A header as found: where it starts, where the body does, and its fields.

    ``divided`` tells that a line such as "Original Message" stands above it, from ``above`` on.
    ``attribution`` tells that it is a line such as "On Monday Jo Doe wrote:"; its date and sender
    as written are ``written`` and ``author``. ``at_top`` tells that it stands at a page's top.
    """

    start: int
    above: int
    body_start: int
    depth: int
    page: int
    fields: tuple[Field, ...]
    divided: bool = False
    attribution: bool = False
    sent: str = ""
    at_top: bool = False
    written: str = ""
    author: str = ""

    def get(self, kind: Kind) -> Field | None:
        """Return the field of a kind, or None."""
        return next((field for field in self.fields if field.kind is kind), None)


def value(document: str, field: Field | None) -> str:
    """Return a field's text, its lines joined by line breaks."""
    if field is None:
        return ""
    return "\n".join(document[start:end] for start, end in field.spans)
