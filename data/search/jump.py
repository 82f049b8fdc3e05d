"""Going straight to the case of an order: a number that was typed in full needs no search."""

from __future__ import annotations

import re
import sqlite3

from data.search.folding import words

DIGITS = 6
"""An id has at least so many digits; fewer are a search for what ends like that."""

_DIGIT = re.compile(r"[0-9]")
_CASES = "SELECT c.review_id FROM {ids} JOIN review_case c ON c.review_id = r.id WHERE c.withdrawn_at IS NULL AND "
_OF_PURCHASE = _CASES.format(ids="purchase p JOIN review r ON r.purchase_id = p.id")
_OF_REVIEW = _CASES.format(ids="review r")
EXACT = (
    _OF_PURCHASE + "p.external_id = :id",
    _OF_PURCHASE + "p.tracking = :id",
    _OF_REVIEW + "r.order_external_id = :id",
    _OF_REVIEW + "r.external_id = :id",
)


def exact(connection: sqlite3.Connection, typed: str) -> list[int]:
    """The reviews with a case whose order, parcel or review number is exactly this; newest first, mostly none."""
    asked = words(typed)
    if len(asked) != 1 or len(_DIGIT.findall(asked[0].folded)) < DIGITS:
        return []
    reviews: set[int] = set()
    for one in asked[0].ids:
        for statement in EXACT:
            reviews.update(row[0] for row in connection.execute(statement, {"id": one}))
    return sorted(reviews, reverse=True)
