"""The public replies of the shop: a second person's yes or no is one key, without opening the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.language import N_, _
from data.replies.rows import ReplyLines, ReplyView
from data.rows import Done
from screens.base import ACTS_LIST, DeskScreen
from screens.reply import ReplyScreen, ask_what_to_change
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.frame import rule, tabs
from widgets.lines import BLANK, Lines, Span
from widgets.reply_list import VIEWS, ReplyRows, reply_preview
from widgets.rows import Ask, Rows
from widgets.views_line import ceiled

_VIEWS = tuple(VIEWS)


class RepliesScreen(DeskScreen[None]):
    """What waits to be read and to be posted, what was posted, and what the buyer has overtaken."""

    PURPOSE = N_(
        "The shop's public replies: those that a second person is to read, those that may be posted, those that were, "
        "and those whose review the buyer has changed since."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("replies.open", "enter", "open", N_("Open"), N_("The reply with its review."), foot=1, listed=False),
        Act("replies.approve", "f5", "approve", N_("Approve"), N_("It may be posted as it stands."), foot=2),
        Act("replies.return", "f7", "send_back", N_("Send back"), N_("With what is to be changed."), foot=3),
        Act("replies.case", "f6", "case", N_("The case"), N_("The buyer and the order."), foot=4),
        *(
            Act(f"replies.{view.value}", str(at + 1), f"view({at})", label, label, listed=False)
            for at, (view, label) in enumerate(VIEWS.items())
        ),
        Act("replies.turn", "tab", "turn(1)", N_("Next list"), N_("1 to 4 go to one."), foot=5, listed=False),
        Act("replies.turn_back", "shift+tab", "turn(-1)", N_("List before"), N_("1 to 4 go to one."), listed=False),
        Act("replies.again", "r", "again", N_("Look again"), N_("Bring the list up to date.")),
        Act("replies.back", "escape,backspace,0", "back", N_("Back"), N_("To the list."), foot=90, listed=False),
        ACTS_LIST,
    )
    PARTS = Rows.ACTS
    DEFAULT_CSS = """
    RepliesScreen > #views { height: 2; }
    RepliesScreen > #preview { height: 9; }
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.view = ReplyView.TO_APPROVE
        self._counts: Mapping[ReplyView, int] = {}
        self._views = Lines(id="views")
        self.rows = ReplyRows(self._piece, place.now, place.zone, id="replies")
        self._preview = Lines(id="preview")

    def heading(self) -> str:
        return look.DOT.join((_("Public replies"), _(VIEWS[self.view])))

    def facts(self) -> Sequence[Span]:
        return [(self.clock_time(), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._views
        yield self.rows
        yield self._preview

    def on_mount(self) -> None:
        super().on_mount()
        self.open_behind(partial(self._reload, keep=False))

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._show_views()
        self.call_after_refresh(self._show_preview)

    def catch_up(self) -> None:
        self.action_again()

    def _piece(self, view: ReplyView, ask: Ask) -> ReplyLines:
        return self.place.reads.reply_list(view, after=ask.after, before=ask.before, last=ask.last, limit=ask.limit)

    def _show_views(self) -> None:
        numbers = [ceiled(self._counts[view]) if view in self._counts else "" for view in VIEWS]
        names = [_(label) for label in VIEWS.values()]
        self._views.show([tabs(names, numbers, _VIEWS.index(self.view), self.room.width), BLANK])

    def _show_preview(self) -> None:
        size, row = self._preview.size, self.rows.current
        lines = [rule(size.width)]
        if row is not None:
            lines += reply_preview(row, size.width, size.height - 1)
        self._preview.show(lines)

    async def _reload(self, *, keep: bool) -> None:
        if await self.rows.look_at(self.view, keep=keep):
            self._show_preview()
            counts = await self.read(self.place.reads.reply_counts)
            if counts is not None:
                self._counts = counts
                self._show_views()

    def on_rows_moved(self, _message: Rows.Moved) -> None:
        self._show_preview()

    def on_rows_opened(self, _message: Rows.Opened) -> None:
        self.behind(partial(self.action_act, "replies.open"), group="act")

    # Acts

    def why_not(self, act: str) -> str:
        row = self.rows.current
        if act in ("replies.open", "replies.case", "replies.approve", "replies.return") and row is None:
            return _("The list is empty.")
        if act in ("replies.approve", "replies.return") and row is not None:
            if self.view is not ReplyView.TO_APPROVE:
                return _("It does not wait to be read.")
            if row.reply.author_id == self.place.agent_id:
                return _("Nobody approves what they wrote themselves.")
        return ""

    def action_again(self) -> None:
        self.behind(partial(self._reload, keep=True), group="list")

    def action_view(self, at: int) -> None:
        self.view = _VIEWS[at]
        self.show_header()
        self._show_views()
        self.behind(partial(self._reload, keep=False), group="list")

    def action_turn(self, by: int) -> None:
        self.action_view((_VIEWS.index(self.view) + by) % len(_VIEWS))

    def action_open(self) -> None:
        if (row := self.rows.current) is not None:
            self.app.push_screen(ReplyScreen(self.place, row.reply.case_id), self._done)

    def action_case(self) -> None:
        if (row := self.rows.current) is not None and self.place.doors.buyer is not None:
            self.app.push_screen(self.place.doors.buyer(self.place, row.reply.case_id), self._done)

    async def action_approve(self) -> None:
        if (row := self.rows.current) is not None:
            number, at = row.reply.id, row.reply.proposed_at or 0
            self._done(await self.write(lambda casework: casework.approve_reply(number, at)))

    def action_send_back(self) -> None:
        if (row := self.rows.current) is not None:
            ask_what_to_change(self, row.reply, self._done)

    def _done(self, done: Done | None) -> None:
        if done is not None:
            self.say(f"{look.CHECK} {done.said}", look.GOOD)
            self.action_again()
