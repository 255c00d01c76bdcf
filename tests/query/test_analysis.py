"""The analyser's tokens, and that the highlighter's are the same."""

from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recordsearch.query.analysis import APART, LONGEST_TOKEN, readings, stem, stems, streams
from recordsearch.query.tokens import spans


class Token(NamedTuple):
    """A token with its place, by name."""

    text: str
    start: int
    end: int


class Readings(NamedTuple):
    """The first reading, and the parts of the second."""

    joined: list[Token]
    parted: list[list[Token]]


def tokens(text: str) -> Readings:
    first, *others = ([Token(*span) for span in stretch] for stretch in spans(text))
    return Readings(first, others)


def parted_of(text: str) -> list[str]:
    """Return the tokens of the second reading."""
    return [token for token in streams(text).parted.split() if token != APART]


# Texts dense with what the analyser treats in special ways.
TRICKY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "aBzé.-\n\f\r\t '’\u00ad¬‐ßﬃ½\u0301ΣςUS.ꭰが\u200bİ2_…ªͅक्षि\udc80Ａ字--oO12,000ｶﾞ한ไำ"
            "и\u0306Й东ー\u3099٣"
        ),
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
        ("face_recognition a/b -x y- - --z", "face recognition a b x y z"),
        ("page one--page two, 555-0142", "page one page two 555 0142"),
        ("soft\u00adhyphen zero\u200bwidth \u202ebidi\u202c", "softhyphen zerowidth bidi"),
        ("1,200.50 10:30 100% ١٢", "1200 50 10 30 100 12"),
        ("$1,234,567 12,34 1234,567 1,200,30 a1,200", "1234567 12 34 1234 567 1 200 30 a1 200"),
        ("Москва हिन्दी ½ x²", "москва हिन्दी 1 2 x2"),
        ("МОЙ мои\u0306 Ёлка", "мой мой елка"),
        ("Łódź Ørsted cœur ÆRØ ıt", "lodz orsted coeur aero it"),
        ("כָּתַב كَتَبَ", "כתב كتب"),
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


@pytest.mark.parametrize(
    ("text", "first", "other"),
    [
        ("e-mail", "email", "e mail"),
        ("E‑Mail", "email", "e mail"),
        ("x-ray", "xray", "x ray"),
        ("O'Brien", "obrien", "o brien"),
        ("O’Brien", "obrien", "o brien"),
        ("re-election", "re election", "reelection"),
        ("face-recognition", "face recognition", "facerecognition"),
        ("COVID-19", "covid 19", "covid19"),
        ("ABC-000123", "abc 000123", "abc000123"),
        ("e-mail-based", "email based", "e mail based"),
    ],
)
def test_a_compound_has_two_readings(text, first, other):
    assert readings(text) == (tuple(first.split()), tuple(other.split()))
    found = streams(text)
    assert (found.exact, found.parted) == (first, other)
    assert set(found.stemmed.split()) == {stem(word) for word in f"{first} {other}".split()}


@pytest.mark.parametrize(
    "text",
    ["state-of-the-art", "555-0142", "17-cv-00246", "officer's", "don't", "a—b", "2017–2018"],
)
def test_what_is_no_compound_of_two_has_one_reading(text):
    assert len(readings(text)) == 1
    assert streams(text).parted == ""


def test_the_other_form_of_a_compound_stands_among_the_words_around_it():
    found = streams("we all saw his re-election as a bad e-mail")
    assert found.exact == "we all saw his re election as a bad email"
    assert found.parted == f"all saw his reelection as a bad {APART} as a bad e mail"


def test_a_phrase_with_compounds_is_looked_for_in_both_forms():
    assert readings("his re-election e-mail") == (
        ("his", "re", "election", "email"),
        ("his", "reelection", "e", "mail"),
    )
    assert readings("a recog-\nnition") == (("a", "recognition"), ("a", "recog", "nition"))
    assert readings("plain words") == (("plain", "words"),)
    assert readings(" -- ") == ()


@pytest.mark.parametrize(
    ("text", "exact", "parted"),
    [
        ("東京都の会", "東京 京都 都の の会", "東 京 都 の 会"),
        ("第3回 会", "第 3 回 会", "第 3 回 会"),
        ("東京\n都庁", "東京 京都 都庁", "東 京 都 庁"),
        ("サーバー ｻｰﾊﾞｰ", "サー ーバ バー サー ーバ バー", "サ ー バ ー サ ー バ ー"),
        ("서울시 경찰", "서울 울시 경찰", "서 울 시 경 찰"),
        ("ภาษาไทย", "ภา าษ ษา าไ ไท ทย", "ภ า ษ า ไ ท ย"),
        ("unit 警察 box", "unit 警察 box", "unit 警 察 box"),
    ],
)
def test_scripts_without_spaces_are_read_in_pairs_and_one_by_one(text, exact, parted):
    assert streams(text).exact == exact
    assert streams(text).parted == parted
    assert set(parted.split()) <= set(streams(text).stemmed.split())


