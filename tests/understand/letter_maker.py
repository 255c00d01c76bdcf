"""Makes coalition letters in many layouts, all fiction, and says who signed them.

``letters()`` is a hypothesis strategy of :class:`LetterSpec`; ``letter_for(seed)`` gives the same
letter for the same seed; ``write_letter`` prints one to PDF, and
``type_letter`` types it as plain text. What real letters vary is drawn at
random, each by itself: face and size, letterhead, order of the head, columns and how they are
drawn, the distance of the lines, space between entries, how a person's title and group are set,
wrapped lines flush or indented, headings, footnotes, running headers, stamps, and what follows the
signatories.
"""

import random
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from fpdf import FPDF
from hypothesis import strategies as st


def _listed(text: str) -> list[str]:
    return text.split("; ")


FIRST = _listed(
    "Ottoline; Amadeo; Jane; Marisol; Tobias; Priya; Wendell; Imani; Lucian; Rosalind; Kenji; "
    "Beatriz; Osric; Delphine; Mateo; Henrietta; Kwame; Saoirse; Ignatius; Noor; Cornelia; "
    "Rafael; Philippa; Dmitri; Althea; Barnaby; Xiomara; Leopold; Mei; Augustin; Theodora; "
    "Hakim; Winifred; Casimir; Yusra; Percival; Maribel"
)
LAST = _listed(
    "Brackenbury; Quillfeather; Roe; Thistlewood; Okonjo-Vane; Marchetti; Dunleavy; "
    "Castellanos; Ashdown; Pemberwick; Nakashima; Ferreira; Holloway; Vantongeren; Abernathy; "
    "Lindqvist; Tran; O'Dell; McAllister; Birdwhistle; Szabo; Haddad; Featherstone; Ibarra; "
    "Wolcott; Nguyen-Reyes; Dray; Kowalczyk; Sandoval; Pike"
)
PLACE = _listed(
    "Quillhaven; Merrin Sound; Ostervale; Gullhook; Port Merrin; Wickfold; Tidewater; "
    "Dunmarrow County; Corbel Hill; Saltmarsh; Lantern District; Bellhook; Fairmantle; "
    "Greater Dunmarrow; the Merrin Valley"
)
CAUSE = _listed(
    "Fair Stops; Privacy; Quiet Streets; Open Government; Racial Justice; Digital Rights; "
    "Free Inquiry; Police Accountability; Immigrant Rights; the Public Domain; "
    "Human Dignity and Economic Security"
)
BODY = _listed(
    "Coalition; Center; Alliance; Project; Network; Committee; Campaign; Association; Council; "
    "Institute; Forum; Union; Collective; Clinic; Society; League; Roundtable; Fund"
)
FREE = _listed(
    "Keep {place} Public; Demand Daylight; Faces Are Not Evidence; Color of Tidewater; "
    "Privacy Forward; Restore the Fourth Wharf; Unwatched: A Campaign; Secure {place}; "
    "Eyes Off {place}; WatchBack; Access Harbor; Fight for the Commons; Voices Unbound; "
    "Muslim Neighbors Aid; Public Citizenry; Tenth Street Baptist Church; Temple Beth Or; "
    "Dockside Workers Local 0118; openwharf; Jobs with Honor; Mothers Against Dragnets; "
    "Students Unite; CivicSpark; National Lawyers' Bench"
)
TITLES = _listed(
    "Executive Director; President; Policy Director; Senior Staff Attorney; Professor of Law; "
    "Co-Chair; Founder and CEO; Legal Director; Organizer; Board Member; Associate Professor; "
    "Campaign Manager; Director of Advocacy; Policy Analyst; Chair; Pastor; Research Fellow; "
    "Vice President"
)
SCHOOLS = _listed(
    "Saltmarsh College School of Law; University of Merrin; Ostervale State University; "
    "Corbel Hill Theological Seminary; Wickfold Law School"
)
OFFICES = (
    "Office of the City Attorney",
    "Wickfold Police Department",
    "Quillhaven Public Records Office",
    "Saltmarsh Legal Clinic",
    "Dunmarrow County Department of Public Works",
)
DIALS = (
    "Direct Dial: 555-0144",
    "555-0191",
    "records@quillhaven.example",
    "(555) 555-0107 | records@quillhaven.example",
)
SENTENCES = (
    "We write to ask the Council to end the use of face recognition by the police department.",
    "For thirteen months searches were run for which no law and no vote had given leave.",
    "The records that the city released in March show how this came about.",
    "A tool of this power must not depend on the good sense of one officer.",
    "People who know that they are watched do not speak as they otherwise would.",
    "We ask that the contract be ended before the summer recess.",
    "An ordinance should require a hearing before any new device is bought or borrowed.",
    "Sincerely held beliefs, protest and prayer are all chilled by it.",
    "The department should report its searches by month, by unit and by outcome.",
    "Rules that depend on care alone will not keep it within bounds.",
)
CLOSINGS = _listed(
    "Sincerely,; Respectfully,; Respectfully submitted,; Very truly yours,; Signed,; "
    "In solidarity,; Best regards,; Yours sincerely,; With appreciation,; Sincerely"
)
HEADINGS = _listed(
    "The undersigned organizations:; Signed,; Signatories; Organizations; "
    "Organizational Signatories:; SIGNATORIES; Endorsing organizations; The undersigned; "
    "Undersigned organizations"
)
NEUTRAL_HEADINGS = _listed(
    "Signed,; Signatories; SIGNATORIES:; The undersigned; Signed by:; List of signers"
)
PEOPLE_HEADINGS = _listed(
    "Individuals (affiliations for identification only); Individuals; INDIVIDUAL SIGNATORIES; "
    "Individual signers:; Academics and experts"
)
SALUTATIONS = _listed(
    "Dear Members of the City Council:; Dear Mayor Thistle and Members of the Council,; "
    "Dear Chair Dray and Commissioners:; To Whom It May Concern:; Dear Chief Marlowe,; "
    "Dear Colleagues:; Dear Secretary Vane and Director Hollis:; Dear Mr. Bexley,"
)
ADDRESSES = (
    (
        "The Honorable Members of the City Council",
        "City of Quillhaven",
        "400 Tidewater Plaza",
        "Quillhaven, ME 04401",
    ),
    ("Mayor Augusta Thistle", "City Hall, Room 12", "Port Merrin"),
    (
        "Chief Orson Marlowe",
        "Wickfold Police Department",
        "12 Canal Street",
        "Wickfold, ME 04410",
    ),
    ("Members of the Public Safety Commission",),
)
SUBJECTS = (
    "Face recognition by the police department",
    "Opposition to the proposed camera network and support for an ordinance on surveillance "
    "technology in this city",
    "",
)
LETTERHEADS = (
    (),
    (
        "LANTERN COALITION FOR PUBLIC LIBERTY",
        "19 Corbel Hill Road, Quillhaven | Tel. 555-0117 | office@lanterncoalition.example",
    ),
    ("Merrin Sound Privacy Forum", "www.merrinprivacy.example"),
)
RUNNING_HEADS = (
    "",
    "",
    "City Council - {date} - Page {page} of {pages}",
    "Letter on face recognition, page {page}",
    "Quillhaven City Council\nPage {page}",
)
NOTES = (
    (),
    ("1 City of Quillhaven, response to public records request 17-0482, QHPD-000101.",),
    (
        "3  See the ordinance adopted by Port Merrin in 2016, chapter 9.",
        "4  Id. The council of Wickfold adopted such a rule in the same year; we know of no harm "
        "that came of it so far as of this writing.",
    ),
)
DELIVERIES = (
    "",
    "",
    "Via e-mail",
    "BY E-MAIL AND HAND DELIVERY",
    "Sent via electronic mail",
)
DATES = (
    ("June 5, 2018", "2018-06-05"),
    ("5 June 2018", "2018-06-05"),
    ("06/05/2018", "2018-06-05"),
    ("June 5th, 2018", "2018-06-05"),
    ("Tuesday, September 18, 2018", "2018-09-18"),
    ("January 28, 2019", "2019-01-28"),
    ("Oct. 3, 2017", "2017-10-03"),
)
COPIES = (
    "cc: Office of the Mayor; Chief of Police",
    "CC: Records Counsel, City of Quillhaven",
    "Enclosures",
    "Enc.",
    "cc:\nOttilie Marsh, City Clerk\nBenedict Hallow, City Attorney",
    "",
    "",
)

