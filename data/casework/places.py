"""Where imported rows belong: the shop of a file, the product, and who the buyer is. Plain rows, no SQLModel."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from data.settings import Shop as OwnShop
from data.shop_language import language_of
from data.sources.cells import masked
from data.sources.rows import ImportedOrder, ImportedReview
from data.store.insert import insert_rows
from data.vocabulary import Platform

_UNNAMED = ""
"""As a shop's external id: no file and no person has named this shop yet; the first that does gives it its name."""

MOST_PARAMETERS = 500
_MOST_KEPT = 50_000
_ASKED_OF_US = (
    *("do_not_contact_at", "refused_at", "preferred_channel", "preferred_from", "preferred_until"),
    *("preferred_days", "zone"),
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is known about a file besides its rows: the platform, and to which shop it goes if it names none."""

    platform: Platform
    also: tuple[Platform, ...] = ()
    told: str | None = None
    """The shop that the user named for this file."""

    default: str | None = None
    """The shop of the settings, where it is one of this platform."""

    label: str = ""
    """What a shop is called that nobody has named."""

    zone: str = "Asia/Shanghai"
    """The zone of a shop that is new."""

    own: OwnShop = field(default_factory=OwnShop)
    """The shop of the settings, which may say what language it speaks with its buyers."""


@dataclass(frozen=True, slots=True)
class Place:
    """A shop that is known, or in a trial run one that would be made (its number is negative then)."""

    id: int
    platform: str
    zone: str
    named: bool
    """Whether the file itself said so, in name or number."""


@dataclass(slots=True)
class Shops:
    """Finds or makes the shop of a row; remembers the answers for one file, which ends when a transaction fails.

    A file that names no shop goes to the one the user told, else to the settings' own, else to the first known on
    the platform, else to one that waits for a name. A shop that is only a number takes the told name, or its number.
    """

    terms: Terms
    now: int
    imagined: dict[tuple[str, str], int] | None = None
    """In a trial run: the shops that a real run would have made by now, with negative numbers."""

    _known: dict[tuple[str | None, str | None], Place] = field(default_factory=dict)

    def place(self, connection: sqlite3.Connection, row: ImportedReview | ImportedOrder) -> Place:
        """The shop of a row."""
        key = (row.shop_name, row.shop_external_id)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._resolve(connection, *key)
        return known

    def _resolve(self, connection: sqlite3.Connection, name: str | None, number: str | None) -> Place:
        named = bool(name or number)
        found = self._by_number(connection, number) if number else None
        if found is None and name:
            found = self._by_name(connection, name)
            if found is not None and number and found[3] not in (None, _UNNAMED, number):
                name, found = f"{name} {number}", self._by_name(connection, f"{name} {number}")
        if found is None and named:
            found = self._waiting(connection)
            wanted = name or self.terms.told
            if found is None and not name:
                found = self._without_number(connection, wanted or self.terms.default)
            if found is not None:
                self._name(connection, found[0], wanted or (number if found[3] == _UNNAMED else None))
        if found is None and not named:
            found = self._unnamed(connection)
        if found is None:
            return self._make(connection, name or self.terms.told or self.terms.default, number, named)
        if number and found[3] != number and self.imagined is None:
            connection.execute("UPDATE shop SET external_id = ? WHERE id = ?", (number, found[0]))
        return Place(found[0], found[1], found[2], named)

    def _select(self, connection: sqlite3.Connection, where: str, *values: str) -> tuple[int, str, str, str] | None:
        platforms = (self.terms.platform, *self.terms.also)
        marks = ", ".join("?" * len(platforms))
        row: tuple[int, str, str, str] | None = connection.execute(
            f"SELECT id, platform, zone, external_id FROM shop WHERE platform IN ({marks}) AND {where} ORDER BY id",
            (*map(str, platforms), *values),
        ).fetchone()
        return row

    def _by_number(self, connection: sqlite3.Connection, number: str) -> tuple[int, str, str, str] | None:
        return self._select(connection, "external_id = ?", number)

    def _by_name(self, connection: sqlite3.Connection, name: str) -> tuple[int, str, str, str] | None:
        return self._select(connection, "name = ?", name)

    def _waiting(self, connection: sqlite3.Connection) -> tuple[int, str, str, str] | None:
        return self._select(connection, "external_id = ?", _UNNAMED)

    def _without_number(self, connection: sqlite3.Connection, name: str | None) -> tuple[int, str, str, str] | None:
        return self._select(connection, "name = ? AND external_id IS NULL", name) if name else None

    def _unnamed(self, connection: sqlite3.Connection) -> tuple[int, str, str, str] | None:
        if self.terms.told:
            return self._by_name(connection, self.terms.told)
        known = self._by_name(connection, self.terms.default) if self.terms.default else None
        return known or self._select(connection, "1 = 1")

    def _name(self, connection: sqlite3.Connection, shop_id: int, name: str | None) -> None:
        if name and self.imagined is None:
            connection.execute(
                "UPDATE shop SET name = ?, external_id = NULL WHERE id = ? AND external_id = ?",
                (name, shop_id, _UNNAMED),
            )

    def _make(self, connection: sqlite3.Connection, name: str | None, number: str | None, named: bool) -> Place:
        platform = str(self.terms.platform)
        if self.imagined is not None:
            shop_id = self.imagined.setdefault((platform, name or number or ""), -1 - len(self.imagined))
            return Place(shop_id, platform, self.terms.zone, named)
        unnamed = not name and not number
        name = name or number or self.terms.label or platform
        if number and self._by_name(connection, name) is not None:
            name = f"{name} {number}"
        language = language_of(self.terms.own, platform, name)
        cursor = connection.execute(
            "INSERT INTO shop (platform, name, zone, language, external_id, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            (platform, name, self.terms.zone, language, _UNNAMED if unnamed else number, self.now),
        )
        return Place(int(cursor.lastrowid or 0), platform, self.terms.zone, named)


def next_id(connection: sqlite3.Connection, table: str) -> int:
    """The number of the next row of a table, while the write lock is held."""
    return int(connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def chunks(values: Iterable[str]) -> Iterable[list[str]]:
    """Distinct values in portions that one statement can take."""
    distinct = list(dict.fromkeys(values))
    return (distinct[at : at + MOST_PARAMETERS] for at in range(0, len(distinct), MOST_PARAMETERS))


@dataclass(slots=True)
class Products:
    """Finds or makes products: by the platform's number, by title where there is none."""

    _known: dict[tuple[int, str], int] = field(default_factory=dict)

    def ids(
        self, connection: sqlite3.Connection, rows: Sequence[tuple[int, ImportedReview | ImportedOrder]]
    ) -> list[int | None]:
        """The product's number for each row of a shop; None where the row names no product."""
        keys = [(shop_id, product_key(row)) for shop_id, row in rows]
        if len(self._known) > _MOST_KEPT:
            self._known.clear()
        self._known.update(self._look_up(connection, {key for key in keys if key[1] and key not in self._known}))
        made: list[tuple[object, ...]] = []
        fresh = next_id(connection, "product")
        for key, (shop_id, row) in zip(keys, rows, strict=True):
            if key[1] and key not in self._known:
                self._known[key] = fresh
                made.append((fresh, shop_id, key[1], row.product_external_id, row.product or row.product_external_id))
                fresh += 1
        connection.executemany(
            "INSERT INTO product (id, shop_id, key, external_id, title) VALUES (?, ?, ?, ?, ?)", made
        )
        return [self._known.get(key) for key in keys]

    def _look_up(
        self, connection: sqlite3.Connection, keys: set[tuple[int, str]]
    ) -> Iterable[tuple[tuple[int, str], int]]:
        for shop_id in {shop_id for shop_id, _key in keys}:
            for some in chunks(sorted(key for of, key in keys if of == shop_id)):
                marks = ", ".join("?" * len(some))
                for row_id, key in connection.execute(
                    f"SELECT id, key FROM product WHERE shop_id = ? AND key IN ({marks})", (shop_id, *some)
                ):
                    yield (shop_id, key), row_id


def product_key(row: ImportedReview | ImportedOrder) -> str:
    """What tells products of one shop apart, or an empty string."""
    if row.product_external_id:
        return row.product_external_id
    return f"title:{row.product}" if row.product else ""


def buyer_key(row: ImportedReview | ImportedOrder) -> str:
    """Who the buyer is: by the platform's user id, else by a nick that names somebody, else by the order alone.

    A masked nick such as s**5 names nobody: two of them may be two people.
    """
    if row.buyer_uid:
        return f"uid:{row.buyer_uid}"
    if not masked(row.nick):
        return f"nick:{row.nick}"
    order = row.external_id if isinstance(row, ImportedOrder) else row.order_external_id
    return f"order:{order}" if order else f"review:{row.external_id}"


def rank(key: str) -> int:
    """How much a buyer's key tells: a user id more than a nick, a nick more than an order."""
    return {"uid": 3, "nick": 2, "order": 1}.get(key.split(":", 1)[0], 0)


@dataclass(slots=True)
class Buyers:
    """Finds or makes buyers, and brings two rows together when they turn out to be one person."""

    def ids(self, connection: sqlite3.Connection, wanted: Sequence[tuple[str, str, str]]) -> list[int]:
        """The number of each (platform, key, nick)."""
        found: dict[tuple[str, str], int] = {}
        unnamed: set[tuple[str, str]] = set()
        for platform in {platform for platform, _key, _nick in wanted}:
            for some in chunks(key for of, key, _nick in wanted if of == platform):
                marks = ", ".join("?" * len(some))
                for row_id, key, nick in connection.execute(
                    f"SELECT id, key, nick FROM buyer WHERE platform = ? AND key IN ({marks})", (platform, *some)
                ):
                    found[platform, key] = row_id
                    if not nick:
                        unnamed.add((platform, key))
        made: dict[tuple[str, str], tuple[int, str, str, str]] = {}
        told: list[tuple[str, int]] = []
        fresh = next_id(connection, "buyer")
        for platform, key, nick in wanted:
            who = (platform, key)
            if who not in found:
                found[who] = fresh
                made[who] = (fresh, platform, key, nick)
                fresh += 1
            elif nick and who in made and not made[who][3]:
                made[who] = (*made[who][:3], nick)
            elif nick and who in unnamed:
                unnamed.discard(who)
                told.append((nick, found[who]))
        insert_rows(connection, "buyer", ("id", "platform", "key", "nick"), made.values())
        connection.executemany("UPDATE buyer SET nick = ? WHERE id = ?", told)
        return [found[platform, key] for platform, key, _nick in wanted]

    def call(self, connection: sqlite3.Connection, nicks: dict[int, str]) -> None:
        """Give these buyers their nicks, as long as they have none."""
        connection.executemany(
            "UPDATE buyer SET nick = ? WHERE id = ? AND nick = ''", [(nick, number) for number, nick in nicks.items()]
        )

    def unite(self, connection: sqlite3.Connection, lesser: int, platform: str, key: str, nick: str) -> int:
        """The buyer known only by an order turns out to be `key`: from now on there is one row. Returns its number."""
        row = connection.execute("SELECT id FROM buyer WHERE platform = ? AND key = ?", (platform, key)).fetchone()
        if row is None:
            connection.execute("UPDATE buyer SET key = ?, nick = ? WHERE id = ?", (key, nick, lesser))
            return lesser
        better = int(row[0])
        if better == lesser:
            return better
        for table in ("purchase", "personal", "review", "review_case", "contact"):
            connection.execute(f"UPDATE {table} SET buyer_id = ? WHERE buyer_id = ?", (better, lesser))
        # What the buyer asked of us holds whoever wrote it down.
        for name in _ASKED_OF_US:
            connection.execute(
                f"UPDATE buyer SET {name} = coalesce({name}, (SELECT {name} FROM buyer WHERE id = ?)) WHERE id = ?",
                (lesser, better),
            )
        connection.execute("DELETE FROM buyer WHERE id = ?", (lesser,))
        return better
