"""The lists of public replies: what waits for a second person, what may be sent, what was, what is outdated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from data.language import N_, _
from data.outside import for_screen
from data.replies.rows import ReplyLine, ReplyLines, ReplyView
from data.vocabulary import Platform
from data.wording import cause_label, platform_label
from widgets import look
from widgets.cells import width
from widgets.columns import Column
from widgets.lines import Line, line, paragraph
from widgets.reply_lines import state_words
from widgets.rows import Ask, Rows
from widgets.times import stamp

VIEWS = {
    ReplyView.TO_APPROVE: N_("To read"),
    ReplyView.APPROVED: N_("To post"),
    ReplyView.SENT: N_("Posted"),
    ReplyView.OUTDATED: N_("Outdated"),
}
"""The lists in the order of their digits."""


def columns(now: Callable[[], int], zone: tzinfo) -> Callable[[], Sequence[Column[ReplyLine]]]:
    """The columns of a list with their titles in the reader's language."""

    def made() -> Sequence[Column[ReplyLine]]:
        platforms = max(width(platform_label(platform)) for platform in Platform)
        return (
            Column(_("Since"), lambda each: (stamp(each.key.at, now(), zone), None), 11, 11, to_the_right=True),
            Column(_("Author"), lambda each: (for_screen(each.reply.author), None), 6, 10, 1, weight=True),
            Column(_("Site"), lambda each: (platform_label(each.platform), look.LABEL), 6, platforms, 1, gives_way=3),
            Column(_("Product"), lambda each: (for_screen(each.product), look.LABEL), 10, 24, 2, gives_way=4),
            Column(_("Reply"), lambda each: (_words(each), None), 20, 200, 6),
        )

    return made


def _words(each: ReplyLine) -> str:
    return for_screen(" ".join(each.reply.text.split()))


def empty_lines(view: ReplyView) -> Sequence[Line]:
    """What an empty list says, and which key leads on."""
    told = {
        ReplyView.TO_APPROVE: _("No reply waits to be read."),
        ReplyView.APPROVED: _("No reply waits to be posted."),
        ReplyView.SENT: _("No reply was sent yet."),
        ReplyView.OUTDATED: _("No reply is outdated."),
    }[view]
    return (line("  ", told), line("  ", ("Esc", look.KEY), " ", (_("goes back"), look.LABEL)))


def reply_preview(each: ReplyLine, cells: int, height: int) -> list[Line]:
    """The review and the whole reply to it."""
    cause = cause_label(each.cause) if each.cause else _("cause not set")
    shape, style = look.GRADES[each.grade]
    head = look.DOT.join((each.nick, each.product, cause, state_words(each.reply)))
    lines = [line(" ", (f"{shape} ", style), (head, look.LABEL))]
    lines += [line(" ", *part) for part in paragraph(look.quoted(each.review), cells - 2, None, 2)]
    words = paragraph(_("Shop's reply: ") + _words(each), cells - 4, look.SAY, max(1, height - len(lines)))
    return [*lines, *(line(f" {look.BAR} ", *part) for part in words)]


class ReplyRows(Rows[ReplyLine]):
    """The replies of one list."""

    DEFAULT_CSS = ""

    def __init__(
        self,
        read: Callable[[ReplyView, Ask], ReplyLines],
        now: Callable[[], int],
        zone: tzinfo,
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(columns(now, zone), key=lambda each: each.key, name=lambda each: each.reply.id, id=id)
        self._read = read

    async def look_at(self, view: ReplyView, *, keep: bool) -> bool:
        """Show a list as it is now; with `keep` the cursor stays on its reply. False: overtaken by a later call."""
        self.nothing = empty_lines(view)
        return await self.load(lambda ask: self._read(view, ask), keep=keep)
