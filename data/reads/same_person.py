"""One person under several buyers' rows: the same telephone number, or the same account of Taobao and Tmall.

A no is a person's, not a row's: who said it in one shop of the owner is not called by another (Consumer law art. 29).
A privacy number is lent by the platform to many in turn and tells nobody apart; neither does a masked nick.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

MOST_ROWS = 200
"""So many rows of one person are looked at; a number that stands with more is a placeholder of some export."""

# Taobao and Tmall have one account between them; elsewhere a shop's platform and key name the row already.
_ACCOUNT = "platform IN ('taobao','tmall')"
WHO = f"SELECT key, nick FROM buyer WHERE id = :buyer_id AND {_ACCOUNT}"
BY_KEY = f"SELECT id FROM buyer WHERE {_ACCOUNT} AND key IN (:key, :nick_key)"
BY_NICK = f"SELECT id FROM buyer WHERE lower(nick) = lower(:nick) AND nick = :nick AND {_ACCOUNT} AND key LIKE 'uid:%'"
BY_PHONE = """
SELECT DISTINCT theirs.buyer_id FROM personal own
JOIN personal theirs ON theirs.value = own.value AND theirs.kind = 'phone' AND theirs.virtual = 0
WHERE own.buyer_id = :buyer_id AND own.kind = 'phone' AND own.virtual = 0 LIMIT :most
"""

_SILENT = "SELECT 1 FROM buyer WHERE do_not_contact_at IS NOT NULL LIMIT 1"
_SILENT_THEMSELVES = "SELECT id FROM buyer WHERE do_not_contact_at IS NOT NULL AND id IN ({marks})"
_SILENT_BY_PHONE = """
SELECT DISTINCT own.buyer_id FROM personal own
JOIN personal theirs ON theirs.value = own.value AND theirs.kind = 'phone' AND theirs.virtual = 0
JOIN buyer b ON b.id = theirs.buyer_id AND b.do_not_contact_at IS NOT NULL
WHERE own.buyer_id IN ({marks}) AND own.kind = 'phone' AND own.virtual = 0
"""
_SILENT_BY_ACCOUNT = f"""
SELECT DISTINCT own.id FROM buyer own JOIN buyer b ON b.key = own.key AND b.{_ACCOUNT}
WHERE own.id IN ({{marks}}) AND own.{_ACCOUNT} AND b.do_not_contact_at IS NOT NULL
AND (own.key LIKE 'uid:%' OR own.key LIKE 'nick:%')
"""


class No(NamedTuple):
    """Since when (UTC ms) a person is not to be contacted, and since when they have refused; None for not at all."""

    do_not_contact_at: int | None
    refused_at: int | None


def rows_of(connection: sqlite3.Connection, buyer_id: int) -> tuple[int, ...]:
    """The numbers of all buyers' rows that are this person's, its own first."""
    found = {buyer_id: None}
    waiting = [buyer_id]
    while waiting and len(found) < MOST_ROWS:
        for other in _beside(connection, waiting.pop(0)):
            if other not in found and len(found) < MOST_ROWS:
                found[other] = None
                waiting.append(other)
    return tuple(found)


def no_of(connection: sqlite3.Connection, buyer_id: int) -> No:
    """What the person said to any shop of the owner, under whichever row it was written down."""
    rows = rows_of(connection, buyer_id)
    marks = ", ".join("?" * len(rows))
    return No(
        *connection.execute(
            f"SELECT min(do_not_contact_at), min(refused_at) FROM buyer WHERE id IN ({marks})", rows
        ).fetchone()
    )


def silent(connection: sqlite3.Connection, buyer_ids: Sequence[int]) -> set[int]:
    """Which of these rows, at most a few hundred, are of people who are not to be contacted. Asked once for many, of a
    row and those beside it: `no_of` asks again before anybody is contacted."""
    if not buyer_ids or connection.execute(_SILENT).fetchone() is None:
        return set()
    marks = ", ".join("?" * len(buyer_ids))
    asked = (_SILENT_THEMSELVES, _SILENT_BY_PHONE, _SILENT_BY_ACCOUNT)
    return {row[0] for each in asked for row in connection.execute(each.format(marks=marks), tuple(buyer_ids))}


def _beside(connection: sqlite3.Connection, buyer_id: int) -> Iterable[int]:
    this = {"buyer_id": buyer_id}
    for (other,) in connection.execute(BY_PHONE, {**this, "most": MOST_ROWS}).fetchall():
        yield other
    who = connection.execute(WHO, this).fetchone()
    if who is None:
        return
    key, nick = who
    kind = key.partition(":")[0]
    if kind in ("uid", "nick"):
        # An export that gives the account's number may give its nick too; another gives the nick alone.
        yield from (row[0] for row in connection.execute(BY_KEY, {"key": key, "nick_key": f"nick:{nick}"}).fetchall())
    if kind == "nick":
        yield from (row[0] for row in connection.execute(BY_NICK, {"nick": nick}).fetchall())
