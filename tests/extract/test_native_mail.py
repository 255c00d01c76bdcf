"""Native e-mail: headers as values, Outlook messages, winmail.dat, rich text."""

import contextlib
import struct
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recordsearch.contents import Mailbox
from recordsearch.errors import UnreadableError
from recordsearch.extract import count_pages, native_message
from recordsearch.mime.addresses import mailboxes, written
from recordsearch.mime.header import decode_words
from recordsearch.mime.message import NativeMessage, sent_time
from recordsearch.mime.outlook import OutlookMessage
from recordsearch.mime.rtf import decompress, read_rtf
from recordsearch.mime.tnef import parse
from recordsearch.records import CONTAINERS, MediaType, Method, Page
from recordsearch.sources.detect import detect_type
from recordsearch.sources.members import list_members, read_member

Read = Callable[..., list[Page]]
Tree = Mapping[str, "bytes | Tree"]

HEADER = (
    b"From: =?utf-8?q?Jos=C3=A9_Marlow?= <jose@example.org>\r\n"
    b'To: "Quill, Ada" <ada@example.gov>,\r\n records@example.gov (Records Desk)\r\n'
    b"Cc: Reviewers: Tom Ash <tom@example.gov>, b@example.gov;\r\n"
    b"Bcc: Undisclosed recipients:;\r\n"
    b"Date: Tue, 3 Mar 2020 10:11:12 -0800 (PST)\r\n"
    b"Subject: Re: =?iso-8859-1?Q?Caf=E9?=\r\n permits\r\n"
    b"Message-ID: <one.two@example.org>\r\n"
    b"In-Reply-To: <zero@example.gov>\r\n"
    b"References: <root@example.gov>\r\n <zero@example.gov>\r\n"
)


def native(data: bytes, media_type: MediaType = MediaType.EMAIL) -> NativeMessage:
    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        found = native_message(file.name, media_type)
    assert found is not None
    return found


def test_a_header_is_read_as_values() -> None:
    assert native(HEADER + b"\r\nBody") == NativeMessage(
        sender=Mailbox("José Marlow", "jose@example.org"),
        to=(
            Mailbox("Quill, Ada", "ada@example.gov"),
            Mailbox("Records Desk", "records@example.gov"),
        ),
        cc=(Mailbox("Tom Ash", "tom@example.gov"), Mailbox("", "b@example.gov")),
        bcc=(),
        sent="2020-03-03T10:11:12-08:00",
        sent_as_written="Tue, 3 Mar 2020 10:11:12 -0800 (PST)",
        subject="Re: Café permits",
        message_id="one.two@example.org",
        in_reply_to="zero@example.gov",
        references=("root@example.gov", "zero@example.gov"),
    )


