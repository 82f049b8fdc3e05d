"""A past call, step by step, as it was said that day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.call_trail import spans
from data.call_words import call_variables
from data.errors import PlaybookError
from data.figures_words import script_name
from data.language import N_, _, ngettext
from data.playbook.format import Playbook
from data.playbook.load import from_text
from data.playbook.state import Run
from data.replaying import Moment, moments
from data.rows import AgentRow, CasePage, ContactRow, KeptCall
from screens.base import ACTS_LIST, BACK, DeskScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.contacts import log_preview
from widgets.frame import rule
from widgets.lines import BLANK, Line, Lines, Span, line, paragraph
from widgets.replay_lines import lasted, moment_lines, step_lines, summary_lines


class ReplayScreen(DeskScreen[None]):
    """Reads a call that is over; nothing of it can be changed."""

    PURPOSE = N_(
        "A past call, step by step: the words as they stood that day, what the buyer did, and how long it took."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("replay.next", "down,enter,1,j", "move(1)", N_("Next step"), N_("To the step after it."), foot=1),
        Act("replay.previous", "up,2,k", "move(-1)", N_("Step before"), N_("To the step before it."), foot=2),
        Act("replay.first", "home,3", "move(-9999)", N_("First step"), N_("To the beginning.")),
        Act("replay.last", "end,4", "move(9999)", N_("Last step"), N_("To the end.")),
        Act("replay.case", "f5,5", "case", N_("The case"), N_("The case of this call."), foot=3),
        BACK,
        ACTS_LIST,
    )
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, contact: ContactRow, kept: KeptCall) -> None:
        super().__init__(place)
        self._contact = contact
        self._kept = kept
        self._moments: tuple[Moment, ...] = ()
        self._summary: list[Line] = []
        self._trouble = ""
        self._at = 0
        self._lines = Lines(id="replay", height="1fr")

    def heading(self) -> str:
        return _("Past call")

    def facts(self) -> Sequence[Span]:
        kept = self._kept
        return [(lasted((kept.ended_at or self.place.now()) - kept.started_at), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._lines

    def on_mount(self) -> None:
        self.open_behind(self._load)

    def on_resize(self, _event: Resize) -> None:
        self._show()

    async def _load(self) -> None:
        place, kept = self.place, self._kept
        page = await self.read(lambda: place.reads.case(kept.case_id, now=place.now()))
        agent = await self.read(lambda: place.reads.agent(kept.agent_id))
        playbook, run = self._read_kept()
        if page is not None and agent is not None:
            self._moments = moments(playbook, run, kept.trail, lambda at: self._words(playbook, run, page, agent, at))
        self._summary = self._sum_up(playbook, run)
        self._show()

    def _read_kept(self) -> tuple[Playbook | None, Run | None]:
        """The text and the run; where one cannot be read any more the steps stand without their words."""
        try:
            return from_text(self._kept.text), Run.from_dict(json.loads(self._kept.run))
        except (PlaybookError, ValueError) as error:
            self._trouble = _("The words of this call cannot be read ({reason}).").format(reason=str(error)[:80])
            return None, None

    def _words(
        self, playbook: Playbook | None, run: Run | None, page: CasePage, agent: AgentRow, at: int
    ) -> Mapping[str, str]:
        """What the variables stood for; a name is not shown again for this."""
        if playbook is None or run is None:
            return {}
        return call_variables(page, agent, playbook, run, name="", now=at, zone=self.place.zone)

    def _sum_up(self, playbook: Playbook | None, run: Run | None) -> list[Line]:
        kept, cells = self._kept, self.room.width
        titles = {stage.id: stage.title for stage in playbook.stages} if playbook is not None else {}
        stage_of = {node.id: titles.get(node.stage, "") for node in playbook.nodes} if playbook is not None else {}
        ended = kept.ended_at or (kept.trail[-1].at if kept.trail else kept.started_at)
        place = run.place if run is not None else ""
        took = spans(kept.trail, lambda node: stage_of.get(node, ""), place, ended).by_stage
        script = script_name(kept.playbook, kept.version, playbook)
        return summary_lines(kept, script, took, self._contact.note, _counted(run), cells)

    def _show(self) -> None:
        cells, room = self.room.width, self.room.height - 4
        shown: list[Line] = log_preview(self._contact, now=self.place.now(), zone=self.place.zone, cells=cells)[:2]
        shown += self._summary
        if self._trouble:
            shown += [line(" ", *each) for each in paragraph(self._trouble, cells - 2, look.SOON)]
        shown.append(rule(cells))
        if self._moments:
            shown += moment_lines(self._moments[self._at], self.place.zone, cells)
            shown += step_lines(self._moments, self._at, max(1, room - len(shown)), self.place.zone, cells)
        self._lines.show([*shown[:room], *[BLANK] * (room - len(shown))])

    def action_move(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._moments) - 1))
        self._show()

    def action_case(self) -> None:
        if self.place.doors.buyer is not None:
            self.app.push_screen(self.place.doors.buyer(self.place, self._kept.case_id))


def _counted(run: Run | None) -> list[str]:
    if run is None:
        return []
    objections = sum(run.raised.values())
    told = [ngettext("{n} apology", "{n} apologies", run.apologies).format(n=run.apologies)]
    if objections:
        told.append(ngettext("{n} objection", "{n} objections", objections).format(n=objections))
    if run.review_asked:
        told.append(_("asked about the review {n}×").format(n=run.review_asked))
    return told
