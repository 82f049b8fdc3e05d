"""The public replies of the shop: a second person's yes or no is one key, without opening the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from data.language import N_, _
from data.replies.rows import ReplyLines, ReplyView
from screens.listing import ListScreen, acts_of_views
from screens.reply import ReplyScreen, ask_what_to_change
from screens.workplace import Workplace
from widgets.acts import Act
from widgets.lines import Line
from widgets.reply_list import VIEWS, ReplyRows, reply_preview
from widgets.rows import Ask


class RepliesScreen(ListScreen[ReplyView]):
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
        *acts_of_views("replies", VIEWS, N_("Next list"), N_("List before"), N_("1 to 4 go to one."), foot=5),
    )
    TITLE = N_("Public replies")
    VIEWS = VIEWS
    ENTER = "replies.open"
    DEFAULT_CSS = "RepliesScreen > #preview { height: 9; }"
    view: ReplyView
    rows: ReplyRows

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, ReplyView.TO_APPROVE)
        self.rows = ReplyRows(self._piece, place.now, place.zone, id="replies")

    def _piece(self, view: ReplyView, ask: Ask) -> ReplyLines:
        return self.place.reads.reply_list(view, after=ask.after, before=ask.before, last=ask.last, limit=ask.limit)

    async def look_at_view(self, *, keep: bool) -> bool:
        return await self.rows.look_at(self.view, keep=keep)

    def count(self) -> Mapping[ReplyView, int]:
        return self.place.reads.reply_counts()

    def below(self, cells: int, height: int) -> Sequence[Line]:
        row = self.rows.current
        return reply_preview(row, cells, height) if row is not None else ()

    @property
    def case_id(self) -> int | None:
        row = self.rows.current
        return row.reply.case_id if row is not None else None

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

    def action_open(self) -> None:
        if (row := self.rows.current) is not None:
            self.app.push_screen(ReplyScreen(self.place, row.reply.case_id), self._done)

    async def action_approve(self) -> None:
        if (row := self.rows.current) is not None:
            number, at = row.reply.id, row.reply.proposed_at or 0
            self._done(await self.write(lambda casework: casework.approve_reply(number, at)))

    def action_send_back(self) -> None:
        if (row := self.rows.current) is not None:
            ask_what_to_change(self, row.reply, self._done)