def test_other_kinds_of_file_have_no_header(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(HEADER)
    assert native_message(str(path), MediaType.TEXT) is None


@pytest.mark.parametrize(
    ("written_so", "expected"),
    [
        ("Tue, 3 Mar 2020 10:11:12 +0530", "2020-03-03T10:11:12+05:30"),
        ("3 Mar 2020 10:11 EST", "2020-03-03T10:11:00-05:00"),
        ("Tue, 3 Mar 2020 10:11:12", "2020-03-03T10:11:12"),
        ("Tue, 3 Mar 2020 10:11:12 -0000", "2020-03-03T10:11:12+00:00"),
        ("2020-03-03T10:11:12+01:00", "2020-03-03T10:11:12+01:00"),
        ("Wed, 11 Mar 20 09:00:00 GMT", "2020-03-11T09:00:00+00:00"),
        ("11 Mar 98 09:00 EST", "1998-03-11T09:00:00-05:00"),
        ("Wed, 11 Mar 120 09:00:00 GMT", "2020-03-11T09:00:00+00:00"),
        ("Wed, 11 Mar 2020 09:00:60 +0000", "2020-03-11T09:00+00:00"),
        ("Wed, 11 Mar 2020 24:00:00 +0000", "2020-03-11"),
        ("Wed, 11 Mar 2020 09:00:00 +9999", "2020-03-11T09:00:00"),
        ("Wed, 11 Mar 2020 09:00:00 PM GMT+0100", "2020-03-11T21:00:00+01:00"),
        ("Wed, 11 Mar 2020 09:00:00 QQQ", "2020-03-11T09:00:00"),
        ("11 Mar 2020", "2020-03-11"),
        ("Thu, 31 Dec 0000 09:00:00 +0000", ""),
        ("Tue, 31 Feb 2020 10:11:12 +0000", ""),
        ("yesterday", ""),
        ("", ""),
        ("Mon, 1 Jan 99999999999999999999 99:99:99 +9999999", ""),
    ],
)
def test_times_keep_the_offset_that_is_given(written_so: str, expected: str) -> None:
    assert sent_time(written_so) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a@b.example; c@d.example", [("", "a@b.example"), ("", "c@d.example")]),
        ('"Ash, Tom" <t@x.example>', [("Ash, Tom", "t@x.example")]),
        ("'Tom Ash' <mailto:t@x.example>", [("Tom Ash", "t@x.example")]),
        ('"open <a@b.example>, c@d.example', [("open", "a@b.example"), ("", "c@d.example")]),
        ("=?utf-8?q?Ash=2C_Tom?= <t@x.example>", [("Ash, Tom", "t@x.example")]),
        ("Tom \u202egnidaelsim\u202c <t@x.example>", [("Tom gnidaelsim", "t@x.example")]),
        ("<<>>,,;:@", [("", ":@")]),
        ("", []),
    ],
)
def test_lists_of_mailboxes(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.name, one.address) for one in mailboxes(text)] == expected


def test_mailboxes_without_end_are_bounded() -> None:
    assert len(mailboxes("a@b.example," * 100_000)) == 2_000


@given(st.text(alphabet='ab@<>(),;:"\\ =?.', max_size=200))
def test_any_list_of_mailboxes_is_read(text: str) -> None:
    written(mailboxes(text)).encode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A character cut in two by the words' ends.
        ("=?utf-8?b?w4A=?= =?utf-8?b?4oI=?=\r\n =?utf-8?b?rA==?=", "À€"),
        ("=?x-unknown?q?caf=E9?=", "café"),
        ("=?utf-8?q?open", "=?utf-8?q?open"),
        ("=?unicode_escape?q?=5Cx41?=", "\\x41"),
    ],
)
def test_encoded_words(text: str, expected: str) -> None:
    assert decode_words(text) == expected


