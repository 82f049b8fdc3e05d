"""Giving new cases to agents: what the rule weighs, read from the database once for many cases. Plain rows.

What is given out is counted at once, so that many cases in one transaction come to whom they would come one by one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from data.assignment import Arrival, Assigned, Candidate, Rule, assign, begins
from data.casework.bulk import Batch
from data.casework.places import Place
from data.clock import HOUR, zone

_AT_ONCE = 500


@dataclass(slots=True)
class Assigner:
    """Assigns the cases of one file, at the time of its import."""

    rule: Rule
    now: int
    candidates: Sequence[Candidate] | None
    batch: Batch
    _loads: dict[int, int] = field(default_factory=dict)
    _languages: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, batch: Batch) -> Assigner | None:
        """What assigns the cases of a batch; None where the settings leave them to the pool."""
        rule = Rule(batch.settings.assignment.rule)
        return None if rule is Rule.NONE or batch.trial else cls(rule, batch.now, None, batch)

    def assign(
        self, connection: sqlite3.Connection, arrivals: Sequence[tuple[int, Place, int]]
    ) -> list[Assigned | None]:
        """Who gets each of these cases, told by buyer, shop and when it is due; in the order in which they open."""
        if self.candidates is None:
            self.candidates = self._begin(connection)
        if not self.candidates:
            return [None] * len(arrivals)
        formerly = _formerly(connection, {buyer_id for buyer_id, _place, _due in arrivals})
        unknown = {place.id for _buyer, place, _due in arrivals} - self._languages.keys()
        for shop_id in unknown:
            (self._languages[shop_id],) = connection.execute(
                "SELECT language FROM shop WHERE id = ?", (shop_id,)
            ).fetchone()
        answer: list[Assigned | None] = []
        for buyer_id, place, due_at in arrivals:
            arrival = Arrival(place.platform, self._languages[place.id], due_at, formerly.get(buyer_id))
            to = assign(self.rule, arrival, self.candidates, self._loads, self.now)
            if to is not None:
                self._loads[to.agent_id] = self._loads.get(to.agent_id, 0) + 1
                formerly[buyer_id] = to.agent_id
            answer.append(to)
        return answer

    def _begin(self, connection: sqlite3.Connection) -> list[Candidate]:
        """Who of the staff has worked here, and how much each has. Read once a file: an import lasts seconds."""
        settings, now = self.batch.settings, self.now
        here, within = zone(settings.shop.zone), settings.claims.lease_hours * HOUR
        numbers = dict(connection.execute("SELECT login, id FROM agent"))
        found = [
            Candidate(numbers[worker.login], worker, begins(worker, now, here, within))
            for worker in settings.assignment.agents
            if worker.login in numbers
        ]
        if self.rule is Rule.LOAD:
            for each in found:
                (self._loads[each.agent_id],) = connection.execute(
                    "SELECT count(*) FROM review_case WHERE owner_id = ? AND open = 1", (each.agent_id,)
                ).fetchone()
        return found


def _formerly(connection: sqlite3.Connection, buyer_ids: Collection[int]) -> dict[int, int]:
    """Who knows each buyer: who has the newest open case of theirs, else had the last one, else spoke to them last."""
    found: dict[int, int] = {}
    ids = sorted(buyer_ids)
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        found.update(
            connection.execute(
                f"SELECT buyer_id, agent_id FROM contact WHERE buyer_id IN ({marks}) ORDER BY started_at, id", some
            )
        )
        found.update(
            connection.execute(
                f"SELECT buyer_id, owner_id FROM review_case WHERE buyer_id IN ({marks}) AND owner_id IS NOT NULL "
                "ORDER BY open, id",
                some,
            )
        )
    return found
