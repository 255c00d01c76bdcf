"""The query language: what parses to what, what is refused and how, and writing it back."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recordsearch.errors import QueryError
from recordsearch.query.analysis import readings
from recordsearch.query.fields import CHOICES, FIELDS, INDEXED
from recordsearch.query.language import DEEPEST, MOST_TERMS, parse, write
from recordsearch.query.lexer import LONGEST_QUERY
from recordsearch.query.tree import (
    And,
    BatesRange,
    Boost,
    Confidence,
    Fuzzy,
    InField,
    Not,
    Or,
    PageRange,
    Phrase,
    Prefix,
    Regex,
    Sent,
    Tolerant,
    Wildcard,
    Word,
    both,
    either,
)

A, B, C, D = Word("a"), Word("b"), Word("c"), Word("d")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a b OR c d", Or((And((A, B)), And((C, D))))),
        ("a (b OR c) d", And((A, Or((B, C)), D))),
        ("NOT a b", And((Not(A), B))),
        ("NOT (a b)", Not(And((A, B)))),
        ("-a", Not(A)),
        ('-"a b" -(c OR d)', And((Not(Phrase(("a", "b"))), Not(Or((C, D)))))),
        ("NOT NOT a", Not(Not(A))),
        ("a - b -- c", And((A, B, C))),
        ("a-b", Or((Phrase(("a", "b")), Word("ab")))),
        ("c a-b", And((C, Or((Phrase(("a", "b")), Word("ab")))))),
        ("((a) (b (c)))", And((A, B, C))),
        ("or and not", And((Word("or"), Word("and"), Word("not")))),
        ('"OR"', Phrase(("or",))),
        ('"a b"', Phrase(("a", "b"))),
        ("“a b” „c“ ＂d＂", And((Phrase(("a", "b")), Phrase(("c",)), Phrase(("d",))))),
        ('a"b"c', And((A, Phrase(("b",)), C))),
        ("Café", Word("cafe")),
        ("U.S.C.", Word("usc")),
        ("don't", Phrase(("don", "t"))),
        ("face-recognition", Or((Phrase(("face", "recognition")), Word("facerecognition")))),
        (
            '"face-\nrecognition"',
            Or((Phrase(("facerecognition",)), Phrase(("face", "recognition")))),
        ),
        ("& a …", A),
        ("(&) a", A),
        ("recog*", Prefix("recog")),
        ("word~", Fuzzy("word", 1)),
        ("word~1", Fuzzy("word", 1)),
        ("word~2", Fuzzy("word", 2)),
        ("word~~", Tolerant("word")),
        ("Word~~^2", Boost(Tolerant("word"), 2)),
        ("*", Wildcard("*")),
        ("a *", And((A, Wildcard("*")))),
        ("-*", Not(Wildcard("*"))),
        ("wom?n", Wildcard("wom?n")),
        ("rec*tion", Wildcard("rec*tion")),
        ("*ING", Wildcard("*ing")),
        ("**b?ld**", Wildcard("*b?ld*")),
        ("Caf?s", Wildcard("caf?s")),
        ("?ool", Wildcard("?ool")),
        # A question mark at a word's end ends a question.
        ("who knew?", And((Word("who"), Word("knew")))),
        ("really?!", Word("really")),
        ("“why?”", Phrase(("why",))),
        ("http://x.com/q?a=b", Phrase(("http", "x", "com", "q", "a", "b"))),
        ("/rec.*n/", Regex("rec.*n")),
        ("/(a|b)[0-9]{2}/ c", And((Regex("(a|b)[0-9]{2}"), C))),
        ('/a"b/', Regex('a"b')),
        (r"/a\/b/", Regex(r"a\/b")),
        ("-/a+/", Not(Regex("a+"))),
        ("/a/^3", Boost(Regex("a"), 3)),
        ("/home/a", Phrase(("home", "a"))),
        ("a/b/", Phrase(("a", "b"))),
        ("a / b", And((A, B))),
        ('"a b"~5', Phrase(("a", "b"), 5)),
        ('"a b"~0', Phrase(("a", "b"))),
        ('"a"~5', Phrase(("a",))),
        ('"a b"~5^.5 c', And((Boost(Phrase(("a", "b"), 5), 0.5), C))),
        ("a^2", Boost(A, 2)),
        ("a^2.5 b", And((Boost(A, 2.5), B))),
        ('"a b"^2', Boost(Phrase(("a", "b")), 2)),
        ("(a OR b)^3", Boost(Or((A, B)), 3)),
        ("(a b)^3 c", And((Boost(And((A, B)), 3), C))),
        ("-(a b)^3", Not(Boost(And((A, B)), 3))),
        ("from:a^2", Boost(InField("from", A), 2)),
        ("m^2x", Phrase(("m", "2x"))),
        ("a^", A),
        ("^2", Word("2")),
        ("file:a", InField("file", A)),
        ("FILE:a", InField("file", A)),
        ("file:report.pdf", InField("file", Phrase(("report", "pdf")))),
        ('file:"a b"', InField("file", Phrase(("a", "b")))),
        ("file:ab*", InField("file", Prefix("ab"))),
        ("file:report(1).pdf", InField("file", Phrase(("report", "1", "pdf")))),
        ("(file:a)b", And((InField("file", A), B))),
        ("file:a(b c)", And((InField("file", A), B, C))),
        ("from:(a OR b)", Or((InField("from", A), InField("from", B)))),
        ("from:(a b -c)", And((InField("from", A), InField("from", B), Not(InField("from", C))))),
        (
            "from:((a OR b) c)^2 d",
            And(
                (
                    Boost(
                        And((Or((InField("from", A), InField("from", B))), InField("from", C))), 2
                    ),
                    D,
                )
            ),
        ),
        (
            'to:("a b" OR c*d)',
            Or((InField("to", Phrase(("a", "b"))), InField("to", Wildcard("c*d")))),
        ),
        ("page:(2 OR >=7)", Or((PageRange(2, 2), PageRange(7, None)))),
        ("date:(2017 OR 2019)", Or((Sent(20170101, 20171231), Sent(20190101, 20191231)))),
        ("from:r?e", InField("from", Wildcard("r?e"))),
        ("from:/r.e/", InField("from", Regex("r.e"))),
        ("from:rowe~", InField("from", Fuzzy("rowe", 1))),
        ("from:*", InField("from", Wildcard("*"))),
        ('subject:"a b"~3', InField("subject", Phrase(("a", "b"), 3))),
        ("conf:<60", Confidence(None, 59.99)),
        ("conf:<=60", Confidence(None, 60)),
        ("conf:>60.5", Confidence(60.51, None)),
        ("conf:>=0", Confidence(0, None)),
        ("conf:60..80", Confidence(60, 80)),
        ("conf:93", Confidence(93, 93)),
        ("lang:de", InField("lang", Word("de"))),
        ("lang:German", InField("lang", Word("de"))),
        ("has:redaction", InField("has", Word("redaction"))),
        ("has:Pictures", InField("has", Word("image"))),
        ("bates:QHPD-000105", InField("bates", Word("qhpd000000000105"))),
        ('bates:"QHPD 105"', InField("bates", Phrase(("qhpd000000000105",)))),
        ("bates:105", InField("bates", Word("000000000105"))),
        ("bates:QHPD", InField("bates", Word("qhpd"))),
        ("bates:QHPD-0001*", InField("bates", Prefix("qhpd0001"))),
        ("bates:QHPD-000100..QHPD-000200", BatesRange("qhpd000000000100", "qhpd000000000200")),
        ("bates:QHPD-000100..200", BatesRange("qhpd000000000100", "qhpd000000000200")),
        ("bates:7..12", BatesRange("000000000007", "000000000012")),
        ("exemption:b6", InField("exemption", Phrase(("b", "6")))),
        ("exemption:(b)(6)", InField("exemption", Phrase(("b", "6")))),
        ('exemption:"(b)(7)(C)"', InField("exemption", Phrase(("b", "7", "c")))),
        ("exemption:6254(f)", InField("exemption", Phrase(("6254", "f")))),
        ("exemption:6254", InField("exemption", Word("6254"))),
        ("tag:important", InField("tag", Word("important"))),
        ("document:12", InField("document", Word("12"))),
        ("release:2017", InField("release", Word("2017"))),
        ("-release:a", Not(InField("release", A))),
        ("from:jroe@city.example", InField("from", Phrase(("jroe", "city", "example")))),
        ("participant:Roe", InField("participant", Word("roe"))),
        ('subject:"Re: budget"', InField("subject", Phrase(("re", "budget")))),
        ("case:3:17-cv-00246", InField("case", Phrase(("3", "17", "cv", "00246")))),
        ("url:https://x.com/~c", InField("url", Phrase(("https", "x", "com", "c")))),
        ("url://a", Phrase(("url", "a"))),
        ("statute:6254(f)", InField("statute", Phrase(("6254", "f")))),
        ("statute:552(b)(6)", InField("statute", Phrase(("552", "b", "6")))),
        ('statute:"(b)(6)"', InField("statute", Phrase(("b", "6")))),
        ("type:other", InField("type", Word("other"))),
        ("type:Message", InField("type", Word("message"))),
        ("type:email", InField("type", Word("message"))),
        ("type:E-mail", InField("type", Word("message"))),
        ("type:mail", InField("type", Word("message"))),
        ("date:2017", Sent(20170101, 20171231)),
        ("date:2017-02", Sent(20170201, 20170228)),
        ("date:2016-02", Sent(20160201, 20160229)),
        ("date:2017-12", Sent(20171201, 20171231)),
        ("date:2017-03-05", Sent(20170305, 20170305)),
        ("date:2017-3-5", Sent(20170305, 20170305)),
        ("date:2017-03..2018-01", Sent(20170301, 20180131)),
        ("date:2017..2017-03", Sent(20170101, 20170331)),
        ("date:2017-03..2017", Sent(20170301, 20171231)),
        ("date:>2017-06-01", Sent(20170602, None)),
        ("date:>2017-06", Sent(20170701, None)),
        ("date:>=2017-06", Sent(20170601, None)),
        ("date:<2017", Sent(None, 20161231)),
        ("date:<=2017", Sent(None, 20171231)),
        ("date:<=9999", Sent(None, 99991231)),
        ("date:>=0001", Sent(10101, None)),
        ("before:2016-03", Sent(None, 20160229)),
        ("after:2017-12", Sent(20180101, None)),
        ("-after:2017", Not(Sent(20180101, None))),
        ("page:3", PageRange(3, 3)),
        ("page:3..7", PageRange(3, 7)),
        ("page:>3", PageRange(4, None)),
        ("page:>=3", PageRange(3, None)),
        ("page:<3", PageRange(1, 2)),
        ("page:<=3", PageRange(1, 3)),
        ("page:007", PageRange(7, 7)),
        ("10:30", Phrase(("10", "30"))),
        ("http://x.com", Phrase(("http", "x", "com"))),
        ("file://x", Phrase(("file", "x"))),
        ("Re: a", And((Word("re"), A))),
        ("a::b", Phrase(("a", "b"))),
        ("C:\\Temp", Phrase(("c", "temp"))),
        ('"from:a"', Phrase(("from", "a"))),
    ],
)
def test_what_parses_to_what(query, tree):
    assert parse(query) == tree


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("a b c", Or((A, B, C))),
        ("a AND b c", Or((And((A, B)), C))),
        ("a b -c", And((Not(C), Or((A, B))))),
        ("a b file:c page:1", And((InField("file", C), PageRange(1, 1), Or((A, B))))),
        ("file:a page:1", And((InField("file", A), PageRange(1, 1)))),
        (
            "a b from:c after:2017",
            And((InField("from", C), Sent(20180101, None), Or((A, B)))),
        ),
        ("from:a before:2018-05", And((InField("from", A), Sent(None, 20180430)))),
        ("a (b c)", Or((A, B, C))),
        ("a", A),
    ],
)
def test_any_word_suffices_but_what_narrows_stays_required(query, tree):
    assert parse(query, any_word=True) == tree


@pytest.mark.parametrize(
    ("query", "place", "message", "mend"),
    [
        ("", "", "empty", "word"),
        ("   ", "   ", "empty", "word"),
        ("&", "&", "nothing here", "letters"),
        ("a OR &", "&", "nothing here", "letters"),
        ("& OR a", "& ", "nothing here", "letters"),
        ("a NOT &", "NOT &", "nothing here", "letters"),
        ('a "b c', '"b c', "not closed", '"'),
        ("a (b c", "(", "not closed", ")"),
        ("a b) c", ")", "not opened", "remove"),
        ("a ) b", ")", "not opened", "remove"),
        ("() a", "()", "nothing stands", "between"),
        ("OR a", "OR", "OR has nothing before it", '"or"'),
        ("a OR", "OR", "OR has nothing after it", '"or"'),
        ("a OR OR b", "OR", "OR has nothing after it", '"or"'),
        ("(a OR) b", "OR", "OR has nothing after it", '"or"'),
        ("a AND", "AND", "AND has nothing after it", '"and"'),
        ("a NOT", "NOT", "NOT has nothing after it", '"not"'),
        ("a fiel:b", "fiel:", "no field fiel:", "did you mean file:?"),
        ("relase:b", "relase:", "no field relase:", "did you mean release:?"),
        ("fron:bob", "fron:", "no field fron:", "did you mean from:?"),
        ("sender:bob", "sender:", "no field sender:", "did you mean from:?"),
        ("since:2017", "since:", "no field since:", "did you mean after:?"),
        ("colour:red", "colour:", "no field colour:", "file, release, filetype, page, from, to"),
        ('colour:"x"', "colour:", "no field colour:", "quotation marks"),
        ("a file:", "file:", "no value", "file:letter"),
        ("file: a", "file:", "no value", "file:letter"),
        ("(file:)", "file:", "no value", "file:letter"),
        ("from: smith", "from:", "no value", 'the word itself is written "from"'),
        ("Subject: budget", "Subject:", "no value", "subject:"),
        ("file:&", "file:&", "no letters", "word"),
        ('file:""', 'file:""', "no letters", "word"),
        ("from:(a subject:b)", "subject:b", "in a group of from:", "close the group"),
        ("from:(a subject:(b))", "subject:(", "in a group of from:", "close the group"),
        ("from:(a", "from:(", "not closed", ")"),
        ("from:() a", "from:()", "nothing stands", "between"),
        ("date:(2017 OR x)", "x", "cannot be x", "date:2017"),
        ("from:roe@cit*", "from:roe@cit*", "works on one word", "from:cit*"),
        ("type:mesage", "type:mesage", "cannot be mesage", "type:message?"),
        ("type:fax", "type:fax", "cannot be fax", "type:message, type:letter, type:other"),
        ("a date:2017-02-30", "date:2017-02-30", "no day 2017-02-30", "date:2017-02-28"),
        ("date:2017-04-00", "date:2017-04-00", "no day", "01 to 30"),
        ("date:2017-13", "date:2017-13", "no month 13", "01 to 12"),
        ("date:2017-00-01", "date:2017-00-01", "no month 00", "01 to 12"),
        ("date:0000", "date:0000", "no year 0000", "date:"),
        ("date:17", "date:17", "cannot be 17", "date:2017-03-05"),
        ("date:3/5/2017", "date:3/5/2017", "cannot be", "date:2017-03-05"),
        ("date:2017..", "date:2017..", "cannot be empty", "date:>=2017-06"),
        ("date:2018..2017", "date:2018..2017", "runs backwards", "date:2017..2018?"),
        ("date:2017-03-02..2017-03-01", "date:2017-03-02..2017-03-01", "backwards", "-01..2017"),
        ("date:<0001", "date:<0001", "no days there", "0001 to 9999"),
        ("after:9999-12", "after:9999-12", "no days there", "0001 to 9999"),
        ("before:2017..2018", "before:2017..2018", "cannot be", "before:2017-03"),
        ("before:>2017", "before:>2017", "cannot be", "before:2017-03"),
        ("date:", "date:", "no value", "date:2017-03..2018"),
        ("file:a~~", "file:a~~", "takes no ~~", "~"),
        ("conf:x", "conf:x", "cannot be x", "conf:<60"),
        ("conf:101", "conf:101", "0 to 100", "conf:<60"),
        ("conf:<0", "conf:<0", "0 to 100", "conf:<60"),
        ("conf:>100", "conf:>100", "0 to 100", "conf:<60"),
        ("conf:80..60", "conf:80..60", "runs backwards", "conf:60..80?"),
        ("conf:60.123", "conf:60.123", "cannot be", "conf:<60"),
        ("lang:grman", "lang:grman", "cannot be grman", "lang:german?"),
        ("lang:qqq", "lang:qqq", "cannot be qqq", "lang:en"),
        ("has:redacton", "has:redacton", "cannot be redacton", "has:redaction?"),
        ("has:xyzzy", "has:xyzzy", "cannot be", "has:redaction, has:attachment, has:table"),
        ("confidence:<60", "confidence:", "no field", "did you mean conf:?"),
        ("language:de", "language:", "no field", "did you mean lang:?"),
        ("bates:A-1..B-2", "bates:A-1..B-2", "no range", "same prefix"),
        ("bates:A-9..A-2", "bates:A-9..A-2", "backwards", "bates:A-2..A-9?"),
        ("bates:a..b", "bates:a..b", "no range", "bates:ACME"),
        ("page:7..3", "page:7..3", "runs backwards", "page:3..7"),
        ("page:x", "page:x", "cannot be x", "page:3..7"),
        ("page:3..", "page:3..", "cannot be", "page:3..7"),
        ("page:-1", "page:-1", "cannot be -1", "page:3..7"),
        ("page:1234567890", "page:1234567890", "cannot be", "page:3..7"),
        ("page:0", "page:0", "numbered from 1", "page:1"),
        ("page:<1", "page:<1", "numbered from 1", "page:1"),
        ("page:0..3", "page:0..3", "numbered from 1", "page:1"),
        ("a &*", "&*", "no word in front", "word"),
        ("~~", "~~", "no word in front", "word"),
        ("don't~~", "don't~~", "works on one word", "don t~~"),
        ("*a*", "*a*", "too many words", "2 letters"),
        ("don't*s", "don't*s", "works on one word", "don t*"),
        ("b /[a/", "[", "not closed", "]"),
        ("/a(/", "(", "not closed", ")"),
        ("/a)/", ")", "not opened", "remove"),
        ("/a(?=b)/", "(", "not offered", "( and )"),
        (r"/(a)\1/", "\\", "not offered", "letters"),
        ("/a**/", "*", "repetition is repeated", "group"),
        ("/+a/", "+", "nothing to stand for", r"\+"),
        ("/a{3,2}/", "{", "backwards", "{2,5}"),
        ("/a{x}/", "{", "needs a number", "{2}"),
        ("/a{900}/", "a", "too large", "repetitions"),
        ("/a^b/", "^", "cannot stand inside", "leave it out"),
        ("/[z-a]/", "[", "runs backwards", "[a-z]"),
        ("from:/[a/", "[", "not closed", "]"),
        ("a b^0", "^0", "no weight", "word^2"),
        ("(a b)^101 c", "^101", "no weight", "0.01 to 100"),
        ('"a b"~', "~", "takes a number", '"near each other"~5'),
        ('"a b"~101', "~101", "takes a number up to 100", "near"),
        ('"' + "a " * 17 + '"~2', '"' + "a " * 17 + '"~2', "too many words to be near", "fewer"),
        ("~", "~", "no word in front", "word"),
        ("a*", "a*", "too many words", "2 letters"),
        ("don't*", "don't*", "works on one word", "don t*"),
        ("word~3", "word~3", "~3 is not a number", "~2"),
        ('"a b"*', "*", "cannot follow a phrase", "word"),
    ],
)
def test_what_is_refused_says_where_and_how_to_mend_it(query, place, message, mend):
    with pytest.raises(QueryError) as caught:
        parse(query)
    error = caught.value
    assert error.query == query
    assert query[error.start : error.end] == place
    assert message in error.message
    assert mend in error.mend
    assert "\n" not in error.message + error.mend


def test_every_example_of_a_field_is_a_query():
    for field in FIELDS.values():
        tree = parse(field.example)
        assert parse(write(tree)) == tree
        assert field.example.startswith(f"{field.name}:")


def test_limits():
    assert parse("(" * DEEPEST + "a" + ")" * DEEPEST) == A
    for query, message in (
        ("a" * (LONGEST_QUERY + 1), "too long"),
        ("a " * 50_000, "too long"),
        ("ab?c " * 17, "too many patterns"),
        ("from:/a+/ OR " * 17 + "a", "too many patterns"),
        ("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), "too deep"),
        ("NOT " * (DEEPEST + 1) + "a", "too deep"),
        ("(" * LONGEST_QUERY, "too deep"),
        ("a " * (MOST_TERMS + 1), "too many words"),
        ('"' + "a " * (MOST_TERMS + 1) + '"', "too many words"),
    ):
        with pytest.raises(QueryError, match=message):
            parse(query)
    assert len(parse("a " * MOST_TERMS).children) == MOST_TERMS


def test_leaves_know_their_place():
    query = 'one -"two three" file:x page:2..4 fo* to:a@b date:2017'
    places = [
        query[slice(*getattr(child, "child", child).place)] for child in parse(query).children
    ]
    assert places == [
        "one", '"two three"', "file:x", "page:2..4", "fo*", "to:a@b", "date:2017"
    ]  # fmt: skip


def stands_for_itself(words):
    return readings(" ".join(words)) == (tuple(words),)


TOKEN = st.one_of(
    st.sampled_from(
        ["a", "or", "and", "not", "usc", "2017", "日本", "हिनदी", "file", "page", "to", "from"]
    ),
    st.text(alphabet="abcdefgh0123é字", min_size=1, max_size=40).map(
        lambda text: text.replace("é", "e")
    ),
).filter(lambda token: stands_for_itself((token,)))
LONGER = TOKEN.filter(lambda token: len(token) > 1)
WORDS = st.lists(TOKEN, min_size=1, max_size=4).map(tuple).filter(stands_for_itself)
PHRASE = st.builds(
    lambda words, slop: Phrase(words, slop if len(words) > 1 else 0),
    WORDS,
    st.one_of(st.just(0), st.integers(1, 100)),
)
WILDCARD = st.one_of(
    st.just(Wildcard("*")),
    st.tuples(LONGER, st.sampled_from(["?", "*", "*?"]), TOKEN).map(
        lambda parts: Wildcard("".join(parts))
    ),
    st.builds(lambda word: Wildcard(f"*{word}"), LONGER),
    st.builds(lambda word: Wildcard(f"*{word}*"), LONGER),
)
REGEX = st.sampled_from(
    ["a", "a.*", "(a|b)+c", "[a-z]{2,4}", r"\d+", r"a\/b", "(?:ab)?c$", "^a"]
).map(Regex)
NAME = st.one_of(
    st.builds(Word, TOKEN),
    PHRASE,
    st.builds(Prefix, LONGER),
    st.builds(Fuzzy, TOKEN, st.sampled_from([1, 2])),
    WILDCARD,
    REGEX,
)
PAGES = st.tuples(st.integers(1, 999), st.one_of(st.none(), st.integers(0, 99))).map(
    lambda pair: PageRange(pair[0], None if pair[1] is None else pair[0] + pair[1])
)
DAY = st.dates().map(lambda day: day.year * 10_000 + day.month * 100 + day.day)
DAYS = st.one_of(
    st.builds(Sent, DAY, st.none()),
    st.builds(Sent, st.none(), DAY),
    st.tuples(DAY, DAY).map(lambda pair: Sent(min(pair), max(pair))),
)
FIELD = st.sampled_from(
    [
        name
        for name in (*INDEXED, "participant", "tag")
        if name not in (*CHOICES, "bates", "exemption")
    ]
)
KIND = st.sampled_from(
    [(name, word) for name, choices in CHOICES.items() for word in sorted(set(choices.values()))]
).map(lambda pair: InField(pair[0], Word(pair[1])))
PERCENT = st.integers(0, 10_000).map(lambda hundredths: hundredths / 100)
SCALE = st.one_of(
    st.builds(Confidence, PERCENT, st.none()),
    st.builds(Confidence, st.none(), PERCENT),
    st.tuples(PERCENT, PERCENT).map(lambda pair: Confidence(min(pair), max(pair))),
)
NUMBER = st.integers(0, 999_999)
BATES = st.one_of(
    st.builds(lambda number: InField("bates", Word(f"acme{number:012}")), NUMBER),
    st.builds(lambda word: InField("bates", Word(word)), st.sampled_from(["acme", "qhpd"])),
    st.tuples(NUMBER, NUMBER).map(
        lambda pair: BatesRange(f"a{min(pair):012}", f"a{max(pair):012}")
    ),
    st.sampled_from([Phrase(("b", "6")), Phrase(("b", "7", "c")), Word("6254")]).map(
        lambda text: InField("exemption", text)
    ),
)
WEIGHT = st.integers(100, 1_000_000).map(lambda number: number / 10_000)
LEAF = st.one_of(
    st.builds(Word, TOKEN),
    st.builds(Prefix, LONGER),
    st.builds(Fuzzy, TOKEN, st.sampled_from([1, 2])),
    st.builds(Tolerant, TOKEN),
    PHRASE,
    WILDCARD,
    REGEX,
    st.builds(InField, FIELD, NAME),
    KIND,
    DAYS,
    PAGES,
    SCALE,
    BATES,
)
TREE = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        inner.map(Not),
        st.builds(Boost, inner, WEIGHT),
        st.lists(inner, min_size=1, max_size=4).map(both),
        st.lists(inner, min_size=1, max_size=4).map(either),
    ),
    max_leaves=12,
)


@given(TREE)
def test_a_tree_written_back_parses_to_itself(tree):
    assert parse(write(tree)) == tree


@given(
    st.text(max_size=200)
    | st.text(alphabet='aB1 "“()-*~:.<>=ORANDTpagefildt20\n&/^?[]{}|\\+', max_size=60)
)
@example('"' * 101)
@example("-" * 100 + "a")
@example("page:>=" + "9" * 5000)
@example("date:" + "2017-" * 1000)
@example("date:" + "1" * 9000 + ".." + "2017" * 100)
@example("statute:" + "a(b)" * 2000)
@example("statute:" + "a(b" * 2000)
@example("conf:" + "9" * 5000)
@example("a^" + "9" * 5000)
@example('"a b"~' + "9" * 5000)
@example("/" + "a{9}" * 2000 + "/")
@example("/" + "(" * 5000 + "/")
@example("/" + "[" * 5000 + "/")
@example("?" * 5000)
@example("*" * 5000)
@example("a*" * 4000)
@example("a?" * 4000)
@example("\ud800 /\ud800+/ \ud800*")
@example("bates:" + "9" * 4000 + ".." + "1" * 4000)
@example("type:" + "mes" * 3000)
@settings(deadline=2000)
def test_any_text_gives_a_tree_or_a_query_error(query):
    for any_word in (False, True):
        tree, error = attempt(query, any_word)
        if error:
            assert 0 <= error.start <= error.end <= len(query)
            assert error.message
            assert error.mend
        else:
            assert parse(write(tree)) == tree


@given(st.text(alphabet='aB1 "(-*~:./^?[', min_size=1, max_size=8), st.integers(1, 5_000))
@settings(deadline=4000, max_examples=50)
def test_long_repetitions_do_not_take_long(piece, times):
    _, error = attempt((piece * times)[:LONGEST_QUERY])
    if error:
        assert len(error.message) + len(error.mend) < 400


def attempt(query, any_word=False):
    """Parse, and return the tree or the error; anything else that is raised fails the test."""
    try:
        return parse(query, any_word), None
    except QueryError as error:
        return None, error
