"""The statements behind one case's page."""

from __future__ import annotations

from data.clocks import events
from data.reads import inbox_sql, log

REMEDY = (
    *("e.id", "e.kind", "e.detail", "e.amount_minor", "e.currency", "e.state", "e.offered_at", "e.due_at", "e.entry"),
    *("e.unit", "e.quantity", "e.cost_minor", "e.needs", "e.freight_by", "coalesce(p.name, p.login)", "e.told_at"),
    "e.tracking",
)
"""A remedy's columns; `p` is whoever offered it."""

REMEDY_COLUMNS = ", ".join(REMEDY)

MORE = {
    "shop": "s.name",
    "shop_id": "c.shop_id",
    "zone": "s.zone",
    "shop_language": "s.language",
    "review_external_id": "r.external_id",
    "rating": "r.rating",
    "raw_rating": "r.raw_rating",
    "text": "r.text",
    "appended_text": "r.appended_text",
    "appended_at": "r.appended_at",
    "reply_text": "r.reply_text",
    "removed_at": "r.removed_at",
    "order_external_id": "r.order_external_id",
    "purchase_id": "r.purchase_id",
    "follow_up_at": "c.follow_up_at",
    "promised_at": "c.promised_at",
    "lease_until": "c.lease_until",
    "settled": "c.settled",
    "review_questions": "c.review_questions",
    "calls": "c.calls",
    "refusals": "c.refusals",
    "open": "c.open",
    "buyer_id": "c.buyer_id",
    "preferred_channel": "b.preferred_channel",
    "preferred_from": "b.preferred_from",
    "preferred_until": "b.preferred_until",
    "preferred_days": "b.preferred_days",
    "buyer_zone": "b.zone",
}
"""What a case's page shows beyond its line in the inbox, and where it stands."""

CASE = f"""
SELECT {inbox_sql.COLUMNS}, {", ".join(MORE.values())}
FROM review_case c {inbox_sql.BESIDE} LEFT JOIN shop s ON s.id = c.shop_id
WHERE c.id = :case_id AND c.withdrawn_at IS NULL
"""

_ORDER = """
SELECT p.id, p.external_id, d.title, p.variant, p.amount_minor, p.currency, p.paid_at, p.sent_at, p.expected_at,
    p.signed_at, p.carrier, p.tracking, p.status
FROM purchase p LEFT JOIN product d ON d.id = p.product_id
"""
ORDER = _ORDER + "WHERE p.id = :purchase_id"
EARLIER_ORDERS = (
    _ORDER
    + "WHERE p.buyer_id = :buyer_id AND p.id <> :purchase_id ORDER BY coalesce(p.paid_at, 0) DESC, p.id DESC LIMIT 20"
)
EARLIER_REVIEWS = """
SELECT c.id, r.created_at, r.grade, d.title, substr(r.text, 1, 360)
FROM review r LEFT JOIN product d ON d.id = r.product_id LEFT JOIN review_case c ON c.review_id = r.id
WHERE r.buyer_id = :buyer_id AND r.id <> :review_id AND r.withdrawn_at IS NULL
ORDER BY r.created_at DESC, r.id DESC LIMIT 20
"""
GRADES = """
SELECT r.grade, count(*) FROM review r WHERE r.buyer_id = :buyer_id AND r.withdrawn_at IS NULL GROUP BY r.grade
"""
PERSONAL = """
SELECT id, kind, value, virtual, extension, expires_at, purchase_id FROM personal
WHERE buyer_id = :buyer_id ORDER BY id DESC LIMIT 40
"""
REVISIONS = """
SELECT kind, seen_at, written_at, grade_before, grade_after, text_before, text_after FROM revision
WHERE review_id = :review_id AND undone_at IS NULL ORDER BY seen_at DESC, id DESC LIMIT 40
"""
CONTACTS = f"""
SELECT {log.COLUMNS} FROM contact t {log.BESIDE}
WHERE t.buyer_id = :buyer_id ORDER BY t.started_at DESC, t.id DESC LIMIT 40
"""
PROMISES = """
SELECT p.by_whom, p.kind, p.state, p.made_at, p.due_at, t.channel, t.started_at,
    EXISTS (SELECT 1 FROM event e WHERE e.case_id = p.case_id AND e.kind = 'promise_kept' AND e.subject_id = p.id
    AND e.contact_id IS NOT NULL)
FROM promise p LEFT JOIN contact t ON t.id = p.contact_id
WHERE p.case_id = :case_id ORDER BY p.made_at DESC, p.id DESC LIMIT 40
"""
REMEDIES = f"""
SELECT {REMEDY_COLUMNS} FROM remedy e LEFT JOIN agent p ON p.id = e.agent_id
WHERE e.case_id = :case_id AND e.state <> 'withdrawn' ORDER BY e.offered_at DESC, e.id DESC LIMIT 40
"""
NOTES = """
SELECT n.at, coalesce(a.name, a.login), n.text FROM note n LEFT JOIN agent a ON a.id = n.agent_id
WHERE n.case_id = :case_id ORDER BY n.at DESC, n.id DESC LIMIT 40
"""
FOLLOW_UPS = """
SELECT kind, due_at, channel, device, rung FROM follow_up
WHERE case_id = :case_id AND state = 'open' ORDER BY due_at, id
"""
ATTEMPTS = """
SELECT started_at, case_id, channel, line FROM contact
WHERE buyer_id = :buyer_id AND started_at > :since AND incoming = 0 ORDER BY started_at, id
"""
CLOCK_EVENTS = events.OF_A_CASE
HOW_OWNED = """
SELECT kind, code, subject_id FROM event WHERE case_id = :case_id
AND kind IN ('assigned','claimed','released','returned','handed_over','taken_over') ORDER BY id DESC LIMIT 1
"""
SECOND_PASS = """
SELECT 1 FROM event WHERE case_id = :case_id AND kind = 'reopened' AND code = 'second_pass' LIMIT 1
"""
NICK = "SELECT b.nick FROM review_case c JOIN buyer b ON b.id = c.buyer_id WHERE c.id = :case_id"

STATEMENTS = {
    "case": CASE,
    "order": ORDER,
    "earlier_orders": EARLIER_ORDERS,
    "earlier_reviews": EARLIER_REVIEWS,
    "grades": GRADES,
    "personal": PERSONAL,
    "revisions": REVISIONS,
    "contacts": CONTACTS,
    "promises": PROMISES,
    "remedies": REMEDIES,
    "notes": NOTES,
    "follow_ups": FOLLOW_UPS,
    "attempts": ATTEMPTS,
    "clock_events": CLOCK_EVENTS,
    "how_owned": HOW_OWNED,
    "second_pass": SECOND_PASS,
    "nick": NICK,
}
