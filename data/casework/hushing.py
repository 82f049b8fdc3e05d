"""A number that comes in later may tell that the buyer is somebody who is not to be contacted."""

from __future__ import annotations

import sqlite3
from collections.abc import Set

from data.reads.same_person import silent

_AT_ONCE = 500


def hush(connection: sqlite3.Connection, buyer_ids: Set[int]) -> None:
    """Take the open cases of these buyers out of what can be contacted now, where the person said no elsewhere."""
    ids = sorted(buyer_ids)
    for at in range(0, len(ids), _AT_ONCE):
        connection.executemany(
            "UPDATE review_case SET contact_from = NULL WHERE buyer_id = ? AND open = 1",
            [(buyer_id,) for buyer_id in sorted(silent(connection, ids[at : at + _AT_ONCE]))],
        )
