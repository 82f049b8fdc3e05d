"""Asking of one case whether the search finds something in it, inside a condition on `review_case c`."""

from __future__ import annotations

_CASE = """EXISTS (
    SELECT 1 FROM review r LEFT JOIN product d ON d.id = r.product_id LEFT JOIN purchase p ON p.id = r.purchase_id
    LEFT JOIN buyer b ON b.id = c.buyer_id WHERE r.id = c.review_id AND search_found({{typed}}, {looked_at}))"""

FOUND_IN_CASE = _CASE.format(
    looked_at="r.text, r.appended_text, d.title, p.variant, b.nick, "
    "r.external_id, r.order_external_id, p.external_id, p.tracking"
)
"""Whether every word is found; `typed` is to be the name of the value that holds them."""

TITLED_IN_CASE = _CASE.format(looked_at="'', NULL, d.title, NULL, NULL, NULL, NULL, NULL, NULL")
"""Whether every word is found in the product's title."""
