"""The reviews of an import that is taken back: those that it brought go, with their cases; those that it changed are
as they were."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from data.casework.batches import Undoing, why
from data.casework.chain import NewEvent
from data.casework.known import BESIDE
from data.casework.observe import CASE_COLUMNS
from data.casework.portions import by_ids
from data.language import _
from data.search import reindex
from data.vocabulary import EventKind, FollowUpState, PromiseState, Result, RevisionKind, State

WITHDRAWN = "withdrawn:"
"""How the key of a review that was taken back begins; its number follows, so that the platform's key is free again."""

ARRIVING = frozenset({EventKind.CASE_OPENED, EventKind.ASSIGNED, EventKind.RETURNED})
"""The newest events of a case on which nobody has acted yet."""

_REVIEWS = """
SELECT r.id, r.external_id, c.id, c.state, c.last_event_id, e.kind, coalesce(a.name, a.login),
    (SELECT max(o.id) FROM event o WHERE o.case_id = c.id AND o.kind = 'case_opened')
FROM review r LEFT JOIN review_case c ON c.review_id = r.id LEFT JOIN event e ON e.id = c.last_event_id
LEFT JOIN agent a ON a.id = e.agent_id
WHERE r.withdrawn_at IS NULL AND r.id IN ({marks}) ORDER BY r.id
"""
_REVISIONS = """
SELECT review_id, id, kind, batch_id, event_id, rating_before, text_before, before FROM revision
WHERE undone_at IS NULL AND review_id IN ({marks}) ORDER BY id DESC
"""
STATEMENTS = tuple(statement.format(marks="?") for statement in (_REVIEWS, _REVISIONS))

_TEXT_COLUMNS = {
    RevisionKind.REVISED: "text",
    RevisionKind.APPENDED: "appended_text",
    RevisionKind.REPLIED: "reply_text",
}
_REVIEW_COLUMNS = ("grade", "rating", "appended_at", *BESIDE)


@dataclass(frozen=True, slots=True)
class _Review:
    """A review with the newest event of its case."""

    id: int
    key: str
    case_id: int | None
    state: str | None
    last_event_id: int | None
    last_kind: str | None
    last_by: str | None
    opened_event_id: int | None
    """The event that opened its case."""

    @property
    def untouched(self) -> bool:
        """Whether nobody has acted on its case since it was opened; given to somebody, or back, is no act."""
        return self.last_kind in ARRIVING


@dataclass(frozen=True, slots=True)
class _Revision:
    """One change of a review that still stands."""

    id: int
    kind: RevisionKind
    batch_id: int | None
    event_id: int | None
    rating_before: int | None
    text_before: str | None
    before: dict[str, Any]


