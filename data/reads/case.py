"""One case with all that is known of it. Every list is newest first and ends after twenty or forty entries.

Personal data leaves this room masked; the whole value is casework's to give, which writes down who asked and why.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from data.clock import DAY
from data.clocks.events import ClockEvent
from data.errors import Refused
from data.language import _
from data.masking import masked
from data.outcomes import NO_ATTEMPT
from data.outside import for_screen
from data.reads import case_sql as sql
from data.reads import next_up, remedies, replies, tasks
from data.reads.inbox import case_row, shown
from data.reads.inbox_sql import COLUMN_COUNT
from data.reads.log import contact_row
from data.reads.same_person import no_of
from data.rows import (
    CasePage,
    CaseRow,
    ContactFacts,
    EarlierReview,
    NoteRow,
    OrderFacts,
    PersonalDatum,
    PromiseRow,
    RemedyRow,
    RevisionRow,
)
from data.vocabulary import PROMISE_STANDS, REMEDY_STANDS, EventKind, FollowUpKind, PersonalKind, PromiseBy

_REMEMBERED = 30 * DAY


def case(connection: sqlite3.Connection, case_id: int, now: int) -> CasePage:
    """The case's page as it is now. Raises Refused when there is no such case."""
    found = _found(connection, case_id)
    if found is None:
        raise _unknown(case_id)
    row, more = found
    buyer = {"buyer_id": more["buyer_id"]}
    this = {"case_id": case_id}
    order = {"purchase_id": more["purchase_id"] or 0}
    personal = _personal(connection, more["buyer_id"], more["purchase_id"])
    follow_ups = connection.execute(sql.FOLLOW_UPS, this).fetchall()
    promises = tuple(_promise(one) for one in connection.execute(sql.PROMISES, this))
    agreed = tuple(remedies.remedy(one) for one in connection.execute(sql.REMEDIES, this))
    return CasePage(
        row=row,
        shop=for_screen(more["shop"]),
        shop_id=more["shop_id"],
        zone=more["zone"],
        shop_language=more["shop_language"],
        review_external_id=for_screen(more["review_external_id"]),
        rating=more["rating"],
        raw_rating=for_screen(more["raw_rating"]),
        text=for_screen(more["text"]),
        appended_text=shown(more["appended_text"]),
        appended_at=more["appended_at"],
        reply_text=shown(more["reply_text"]),
        removed_at=more["removed_at"],
        order=next((_order(one) for one in connection.execute(sql.ORDER, order)), None),
        order_external_id=shown(more["order_external_id"]),
        personal=personal,
        revisions=tuple(_revision(one) for one in connection.execute(sql.REVISIONS, {"review_id": row.review_id})),
        contacts=tuple(contact_row(one) for one in connection.execute(sql.CONTACTS, buyer)),
        promises=promises,
        remedies=agreed,
        notes=tuple(_note(one) for one in connection.execute(sql.NOTES, this)),
        earlier_orders=tuple(_order(one) for one in connection.execute(sql.EARLIER_ORDERS, {**buyer, **order})),
        earlier_reviews=_earlier_reviews(connection, {**buyer, "review_id": row.review_id}),
        grades=dict(connection.execute(sql.GRADES, buyer).fetchall()),
        facts=_facts(connection, row, more, personal, follow_ups, (promises, agreed), now),
        follow_up_at=more["follow_up_at"],
        follow_up_kind=follow_ups[0][0] if follow_ups else None,
        follow_up_channel=follow_ups[0][2] if follow_ups else None,
        follow_up_device=follow_ups[0][3] if follow_ups else None,
        follow_up_rung=follow_ups[0][4] if follow_ups else None,
        promised_at=more["promised_at"],
        lease_until=more["lease_until"],
        settled=bool(more["settled"]),
        review_questions=more["review_questions"],
        calls=more["calls"],
        refusals=more["refusals"],
        clock_events=tuple(ClockEvent(*one) for one in connection.execute(sql.CLOCK_EVENTS, this)),
        priority=next_up.facts_of(connection, case_id, now),
        assigned=_assigned(connection, row),
        second_pass=connection.execute(sql.SECOND_PASS, {"case_id": row.case_id}).fetchone() is not None,
        replies=replies.of_case(connection, case_id),
        changed=replies.newest_change(connection, row.review_id),
        tasks=tasks.of_case(connection, case_id),
        given=remedies.given(connection, more["buyer_id"], now),
    )


def _found(connection: sqlite3.Connection, case_id: int) -> tuple[CaseRow, dict[str, Any]] | None:
    """The case as a row of the inbox, and by name what its page needs beside; None when there is no such case."""
    found = connection.execute(sql.CASE, {"case_id": case_id}).fetchone()
    if found is None:
        return None
    return case_row(found[:COLUMN_COUNT]), dict(zip(sql.MORE, found[COLUMN_COUNT:], strict=True))


def _unknown(case_id: int) -> Refused:
    return Refused(
        _("No such case"),
        _("There is no case {id}.").format(id=case_id),
        _("Go back to the inbox; it shows what is there."),
    )


def contact_facts(connection: sqlite3.Connection, case_id: int, now: int) -> ContactFacts | None:
    """What the contact rules weigh for a case, without the rest of its page; None when there is no such case."""
    found = _found(connection, case_id)
    if found is None:
        return None
    row, more = found
    this = {"case_id": case_id}
    agreed = (
        tuple(_promise(one) for one in connection.execute(sql.PROMISES, this)),
        tuple(remedies.remedy(one) for one in connection.execute(sql.REMEDIES, this)),
    )
    personal = _personal(connection, more["buyer_id"], more["purchase_id"])
    follow_ups = connection.execute(sql.FOLLOW_UPS, this).fetchall()
    return _facts(connection, row, more, personal, follow_ups, agreed, now)


