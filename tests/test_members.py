"""Members of containers: listed, read, and taken out of containers in containers."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recordsearch.errors import UnreadableError
from recordsearch.records import CONTAINERS, MediaType
from recordsearch.sources import member_store
from recordsearch.sources import members as members_module
from recordsearch.sources.detect import detect_type
from recordsearch.sources.members import (
    MemberList,
    list_members,
    member_at,
    read_member,
)

MAIL = MediaType.EMAIL
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "2_email"
FROM = b"From ada@example.gov Tue Mar  3 10:11:12 2020\n"

Listed = Callable[..., MemberList]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of this test's own, and no member at hand."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(member_store, "_folders", [])
    return folder


def mail(subject: str = "The permits", text: str = "See attached.\n") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ada Quill <ada@example.gov>"
    message["Date"] = "Tue, 03 Mar 2020 10:11:12 -0800"
    message["Subject"] = subject
    message.set_content(text)
    return message


def attach(message: EmailMessage, content: bytes, name: str, kind: str = "application/pdf") -> None:
    main, sub = kind.split("/")
    message.add_attachment(content, maintype=main, subtype=sub, filename=name)


def save(folder: Path, content: "bytes | EmailMessage", name: str = "file") -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else bytes(content))
    return str(path)


def test_attachments_are_members_with_their_bytes(tmp_path: Path) -> None:
    message = mail()
    attach(message, b"%PDF-1.4 \x00\xff\r\n", "exhibit ä.pdf")
    attach(message, b"a,b\n1,2\n", "table.csv", "text/csv")
    path = save(tmp_path, message)
    listed = list_members(path, MAIL)
    assert [(one.name, one.size) for one in listed.members] == [
        ("exhibit ä.pdf", 13),
        ("table.csv", 8),
    ]
    assert (listed.cut, listed.skipped) == ("", 0)
    content = [read_member(path, MAIL, one.locator) for one in listed.members]
    assert content == [b"%PDF-1.4 \x00\xff\r\n", b"a,b\n1,2\n"]


def test_an_attached_message_keeps_its_bytes(tmp_path: Path) -> None:
    inner = b"From:  ada@example.gov\nX-Odd :one\nSubject: kept\n as it is\n"
    inner += b"Date: Tue, 3 Mar 2020 10:11:12 -0800\n\nbody  \n"
    data = (
        b"MIME-Version: 1.0\nFrom: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\n\nhello\n--b\nContent-Type: message/rfc822\n\n" + inner + b"\n--b--\n"
    )
    path = save(tmp_path, data)
    (member,) = list_members(path, MAIL).members
    assert member.name == "kept as it is.eml"
    assert read_member(path, MAIL, member.locator) == inner


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\scan.pdf", "scan.pdf"),
        ("..", "part 2 (application/pdf)"),
        ("a\x00b\x1b[31m.pdf", "ab[31m.pdf"),
        ("\u202egnp.exe", "gnp.exe"),
        ("=?utf-8?q?caf=C3=A9.pdf?=", "café.pdf"),
        ("x" * 500 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_names_are_for_reading(tmp_path: Path, name: str, shown: str) -> None:
    escaped = name.replace("\\", "\\\\")
    data = (
        "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        "--b\n\nhello\n--b\nContent-Type: application/pdf\n"
        f'Content-Disposition: attachment; filename="{escaped}"\n\n%PDF\n--b--\n'
    )
    path = save(tmp_path, data.encode())
    assert [one.name for one in list_members(path, MAIL).members] == [shown]


def test_small_pictures_in_the_text_are_counted_not_listed(tmp_path: Path) -> None:
    message = mail()
    message.add_alternative("<p>See <img src='cid:a'></p>", subtype="html")
    (html,) = [part for part in message.walk() if part.get_content_type() == "text/html"]
    assert isinstance(html, EmailMessage)
    html.add_related(b"\x89PNG tiny", "image", "png", cid="<a>", filename="logo.png")
    html.add_related(b"\x89PNG" + b"x" * 9_000, "image", "png", cid="<b>", filename="scan.png")
    attach(message, b"\x89PNG small", "sent.png", "image/png")
    attach(message, b"", "empty.pdf")
    attach(message, b"signed", "smime.p7s", "application/pkcs7-signature")
    listed = list_members(save(tmp_path, message), MAIL)
    assert [one.name for one in listed.members] == ["scan.png", "sent.png"]
    assert listed.skipped == 3
    for reason in ("1 a picture in the text", "1 empty", "1 a cryptographic signature"):
        assert reason in listed.skipped_reason


def test_a_mail_without_attachments_has_no_members(tmp_path: Path) -> None:
    message = mail()
    message.add_alternative("<p>See attached.</p>", subtype="html")
    assert list_members(save(tmp_path, message), MAIL) == MemberList(())
    assert list_members(save(tmp_path, b"plain"), MediaType.TEXT) == MemberList(())


def test_a_mail_that_is_an_attachment(tmp_path: Path) -> None:
    data = b"From: a@b.example\nContent-Type: application/pdf; name=a.pdf\n\n%PDF-1.4"
    path = save(tmp_path, data)
    (member,) = list_members(path, MAIL).members
    assert read_member(path, MAIL, member.locator) == b"%PDF-1.4"


@pytest.mark.parametrize(
    ("encoding", "body", "expected"),
    [
        ("base64", b"aGVs\n!bG8\n", b"hello"),
        ("base64", b"aGVsbG8gd", b"hello "),
        ("BASE64", b"\xff\xfe aGVs\xffbG8=", b"hello"),
        ("quoted-printable", b"caf=C3=A9 =ZZ=\n end", b"caf\xc3\xa9 =ZZ end"),
        ("x-uuencode", b"begin 644 a\n%:&5L;&\\\n`\nend\n", b"hello"),
        ("x-unknown", b"as it is", b"as it is"),
    ],
)
def test_transfer_encodings_are_undone_as_far_as_they_go(
    tmp_path: Path, encoding: str, body: bytes, expected: bytes
) -> None:
    data = b"From: a@b.example\nContent-Type: application/pdf\nContent-Transfer-Encoding: "
    path = save(tmp_path, data + encoding.encode() + b"\n\n" + body)
    (member,) = list_members(path, MAIL).members
    assert read_member(path, MAIL, member.locator) == expected


@pytest.mark.parametrize("locator", ["", "9", "1", "2/1", "../x", "2" * 100, "²", "-1", "0+5"])
@pytest.mark.parametrize("media_type", [MAIL, MediaType.MBOX, MediaType.TNEF, MediaType.TEXT])
def test_a_locator_that_finds_nothing(tmp_path: Path, media_type: MediaType, locator: str) -> None:
    path = save(tmp_path, b"abc" if media_type is MediaType.MBOX else mail())
    with pytest.raises(UnreadableError) as caught:
        read_member(path, media_type, locator)
    assert caught.value.message


def test_parts_without_end_are_cut_and_told(tmp_path: Path) -> None:
    head = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n"
    part = b"--b\nContent-Type: application/pdf; name=a.pdf\n\nx\n"
    listed = list_members(save(tmp_path, head + part * 100_000), MAIL)
    assert len(listed.members) == 2_000
    assert "2,000 parts" in listed.cut


def test_nesting_without_end_is_cut_and_told(tmp_path: Path) -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
        for level in range(10_000)
    )
    listed = list_members(save(tmp_path, b"From: a@b.example\n" + nested + b"\nend"), MAIL)
    assert "deep" in listed.cut


@settings(max_examples=60)
@given(st.binary(max_size=500))
def test_any_mail_is_listed_and_read(data: bytes) -> None:
    head = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    with tempfile.NamedTemporaryFile() as file:
        file.write(head + data.replace(b"|", b"\n--b\n"))
        file.flush()
        for member in list_members(file.name, MAIL).members:
            read_member(file.name, MAIL, member.locator)


# --- mailboxes -------------------------------------------------------------------------------


def box(tmp_path: Path, content: bytes) -> list[bytes]:
    path = save(tmp_path, content, "box")
    listed = list_members(path, MediaType.MBOX)
    assert not listed.cut
    return [read_member(path, MediaType.MBOX, one.locator) for one in listed.members]


def message(number: int, body: bytes = b"hello\n", header: bytes = b"") -> bytes:
    head = b"From: a@b.example\nDate: Tue, 3 Mar 2020 10:11:12 +0000\nSubject: no %d\n" % number
    return head + header + b"\n" + body


def test_a_mailbox_holds_its_messages(tmp_path: Path) -> None:
    content = FROM + message(1) + b"\n" + FROM + message(2)
    path = save(tmp_path, content)
    assert detect_type(content) is MediaType.MBOX
    assert MediaType.MBOX in CONTAINERS
    listed = list_members(path, MediaType.MBOX)
    assert [one.name for one in listed.members] == ["message 1 no 1.eml", "message 2 no 2.eml"]
    assert box(tmp_path, content) == [message(1) + b"\n", message(2)]


def test_line_ends_of_mailboxes(tmp_path: Path) -> None:
    content = (FROM + message(1) + b"\n" + FROM + message(2)).replace(b"\n", b"\r\n")
    assert len(box(tmp_path, b"\xef\xbb\xbf" + content)) == 2


@pytest.mark.parametrize(
    "line",
    [
        b"From here on, we meet at 10:30 in May 2020.\n",
        b"From: b@c.example\n",
        b"From now on\n",
    ],
)
def test_lines_of_text_that_begin_with_from_part_nothing(tmp_path: Path, line: bytes) -> None:
    (only,) = box(tmp_path, FROM + message(1, b"hello\n\n" + line + b"more\n"))
    assert line in only


def test_quoted_from_lines_are_unquoted(tmp_path: Path) -> None:
    (only,) = box(tmp_path, FROM + message(1, b"\n>From me\n>>From you\n> From is kept\n"))
    assert only.endswith(b"\nFrom me\n>From you\n> From is kept\n")


def test_a_told_length_is_followed_where_it_leads_to_a_message(tmp_path: Path) -> None:
    body = b"quoting:\n\n" + FROM + b"Subject: not a message\n\nend\n"
    told = message(1, body, b"Content-Length: %d\n" % len(body))
    first, second = box(tmp_path, FROM + told + b"\n" + FROM + message(2))
    assert first == told + b"\n"
    assert second == message(2)


@pytest.mark.parametrize("told", [b"3", b"99999999", b"-5", b"x", b"9" * 400])
def test_a_told_length_that_lies_is_passed_over(tmp_path: Path, told: bytes) -> None:
    lying = message(1, header=b"Content-Length: " + told + b"\n")
    assert len(box(tmp_path, FROM + lying + b"\n" + FROM + message(2))) == 2


@pytest.mark.parametrize("offset", range(-12, 3))
def test_messages_are_found_wherever_the_file_is_read_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offset: int
) -> None:
    from recordsearch.sources import member_mbox

    monkeypatch.setattr(member_mbox, "_CHUNK", 5_000)
    filling = 3_000 - len(FROM) - len(message(1, b"\n")) + offset
    content = FROM + message(1, b"x" * filling + b"\n\n") + (FROM + message(2) + b"\n") * 60
    assert len(box(tmp_path, content)) == 61


def test_a_mailbox_with_bare_messages(tmp_path: Path) -> None:
    bare = b"From x@y.example Mon Jun 01 10:00:00 2009\n\nOne text\n\n"
    content = bare * 2
    assert detect_type(content) is MediaType.MBOX
    assert box(tmp_path, content) == [b"\nOne text\n\n"] * 2


def test_messages_with_a_bare_header_are_known_as_messages(tmp_path: Path) -> None:
    (only,) = box(tmp_path, FROM + b"Content-Type: text/html\n\n<p>hello</p>\n")
    assert detect_type(only) is MAIL


def test_a_mailbox_without_end_is_cut_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recordsearch.sources import member_mbox

    monkeypatch.setattr(member_mbox, "MESSAGES", 10)
    listed = list_members(save(tmp_path, (FROM + message(1) + b"\n") * 20), MediaType.MBOX)
    assert len(listed.members) == 10
    assert "more than 10 messages" in listed.cut


# --- members of members ------------------------------------------------------------------------


def nested(tmp_path: Path) -> tuple[str, bytes]:
    """Save a mailbox with a mail, with a mail attached, with a PDF attached."""
    pdf = b"%PDF-1.4 " + bytes(range(256)) * 40
    inner = mail("Inner")
    attach(inner, pdf, "scan.pdf")
    outer = mail("Outer")
    outer.add_attachment(inner)
    return save(tmp_path, FROM + bytes(outer), "box"), pdf


def test_a_member_is_found_through_all_levels(tmp_path: Path, temporary: Path) -> None:
    path, pdf = nested(tmp_path)
    locators: list[str] = []
    media_type = MediaType.MBOX
    for _ in range(3):
        with member_at(path, MediaType.MBOX, locators) as taken:
            (one,) = list_members(taken, media_type).members
        locators.append(one.locator)
        media_type = MAIL
    with member_at(path, MediaType.MBOX, locators) as taken:
        assert Path(taken).read_bytes() == pdf
        assert Path(taken).is_relative_to(temporary)
    files = [one for one in temporary.rglob("*") if one.is_file() and one.name != ".lock"]
    assert len(files) == 3, "the last one stays at hand, and what it was taken out of"


def test_a_member_is_taken_out_once(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = mail()
    attach(message, b"%PDF-1.4", "a.pdf")
    attach(message, b"second", "b.txt")
    path = save(tmp_path, message)
    first, second = (one.locator for one in list_members(path, MAIL).members)
    read: list[str] = []
    take = members_module._take_member

    def counting(path: str, media_type: MediaType, locator: str, *rest: Any) -> None:
        read.append(locator)
        take(path, media_type, locator, *rest)

    monkeypatch.setattr(members_module, "_take_member", counting)
    for _ in range(3):
        with member_at(path, MAIL, [first]) as taken:
            assert Path(taken).read_bytes() == b"%PDF-1.4"
    assert read == [first]
    with ExitStack() as stack:
        one = stack.enter_context(member_at(path, MAIL, [first]))
        other = stack.enter_context(member_at(path, MAIL, [second]))
        assert Path(one).read_bytes() == b"%PDF-1.4", "it is still in use"
        assert Path(other).read_bytes() == b"second"
    assert not Path(one).exists()
    shutil.copy(save(tmp_path, mail(), "changed"), path)
    with pytest.raises(UnreadableError), member_at(path, MAIL, [second]):
        pass


def test_no_locators_give_the_file_itself(tmp_path: Path) -> None:
    with member_at(str(tmp_path / "x"), MediaType.PDF, []) as taken:
        assert taken == str(tmp_path / "x")


def test_levels_beyond_the_limit_are_refused(tmp_path: Path) -> None:
    path, _ = nested(tmp_path)
    with (
        pytest.raises(UnreadableError, match="nested more than 8 deep"),
        member_at(path, MediaType.MBOX, ["1"] * 9),
    ):
        pass


def test_a_chain_that_leads_nowhere_leaves_only_its_way(tmp_path: Path, temporary: Path) -> None:
    path, _ = nested(tmp_path)
    (one,) = list_members(path, MediaType.MBOX).members
    for locators, levels in (([one.locator, "7"], 1), ([one.locator, "2", "2", "1"], 3)):
        with pytest.raises(UnreadableError), member_at(path, MediaType.MBOX, locators):
            pass
        files = [one for one in temporary.rglob("*") if one.is_file() and one.name != ".lock"]
        assert len(files) == levels


TAKE = """
import os, sys
from recordsearch.records import MediaType
from recordsearch.sources.members import list_members, member_at
path = sys.argv[1]
one = list_members(path, MediaType.MBOX).members[0]
with member_at(path, MediaType.MBOX, [one.locator]) as taken:
    print(os.path.dirname(taken), flush=True)
    if sys.argv[2] == "killed":
        os.kill(os.getpid(), 9)
