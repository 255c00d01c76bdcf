"""Tell how two documents lie to one another from how much of each stands in the other too."""

from enum import StrEnum

# How much of a document's pairs of words stand in another that it is said to lie in. Where each of
# two scans misreads one word in twenty that is 0.8, of one in ten 0.65; other texts share next to
# nothing.
LEAST_HELD = 0.6
# The shorter of two documents that are alike has at least so much of the longer one's length.
_LEAST_LENGTH = 0.75


class Relation(StrEnum):
    """What one document is to another.

    ``LIKE``    near-duplicates: each stands in the other, and they are of about one length.
    ``PART``    it lies in the other, which says more, as a message lies in a chain.
    ``WHOLE``   the other lies in it.
    ``APART``   none of these, though they may share a passage.
    """

    LIKE = "like"
    PART = "part"
    WHOLE = "whole"
    APART = "apart"


def relation(held: float, holding: float) -> Relation:
    """Return what a document is to another.

    ``held`` is how much of it stands in the other, 0 to 1, by ``near_sketches.share_held``;
    ``holding`` is how much of the other stands in it. How the two differ in length tells a part
    from a copy; misread words lessen both shares alike.
    """
    more, less = max(held, holding), min(held, holding)
    if more < LEAST_HELD:
        return Relation.APART
    if less >= _LEAST_LENGTH * more:
        return Relation.LIKE
    return Relation.PART if held > holding else Relation.WHOLE
