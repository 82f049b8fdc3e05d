"""What was written to a buyer, and how often each template was used."""

from __future__ import annotations

import sqlite3

from data.outside import for_screen
from data.rows import MessageRow

MOST = 50
"""How many texts of one buyer are read: their last ones decide which wording comes next."""

OF_BUYER = f"""
SELECT m.case_id, m.channel, m.template, m.variant, m.way, m.at, x.text
FROM review_case c JOIN message m ON m.buyer_id = c.buyer_id LEFT JOIN event_text x ON x.event_id = m.event_id
WHERE c.id = :case_id ORDER BY m.at DESC, m.id DESC LIMIT {MOST}
"""
USES = "SELECT template, count(*) FROM message WHERE way <> 'failed' GROUP BY template"

STATEMENTS = {"messages": OF_BUYER, "template_uses": USES}


def messages(connection: sqlite3.Connection, case_id: int) -> list[MessageRow]:
    """The texts that were written to the buyer of a case, the newest first."""
    return [
        MessageRow(number, channel, template, variant, way, at, for_screen(text or "", lines=True))
        for number, channel, template, variant, way, at, text in connection.execute(OF_BUYER, {"case_id": case_id})
    ]


def uses(connection: sqlite3.Connection) -> dict[str, int]:
    """How often each template was used; what a command refused does not count."""
    return dict(connection.execute(USES).fetchall())
