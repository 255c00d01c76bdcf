"""What is marked in the texts of an answer."""

from collections.abc import Sequence

from recordsearch.query.highlight import marked
from recordsearch.query.matcher import NO_VARIANTS, Matcher, Variants
from recordsearch.query.tree import Node


class Marking:
    """Marks what ``tree`` matches, as it was looked for: in which languages and variants."""

    def __init__(
        self, tree: Node, languages: Sequence[str] = ("en",), variants: Variants = NO_VARIANTS
    ) -> None:
        self.tree = tree
        self._matcher = Matcher(tree, languages, variants)

    def in_text(self, text: str) -> list[tuple[int, int]]:
        """Return the character ranges in ``text`` that are marked, in order, not overlapping."""
        return marked(self._matcher, text)
