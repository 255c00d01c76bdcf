"""Function words by language."""

import pytest

from recordsearch.query.stop_words import FUNCTION_WORDS, is_stop, stop_words


def test_function_words_are_told_by_their_folded_tokens():
    assert is_stop("the")
    assert is_stop("fur", ("de",))
    assert is_stop("etre", ("en", "fr"))
    assert not is_stop("the", ("de",))
    assert is_stop("the", ("",))
    assert not is_stop("the", ("xx",))
    assert not is_stop("the", ())


@pytest.mark.parametrize(
    "word", ["us", "face", "system", "page", "computer", "police", "state", "information", "first"]
)
def test_what_people_search_for_is_none(word):
    assert not is_stop(word)


@pytest.mark.parametrize("language", FUNCTION_WORDS)
def test_every_list_is_words(language):
    words = stop_words(language)
    assert len(words) >= 15
    assert not any(word.isdigit() for word in words)