@settings(max_examples=50)
@given(st.binary(max_size=600))
def test_any_bytes_have_a_header(data: bytes) -> None:
    native(b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n" + data)


def test_hostile_headers_are_bounded() -> None:
    found = native(
        b"To: " + b"(" * 1_000_000 + b"\nSubject: " + b"=?utf-8?q?a" * 100_000 + b"\n"
        b"References: " + b"<a@b> " * 100_000 + b"\nDate: " + b"Mon, " * 100_000 + b"\n\nx"
    )
    assert len(found.subject) <= 2_000
    assert len(found.references) <= 500
    assert len(found.sent_as_written) <= 100


# --- Outlook messages: a writer of small OLE files (MS-CFB, version 3) ----------------------------


def ole(tree: Tree) -> bytes:
    """Write an OLE file: streams are bytes, storages are trees; all streams in the mini stream."""
    entries: list[bytearray] = []
    mini = bytearray()
    mini_fat: list[int] = []

    def entry(name: str, kind: int) -> int:
        raw = bytearray(128)
        encoded = name.encode("utf-16-le")
        raw[: len(encoded)] = encoded
        struct.pack_into("<HBBIII", raw, 64, len(encoded) + 2, kind, 1, *[0xFFFFFFFF] * 3)
        entries.append(raw)
        return len(entries) - 1

    def add(owner: int, inside: Tree) -> None:
        before = -1
        for name in sorted(inside, key=lambda one: (len(one), one.upper())):
            content = inside[name]
            number = entry(name, 2 if isinstance(content, bytes) else 1)
            place = (owner, 76) if before < 0 else (before, 72)
            struct.pack_into("<I", entries[place[0]], place[1], number)
            before = number
            if not isinstance(content, bytes):
                add(number, content)
                continue
            first = len(mini_fat)
            blocks = -(-len(content) // 64)
            mini.extend(content.ljust(blocks * 64, b"\0"))
            mini_fat.extend([*range(first + 1, first + blocks), 0xFFFFFFFE][: blocks or 0])
            struct.pack_into(
                "<IQ", entries[number], 116, first if blocks else 0xFFFFFFFE, len(content)
            )

    add(entry("Root Entry", 5), tree)
    streams = [
        b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0"),
        b"".join(struct.pack("<I", one) for one in mini_fat),
        bytes(mini),
    ]
    sectors = [-(-len(one) // 512) for one in streams]
    fat = [0xFFFFFFFD]
    starts = []
    for count in sectors:
        starts.append(len(fat) if count else 0xFFFFFFFE)
        fat.extend([*range(len(fat) + 1, len(fat) + count), 0xFFFFFFFE][:count])
    assert len(fat) <= 128, "one sector of FAT is enough for what is written here"
    streams[0] = streams[0][:116] + struct.pack("<IQ", starts[2], len(mini)) + streams[0][128:]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    places = (0, 1, starts[0], 0, 4096, starts[1], sectors[1], 0xFFFFFFFE, 0)
    head += struct.pack("<HHHHH6xIIIIIIIII", 62, 3, 0xFFFE, 9, 6, *places)
    head += struct.pack("<I", 0) + b"\xff" * 432
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    body = b"".join(
        one.ljust(count * 512, b"\0") for one, count in zip(streams, sectors, strict=True)
    )
    return head + table + body


def properties(header: int, texts: Mapping[int, str | bytes], numbers: Mapping[int, int]) -> Tree:
    """Write a property set: texts as streams, numbers and times into the table."""
    table = bytes(header)
    for number, value in numbers.items():
        kind = 0x0040 if number == 0x0039 else 0x0003
        table += struct.pack("<HHIQ", kind, number, 6, value)
    streams: dict[str, bytes | Tree] = {"__properties_version1.0": table}
    for number, text in texts.items():
        if isinstance(text, str):
            streams[f"__substg1.0_{number:04X}001F"] = text.encode("utf-16-le")
        else:
            streams[f"__substg1.0_{number:04X}0102"] = text
    return streams


SENT = 132_277_326_720_000_000  # 2020-03-03T18:11:12Z as a Windows file time


def outlook_message(**more: bytes | Tree) -> bytes:
    tree: dict[str, bytes | Tree] = {
        **properties(
            32,
            {
                0x001A: "IPM.Note",
                0x0037: "The permits, again",
                0x0C1A: "Ada Quill",
                0x0C1F: "/O=CITY/CN=AQUILL",
                0x5D01: "ada@example.gov",
                0x1000: "Please find the permits.\r\n",
                0x1035: "<m1@example.gov>",
            },
            {0x0039: SENT},
        ),
        "__recip_version1.0_#00000000": properties(
            8, {0x3001: "José Marlow", 0x39FE: "jose@example.org"}, {0x0C15: 1}
        ),
        "__recip_version1.0_#00000001": properties(8, {0x3001: "Tom Ash"}, {0x0C15: 2}),
        "__attach_version1.0_#00000000": properties(
            8, {0x3707: "permits.txt", 0x3701: b"list of permits"}, {0x3705: 1}
        ),
        "__attach_version1.0_#00000001": {
            **properties(8, {0x3001: "An older one"}, {0x3705: 5}),
            "__substg1.0_3701000D": properties(
                24, {0x0037: "An older one", 0x1000: "Inner text"}, {0x0039: SENT}
            ),
        },
        **more,
    }
    return ole(tree)


def test_an_outlook_message_reads_as_if_printed(read: Read) -> None:
    (page,) = read(outlook_message(), MediaType.MSG)
    assert page.text == (
        "From: Ada Quill <ada@example.gov>\nSent: 2020-03-03T18:11:12+00:00\n"
        "To: José Marlow <jose@example.org>\nCc: Tom Ash\nSubject: The permits, again\n"
        "Attachments: permits.txt; An older one.eml\n\nPlease find the permits."
    )
    assert (page.method, page.poor) == (Method.TEXT, "")


def test_an_outlook_message_has_a_header_of_values() -> None:
    found = native(outlook_message(), MediaType.MSG)
    assert found.sender == Mailbox("Ada Quill", "ada@example.gov")
    assert found.to == (Mailbox("José Marlow", "jose@example.org"),)
    assert found.cc == (Mailbox("Tom Ash", ""),)
    assert (found.sent, found.message_id) == ("2020-03-03T18:11:12+00:00", "m1@example.gov")
    assert found.attachments == ("permits.txt", "An older one.eml")


def test_the_header_that_a_message_was_sent_with_tells_the_offset() -> None:
    headers = "Date: Tue, 3 Mar 2020 10:11:12 -0800\r\nFrom: Ada Quill <ada@example.gov>\r\n"
    sent_with = {"__substg1.0_007D001F": headers.encode("utf-16-le")}
    assert native(outlook_message(**sent_with), MediaType.MSG).sent == "2020-03-03T10:11:12-08:00"


def test_attachments_of_an_outlook_message_are_members(tmp_path: Path) -> None:
    path = tmp_path / "m.msg"
    path.write_bytes(outlook_message())
    assert detect_type(path.read_bytes(), str(path)) is MediaType.MSG
    listed = list_members(str(path), MediaType.MSG)
    assert [one.name for one in listed.members] == ["permits.txt", "An older one.eml"]
    content = [read_member(str(path), MediaType.MSG, one.locator) for one in listed.members]
    assert content[0] == b"list of permits"
    assert detect_type(content[1]) is MediaType.EMAIL
    inner = native(content[1])
    assert (inner.subject, inner.sent) == ("An older one", "2020-03-03T18:11:12+00:00")
    assert content[1] == read_member(str(path), MediaType.MSG, listed.members[1].locator)


def test_a_message_in_a_message_keeps_its_attachments(tmp_path: Path) -> None:
    scan = properties(8, {0x3707: 'a "scan".pdf', 0x3701: b"%PDF-1.4"}, {0x3705: 1})
    inner: Tree = {
        **properties(24, {0x0037: "Forged\r\nBcc: x@y.example", 0x0C1A: 'Quill, "Ada"'}, {}),
        "__attach_version1.0_#00000000": scan,
    }
    attached: Tree = {
        **properties(8, {0x3001: "Inner"}, {0x3705: 5}),
        "__substg1.0_3701000D": inner,
    }
    path = tmp_path / "m.msg"
    path.write_bytes(outlook_message(**{"__attach_version1.0_#00000001": attached}))
    content = read_member(str(path), MediaType.MSG, "2")
    found = native(content)
    assert (found.sender, found.bcc) == (Mailbox("Quill, 'Ada'", ""), ())
    assert found.subject == "Forged Bcc: x@y.example"
    path.write_bytes(content)
    (member,) = list_members(str(path), MediaType.EMAIL).members
    assert member.name == "a 'scan'.pdf"
    assert read_member(str(path), MediaType.EMAIL, member.locator) == b"%PDF-1.4"


@pytest.mark.parametrize(
    ("stream", "content"),
    [
        ("__substg1.0_10130102", b"<html><body><p>From <b>HTML</b></p><style>x</style></body>"),
        ("__substg1.0_10090102", b""),
    ],
)
def test_bodies_that_are_not_plain_text(read: Read, stream: str, content: bytes) -> None:
    from compressed_rtf import compress

    content = content or compress(rb"{\rtf1\ansi From {\b HTML}\par}")
    bare = properties(32, {0x001A: "IPM.StickyNote", 0x0037: "A note"}, {})
    (page,) = read(ole({**bare, stream: content}), MediaType.MSG)
    assert page.text == "Subject: A note\n\nFrom HTML"


def test_a_text_that_is_damaged_is_told(read: Read) -> None:
    tree = dict(properties(32, {0x0037: "A note", 0x1009: b"damaged rich text"}, {}))
    (page,) = read(ole(tree), MediaType.MSG)
    assert page.text == "Subject: A note"
    assert page.poor == "the message's text is damaged"


def test_texts_that_are_not_unicode_follow_the_code_page(read: Read) -> None:
    tree = dict(properties(32, {}, {0x3FFD: 1251}))
    tree["__substg1.0_0037001E"] = "Разрешения".encode("cp1251")
    (page,) = read(ole(tree), MediaType.MSG)
    assert page.text == "Subject: Разрешения"


@pytest.mark.parametrize("end", [0, 100, 600])
def test_a_damaged_outlook_message_is_unreadable(tmp_path: Path, end: int) -> None:
    path = tmp_path / "m.msg"
    path.write_bytes(outlook_message()[:end] or b"no OLE")
    with pytest.raises(UnreadableError) as caught:
        count_pages(str(path), MediaType.MSG)
    assert caught.value.message
    assert caught.value.mend


@pytest.mark.parametrize("end", range(1024, 6_400, 250))
def test_an_outlook_message_that_is_cut_off_is_never_read_in_silence(read: Read, end: int) -> None:
    try:
        (page,) = read(outlook_message()[:end], MediaType.MSG)
    except UnreadableError as error:
        told = error.message
    else:
        told = page.poor
    assert told


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255)), max_size=20))
def test_any_damage_is_read_or_told(changes: list[tuple[int, int]]) -> None:
    data = bytearray(outlook_message())
    for place, value in changes:
        data[place % len(data)] = value
    try:
        native(bytes(data), MediaType.MSG)
    except UnreadableError as error:
        assert error.mend  # noqa: PT017


