"""The shop of a simulation: its agents and shops, imports that bring new and changed reviews, and the desk's upkeep."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any

from data.casework import bulk
from data.casework.bulk_orders import OrderWriter
from data.casework.bulk_reviews import ReviewWriter
from data.casework.entrance import SqlCasework
from data.casework.places import Terms
from data.casework.sessions import Sessions
from data.settings import Settings
from data.sources.rows import ImportedOrder, ImportedReview
from data.vocabulary import Platform
from tests.playbooks import standard
from tests.simulate.buyers import Buyers
from tests.simulate.figures import Figures
from tests.simulate.scratch import Moved, ScratchStore

SHOPS = {
    "淘宝一店": Platform.TAOBAO,
    "淘宝二店": Platform.TAOBAO,
    "拼多多店": Platform.PDD,
    "京东店": Platform.JD,
    "Own shop": Platform.JUDGEME,
}

_Writer = Callable[[bulk.Batch, bulk.Imagined], Any]


class Shop:
    """One database with its agents; casework is asked for by agent, as each session of the program has its own."""

    def __init__(self, folder: Path, time: Moved, random: Random, agents: int) -> None:
        self.time, self.random, self.figures = time, random, Figures()
        self.settings = Settings()
        self.path = folder / "shop.db"
        self.store = ScratchStore(self.path)
        self.store.prepare(time.now, create=True)
        # One for all: each would compile every statement anew, which is most of what a short verb costs.
        self._sessions = Sessions(self.store)
        self.playbook = standard("zh_CN")
        self.buyers = Buyers(random)
        self.leads: list[int] = []
        self.agents: list[int] = []
        with self.store.write() as connection:
            for number in range(agents):
                lead = number % 10 == 3
                cursor = connection.execute(
                    "INSERT INTO agent (login, name, title, role, created_at) VALUES (?, ?, ?, ?, ?)",
                    (f"a{number}", f"客服{number}", "售后", "lead" if lead else "agent", time.now),
                )
                (self.leads if lead else self.agents).append(int(cursor.lastrowid or 0))

    @property
    def everybody(self) -> list[int]:
        """The numbers of all agents."""
        return sorted(self.agents + self.leads)

    def casework(self, agent_id: int) -> SqlCasework:
        """A session of one agent."""
        casework = SqlCasework(self.store, self.time.clock, self.settings, agent_id, lambda _language: self.playbook)
        casework._sessions = self._sessions
        return casework

    def rows(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        """What a screen would read."""
        with self.store.read() as connection:
            return connection.execute(sql, values).fetchall()

    def value(self, sql: str, **values: object) -> Any:
        """The first column of the first row; None where there is none."""
        found = self.rows(sql, **values)
        return found[0][0] if found else None

    def bring(self, new: int) -> None:
        """An import: so many new reviews with their orders, and whatever buyers have changed meanwhile."""
        now, random = self.time.clock.now(), self.random
        names = list(SHOPS)
        orders: dict[str, list[ImportedOrder]] = {}
        reviews: dict[str, list[ImportedReview]] = {}
        for _number in range(new):
            shop = random.choices(names, (40, 15, 25, 15, 5))[0]
            order, review = self.buyers.review(shop, now)
            orders.setdefault(shop, []).append(order)
            reviews.setdefault(shop, []).append(review)
        for written in self.buyers.changed(now):
            if written.row.external_id not in {row.external_id for row in reviews.get(written.shop, ())}:
                reviews.setdefault(written.shop, []).append(written.row)
        self.figures.reviews += new
        # Orders come in one file and reviews in another, either first.
        steps: list[tuple[dict[str, Any], _Writer]] = [(orders, OrderWriter), (reviews, ReviewWriter)]
        random.shuffle(steps)
        for files, writer in steps:
            self._import(files, writer)

    def _import(self, files: dict[str, Any], writer: _Writer) -> None:
        for shop, rows in sorted(files.items()):
            terms = Terms(SHOPS[shop], told=shop, label=shop)
            batch = bulk.Batch("export.csv", "simulated", terms, self.time.clock.now(), self.settings)
            batch = bulk.begin_batch(self.store, batch)
            numbered: Iterable[Any] = [row._replace(line=line) for line, row in enumerate(rows, start=1)]
            tally = bulk.run(
                self.store,
                batch,
                numbered,
                writer(batch, bulk.Imagined()),
                lambda row: self._refuse(row.reason),
                lambda _tally: None,
            )
            assert tally.refused == 0, tally

    @staticmethod
    def _refuse(reason: str) -> None:
        raise AssertionError(reason)
