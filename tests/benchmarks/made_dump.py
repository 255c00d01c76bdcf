"""Made-up releases on the disk: a small one of every kind of file, and one of any size.

All names, texts and numbers are invented. The same seed makes the same files, byte for byte, but
for what PDF programs write about the time.
"""

import io
import mailbox
import random
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from made_archive import vocabulary

_LINES_A_PAGE = 50
_WORDS_A_LINE = 11

PEOPLE = (
    ("Odalys Fenwright", "ofenwright@brindlemark.example"),
    ("Bastian Thornquill", "bthornquill@brindlemark.example"),
    ("Marisol Dunquist", "mdunquist@quillhavenpd.example"),
    ("Rufus Hollomere", "rhollomere@quillhavenpd.example"),
    ("Wendel Marchgrove", "wmarchgrove@quillhaven.example"),
    ("Tamsin Overleigh", "toverleigh@quillhaven.example"),
    ("Isolde Pennaway", "ipennaway@quillhaven.example"),
    ("Ephraim Castlewick", "ecastlewick@dunmarrowsheriff.example"),
)
GROUPS = ("Lantern Coalition", "Harrow Street Tenants Union", "Quillhaven Civic Forum")
TOPICS = (
    "face recognition pilot", "booking photo transfer", "camera contract renewal",
    "records request 2017-114", "training schedule", "retention policy draft",
    "license plate readers", "budget hearing", "vendor demonstration", "audit of searches",
)  # fmt: skip
_NOTICE = (
    "CONFIDENTIALITY NOTICE: this message and what is attached to it are intended only for those"
    " to whom it is addressed. If it reached you in error, tell the sender and delete it."
)