def test_office_files_are_no_messages() -> None:
    with pytest.raises(UnreadableError, match="Office"):
        detect_type(ole({"WordDocument": b"text", "1Table": b"more"}))


# --- winmail.dat -------------------------------------------------------------------------------


def tnef(*attributes: tuple[int, int, bytes]) -> bytes:
    out = b"\x78\x9f\x3e\x22\x01\x00"
    for level, number, value in attributes:
        out += struct.pack("<BII", level, number, len(value)) + value
        out += struct.pack("<H", sum(value) & 0xFFFF)
    return out


def tnef_properties(*entries: tuple[int, int, bytes]) -> bytes:
    out = struct.pack("<I", len(entries))
    for kind, number, value in entries:
        out += struct.pack("<HH", kind, number)
        if kind in (0x001F, 0x0102, 0x000D):
            out += struct.pack("<II", 1, len(value)) + value + bytes(-len(value) % 4)
        else:
            out += value
    return out


def winmail(text: bytes = b"Packed text") -> bytes:
    inner = tnef((1, 0x00018004, b"The inner one\0"), (1, 0x0002800C, b"Inner text\0"))
    named = struct.pack("<HH16sII", 0x0003, 0x8001, bytes(16), 0, 7) + struct.pack("<I", 1)
    message = tnef_properties((0x001F, 0x0037, "Packed subject".encode("utf-16-le")))
    message = struct.pack("<I", 2) + named + message[4:]
    long_name = tnef_properties((0x001F, 0x3707, "../../etc/the plan.txt".encode("utf-16-le")))
    as_message = tnef_properties((0x000D, 0x3701, bytes(16) + inner))
    return tnef(
        (1, 0x00069007, struct.pack("<II", 1252, 0)),
        (1, 0x0002800C, text + b"\0"),
        (1, 0x00069003, message),
        (2, 0x00069002, bytes(14)),
        (2, 0x00018010, b"THEPLA~1.TXT\0"),
        (2, 0x0006800F, b"the plan itself"),
        (2, 0x00069005, long_name),
        (2, 0x00069002, bytes(14)),
        (2, 0x00069005, as_message),
    )


