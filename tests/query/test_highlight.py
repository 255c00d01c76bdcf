"""What is marked in a text, and which stretch of it is shown."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.query.analysis import streams
from recordsearch.query.highlight import matches, snippet
from recordsearch.query.language import parse
from recordsearch.query.tree import Phrase
from tests.engines.brute_force import fits

TEXT = (
    "The Chief’s face-\nrecognition   system was re-\nviewed by the U.S.C. committee; "
    "reviewing reports.\fFace recognition errors recieve attention at the café."
)


def marked(query, text=TEXT):
    return [text[start:end] for start, end in matches(parse(query), text)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("review", ["re-\nviewed", "reviewing"]),
        ("reviewed", ["re-\nviewed", "reviewing"]),
        ('"reviewed"', ["re-\nviewed"]),
        ("recognition", ["recognition", "recognition"]),
        ("facerecognition", ["face-\nrecognition"]),
        ('"face recognition"', ["face-\nrecognition", "Face recognition"]),
        ("face-recognition", ["face-\nrecognition", "Face recognition"]),
        ('"recognition system was reviewed"', []),
        ('"was reviewed by"', ["was re-\nviewed by"]),
        ("recog*", ["recognition", "recognition"]),
        ("receive~", ["recieve"]),
        ("recve~", []),
        ("recve~2", ["recieve"]),
        ("rec*ion", ["recognition", "recognition"]),
        ("rec?e*", ["recieve"]),
        ("*ing", ["reviewing"]),
        ("*", []),
        ("* errors", ["errors"]),
        ("/(rec|er).*s?/", ["recognition", "recognition", "errors", "recieve"]),
        ("/CAF[É]/", ["café"]),
        ("/caf/", []),
        ("url:*ports", ["reports"]),
        ("errors^2", ["errors"]),
        ("(errors OR nothing)^2 -(system^3)", ["errors"]),
        ('"system recognition"~1', ["recognition", "system"]),
        ('"recognition attention"~1', []),
        ('"attention recognition errors"~1', ["recognition", "errors", "attention"]),
        ('"reviewed system"~1', ["system", "re-\nviewed"]),
        ('"recognition recognition"~50', ["recognition", "recognition"]),
        ('"café recognition"~0', []),
        ("conf:<60 has:table lang:en bates:1 tag:errors document:1", []),
        ("exemption:system", ["system"]),
        ("usc", ["U.S.C"]),
        ("CAFE", ["café"]),
        ("chief's", ["Chief’s"]),
        ("errors -recognition", ["errors"]),
        ("errors -(face OR -system)", ["errors"]),
        ("errors OR nothing", ["errors"]),
        ("file:errors page:1 release:errors", []),
        ("from:errors subject:errors to:errors type:other date:2017", []),
        ("url:committee", ["committee"]),
        ("url:committees", []),
        ("email:chief*", ["Chief"]),
        ('case:"reviewing reports"', ["reviewing reports"]),
        ("statute:u.s.c. -url:system", ["U.S.C"]),
        ("-errors", []),
        ("nothing", []),
    ],
)
def test_what_is_marked(query, found):
    assert marked(query) == found


def test_tolerant_words_are_marked_as_what_they_were_looked_for():
    text = "Face recogmtion, recog nition and recognitions. nition recog"
    variants = {"recognition": (("recogmtion",), ("recog", "nition"))}
    ranges = matches(parse("recognition~~"), text, variants=variants)
    assert [text[start:end] for start, end in ranges] == [
        "recogmtion", "recog nition", "recognitions"
    ]  # fmt: skip
    assert [text[s:e] for s, e in matches(parse("recognition~~"), text)] == ["recognitions"]


def test_words_are_marked_by_the_stems_of_all_languages():
    text = "Die Häuser, das Haus, the houses"
    assert marked("haus", text) == ["Haus"]
    ranges = matches(parse("haus"), text, languages=("en", "de"))
    assert [text[start:end] for start, end in ranges] == ["Häuser", "Haus"]


NEAR_WORDS = st.lists(st.sampled_from("abcx"), max_size=12)


@given(NEAR_WORDS, st.lists(st.sampled_from("abc"), min_size=2, max_size=4), st.integers(1, 6))
def test_words_near_each_other_are_marked_where_a_passage_matches(text, words, slop):
    tree = Phrase(tuple(words), slop)
    ranges = matches(tree, " ".join(text))
    assert bool(ranges) == fits(tree, text)
    for start, _ in ranges:
        at = start // 2
        around = text[max(at - slop - len(words) + 1, 0) : at + slop + len(words)]
        assert text[at] in words
        # It is marked for another of the words that stands near it.
        rest = list(words)
        rest.remove(text[at])
        around.remove(text[at])
        assert set(rest) & set(around)


def test_overlapping_phrases_are_one_range():
    assert marked('"a b a"', "a b a b a c a b a") == ["a b a b a", "a b a"]
    assert marked('"a a" OR "a a b"', "a a a b a") == ["a a a b"]
    assert marked("a OR b", "a b") == ["a", "b"]


WORDS = st.lists(st.sampled_from(["a", "b", "ab", "re-\nab", "é", "U.S."]), max_size=30)
QUERY = st.sampled_from(
    ["a", '"a b"', '"a a b"', '"b a b a"', "ab*", "ab~", "a OR b", 'reab "re ab"', "us", "e -b"]
)


@given(WORDS, QUERY)
def test_phrases_are_found_as_the_streams_have_them(words, query):
    text = " ".join(words)
    ranges = matches(parse(query), text)
    assert ranges == sorted(ranges)
    assert all(one[1] <= other[0] for one, other in pairwise(ranges))
    if query.startswith('"'):
        found = streams(text)
        wanted = f" {query[1:-1]} "
        holds = wanted in f" {found.exact} " or wanted in f" {found.parted} "
        assert bool(ranges) == holds


# Snippets


def test_without_ranges_it_is_the_beginning():
    assert snippet("one two three", [], 40) == ("one two three", ())
    assert snippet("one two three four", [], 12) == ("one two…", ())
    assert snippet("", [], 12) == ("", ())
    assert snippet("  \n one", [], 12) == ("one", ())


def test_it_is_cut_between_words_and_says_so():
    text = "one two three four five six seven eight nine ten"
    shown, ranges = snippet(text, [(text.index("five"), text.index("five") + 4)], 20)
    assert shown == "…four five six…"
    assert [shown[start:end] for start, end in ranges] == ["five"]


def test_the_window_with_the_most_different_matches_is_chosen():
    text = "a a a a a a " + "x " * 100 + "a b c " + "x " * 100
    ranges = matches(parse("a OR b OR c"), text)
    shown, places = snippet(text, ranges, 30)
    assert [shown[start:end] for start, end in places] == ["a", "b", "c"]


def test_white_space_is_collapsed_and_ranges_move_along():
    text = "one   two\n\n\fthree re-\n  viewed  end"
    shown, ranges = snippet(text, matches(parse("three reviewed"), text), 100)
    assert shown == "one two three re-viewed end"
    assert [shown[start:end] for start, end in ranges] == ["three", "re-viewed"]


def test_a_match_longer_than_the_window_is_cut():
    text = "word " * 100
    shown, ranges = snippet(text, [(0, len(text) - 1)], 50)
    assert len(shown) <= 52
    assert ranges == ((0, len(shown) - 1),)


def test_text_without_spaces_is_cut_where_it_must_be():
    text = "字" * 1000
    shown, ranges = snippet(text, [(500, 503)], 50)
    assert len(shown) == 52
    assert [shown[start:end] for start, end in ranges] == ["字字字"]


@given(
    st.lists(st.sampled_from(["a", "bb", "ccc", "-\n", "é", "字字字字字"]), max_size=60),
    st.lists(st.sampled_from([" ", "\n", "  ", "\f", " \n\t "]), min_size=60, max_size=60),
    st.integers(10, 60),
)
def test_each_range_in_the_snippet_is_the_match_again(words, gaps, width):
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=False))
    ranges = matches(parse('a OR "ccc a" OR bb'), text)
    shown, places = snippet(text, ranges, width)
    assert len(shown) <= width + 2
    assert shown == " ".join(shown.split())
    assert bool(places) == bool(ranges)
    texts = {" ".join(text[start:end].split()) for start, end in ranges}
    for start, end in places:
        piece = shown[start:end]
        assert any(piece in one for one in texts)
        assert piece in texts or len(places) == 1


def test_hostile_texts_take_time_in_proportion():
    # A quadratic step would need hours for these.
    for text, query in (
        ("a " * 200_000, '"a a a a a a b"'),
        ("a-\n" * 150_000, "a"),
        ("x" * 1_000_000, "x"),
        (" " * 1_000_000 + "a", "a"),
        ("a." * 300_000, "a"),
        ("é\u0301" * 200_000, "e"),
        ("a b " * 100_000, '"a b c"~50'),
        ("a b " * 100_000, '"b a a"~50'),
        ("ab" * 200_000, "a*b*a*b*c"),
        ("ab " * 100_000, "/(.*.*)*c/"),
    ):
        ranges = matches(parse(query), text)
        shown, _ = snippet(text, ranges)
        assert len(shown) <= 242
