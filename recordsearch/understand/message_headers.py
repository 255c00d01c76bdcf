"""Find header blocks: the labelled lines that begin a printed message."""

import re
from collections.abc import Mapping, Sequence

from recordsearch.understand.dates import find_date, has_time, parse_sent
from recordsearch.understand.message_evidence import is_mail
from recordsearch.understand.message_fields import Field, Header, Span
from recordsearch.understand.message_labels import Damage, Kind, Label, find_labels, is_foreign
from recordsearch.understand.message_lines import Line
from recordsearch.understand.message_places import (
    at_top,
    divider,
    is_divider,
    read_values,
    unlabelled,
)
from recordsearch.understand.message_subjects import core
from recordsearch.understand.message_wraps import (
    FULL_LINE,
    is_spaced,
    is_wrapped,
    subject_goes_on,
)

_RECIPIENTS = (Kind.TO, Kind.CC, Kind.BCC)
_RECIPIENT_LINES = 600
"""Lines that recipients may be wrapped over; a thousand of them take fewer."""
_WRAPPED_LINES = {
    Kind.SENDER: 2, Kind.SENT: 1, Kind.TO: 3, Kind.CC: 3, Kind.BCC: 3,
    Kind.SUBJECT: 3, Kind.ATTACHMENTS: 8, Kind.OTHER: 1,
}  # fmt: skip
_BLANK_LINES = 3
_SKIPPED_LINES = 24
_SHORT_WORD = 3
_COLUMN_LINES = 4

_LISTED = re.compile(r"[;@<>]|,\s*$|\w,\s\w")
_RUN_ON_LIST = re.compile(r"[;,<]\s*$")


def find_headers(document: str, lines: Sequence[Line]) -> list[Header]:
    """Return the header blocks among the lines, in order; they do not overlap."""
    labels = [[] if line.skip else find_labels(line.text) for line in lines]
    headers: list[Header] = []
    index = 0
    first = 0
    while index < len(lines):
        place = next(
            (n for n in range(first, len(labels[index])) if _may_begin(labels[index], n)), None
        )
        if place is None:
            index, first = index + 1, 0
            continue
        block = _Block(document, lines, labels, index, place)
        block.read()
        header = block.header()
        if header is None:
            first = place + 1
            continue
        headers.append(header)
        index, first = block.end
    return headers


def _may_begin(labels: Sequence[Label], place: int) -> bool:
    label = labels[place]
    if label.kind in (Kind.ATTACHMENTS, Kind.OTHER):
        return False
    # In the middle of a line only a sender's label, or one with others after it, begins anything.
    return label.leading or label.kind is Kind.SENDER or place + 1 < len(labels)


