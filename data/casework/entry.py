"""What an agent types in by hand: a review that no export has yet, a telephone number. The same door as imports.

A typed review has a key of its own; when an import brings the platform's review of the same order, that one takes it
over with its case. Functions work inside the caller's transaction. Times are UTC milliseconds.
"""

from __future__ import annotations

import secrets
import sqlite3

from data.casework.bulk import Batch, Imagined, Tally, count_batch, open_batch
from data.casework.bulk_reviews import ReviewWriter
from data.casework.chain import NewEvent, append_events
from data.casework.hushing import hush
from data.casework.known import MANUAL
from data.casework.places import Place, Terms
from data.errors import Refused
from data.language import _
from data.protocols import NewPhone, NewReview
from data.rows import Done
from data.settings import Settings
from data.sources.cells import CellRefused, clean_id, clean_line, clean_phone, clean_text
from data.sources.rows import ImportedReview
from data.vocabulary import EventKind, Grade, PersonalKind, Platform

SOURCE = "manual"
_RATINGS = {Grade.GOOD: 5, Grade.NEUTRAL: 3, Grade.BAD: 1}
_LONGEST_EXTENSION = 8

# Two questions, each with an index of its own: asked as one with OR, they read every review of the shop.
_KNOWN = """
SELECT 1 FROM review WHERE shop_id = :shop_id AND external_id = :id
UNION ALL SELECT 1 FROM review WHERE +shop_id = :shop_id AND order_external_id = :order_id
"""


def add_review(
    connection: sqlite3.Connection, review: NewReview, *, now: int, settings: Settings, agent_id: int | None
) -> Done:
    """Keep a typed review; a bad or neutral one opens a case. Raises Refused for what cannot be kept."""
    shop = connection.execute("SELECT platform, zone FROM shop WHERE id = ?", (review.shop_id,)).fetchone()
    if shop is None:
        raise Refused(_("No such shop"), _("There is no shop {id}.").format(id=review.shop_id), _("Pick another."))
    row = _typed(review, now)
    if connection.execute(
        _KNOWN, {"shop_id": review.shop_id, "id": row.external_id, "order_id": row.order_external_id}
    ).fetchone():
        raise Refused(
            _("Known already"),
            _("There is a review of order {order} already.").format(order=row.order_external_id),
            _("Search for the order number in the inbox."),
        )
    batch = Batch(SOURCE, SOURCE, Terms(Platform(shop[0])), now, settings, agent_id)
    batch = open_batch(connection, batch)
    ReviewWriter(batch, Imagined()).add(connection, Place(review.shop_id, shop[0], shop[1], True), row)
    event_id = count_batch(connection, batch, Tally(new=1), {review.shop_id})
    said = _("Kept") if review.grade is Grade.GOOD else _("Kept; its case is in the inbox")
    return Done(event_id, said, undoable=False)


def _typed(review: NewReview, now: int) -> ImportedReview:
    try:
        order = clean_id(review.order_id or "", _("The order number")) or None
        text = clean_text(review.text, _("The review")).strip()
    except CellRefused as refusal:
        raise Refused(_("That cannot be kept"), str(refusal), _("Type it again.")) from refusal
    if not text:
        raise Refused(_("That cannot be kept"), _("The review is empty."), _("Type the buyer's words."))
    return ImportedReview(
        line=1,
        external_id=f"{MANUAL}{order or secrets.token_hex(8)}",
        grade=review.grade,
        rating=_RATINGS[review.grade],
        raw_rating=review.grade.value,
        raw_scale="good/neutral/bad",
        text=text,
        created_at=now,
        order_external_id=order,
        nick=clean_line(review.nick),
        product=clean_line(review.product),
    )


def add_phone(connection: sqlite3.Connection, case_id: int, phone: NewPhone, *, now: int, agent_id: int | None) -> Done:
    """Keep a number of the buyer of a case; with an extension or an expiry it is a virtual one.

    A number that is known gets the new expiry. Raises Refused for what nobody can dial, or an expiry that has passed.
    """
    case = connection.execute(
        "SELECT c.buyer_id, r.purchase_id FROM review_case c JOIN review r ON r.id = c.review_id WHERE c.id = ?",
        (case_id,),
    ).fetchone()
    if case is None:
        raise Refused(_("No such case"), _("There is no case {id}.").format(id=case_id), _("Go back to the inbox."))
    number, extension = _dialled(phone)
    if phone.expires_at is not None and phone.expires_at <= now:
        raise Refused(_("Expired"), _("This number is dead already."), _("Fetch a new one from the platform."))
    known = connection.execute(
        "SELECT id, expires_at FROM personal WHERE buyer_id = ? AND kind = ? AND value = ? "
        "AND coalesce(extension, '') = ? ORDER BY id DESC",
        (case[0], PersonalKind.PHONE.value, number, extension or ""),
    ).fetchone()
    virtual = int(extension is not None or phone.expires_at is not None)
    if known is not None and known[1] == phone.expires_at:
        raise Refused(_("Known already"), _("This number is kept already."), _("It is on the buyer screen."))
    if known is not None:
        personal_id = int(known[0])
        connection.execute(
            "UPDATE personal SET expires_at = ?, virtual = ? WHERE id = ?", (phone.expires_at, virtual, personal_id)
        )
    else:
        cursor = connection.execute(
            "INSERT INTO personal (buyer_id, purchase_id, kind, value, extension, virtual, expires_at, added_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (case[0], case[1], PersonalKind.PHONE.value, number, extension, virtual, phone.expires_at, now),
        )
        personal_id = int(cursor.lastrowid or 0)
        hush(connection, {case[0]})
    event = NewEvent(
        at=now,
        kind=EventKind.PERSONAL_ADDED,
        agent_id=agent_id,
        case_id=case_id,
        subject_id=personal_id,
        code=PersonalKind.PHONE.value,
    )
    (event_id,) = append_events(connection, [event])
    connection.execute("UPDATE review_case SET last_event_id = ? WHERE id = ?", (event_id, case_id))
    return Done(event_id, _("Number kept"), undoable=False)


def _dialled(phone: NewPhone) -> tuple[str, str | None]:
    try:
        read = clean_phone(phone.number, _("The number"))
        extension = clean_id(phone.extension or "", _("The extension")) or None
    except CellRefused as refusal:
        raise Refused(_("Nobody can dial that"), str(refusal), _("Type it again.")) from refusal
    if read is None:
        raise Refused(
            _("Nobody can dial that"),
            _("It is no telephone number, or part of it is masked."),
            _("Type digits, for example 13800001234 or 0571-8888888."),
        )
    extension = extension or read.extension
    if extension is not None and not (extension.isdecimal() and len(extension) <= _LONGEST_EXTENSION):
        raise Refused(
            _("Nobody can dial that"), _("An extension has up to 8 digits."), _("Type the digits after the number.")
        )
    return read.number, extension
