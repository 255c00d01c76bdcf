"""Print conversations to PDF as a desktop mail program does."""

import re

from .mail_text import Mail, Printout
from .sheet import Sheet

_TAB = 92.0


def print_mails(printouts: tuple[Printout, ...], *, title: str, first_bates: int) -> bytes:
    """Return a PDF of the conversations, each from a new page, stamped from ``first_bates`` on."""
    sheet = Sheet(title, size=11, bates=first_bates)
    for printout in printouts:
        sheet.start_page()
        sheet.write_text(printout.owner, bold=True)
        sheet.rule(2.2)
        newest, *older = printout.mails
        _top_header(sheet, newest)
        _body(sheet, newest)
        for depth, mail in enumerate(older, start=1):
            sheet.gap()
            if printout.style == "angle":
                _angle(sheet, mail, depth)
            else:
                _quoted_header(sheet, mail, original=printout.style == "original")
                _body(sheet, mail)
    return bytes(sheet.output())


def _fields(mail: Mail) -> list[tuple[str, str]]:
    fields = [
        ("From:", mail.sender),
        ("Sent:", mail.sent),
        ("To:", mail.to),
        ("Cc:", mail.cc),
        ("Subject:", mail.subject),
        ("Attachments:", mail.attachments),
        ("Importance:", mail.importance),
    ]
    return [(name, value) for name, value in fields if value]


def _top_header(sheet: Sheet, mail: Mail) -> None:
    for name, value in _fields(mail):
        sheet.write_text(value, label=name, hang=_TAB)
    sheet.gap()


def _quoted_header(sheet: Sheet, mail: Mail, *, original: bool) -> None:
    if original:
        sheet.write_text("-----Original Message-----")
    else:
        sheet.rule(0.5)
    for name, value in _fields(mail):
        if name != "Importance:":
            sheet.write_text(f"{name} {value}")
    sheet.gap()


def _body(sheet: Sheet, mail: Mail) -> None:
    for number, paragraph in enumerate(mail.body.split("\n\n")):
        if number:
            sheet.gap(0.8)
        lines = paragraph.split("\n")
        if lines[0].startswith("| "):
            rows = [[cell.strip() for cell in line[2:].split("|")] for line in lines]
            sheet.ruled_table(rows, [150.0] + [78.0] * (len(rows[0]) - 1))
            continue
        for line in lines:
            block = re.fullmatch(r"\[\[block (.+)\|(\d+)\]\]", line)
            item = line.startswith("- ") or re.match(r"\d\. ", line) is not None
            if block:
                sheet.block(block[1], int(block[2]))
            elif item:
                sheet.write_text(line, left=sheet.left + 14, hang=11)
            else:
                sheet.write_text(line)


def _angle(sheet: Sheet, mail: Mail, depth: int) -> None:
    prefix, quote = "> " * (depth - 1), "> " * depth
    sheet.write_text(f"On {mail.sent}, {mail.sender} wrote:", prefix=prefix)
    for paragraph in mail.body.split("\n\n"):
        sheet.write_text("", prefix=quote)
        for line in paragraph.split("\n"):
            sheet.write_text(line, prefix=quote)
