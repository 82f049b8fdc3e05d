"""Orders into the database, a portion at a time: the purchase, who bought, how to reach them; their reviews join."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.casework.bulk import Batch, Imagined, Tally
from data.casework.hushing import hush
from data.casework.intake import Intake
from data.casework.known import Change
from data.casework.places import Place, buyer_key, chunks, next_id, rank
from data.search import reindex
from data.sources.rows import ImportedOrder, RefusedRow
from data.vocabulary import PersonalKind

FACTS = (
    "variant",
    "amount_minor",
    "paid_at",
    "sent_at",
    "expected_at",
    "signed_at",
    "carrier",
    "tracking",
    "status",
)
"""What an order says besides who and what; a later file may change each of them."""

_FACTS_OF_P = ", ".join(f"p.{name}" for name in FACTS)


@dataclass(frozen=True, slots=True)
class Known:
    """An order as the database has it."""

    id: int
    buyer_id: int
    buyer_key: str
    facts: tuple[object, ...]
    personal: frozenset[tuple[str, str, str | None]]


@dataclass(frozen=True, slots=True)
class _Reviewed:
    """A review of an order that has come before it."""

    id: int
    shop_id: int
    buyer_id: int
    buyer_key: str
    nick: str


def personal_of(row: ImportedOrder) -> list[tuple[str, str, str | None, int, int | None]]:
    """The personal data of an order: kind, value, extension, virtual, expiry."""
    found: list[tuple[str, str, str | None, int, int | None]] = []
    if row.name:
        found.append((PersonalKind.NAME.value, row.name, None, 0, None))
    if row.phone:
        phone = row.phone
        found.append((PersonalKind.PHONE.value, phone.number, phone.extension, int(phone.virtual), phone.expires_at))
    if row.address:
        found.append((PersonalKind.ADDRESS.value, row.address, None, 0, None))
    return found


class OrderWriter:
    """Writes portions of orders of one file."""

    def __init__(self, batch: Batch, imagined: Imagined) -> None:
        self._batch = batch
        self._intake = intake = Intake.of(batch, imagined)
        self.shop_ids, self.changes = intake.shop_ids, intake.changes
        self._overlay: dict[str, Known] = imagined.orders

    def __call__(self, connection: sqlite3.Connection, rows: list[ImportedOrder], tally: Tally) -> list[RefusedRow]:
        """Take one portion; the rows of ids that came before with other content are refused."""
        placed = self._intake.place(connection, rows)
        known = self._known(connection, placed)
        new: list[tuple[Place, ImportedOrder]] = []
        changed: list[tuple[Place, Known, ImportedOrder]] = []
        refused: list[RefusedRow] = []
        for place, row in placed:
            key = _key(place, row)
            again = self._intake.seen.again(key, row.line, row[1:])
            if again:
                refused.append(RefusedRow(row.line, again, (row.external_id,)))
            elif again is not None:
                tally.same += 1
            elif key not in known:
                tally.new += 1
                new.append((place, row))
            elif _differs(known[key], row):
                tally.changed += 1
                changed.append((place, known[key], row))
                self.changes.append(Change(row.line, row.external_id, ("order",)))
            else:
                tally.same += 1
        if self._batch.trial:
            self._imagine(new, changed)
        else:
            if new:
                self._insert(connection, new)
            for place, found, row in changed:
                self._update(connection, place, found, row)
        return refused

    def _known(self, connection: sqlite3.Connection, placed: Sequence[tuple[Place, ImportedOrder]]) -> dict[str, Known]:
        """Known orders. A platform gives an order number once, whatever shop it was filed under."""
        found: dict[str, Known] = {}
        personal: dict[int, set[tuple[str, str, str | None]]] = {}
        for platform in {place.platform for place, _row in placed}:
            for some in chunks(row.external_id for place, row in placed if place.platform == platform):
                marks = ", ".join("?" * len(some))
                rows = connection.execute(
                    f"SELECT p.external_id, p.id, p.buyer_id, b.key, {_FACTS_OF_P} FROM purchase p "
                    "JOIN shop s ON s.id = p.shop_id JOIN buyer b ON b.id = p.buyer_id "
                    f"WHERE s.platform = ? AND p.external_id IN ({marks})",
                    (platform, *some),
                ).fetchall()
                for purchase_id, *datum in connection.execute(
                    "SELECT d.purchase_id, d.kind, d.value, d.extension FROM personal d "
                    f"WHERE d.purchase_id IN ({', '.join('?' * len(rows))})",
                    [row[1] for row in rows],
                ):
                    personal.setdefault(purchase_id, set()).add((datum[0], datum[1], datum[2]))
                for external_id, purchase_id, buyer_id, known_key, *facts in rows:
                    found[f"{platform}\x1f{external_id}"] = Known(
                        purchase_id, buyer_id, known_key, tuple(facts), frozenset(personal.get(purchase_id, ()))
                    )
        return found | {key: self._overlay[key] for place, row in placed if (key := _key(place, row)) in self._overlay}

    def _imagine(
        self,
        new: Sequence[tuple[Place, ImportedOrder]],
        changed: Sequence[tuple[Place, Known, ImportedOrder]],
    ) -> None:
        for place, row in new:
            self._overlay[_key(place, row)] = Known(
                0,
                0,
                buyer_key(row),
                tuple(getattr(row, name) for name in FACTS),
                frozenset(datum[:3] for datum in personal_of(row)),
            )
        for place, known, row in changed:
            told = tuple(getattr(row, name) for name in FACTS)
            self._overlay[_key(place, row)] = replace(
                known,
                facts=tuple(now if now is not None else was for now, was in zip(told, known.facts, strict=True)),
                personal=known.personal | {datum[:3] for datum in personal_of(row)},
                buyer_key=max(known.buyer_key, buyer_key(row), key=rank),
            )

    def _insert(self, connection: sqlite3.Connection, new: Sequence[tuple[Place, ImportedOrder]]) -> None:
        reviews = self._reviews(connection, new)
        homes = [self._home(place, row, reviews.get(_key(place, row), [])) for place, row in new]
        buyers = self._whose(connection, new, reviews)
        products = self._intake.products.ids(
            connection, [(home, row) for home, (_place, row) in zip(homes, new, strict=True)]
        )
        first = next_id(connection, "purchase")
        names = ", ".join(FACTS)
        connection.executemany(
            "INSERT INTO purchase (id, shop_id, external_id, external_id_reversed, buyer_id, product_id, currency, "
            f"tracking_reversed, batch_id, {names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?{', ?' * len(FACTS)})",
            [
                (
                    first + offset,
                    homes[offset],
                    row.external_id,
                    row.external_id[::-1],
                    buyers[offset],
                    products[offset],
                    row.currency,
                    row.tracking[::-1] if row.tracking else None,
                    self._batch.id or None,
                    *(getattr(row, name) for name in FACTS),
                )
                for offset, (_place, row) in enumerate(new)
            ],
        )
        self._add_personal(
            connection,
            [
                (buyers[offset], first + offset, *datum)
                for offset, (_place, row) in enumerate(new)
                for datum in personal_of(row)
            ],
        )
        joined = [
            (first + offset, review.id)
            for offset, (place, row) in enumerate(new)
            for review in reviews.get(_key(place, row), [])
        ]
        connection.executemany("UPDATE review SET purchase_id = ? WHERE id = ?", joined)
        with_variant = {first + offset for offset, (_place, row) in enumerate(new) if row.variant}
        reindex(connection, [review_id for purchase_id, review_id in joined if purchase_id in with_variant])

    def _reviews(
        self, connection: sqlite3.Connection, new: Sequence[tuple[Place, ImportedOrder]]
    ) -> dict[str, list[_Reviewed]]:
        """Reviews that have come before their orders."""
        found: dict[str, list[_Reviewed]] = {}
        for platform in {place.platform for place, _row in new}:
            for some in chunks(row.external_id for place, row in new if place.platform == platform):
                marks = ", ".join("?" * len(some))
                for order_id, *review in connection.execute(
                    "SELECT r.order_external_id, r.id, r.shop_id, r.buyer_id, b.key, b.nick FROM review r "
                    "JOIN shop s ON s.id = r.shop_id JOIN buyer b ON b.id = r.buyer_id "
                    f"WHERE s.platform = ? AND r.order_external_id IN ({marks}) AND r.purchase_id IS NULL "
                    "ORDER BY r.id",
                    (platform, *some),
                ):
                    found.setdefault(f"{platform}\x1f{order_id}", []).append(_Reviewed(*review))
        return found

    def _home(self, place: Place, row: ImportedOrder, reviews: Sequence[_Reviewed]) -> int:
        """The shop of an order: its own, or that of its reviews where the file names none and the user did not."""
        if reviews and not place.named and not self._batch.terms.told:
            return reviews[0].shop_id
        return place.id

    def _whose(
        self,
        connection: sqlite3.Connection,
        new: Sequence[tuple[Place, ImportedOrder]],
        reviews: dict[str, list[_Reviewed]],
    ) -> list[int]:
        """The buyer of each order: the one of its reviews, unless the order tells better who it is."""
        answer: list[int | None] = []
        unknown: list[tuple[str, str, str]] = []
        nameless: dict[int, str] = {}
        for place, row in new:
            key, before = buyer_key(row), reviews.get(_key(place, row), [])
            best = max(before, key=lambda one: rank(one.buyer_key), default=None)
            if best is None:
                answer.append(None)
                unknown.append((place.platform, key, row.nick))
                continue
            buyer_id = best.buyer_id
            told = key if rank(key) > rank(best.buyer_key) else best.buyer_key
            for lesser in dict.fromkeys(one.buyer_id for one in before if rank(one.buyer_key) <= 1):
                if told != f"order:{row.external_id}":
                    buyer_id = self._intake.buyers.unite(connection, lesser, place.platform, told, row.nick)
            answer.append(buyer_id)
            if row.nick and not best.nick:
                nameless.setdefault(buyer_id, row.nick)
        self._intake.buyers.call(connection, nameless)
        found = iter(self._intake.buyers.ids(connection, unknown)) if unknown else iter(())
        return [number if number is not None else next(found) for number in answer]

    def _add_personal(
        self,
        connection: sqlite3.Connection,
        rows: Sequence[tuple[int, int, str, str, str | None, int, int | None]],
    ) -> None:
        connection.executemany(
            "INSERT INTO personal (buyer_id, purchase_id, kind, value, extension, virtual, expires_at, added_at, "
            "batch_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(*row, self._batch.now, self._batch.id or None) for row in rows],
        )
        hush(connection, {row[0] for row in rows if row[2] == PersonalKind.PHONE and not row[5]})

    def _update(self, connection: sqlite3.Connection, place: Place, known: Known, row: ImportedOrder) -> None:
        """Take over what is new; what the file leaves out stays, and a number that was known is kept beside it."""
        connection.execute(
            "INSERT INTO purchase_change (purchase_id, batch_id, before) VALUES (?, ?, ?)",
            (known.id, self._batch.id, json.dumps(dict(zip(FACTS, known.facts, strict=True)))),
        )
        sets = ", ".join(f"{name} = coalesce(:{name}, {name})" for name in FACTS)
        connection.execute(
            f"UPDATE purchase SET {sets}, tracking_reversed = coalesce(:reversed, tracking_reversed) WHERE id = :id",
            {name: getattr(row, name) for name in FACTS}
            | {"reversed": row.tracking[::-1] if row.tracking else None, "id": known.id},
        )
        buyer_id = known.buyer_id
        if rank(buyer_key(row)) > rank(known.buyer_key) and rank(known.buyer_key) <= 1:
            buyer_id = self._intake.buyers.unite(connection, buyer_id, place.platform, buyer_key(row), row.nick)
        fresh = [datum for datum in personal_of(row) if datum[:3] not in known.personal]
        self._add_personal(connection, [(buyer_id, known.id, *datum) for datum in fresh])
        joined = connection.execute("SELECT id FROM review WHERE purchase_id = ?", (known.id,)).fetchall()
        reindex(connection, [review_id for (review_id,) in joined])


def _key(place: Place, row: ImportedOrder) -> str:
    return f"{place.platform}\x1f{row.external_id}"


def _differs(known: Known, row: ImportedOrder) -> bool:
    """Whether a file's row says something that is not known. What it leaves out is no difference."""
    told = (getattr(row, name) for name in FACTS)
    if any(now is not None and now != was for now, was in zip(told, known.facts, strict=True)):
        return True
    if any(datum[:3] not in known.personal for datum in personal_of(row)):
        return True
    return rank(buyer_key(row)) > rank(known.buyer_key) and rank(known.buyer_key) <= 1