PEOPLE = ("Citizens", "Neighbors", "Parents", "Lawyers", "Workers")

People = tuple[str, str, str, bool]
"""Name, title, group, and whether it is a group."""


@dataclass(frozen=True, slots=True)
class LetterSpec:
    """A letter to print: what it says, and how it is set."""

    signers: tuple[People, ...]
    date: tuple[str, str]
    addressee: tuple[str, ...]
    subject: str
    salutation: str
    closing: str
    paragraphs: tuple[str, ...]
    copies: str
    columns: int
    by_rows: bool
    style: str
    spacing: float
    hang: float
    face: str
    size: float
    letterhead: tuple[str, ...]
    heading: str
    people_heading: str
    numbered: str
    running: str
    page_number: str
    bates: str
    notes: tuple[str, ...]
    signature_gap: float
    heads_on_new_page: bool
    delivery: str
    closing_at: float
    date_at: float
    before_name: str
    heading_in_middle: bool
    dial: str
    leading: float
    """From base line to base line in the list, in type sizes; ``spacing`` is in such lines."""
    body_leading: float


def letter_for(seed: int) -> LetterSpec:
    """Return the letter of a seed."""
    return draw_letter(random.Random(seed))


def letters() -> st.SearchStrategy[LetterSpec]:
    """Return the strategy of all letters."""
    return st.integers(0, 2**32 - 1).map(letter_for)


