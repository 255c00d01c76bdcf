"""What flows through the program: frozen values, picklable, with no behaviour of their own.

Units: boxes and page sizes are PDF points (1/72 inch), origin top left, x to the right, y down.
Confidence is 0 to 100. Character ranges are half open and count code points. Page numbers start
at 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class MediaType(StrEnum):
    """The kinds of file that can be read, as found from their content."""

    PDF = "application/pdf"
    TIFF = "image/tiff"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TEXT = "text/plain"
    HTML = "text/html"
    EMAIL = "message/rfc822"
    MSG = "application/vnd.ms-outlook"
    MBOX = "application/mbox"
    PST = "application/vnd.ms-outlook-pst"
    TNEF = "application/ms-tnef"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    ODP = "application/vnd.oasis.opendocument.presentation"
    RTF = "application/rtf"
    CSV = "text/csv"
    ZIP = "application/zip"
    TAR = "application/x-tar"
    GZIP = "application/gzip"
    BZIP2 = "application/x-bzip2"
    XZ = "application/x-xz"
    SEVENZIP = "application/x-7z-compressed"


CONTAINERS = frozenset(
    {
        MediaType.MBOX,
        MediaType.PST,
        MediaType.TNEF,
        MediaType.ZIP,
        MediaType.TAR,
        MediaType.GZIP,
        MediaType.BZIP2,
        MediaType.XZ,
        MediaType.SEVENZIP,
    }
)
"""Kinds that only hold other files: they have no pages of their own."""
HOLDERS = CONTAINERS | {MediaType.EMAIL, MediaType.MSG, MediaType.PDF}
"""Kinds that may hold other files."""


class OcrMode(StrEnum):
    """When a page is read by OCR: where its text layer fails, for every page, or for none."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Method(StrEnum):
    """How a page's text was had."""

    TEXT = "text"
    OCR = "ocr"
    BLANK = "blank"
    """The page shows nothing, so there was nothing to read."""
    NONE = "none"
    """The page could not be read; ``Page.poor`` says why."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user may choose about reading: when to OCR, and in which languages.

    ``language`` is one or more Tesseract language codes joined by ``+``, such as ``eng+deu``.
    """

    ocr: OcrMode = OcrMode.AUTO
    language: str = "eng"


@dataclass(frozen=True, slots=True)
class Adapter:
    """The program part that made a result, and the version that its results are stored under."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page with its box in points; ``confidence`` is None for a text layer."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float | None = None


class MarkKind(StrEnum):
    """What a page may show beside its text."""

    REDACTION = "redaction"
    """A part blacked out, whether or not its text can still be had from the file."""
    TABLE = "table"
    IMAGE = "image"
    """A picture on the page, other than the scan of the page itself."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a page shows beside its text, with its box in points, upright.

    The box of a table that is known by its text alone is the page's.
    """

    kind: MarkKind
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    r"""One page as it was read.

    ``text``       lines separated by ``\n``, as printed: words broken by a hyphen stay broken.
    ``reason``     why ``method`` was chosen, in a few words, for the catalogue and the user.
    ``confidence`` mean over the OCR's words, weighted by their length; None for a text layer.
    ``width``, ``height``  points, of the page as it is shown upright.
    ``rotation``   degrees clockwise that the content was turned by to be upright: 0, 90, 180, 270.
    ``words``      only for OCR; for a text layer they are computed when a page is shown.
    ``poor``       why the page could not be read well, empty when it could; ``mend`` what to do.
    ``other_text`` the reading that was not chosen, where a text layer and OCR both gave one.
    ``marks``      redactions, tables and pictures on the page.
    """

    number: int
    text: str
    method: Method
    adapter: Adapter
    reason: str
    confidence: float | None = None
    width: float = 0.0
    height: float = 0.0
    rotation: int = 0
    words: tuple[Word, ...] = ()
    poor: str = ""
    mend: str = ""
    other_text: str | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that a walk found.

    ``path`` is absolute; bytes that are not valid text in it are kept as surrogate escapes.
    ``name`` is the path inside its release. ``size`` (bytes) and ``modified_ns`` (nanoseconds since
    the epoch) tell whether it changed since it was read.

    A file inside a container has the container's ``path``, size and time, the container's type in
    ``container``, and in ``locators`` how to find it in there, level by level.
    """

    path: str
    name: str
    release: str
    size: int
    modified_ns: int
    locators: tuple[str, ...] = ()
    container: MediaType | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """What a file is, found by reading all of it: SHA-256 as hex, size in bytes, type, pages."""

    sha256: str
    size: int
    media_type: MediaType
    pages: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or page that could not be read as it should be; ``page`` is None for a whole file."""

    file: str
    page: int | None
    stage: str
    cause: str
    mend: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's text; the text at ``[start, end)`` of it is ``text``.

    A document's text is its pages' texts joined by a form feed.
    """

    ordinal: int
    first_page: int
    last_page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A passage as an engine takes it: its number in the catalogue, its text, its fields.

    ``fields``       the values of fields of text by name (file, release, from, to …); which names
                     there are, :data:`recordsearch.query.fields.INDEXED` says.
    ``boilerplate``  the parts of the text (half-open character ranges in it, in order) that are
                     repeated all over the release, such as signatures.
    ``sent``         the day of its message or letter, as YYYYMMDD; None where there is none.
    ``language``     its language (ISO 639-1), empty where that is not known.
    ``confidence``   the lowest of its pages; None when none was read by OCR.
    ``title``        its document's title; where it is empty, the field ``subject`` stands for it.
    """

    passage: int
    text: str
    first_page: int
    last_page: int
    fields: Mapping[str, tuple[str, ...]]
    boilerplate: tuple[tuple[int, int], ...] = ()
    sent: int | None = None
    language: str = ""
    confidence: float | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage that an engine found, and its score; a higher score is a better match."""

    passage: int
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """An engine's answer: the best passages asked for, best first, and how many match in all.

    ``notes`` says, a line each, where a limit was reached, such as on the expansion of a prefix.
    ``variants`` gives, for each word of the query that is looked for tolerantly, what it was looked
    for as: one or more words that follow one another.
    """

    total: int
    ranked: tuple[Ranked, ...]
    notes: tuple[str, ...] = ()
    variants: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with all that is needed to show and to cite it.

    ``matches`` are character ranges in ``snippet``. ``bates`` is empty where no number is
    stamped. ``confidence`` is the lowest of the passage's pages; None when none was read by OCR.
    ``near_identical`` are passages that match too, and say the same but for little. ``in_group``
    is how many hits its group has, where hits are grouped; else 0.
    """

    rank: int
    score: float
    passage: int
    document: int
    release: str
    file: str
    first_page: int
    last_page: int
    bates: str
    confidence: float | None
    snippet: str
    matches: tuple[tuple[int, int], ...]
    text: str
    near_identical: tuple[int, ...] = ()
    in_group: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far an answer can be relied on.

    ``pages`` were searched, ``pages_poor`` of them could not be read well; ``files_unread`` could
    not be read at all; ``passages_pending`` are in the catalogue and not in the index yet;
    ``documents_unfinished`` are still being read, or were when a run was stopped;
    ``run_unfinished`` tells that an ingest goes on or was stopped, so that files may be missing.
    """

    pages: int
    pages_poor: int
    files_unread: int
    passages_pending: int
    documents_unfinished: int
    run_unfinished: bool