def test_a_winmail_dat_holds_its_text_and_attachments(tmp_path: Path) -> None:
    path = tmp_path / "winmail.dat"
    path.write_bytes(winmail())
    assert detect_type(path.read_bytes()) is MediaType.TNEF
    assert MediaType.TNEF in CONTAINERS
    assert count_pages(str(path), MediaType.TNEF) == 0
    listed = list_members(str(path), MediaType.TNEF)
    assert [one.name for one in listed.members] == [
        "Packed subject.eml",
        "the plan.txt",
        "message.eml",
    ]
    text, plan, inner = (
        read_member(str(path), MediaType.TNEF, one.locator) for one in listed.members
    )
    assert native(text).subject == "Packed subject"
    assert plan == b"the plan itself"
    assert native(inner).subject == "The inner one"


def mail_with_winmail(text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "ada@example.gov"
    message["Subject"] = "With a package"
    message.set_content(text)
    message.add_attachment(
        winmail(), maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    return message


def test_what_is_packed_in_a_mail_is_attached_to_it(read: Read, tmp_path: Path) -> None:
    message = mail_with_winmail("The mail's own text")
    (page,) = read(bytes(message), MediaType.EMAIL)
    assert "Attachments: the plan.txt; unnamed\n\nThe mail's own text" in page.text
    assert "Packed text" not in page.text
    path = tmp_path / "m.eml"
    path.write_bytes(bytes(message))
    listed = list_members(str(path), MediaType.EMAIL)
    assert [one.name for one in listed.members] == ["the plan.txt", "message.eml"]
    assert read_member(str(path), MediaType.EMAIL, listed.members[0].locator) == b"the plan itself"


def test_packed_text_is_shown_where_there_is_no_other(read: Read) -> None:
    (page,) = read(bytes(mail_with_winmail(" ")), MediaType.EMAIL)
    assert page.text.endswith("Packed text")


@given(st.binary(max_size=200), st.integers(0, 500))
def test_any_winmail_dat_is_read_or_cut(data: bytes, at: int) -> None:
    whole = winmail()
    message = parse(whole[: 6 + at] + data)
    assert message.cut == "" or "winmail.dat" in message.cut


def innermost(message: OutlookMessage) -> None:
    while (inner := message.attachments[0].message) is not None:
        message = inner()


def test_winmail_dats_in_each_other_end() -> None:
    data = winmail()
    for _ in range(40):
        packed = tnef_properties((0x000D, 0x3701, bytes(16) + data))
        data = tnef((2, 0x00069002, bytes(14)), (2, 0x00069005, packed))
    message = parse(data)
    with pytest.raises(UnreadableError, match="nested"):
        innermost(message)


# --- rich text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (rb"{\rtf1\ansi\ansicpg1252 caf\'e9 \u8364?\par two\tab three}", "café €\ntwo\tthree"),
        (rb"{\rtf1{\fonttbl{\f0 Arial;}{\f1\fcharset204 X;}}\f1 \'d0\'e0\'e7}", "Раз"),
        (rb"{\rtf1\ansicpg932 \'8b\'96\'89\'c2}", "許可"),
        (rb"{\rtf1{\*\generator x;}{\info{\author me}}a\{b\}\\c}", "a{b}\\c"),
        (rb"{\rtf1\u55357?\u56832?}", "\U0001f600"),
        (rb"{\rtf1\uc2\u8364 eu after}", "€ after"),
    ],
)
def test_rich_text(data: bytes, expected: str) -> None:
    assert read_rtf(data) == (expected, "text/plain")


