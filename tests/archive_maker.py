"""Archives for tests: as programs make them, and as nobody but an attacker would."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import py7zr

from recordsearch.records import MediaType

Files = Sequence[tuple[str, bytes]]

KINDS = {
    "zip": MediaType.ZIP,
    "tar": MediaType.TAR,
    "tar.gz": MediaType.GZIP,
    "tar.bz2": MediaType.BZIP2,
    "tar.xz": MediaType.XZ,
    "7z": MediaType.SEVENZIP,
}


def archive(kind: str, files: Files) -> bytes:
    """Make an archive of a kind of ``KINDS``; a name that ends by a slash is a folder."""
    if kind == "zip":
        return zip_of(files)
    if kind == "7z":
        return seven_zip(files)
    plain = tar_of(files)
    return {
        "tar": bytes,
        "tar.gz": gzip.compress,
        "tar.bz2": bz2.compress,
        "tar.xz": lzma.compress,
    }[kind](plain)


def zip_of(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as opened:
        for name, content in files:
            opened.writestr(name, content)
    return made.getvalue()


def tar_of(files: Files, form: int = tarfile.GNU_FORMAT) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=form) as opened:
        for name, content in files:
            header = tarfile.TarInfo(name)
            if name.endswith("/"):
                header.type = tarfile.DIRTYPE
            header.size = len(content)
            opened.addfile(header, io.BytesIO(content))
    return made.getvalue()


def seven_zip(files: Files, password: str | None = None, *, hidden: bool = False) -> bytes:
    made = io.BytesIO()
    with py7zr.SevenZipFile(made, "w", password=password, header_encryption=hidden) as opened:
        for name, content in files:
            opened.writestr(content, name)
    return made.getvalue()


@dataclass
class Raw:
    """An entry of a zip file made by hand: any name, any claim."""

    name: bytes
    content: bytes = b"content"
    method: int = 0
    flags: int = 0
    size: int | None = None
    extra: bytes = b""
    attributes: int = 0
    packed: bytes | None = None
    header: int | None = None


def raw_zip(raws: Sequence[Raw], before: bytes = b"") -> bytes:
    """Put a zip file together; an entry with ``header`` has no bytes of its own, but others'."""
    body, directory = b"", b""
    for one in raws:
        packed = one.content if one.packed is None else one.packed
        size = len(one.content) if one.size is None else one.size
        told = (zlib.crc32(one.content), len(packed), size, len(one.name), len(one.extra))
        place = len(body) if one.header is None else one.header
        if one.header is None:
            body += struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, one.flags, one.method, 0, 33, *told)
            body += one.name + one.extra + packed
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 3 << 8 | 20, 20, one.flags, one.method, 0, 33, *told,
            0, 0, 0, one.attributes, place,
        ) + one.name + one.extra  # fmt: skip
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, len(raws), len(raws), len(directory), len(body), 0
    )
    return before + body + directory + end


def overlapping_bomb(count: int, size: int) -> bytes:
    """Make a zip file of ``count`` files which all unpack the same packed bytes."""
    content = bytes(size)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    first = Raw(b"0", content, 8, packed=packed)
    return raw_zip([first, *(Raw(b"%d" % one, content, 8, packed=packed, header=0)
                             for one in range(1, count))])  # fmt: skip


def with_name(kind: str, name: str) -> bytes:
    """Make an archive whose one file has any name at all."""
    if kind == "zip":
        return raw_zip([Raw(name.encode("utf-8", "surrogatepass"), flags=0x800)])
    if kind == "tar":
        return tar_of([(name, b"content")], tarfile.PAX_FORMAT)
    made = io.BytesIO()
    with py7zr.SevenZipFile(made, "w") as opened:
        opened.writestr(b"content", "placeholder")
        opened.header.files_info.files[0]["filename"] = name
    return made.getvalue()


def seven_zip_with_header(files: Files, change: Callable[[bytes], bytes]) -> bytes:
    """Make a 7z archive whose list of files was changed, and has its checksums all the same."""
    made = io.BytesIO()
    with py7zr.SevenZipFile(made, "w") as opened:
        opened.set_encoded_header_mode(False)
        for name, content in files:
            opened.writestr(content, name)
    whole = made.getvalue()
    offset, size = struct.unpack("<2Q", whole[12:28])
    header = change(whole[32 + offset : 32 + offset + size])
    told = struct.pack("<2QL", offset, len(header), zlib.crc32(header))
    begin = whole[:8] + struct.pack("<L", zlib.crc32(told)) + told
    return begin + whole[32 : 32 + offset] + header


def with_checksums(tar: bytes) -> bytes:
    """Give each header of a tar archive the checksum that it must have."""
    blocks = [tar[place : place + 512] for place in range(0, len(tar), 512)]
    return b"".join(
        block[:148] + b"%06o\0 " % (sum(block[:148]) + 256 + sum(block[156:])) + block[156:]
        if block[257:262] == b"ustar"
        else block
        for block in blocks
    )
