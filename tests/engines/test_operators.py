"""The operators of the query language, for each engine through the protocol alone."""

import os

import pytest

from recordsearch.engines import ENGINES, engine, expansion
from recordsearch.engines.lowering import All, Terms, Within, boosted, is_tied, lower
from recordsearch.errors import UsageError
from recordsearch.query import tolerance
from recordsearch.query.language import parse
from recordsearch.query.tags import resolve
from recordsearch.query.tolerance import Variant
from recordsearch.query.tree import And, InField, Not, Numbered, Or, Phrase, Word
from recordsearch.records import IndexEntry


def entry(number, text="word", pages=(1, 1), language="en", confidence=None, **fields):
    given = {"file": ("letters/one.pdf",), "release": ("first",)} | fields
    return IndexEntry(number, text, *pages, given, language=language, confidence=confidence)


@pytest.fixture(params=ENGINES)
def open_index(request, tmp_path):
    """A function that puts texts, numbered from 1, or entries into an index and opens it."""
    chosen = engine(request.param)
    opened = []

    def make(*texts, languages=("en",)):
        folder = str(tmp_path / f"index{len(opened)}")
        os.mkdir(folder)
        chosen.create(folder)
        with chosen.writer(folder) as writer:
            writer.add(
                text if isinstance(text, IndexEntry) else entry(number, text)
                for number, text in enumerate(texts, 1)
            )
            writer.commit()
        opened.append(chosen.reader(folder, languages))
        return opened[-1]

    yield make
    for reader in opened:
        reader.close()


def found(reader, query):
    tree = parse(query) if isinstance(query, str) else query
    ranking = reader.search(tree, 1000)
    assert ranking.total == len(ranking.ranked)
    return sorted(ranked.passage for ranked in ranking.ranked)


# Words near each other


def test_words_near_each_other(open_index):
    reader = open_index(
        "face recognition",
        "recognition of the face",
        "face to face and then recognition",
        "face is far from what is called recognition",
        "face",
        "recognition-\nface",
    )
    assert found(reader, '"face recognition"~1') == [1, 6]
    assert found(reader, '"face recognition"~2') == [1, 2, 3, 6]
    assert found(reader, '"face recognition"~5') == [1, 2, 3, 6]
    assert found(reader, '"face recognition"~6') == [1, 2, 3, 4, 6]
    assert found(reader, '"recognition face"~2') == [1, 2, 3, 6]
    # A word that the phrase has twice stands at two places.
    assert found(reader, '"face face"~1') == [3]
    assert found(reader, '"face face"~0') == []
    assert found(reader, '"face face recognition"~2') == [3]
    assert found(reader, '"face face face"~50') == [3]


def test_of_more_words_each_two_are_near(open_index):
    reader = open_index(
        "one two three",
        "three one two",
        "three x two x one",
        "one two x x x x x two three x x x x x one three",
        "one two x x x x x two three",
        "one x x x x three two",
    )
    assert found(reader, '"one two three"~1') == [1, 2, 4]
    assert found(reader, '"one two three"~2') == [1, 2, 3, 4]
    assert found(reader, '"one two three"~4') == [1, 2, 3, 4, 6]
    assert found(reader, '"one two three nowhere"~50') == []


def test_near_in_fields_and_scores(open_index):
    reader = open_index(
        entry(1, subject=("budget for new cameras",)),
        entry(2, subject=("cameras", "budget")),
        entry(3, subject=("cameras and much more about the budget",)),
    )
    assert found(reader, 'subject:"cameras budget"~2') == [1, 2]
    assert found(reader, '-subject:"cameras budget"~2') == [3]
    reader = open_index("a b c " + "x " * 90, "a b c", "x y")
    for query in ('"a c"~2', '"c b a"~2'):
        ranked = reader.search(parse(query), 10).ranked
        assert [one.passage for one in ranked] == [2, 1], query
        assert ranked[0].score > ranked[1].score > 0


# Forms of words


def test_wildcards(open_index):
    reader = open_index("woman", "women", "wombat", "recog-\nnition", "running thing", "東京都庁")
    assert found(reader, "wom?n") == [1, 2]
    assert found(reader, "wom*n") == [1, 2]
    assert found(reader, "?om??t") == [3]
    assert found(reader, "*ing") == [5]
    assert found(reader, "*om*") == [1, 2, 3]
    assert found(reader, "rec*tion") == [4]
    assert found(reader, "nit*n") == [4]
    assert found(reader, "WOM?N -women") == [1]
    assert found(reader, "w?man") == [1]
    assert found(reader, "*zz*") == []