def test_voicing_marks_are_no_accents():
    assert streams("が").exact != streams("か").exact
    assert streams("が").exact == streams("か\u3099").exact
    assert streams("ガ").exact == streams("ｶﾞ").exact


def test_stems():
    assert stem("reports") == stem("reporting") == stem("report")
    assert streams("Reports reporting").stemmed == "report report"


def test_a_text_is_stemmed_in_its_language_and_a_query_in_all():
    german = streams("Die Verordnungen gelten", "de").stemmed.split()
    assert set(stems("verordnung", ("en", "de"))) & set(german)
    assert not set(stems("verordnung", ("en",))) & set(german)
    assert stems("reports") == stems("reports", ("en", "")) == ("report",)
    assert stems("reports", ()) == ("report",)
    assert stems("ord", ("xx",)) == ("ord",)
    assert stems("x" * 50, ("en", "de")) == ("x" * 50,)


@pytest.mark.parametrize("language", ["ru", "el", "ar", "ja", "zh"])
def test_english_words_in_a_text_of_another_script_keep_their_inflections(language):
    assert "report" in streams("Reports", language).stemmed


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("es", "información", "informaciones"),
        ("pt", "decisão", "decisões"),
        ("pt", "informação", "informações"),
        ("fr", "autorité", "autorités"),
        ("fr", "l'arrêté", "l'arrêtés"),
        ("de", "Überwachung", "Überwachungen"),
        ("it", "documento", "documenti"),
        ("sv", "handling", "handlingar"),
        ("ru", "документ", "документами"),
    ],
)
def test_inflections_that_differ_in_an_accent_find_each_other(language, one, many):
    first, second = (set(streams(word, language).stemmed.split()) for word in (one, many))
    assert first == second


def test_long_runs_are_cut_and_nothing_is_lost():
    found = streams("x" * (2 * LONGEST_TOKEN + 5) + " tail")
    assert found.exact.split() == ["x" * LONGEST_TOKEN] * 2 + ["x" * 5, "tail"]
    assert len(streams("x-\n" + "y" * 100).parted.split()) == 4


@given(TRICKY)
@example("a-\nb-\nc")
@example("A.B-\nc.d")
@example("so a re-election e-mail co-op o'brien x\u00ad\n1,200-page U.S.-led")
@example("e-" + "y" * 60 + " z-b-" + "y" * 60)
def test_the_highlighter_sees_the_same_tokens(text):
    found, found_by_place = streams(text), tokens(text)
    assert " ".join(token.text for token in found_by_place.joined) == found.exact
    parted = f" {APART} ".join(
        " ".join(token.text for token in part) for part in found_by_place.parted if part
    )
    assert parted == found.parted


@given(TRICKY)
def test_tokens_are_final_and_short(text):
    found = streams(text)
    for token in found.exact.split() + parted_of(text):
        assert streams(token).exact == token
        assert 0 < len(token) <= LONGEST_TOKEN


@given(TRICKY)
def test_every_token_has_its_stem_in_the_stemmed_stream(text):
    found = streams(text)
    stems = set(found.stemmed.split())
    assert stems == {stem(token) for token in found.exact.split() + parted_of(text)}


@given(TRICKY)
def test_spans_lie_in_the_text_in_order_and_give_the_token_again(text):
    found = tokens(text)
    for stretch in (found.joined, *found.parted):
        for before, after in pairwise(stretch):
            assert before.start <= after.start
        for token in stretch:
            assert 0 <= token.start < token.end <= len(text)


@given(st.text(alphabet="aZé’.-\n 1,", max_size=60))
def test_the_characters_of_a_token_give_it_again(text):
    for token in tokens(text).joined:
        assert token.text in streams(text[token.start : token.end]).exact


@given(st.text(alphabet="aZoO.-\n\f\r '_1, ", max_size=60))
def test_the_short_way_for_ascii_gives_what_the_long_way_gives(text):
    beyond = streams(text + " \u00a0é")
    assert streams(text).exact.split() == beyond.exact.split()[:-1]
    assert readings(text + " \u00a0é") == tuple((*one, "e") for one in readings(text) or ((),))


def test_spans_cover_the_accent_and_the_broken_word():
    text = "cafe\u0301! recog-\nnition U.S.C."
    found = [(token.text, text[token.start : token.end]) for token in tokens(text).joined]
    assert found == [
        ("cafe", "cafe\u0301"),
        ("recognition", "recog-\nnition"),
        ("usc", "U.S.C"),
    ]