def _read(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterable[tuple[_Review, list[_Revision]]]:
    """These reviews with their revisions, newest first."""
    reviews: list[_Review] = []
    revisions: dict[int, list[_Revision]] = {}
    for marks, some in by_ids(ids):
        reviews += [_Review(*row) for row in connection.execute(_REVIEWS.format(marks=marks), some)]
        for row in connection.execute(_REVISIONS.format(marks=marks), some):
            review_id, number, kind, batch_id, event_id, rating, text, before = row
            one = _Revision(number, RevisionKind(kind), batch_id, event_id, rating, text, json.loads(before or "{}"))
            revisions.setdefault(review_id, []).append(one)
    return [(review, revisions.get(review.id, [])) for review in reviews]


def take_back_reviews(connection: sqlite3.Connection, work: Undoing, ids: Sequence[int]) -> None:
    """Take back reviews that the batch brought, inside the caller's transaction."""
    going: list[_Review] = []
    for review, revisions in _read(connection, ids):
        if revisions:
            work.leave("review", review.key, review.case_id, _("a later import has changed it"))
        elif review.case_id is not None and not review.untouched:
            work.leave("review", review.key, review.case_id, why(review.last_kind, review.last_by))
        else:
            going.append(review)
    work.reviews += len(going)
    work.cases += sum(review.case_id is not None for review in going)
    if work.trial or not going:
        return
    _close(connection, work, [review for review in going if review.case_id is not None])
    connection.executemany(
        "UPDATE review SET external_id = ?, purchase_id = NULL, order_external_id = NULL, text = '', "
        "appended_text = NULL, reply_text = NULL, withdrawn_at = ? WHERE id = ?",
        [(f"{WITHDRAWN}{review.id}", work.hands.now, review.id) for review in going],
    )


def _close(connection: sqlite3.Connection, work: Undoing, reviews: Sequence[_Review]) -> None:
    """Take the cases of these reviews back, with a compensating event for each."""
    if not reviews:
        return
    numbers = work.log(
        connection,
        lambda: [
            work.event(
                EventKind.CASE_OPENED,
                review.opened_event_id,
                review.case_id,
                from_state=review.state,
                to_state=State.CLOSED.value,
            )
            for review in reviews
        ],
    )
    now = work.hands.now
    connection.executemany(
        "UPDATE review_case SET state = ?, result = ?, open = 0, closed_at = ?, withdrawn_at = ?, owner_id = NULL, "
        "lease_until = NULL, contact_from = NULL, follow_up_at = NULL, promised_at = NULL, last_event_id = ? "
        "WHERE id = ?",
        [
            (State.CLOSED.value, Result.NONE.value, now, now, number, review.case_id)
            for review, number in zip(reviews, numbers, strict=True)
        ],
    )


def restore_reviews(connection: sqlite3.Connection, work: Undoing, ids: Sequence[int]) -> None:
    """Bring reviews that the batch changed, and their cases, to what they were, inside the caller's transaction."""
    for review, revisions in _read(connection, ids):
        ours = []
        for revision in revisions:
            if revision.batch_id != work.batch_id:
                break
            ours.append(revision)
        reason = _why_not(review, ours)
        if reason:
            work.leave("review", review.key, review.case_id, reason)
            continue
        opened = review.case_id is not None and "case" not in ours[0].before
        work.restored += 1
        work.cases += opened
        if not work.trial:
            _restore(connection, work, review, ours, opened)


def _why_not(review: _Review, ours: Sequence[_Revision]) -> str:
    if not ours:
        return _("a later import has changed it")
    if any("review" not in revision.before for revision in ours):
        return _("what it was before is not known")
    newest = ours[0].before
    if review.case_id is None:
        return ""
    if "case" in newest:
        untouched = review.last_event_id == newest["last"]
    else:
        # This very change has opened the case.
        untouched = review.untouched and (review.opened_event_id or 0) > newest["last"]
    return "" if untouched else why(review.last_kind, review.last_by)


def _restore(
    connection: sqlite3.Connection, work: Undoing, review: _Review, ours: Sequence[_Revision], opened: bool
) -> None:
    oldest = ours[-1].before
    before: dict[str, Any] = {name: oldest["review"][name] for name in _REVIEW_COLUMNS if name in oldest["review"]}
    for revision in ours:
        before[_TEXT_COLUMNS[revision.kind]] = revision.text_before
    sets = ", ".join(f"{name} = :{name}" for name in before)
    connection.execute(f"UPDATE review SET {sets} WHERE id = :id", {**before, "id": review.id})
    connection.executemany(
        "UPDATE revision SET undone_at = ? WHERE id = ?", [(work.hands.now, revision.id) for revision in ours]
    )
    if opened:
        _part(connection, work, review)
        _close(connection, work, [review])
    work.log(connection, lambda: _compensating(work, review, ours, None if opened else oldest.get("case")))
    if review.case_id is not None and not opened:
        _restore_case(connection, review.case_id, ours, work.hands.now)
    reindex(connection, [review.id])


def _compensating(
    work: Undoing, review: _Review, ours: Sequence[_Revision], case: dict[str, Any] | None
) -> list[NewEvent]:
    return [
        work.event(
            EventKind.REVISION_OBSERVED,
            revision.event_id,
            review.case_id if case else None,
            number=revision.rating_before,
            from_state=review.state if case else None,
            to_state=case["state"] if case else None,
        )
        for revision in ours
    ]


def _restore_case(connection: sqlite3.Connection, case_id: int, ours: Sequence[_Revision], now: int) -> None:
    """The case as it was, and what stood before the change can be undone again, as after every undoing."""
    case = ours[-1].before["case"]
    sets = ", ".join(f"{name} = :{name}" for name in CASE_COLUMNS)
    values = {name: int(case[name]) if name == "open" else case[name] for name in CASE_COLUMNS}
    connection.execute(
        f"UPDATE review_case SET {sets}, clock_at = :now, last_event_id = :event_id WHERE id = :id",
        {**values, "now": now, "event_id": ours[-1].before["previous"], "id": case_id},
    )
    for name, table, state in (
        ("dropped", "follow_up", FollowUpState.OPEN),
        ("settled", "promise", PromiseState.OPEN),
    ):
        connection.executemany(
            f"UPDATE {table} SET state = ?, settled_at = NULL WHERE id = ?",
            [(state.value, number) for revision in ours for number in revision.before.get(name, ())],
        )


def _part(connection: sqlite3.Connection, work: Undoing, review: _Review) -> None:
    """The review stays and its case goes: the case gets a withdrawn review of its own, so that another may open."""
    cursor = connection.execute(
        "INSERT INTO review (shop_id, external_id, buyer_id, grade, rating, raw_rating, raw_scale, text, created_at, "
        "seen_at, withdrawn_at) SELECT shop_id, ? || id, buyer_id, grade, rating, raw_rating, raw_scale, '', "
        "created_at, seen_at, ? FROM review WHERE id = ?",
        (f"{WITHDRAWN}{review.case_id}:", work.hands.now, review.id),
    )
    connection.execute("UPDATE review_case SET review_id = ? WHERE id = ?", (cursor.lastrowid, review.case_id))