def nick(connection: sqlite3.Connection, case_id: int) -> str:
    """The buyer's nick as the platform gave it, for the clipboard; lists show it masked."""
    found = connection.execute(sql.NICK, {"case_id": case_id}).fetchone()
    return for_screen(found[0]) if found else ""


def _personal(connection: sqlite3.Connection, buyer_id: int, purchase_id: int | None) -> tuple[PersonalDatum, ...]:
    """The buyer's own data, what came with this order first."""
    found = connection.execute(sql.PERSONAL, {"buyer_id": buyer_id}).fetchall()
    found.sort(key=lambda row: purchase_id is None or row[6] != purchase_id)
    return tuple(
        PersonalDatum(
            id=number,
            kind=kind,
            masked=for_screen(masked(kind, value)),
            virtual=bool(virtual),
            extension=extension is not None,
            expires_at=expires_at,
        )
        for number, kind, value, virtual, extension, expires_at, _purchase in found
    )


def _order(row: tuple[Any, ...]) -> OrderFacts:
    return OrderFacts(
        id=row[0],
        external_id=for_screen(row[1]),
        product=for_screen(row[2] or ""),
        variant=shown(row[3]),
        amount_minor=row[4],
        currency=for_screen(row[5]),
        paid_at=row[6],
        sent_at=row[7],
        expected_at=row[8],
        signed_at=row[9],
        carrier=shown(row[10]),
        tracking=shown(row[11]),
        status=shown(row[12]),
    )


def _note(row: tuple[Any, ...]) -> NoteRow:
    at, agent, text = row
    return NoteRow(at=at, agent=for_screen(agent), text=for_screen(text))


def _earlier_reviews(connection: sqlite3.Connection, this: dict[str, Any]) -> tuple[EarlierReview, ...]:
    return tuple(
        EarlierReview(
            case_id=number, created_at=at, grade=grade, product=for_screen(title or ""), text=for_screen(text)
        )
        for number, at, grade, title, text in connection.execute(sql.EARLIER_REVIEWS, this)
    )


def _promise(row: tuple[Any, ...]) -> PromiseRow:
    by_whom, kind, state, made_at, due_at, channel, contacted_at, credited = row
    return PromiseRow(by_whom, kind, state, made_at, due_at, channel, contacted_at, bool(credited))


def _assigned(connection: sqlite3.Connection, row: CaseRow) -> str | None:
    """Why the owner was given the case, unless they came to it otherwise since."""
    if row.owner_id is None:
        return None
    found = connection.execute(sql.HOW_OWNED, {"case_id": row.case_id}).fetchone()
    given = found is not None and found[0] == EventKind.ASSIGNED and found[2] == row.owner_id
    return str(found[1]) if given else None


def _revision(row: tuple[Any, ...]) -> RevisionRow:
    kind, seen_at, written_at, grade_before, grade_after, text_before, text_after = row
    return RevisionRow(kind, seen_at, written_at, grade_before, grade_after, shown(text_before), shown(text_after))


def _facts(
    connection: sqlite3.Connection,
    row: CaseRow,
    more: dict[str, Any],
    personal: tuple[PersonalDatum, ...],
    follow_ups: list[tuple[Any, ...]],
    agreed: tuple[tuple[PromiseRow, ...], tuple[RemedyRow, ...]],
    now: int,
) -> ContactFacts:
    """What the contact rules weigh. The number to call is the newest that has not expired, else the newest."""
    found = connection.execute(sql.ATTEMPTS, {"buyer_id": more["buyer_id"], "since": now - _REMEMBERED})
    attempts = [attempt for attempt in found if attempt[3] not in NO_ATTEMPT]
    _at, last_case_id, last_channel, last_line = attempts[-1] if attempts else (0, None, None, None)
    promises, offered = agreed
    said_no = no_of(connection, more["buyer_id"])
    numbers = [datum for datum in personal if datum.kind == PersonalKind.PHONE]
    usable = [datum for datum in numbers if datum.expires_at is None or datum.expires_at > now]
    return ContactFacts(
        case_id=row.case_id,
        buyer_id=more["buyer_id"],
        open=bool(more["open"]),
        state=row.state,
        do_not_contact_at=said_no.do_not_contact_at,
        refused_at=said_no.refused_at,
        attempts_at=tuple(attempt[0] for attempt in attempts),
        calls=more["calls"],
        refusals=more["refusals"],
        phone=max(usable or numbers, key=lambda datum: datum.id, default=None),
        preferred_channel=more["preferred_channel"],
        preferred_from=more["preferred_from"],
        preferred_until=more["preferred_until"],
        appointment_at=next((due_at for kind, due_at, *_more in follow_ups if kind == FollowUpKind.CALLBACK), None),
        platform=row.platform,
        attempts=row.attempts,
        last_case_id=last_case_id,
        last_channel=last_channel,
        last_line=last_line,
        remedy=any(remedy.state in REMEDY_STANDS for remedy in offered),
        promised_on=next(
            (each.made_at for each in promises if each.by_whom == PromiseBy.BUYER and each.state in PROMISE_STANDS),
            None,
        ),
        preferred_days=more["preferred_days"],
        zone=more["buyer_zone"],
    )
