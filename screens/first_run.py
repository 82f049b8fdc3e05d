"""The first run: without data there are three things to do, and nothing else stands in the way."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.importing import FileReport
from data.language import N_, _
from data.locations import from_home
from data.vocabulary import Platform
from data.wording import platform_label
from screens.base import ACTS_LIST, DeskScreen
from screens.choose import Choose, Option
from screens.take_in import ask_for_file, counted
from screens.typed import TypeText
from screens.who import WhoScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cells import pad
from widgets.lines import BLANK, Line, Lines, line


class FirstRunScreen(DeskScreen[None]):
    """Shown while there is no review: import a file, look at the demo, say who and where one is."""

    PURPOSE = N_(
        "Where to begin while there is no review: import a file, look at the demo shop, or say which "
        "shop this is and who you are."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("first.import", "1,enter", "take_in", N_("Import a file"), N_("Reviews or orders."), foot=1),
        Act("first.demo", "2", "demo", N_("Look at the demo"), N_("A made-up shop to try everything on."), foot=2),
        Act("first.shop", "3", "shop", N_("Shop and agent"), N_("The shop's name, your name and role."), foot=3),
        Act("first.review", "4", "review", N_("Type in a review"), N_("A single review by hand."), foot=4),
        Act("first.inbox", "5", "inbox", N_("To the inbox"), N_("Go on; it may still be empty."), foot=5),
        Act("first.quit", "escape,0,q", "leave", N_("Quit"), N_("Leave the workstation."), foot=6),
        ACTS_LIST,
    )
    DEFAULT_CSS = "FirstRunScreen > #choices { height: 1fr; }"
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._choices = Lines(id="choices", height="1fr")
        self._report: list[Line] = []

    def heading(self) -> str:
        return _("Welcome")

    def body(self) -> ComposeResult:
        yield self._choices

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def catch_up(self) -> None:
        self._show()

    def _show(self) -> None:
        shops = self.place.reads.shops()
        agent = self.place.reads.agent(self.place.agent_id)
        where = look.DOT.join(f"{shop.name} ({platform_label(shop.platform)})" for shop in shops) or _("not said yet")
        who = f"{agent.name}, {agent.title}" if agent.name else _("not said yet")
        choices = (
            ("1", _("Import a file"), _("reviews or orders as a platform exports them: JSON, CSV, XLSX")),
            ("2", _("Look at the demo"), _("a made-up shop; nothing you do there touches your data")),
            ("3", _("Shop and agent"), f"{where}  /  {who}"),
            ("4", _("Type in a review"), _("a single one, by hand")),
            ("5", _("To the inbox"), _("go on; reviews can come later")),
        )
        cells = max(20, self.size.width // 4)
        lines = [
            line(" ", (_("Make it right first; ask afterwards."), look.SAY)),
            line(" ", (_("There are no reviews here yet. What first?"), look.LABEL)),
            BLANK,
            *(
                line(
                    " ",
                    (look.CURSOR if key == "1" else " ", look.HERE),
                    " ",
                    (key, look.HERE),
                    " ",
                    (pad(name, cells), look.SAY if key == "1" else None),
                    (told, look.LABEL),
                )
                for key, name, told in choices
            ),
            BLANK,
            *self._report,
        ]
        self._choices.show([*lines, *[BLANK] * max(0, self.size.height - len(lines))])

    # Acts

    def action_take_in(self) -> None:
        ask_for_file(self, self._taken_in)

    def _taken_in(self, report: FileReport) -> None:
        self._report = _report_lines(report)
        self._show()
        if report.new and self.place.reads.has_reviews():
            self.action_inbox()

    def action_demo(self) -> None:
        if self.place.doors.demo is not None:
            self.place.doors.demo()

    def action_shop(self) -> None:
        self.app.push_screen(TypeText(self.place, _("Your shop"), _("Shop's name")), self._shop_named)

    def _shop_named(self, name: str | None) -> None:
        if not name:
            return
        options = [Option(platform, platform_label(platform)) for platform in Platform]

        async def picked(platform: Platform | None) -> None:
            if platform is None:
                return
            zone = self.place.settings.shop.zone
            made = await self.write(lambda casework: casework.set_shop(name, platform, zone))
            if made is None:
                return
            if self.place.save_shop is not None:
                save = self.place.save_shop
                await self.read(lambda: save(name, platform))
            self.app.push_screen(WhoScreen(self.place, self.place.reads.agent(self.place.agent_id)))

        self.app.push_screen(Choose(self.place, _("Where does it sell?"), options), picked)

    def action_review(self) -> None:
        if self.place.doors.add_review is not None:
            self.app.push_screen(self.place.doors.add_review(self.place))

    def action_inbox(self) -> None:
        if self.place.doors.inbox is not None:
            self.app.push_screen(self.place.doors.inbox(self.place))

    def action_leave(self) -> None:
        self.app.exit()


def _report_lines(report: FileReport) -> list[Line]:
    lines = [line(" ", (Path(report.file).name, look.SAY), "  ", counted(report))]
    if report.error:
        lines.append(line(" ", (f"{look.CROSS} {report.error}", look.BAD)))
    if report.rejects:
        lines.append(line(" ", (_("Refused rows are in {path}").format(path=from_home(report.rejects)), look.SOON)))
    return lines
