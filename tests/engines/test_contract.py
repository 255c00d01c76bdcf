"""What every engine must do, run for each of them through the protocol alone."""

import os
import pickle
import re
import shutil
import subprocess
import sys
from contextlib import suppress

import pytest

from recordsearch.engines import ENGINES, engine
from recordsearch.engines.expansion import MOST_EXPANDED
from recordsearch.errors import (
    ArchiveInUseError,
    IndexUnavailableError,
    RecordsearchError,
    UsageError,
)
from recordsearch.query.fields import CHOICES, INDEXED
from recordsearch.query.language import parse
from recordsearch.query.tree import Not, Phrase, Word
from recordsearch.records import IndexEntry


def entry(number, text, pages=(1, 1), boilerplate=(), sent=None, **fields):
    given = {"file": ("letters/one.pdf",), "release": ("first",)} | fields
    return IndexEntry(number, text, *pages, given, boilerplate, sent)


def repeating(number, text, **fields):
    """Make an entry; what stands in square brackets in the text is boilerplate."""
    ranges, plain = [], ""
    for piece in re.split(r"(\[[^]]*\])", text):
        if piece.startswith("["):
            ranges.append((len(plain), len(plain) + len(piece) - 2))
        plain += piece.strip("[]")
    return entry(number, plain, boilerplate=tuple(ranges), **fields)


@pytest.fixture(params=ENGINES)
def chosen(request):
    return engine(request.param)


@pytest.fixture
def folder(chosen, tmp_path):
    path = str(tmp_path / "index")
    os.mkdir(path)
    chosen.create(path)
    return path


@pytest.fixture
def index(chosen, folder):
    """A function that puts texts, numbered from 1, or entries into the index."""

    def put(*texts):
        with chosen.writer(folder) as writer:
            writer.add(
                text if isinstance(text, IndexEntry) else entry(number, text)
                for number, text in enumerate(texts, 1)
            )
            writer.commit()

    return put


@pytest.fixture
def find(chosen, folder):
    """A function that answers a query with the numbers found, in order."""

    def found(query, limit=100, offset=0):
        reader = chosen.reader(folder)
        try:
            tree = parse(query) if isinstance(query, str) else query
            return [ranked.passage for ranked in reader.search(tree, limit, offset).ranked]
        finally:
            reader.close()

    return found


# Writing


def test_a_new_index_is_empty_and_can_be_searched(chosen, folder, find):
    assert chosen.reader(folder).count() == 0
    for query in ("word", "-word", '"two words"', "wor*", "wort~", "page:1", "file:x", "date:2017"):
        assert find(query) == []


def test_nothing_is_visible_before_commit_and_all_after(chosen, folder, find):
    with chosen.writer(folder) as writer:
        writer.add([entry(1, "before")])
        assert find("before") == []
        writer.commit()
        assert find("before") == [1]
        writer.add([entry(2, "before too")])
        assert find("before") == [1]
        writer.commit()
        assert sorted(find("before")) == [1, 2]


def test_a_reader_stays_with_the_commit_it_was_opened_on(chosen, folder, index):
    index("one")
    reader = chosen.reader(folder)
    with chosen.writer(folder) as writer:
        writer.remove([1])
        writer.add([entry(2, "one more")])
        writer.commit()
    assert [ranked.passage for ranked in reader.search(parse("one"), 10).ranked] == [1]
    assert reader.count() == 1
    reader.close()


def test_what_was_not_committed_is_dropped(chosen, folder, find):
    with chosen.writer(folder) as writer:
        writer.add([entry(1, "kept")])
        writer.commit()
        writer.add([entry(2, "kept not")])
        writer.remove([1])
    assert find("kept") == [1]
    assert chosen.reader(folder).count() == 1


