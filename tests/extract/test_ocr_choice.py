"""Which of two readings of one page is the better one."""

from hypothesis import given
from hypothesis import strategies as st

from recordsearch.extract.ocr_choice import better
from recordsearch.records import Adapter, Method, Page, Word

LINES = (
    "the agency has found nineteen letters about the harbour works and releases twelve",
    "of them in full while parts of seven are withheld under the fifth exemption",
)
ALL = " ".join(LINES).split()


def page(engine: str, words: list[tuple[str, float]]) -> Page:
    return Page(
        number=1,
        text=" ".join(text for text, _ in words),
        method=Method.OCR,
        adapter=Adapter(engine, "1"),
        reason="",
        confidence=50.0,
        words=tuple(Word(text, 0, 0, 1, 1, confidence) for text, confidence in words),
    )


def sure(words: list[str], confidence: float) -> list[tuple[str, float]]:
    return [(word, confidence) for word in words]


def test_the_same_words_leave_the_first_reading() -> None:
    choice = better(
        page("tesserocr", sure(ALL, 60)), page("rapidocr", sure([w.upper() for w in ALL], 99.9))
    )
    assert not choice.second
    assert choice.why.startswith("both readings agree on 100% of the words")


def test_words_misread_and_unsure_lose_to_sure_ones() -> None:
    misread = [(word.replace("e", "c"), 55.0 if "e" in word else 92.0) for word in ALL]
    choice = better(page("tesserocr", misread), page("rapidocr", sure(ALL, 99.5)))
    assert choice.second
    assert better(page("rapidocr", sure(ALL, 99.5)), page("tesserocr", misread)).second is False


def test_reading_that_lost_lines_loses() -> None:
    whole = page("tesserocr", sure(ALL, 96))
    assert not better(whole, page("rapidocr", sure(LINES[0].split(), 99.9))).second


def test_dots_read_as_words_do_not_count_for_the_reading_that_has_them() -> None:
    # A dotted leader comes out of Tesseract as syllables that could be words, at low confidence.
    row = [("Harbour", 94.0), ("dues", 95.0), ("1,204", 93.0)]
    noise = [("cece", 21.0), ("eee", 34.0), ("see", 12.0), ("aes", 40.0)]
    dotted = page("tesserocr", row[:2] + noise + row[2:])
    assert better(dotted, page("rapidocr", [(word, 99.0) for word, _ in row])).second


def test_confidence_means_another_thing_for_each_engine() -> None:
    # At 90, a word that only one engine read is as likely wrong as right for either; at 96 it is
    # sure for Tesseract, and not for RapidOCR.
    mine, yours = ["harbor"], ["harbour"]
    first = page("tesserocr", sure(ALL[:5], 96) + sure(mine, 96))
    second = page("rapidocr", sure(ALL[:5], 96) + sure(yours, 96))
    assert not better(first, second).second
    assert better(second, first).second


def test_a_word_read_oftener_counts_only_for_the_times_that_it_has_more() -> None:
    first = page("tesserocr", [("and", 90.0), ("pier", 90.0)])
    second = page("rapidocr", [("and", 99.9), ("and", 99.9), ("pier", 99.9)])
    choice = better(first, second)
    assert choice.second
    assert "1 of 1 right" in choice.why
    assert "the first 0 of 0" in choice.why


def test_an_empty_reading_never_wins_and_noise_does_not_beat_emptiness() -> None:
    empty = page("tesserocr", [])
    words = page("rapidocr", sure(ALL, 99.9))
    assert better(empty, words).second
    assert not better(words, empty).second
    assert not better(empty, empty).second
    assert not better(empty, page("rapidocr", sure(["Il1", "vv", "~", "q"], 55))).second
    assert not better(empty, page("rapidocr", [("—", 99.9), ("|", 99.9)])).second


def test_a_text_layer_of_garbage_loses_and_a_good_one_stays() -> None:
    def layer(text: str) -> Page:
        return Page(1, text, Method.TEXT, Adapter("pypdfium2", "2"), "")

    read = page("rapidocr", sure(ALL, 99.5))
    assert better(layer("xq#7 lkjhg wR% tkzz pq9d ~bnm vbX zzT gh " * 5), read).second
    assert not better(layer(" ".join(ALL)), read).second


readings = st.lists(
    st.tuples(st.text(max_size=12), st.one_of(st.none(), st.floats(0, 100))), max_size=30
)


@given(readings, readings, st.sampled_from(["tesserocr", "rapidocr", "pypdfium2"]))
def test_any_two_readings_are_compared_and_never_both_preferred(
    one: list[tuple[str, float]], other: list[tuple[str, float]], engine: str
) -> None:
    first, second = page(engine, one), page("rapidocr", other)
    assert better(first, second).why
    assert not (better(first, second).second and better(second, first).second)
    assert not better(second, second).second
