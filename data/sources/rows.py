"""What an importer hands to casework: one review or one order, cleaned and checked, still without a place in the shop.

Times are UTC milliseconds, money is minor units, ids are text. None means that the file does not say. Named tuples,
since a long file makes one of them for every row.
"""

from __future__ import annotations

from typing import NamedTuple

from data.vocabulary import Grade


class ImportedReview(NamedTuple):
    """One review as a file tells it."""

    line: int
    """Where it stands: the first line of the row in a table, the number of the row elsewhere."""

    external_id: str
    """The platform's own key of the review; never made of text or nick."""

    grade: Grade
    rating: int
    raw_rating: str
    raw_scale: str
    text: str
    created_at: int
    order_external_id: str | None = None
    shop_name: str | None = None
    shop_external_id: str | None = None
    buyer_uid: str | None = None
    nick: str = ""
    product: str = ""
    product_external_id: str | None = None
    variant: str | None = None
    appended_text: str | None = None
    appended_at: int | None = None
    reply_text: str | None = None
    pictures: int = 0


class ImportedPhone(NamedTuple):
    """A number to dial: with an extension for most privacy numbers, and the time at which it dies if that is known."""

    number: str
    extension: str | None = None
    virtual: bool = False
    expires_at: int | None = None


class ImportedOrder(NamedTuple):
    """One order as a file tells it."""

    line: int
    external_id: str
    shop_name: str | None = None
    shop_external_id: str | None = None
    buyer_uid: str | None = None
    nick: str = ""
    product: str = ""
    product_external_id: str | None = None
    variant: str | None = None
    amount_minor: int | None = None
    currency: str = "CNY"
    paid_at: int | None = None
    sent_at: int | None = None
    expected_at: int | None = None
    signed_at: int | None = None
    carrier: str | None = None
    tracking: str | None = None
    status: str | None = None
    name: str | None = None
    phone: ImportedPhone | None = None
    address: str | None = None


class RefusedRow(NamedTuple):
    """A row that cannot be read: where it stands, why in words, and what stood there as it came."""

    line: int
    reason: str
    cells: tuple[str, ...] = ()
