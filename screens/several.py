"""One act on all marked cases: first what it would come to, then Enter does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.contact_rules import day_and_time
from data.language import N_, _
from data.outside import for_screen
from data.rows import AgentRow, Done
from data.several import Plan, Task, Verb
from data.wording import cause_label
from screens.base import BACK, DeskScreen
from screens.marked import LABELS
from screens.progress import progress
from screens.workplace import Workplace
from widgets.acts import Act
from widgets.lines import Lines
from widgets.several_lines import preview_lines


class SeveralScreen(DeskScreen[Done | None]):
    """Shows what the task comes to and does it; gives what was done, or None."""

    PURPOSE: ClassVar[str] = N_(
        "Shows which of the marked cases an act changes and which it leaves out, before it does."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("several.do", "enter", "do", N_("Do it"), N_("Do it on every case that is not left out."), foot=1),
        Act("several.back", "escape,backspace,0", "back", BACK.label, BACK.help, foot=2, listed=False),
    )

    def __init__(self, place: Workplace, task: Task, case_ids: Sequence[int]) -> None:
        super().__init__(place)
        self._wanted = task
        self._case_ids = tuple(case_ids)
        self._plan: Plan | None = None
        self._doing = False
        self._lines = Lines(id="plan", height="1fr")

    def heading(self) -> str:
        return _("Several at once")

    def body(self) -> ComposeResult:
        yield self._lines

    def on_mount(self) -> None:
        self.open_behind(self._look)

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def catch_up(self) -> None:
        if not self._doing:
            self.behind(self._look, group="plan")

    async def _look(self) -> None:
        self._plan = await self.write(lambda casework: casework.plan(self._wanted, self._case_ids))
        self._show()

    def _show(self) -> None:
        cells, height = self.size.width, self.size.height - 4
        what = worded(self._wanted, self.place, self.place.reads.agents())
        note = self._wanted.note
        self._lines.show(preview_lines(what, note, len(self._case_ids), self._plan, cells=cells, height=height))

    def why_not(self, act: str) -> str:
        if self._doing or (act == "several.do" and self._plan is None):
            return _("One moment.")
        if act == "several.do" and self._plan is not None and not self._plan.ready:
            return _("There is nothing to do.")
        return ""

    def action_do(self) -> None:
        self._doing = True
        self.behind(self._do, group="do")

    async def _do(self) -> None:
        told = progress(self)
        done = await self.write(lambda casework: casework.several(self._wanted, self._case_ids, told))
        self._doing = False
        if done is not None:
            self.dismiss(done)
        else:
            self.behind(self._look, group="plan")


def worded(task: Task, place: Workplace, agents: Sequence[AgentRow]) -> str:
    """The act in words, with its time, cause or colleague."""
    label = _(LABELS[task.verb])
    if task.verb is Verb.SNOOZE and task.until is not None:
        return _("Back on {time}").format(time=day_and_time(task.until, place.now(), place.zone))
    if task.verb is Verb.CAUSE and task.cause is not None:
        return _("Cause: {cause}").format(cause=cause_label(task.cause))
    if task.verb is Verb.HAND_OVER:
        name = next((agent.name or agent.login for agent in agents if agent.id == task.to), "?")
        return _("Hand over to {name}").format(name=for_screen(name))
    return label
