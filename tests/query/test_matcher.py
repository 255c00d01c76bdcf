"""What is known of pieces of text gives the same marks as taking the whole text apart."""

from hypothesis import given
from hypothesis import strategies as st

from recordsearch.query.language import parse
from recordsearch.query.matcher import Matcher, _positive_leaves, _taken_apart, _WordRule
from recordsearch.query.tree import Phrase

WORDS = (
    "face", "faces", "recog-", "nition", "recognition", "e-mail", "email", "re-elected", "U.S.",
    "O’Quill", "état", "x-ray", "camera.", "(camera)", "body-camera", "1,200", "a", "the", "an",
    "der", "Straße", "\u00adcam\u00adera", "e\u0301tat", "東京", "警察", "ไทย", "camera,face", "—",
    "“face",
)  # fmt: skip
GAPS = (" ", " ", " ", "\n", "\n\n", "\f", "\t", "\u00a0", " - ", "-\n", "\u2003", "")
QUERIES = (
    "face", "camera", "recognition", '"body camera"', '"face recognition"', "e-mail", "email",
    '"the camera"', '"a camera face"', "cam*", "recogniton~", "face OR état", "/cam.*/",
    "re-elected", '"face camera"~3', "東京", "東", '"U.S. face"', "1200", "strasse camera",
    '"face face"',
)  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=30),
    st.sampled_from(QUERIES),
    st.sampled_from([("en",), ("en", "de"), ("fr",)]),
)
def test_pieces_give_what_the_whole_gives(
    parts: list[tuple[str, str]], query: str, languages: tuple[str, ...]
) -> None:
    text = "".join(word + gap for word, gap in parts)
    tree = parse(query)
    leaves = list(_positive_leaves(tree, {}))
    phrases = {(leaf.words, leaf.slop) for leaf in leaves if isinstance(leaf, Phrase)}
    whole = _taken_apart(text, _WordRule(leaves, languages), phrases)
    assert set(Matcher(tree, languages).ranges(text)) == set(whole)


@given(st.text(max_size=200), st.sampled_from(QUERIES))
def test_whatever_the_text(text: str, query: str) -> None:
    tree = parse(query)
    leaves = list(_positive_leaves(tree, {}))
    phrases = {(leaf.words, leaf.slop) for leaf in leaves if isinstance(leaf, Phrase)}
    whole = _taken_apart(text, _WordRule(leaves, ("en",)), phrases)
    assert set(Matcher(tree).ranges(text)) == set(whole)
