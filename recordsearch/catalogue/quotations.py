"""Which of a thread's copies stand in the text of another message."""

import sqlite3


def quoted_copies(connection: sqlite3.Connection, thread: int) -> frozenset[int]:
    """Return the numbers of the copies of a thread's messages that are quoted where they stand."""
    rows = connection.execute(
        "SELECT copy.id FROM copy JOIN message ON message.id = copy.message"
        " WHERE message.thread = ? AND copy.quoted_in IS NOT NULL",
        (thread,),
    )
    return frozenset(row[0] for row in rows)