def draw_letter(dice: random.Random) -> LetterSpec:
    """Draw a letter, each of its features by itself."""
    kind = dice.choice(("groups", "people", "both", "both", "groups", "one"))
    columns = dice.choice((1, 1, 2, 2, 3)) if kind != "one" else 1
    many = dice.choice((3, 8, 20, 42, 42, 70, 120))
    style = dice.choice(("inline", "stacked", "two lines", "group first"))
    if kind == "groups":
        style = "inline"
    if kind == "one":
        style = dice.choice(("stacked", "two lines"))
    signers = _signers(dice, kind, many, columns)
    pages = dice.choice((1, 3, 5, 8))
    two_faces = ("times", "helvetica")
    if style == "inline":
        spacing = dice.choice((0.0, 0.25, 0.5, 0.9))
    else:
        spacing = dice.choice((0.0, 0.5, 0.8, 0.9, 1.0))
    leading = dice.choice((1.0, 1.22, 1.22, 1.22, 1.4, 1.55, 1.7, 2.0, 2.2))
    return LetterSpec(
        signers=signers,
        date=dice.choice(DATES),
        addressee=dice.choice(ADDRESSES),
        subject=dice.choice(SUBJECTS),
        salutation=dice.choice(SALUTATIONS),
        closing=dice.choice(CLOSINGS),
        paragraphs=tuple(
            " ".join(dice.sample(SENTENCES, dice.randint(2, 6))) for _ in range(pages)
        ),
        copies=dice.choice(COPIES),
        columns=columns,
        by_rows=dice.random() < 0.5,
        style=style,
        spacing=spacing,
        hang=dice.choice((0.0, 12.0, 18.0)),
        face=dice.choice((*two_faces, "times", "courier") if columns == 1 else two_faces),
        size=dice.choice((10.0, 11.0, 11.5, 12.0) if columns < 3 else (9.0, 10.0, 11.0)),
        letterhead=dice.choice(LETTERHEADS),
        heading=dice.choice(("", "", *(HEADINGS if kind == "groups" else NEUTRAL_HEADINGS)))
        if kind != "one"
        else "",
        people_heading=dice.choice(("", *PEOPLE_HEADINGS)) if kind == "both" else "",
        numbered=dice.choice(("", "", "", "", "1.", "·")) if style == "inline" else "",
        running=dice.choice(RUNNING_HEADS),
        page_number=dice.choice(
            ("", "{page}", "- {page} -", "Page {page} of {pages}", "{page} | Page")
        ),
        bates=dice.choice(("", "", "QHPD-{number:06d}", "CITY_{number:07d}")),
        notes=dice.choice(NOTES),
        signature_gap=dice.choice((0.5, 1.5, 3.0)),
        heads_on_new_page=dice.random() < 0.25,
        delivery=dice.choice(DELIVERIES),
        closing_at=dice.choice((72.0, 72.0, 72.0, 306.0)),
        date_at=dice.choice((72.0, 72.0, 380.0)),
        before_name=dice.choice(("", "", "/s/ ")) if style != "inline" else "",
        heading_in_middle=dice.random() < 0.3,
        dial=dice.choice(("", *DIALS)) if kind == "one" else "",
        leading=leading,
        body_leading=dice.choice((leading, leading, 1.22)),
    )


