"""A message while it is put together from its header: its fields are read, and mended later."""

from recordsearch.understand.mailboxes import parse_mailbox, parse_mailboxes
from recordsearch.understand.message_attachments import parse_attachments
from recordsearch.understand.message_fields import Header, value
from recordsearch.understand.message_labels import Kind
from recordsearch.understand.message_subjects import run_on, tidy, without_debris

_WRITTEN_CHARACTERS = 200


class Draft:
    """A message while it is put together from its header."""

    def __init__(self, document: str, header: Header) -> None:
        self.document = document
        self.header = header
        self.body_start = header.body_start
        self.sender = parse_mailbox(header.author or value(document, header.get(Kind.SENDER)))
        self.to = parse_mailboxes(value(document, header.get(Kind.TO)))
        self.cc = parse_mailboxes(value(document, header.get(Kind.CC)))
        self.bcc = parse_mailboxes(value(document, header.get(Kind.BCC)))
        self.attachments = parse_attachments(value(document, header.get(Kind.ATTACHMENTS)))
        written = header.written or value(document, header.get(Kind.SENT))
        self.written = " ".join(written[: _WRITTEN_CHARACTERS * 2].split())[:_WRITTEN_CHARACTERS]
        self.subject = self._subject()

    def recipients_written(self) -> str:
        """Return the recipients' fields as printed, bounded."""
        fields = (self.header.get(kind) for kind in (Kind.TO, Kind.CC, Kind.BCC))
        return "\n".join(value(self.document, field)[:2_000] for field in fields)

    def _subject(self) -> str:
        field = self.header.get(Kind.SUBJECT)
        if field is None or not field.spans:
            return ""
        start, end = field.spans[0]
        line = self.document[start:end]
        if field is self.header.fields[-1]:
            cut = run_on(line, (*self.to, *self.cc))
            if cut < len(line[:2000]):
                self.cut(start + cut)
                return without_debris(tidy(line[:cut]))
        return without_debris(tidy(value(self.document, field)))

    def cut(self, place: int) -> None:
        """Let the body begin at ``place``, which was taken for the subject's."""
        self.body_start = place

    def subject_end(self) -> int:
        """Return where the lines of the subject end, or else the header."""
        field = self.header.get(Kind.SUBJECT)
        return field.spans[-1][1] if field and field.spans else self.header.body_start

    def last_subject_line(self) -> tuple[int, int] | None:
        """Return the place of the subject's one line if it ends the header."""
        field = self.header.get(Kind.SUBJECT)
        if field is None or field is not self.header.fields[-1] or len(field.spans) != 1:
            return None
        return field.spans[0]
