"""Engines: the kinds of index, behind one small protocol."""

from typing import TYPE_CHECKING

from recordsearch.errors import RecordsearchError, UsageError

if TYPE_CHECKING:
    from recordsearch.engines.protocol import Engine

ENGINES = ("tantivy", "whoosh")


def engine(name: str) -> "Engine":
    """Return the engine of this name.

    :raises UsageError: there is no engine of this name.
    :raises RecordsearchError: the engine's library cannot be loaded here.
    """
    if name == "tantivy":
        try:
            from recordsearch.engines.tantivy_engine import TantivyEngine

            return TantivyEngine()
        except ImportError as error:
            raise RecordsearchError(
                f"the engine tantivy cannot be loaded: {error}",
                "install it with: pip install tantivy, or use the other engine: --engine whoosh",
            ) from error
    if name == "whoosh":
        try:
            from recordsearch.engines.whoosh_engine import WhooshEngine

            return WhooshEngine()
        except ImportError as error:
            raise RecordsearchError(
                f"the engine whoosh cannot be loaded: {error}",
                "install it with: pip install Whoosh-Reloaded, "
                "or use the other engine: --engine tantivy",
            ) from error
    raise UsageError(f"there is no engine {name}", f"the engines are {' and '.join(ENGINES)}")