def test_everything_and_nothing(open_index):
    reader = open_index("a", "b", "", "c")
    assert found(reader, "*") == [1, 2, 3, 4]
    assert found(reader, "-*") == []
    assert found(reader, "a OR *") == [1, 2, 3, 4]
    assert found(reader, "a *") == [1]
    assert found(reader, "* -a") == [2, 3, 4]
    assert found(reader, "-a -b -c") == [3]
    assert found(reader, "NOT (* -a)") == [1]


def test_expressions(open_index):
    reader = open_index("analyse", "analyze", "17-cv-00246", "abab", "café", "x", "naïve é")
    assert found(reader, "/analy[sz]e/") == [1, 2]
    assert found(reader, "/ANALY[SZ]E/") == [1, 2]
    assert found(reader, r"/\d{5}/") == [3]
    assert found(reader, "/(ab){2}/") == [4]
    assert found(reader, "/(ab)/") == []
    assert found(reader, "/CAFÉ/ -x") == [5]
    assert found(reader, "/.*v.*/") == [3, 7]
    assert found(reader, "/[^a-z0-9].*/") == []
    assert found(reader, "/x|abab/") == [4, 6]
    assert found(reader, "-/.+/") == []


def test_forms_in_fields(open_index):
    reader = open_index(
        entry(1, **{"from": ("Jane Roe", "Ann Poe")}),
        entry(2, cc=("D. Rowe",)),
        entry(3, "rowe"),
    )
    assert found(reader, "from:r?e") == [1]
    assert found(reader, "from:/[pr]oe/") == [1]
    assert found(reader, "participant:rowen~") == [2]
    assert found(reader, "from:*") == [1]
    assert found(reader, "-participant:*") == [3]
    # What stands between two values is no word.
    assert found(reader, r"from:/\|+/") == found(reader, "from:/[^a-z]+/") == []
    assert found(reader, "from:(ann OR nobody) -cc:*") == [1]
    assert found(reader, "from:(jane poe)") == [1]


def test_a_pattern_that_explodes_says_so_and_ends(open_index, monkeypatch):
    monkeypatch.setattr(expansion, "MOST_STEPS", 2_000)
    words = [f"{number:020b}".replace("0", "a").replace("1", "b") for number in range(2_000)]
    reader = open_index(" ".join(words), "aaaaaaaaaaaaaaaa", "zzzz")
    # It must remember which of the last 16 letters were an a: 65,536 possibilities.
    ranking = reader.search(parse("/.*a.{15}/ OR zzzz"), 10)
    assert {ranked.passage for ranked in ranking.ranked} >= {2, 3}
    (note,) = ranking.notes
    assert "takes too long" in note
    assert "alphabetical" in note


def test_a_pattern_for_too_many_words_says_so(open_index, monkeypatch):
    monkeypatch.setattr(expansion, "MOST_EXPANDED", 5)
    reader = open_index(*(f"ab{number}" for number in range(10)))
    ranking = reader.search(parse("ab*"), 10)
    assert ranking.total == 5
    assert "only the first 5" in ranking.notes[0]
    hard = "/ab.(.{50}|.{0,50}|.{0,40})/"
    ranking = reader.search(parse(hard), 10)
    assert (ranking.total, len(ranking.notes)) in ((5, 1), (10, 0))


# Tolerant words


def test_tolerant_words(open_index, monkeypatch):
    asked = []

    def variants(word, held):
        known = held(["recogmtion", "recog", "nition", "nowhere"])
        asked.append((word, known))
        return (
            Variant((word,), 1.0),
            Variant(("recogmtion",), 0.8),
            Variant(("recog", "nition"), 0.5),
        )

    monkeypatch.setattr(tolerance, "variants", variants)
    monkeypatch.setattr(
        tolerance, "highest_confidence", lambda weight: 70 if weight < 0.6 else None
    )
    reader = open_index(
        "face recognition",
        "recognitions",
        "face recogmtion",
        entry(4, "face recog nition", confidence=55.0),
        entry(5, "face recog nition", confidence=93.0),
        "face nition recog",
        "face",
    )
    assert found(reader, "recognition~~") == [1, 2, 3, 4]
    assert asked == [("recognition", {"recogmtion": 1, "recog": 3, "nition": 3})]
    assert found(reader, "face recognition~~") == [1, 3, 4]
    assert found(reader, "-recognition~~") == [5, 6, 7]
    ranking = reader.search(parse("recognition~~^2"), 10)
    assert ranking.notes == ("recognition~~ also looked for: recogmtion, recog nition",)
    assert ranking.variants == {"recognition": (("recogmtion",), ("recog", "nition"))}


