"""Outlook's single messages, msg (MS-OXMSG): property sets as streams in an OLE file."""

import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from recordsearch.errors import UnreadableError
from recordsearch.mime import properties as of
from recordsearch.mime.outlook import OutlookAttachment, OutlookMessage, attachment
from recordsearch.mime.properties import Properties, Value, charset_of

if TYPE_CHECKING:
    from olefile import OleFileIO

ATTACHMENTS = 2_000
DEPTH = 8
"""How deep messages attached to messages are followed inside one file."""
_RECIPIENTS = 2_000
_STREAM = "__substg1.0_"
_TABLE = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_#"
_RECIPIENT = "__recip_version1.0_#"
# Bytes before the entries of a property table (MS-OXMSG, 2.4.1).
_ROOT_HEADER, _INNER_HEADER, _OTHER_HEADER = 32, 24, 8
_FIXED = {0x0002: 2, 0x0003: 4, 0x000B: 2, 0x0014: 8, 0x0040: 8}
_MEND = "open it in Outlook and save it as .eml or PDF"

Path = tuple[str, ...]


@contextmanager
def opened(path: str) -> Iterator[OutlookMessage]:
    """Open the msg at ``path``; its values are read while the context lasts.

    :raises UnreadableError: it cannot be opened, is damaged, or no message; also in the context,
        when a value cannot be read.
    """
    from olefile import OleFileIO

    try:
        size = os.stat(path).st_size
        file = OleFileIO(path)
    except OSError as error:
        cause = f"cannot be opened: {error.strerror}" if error.strerror else "it is damaged"
        raise UnreadableError("open", f"the Outlook message {cause}", _MEND) from error
    except Exception as error:  # the library fails on damaged files in many ways
        raise _damaged(error) from error
    try:
        message = _Folder(file, size).message((), _ROOT_HEADER, 0)
        if not message.properties.values:
            raise UnreadableError("extract", "the Outlook message is damaged: it is empty", _MEND)
        if file.parsing_issues:
            message = replace(message, cut=message.cut or "the file is damaged: parts are missing")
        yield message
    except UnreadableError:
        raise
    except (OSError, ValueError, LookupError, struct.error, RecursionError) as error:
        raise _damaged(error) from error
    finally:
        file.close()


def _damaged(error: Exception) -> UnreadableError:
    cause = f"the Outlook message is damaged ({type(error).__name__})"
    return UnreadableError("extract", cause, _MEND)


class _Folder:
    """The storages and streams of an OLE file, by the storage that they stand in."""

    def __init__(self, file: "OleFileIO", size: int) -> None:
        self._file = file
        self._size = size
        self._inside: dict[Path, dict[str, Path]] = {}
        for entry in file.listdir(streams=True, storages=True):
            place = tuple(name.lower() for name in entry)  # names differ by more than case
            self._inside.setdefault(place[:-1], {})[place[-1]] = place

    def message(self, place: Path, header: int, depth: int, charset: str = "") -> OutlookMessage:
        properties = self._properties(place, header, charset)
        names = sorted(self._inside.get(place, {}))
        recipients = [name for name in names if name.startswith(_RECIPIENT)][:_RECIPIENTS]
        attached = [name for name in names if name.startswith(_ATTACHMENT)]
        cut = f"more than {ATTACHMENTS:,} attachments" if len(attached) > ATTACHMENTS else ""
        found = []
        total = 0
        for name in attached[:ATTACHMENTS]:
            one = self._attachment((*place, name), depth, properties.charset)
            total += one.size
            if total > 2 * self._size:
                # Streams that share their bytes: what is said to be there is not.
                cut = "the attachments are said to be larger than the file"
                break
            found.append(one)
        return OutlookMessage(
            properties,
            tuple(
                self._properties((*place, name), _OTHER_HEADER, properties.charset)
                for name in recipients
            ),
            tuple(found),
            cut,
        )

    def _attachment(self, place: Path, depth: int, charset: str) -> OutlookAttachment:
        properties = self._properties(place, _OTHER_HEADER, charset)
        inner = (*place, f"{_STREAM}{of.ATTACH_DATA:04x}{of.OBJECT:04x}")
        is_message = _TABLE in self._inside.get(inner, {})
        if not is_message:
            data = self._inside.get(place, {}).get(f"{_STREAM}{of.ATTACH_DATA:04x}{of.BINARY:04x}")
            return attachment(properties, None, self._file.get_size(list(data)) if data else 0)

        def open_message() -> OutlookMessage:
            if depth >= DEPTH:
                raise UnreadableError(
                    "extract", f"messages are nested more than {DEPTH} deep", _MEND
                )
            return self.message(inner, _INNER_HEADER, depth + 1, charset)

        return attachment(properties, open_message, 0)

    def _properties(self, place: Path, header: int, charset: str) -> Properties:
        values: dict[int, tuple[int, Value]] = {}
        inside = self._inside.get(place, {})
        table = self._read(inside[_TABLE]) if _TABLE in inside else b""
        usable = len(table) - (len(table) - header) % 16 if len(table) > header else header
        for kind, number, _, value in struct.iter_unpack("<HHI8s", table[header:usable]):
            if kind in _FIXED:
                values[number] = (kind, value[: _FIXED[kind]])
        for name, stream in inside.items():
            if name.startswith(_STREAM) and len(name) == len(_STREAM) + 8:
                try:
                    tag = int(name[len(_STREAM) :], 16)
                except ValueError:
                    continue
                values[tag >> 16] = (tag & 0xFFFF, self._reader(stream))
        return Properties(values, charset_of(values, charset))

    def _reader(self, stream: Path) -> Callable[[], bytes]:
        return lambda: self._read(stream)

    def _read(self, stream: Path) -> bytes:
        try:
            with self._file.openstream(list(stream)) as opened_stream:
                data: bytes = opened_stream.read()
                return data
        except Exception as error:  # the library fails on damaged streams in many ways
            raise _damaged(error) from error
