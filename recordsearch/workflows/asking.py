"""From a query as it was typed to the tree that an engine is asked for."""

import sqlite3

from recordsearch.query.language import parse
from recordsearch.query.tree import InField, Node, Tolerant, Word
from recordsearch.query.walking import leaves, replaced


def tree_of(
    connection: sqlite3.Connection,
    query: str,
    *,
    any_word: bool = False,
    tolerant: bool = False,
) -> Node:
    """Parse a query, and put what only the catalogue knows, such as tags, into its tree.

    :raises QueryError: the query cannot be understood.
    """
    return understood(connection, parse(query, any_word), tolerant=tolerant)


def understood(connection: sqlite3.Connection, tree: Node, *, tolerant: bool = False) -> Node:
    """Return a parsed tree in the form that an engine knows."""
    if tolerant:
        tree = replaced(tree, _tolerant)
    if any(isinstance(leaf, InField) and leaf.name == "tag" for leaf in leaves(tree)):
        from recordsearch.catalogue.tags import tagged_passages
        from recordsearch.query.tags import resolve

        tree = resolve(tree, lambda condition: tagged_passages(connection, condition))
    return tree


def _tolerant(leaf: Node) -> Node:
    return Tolerant(leaf.text, leaf.place) if isinstance(leaf, Word) else leaf