def test_tolerant_neighbours_may_stand_as_one_word(open_index):
    reader = open_index(
        *(f"face recognition report {word}" for word in ("one", "two", "three")),
        entry(4, "the facerecognition report", confidence=40.0),
        "a face",
    )
    assert found(reader, "face recognition") == [1, 2, 3]
    assert found(reader, "face~~ recognition~~") == [1, 2, 3, 4]


# Numbers, choices and values with normal forms


def test_confidence(open_index):
    reader = open_index(
        *(entry(n, confidence=value) for n, value in
          enumerate((None, 0.0, 59.99, 60.0, 60.01, 80.0, 100.0), 1))
    )  # fmt: skip
    for query, numbers in {
        "conf:<60": [2, 3],
        "conf:<=60": [2, 3, 4],
        "conf:60": [4],
        "conf:>60": [5, 6, 7],
        "conf:>=60": [4, 5, 6, 7],
        "conf:60..80": [4, 5, 6],
        "conf:0": [2],
        "conf:>=0": [2, 3, 4, 5, 6, 7],
        "-conf:>=0": [1],
        "conf:100": [7],
    }.items():
        assert found(reader, query) == numbers, query


def test_choices(open_index):
    reader = open_index(
        entry(1, has=("redaction", "table"), lang=("de",)),
        entry(2, has=("image",), lang=("en",)),
        entry(3, "redaction", attachment=("table.xlsx",)),
    )
    assert found(reader, "has:redactions") == found(reader, "has:table") == [1]
    assert found(reader, "-has:picture") == [1, 3]
    assert found(reader, "lang:german") == found(reader, "lang:de") == [1]
    assert found(reader, "-lang:en") == [1, 3]


def test_bates_numbers(open_index):
    reader = open_index(
        entry(1, bates=("QHPD-000104", "QHPD-000105")),
        entry(2, bates=("QHPD 000106",)),
        entry(3, bates=("QH-PD_000200",)),
        entry(4, bates=("ACME00012345",)),
        entry(5, "QHPD-000105"),
    )
    for query, numbers in {
        "bates:QHPD-000105": [1],
        "bates:qhpd105": [1],
        'bates:"QHPD 000105"': [1],
        "bates:105": [1],
        "bates:000105": [1],
        "bates:QHPD": [1, 2],
        "bates:QHPD*": [1, 2, 3],
        "bates:QHPD-0001*": [1, 2],
        "bates:QHPD-105..QHPD-200": [1, 2, 3],
        "bates:QHPD-000106..000199": [2],
        "bates:QHPD-1..99": [],
        "bates:105..200": [1, 2, 3],
        "bates:ACME-12345": [4],
        "bates:12000..13000": [4],
        "-bates:QHPD-1..QHPD-999999": [4, 5],
    }.items():
        assert found(reader, query) == numbers, query


def test_exemptions(open_index):
    reader = open_index(
        entry(1, exemption=("(b)(6)",)),
        entry(2, exemption=("(b)(7)(C)", "5 U.S.C. 552(b)(7)(C)")),
        entry(3, exemption=("Gov. Code 6254(f)",)),
        entry(4, "(b)(6) 6254"),
    )
    for query in ("exemption:b6", 'exemption:"(b)(6)"', "exemption:(b)(6)", "exemption:B(6)"):
        assert found(reader, query) == [1], query
    for query in ("exemption:b7c", "exemption:b7", 'exemption:"(b)(7)(C)"', "exemption:552"):
        assert found(reader, query) == [2], query
    for query in ("exemption:6254", "exemption:6254f", "exemption:6254(f)", 'exemption:"gov code"'):
        assert found(reader, query) == [3], query


