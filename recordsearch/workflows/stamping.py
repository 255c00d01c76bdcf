"""What an index is stamped with: so that one made by something else is never searched."""

import sqlite3

from recordsearch.catalogue import reading
from recordsearch.engines.generations import Stamp
from recordsearch.engines.protocol import Engine
from recordsearch.query.analysis import ANALYSER_VERSION


def stamp_of(connection: sqlite3.Connection, engine: Engine) -> Stamp:
    """Say what an index made now, by ``engine``, for this catalogue, would be stamped with."""
    return Stamp(engine.name, engine.version, ANALYSER_VERSION, reading.archive_id(connection))
