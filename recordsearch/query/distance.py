"""How many edits lie between two words, the one rule for every engine and the highlighter."""


def within(first: str, second: str, limit: int) -> bool:
    """Tell whether at most ``limit`` edits turn one word into the other.

    An edit inserts, deletes or replaces one code point, or swaps two neighbours; what was swapped
    is not edited again (optimal string alignment, the restricted Damerau-Levenshtein distance,
    which is also what tantivy's automata accept: ``ca`` is three edits from ``abc``).
    """
    if abs(len(first) - len(second)) > limit:
        return False
    if first == second:
        return True
    # Each letter that only one word has costs an edit; this settles most pairs of a lexicon.
    letters, others = set(first), set(second)
    if len(letters - others) > limit or len(others - letters) > limit:
        return False
    first, second = _without_common_ends(first, second)
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, left in enumerate(first, 1):
        earlier, before, row = before, row, [i]
        for j, right in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == second[j - 2] and first[i - 2] == right:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(before) > limit:
            return False
    return row[-1] <= limit


def _without_common_ends(first: str, second: str) -> tuple[str, str]:
    """Drop the prefix and suffix that both words share; the distance stays the same."""
    start, stop = 0, min(len(first), len(second))
    while start < stop and first[start] == second[start]:
        start += 1
    tail = 0
    while tail < stop - start and first[-1 - tail] == second[-1 - tail]:
        tail += 1
    return first[start : len(first) - tail], second[start : len(second) - tail]
