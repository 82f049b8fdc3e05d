"""Reviews into the database, a portion at a time: new ones, with cases for the bad and neutral; changed ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from data.casework.assigning import Assigner
from data.casework.bulk import Batch, Imagined, Tally
from data.casework.chain import NewEvent, append_events
from data.casework.intake import Intake
from data.casework.known import MANUAL, SELECT, Change, Known, differences, known, observed
from data.casework.observe import Observation, observe
from data.casework.opening import Opening, first_due, open_cases
from data.casework.places import Place, buyer_key, chunks, next_id, rank
from data.search import reindex
from data.sources.rows import ImportedReview, RefusedRow
from data.store.insert import insert_rows
from data.vocabulary import Grade

_COLUMNS = (
    *("id", "shop_id", "external_id", "purchase_id", "order_external_id", "product_id", "buyer_id", "grade", "rating"),
    *("raw_rating", "raw_scale", "text", "appended_text", "appended_at", "reply_text", "pictures", "created_at"),
    *("seen_at", "batch_id"),
)


@dataclass(frozen=True, slots=True)
class _Order:
    """The order of a review, as the database has it."""

    id: int
    shop_id: int
    buyer_id: int
    buyer_key: str
    nick: str


class ReviewWriter:
    """Writes portions of reviews of one file."""

    def __init__(self, batch: Batch, imagined: Imagined) -> None:
        self._batch = batch
        self._intake = intake = Intake.of(batch, imagined)
        self.shop_ids, self.changes = intake.shop_ids, intake.changes
        self._overlay: dict[str, Known] = imagined.reviews
        self._assigner = Assigner.of(batch)

    def __call__(self, connection: sqlite3.Connection, rows: list[ImportedReview], tally: Tally) -> list[RefusedRow]:
        """Take one portion; the rows of ids that came before with other content are refused."""
        placed = self._intake.place(connection, rows)
        before = self._known(connection, placed)
        new: list[tuple[Place, ImportedReview]] = []
        changed: list[tuple[Place, Known, ImportedReview]] = []
        refused: list[RefusedRow] = []
        for place, row in placed:
            key = f"{place.id}\x1f{row.external_id}"
            content = (row.rating, row.text, row.appended_text, row.appended_at, row.reply_text)
            again = self._intake.seen.again(key, row.line, content)
            if again:
                refused.append(RefusedRow(row.line, again, (row.external_id, row.text)))
            elif again is not None:
                tally.same += 1
            elif key not in before:
                tally.new += 1
                new.append((place, row))
            elif before[key].typed or differences(before[key], row):
                tally.changed += 1
                changed.append((place, before[key], row))
                self.changes.append(_change(before[key], row))
            else:
                tally.same += 1
        if self._batch.trial:
            self._imagine(new, changed)
        else:
            self._write(connection, new, changed)
        return refused

    def add(self, connection: sqlite3.Connection, place: Place, row: ImportedReview) -> None:
        """Write one review that is known to be new, in a shop that is known."""
        self._write(connection, [(place, row)], [])

    def _known(
        self, connection: sqlite3.Connection, placed: Sequence[tuple[Place, ImportedReview]]
    ) -> dict[str, Known]:
        found: dict[str, Known] = {}
        for shop_id in {place.id for place, _row in placed}:
            for some in chunks(row.external_id for place, row in placed if place.id == shop_id):
                marks = ", ".join("?" * len(some))
                for row in connection.execute(f"{SELECT}({marks})", (shop_id, *some)):
                    found[f"{shop_id}\x1f{row[0]}"] = known(row[1:])
        self._take_over(connection, placed, found)
        if self._overlay:
            for place, row in placed:
                key = f"{place.id}\x1f{row.external_id}"
                if key in self._overlay:
                    found[key] = self._overlay[key]
        return found

    def _take_over(
        self,
        connection: sqlite3.Connection,
        placed: Sequence[tuple[Place, ImportedReview]],
        found: dict[str, Known],
    ) -> None:
        """The platform's own row of a review that was typed in by hand before takes its place, and its case."""
        wanted: dict[tuple[int, str], ImportedReview] = {}
        for place, row in placed:
            if row.order_external_id and f"{place.id}\x1f{row.external_id}" not in found:
                wanted.setdefault((place.id, f"{MANUAL}{row.order_external_id}"), row)
        for shop_id in {shop_id for shop_id, _key in wanted}:
            for some in chunks(key for of, key in wanted if of == shop_id):
                marks = ", ".join("?" * len(some))
                for key, *told in connection.execute(f"{SELECT}({marks})", (shop_id, *some)).fetchall():
                    row = wanted[shop_id, key]
                    typed = known(told)
                    found[f"{shop_id}\x1f{row.external_id}"] = replace(typed, typed=True)
                    if not self._batch.trial:
                        connection.execute(
                            "UPDATE review SET external_id = ?, created_at = ? WHERE id = ?",
                            (row.external_id, row.created_at, typed.id),
                        )

    def _imagine(
        self, new: Iterable[tuple[Place, ImportedReview]], changed: Iterable[tuple[Place, Known, ImportedReview]]
    ) -> None:
        for place, row in new:
            self._overlay[f"{place.id}\x1f{row.external_id}"] = Known(
                0, row.grade, row.rating, row.text, row.appended_text, row.reply_text, row.appended_at
            )
        for place, before, row in changed:
            self._overlay[f"{place.id}\x1f{row.external_id}"] = Known(
                before.id,
                row.grade,
                row.rating,
                row.text,
                row.appended_text or before.appended_text,
                row.reply_text or before.reply_text,
                row.appended_at or before.appended_at,
            )

    def _write(
        self,
        connection: sqlite3.Connection,
        new: list[tuple[Place, ImportedReview]],
        changed: list[tuple[Place, Known, ImportedReview]],
    ) -> None:
        events = self._revise(connection, changed) if changed else []
        if new:
            wanting = [one for one in self._insert(connection, new) if one.grade is not Grade.GOOD]
            events += open_cases(connection, self._batch, wanting, len(events), self._assigner)
        if events:
            append_events(connection, events)

    def _insert(self, connection: sqlite3.Connection, new: Sequence[tuple[Place, ImportedReview]]) -> list[Opening]:
        orders = self._orders(connection, new)
        buyers = self._whose(connection, new, orders)
        products = self._intake.products.ids(connection, [(place.id, row) for place, row in new])
        first = next_id(connection, "review")
        insert_rows(
            connection,
            "review",
            _COLUMNS,
            [
                (
                    first + offset,
                    place.id,
                    row.external_id,
                    order.id if (order := orders.get((place.platform, row.order_external_id))) else None,
                    row.order_external_id,
                    products[offset],
                    buyers[offset],
                    row.grade.value,
                    row.rating,
                    row.raw_rating,
                    row.raw_scale,
                    row.text,
                    row.appended_text,
                    row.appended_at,
                    row.reply_text,
                    row.pictures,
                    row.created_at,
                    self._batch.now,
                    self._batch.id or None,
                )
                for offset, (place, row) in enumerate(new)
            ],
        )
        return [
            Opening(first + offset, place, buyers[offset], row.grade, row.created_at)
            for offset, (place, row) in enumerate(new)
        ]

    def _orders(
        self, connection: sqlite3.Connection, new: Sequence[tuple[Place, ImportedReview]]
    ) -> dict[tuple[str, str | None], _Order]:
        """The known orders of these reviews. A platform gives an order number once, whatever shop it was filed under:
        a review that names its shop settles where the order belongs."""
        known: dict[tuple[str, str], list[_Order]] = {}
        for platform in {place.platform for place, _row in new}:
            for some in chunks(
                row.order_external_id for place, row in new if place.platform == platform and row.order_external_id
            ):
                marks = ", ".join("?" * len(some))
                for external_id, *order in connection.execute(
                    "SELECT p.external_id, p.id, p.shop_id, p.buyer_id, b.key, b.nick FROM purchase p "
                    "JOIN shop s ON s.id = p.shop_id JOIN buyer b ON b.id = p.buyer_id "
                    f"WHERE s.platform = ? AND p.external_id IN ({marks}) ORDER BY p.id",
                    (platform, *some),
                ):
                    known.setdefault((platform, external_id), []).append(_Order(*order))
        found: dict[tuple[str, str | None], _Order] = {}
        for place, row in new:
            key = (place.platform, row.order_external_id or "")
            if key not in found and key in known:
                own = next((one for one in known[key] if one.shop_id == place.id), None)
                if own is None and place.named:
                    own = replace(known[key][0], shop_id=place.id)
                    connection.execute("UPDATE purchase SET shop_id = ? WHERE id = ?", (place.id, own.id))
                found[key] = own or known[key][0]
        return found

    def _whose(
        self,
        connection: sqlite3.Connection,
        new: Sequence[tuple[Place, ImportedReview]],
        orders: dict[tuple[str, str | None], _Order],
    ) -> list[int]:
        """The buyer of each review: the order's, unless the review tells better who it is."""
        answer: list[int | None] = []
        unknown: list[tuple[str, str, str]] = []
        united: dict[int, int] = {}
        nameless: dict[int, str] = {}
        for place, row in new:
            key = buyer_key(row)
            order = orders.get((place.platform, row.order_external_id))
            if order is not None and rank(order.buyer_key) >= rank(key):
                answer.append(order.buyer_id)
                if row.nick and not order.nick:
                    nameless.setdefault(order.buyer_id, row.nick)
            elif order is not None and rank(order.buyer_key) <= 1:
                better = self._intake.buyers.unite(connection, order.buyer_id, place.platform, key, row.nick)
                orders[place.platform, row.order_external_id] = replace(order, buyer_id=better, buyer_key=key)
                united[order.buyer_id] = better
                answer.append(better)
            else:
                answer.append(None)
                unknown.append((place.platform, key, row.nick))
        found = iter(self._intake.buyers.ids(connection, unknown)) if unknown else iter(())
        self._intake.buyers.call(connection, nameless)
        # A later review of the same order may have told who the buyer of an earlier one is.
        return [united.get(number, number) if number is not None else next(found) for number in answer]

    def _revise(
        self,
        connection: sqlite3.Connection,
        changed: Sequence[tuple[Place, Known, ImportedReview]],
    ) -> list[NewEvent]:
        events: list[NewEvent] = []
        first = next_id(connection, "event")
        for place, before, row in changed:
            due_at = first_due(self._batch, place)
            seen = Observation(
                self._batch.now, self._batch.id, self._batch.agent_id, due_at, self._batch.settings.promises.credit_days
            )
            # What an agent typed a little differently is no act of the buyer, unless the grade says otherwise.
            told = [] if before.typed and row.grade is before.grade else observed(before, row)
            self._update(connection, before, row)
            answers = observe(connection, told, seen, first + len(events))
            for case_id, more in answers:
                events += more
                connection.execute(
                    "UPDATE review_case SET last_event_id = ? WHERE id = ?", (first + len(events) - 1, case_id)
                )
            if any(change.worse for change in told) and not any(case_id for case_id, _more in answers):
                buyer_id, created_at = connection.execute(
                    "SELECT buyer_id, created_at FROM review WHERE id = ?", (before.id,)
                ).fetchone()
                opening = Opening(before.id, place, buyer_id, row.grade, created_at)
                events += open_cases(connection, self._batch, [opening], len(events), self._assigner)
        reindex(connection, [before.id for _place, before, _row in changed])
        return events

    def _update(self, connection: sqlite3.Connection, before: Known, row: ImportedReview) -> None:
        regraded = row.rating != before.rating
        connection.execute(
            "UPDATE review SET grade = :grade, rating = :rating, raw_rating = :raw, raw_scale = :scale, text = :text, "
            "appended_text = coalesce(:appended, appended_text), appended_at = coalesce(:appended_at, appended_at), "
            "reply_text = coalesce(:reply, reply_text), "
            "pictures = CASE WHEN pictures > :pictures THEN pictures ELSE :pictures END, seen_at = :now "
            "WHERE id = :id",
            {
                "grade": (row.grade if regraded else before.grade).value,
                "rating": row.rating,
                "raw": row.raw_rating,
                "scale": row.raw_scale,
                "text": row.text,
                "appended": row.appended_text,
                "appended_at": row.appended_at,
                "reply": row.reply_text,
                "pictures": row.pictures,
                "now": self._batch.now,
                "id": before.id,
            },
        )


def _change(before: Known, row: ImportedReview) -> Change:
    regraded = row.rating != before.rating
    kinds = tuple(kind.value for kind in differences(before, row))
    after = row.grade if regraded else before.grade
    return Change(row.line, row.external_id, kinds, before.grade.value, after.value)
