"""Documents in several languages, and words that are written in several ways, from end to end."""

import pytest

GERMAN = (
    "Der Stadtrat hat die Polizei um alle Unterlagen über den Versuch mit Kameras gebeten, und wir "
    "haben noch keine Antwort auf das Schreiben erhalten, das im März verschickt wurde."
)
JAPANESE = (
    "市議会は警察にカメラの試験に関するすべての文書を求め\nましたが、まだ返事を受け取っていません。"
)
ENGLISH = (
    "The council asked for his re‑election papers by e-mail. Mr. O’Quill wrote 1,200 pages for "
    "nonprofit group in the U.S. The council has not yet answered all of the let\u00adters that "
    "were sent, nor the oﬃce of co-\noperation."
)


@pytest.fixture
def answers(run, tmp_path):
    folder = tmp_path / "release"
    folder.mkdir()
    for name, text in (("de", GERMAN), ("ja", JAPANESE), ("en", ENGLISH)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run("index", str(folder)).status == 0

    def found(query):
        ran = run("search", query, "--json")
        assert ran.status == 0, ran.err
        hits = [line for line in ran.lines if "file" in line]
        marked = [hit["snippet"][slice(*place)] for hit in hits for place in hit["matches"]]
        return {hit["file"] for hit in hits}, marked

    return found


def test_every_way_of_writing_finds_every_other(answers):
    for query, marked in (
        ("reelection", "re‑election"),
        ("re-election", "re‑election"),
        ("election", "election"),
        ('"his reelection papers"', "his re‑election papers"),
        ("email", "e-mail"),
        ("e-mail", "e-mail"),
        ('"by email"', "by e-mail"),
        ('"by e mail"', "by e-mail"),
        ("oquill", "O’Quill"),
        ("O'Quill", "O’Quill"),
        ("1200", "1,200"),
        ("1,200", "1,200"),
        ("non-profit", "nonprofit"),
        ("US", "U.S"),
        ("letter", "let\u00adters"),
        ("office", "office"),
        ("cooperation", "co-operation"),
        ("co-operation", "co-operation"),
        ("operation", "operation"),
    ):
        files, marks = answers(query)
        assert files == {"en.txt"}, query
        assert marked in marks, query


def test_scripts_without_spaces_are_searched(answers):
    for query in ("警", "警察", "カメラ", '"求めました"', "lang:japanese", "lang:ja 文書"):
        assert answers(query)[0] == {"ja.txt"}, query
    assert answers("察警")[0] == set()
    assert answers("か")[0] == set()
    assert answers("が")[0] == {"ja.txt"}


def test_the_language_of_a_document_is_a_condition(answers):
    assert answers("lang:german")[0] == {"de.txt"}
    assert answers("lang:en council")[0] == {"en.txt"}
    assert answers("polizei -lang:de")[0] == set()
