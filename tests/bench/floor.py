"""The data floor without a screen: reads and casework on the bench's database, in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from data.clock import Clock, parse_iso, running_from, zone
from data.playbook.load import standard
from data.protocols import Casework
from data.reads import SqlReads
from data.rows import CaseRow, Counts, Filter, Key, Page, View
from data.settings import Settings
from data.store.store import Store
from tests.bench.figures import Unmeasurable

AGENT: str = "agent01"
"""Who works in the bench; the database has them."""


class Floor:
    """Reads and casework of one agent."""

    def __init__(self, store: Store, clock: Clock, settings: Settings) -> None:
        self.reads = SqlReads(store, zone=zone(settings.shop.zone), due_soon=settings.clock.due_soon_minutes)
        self._store, self._clock, self._settings = store, clock, settings
        agent = self.reads.agent_of_login(AGENT)
        if agent is None:
            raise Unmeasurable(f"the database has no agent {AGENT}")
        self._agent_id = agent.id

    def page(
        self,
        view: View,
        narrowed: Filter,
        *,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> Page:
        """As the list asks for it."""
        return self.reads.page(
            view,
            narrowed,
            agent_id=self._agent_id,
            now=self._clock.now(),
            after=after,
            before=before,
            last=last,
            limit=limit,
        )

    def first_page(self) -> tuple[CaseRow, ...]:
        """What stands in the inbox after the start."""
        return self.page(View.ALL, Filter()).rows

    def counts(self) -> Counts:
        """The numbers beside the views."""
        return self.reads.counts(agent_id=self._agent_id, now=self._clock.now())

    @cached_property
    def casework(self) -> Casework:
        """The writer; loads SQLModel when it is first asked for."""
        from data.casework.entrance import SqlCasework

        playbook = standard("zh_CN")
        return SqlCasework(self._store, self._clock, self._settings, self._agent_id, lambda _language: playbook)


@contextmanager
def opened(database: Path, now: str) -> Iterator[Floor]:
    """The floor on a database, with its clock set and running on."""
    settings = Settings()
    store = Store(database)
    try:
        yield Floor(store, running_from(parse_iso(now, zone(settings.shop.zone))), settings)
    finally:
        store.close()
