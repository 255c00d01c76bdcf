"""Near-duplicates meet, different texts stay apart, and clusters stay what they are."""

import random
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from recordsearch.understand.near_clusters import LEAST_SAME, Group, find_groups
from recordsearch.understand.near_sketches import LANES, same_lanes


def sketch(seed: int) -> bytes:
    return random.Random(seed).randbytes(LANES)


def changed(origin: bytes, lanes: Iterable[int]) -> bytes:
    """Return a sketch that differs from another in just these lanes."""
    made = bytearray(origin)
    for lane in lanes:
        made[lane] ^= 0xFF
    return bytes(made)


def members(groups: Iterable[Group]) -> list[list[int]]:
    return [group.members for group in groups]


def test_copies_meet_and_others_stay_alone() -> None:
    new = [(1, sketch(1)), (2, sketch(2)), (3, changed(sketch(1), range(12))), (4, sketch(4))]
    assert list(find_groups(new)) == [Group(None, sketch(1), [1, 3])]


def test_identical_sketches_meet_and_empty_ones_do_not() -> None:
    new = [(1, b""), (2, sketch(2)), (3, b""), (4, sketch(2)), (5, sketch(2))]
    assert members(find_groups(new)) == [[2, 4, 5]]
    assert members(find_groups([(1, b""), (2, b"")])) == []


def test_what_is_not_alike_enough_stays_apart() -> None:
    apart = changed(sketch(1), range(LANES - LEAST_SAME + 1))
    assert members(find_groups([(1, sketch(1)), (2, apart)])) == []
    enough = changed(sketch(1), range(LANES - LEAST_SAME))
    assert members(find_groups([(1, sketch(1)), (2, enough)])) == [[1, 2]]


def test_a_chain_of_small_changes_does_not_join_different_texts() -> None:
    steps = [changed(sketch(1), range(8 * step)) for step in range(9)]
    groups = list(find_groups(enumerate(steps)))
    assert same_lanes(steps[0], steps[8]) == 0
    assert sum(len(group.members) for group in groups) > 6
    for group in groups:
        assert all(same_lanes(group.sketch, steps[at]) >= LEAST_SAME for at in group.members)


def test_new_texts_join_a_known_cluster_though_its_founder_is_gone() -> None:
    new = [(8, changed(sketch(1), range(10))), (9, sketch(9))]
    groups = list(find_groups(new, clusters=[(70, sketch(1)), (71, sketch(2))]))
    assert groups == [Group(70, sketch(1), [8])]


def test_a_new_text_meets_one_that_was_alone() -> None:
    alone = [(number, sketch(number)) for number in range(1, 20)]
    assert members(find_groups([(30, changed(sketch(7), [3, 40]))], alone=alone)) == [[7, 30]]
    assert members(find_groups([(30, sketch(7)), (31, sketch(7))], alone=alone)) == [[7, 30, 31]]


def test_known_clusters_are_never_merged() -> None:
    clusters = [(70, sketch(1)), (71, changed(sketch(1), range(6)))]
    assert list(find_groups([], clusters=clusters)) == []
    groups = list(find_groups([(1, changed(sketch(1), range(7)))], clusters=clusters))
    assert groups == [Group(71, changed(sketch(1), range(6)), [1])]


def test_the_most_alike_founder_is_joined() -> None:
    form = sketch(1)
    first, second = form, changed(form, range(28))
    copies = [changed(second, [60]), changed(second, [61]), changed(first, [62])]
    groups = list(find_groups([(1, first), (2, second), *enumerate(copies, 3)]))
    together = {frozenset(group.members) for group in groups}
    assert frozenset({2, 3, 4}) <= max(together, key=len)


def test_fifty_thousand_copies_of_an_empty_form_are_one_cluster() -> None:
    rng = random.Random(4)
    form = sketch(1)
    same = [(number, form) for number in range(50_000)]
    assert [len(found) for found in members(find_groups(same))] == [50_000]
    scans = [(n, changed(form, rng.sample(range(LANES), 6))) for n in range(3_000)]
    assert [len(found) for found in members(find_groups(scans))] == [3_000]


def test_adding_in_steps_gives_the_clusters_of_one_run() -> None:
    rng = random.Random(6)
    made = []
    for number in range(600):
        origin = sketch(number % 200)
        made.append((number, changed(origin, rng.sample(range(LANES), 5))))
    at_once = {frozenset(found) for found in members(find_groups(made))}
    clusters: list[tuple[int, bytes]] = []
    held: dict[int, set[int]] = {}
    for start in range(0, 600, 100):
        joined = {number for found in held.values() for number in found}
        alone = [one for one in made[:start] if one[0] not in joined]
        for group in list(find_groups(made[start : start + 100], alone=alone, clusters=clusters)):
            number = group.cluster
            if number is None:
                number = len(clusters)
                clusters.append((number, group.sketch))
            held.setdefault(number, set()).update(group.members)
    assert {frozenset(found) for found in held.values()} == at_once
    assert len(at_once) == 200


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 40), st.integers(0, 2)),
        max_size=60,
    )
)
def test_every_text_is_in_one_cluster_at_most_and_like_its_founder(
    drawn: list[tuple[int, int, int]],
) -> None:
    made = [
        (number, changed(sketch(origin), range(shift, shift + lanes // 2)))
        for number, (origin, lanes, shift) in enumerate(drawn)
    ]
    half = len(made) // 2
    clusters = [(100, sketch(0)), (101, sketch(1))]
    groups = list(find_groups(made[half:], alone=made[:half], clusters=clusters))
    found = [number for group in groups for number in group.members]
    assert len(found) == len(set(found))
    assert set(found) <= set(range(len(made)))
    for group in groups:
        assert len(group.members) >= (2 if group.cluster is None else 1)
        for number in group.members:
            assert same_lanes(group.sketch, dict(made)[number]) >= LEAST_SAME
    again = find_groups(made[half:], alone=made[:half], clusters=clusters)
    assert list(again) == groups
