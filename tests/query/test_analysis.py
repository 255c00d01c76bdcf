"""The analyser's tokens, and that the highlighter's are the same."""

from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recordsearch.query.analysis import LONGEST_TOKEN, stem, streams
from recordsearch.query.tokens import spans


class Token(NamedTuple):
    """A token with its place, by name."""

    text: str
    start: int
    end: int


class Readings(NamedTuple):
    """Both readings of a text."""

    joined: list[Token]
    parted: list[Token]


def tokens(text: str) -> Readings:
    return Readings(*([Token(*span) for span in reading] for reading in spans(text)))


# Texts dense with what the analyser treats in special ways.
TRICKY = st.text(
    alphabet=st.one_of(
        st.sampled_from("aBzé.-\n\f\r\t '’\u00ad¬‐ßﬃ½\u0301ΣςUS.ꭰが\u200bİ2_…ªͅक्षि\udc80Ａ字"),
        st.characters(),
    ),
    max_size=80,
)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("The Chief's Report", "the chief s report"),
        ("The Chief’s “Report”", "the chief s report"),
        ("café CAFE\u0301 naïve Ünïcode", "cafe cafe naive unicode"),
        ("ﬃce ＡＢＣ１２ straße", "ffice abc12 strasse"),
        ("U.S. v. O.J. (U.S.C. § 552(b)(6))", "us v oj usc 552 b 6"),
        ("e.g. this, i.e.that, U.S.Army", "eg this ie that us army"),
        ("www.a.com 3.b.4 a. b. A.", "www a com 3 b 4 a b a"),
        ("face-recognition self_report a/b", "face recognition self report a b"),
        ("soft\u00adhyphen zero\u200bwidth \u202ebidi\u202c", "softhyphen zerowidth bidi"),
        ("1,200.50 10:30 100%", "1 200 50 10 30 100"),
        ("Москва 東京都 हिन्दी ½ x²", "москва 東京都 हिनदी 1 2 x2"),
        ("lone \udc80\udfff surrogates", "lone surrogates"),
        (" \n\f & — … |", ""),
        ("", ""),
    ],
)
def test_tokens(text, exact):
    assert streams(text).exact == exact
    assert streams(text).parted == ""


@pytest.mark.parametrize("hyphen", ["-", "‐", "\u00ad", "¬"])
@pytest.mark.parametrize("gap", ["\n", " \n", "\n  ", "\r\n", "\f", "\n\f", " \n\f\n "])
def test_a_word_broken_at_a_line_end_has_two_readings(hyphen, gap):
    found = streams(f"the recog{hyphen}{gap}nition system")
    assert found.exact == "the recognition system"
    assert found.parted == "the recog nition system"
    assert set(found.stemmed.split()) == {"the", "recognit", "system", "recog", "nition"}


@pytest.mark.parametrize(
    "text",
    [
        "face-\nRecognition",
        "2016-\n2017",
        "page -\nnext",
        "dash—\nnext",
        "face-\n\n\n\nrecognition",
        "face- recognition",
        "A.-\nb",
    ],
)
def test_what_is_no_broken_word_has_one_reading(text):
    assert streams(text).parted == ""
    assert len(streams(text).exact.split()) == 2


def test_several_broken_words():
    found = streams("re-\nviewed the é-\ntude")
    assert found.exact == "reviewed the etude"
    assert found.parted == "re viewed the e tude"


def test_stems():
    assert stem("reports") == stem("reporting") == stem("report")
    assert streams("Reports reporting").stemmed == "report report"


def test_long_runs_are_cut_and_nothing_is_lost():
    found = streams("x" * (2 * LONGEST_TOKEN + 5) + " tail")
    assert found.exact.split() == ["x" * LONGEST_TOKEN] * 2 + ["x" * 5, "tail"]
    assert len(streams("x-\n" + "y" * 100).parted.split()) == 4


@given(TRICKY)
@example("a-\nb-\nc")
@example("A.B-\nc.d")
def test_the_highlighter_sees_the_same_tokens(text):
    found, readings = streams(text), tokens(text)
    assert " ".join(token.text for token in readings.joined) == found.exact
    assert " ".join(token.text for token in readings.parted) == found.parted


@given(TRICKY)
def test_tokens_are_final_and_short(text):
    found = streams(text)
    for token in found.exact.split() + found.parted.split():
        assert streams(token).exact == token
        assert 0 < len(token) <= LONGEST_TOKEN


@given(TRICKY)
def test_every_token_has_its_stem_in_the_stemmed_stream(text):
    found = streams(text)
    stems = set(found.stemmed.split())
    assert stems == {stem(token) for token in found.exact.split() + found.parted.split()}


@given(TRICKY)
def test_spans_lie_in_the_text_in_order_and_give_the_token_again(text):
    readings = tokens(text)
    for reading in (readings.joined, readings.parted):
        for before, after in pairwise(reading):
            assert before.start <= after.start
        for token in reading:
            assert 0 <= token.start < token.end <= len(text)
            if len(token.text) < LONGEST_TOKEN and reading is readings.joined:
                assert token.text in streams(text[token.start : token.end]).exact


@given(st.text(alphabet="aZ.-\n\f\r '_1 ", max_size=60))
def test_the_short_way_for_ascii_gives_what_the_long_way_gives(text):
    beyond = streams(text + " \u00a0é")
    assert streams(text).exact.split() == beyond.exact.split()[:-1]
    assert streams(text).parted.split() == beyond.parted.split()[:-1]


def test_spans_cover_the_accent_and_the_broken_word():
    text = "cafe\u0301! recog-\nnition U.S.C."
    found = [(token.text, text[token.start : token.end]) for token in tokens(text).joined]
    assert found == [
        ("cafe", "cafe\u0301"),
        ("recognition", "recog-\nnition"),
        ("usc", "U.S.C"),
    ]