def test_passages_by_number(open_index):
    reader = open_index("a", "a b", "b", "a")
    assert found(reader, Numbered((1, 3, 99))) == [1, 3]
    assert found(reader, Numbered(())) == []
    assert found(reader, And((Word("a"), Not(Numbered((1,)))))) == [2, 4]
    assert found(reader, Or((Numbered((3,)), Word("a")))) == [1, 2, 3, 4]


def test_tags_are_put_in_before_an_engine_sees_them(open_index):
    reader = open_index("a", "a b", "b")
    asked = []

    def tagged(condition):
        asked.append(condition)
        return [3, 2, 2]

    tree = resolve(parse('(tag:important OR -tag:"read later") a^2'), tagged)
    assert asked == [
        InField("tag", Word("important")), InField("tag", Phrase(("read", "later")))
    ]  # fmt: skip
    assert found(reader, tree) == [1, 2]
    assert found(reader, resolve(parse("tag:x"), tagged)) == [2, 3]
    with pytest.raises(UsageError, match="tag:"):
        reader.search(parse("a tag:x"), 1)


# Scores


def test_weights(open_index):
    reader = open_index("red", "blue", "red blue", "green")
    plain = {one.passage: one.score for one in reader.search(parse("red OR blue"), 9).ranked}
    heavy = {one.passage: one.score for one in reader.search(parse("red^4 OR blue"), 9).ranked}
    light = {one.passage: one.score for one in reader.search(parse("(red OR blue)^.5"), 9).ranked}
    assert heavy[2] == pytest.approx(plain[2])
    assert heavy[1] == pytest.approx(4 * plain[1], rel=1e-4)
    assert light == pytest.approx({n: score / 2 for n, score in plain.items()}, rel=1e-4)
    order = reader.search(parse("red^.1 OR blue"), 9).ranked
    assert [one.passage for one in order] == [2, 3, 1] or [one.passage for one in order][-1] == 1
    assert is_tied(lower(parse("re*^3"))) == is_tied(lower(parse("re*")))
    assert not is_tied(lower(parse("red^.01")))


def test_what_is_preferred_never_decides(open_index, monkeypatch):
    """What part of a plan only adds to the score, and what it adds."""
    reader = open_index("red", "red blue", "blue", "green")

    def prefer(tree, languages=("en",)):
        plan = lower(tree, languages)
        blue = boosted(lower(Word("blue"), languages), 3)
        return All((plan,), (), (blue, All((Within("sent", 1, None),)), Terms(())))

    plain = {one.passage: one.score for one in reader.search(Word("red"), 9).ranked}
    for module in ("tantivy_engine", "whoosh_engine"):
        monkeypatch.setattr(f"recordsearch.engines.{module}.lower", prefer)
    ranked = reader.search(Word("red"), 9).ranked
    assert [one.passage for one in ranked] == [2, 1]
    assert ranked[0].score > ranked[1].score == pytest.approx(plain[1])
    assert found(reader, Word("green")) == [4]
    assert found(reader, Numbered((1, 2, 3))) == [1, 2, 3]


# Languages and vocabulary


def test_words_are_looked_for_by_the_stems_of_all_languages(open_index):
    reader = open_index(
        entry(1, "Die Kameras der Häuser", language="de"),
        entry(2, "the houses and cameras", language="en"),
        entry(3, "unbekannt häuser", language=""),
        languages=("en", "de"),
    )
    assert found(reader, "haus") == [1]
    assert found(reader, "Häuser") == [1, 3]
    assert found(reader, "house") == [2]


def test_vocabulary(open_index):
    reader = open_index("b a", "a ab", "re-\nady (b)", entry(4, "éa", **{"from": ("A", "B")}))
    assert list(reader.vocabulary("exact")) == [
        ("a", 2), ("ab", 1), ("b", 2), ("ea", 1), ("ready", 1)
    ]  # fmt: skip
    assert list(reader.vocabulary("exact", "a")) == [("a", 2), ("ab", 1)]
    assert list(reader.vocabulary("from")) == [("a", 1), ("b", 1)]
    assert list(reader.vocabulary("exact", "zz")) == []
    assert reader.frequencies("exact", ["a", "b", "nowhere", "ea"]) == {"a": 2, "b": 2, "ea": 1}
    assert reader.frequencies("exact", []) == {}
    reader = open_index()
    assert list(reader.vocabulary("exact")) == []
    assert reader.frequencies("exact", ["a"]) == {}
