"""What taking in the rows of one file begins with, whatever they are: where they belong, and which came before."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from data.casework.bulk import Batch, Imagined, Seen
from data.casework.known import Change
from data.casework.places import Buyers, Place, Products, Shops
from data.sources.rows import ImportedOrder, ImportedReview

Row = TypeVar("Row", ImportedReview, ImportedOrder)


@dataclass(slots=True)
class Intake:
    """The shops, products and buyers of a file, its rows by their ids, and what it has changed so far."""

    shops: Shops
    products: Products = field(default_factory=Products)
    buyers: Buyers = field(default_factory=Buyers)
    seen: Seen = field(default_factory=Seen)
    shop_ids: set[int] = field(default_factory=set)
    changes: list[Change] = field(default_factory=list)

    @classmethod
    def of(cls, batch: Batch, imagined: Imagined) -> Intake:
        """The intake of a batch; a trial run goes on from what earlier files of it have imagined."""
        return cls(Shops(batch.terms, batch.now, imagined.shops if batch.trial else None))

    def place(self, connection: sqlite3.Connection, rows: Sequence[Row]) -> list[tuple[Place, Row]]:
        """Each row with the shop to which it belongs."""
        placed = [(self.shops.place(connection, row), row) for row in rows]
        self.shop_ids.update(place.id for place, _row in placed)
        return placed