"""


def take(path: str, end: str, temporary: Path) -> Path:
    ran = subprocess.run(
        [sys.executable, "-c", TAKE, path, end],
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    return Path(ran.stdout.strip())


def test_a_process_removes_its_members_at_its_end(tmp_path: Path, temporary: Path) -> None:
    path, _ = nested(tmp_path)
    assert not take(path, "ended", temporary).exists()


def test_what_a_killed_process_left_is_removed(tmp_path: Path, temporary: Path) -> None:
    path, _ = nested(tmp_path)
    left = take(path, "killed", temporary)
    assert left.exists()
    os.utime(left, (1, 1))
    (one,) = list_members(path, MediaType.MBOX).members
    with member_at(path, MediaType.MBOX, [one.locator]) as taken:
        os.utime(os.path.dirname(taken), (1, 1))
        member_store.remove_leftovers()
        assert Path(taken).exists(), "this process is alive"
    assert not left.exists()


def test_a_mail_store_without_the_library_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypff", None)
    path = save(tmp_path, b"!BDN" + bytes(600))
    assert detect_type(Path(path).read_bytes()) is MediaType.PST
    with pytest.raises(UnreadableError, match="optional library") as caught:
        list_members(path, MediaType.PST)
    assert "pip install libpff-python" in caught.value.mend


def test_a_damaged_mail_store_is_unreadable(tmp_path: Path) -> None:
    pytest.importorskip("pypff")
    with pytest.raises(UnreadableError, match="damaged"):
        list_members(save(tmp_path, b"!BDN" + bytes(600)), MediaType.PST)


def corpus_files() -> list[Path]:
    return sorted(CORPUS.glob("eml_*/*")) if CORPUS.is_dir() else []


@pytest.mark.skipif(not corpus_files(), reason="the corpus is not here")
@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: path.name)
def test_every_mail_of_the_corpus_is_read_or_told(path: Path, temporary: Path) -> None:
    media_type = detect_type(path.read_bytes()[:65_536], str(path))
    if media_type is MediaType.PST:
        pytest.importorskip("pypff")
    listed = list_members(str(path), media_type)
    assert not listed.cut
    assert listed.members or media_type not in CONTAINERS
    for one in listed.members:
        with member_at(str(path), media_type, [one.locator]) as taken:
            assert (
                os.path.getsize(taken) == one.size or one.size is None or media_type in CONTAINERS
            )
