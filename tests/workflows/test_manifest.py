"""A manifest survives being written and read, and what is read may be anything."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from recordsearch.catalogue.custody import KeptFile, Place, UnreadFile
from recordsearch.present.cells import cell
from recordsearch.workflows.manifest import _fields, _line
from recordsearch.workflows.manifest_reading import BadLine, listed_files
from recordsearch.workflows.verify_files import Finding, look, look_quickly

parts = st.binary(min_size=1, max_size=20).filter(lambda part: b"\0" not in part)
places = st.builds(
    Place,
    release=st.text(max_size=10).filter(lambda text: text.isprintable()),
    file=st.text(max_size=10),
    key=st.lists(parts, min_size=1, max_size=4).map(lambda one: b"/" + b"\0".join(one)),
    size=st.integers(-1, 1 << 60),
    modified_ns=st.integers(-(1 << 60), 1 << 60),
    parent=st.none() | st.just("a" * 64),
    gone=st.none() | st.just("2023-01-02T03:04:05+00:00"),
)


@given(place=places)
def test_places_survive_being_written_and_read(tmp_path_factory, place: Place) -> None:
    path = tmp_path_factory.mktemp("m") / "m.jsonl"
    path.write_bytes(b"{}\n" + _line(_fields(UnreadFile(place, "open", "x", ""))))
    assert list(listed_files(str(path), None)) == [KeptFile(place, None, None)]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["kind", "sha256", "size", "locations", "path", "inside", "path_bytes", "file"]
            ),
            inner | st.sampled_from(["document", "unread", "/", "a" * 64]),
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(value=json_values, raw=st.binary(max_size=40))
def test_whatever_a_line_holds_is_read_or_told(tmp_path_factory, value: object, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("m") / "m.jsonl"
    line = json.dumps(value).encode()
    path.write_bytes(b"{}\n" + line + b"\n" + raw.replace(b"\n", b""))
    for found in listed_files(str(path), None):
        if isinstance(found, BadLine):
            assert found.number in (2, 3)
        else:
            assert isinstance(look_quickly(found).finding, Finding)


@given(place=places, size=st.integers(0, 100))
def test_looking_never_fails(place: Place, size: int) -> None:
    kept = KeptFile(place, "0" * 64, size)
    assert look(kept).finding in (
        Finding.MISSING,
        Finding.GONE,
        Finding.CHANGED,
        Finding.UNREADABLE,
    )


def test_devices_and_pipes_are_not_read() -> None:
    for name in (b"/dev/zero", b"/dev/null", b"/dev/tty"):
        place = Place("r", "f", name, 5, 0, None, None)
        assert look(KeptFile(place, "0" * 64, 5)).finding in (Finding.CHANGED, Finding.MISSING)


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    found = cell(text)
    assert not found.strip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not any(ord(letter) < 32 or ord(letter) == 127 for letter in found)


def test_a_plain_cell_stays_as_it_is(tmp_path: Path) -> None:
    for text in ("letters/2017-03.pdf", "", "a=b", "Relevé", "3"):
        assert cell(text) == text