def test_an_error_inside_the_block_drops_and_frees_the_folder(chosen, folder, find):
    def add_and_fail():
        with chosen.writer(folder) as writer:
            writer.add([entry(1, "lost")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    with chosen.writer(folder) as writer:
        writer.add([entry(2, "found")])
        writer.commit()
    assert find("lost OR found") == [2]


def test_a_killed_writer_leaves_the_last_commit(chosen, folder, find, index):
    index("kept")
    script = (
        "import os, sys\n"
        "from recordsearch.engines import engine\n"
        "from recordsearch.records import IndexEntry\n"
        "writer = engine(sys.argv[1]).writer(sys.argv[2])\n"
        "writer.add([IndexEntry(2, 'kept not', 1, 1, {})])\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, chosen.name, folder], check=False)
    assert find("kept") == [1]
    with chosen.writer(folder) as writer:
        writer.add([entry(3, "kept as well")])
        writer.commit()
    assert sorted(find("kept")) == [1, 3]


def test_remove_works_on_committed_and_on_fresh_passages(chosen, folder, find, index):
    index("word", "word", "word")
    with chosen.writer(folder) as writer:
        writer.add([entry(4, "word"), entry(5, "word")])
        writer.remove([1, 4, 99])
        writer.commit()
    assert sorted(find("word")) == [2, 3, 5]
    assert chosen.reader(folder).count() == 3


def test_a_passage_can_be_replaced_in_one_commit(chosen, folder, find, index):
    index("old text", "other text")
    with chosen.writer(folder) as writer:
        writer.remove([1])
        writer.add([entry(1, "new text")])
        writer.remove([1])
        writer.add([entry(1, "newest text")])
        writer.commit()
    assert find("old OR new") == []
    assert find("newest") == [1]
    assert sorted(find("text")) == [1, 2]


def test_removing_all_leaves_nothing(chosen, folder, find, index):
    index("word", "word")
    with chosen.writer(folder) as writer:
        writer.remove([1, 2])
        writer.commit()
    assert find("word") == []
    assert find("-other") == []


def test_a_second_writer_is_refused(chosen, folder):
    with chosen.writer(folder), pytest.raises(ArchiveInUseError):
        chosen.writer(folder)


def test_many_commits_do_not_leave_files_behind(chosen, folder, index):
    with chosen.writer(folder) as writer:
        for number in range(1, 30):
            writer.remove([number - 1])
            writer.add([entry(number, "word " * 500)])
            writer.commit()
    size = sum(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder))
    assert chosen.reader(folder).count() == 1
    assert size < 300_000


@pytest.mark.parametrize("number", [1, 2**31, 2**53 + 1, 2**62])
def test_large_numbers_are_kept(number, find, index):
    index(entry(number, "word", pages=(999_999_998, 999_999_999)))
    assert find("word") == [number]
    assert find("page:999999999") == [number]


# What makes an index unusable


@pytest.fixture(params=["missing", "empty", "a file", "foreign"])
def unusable(request, tmp_path):
    path = tmp_path / "unusable"
    if request.param == "a file":
        path.write_text("not an index")
    elif request.param != "missing":
        path.mkdir()
    if request.param == "foreign":
        (path / "meta.json").write_text('{"segments": []}')
        (path / "_MAIN_1.toc").write_bytes(b"\0" * 100)
    return str(path)


def test_a_folder_without_an_index_is_refused(chosen, unusable):
    with pytest.raises(IndexUnavailableError):
        chosen.reader(unusable)
    with pytest.raises(IndexUnavailableError):
        chosen.writer(unusable)


def test_a_damaged_index_is_an_error_of_ours(chosen, folder, index):
    index(*(f"word number {number}" for number in range(50)))
    kept = folder + "-kept"
    shutil.copytree(folder, kept)
    for name in sorted(os.listdir(kept)):
        for damage in ("remove", "empty", "garble"):
            shutil.rmtree(folder)
            shutil.copytree(kept, folder)
            path = os.path.join(folder, name)
            size = os.path.getsize(path)
            if damage == "remove":
                os.unlink(path)
            else:
                with open(path, "wb") as file:
                    file.write(b"" if damage == "empty" else b"\xa5" * size)
            with suppress(IndexUnavailableError):
                reader = chosen.reader(folder)
                reader.search(parse("word"), 10)
                reader.search(parse('"word number"'), 10)
                reader.close()


def test_an_index_cannot_run_code(tmp_path):
    class Attack:
        def __reduce__(self):
            return (os.mkdir, (str(tmp_path / "ran"),))

    folder = str(tmp_path / "index")
    os.mkdir(folder)
    chosen = engine("whoosh")
    chosen.create(folder)
    (name,) = (name for name in os.listdir(folder) if name.endswith(".toc"))
    path = os.path.join(folder, name)
    with open(path, "rb") as file:
        content = file.read()
    segments = pickle.dumps([], -1)
    assert content.endswith(segments)
    with open(path, "wb") as file:
        file.write(content.removesuffix(segments) + pickle.dumps(Attack(), -1))
    with pytest.raises(IndexUnavailableError):
        chosen.reader(folder)
    assert not (tmp_path / "ran").exists()


# Words


def test_words_find_their_inflections_and_phrases_mean_what_they_say(find, index):
    index("the reports were reviewed", "a report", "reporting", "rapport")
    assert sorted(find("report")) == [1, 2, 3]
    assert find('"report"') == [2]
    assert find('"reports were"') == [1]
    assert find('"report were"') == []


def test_a_word_as_typed_ranks_before_its_inflection(find, index):
    index("we saw reports today", "we saw report today")
    assert find("report") == [2, 1]
    assert find("reports") == [1, 2]


def test_case_accents_and_abbreviations_are_folded(find, index):
    index("CAFÉ in the U.S.C.", "Cafe\u0301 and ﬃne straße", "us")
    assert sorted(find("cafe")) == [1, 2]
    assert find("ffine STRASSE") == [2]
    assert find("usc") == find("u.s.c.") == [1]
    assert find("U.S.") == [3]


@pytest.mark.parametrize(
    "broken", ["recog-\nnition", "recog‐\nnition", "recog\u00ad\nnition", "recog-\fnition"]
)
def test_a_word_broken_at_a_line_end_is_found_whole_and_in_parts(broken, find, index):
    index(f"the {broken} system")
    for query in ("recognition", '"the recognition system"', "recognit*", "recog", "recognitoin~"):
        assert find(query) == [1], query
    assert find('"the recog nition system"') == [1]


def test_a_compound_broken_at_a_line_end_is_found_in_its_parts(find, index):
    index("face-\nrecognition system")
    for query in ("face", "recognitions", '"face recognition system"', "face-recognition"):
        assert find(query) == [1], query


def test_phrases(find, index):
    index("one two three two one", "two one", "one  two,\nthree")
    assert sorted(find('"one two three"')) == [1, 3]
    assert sorted(find('"two one"')) == [1, 2]
    assert find('"three two one"') == [1]
    assert find('"one three"') == []
    assert find(Phrase(("one", "one"))) == []


def test_prefixes(find, index):
    index("recognition", "recog-\nnise", "reckon", "éclair", "東京都")
    assert find("recog*") == [1, 2]
    assert find("rec*") == [1, 2, 3]
    assert find("ecl*") == [4]
    assert find("東京*") == [5]
    assert find("zz*") == []


def test_fuzzy_words(find, index):
    index("receive", "recieve", "receives", "recive", "deceived", "naïve", "abc", "東京都")
    assert find("receive~") == [1, 2, 3, 4]
    assert find("receive~2") == [1, 2, 3, 4, 5]
    assert find("naive~") == [6]
    # A swap of neighbours is one edit, and what was swapped is not edited again.
    assert find("bac~") == [7]
    assert 7 not in find("ca~2")
    assert find("東都~") == [8]


def test_a_prefix_that_stands_for_too_many_words_says_so(chosen, folder, index):
    words = [f"aa{number:05}" for number in range(MOST_EXPANDED + 5)]
    index(*(" ".join(words[start : start + 1000]) for start in range(0, len(words), 1000)))
    reader = chosen.reader(folder)
    ranking = reader.search(parse("aa*"), 100)
    assert ranking.total == 10
    assert len(ranking.notes) == 1
    assert "aa*" in ranking.notes[0]
    assert f"{MOST_EXPANDED:,}" in ranking.notes[0]
    ranking = reader.search(parse("aa0*"), 100)
    assert (ranking.total, ranking.notes) == (10, ())


# Operators and fields


def test_operators(find, index):
    index("a b", "b c", "c d", "a d")
    assert find("a b") == [1]
    assert sorted(find("a OR c")) == [1, 2, 3, 4]
    assert sorted(find("a -b OR c d")) == [3, 4]
    assert find("b -(a OR d)") == [2]
    assert find("(a OR b) (c OR d) -b") == [4]


def test_negations_alone_give_everything_else(find, index):
    index("a", "b", "c")
    assert find("-a") == [2, 3]
    assert find("-a -b") == [3]
    assert find("NOT (a OR b OR c)") == []
    assert sorted(find("-a OR a")) == [1, 2, 3]
    assert find("NOT NOT a") == [1]


def test_pages_overlap(find, index):
    index(*(entry(page, "word", pages=(page, page + 1)) for page in range(1, 6)))
    assert find("page:3") == [2, 3]
    assert find("page:3..4") == [2, 3, 4]
    assert find("page:>4") == [4, 5]
    assert find("page:<=1") == [1]
    assert find("word -page:>2") == [1]


def test_files_and_releases(find, index):
    index(
        entry(
            1,
            "word",
            file=("letters/annual_report-2017.pdf", "copies/x.pdf"),
            release=("First Release",),
        ),
        entry(2, "word report", file=("mail.mbox",), release=("second release", "Üb\udce9r")),
    )
    assert find("file:report") == [1]
    assert find("file:annual_report-2017.pdf") == [1]
    assert find('file:"report 2017"') == [1]
    assert find("file:rep*") == [1]
    assert find("file:reports") == []
    assert find('file:"pdf copies"') == []
    assert find('release:"second release"') == [2]
    assert find("release:rel*") == [1, 2]
    assert find("release:ub") == [2]
    assert find("word -release:first") == [2]


OF_TEXT = [name for name in INDEXED if name not in (*CHOICES, "bates", "exemption")]


@pytest.mark.parametrize("field", OF_TEXT)
def test_every_field_is_found_by_its_own_name_alone(field, find, index):
    index(
        entry(1, "word", **{field: ("Jane Roe <jroe@city.example>", "Camera Budget")}),
        entry(2, "Jane Roe <jroe@city.example>", file=("x",), release=("y",)),
        entry(3, "word", file=("x",), release=("y",)),
    )
    for value in ("roe", "jroe@city.example", '"jane roe"', "exam*", '"camera budget"'):
        assert find(f"{field}:{value}") == [1], value
        assert find(f"{field}:{value} word") == [1], value
        assert find(f"-{field}:{value}") == [2, 3], value
    for value in ("roes", '"example camera"', "jroe@example", "jr"):
        assert find(f"{field}:{value}") == [], value
    others = [other for other in OF_TEXT if other != field]
    assert find(" OR ".join(f"{other}:roe" for other in others)) == []


def test_a_field_that_no_index_holds_is_refused(chosen, folder):
    with chosen.writer(folder) as writer, pytest.raises(KeyError, match="colour"):
        writer.add([entry(1, "word", colour=("red",))])


def test_participants_are_those_of_four_fields(find, index):
    index(
        entry(1, "word", **{"from": ("Jane Roe",)}),
        entry(2, "word", to=("Ann Poe", "Jane Roe")),
        entry(3, "word", cc=("Roe Jane",)),
        entry(4, "word", bcc=("roe@city.example",)),
        entry(5, "roe", email=("Jane Roe",), case=("Jane Roe",)),
        entry(6, "word", **{"from": ("Jane",), "to": ("Roe",)}),
    )
    assert find("participant:roe") == [1, 2, 3, 4, 6]
    assert find('participant:"jane roe"') == [1, 2]
    assert find("participant:ro*") == [1, 2, 3, 4, 6]
    assert find("participant:roe -from:roe -to:roe") == [3, 4]
    assert find("-participant:roe") == [5]


def test_types(find, index):
    index(*(entry(n, "word", type=(kind,)) for n, kind in enumerate(
        ("message", "other", "other", "message"), 1)
    ))  # fmt: skip
    assert find("type:email") == find("type:message") == [1, 4]
    assert find("type:other") == [2, 3]
    assert find("-type:message") == [2, 3]


def test_dates(find, index):
    days = (None, 20161231, 20170101, 20170305, 20171231, 20180101, None)
    index(*(entry(number, "word", sent=day) for number, day in enumerate(days, 1)))
    for query, found in {
        "date:2017": [3, 4, 5],
        "date:2017-03": [4],
        "date:2017-03-05": [4],
        "date:2017-03-06": [],
        "date:2016-12..2017-03": [2, 3, 4],
        "date:>2017-12-30": [5, 6],
        "date:>2017": [6],
        "date:>=2017-12-31": [5, 6],
        "date:<2017": [2],
        "date:<=2017-01-01": [2, 3],
        "before:2017": [2],
        "before:2017-03-05": [2, 3],
        "after:2017-03-05": [5, 6],
        "date:>=0001": [2, 3, 4, 5, 6],
        "date:<=9999": [2, 3, 4, 5, 6],
        "-date:2017": [1, 2, 6, 7],
        "word after:2016 -after:2017": [3, 4, 5],
        "before:2017 OR after:2017": [2, 6],
    }.items():
        assert find(query) == found, query


def test_conditions_alone_are_ordered_by_number(chosen, folder):
    numbers = [(number * 37) % 101 for number in range(1, 101)]
    with chosen.writer(folder) as writer:
        for start in range(0, 100, 25):
            writer.add(
                entry(number, "word " * (number % 7), sent=20180400 + number % 30 + 1,
                      **{"from": ("Chief",) * (number % 3 + 1)})
                for number in numbers[start : start + 25]
            )  # fmt: skip
            writer.commit()
    reader = chosen.reader(folder)
    for query in ("from:chief before:2018-05", "participant:ch*", "date:2018-04", '-cc:"a b"'):
        ranking = reader.search(parse(query), 1000)
        assert [ranked.passage for ranked in ranking.ranked] == list(range(1, 101)), query
        assert reader.search(parse(query), 7, 3).ranked == ranking.ranked[3:10]
    reader.close()


# Boilerplate


def test_boilerplate_is_found_by_phrase_alone(find, index):
    index(
        repeating(1, "Cameras arrive [This message is confidential] on Monday"),
        repeating(2, "The contract is confidential, the vendor says"),
        repeating(3, "[Sent from my tele-\nphone]"),
    )
    for query in ("confidential", "confid*", "confidental~", "message", "confidential~2"):
        assert find(query) == [n for n in (2,) if query != "message"], query
    assert sorted(find('"is confidential"')) == [1, 2]
    assert sorted(find('"confidential"')) == [1, 2]
    assert find('"this message is confidential"') == [1]
    assert find('"message"') == [1]
    assert find('"my telephone"') == find('"my tele phone"') == [3]
    assert find("telephone OR tele OR phone OR sent*") == []
    assert find("cameras monday") == [1]


def test_boilerplate_leaves_no_neighbours_behind(find, index):
    index(
        repeating(1, "one two[ XX ]three four-\nteen[ YY ][ ZZ ]five"),
        repeating(2, "[AA] one [BB]"),
        repeating(3, "one [AA ]two"),
    )
    assert find('"one two"') == [1]
    assert find('"two three"') == find('"four teen five"') == find('"fourteen five"') == []
    assert find('"three four teen"') == find('"three fourteen"') == [1]
    assert find('"xx yy"') == find('"yy zz"') == find('"aa bb"') == []
    assert sorted(find("one")) == [1, 2, 3]
    # What stands where boilerplate was is no word, nor near one.
    for query in ("x~2", "ab~2", "a~"):
        assert find(query) == [], query


def test_boilerplate_does_not_count_for_the_score(chosen, folder, index):
    index(
        repeating(1, "quiet [word word word word word word word word word word word word]"),
        repeating(2, "word"),
        repeating(3, "[a word of ours]"),
    )
    reader = chosen.reader(folder)
    assert [ranked.passage for ranked in reader.search(parse("word"), 10).ranked] == [2]
    ranked = reader.search(parse('"word"'), 10).ranked
    assert [one.passage for one in ranked] == [2, 1, 3]
    assert [one.score for one in ranked[1:]] == [0, 0]
    assert ranked[0].score > 0
    ranked = reader.search(parse('"word of ours" OR quiet'), 10).ranked
    assert [one.passage for one in ranked] == [1, 3]
    reader.close()


def test_ranges_of_boilerplate_may_overlap_or_hold_everything(find, index):
    index(
        entry(1, "one two three four", boilerplate=((0, 7), (4, 13))),
        entry(2, "one two", boilerplate=((0, 7),)),
        entry(3, "one two", boilerplate=((0, 0), (7, 7))),
        entry(4, "", boilerplate=((0, 0),)),
        entry(5, "one two three four", boilerplate=((0, 13), (4, 7))),
    )
    assert find("four") == [1, 5]
    assert find("one") == [3]
    assert find("three") == []
    assert sorted(find('"one two"')) == [1, 2, 3, 5]
    assert find('"three"') == [1, 5]


# Ranking


def test_ties_are_ordered_by_number_at_every_cut(chosen, folder):
    numbers = [(number * 37) % 101 for number in range(1, 101)]
    with chosen.writer(folder) as writer:
        for start in range(0, 100, 25):
            writer.add(entry(number, "same words here") for number in numbers[start : start + 25])
            writer.commit()
    reader = chosen.reader(folder)
    for query in ("same", '"same words"', "sam*", "same OR page:1", "file:one", "-other"):
        whole = reader.search(parse(query), 1000)
        assert [ranked.passage for ranked in whole.ranked] == list(range(1, 101)), query
        for limit, offset in ((1, 0), (7, 0), (7, 3), (30, 90), (5, 100), (5, 2000), (2**62, 95)):
            part = reader.search(parse(query), limit, offset)
            assert part.total == 100
            assert part.ranked == whole.ranked[offset : offset + limit], (query, limit, offset)
    reader.close()


def test_limit_nought_gives_the_total(chosen, folder, index):
    index("a", "a b", "b")
    reader = chosen.reader(folder)
    for query, total in (("a", 2), ("-a", 1), ("page:1", 3), ('"a b"', 1), ("zzz", 0)):
        ranking = reader.search(parse(query), 0)
        assert (ranking.total, ranking.ranked) == (total, ())
    reader.close()


def test_scores_fall_and_conditions_do_not_change_them(chosen, folder, index):
    index("rare common", "common common", "common", "other words")
    reader = chosen.reader(folder)
    plain = reader.search(parse("rare OR common"), 10).ranked
    narrowed = reader.search(
        parse("(rare OR common) file:one page:1 -release:second -after:2017"), 10
    ).ranked
    assert plain[0].passage == 1
    assert [ranked.score for ranked in plain] == sorted(
        (ranked.score for ranked in plain), reverse=True
    )
    assert [ranked.passage for ranked in narrowed] == [ranked.passage for ranked in plain]
    assert [ranked.score for ranked in narrowed] == pytest.approx(
        [ranked.score for ranked in plain]
    )
    reader.close()


# Hostile content


def test_hostile_texts_are_taken_and_found(find, index):
    index(
        "",
        " \n\f\t ",
        "\udc80\udcff lone surrogates",
        "x" * 100_000 + " tail",
        "\0\x1b[31m \u202eevil\u2066 \ufeffmark",
        "字" * 5_000,
        "a." * 5_000,
        "| | |",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 " * 10 + "\U0010ffff",
    )
    assert find("surrogates") == [3]
    assert find("tail") == [4]
    # A run longer than any word is cut, and is still found as it was written.
    assert find("x" * 9_000) == [4]
    assert find("x" * 9_000 + " -tail") == []
    assert find("evil mark") == [5]
    assert find("字" * 80) == [6]
    assert find("unicode") == [9]
    assert len(find("-zzz")) == 9


def test_the_deepest_query_is_answered(chosen, folder, index):
    index("a", "b")
    reader = chosen.reader(folder)
    for query in ("(" * 50 + "a" + ")" * 50, "-(b " * 24 + "a" + ")" * 24, "NOT " * 50 + "a"):
        assert reader.search(parse(query), 10).total >= 1, query
    tree = Word("a")
    for _ in range(50):
        tree = Not(tree)
    assert reader.search(tree, 10).total == 1
    reader.close()


def test_the_broadest_query_is_answered(chosen, folder, index):
    index("a b c", "x")
    words = " OR ".join(f"w{number}" for number in range(1_000)) + " OR x"
    reader = chosen.reader(folder)
    assert [ranked.passage for ranked in reader.search(parse(words), 10).ranked] == [2]
    reader.close()


# Names


def test_versions_name_the_library(chosen):
    revision, library = chosen.version.split("/")
    assert revision
    assert library[0].isdigit()


def test_an_unknown_engine_is_a_usage_error():
    with pytest.raises(UsageError, match="lucene"):
        engine("lucene")


def test_an_engine_that_cannot_be_loaded_names_the_other(monkeypatch):
    monkeypatch.setitem(sys.modules, "tantivy", None)
    monkeypatch.delitem(sys.modules, "recordsearch.engines.tantivy_engine", raising=False)
    with pytest.raises(RecordsearchError) as caught:
        engine("tantivy")
    assert "--engine whoosh" in caught.value.mend
