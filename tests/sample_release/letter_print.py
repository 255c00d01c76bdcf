"""Set the coalition letter in type: three pages, footnotes, signing groups in two columns."""

from . import letter_text as words
from .sheet import Sheet

_FIRST_ROWS = 8  # rows of groups that stand under the closing on page two
_COLUMN = 240.0


def print_letter() -> bytes:
    """Return the letter as a PDF of three pages."""
    sheet = Sheet("Coalition letter to the Quillhaven City Council", font="times", size=11.5)
    _first_page(sheet)
    _second_page(sheet)
    _third_page(sheet)
    return bytes(sheet.output())


def _first_page(sheet: Sheet) -> None:
    sheet.start_page()
    name, address = words.LETTERHEAD
    for text, style, size in ((name, "B", 15.0), (address, "", 9.0)):
        sheet.set_font("times", style, size)
        sheet.text(306 - sheet.get_string_width(text) / 2, sheet.y_line, text)
        sheet.y_line += 15
    sheet.set_font("times", "", 11.5)
    sheet.y_line -= 10
    sheet.rule(0.8)
    for paragraph in words.OPENING.split("\n\n"):
        for line in paragraph.split("\n"):
            sheet.write_text(line)
        sheet.gap(0.6)
    sheet.write_text(words.SUBJECT, left=sheet.left + 24, bold=True)
    sheet.gap(0.6)
    sheet.write_text(words.SALUTATION)
    _paragraphs(sheet, words.PAGE_ONE)
    _notes(sheet, words.NOTES_ONE)


def _second_page(sheet: Sheet) -> None:
    _running_head(sheet, 2)
    _paragraphs(sheet, words.PAGE_TWO)
    sheet.gap(0.6)
    sheet.write_text(words.CLOSING)
    sheet.gap(1.4)
    top = sheet.y_line
    for number, (name, role) in enumerate(words.PEOPLE):
        sheet.y_line = top
        left = sheet.left + number * _COLUMN
        sheet.write_text(name, left=left)
        sheet.set_font("times", "I", 9.5)
        sheet.text(left, sheet.y_line + 12, role)
        sheet.set_font("times", "", 11.5)
    sheet.gap(1.6)
    _columns(sheet, words.SIGNATORIES[: 2 * _FIRST_ROWS])
    _notes(sheet, words.NOTES_TWO)


def _third_page(sheet: Sheet) -> None:
    _running_head(sheet, 3)
    sheet.write_text("Signing groups, continued", bold=True)
    _columns(sheet, words.SIGNATORIES[2 * _FIRST_ROWS :])
    sheet.gap(2)
    sheet.write_text(words.COPIES)


def _running_head(sheet: Sheet, page: int) -> None:
    sheet.start_page()
    sheet.y_line = 50
    sheet.write_text(f"Quillhaven City Council  -  June 5, 2018  -  Page {page} of 3")
    sheet.gap(1)


def _paragraphs(sheet: Sheet, paragraphs: tuple[str, ...]) -> None:
    for paragraph in paragraphs:
        sheet.gap(0.6)
        if paragraph[:1].isdigit():
            sheet.write_text(paragraph, left=sheet.left + 18, hang=14)
        else:
            sheet.write_text(paragraph)


def _columns(sheet: Sheet, groups: tuple[str, ...]) -> None:
    """Write the groups down the left column, then down the right."""
    sheet.gap(0.5)
    rows = (len(groups) + 1) // 2
    top = sheet.y_line
    for column in range(2):
        sheet.y_line = top
        for group in groups[column * rows : (column + 1) * rows]:
            sheet.write_text(group, left=sheet.left + column * _COLUMN)
            sheet.gap(0.25)
    sheet.y_line = top + rows * sheet.leading * 1.25


def _notes(sheet: Sheet, notes: tuple[str, ...]) -> None:
    sheet.set_line_width(0.5)
    sheet.line(sheet.left, 716, sheet.left + 130, 716)
    sheet.set_font("times", "", 9)
    for number, note in enumerate(notes):
        sheet.text(sheet.left, 728 + 11 * number, note)
    sheet.set_font("times", "", 11.5)