def test_html_inside_rich_text() -> None:
    data = (
        rb"{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}\htmlrtf {\b \htmlrtf0 Bold"
        rb"\htmlrtf }\htmlrtf0{\*\htmltag72 </p>}}"
    )
    assert read_rtf(data) == ("<p>Bold</p>", "text/html")


@given(st.binary(max_size=300))
def test_any_rich_text_is_read(data: bytes) -> None:
    read_rtf(rb"{\rtf1" + data)[0].encode()
    with contextlib.suppress(ValueError):
        decompress(data)


def test_deep_rich_text_is_read() -> None:
    assert read_rtf(b"{" * 200_000 + b"deep")[0] == "deep"


MIXED = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="cut"\r\n',
    b"\r\n--cut\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"VGhlIHBpZXIgaXMgY2xvc2VkLg==\r\n--cut\r\nContent-Type: application/pdf\r\n"
    b"Content-Disposition: attachment; filename=pier.pdf\r\n\r\n%PDF\r\n--cut--\r\n",
)
WHO = b"From: ada@example.gov\r\nDate: Tue, 3 Mar 2020 10:11:12 -0800\r\n"


@pytest.mark.parametrize(
    "subject",
    [b"Subject: " + b"pier " * 250_000 + b"\r\n", b"Subject: pier\r\n" + b" pier\r\n" * 200_000],
    ids=["one line", "folded"],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_subject_of_any_length_leaves_an_email_one(
    read: Read, tmp_path: Path, subject: bytes, first: bool
) -> None:
    rest = WHO + MIXED[0]
    data = (subject + rest if first else rest + subject) + MIXED[1]
    path = tmp_path / "long.eml"
    path.write_bytes(data)
    assert detect_type(data[:65_536], str(path)) is MediaType.EMAIL
    (page,) = read(data, MediaType.EMAIL)
    assert page.text.endswith("The pier is closed.")
    assert len(page.text) < 30_000
    found = native(data)
    assert found.attachments == ("pier.pdf",)
    assert found.sent == "2020-03-03T10:11:12-08:00"
    assert 1_000 < len(found.subject) <= 2_000


def test_a_long_line_alone_makes_no_email(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"Subject: " + b"pier " * 20_000 + b"\nThe pier is closed.\n")
    assert detect_type(path.read_bytes()[:65_536], str(path)) is MediaType.TEXT


def test_further_authors_and_the_sender_are_told(read: Read) -> None:
    data = (
        b"From: Ada Quill <ada@example.gov>, Tom Ash <tom@example.gov>\r\n"
        b"Sender: Desk <desk@example.gov>\r\nTo: undisclosed-recipients:;\r\n"
        b"Date: Tue, 3 Mar 2020 10:11:12 -0800\r\nMIME-Version: 1.0\r\n\r\nBody"
    )
    found = native(data)
    assert found.sender == Mailbox("Ada Quill", "ada@example.gov")
    assert found.other_authors == (
        Mailbox("Tom Ash", "tom@example.gov"),
        Mailbox("Desk", "desk@example.gov"),
    )
    assert found.to == ()
    (page,) = read(data, MediaType.EMAIL)
    assert page.text.split("\n")[:4] == [
        "From: Ada Quill <ada@example.gov>, Tom Ash <tom@example.gov>",
        "Sender: Desk <desk@example.gov>",
        "Sent: Tue, 3 Mar 2020 10:11:12 -0800",
        "To: undisclosed-recipients:;",
    ]
