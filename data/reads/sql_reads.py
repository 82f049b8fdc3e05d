"""All reads behind one door, as screens and commands see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import tzinfo
from sqlite3 import Connection
from typing import TYPE_CHECKING

from data.priority import NextCase, first, rank
from data.reads import (
    batches,
    case,
    case_sql,
    exports,
    inbox,
    inbox_sql,
    log,
    next_up,
    people,
    remedies,
    replies,
    tasks,
)
from data.reads.inbox import Asked, Hours
from data.rows import (
    AgentRow,
    CasePage,
    CaseRow,
    Counts,
    Filter,
    KeptCall,
    Key,
    LogFilter,
    LogPage,
    MessageRow,
    OpenCall,
    Page,
    ProductCase,
    SavedView,
    ShopRow,
    View,
)
from data.settings import Contact as ContactRules
from data.settings import Priority
from data.store.store import Store

if TYPE_CHECKING:
    from data.agenda import AgendaPage, AgendaRow, AgendaView
    from data.playbook.format import Playbook
    from data.remedies.rows import CostRow, CostsBy, RemedyLines, RemedyView
    from data.replies.rows import ReplyLines, ReplyView
    from data.script_figures import ScriptFigures
    from data.tasks.rows import DocumentRow, TaskLines, TaskView


class SqlReads:
    """Reads on one store, safe from any thread. Implements `data.protocols.Reads`.

    `zone` is where the desk's day begins and ends; `hard_from` and `hard_until` are the hours in which anybody may
    be contacted and `due_soon` how far ahead that view looks, all in minutes. Every text from outside in what is
    returned has passed `for_screen`, is one line (drafts keep their lines), and nicks are masked. Every read raises
    StoreError when the database cannot be read.
    """

    def __init__(
        self, store: Store, *, zone: tzinfo, hard_from: int = 8 * 60, hard_until: int = 21 * 60, due_soon: int = 60
    ) -> None:
        self._store = store
        self._hours = Hours(zone, hard_from, hard_until, due_soon)

    def page(
        self,
        view: View,
        narrowed: Filter,
        *,
        agent_id: int,
        now: int,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> Page:
        """Rows of a view in its order, at most `limit`: from the top, after a key, before a key, or the last ones.

        A view is ordered by what is due first and then by the newest case; a search by the newest review. A search
        in the view of all cases, and a filter for closed ones there, find closed cases too.
        """
        asked = Asked(view, narrowed, agent_id, now, self._hours)
        with self._store.read() as connection:
            return inbox.page(connection, asked, after=after, before=before, last=last, limit=limit)

    def every(self, view: View, narrowed: Filter, *, agent_id: int, now: int) -> Callable[[Connection], list[int]]:
        """What finds the numbers of all rows of a narrowed view in their order, in somebody else's read."""
        asked = Asked(view, narrowed, agent_id, now, self._hours)
        return lambda connection: inbox.every(connection, asked)

    def asked(self, query: str, *, agent_id: int, now: int) -> Callable[[Connection], list[int]]:
        """What finds the numbers of all cases, open and closed, for which a typed query holds, in somebody else's
        read; it raises QueryError."""
        from data.reads.queried import every_case

        here = inbox.standpoint(agent_id, now, self._hours)
        return lambda connection: every_case(connection, query, here)

    def count(self, view: View, narrowed: Filter, *, agent_id: int, now: int) -> int:
        """How many rows a narrowed view has, stopping at 1000."""
        with self._store.read() as connection:
            return inbox.count(connection, Asked(view, narrowed, agent_id, now, self._hours))

    def counts(self, *, agent_id: int, now: int) -> Counts:
        """The numbers beside the views' names, each stopping at 1000."""
        with self._store.read() as connection:
            return inbox.counts(connection, agent_id, now, self._hours)

    def row(self, case_id: int) -> CaseRow | None:
        """One line of the inbox as it is now, with its key in the view of all cases."""
        with self._store.read() as connection:
            return inbox.row(connection, case_id)

    def case(self, case_id: int, *, now: int) -> CasePage:
        """One case with all that is known; raises Refused when there is no such case."""
        with self._store.read() as connection:
            return case.case(connection, case_id, now)

    def nick(self, case_id: int) -> str:
        """The buyer's nick as the platform gave it, for the clipboard; empty when there is no such case."""
        with self._store.read() as connection:
            return case.nick(connection, case_id)

    def log(
        self,
        narrowed: LogFilter,
        *,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> LogPage:
        """Contacts and their outcomes, newest first. A key is `Key(started_at, contact_id)`."""
        with self._store.read() as connection:
            return log.page(connection, narrowed, after=after, before=before, last=last, limit=limit)

    def agenda(
        self,
        view: AgendaView,
        *,
        agent_id: int,
        now: int,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> AgendaPage:
        """What falls due today or this week, the longest overdue first."""
        from data.reads import agenda  # Only who looks at the agenda pays for it.

        with self._store.read() as connection:
            return agenda.page(
                connection, view, agent_id=agent_id, now=now, zone=self._hours.zone,
                after=after, before=before, last=last, limit=limit,
            )  # fmt: skip

    def agenda_counts(self, *, agent_id: int, now: int) -> Mapping[AgendaView, int]:
        """How many lines each view of the agenda has, stopping at 1000."""
        from data.reads import agenda

        with self._store.read() as connection:
            return agenda.counts(connection, agent_id=agent_id, now=now, zone=self._hours.zone)

    def fallen_due(self, *, agent_id: int, since: int, now: int, limit: int = 10) -> Sequence[AgendaRow]:
        """What fell due for an agent after `since` and until `now`; what we owe, a few minutes before its time."""
        from data.reads import agenda

        with self._store.read() as connection:
            return agenda.fallen_due(connection, agent_id=agent_id, since=since, now=now, limit=limit)

    def reply_list(
        self,
        view: ReplyView,
        *,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> ReplyLines:
        """Public replies of a list: what waits, the longest waiting first; what was sent, the newest first."""
        with self._store.read() as connection:
            return replies.page(connection, view, after=after, before=before, last=last, limit=limit)

    def reply_counts(self) -> Mapping[ReplyView, int]:
        """How many replies each list has, stopping at 1000."""
        with self._store.read() as connection:
            return replies.counts(connection)

    def task_list(
        self,
        view: TaskView,
        *,
        agent_id: int,
        now: int,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> TaskLines:
        """Tasks of a list, what is due first on top."""
        with self._store.read() as connection:
            return tasks.page(
                connection, view, agent_id=agent_id, now=now, after=after, before=before, last=last, limit=limit
            )

    def task_counts(self, *, agent_id: int, now: int) -> Mapping[TaskView, int]:
        """How many tasks each list has, stopping at 1000."""
        with self._store.read() as connection:
            return tasks.counts(connection, agent_id=agent_id, now=now)

    def documents(self, case_id: int) -> Sequence[DocumentRow]:
        """The papers that are kept for the product of a case, the newest first."""
        with self._store.read() as connection:
            return tasks.documents(connection, case_id)

    def remedy_list(
        self,
        view: RemedyView,
        *,
        mine: bool,
        agent_id: int,
        now: int,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> RemedyLines:
        """Remedies of a list, one's own or anybody's: what is due first on top; all of them the newest first."""
        with self._store.read() as connection:
            return remedies.page(
                connection, view, mine=mine, agent_id=agent_id, now=now, zone=self._hours.zone, after=after,
                before=before, last=last, limit=limit,
            )  # fmt: skip

    def remedy_counts(self, *, mine: bool, agent_id: int, now: int) -> Mapping[RemedyView, int]:
        """How many remedies each list has, stopping at 1000."""
        with self._store.read() as connection:
            return remedies.counts(connection, mine=mine, agent_id=agent_id, now=now, zone=self._hours.zone)

    def remedy_costs(self, by: CostsBy, *, since: int, until: int, limit: int = 500) -> Sequence[CostRow]:
        """What remedies that were agreed within a time cost, added up by one thing; the dearest first."""
        with self._store.read() as connection:
            return remedies.costs(connection, by, since=since, until=until, limit=limit)

    def agent(self, agent_id: int) -> AgentRow:
        """Who is at the keyboard. Raises Refused when there is no such agent."""
        with self._store.read() as connection:
            return people.agent(connection, agent_id)

    def agent_of_login(self, login: str) -> AgentRow | None:
        """The agent of a login name, if they have worked here."""
        with self._store.read() as connection:
            return people.agent_of_login(connection, login)

    def agents(self) -> Sequence[AgentRow]:
        """Everybody who has worked here."""
        with self._store.read() as connection:
            return people.agents(connection)

    def shops(self) -> Sequence[ShopRow]:
        """All shops."""
        with self._store.read() as connection:
            return people.shops(connection)

    def open_call(self, agent_id: int) -> OpenCall | None:
        """The agent's call that has no outcome yet, if there is one."""
        with self._store.read() as connection:
            return people.open_call(connection, agent_id)

    def unfinished_contact(self, agent_id: int) -> tuple[int, int, str] | None:
        """The agent's contact that has no outcome yet: contact id, case id, channel."""
        with self._store.read() as connection:
            return people.unfinished_contact(connection, agent_id)

    def draft(self, agent_id: int, kind: str, subject_id: int) -> str:
        """Half-typed text that was kept, or an empty string."""
        with self._store.read() as connection:
            return people.draft(connection, agent_id, kind, subject_id)

    def saved_views(self, agent_id: int) -> Sequence[SavedView]:
        """The views that the agent has saved, in the order in which they were."""
        with self._store.read() as connection:
            return people.saved_views(connection, agent_id)

    def messages(self, case_id: int) -> Sequence[MessageRow]:
        """The texts that were written to the buyer of a case, on any of their cases, the newest first."""
        from data.reads import messages  # Only who writes one pays for it.

        with self._store.read() as connection:
            return messages.messages(connection, case_id)

    def template_uses(self) -> Mapping[str, int]:
        """How often each template was used."""
        from data.reads import messages

        with self._store.read() as connection:
            return messages.uses(connection)

    def was_abused(self, agent_id: int, *, since: int) -> bool:
        """Whether the agent's last call was an abusive one and ended after `since`."""
        with self._store.read() as connection:
            return people.was_abused(connection, agent_id, since)

    def kept_call(self, contact_id: int) -> KeptCall | None:
        """The call of a contact with everything that was kept of it; None where it followed no script."""
        from data.reads import kept_calls  # Only who reads a past call pays for it.

        with self._store.read() as connection:
            return kept_calls.kept_call(connection, contact_id)

    def product_cases(self, case_id: int) -> Sequence[ProductCase]:
        """The other cases of a case's product, the newest first, at most twenty."""
        from data.reads import product_cases  # Only who looks at a product pays for it.

        with self._store.read() as connection:
            return product_cases.product_cases(connection, case_id)

    def what_next(
        self, orders: Sequence[Priority], rules: ContactRules, *, agent_id: int, now: int, most: int = 15
    ) -> Sequence[Sequence[NextCase]]:
        """What F2 would take first, by each of some weights, at most so many cases; changes nothing."""
        from data.reads.contacting import workable

        with self._store.read() as connection:
            found = next_up.candidates(connection, agent_id, now, self._hours.zone)
            allowed = workable(connection, now, self._hours.zone, rules)
            orders_of = (rank(found, weights, now, self._hours.zone, agent_id) for weights in orders)
            chosen = [first(ranked, allowed, most) for ranked in orders_of]
            rows = {each.facts.case_id: inbox.row(connection, each.facts.case_id) for one in chosen for each in one}
        return [
            [NextCase(row, each) for each in one if (row := rows[each.facts.case_id]) is not None] for one in chosen
        ]

    def script_figures(self, since: int, until: int) -> tuple[list[ScriptFigures], dict[str, Playbook]]:
        """What call scripts did on the calls that were started in a span (UTC ms), and the scripts by hash."""
        from data.reads import script_figures  # Only who looks at the figures pays for them.

        with self._store.read() as connection:
            return script_figures.figures_of(connection, since, until)

    def has_reviews(self) -> bool:
        """Whether there is anything to work on; a first run has nothing."""
        with self._store.read() as connection:
            return people.has_reviews(connection)


def statements() -> Iterator[tuple[str, str]]:
    """Every read statement by name; a test prepares each one against the migrated schema."""
    from data.reads import agenda_sql, kept_calls, messages, product_cases, script_figures

    yield from inbox_sql.statements()
    yield from log.statements()
    yield from agenda_sql.statements()
    yield from case_sql.STATEMENTS.items()
    yield from people.STATEMENTS.items()
    yield from next_up.STATEMENTS.items()
    yield from exports.STATEMENTS.items()
    yield from batches.STATEMENTS.items()
    yield from product_cases.STATEMENTS.items()
    yield from kept_calls.STATEMENTS.items()
    yield from script_figures.STATEMENTS.items()
    yield from messages.STATEMENTS.items()
    yield from remedies.statements()
    yield from replies.statements()
    yield from tasks.statements()
