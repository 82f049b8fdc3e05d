"""The buyer's way through the platform's own pages, one step at a time: the agent reads, the buyer does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.clock import local_day
from data.guides import Guide, in_one_line, offered, shipped, with_own
from data.language import N_, _
from data.outside import for_screen
from data.platform_rules import APPEND
from data.rows import CasePage
from data.shop_language import script_code
from data.wording import device_label, platform_label
from screens.base import ACTS_LIST, DeskScreen
from screens.choose import Choose, Option
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cases import buyer_name, product_name
from widgets.lines import BLANK, Line, Lines, Span, folded, line, paragraph


class GuideScreen(DeskScreen[None]):
    """Reads a guide aloud. Nothing is asked of the buyer but what they want to do themselves."""

    PURPOSE = N_(
        "Doing it together: read the bright step, wait until the buyer is there, then Enter. Where they are stuck, "
        "F6 notes it, so that the shop learns which steps no longer hold."
    )
    UNDISTURBED = True
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("guide.next", "enter,1,down,j", "step(1)", N_("Next step"), N_("The buyer is there."), foot=1),
        Act("guide.before", "backspace,2,up,k", "step(-1)", N_("Step back"), N_("The step before."), foot=2),
        Act("guide.stuck", "f6,3", "stuck", N_("Stuck here"), N_("Note that the buyer cannot go on."), foot=3),
        Act("guide.copy", "f8,4", "copy", N_("Copy the steps"), N_("All of them, for the platform chat."), foot=4),
        Act("guide.back", "escape,0", "back", N_("Back"), N_("Leave the guide."), foot=5, listed=False),
        ACTS_LIST,
    )
    DEFAULT_CSS = "GuideScreen > #steps { height: 1fr; }"
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, page: CasePage, guide: Guide) -> None:
        super().__init__(place)
        self._page = page
        self._guide = guide
        self.at = 0
        self._steps = Lines(id="steps", height="1fr")

    def heading(self) -> str:
        return look.DOT.join((platform_label(self._guide.platform), self._guide.title))

    def facts(self) -> Sequence[Span]:
        return [(f"{buyer_name(self._page.row)}  {product_name(self._page.row)}", look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._steps

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def _show(self) -> None:
        guide, cells = self._guide, self.room.width - 6
        lines: list[Line] = [*self._dated(cells), BLANK]
        for number, step in enumerate(guide.steps):
            here, done = number == self.at, number < self.at
            style = look.SAY if here else look.LABEL if done else None
            mark = look.CURSOR if here else look.DONE if done else " "
            first, *more = folded([(for_screen(step), style)], cells)
            lines.append(
                line(" ", (mark, look.HERE if here else look.GOOD), " ", (f"{number + 1} ", look.LABEL), *first)
            )
            lines += [line("     ", *each) for each in more]
            if here:
                lines.append(BLANK)
        lines += [BLANK, *(line(" ", *each) for each in paragraph(_free(), cells, look.LABEL))]
        self._steps.show(lines)

    def _dated(self, cells: int) -> list[Line]:
        """Where the steps are from, and a word of warning where nobody has looked for a year."""
        guide = self._guide
        seen = guide.checked if guide.checked[:1].isdecimal() else _("nobody knows when")
        source = _("Seen so: {month}{dot}{source}").format(month=seen, dot=look.DOT, source=for_screen(guide.source))
        lines: list[Line] = [line(" ", *each) for each in paragraph(source, cells, look.LABEL, 2)]
        if guide.stale(local_day(self.place.now(), self.place.zone)):
            told = _("These steps are old: the buyer's page may look different. Go by what they see.")
            lines += [line(" ", *each) for each in paragraph(f"{look.TRIANGLE} {told}", cells, look.SOON)]
        return lines

    def action_step(self, by: int) -> None:
        if self.at + by < 0:
            self.dismiss(None)
            return
        if self.at + by >= len(self._guide.steps):
            self.say(f"{look.CHECK} " + _("That was the last step; thank them. Esc leaves."), look.GOOD)
            return
        self.at += by
        self._show()

    async def action_stuck(self) -> None:
        guide, case_id, step = self._guide, self._page.row.case_id, self.at + 1
        done = await self.write(lambda casework: casework.guide_stuck(case_id, guide.id, step))
        if done is not None:
            self.say(f"{look.CHECK} {done.said}", look.GOOD)

    def action_copy(self) -> None:
        taken = self.place.copy(in_one_line(self._guide))
        self.say(_("Copied; nothing is recorded as sent.") if taken else _("This terminal cannot copy."))


def guides_of(place: Workplace, page: CasePage) -> tuple[Guide, ...]:
    """The guides for what the buyer of a case may still do. Raises ContentError for a broken file."""
    code = script_code(page.shop_language)
    own = place.settings.messages.own_guides
    return offered(with_own(code, own) if own else shipped(code), page, place.now())


def open_guide(screen: DeskScreen[Any], page: CasePage) -> None:
    """Open the guide that the buyer needs, asking which where there are several."""
    place = screen.place
    found = guides_of(place, page)

    def picked(guide: Guide | None) -> None:
        if guide is not None:
            screen.app.push_screen(GuideScreen(place, page, guide))

    if len(found) == 1:
        picked(found[0])
        return
    options = [Option(each, each.title, _detail(each)) for each in found]
    screen.app.push_screen(Choose(place, _("Which steps?"), options), picked)


def _detail(guide: Guide) -> str:
    if guide.only_if_asked:
        return _("only if they ask for it themselves")
    act = _("what happened since, in their own words") if guide.act == APPEND else _("the review itself")
    return look.DOT.join((device_label(guide.device), act))


def _free() -> str:
    return _("The buyer does it with their own account and may stop at any step; no password, no code, no remote help.")
