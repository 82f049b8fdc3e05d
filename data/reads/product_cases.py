"""The other cases of a case's product: what buyers said of it before, and what came of that."""

from __future__ import annotations

import sqlite3

from data.outside import for_screen
from data.rows import ProductCase

AT_MOST = 20
PRODUCT_CASES = f"""
SELECT c.id, r.created_at, r.grade, substr(r.text, 1, 360), c.cause, c.state, c.result
FROM review r JOIN review_case c ON c.review_id = r.id
WHERE r.product_id = (
    SELECT o.product_id FROM review_case k JOIN review o ON o.id = k.review_id WHERE k.id = :case_id
) AND r.grade <> 'good' AND c.id <> :case_id AND c.withdrawn_at IS NULL
ORDER BY r.created_at DESC LIMIT {AT_MOST}
"""
STATEMENTS = {"product_cases": PRODUCT_CASES}


def product_cases(connection: sqlite3.Connection, case_id: int) -> tuple[ProductCase, ...]:
    """The newest first, at most AT_MOST; none where the product is not known."""
    return tuple(
        ProductCase(number, created_at, grade, for_screen(text), cause, state, result)
        for number, created_at, grade, text, cause, state, result in connection.execute(
            PRODUCT_CASES, {"case_id": case_id}
        )
    )
