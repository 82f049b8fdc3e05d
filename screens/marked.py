"""The acts of the inbox that are about the marked cases, or else about the one under the cursor; and marking them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any

from data.language import N_, _, ngettext
from data.rows import Done, Page
from data.several import AT_MOST, Task, Verb
from data.vocabulary import Cause
from data.wording import cause_label
from screens.base import DeskScreen
from screens.choose import Choose, Option
from screens.hand_over import alone, ask_to_whom
from screens.picks import later_screen
from widgets import look
from widgets.case_list import CaseList
from widgets.marks import Marks
from widgets.rows import Ask

LABELS = {
    Verb.CLAIM: N_("Claim"),
    Verb.RELEASE: N_("Release"),
    Verb.SNOOZE: N_("Later"),
    Verb.CAUSE: N_("Cause"),
    Verb.HAND_OVER: N_("Hand over"),
}
"""What the acts are called on keys and in lists."""

_A_READ = 500
"""So many rows are read at a time when a whole list is marked."""


class Marking(StrEnum):
    """What can be marked at once."""

    PAGE = "page"
    LIST = "list"
    BEFORE = "before"
    NONE = "none"


class OnCases:
    """What an inbox does with its cases. `done` hears of every act, `changed` of every mark; `reading` gives what reads
    the list as it is narrowed at that moment."""

    def __init__(
        self,
        screen: DeskScreen[Any],
        rows: CaseList,
        reading: Callable[[], Callable[[Ask], Page]],
        *,
        done: Callable[[Done | None], None],
        changed: Callable[[], None],
        passed: set[int],
    ) -> None:
        self._screen = screen
        self._rows = rows
        self._reading = reading
        self._done = done
        self._changed = changed
        self._passed = passed
        self.marks = Marks()

    # Marking

    async def mark(self) -> None:
        """Mark the row and go on to the next."""
        row = self._rows.current
        if row is not None:
            self._add([row.case_id])
            await self._rows.action_down()

    async def unmark(self) -> None:
        """Take the mark of the row away, or else of the row above."""
        row = self._rows.current
        if row is not None and row.case_id not in self.marks:
            await self._rows.action_up()
            row = self._rows.current
        if row is not None and self.marks.take(row.case_id):
            self._show()

    def clear(self) -> None:
        """Take all marks away."""
        self.marks.clear()
        self._show()

    def stay(self) -> None:
        """Say that the marks stay while another list is shown."""
        if self.marks:
            count = len(self.marks)
            told = ngettext("{count} marked case stays marked.", "{count} marked cases stay marked.", count)
            self._screen.say(told.format(count=count))

    async def _mark_many(self, what: Marking) -> None:
        if what is Marking.NONE:
            self.clear()
        elif what is Marking.BEFORE:
            self._say_marked(self.marks.bring_back())
        elif what is Marking.PAGE:
            self._add([row.case_id for row in self._rows.shown], say=True)
        else:
            self._screen.say(_("One moment."))
            piece = self._reading()
            case_ids = await self._screen.read(lambda: _whole_list(piece))
            if case_ids is not None:
                self._add(case_ids, say=True)

    def _add(self, case_ids: list[int], *, say: bool = False) -> None:
        added = self.marks.add(case_ids)
        left = sum(case_id not in self.marks for case_id in case_ids)
        if left:
            told = _("{count} more are marked; {most} are the most at once, the others are not.")
            self._show()
            self._screen.say(told.format(count=added, most=AT_MOST))
        elif say:
            self._say_marked(added)
        else:
            self._show()

    def _say_marked(self, added: int) -> None:
        self._show()
        told = ngettext("{count} more case is marked.", "{count} more cases are marked.", added)
        self._screen.say(told.format(count=added))

    def _show(self) -> None:
        self._rows.mark(frozenset(self.marks.ids))
        self._changed()

    # Acting

    def why_not(self, verb: Verb) -> str:
        """Why the act is not possible now; empty when it is."""
        if not self.marks and self._rows.current is None:
            return _("The list is empty.")
        return alone(self._screen.place) if verb is Verb.HAND_OVER else ""

    async def act(self, verb: Verb) -> None:
        """Do it to the marked cases after a preview, or to the case under the cursor at once."""
        screen = self._screen
        if verb is Verb.SNOOZE:
            screen.app.push_screen(later_screen(screen.place), self._until)
        elif verb is Verb.CAUSE:
            options = [Option(cause, cause_label(cause)) for cause in Cause]
            screen.app.push_screen(Choose(screen.place, _("Why is the buyer dissatisfied?"), options), self._cause)
        elif verb is Verb.HAND_OVER:
            ask_to_whom(screen, self._hand_over)
        else:
            await self._go(Task(verb))

    async def _until(self, until: int | None) -> None:
        if until is not None:
            await self._go(Task(Verb.SNOOZE, until=until))

    async def _cause(self, cause: Cause | None) -> None:
        if cause is not None:
            await self._go(Task(Verb.CAUSE, cause=cause))

    async def _hand_over(self, to: int, note: str) -> None:
        await self._go(Task(Verb.HAND_OVER, to=to, note=note))

    async def _go(self, task: Task) -> None:
        if self.marks:
            from screens.several import SeveralScreen

            preview = SeveralScreen(self._screen.place, task, self.marks.ids)
            self._screen.app.push_screen(preview, self._several_done)
            return
        row = self._rows.current
        if row is not None:
            await self._single(task, row.case_id, mine=row.owner_id == self._screen.place.agent_id)

    def _several_done(self, done: Done | None) -> None:
        if done is not None:
            self.clear()
            self._done(done)

    async def _single(self, task: Task, case_id: int, *, mine: bool) -> None:
        write = self._screen.write
        done: Done | None = None
        match task.verb:
            case Verb.CLAIM if not mine:
                done = await write(lambda casework: casework.claim(case_id))
            case Verb.CLAIM | Verb.RELEASE:
                self._passed.add(case_id)
                done = await write(lambda casework: casework.release(case_id))
            case Verb.SNOOZE if task.until is not None:
                until = task.until
                done = await write(lambda casework: casework.snooze(case_id, until))
                if done is not None:
                    # It comes back further down; the cursor stays for the next one.
                    self._rows.drop(case_id)
            case Verb.CAUSE:
                done = await write(lambda casework: casework.set_cause(case_id, task.cause))
            case Verb.HAND_OVER if task.to is not None:
                to = task.to
                done = await write(lambda casework: casework.hand_over(case_id, to, task.note))
        self._done(done)

    # All of it in one list

    def ask(self) -> None:
        """What to mark, and what to do with what is marked."""
        count = len(self.marks)
        none = "" if count else _("Nothing is marked.")
        shown = ngettext("{count} row", "{count} rows", len(self._rows.shown)).format(count=len(self._rows.shown))
        empty = "" if self._rows.shown else _("The list is empty.")
        options: list[Option[Marking | Verb]] = [
            Option(verb, _(label), "", none or (self.why_not(verb) if verb is Verb.HAND_OVER else ""))
            for verb, label in LABELS.items()
        ]
        options += [
            Option(Marking.PAGE, _("Mark this page"), shown, empty),
            Option(Marking.LIST, _("Mark all that the list shows"), _("up to {most}").format(most=AT_MOST), empty),
        ]
        if count:
            options.append(Option(Marking.NONE, _("Clear the marks"), _("they can be brought back here")))
        else:
            again = len(self.marks.before)
            nothing = "" if again else _("Nothing was marked before.")
            cases = ngettext("{count} case", "{count} cases", again).format(count=again) if again else ""
            options.append(Option(Marking.BEFORE, _("Mark the last ones again"), cases, nothing))

        async def picked(what: Marking | Verb | None) -> None:
            if isinstance(what, Verb):
                await self.act(what)
            elif what is not None:
                self._screen.behind(partial(self._mark_many, what), group="marks")

        told = ngettext("{count} marked", "{count} marked", count).format(count=count)
        heading = _("Several at once") + look.DOT + told
        self._screen.app.push_screen(Choose(self._screen.place, heading, options), picked)


def _whole_list(piece: Callable[[Ask], Page]) -> list[int]:
    """The numbers of all cases that the list shows, and one more than may be marked where there are so many."""
    case_ids: list[int] = []
    ask = Ask(limit=_A_READ)
    while len(case_ids) <= AT_MOST:
        page = piece(ask)
        case_ids += [row.case_id for row in page.rows]
        if not page.more_after or not page.rows:
            break
        ask = Ask(after=page.rows[-1].key, limit=_A_READ)
    return case_ids[: AT_MOST + 1]
