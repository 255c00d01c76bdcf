"""What a reader sees of an e-mail: the parts that are its text, and those that are attached.

Extraction shows the first, the walk through containers reads the second on their own; both ask
here, so that nothing falls between them.
"""

from dataclasses import dataclass

from recordsearch.mime.header import Buffer, Header, read_header
from recordsearch.mime.names import file_name, one_line
from recordsearch.mime.parts import Part, payload, payload_size, split

SMALL_PICTURE_BYTES = 4_096
"""Pictures inside the text below this are logos and spacers; read by OCR they would flood it."""

_SHOWN = frozenset({"text/plain", "text/html"})
# Reports of mail servers: text that belongs to the message (RFC 3464, RFC 3462).
_REPORTS = frozenset({"message/delivery-status", "text/rfc822-headers"})
_SIGNATURES = frozenset(
    {
        *("application/pgp-signature", "application/pkcs7-signature"),
        "application/x-pkcs7-signature",
    }
)
_MESSAGES = frozenset({"message/rfc822", "message/global"})
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_ELSEWHERE = frozenset({"message/external-body", "message/partial"})


@dataclass(frozen=True, slots=True)
class Attached:
    """A part that is attached: its name, empty where it has none, and its size in bytes.

    ``passed_over`` says why it is no document of its own, or is empty.
    """

    part: Part
    name: str
    size: int
    passed_over: str

    @property
    def is_tnef(self) -> bool:
        """Whether Outlook packed the real attachments into this one."""
        return self.part.kind in _TNEF or self.name.lower() == "winmail.dat"


@dataclass(frozen=True, slots=True)
class Mail:
    """A message taken apart; ``cut`` says why parts of it are missing, or is empty."""

    header: Header
    texts: tuple[Part, ...]
    attached: tuple[Attached, ...]
    cut: str


def look(data: Buffer, start: int = 0, end: int | None = None) -> Mail:
    """Tell the parts of the message at ``[start, end)`` that are shown from those attached."""
    root, cut = split(data, start, end)
    shown = _shown(data, root)
    places = {id(part) for part in shown}
    passed = _other_alternatives(root, places)
    woven = _woven(root)
    attached = tuple(
        _attached(data, part, woven=id(part) in woven)
        for part in root.leaves()
        if id(part) not in places and id(part) not in passed
    )
    return Mail(root.header, tuple(shown), attached, cut)


def _is_text(part: Part) -> bool:
    if part.kind in _REPORTS:
        return True
    disposition = part.header.raw("content-disposition")[:40].lower().strip()
    return (
        part.kind in _SHOWN
        and not disposition.startswith("attachment")
        and not part.header.file_name()
    )


def _shown(data: Buffer, part: Part) -> list[Part]:
    """Return the parts that are shown, in their order.

    Of alternatives the plain text is shown if it says anything, else the first that does (RFC
    2046, 5.1.4); all other texts are shown one after the other.
    """
    if not part.children:
        return [part] if _is_text(part) else []
    if part.kind != "multipart/alternative":
        return [one for child in part.children for one in _shown(data, child)]
    readings = [(child, shown) for child in part.children if (shown := _shown(data, child))]
    said = [one for one in readings if any(_says_something(data, text) for text in one[1])]
    said.sort(key=lambda one: one[0].kind != "text/plain")
    return said[0][1] if said else []


def _says_something(data: Buffer, part: Part) -> bool:
    return bool(payload(data, part).strip())


def _other_alternatives(root: Part, shown: set[int]) -> set[int]:
    """Return the text parts that say again what is shown: neither shown nor attached."""
    return {id(part) for part in root.leaves() if id(part) not in shown and _is_text(part)}


def _woven(part: Part, *, inside: bool = False) -> set[int]:
    """Return the parts that a page of HTML may show in its text (RFC 2387)."""
    inside = inside or part.kind == "multipart/related"
    found = {id(part)} if inside else set()
    return found.union(*(_woven(child, inside=inside) for child in part.children))


def _attached(data: Buffer, part: Part, *, woven: bool) -> Attached:
    name = file_name(part.header.file_name())
    if not name and part.kind in _MESSAGES:
        subject = one_line(read_header(data, part.start, part.end)[0].text("subject"))
        name = file_name(f"{subject.replace('/', '-') or 'message'}.eml")
    size = payload_size(data, part)
    return Attached(part, name, size, _passed_over(part, size, woven=woven))


def _passed_over(part: Part, size: int, *, woven: bool) -> str:
    if not size:
        return "empty"
    if part.kind in _ELSEWHERE:
        return "kept elsewhere"
    if part.kind in _SIGNATURES:
        return "a cryptographic signature"
    return small_picture(part.kind, size, inline=_is_inline(part, woven=woven))


def small_picture(kind: str, size: int, *, inline: bool) -> str:
    """Say why a picture is no document of its own, if it stands in the text and is small."""
    small = inline and kind.startswith("image/") and size < SMALL_PICTURE_BYTES
    return f"a picture in the text under {SMALL_PICTURE_BYTES:,} bytes" if small else ""


def _is_inline(part: Part, *, woven: bool) -> bool:
    disposition = part.header.raw("content-disposition")[:40].lower().strip()
    if disposition.startswith("inline"):
        return True
    named = bool(part.header.raw("content-id"))
    return named and (woven or not disposition.startswith("attachment"))