def _signers(dice: random.Random, kind: str, many: int, columns: int) -> tuple[People, ...]:
    groups: dict[str, None] = {}
    while len(groups) < many:
        groups[_group(dice)] = None
    count = {
        "groups": 0,
        "people": min(many, 40),
        "one": 1,
        "both": dice.choice((1, 2, 5, max(2, many // 3))),
    }[kind]
    people: dict[str, People] = {}
    full = dice.choice(("full", "title", "group")) if kind != "both" else "full"
    while len(people) < count:
        name = _person(dice)
        title = dice.choice(TITLES) if full in ("full", "title") else ""
        of = OFFICES if kind == "one" else (*SCHOOLS, *list(groups)[:4])
        group = dice.choice(of) if full in ("full", "group") else ""
        group = group.replace(",", "")
        people[name] = (name, title, group, False)
    listed = sorted(groups) if dice.random() < 0.7 else list(groups)
    out = list(people.values())
    if kind not in ("people", "one"):
        out += [(name, "", "", True) for name in listed]
    return tuple(out)


def _person(dice: random.Random) -> str:
    middle = dice.choice(("", "", "", f"{dice.choice('ABCDEGJKLMRST')}. "))
    before = dice.choice(("",) * 7 + ("Dr. ", "Rev. ", "Professor "))
    after = dice.choice(("",) * 8 + (", Ph.D.", ", Esq."))
    return f"{before}{dice.choice(FIRST)} {middle}{dice.choice(LAST)}{after}"


def _group(dice: random.Random) -> str:
    place, cause, body = dice.choice(PLACE), dice.choice(CAUSE), dice.choice(BODY)
    short = place.removeprefix("the ")
    initials = "".join(word[0] for word in f"{short} {body}".split())
    form = dice.choice(
        (
            f"{short} {body} for {cause}",
            f"{body} for {cause}",
            f"{short} {cause.removeprefix('the ')} {body}",
            f"{dice.choice(PEOPLE)} for {cause} of {place}",
            f"{short} Tenants {body}",
            f"{body} of {place}",
            f"{short} Public Defenders' {body}",
            f"{short} Chapter of the League of Public {body}s",
            f"{short} {body} Inc.",
            f"{short} {body} on {cause} ({initials})",
            f"ACLP of {place}",
            dice.choice(FREE).format(place=short),
            dice.choice(FREE).format(place=short),
        )
    )
    return form[0].upper() + form[1:] if not form.startswith("open") else form


class Paper(FPDF):
    """Letter-size pages with running header, page number and stamp; ``pages`` is the guess."""

    def __init__(self, spec: LetterSpec, pages: int) -> None:
        super().__init__(unit="pt", format="letter")
        self.spec, self.pages_guess = spec, pages
        self.set_auto_page_break(False)
        self.y_line = 0.0
        self.left, self.right, self.bottom = 72.0, 540.0, 700.0
        self.lead = spec.size * spec.body_leading

    def turn(self) -> None:
        self.add_page()
        spec = self.spec
        values = {"page": self.page_no(), "pages": self.pages_guess, "date": spec.date[0]}
        self.y_line = 72.0
        if self.page_no() > 1 and spec.running:
            self.set_font(spec.face, "", spec.size - 1)
            for number, line in enumerate(spec.running.format(**values).split("\n")):
                self.text(self.left, 44 + 12 * number, line)
        if spec.page_number:
            self.set_font(spec.face, "", 10)
            text = spec.page_number.format(**values)
            self.text(306 - self.get_string_width(text) / 2, 752, text)
        if spec.bates:
            self.set_font("helvetica", "B", 9)
            stamp = spec.bates.format(number=4210 + self.page_no())
            self.text(540 - self.get_string_width(stamp), 770, stamp)
        if spec.notes and self.page_no() in (1, 2, self.pages_guess):
            self.set_font("times", "", min(9.0, spec.size * 0.8))
            for number, note in enumerate(spec.notes):
                for row, line in enumerate(self.wrap(note, 468)):
                    self.text(self.left, 716 + 10 * (2 * number + row), line)
        self.set_font(spec.face, "", spec.size)

    def wrap(self, text: str, width: float) -> list[str]:
        lines = [""]
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.get_string_width(longer) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def write_line(self, text: str, x: float | None = None, style: str = "") -> None:
        if self.y_line + self.lead > self.bottom:
            self.turn()
        self.set_font(self.spec.face, style, self.spec.size)
        self.y_line += self.lead
        self.text(self.left if x is None else x, self.y_line, text)


def write_letter(spec: LetterSpec, path: str) -> int:
    """Print the letter to ``path`` and return the number of its pages."""
    pages = _print(spec, 9).page_no()
    paper = _print(spec, pages)
    paper.output(path)
    return paper.page_no()


def _print(spec: LetterSpec, pages: int) -> Paper:
    paper = Paper(spec, pages)
    paper.turn()
    _head(paper, spec)
    for text in (spec.salutation, *spec.paragraphs):
        for line in paper.wrap(text, 468):
            paper.write_line(line)
        paper.y_line += 0.6 * paper.lead
    if paper.y_line > paper.bottom - 4 * paper.lead:
        paper.turn()
    paper.write_line(spec.closing, spec.closing_at)
    paper.y_line += spec.signature_gap * paper.lead
    paper.lead = spec.size * spec.leading
    if spec.heads_on_new_page and len(spec.signers) > 8:
        paper.turn()
    _all_signers(paper, spec)
    if spec.dial:
        paper.y_line -= spec.spacing * paper.lead
        paper.write_line(spec.dial)
    if spec.copies:
        paper.y_line += 1.5 * paper.lead
        for line in spec.copies.split("\n"):
            paper.write_line(line)
    return paper


def _head(paper: Paper, spec: LetterSpec) -> None:
    for line in spec.letterhead:
        paper.write_line(line, style="B" if spec.face != "courier" else "")
    paper.y_line += paper.lead
    paper.write_line(spec.date[0], spec.date_at)
    paper.y_line += 0.8 * paper.lead
    for block in ((spec.delivery,), spec.addressee):
        if block != ("",):
            for line in block:
                paper.write_line(line)
            paper.y_line += 0.8 * paper.lead
    if spec.subject:
        for number, line in enumerate(paper.wrap(f"Re: {spec.subject}", 440)):
            paper.write_line(line, paper.left + (22 if number else 0), "B")
        paper.y_line += 0.6 * paper.lead


def _all_signers(paper: Paper, spec: LetterSpec) -> None:
    people = [signer for signer in spec.signers if not signer[3]]
    groups = [signer for signer in spec.signers if signer[3]]
    if spec.people_heading and people and groups:
        _heading(paper, spec.people_heading)
        _list(paper, people, spec)
        _heading(paper, "Organizations")
        _list(paper, groups, spec)
        return
    if spec.heading:
        _heading(paper, spec.heading)
    if people:
        _list(paper, people, spec)
        paper.y_line += 1.5 * paper.lead
    if groups:
        _list(paper, groups, spec)


def _heading(paper: Paper, text: str) -> None:
    paper.y_line += 0.8 * paper.lead
    if paper.y_line > paper.bottom - 5 * paper.lead:
        paper.turn()
    x = 306 - paper.get_string_width(text) / 2 if paper.spec.heading_in_middle else None
    paper.write_line(text, x, style="B")
    paper.y_line += 0.5 * paper.lead


def entry_lines(signer: People, spec: LetterSpec) -> list[str]:
    """Return the lines of an entry, none of them wrapped."""
    name, title, group, is_group = signer
    if not is_group:
        name = spec.before_name + name
    parts = [part for part in (name, title, group) if part]
    if spec.style == "inline":
        return [", ".join(parts)]
    if spec.style == "stacked":
        return parts
    if spec.style == "group first" and group:
        return [group, ", ".join(part for part in (name, title) if part)]
    return [name, ", ".join(parts[1:])] if parts[1:] else [name]


def _cell(
    paper: Paper, signer: People, spec: LetterSpec, width: float, number: int
) -> list[tuple[float, str]]:
    """Return the lines of an entry, each with its indent."""
    mark = {"": "", "·": "· ", "1.": f"{number}. "}[spec.numbered]
    out: list[tuple[float, str]] = []
    for text in entry_lines(signer, spec):
        lines = paper.wrap(mark + text, width)
        if len(lines) > 1 and spec.hang:
            first = lines[0]
            lines = [first, *paper.wrap((mark + text)[len(first) + 1 :], width - spec.hang)]
        out += [(spec.hang if row else 0.0, line) for row, line in enumerate(lines)]
        mark = ""
    return out


def _list(paper: Paper, signers: Sequence[People], spec: LetterSpec) -> None:
    count = spec.columns if len(signers) >= 2 * spec.columns else 1
    pitch = (paper.right - paper.left) / count
    width = pitch - 14
    paper.set_font(spec.face, "", spec.size)
    cells = [_cell(paper, signer, spec, width, number) for number, signer in enumerate(signers, 1)]
    # With no room between entries nor an indent, nobody could tell where a wrapped one ends.
    wraps = any(len(cell) > 1 for cell in cells)
    spacing = 0.5 if wraps and not spec.hang and not spec.spacing else spec.spacing
    heights = [(len(cell) + spacing) * paper.lead for cell in cells]
    at = 0
    while at < len(cells):
        room = paper.bottom - paper.y_line
        if room < max(heights[at : at + count]) + 1:
            paper.turn()
            room = paper.bottom - paper.y_line
        at = (_rows if spec.by_rows else _down)(paper, cells, heights, at, count, pitch, room)


Cells = list[list[tuple[float, str]]]


def _rows(
    paper: Paper, cells: Cells, heights: list[float], at: int, count: int, pitch: float, room: float
) -> int:
    """Draw one row of cells."""
    height = max(heights[at : at + count])
    for column, cell in enumerate(cells[at : at + count]):
        _draw(paper, cell, paper.left + column * pitch, paper.y_line)
    paper.y_line += height
    return at + count


def _down(
    paper: Paper, cells: Cells, heights: list[float], at: int, count: int, pitch: float, room: float
) -> int:
    """Fill the columns of what is left of the page, evenly where all fits."""
    target = room
    total = sum(heights[at:])
    if total < count * room:
        target = min(room, total / count + max(heights[at:]) * 0.6)
    top, lowest = paper.y_line, paper.y_line
    for column in range(count):
        used = 0.0
        while at < len(cells) and (used + heights[at] <= target or (not used and column == 0)):
            _draw(paper, cells[at], paper.left + column * pitch, top + used)
            used += heights[at]
            at += 1
        lowest = max(lowest, top + used)
    paper.y_line = lowest
    return at


def _draw(paper: Paper, cell: list[tuple[float, str]], x: float, y: float) -> None:
    for number, (indent, line) in enumerate(cell, 1):
        paper.text(x + indent, y + number * paper.lead, line)


WIDTH = 78
"""Characters of a typed line."""
TYPED_LINES = 54
"""Lines of a typed page, fewer where an empty one stands near its end."""


def type_letter(spec: LetterSpec) -> list[str]:
    """Return the letter as typed text: columns by blanks, entries by empty lines, as in a file."""
    lines = [*spec.letterhead, "", spec.date[0], ""]
    lines += [spec.delivery, ""] if spec.delivery else []
    lines += [*spec.addressee, ""]
    lines += [*_fill(f"Re: {spec.subject}", 70), ""] if spec.subject else []
    lines += [spec.salutation, ""]
    for text in spec.paragraphs:
        lines += [*_fill(text, WIDTH), ""]
    lines += [spec.closing, *[""] * round(spec.signature_gap)]
    people = [signer for signer in spec.signers if not signer[3]]
    groups = [signer for signer in spec.signers if signer[3]]
    headings = ("", "")
    if people and groups and spec.people_heading:
        headings = (spec.people_heading, "Organizations")
    elif spec.heading:
        lines += ["", spec.heading, ""]
    for heading, signers in zip(headings, (people, groups), strict=True):
        if not signers:
            continue
        lines += ["", heading, ""] if heading else [""]
        lines += _typed_list(signers, spec)
    if spec.dial:
        lines = [*lines[: len(lines) - (not lines[-1])], spec.dial]
    lines += ["", *spec.copies.split("\n")]
    pages = []
    while lines:
        end = min(TYPED_LINES, len(lines))
        empty = [at for at in range(TYPED_LINES - 10, end) if not lines[at]]
        end = empty[-1] if empty and end < len(lines) else end
        pages.append(lines[:end])
        lines = lines[end:]
    return ["\n".join(page) for page in _numbered(pages, spec)]


def _numbered(pages: list[list[str]], spec: LetterSpec) -> list[list[str]]:
    out = []
    for number, page in enumerate(pages, 1):
        values = {"page": number, "pages": len(pages), "date": spec.date[0]}
        head = spec.running.format(**values).split("\n") if number > 1 and spec.running else []
        foot = spec.page_number.format(**values)
        out.append([*head, *([""] if head else []), *page, *(["", foot] if foot else [])])
    return out


def _fill(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _typed_list(signers: Sequence[People], spec: LetterSpec) -> list[str]:
    """Return the lines of a list, in columns as far apart as they are wide."""
    count = spec.columns if len(signers) >= 2 * spec.columns else 1
    pitch = WIDTH // count
    cells = []
    for number, signer in enumerate(signers, 1):
        cell: list[str] = []
        mark = {"": "", "·": "* ", "1.": f"{number}. "}[spec.numbered]
        for text in entry_lines(signer, spec):
            wrapped = _fill(mark + text, pitch - 4)
            cell += [wrapped[0], *(" " * round(spec.hang / 6) + part for part in wrapped[1:])]
            mark = ""
        cells.append(cell)
    wraps = any(len(cell) > 1 for cell in cells)
    gap = [""] if spec.spacing >= 0.5 or (wraps and not spec.hang) else []
    if spec.by_rows:
        rows = [cells[at : at + count] for at in range(0, len(cells), count)]
        blocks = [[[*cell, *gap] for cell in row] for row in rows]
    else:
        each = -(-len(cells) // count)
        columns = [cells[at : at + each] for at in range(0, len(cells), each)]
        blocks = [[[line for cell in column for line in (*cell, *gap)] for column in columns]]
    out: list[str] = []
    for block in blocks:
        rows_of_parts = zip_longest(*block, fillvalue="")
        out += ["".join(part.ljust(pitch) for part in row).rstrip() for row in rows_of_parts]
    return out