class _Block:
    """The reading of one header block, line by line."""

    def __init__(
        self,
        document: str,
        lines: Sequence[Line],
        labels: Sequence[Sequence[Label]],
        index: int,
        place: int,
    ) -> None:
        self.document = document
        self.lines = lines
        self.labels = labels
        self.index = index
        self.place = place
        self.depth = lines[index].depth
        self.fields: dict[Kind, tuple[Label, list[Span]]] = {}
        self.current = labels[index][place].kind
        self.end = (index, place + 1)
        self.body_start = 0
        self.first = self.current
        self.false_start = False

    def read(self) -> None:
        index: int | None = self.index
        place = self.place
        while index is not None:
            stopped = self._take_labels(index, place)
            if stopped is not None:
                self.end = (index, stopped)
                self.body_start = self.lines[index].content + self.labels[index][stopped].start
                return
            following = self._following(index)
            for between in range(index + 1, following if following is not None else index + 1):
                self._take_line(between)
            if following is None:
                self._take_tail(index)
                return
            ahead = self.labels[following][0]
            if not ahead.leading:
                line = self.lines[following]
                self.fields[self.current][1].append((line.content, line.content + ahead.start))
            index, place = following, 0

    def _take_labels(self, index: int, place: int) -> int | None:
        """Take a line's labels from ``place`` on; return the place of one that begins anew."""
        line, labels = self.lines[index], self.labels[index]
        taken: list[Label] = []
        for number in range(place, len(labels)):
            label = labels[number]
            if label.kind in self.fields and label.kind is not Kind.OTHER:
                if label.kind is Kind.SENDER and number > place:
                    self._close(line, taken, line.content + label.start)
                    return number
                continue
            if label.kind is Kind.OTHER and not self.fields:
                continue
            taken.append(label)
            self.fields.setdefault(label.kind, (label, []))
        self._close(line, taken, line.end)
        return None

    def _close(self, line: Line, taken: Sequence[Label], end: int) -> None:
        for number, label in enumerate(taken):
            last = number + 1 == len(taken)
            stop = end if last else line.content + taken[number + 1].start
            start = line.content + label.end
            if label is self.fields[label.kind][0]:
                self.fields[label.kind][1].append((start, max(start, stop)))
            self.current = label.kind

    def _following(self, index: int) -> int | None:
        """Return the line of the block's next label, if what stands between may be wrapped."""
        blank = passed = skipped = plain = 0
        page = self.lines[index].page
        for number in range(index + 1, len(self.lines)):
            line = self.lines[number]
            if line.page > page + 1:
                return None
            if line.skip:
                skipped += 1
                blank = blank + 1 if not line.text else blank
                if (blank > _BLANK_LINES and line.page == page) or skipped > _SKIPPED_LINES:
                    return None
                continue
            if line.page != page:
                page, blank = line.page, 0
            if line.depth < self.depth:
                return None
            labels = self.labels[number]
            if labels and labels[0].leading:
                return number if self._follows(labels[0], passed, skipped) else None
            if labels and self._may_run_into(labels[0].kind):
                # The end of a wrapped line and the next label have run into one line.
                return number if self._fits(labels[0]) and passed < _RECIPIENT_LINES else None
            if labels and labels[0].kind is Kind.SENDER:
                return None
            passed += 1
            blank = 0 if self.current in _RECIPIENTS else blank
            plain = 0 if _LISTED.search(line.text) else plain + 1
            if not self._may_wrap(line, passed, plain):
                return None
        return None

    def _may_run_into(self, kind: Kind) -> bool:
        """Tell whether a label inside a line may end a wrapped one; OCR runs lines together."""
        if kind is Kind.OTHER:
            return self.current is Kind.SUBJECT
        return kind is not Kind.SENDER

    def _follows(self, label: Label, passed: int, skipped: int) -> bool:
        """Tell whether a label that opens a line goes on with the block, or begins another."""
        if label.kind is self.first and Kind.SENDER in self.fields:
            # What came before the sender was another message's, or none.
            self.false_start = label.kind is not Kind.SENDER
        if label.kind is Kind.SENDER and passed and (skipped or self.current not in _RECIPIENTS):
            return False
        if label.kind is Kind.OTHER and passed and self._subject_is_whole():
            return False
        return self._fits(label)

    def _subject_is_whole(self) -> bool:
        """Tell whether a short subject stands behind its label, which no line goes on with."""
        if self.current is not Kind.SUBJECT:
            return False
        start, end = self.fields[Kind.SUBJECT][1][0]
        return 0 < len(self.document[start:end].strip()) < FULL_LINE

    def _fits(self, label: Label) -> bool:
        if label.kind is Kind.OTHER:
            return label.word.lower() not in ("when", "where") or Kind.SUBJECT in self.fields
        return label.kind not in self.fields

    def _may_wrap(self, line: Line, passed: int, plain: int) -> bool:
        """Tell whether a line, the ``plain``-th on end without a list's marks, may be wrapped."""
        if self.current in _RECIPIENTS and not is_divider(line.text):
            return passed <= _RECIPIENT_LINES and plain <= _WRAPPED_LINES[self.current]
        return passed <= _WRAPPED_LINES[self.current] and not is_divider(line.text)

    def _take_line(self, index: int) -> None:
        line = self.lines[index]
        if not line.skip:
            self.fields[self.current][1].append((line.content, line.end))

    def _take_tail(self, index: int) -> None:
        """Take the lines over which the last field goes on, and set where the body begins."""
        last = index
        for number in range(index + 1, min(len(self.lines), index + 1 + _RECIPIENT_LINES)):
            line = self.lines[number]
            if line.skip and line.text and last == number - 1:
                last = number if self.current in _RECIPIENTS else last
                continue
            if line.skip or line.depth < self.depth or self.labels[number]:
                break
            if not self._goes_on(self.lines[last], line, (number, number - index)):
                break
            self._take_line(number)
            last = number
        self.end = (last + 1, 0)
        self.body_start = min(len(self.document), self.lines[last].end + 1)

    def _goes_on(self, before: Line, line: Line, at: tuple[int, int]) -> bool:
        """Tell whether a line goes on with the last field; ``at`` counts lines in all and here."""
        index, count = at
        if self.current in _RECIPIENTS:
            if _RUN_ON_LIST.search(before.text):
                return bool(_LISTED.search(line.text)) or len(line.text) < FULL_LINE
            return line.text[0] == "<" or ("; " in line.text and "@" in line.text)
        if self.current is Kind.ATTACHMENTS:
            more = re.search(r"[;,_\-]\s*$", before.text)
            return count <= 8 and (
                bool(more) or bool(re.match(r"[^.]{0,80}\.(?:docx?|pdf|xlsx?|pptx?)\b", line.text))
            )
        if self.current is Kind.SUBJECT and count == 1:
            label, spans = self.fields[Kind.SUBJECT]
            own = self.document[slice(*spans[0])].strip()
            if label.damage is Damage.COLON and not own:
                return True
            spaced = is_spaced(self.lines[self.index : index])
            if (spaced or not core(own)) and is_wrapped(self.lines, before, index):
                return True
            return subject_goes_on(before.text, line.text)
        return False

    def header(self) -> Header | None:
        """Return the header if what was read bears out that it is one."""
        if self.false_start:
            return None
        sent = parse_sent(self._value(Kind.SENT)) if Kind.SENT in self.fields else ""
        if not sent and Kind.SENT in self.fields:
            sent = self._take_misplaced() or self._take_column()
        line = self.lines[self.index]
        start = line.content + self.labels[self.index][self.place].start
        opens = start == line.content + self.labels[self.index][0].start
        divided, above = divider(self.lines, self.index, start)
        labels = {kind: label for kind, (label, _) in self.fields.items()}
        if self._answers(labels):
            return None
        values = {kind: self._value(kind) for kind in labels}
        written = author = ""
        head = None
        if opens and Kind.TO in labels and not sent and Kind.SENDER not in labels:
            head = unlabelled(self.lines, self.labels, self.index)
        if head:
            sent, written, author = head.sent, head.written, head.author
            start = above = head.start
        elif not is_mail(values, labels, sent, divided=divided):
            return None
        return Header(
            start=start,
            above=above,
            body_start=self.body_start,
            depth=self.depth,
            page=line.page,
            fields=tuple(
                Field(kind, tuple(spans), label.damage, label)
                for kind, (label, spans) in self.fields.items()
            ),
            divided=divided,
            sent=sent,
            at_top=opens and at_top(self.lines, self.index),
            written=written,
            author=author,
        )

    def _answers(self, labels: Mapping[Kind, Label]) -> bool:
        """Tell whether the first label is "A:" among English ones, which answers a question."""
        first = labels[self.first]
        others = (label.word for label in labels.values() if label is not first)
        return (
            first.kind is Kind.TO
            and len(first.word) <= _SHORT_WORD
            and is_foreign(first.word)
            and not any(map(is_foreign, others))
        )

    def _take_misplaced(self) -> str:
        """Give the date that stands alone under a blank sender's label to the date's field."""
        if Kind.SENDER not in self.fields:
            return ""
        label, spans = self.fields[Kind.SENDER]
        for number, (start, end) in enumerate(spans):
            written = self.document[start : min(end, start + 200)].strip()
            found = find_date(written)
            if found and has_time(found[0]) and found[1] < 8 and found[2] > len(written) - 8:
                self.fields[Kind.SENT][1].append((start, end))
                self.fields[Kind.SENDER] = (label, spans[:number])
                return found[0]
        return ""

    def _take_column(self) -> str:
        """Take the values from the line below in which OCR put them, where no label has one."""
        if any(self._value(kind) for kind in self.fields):
            return ""
        line, number = self.end[0], 0
        while line < len(self.lines) and number < _COLUMN_LINES:
            found = read_values(self.lines[line].text)
            if found:
                content = self.lines[line].content
                for kind, (start, end) in found.spans.items():
                    if kind in self.fields:
                        self.fields[kind][1].append((content + start, content + end))
                self.body_start = min(len(self.document), self.lines[line].end + 1)
                self.end = (line + 1, 0)
                return found.sent
            number += not self.lines[line].skip
            line += 1
        return ""

    def _value(self, kind: Kind) -> str:
        spans = self.fields[kind][1] if kind in self.fields else []
        return "\n".join(self.document[start:end] for start, end in spans[:40])[:4_000].strip()
