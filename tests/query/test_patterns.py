"""Wildcards and expressions over single words, beside Python's own."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recordsearch.query.patterns import (
    Matcher,
    PatternError,
    PatternTooHardError,
    beginning,
    matcher,
    regex,
    wildcard,
)

ATOM = st.sampled_from(["a", "b", "c", ".", "[ab]", "[^a]", "[a-b]", r"\d", r"\w", "é", "[^b-c]"])
EXPRESSION = st.recursive(
    ATOM,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "{2,}", "{,}", "*?"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map(lambda text: f"({text}|)"),
    ),
    max_leaves=8,
)
WORD = st.text(alphabet="abc1字", max_size=8)


def fault_of(text):
    """Return what is wrong with an expression; where nothing is, it can be used."""
    try:
        Matcher(regex(text))("word")
    except PatternError as error:
        return error
    return None


@given(EXPRESSION, st.lists(WORD, min_size=1, max_size=20))
def test_expressions_match_as_pythons_do(expression, words):
    try:
        matches = Matcher(regex(expression))
    except PatternError:
        assert "{" in expression
        return
    python = re.compile(expression.replace("é", "e"))
    for word in words:
        assert matches(word) == bool(python.fullmatch(word)), word


@given(st.text(alphabet="ab*?", max_size=8), st.lists(WORD, min_size=1, max_size=20))
def test_wildcards_match_as_their_signs_say(form, words):
    matches = Matcher(wildcard(form))
    python = re.compile(form.replace("*", ".*").replace("?", "."))
    for word in words:
        assert matches(word) == bool(python.fullmatch(word)), word


@given(st.text(alphabet=r"ab.[]()|?*+{}^$\-1,d:", max_size=30))
def test_any_text_is_an_expression_or_has_a_fault_at_a_place(text):
    fault = fault_of(text)
    if fault:
        assert 0 <= fault.at <= len(text)
        assert fault.message
        assert fault.mend


@given(st.text(max_size=30))
def test_any_characters_may_stand_in_an_expression(text):
    fault = fault_of(text)
    assert fault is None or 0 <= fault.at <= len(text)


@pytest.mark.parametrize(
    ("expression", "start"),
    [("abc", "abc"), ("ab?c", "a"), ("ab.*", "ab"), ("(ab)c", ""), (".a", ""), ("a[b]c", "abc")],
)
def test_what_every_match_begins_with(expression, start):
    assert beginning(regex(expression)) == start


@pytest.mark.parametrize(
    "expression",
    ["(a|a)*b", "(a*)*b", "(.*.*.*.*)*x", "(a|aa|aaa)*$", "(a?){30}a{30}", "((a+)+)+b"],
)
def test_what_explodes_elsewhere_takes_few_steps(expression):
    matches = Matcher(regex(expression), steps=60_000)
    assert not matches("a" * 29 + "!")
    assert not matches("a" * 100_000 + "!")


def test_a_pattern_that_is_too_hard_gives_up():
    hard = regex(".*a.{30}")
    words = [f"{number:020b}".replace("0", "a") + "b" * 20 for number in range(1_000)]
    matches = Matcher(hard, steps=10_000)
    with pytest.raises(PatternTooHardError):
        [matches(word) for word in words]
    assert matcher(".*a.{30}", is_regex=True)("a" * 31)


@given(st.integers(1, 6), st.integers(1, 6))
@settings(max_examples=20)
def test_repetitions_are_counted(low, more):
    matches = Matcher(regex(f"(ab){{{low},{low + more}}}"))
    found = [times for times in range(20) if matches("ab" * times)]
    assert found == list(range(low, low + more + 1))