class Prose:
    """Sentences of made-up words, with the terms that queries look for in between."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._words = vocabulary(6_000)
        self._weights = [1 / rank for rank in range(1, len(self._words) + 1)]

    def sentence(self) -> str:
        drawn = self.random.choices(self._words, self._weights, k=self.random.randint(7, 15))
        if self.random.random() < 0.25:
            drawn.insert(3, self.random.choice(TOPICS))
        if self.random.random() < 0.1:
            drawn.insert(2, self.random.choice((*(name for name, _ in PEOPLE), *GROUPS)))
        if self.random.random() < 0.06:
            drawn.append(f"${self.random.randint(10, 900) * 100:,}")
        return " ".join(drawn).capitalize() + "."

    def paragraph(self, sentences: int = 4) -> str:
        return " ".join(self.sentence() for _ in range(sentences))


def wrapped(text: str) -> list[str]:
    """Break text into lines as a page has them."""
    lines = []
    for paragraph in text.split("\n"):
        words = paragraph.split(" ")
        lines.extend(
            " ".join(words[at : at + _WORDS_A_LINE]) for at in range(0, len(words), _WORDS_A_LINE)
        )
    return lines


def text_pdf(pages: Sequence[Sequence[str]], bates: str = "") -> bytes:
    """Make a PDF with a text layer in Helvetica; ``bates`` is stamped on each page, counted on.

    Written by hand, as 100,000 pages take a PDF library half an hour.
    """
    font = 3 + 2 * len(pages)
    kids = " ".join(f"{3 + 2 * page} 0 R" for page in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
    ]
    for page, lines in enumerate(pages):
        shown = [f"({_escaped(line)})'" for line in lines]
        stream = "BT /F 10 Tf 13 TL 60 750 Td\n" + "\n".join(shown) + "\nET"
        if bates:
            prefix, number = bates.rsplit("-", 1)
            stamp = f"{prefix}-{int(number) + page:0{len(number)}}"
            stream += f"\nBT /F 9 Tf 480 30 Td ({_escaped(stamp)}) Tj ET"
        data = stream.encode("latin-1", "replace")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {4 + 2 * page} 0 R"
            f"/Resources<</Font<</F {font} 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(data), data))
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(
        b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    )
    return out.getvalue()


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def memo(prose: Prose, pages: int) -> list[list[str]]:
    """Make the lines of a memorandum of so many pages."""
    made = []
    for page in range(pages):
        lines = [f"MEMORANDUM, part {page + 1}: {prose.random.choice(TOPICS)}", ""]
        while len(lines) < _LINES_A_PAGE - 8:
            lines += [*wrapped(prose.paragraph()), ""]
        made.append(lines[:_LINES_A_PAGE])
    return made


class Conversation:
    """Messages that answer one another, to be printed or kept as files."""

    def __init__(self, prose: Prose, number: int, length: int) -> None:
        chance = prose.random
        self.number = number
        self.topic = f"{chance.choice(TOPICS)} {number}"
        self.people = chance.sample(PEOPLE, 2)
        begin = datetime(2016, 3, 1, 8, 0, tzinfo=UTC)
        self.times = [
            begin + timedelta(days=number * 3 + step, minutes=chance.randrange(600))
            for step in range(length)
        ]
        self.bodies = [f"{prose.paragraph(3)}\n\n{prose.paragraph(2)}" for _ in range(length)]

    def subject(self, step: int) -> str:
        return f"RE: {self.topic}" if step else self.topic

    def message_id(self, step: int) -> str:
        return f"<c{self.number}.{step}@mail.example>"

    def printed(self, newest: int) -> str:
        """Print a message and all that it quotes, newest first, as a mail program does."""
        parts = []
        for step in range(newest, -1, -1):
            (sender, address), (recipient, other) = self.sides(step)
            parts.append(
                f"From: {sender} <{address}>\n"
                f"Sent: {self.times[step]:%A, %B %d, %Y %I:%M %p}\n"
                f"To: {recipient} <{other}>\n"
                f"Subject: {self.subject(step)}\n\n"
                f"{self.bodies[step]}\n\nRegards,\n{sender}\n\n{_NOTICE}\n"
            )
        return "\n-----Original Message-----\n".join(parts)

    def sides(self, step: int) -> tuple[tuple[str, str], tuple[str, str]]:
        first, second = self.people
        return (second, first) if step % 2 else (first, second)

    def native(self, step: int) -> EmailMessage:
        (sender, address), (recipient, other) = self.sides(step)
        message = EmailMessage()
        message["From"] = f"{sender} <{address}>"
        message["To"] = f"{recipient} <{other}>"
        message["Subject"] = self.subject(step)
        message["Date"] = self.times[step]
        message["Message-ID"] = self.message_id(step)
        if step:
            message["In-Reply-To"] = self.message_id(step - 1)
            message["References"] = " ".join(self.message_id(at) for at in range(step))
        message.set_content(f"{self.bodies[step]}\n\nRegards,\n{sender}\n\n{_NOTICE}\n")
        return message


def letter(prose: Prose, number: int) -> str:
    """Make a letter signed by people and groups."""
    signing = prose.random.sample(PEOPLE, 3)
    body = "\n\n".join(prose.paragraph() for _ in range(4))
    signed = "\n\n".join(
        f"{name}\nDirector\n{group}" for (name, _), group in zip(signing, GROUPS, strict=True)
    )
    return (
        f"June {number % 27 + 1}, 2018\n\n"
        "City Council of Quillhaven\n12 Alder Square\nQuillhaven\n\n"
        f"Re: {prose.random.choice(TOPICS)}\n\nDear Members of the Council:\n\n{body}\n\n"
        f"Sincerely,\n\n{signed}\n"
    )


def near_copy(text: str, prose: Prose) -> str:
    """Change some words of a text, as a later draft does."""
    words = text.split(" ")
    for _ in range(max(1, len(words) // 60)):
        words[prose.random.randrange(len(words))] = "amended"
    return " ".join(words)


def make_small(folder: Path, seed: int = 1, size: int = 10, *, scans: int = 2) -> int:
    """Write a release with files of every kind; some 20 times ``size``. Return their number."""
    prose = Prose(seed)
    for path, content in _small(prose, size, scans):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return sum(path.is_file() for path in folder.rglob("*"))


def _small(prose: Prose, size: int, scans: int) -> Iterator[tuple[str, bytes]]:
    memos = [memo(prose, prose.random.randint(1, 9)) for _ in range(6 * size)]
    for number, pages in enumerate(memos):
        yield f"memos/memo {number:03}.pdf", text_pdf(pages, f"QHPD-{number * 10 + 1:06}")
    for number in range(size):
        yield f"copies/again {number:03}.pdf", text_pdf(memos[number], f"QHPD-{number * 10 + 1:06}")
        draft = near_copy("\n".join("\n".join(page) for page in memos[number]), prose)
        yield f"drafts/draft {number:03}.txt", draft.encode()
    talks = [Conversation(prose, number, 4) for number in range(3 * size)]
    for talk in talks[: 2 * size]:
        for newest in (1, 3):
            text = talk.printed(newest)
            if talk.number % 2:
                lines = wrapped(text)
                pages = [lines[at : at + 50] for at in range(0, len(lines), 50)]
                yield f"mail/{talk.number:03}-{newest}.pdf", text_pdf(pages)
            else:
                yield f"mail/{talk.number:03}-{newest}.txt", text.encode()
    for talk in talks[size : 2 * size]:
        message = talk.native(2)
        message.add_attachment(
            text_pdf(memo(prose, 2)), maintype="application", subtype="pdf", filename="plan.pdf"
        )
        message.add_attachment(prose.paragraph(9), filename="notes.txt")
        yield f"native/{talk.number:03}.eml", message.as_bytes()
    yield "boxes/inbox.mbox", mbox(talks[2 * size :])
    for number in range(size):
        yield f"letters/letter {number:03}.txt", letter(prose, number).encode()
    yield from _containers(prose, talks, size)
    yield from _broken(memos)
    yield from _scans(scans)


def mbox(talks: Sequence[Conversation]) -> bytes:
    """Make a mailbox file of all messages of some conversations."""
    out = io.BytesIO()
    for talk in talks:
        for step in range(len(talk.times)):
            content = mailbox.mboxMessage(talk.native(step)).as_bytes()
            out.write(b"From sender@mail.example Thu Mar  3 08:00:00 2016\n" + content + b"\n\n")
    return out.getvalue()


def _containers(
    prose: Prose, talks: Sequence[Conversation], size: int
) -> Iterator[tuple[str, bytes]]:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(size):
            made.writestr(f"notes/{number}.txt", prose.paragraph(12))
        made.writestr("annex.pdf", text_pdf(memo(prose, 5)))
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("box 1/inner.zip", inner.getvalue())
        made.writestr("box 1/letter.txt", letter(prose, 99))
        made.writestr("box 2/mail.eml", talks[0].native(1).as_bytes())
    yield "boxes/outer.zip", outer.getvalue()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for number in range(size):
            content = text_pdf(memo(prose, 2))
            header = tarfile.TarInfo(f"shelf/{number}.pdf")
            header.size = len(content)
            tar.addfile(header, io.BytesIO(content))
    yield "boxes/shelf.tar.gz", packed.getvalue()


def _broken(memos: Sequence[Sequence[Sequence[str]]]) -> Iterator[tuple[str, bytes]]:
    yield "broken/cut.pdf", text_pdf(memos[0], "CUT-000001")[:900]
    yield "broken/garbage.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20
    yield "broken/empty.pdf", b""
    yield "broken/cut.zip", b"PK\x03\x04" + bytes(200)
    yield "broken/blank.pdf", text_pdf([[]])


def _scans(count: int) -> Iterator[tuple[str, bytes]]:
    if not count:
        return
    from sample_release import mail_text
    from sample_release.mail_print import print_mails
    from sample_release.scans import Fault, scan_pdf

    source = print_mails(mail_text.PRINTOUTS_DIGITAL, title="Scan", first_bates=1)
    for page in range(count):
        scan = scan_pdf(source, range(page, page + 1), (Fault(),), "Scan", seed=page)
        yield f"scans/scan {page}.pdf", scan


def make_large(folder: Path, files: int, pages: int, seed: int = 1) -> int:
    """Write a release of so many files and pages in all; return the bytes.

    Of ten files seven are memoranda in PDF, two printed conversations in PDF, one plain text, where
    a release would have a scan. Folders hold a thousand files. The first n are the same in every
    release that has as many pages a file.
    """
    prose = Prose(seed)
    # Pages are drawn from a stock: writing new ones would take longer than reading them.
    stock = [page for _ in range(300) for page in memo(prose, 2)]
    each = max(1, pages // files)
    size = 0
    for number in range(files):
        content = _large_file(prose, stock, number, each)
        name = f"{number:06}.{'txt' if number % 10 == 9 else 'pdf'}"
        file = folder / f"box {number // 1000:03}" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        size += len(content)
    return size


def _large_file(prose: Prose, stock: Sequence[list[str]], number: int, pages: int) -> bytes:
    chance = random.Random(number)
    drawn = [
        [f"File {number}, page {page + 1}", *_shuffled(chance.choice(stock), chance)]
        for page in range(pages)
    ]
    if number % 10 == 9:
        return "\f".join("\n".join(page) for page in drawn).encode()
    if number % 10 in (3, 6):
        talk = Conversation(prose, number, 2)
        lines = wrapped(talk.printed(1))
        drawn = [*(lines[at : at + 50] for at in range(0, len(lines), 50)), *drawn][:pages]
    return text_pdf(drawn, f"QHPD-{number * pages + 1:08}")


def _shuffled(lines: Sequence[str], chance: random.Random) -> list[str]:
    """Give another page with the words of one, which is no near-duplicate of it."""
    words = " ".join(lines).split()
    chance.shuffle(words)
    text = " ".join(words)
    return wrapped(text)
