"""What can be done from every screen: the acts of the program, found by name; none of them needs a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from data.language import N_, _
from widgets import look
from widgets.acts import Act

if TYPE_CHECKING:
    from data.importing import FileReport
    from screens.base import DeskScreen

ACTS: Final = (
    Act("go.inbox", "", "inbox", N_("To the inbox"), N_("Leave every screen above it; what is typed is kept.")),
    Act("go.agenda", "", "agenda", N_("Agenda"), N_("What falls due today and in the next 7 days.")),
    Act("go.log", "", "log", N_("Outcome log"), N_("Every contact and what came of it.")),
    Act("go.remedies", "", "remedy_ledger", N_("Remedies"), N_("What is owed, overdue, or waits for a lead.")),
    Act("go.replies", "", "replies", N_("Public replies"), N_("What waits to be read or posted, and what was.")),
    Act("go.tasks", "", "tasks_list", N_("Tasks"), N_("Complaints, checks, papers and invoices that are due.")),
    Act("go.import", "", "take_in", N_("Import a file"), N_("Reviews or orders.")),
    Act("go.add", "", "add", N_("Add a review"), N_("Type in a single review by hand.")),
    Act("go.undo", "", "undo", N_("Undo"), N_("Take back your last act.")),
    Act("go.redo", "", "redo", N_("Do again"), N_("What you have just undone.")),
    Act("go.settings", "", "settings", N_("Settings"), N_("What each means, its default, and your own.")),
    Act("go.what_next", "", "what_next", N_("What is next"), N_("The cases that F2 takes first, and why.")),
    Act("go.platforms", "", "platforms", N_("Platforms' rules"), N_("What each allows, and where that is from.")),
    Act("go.rehearsal", "", "rehearse", N_("Rehearsal"), N_("Practise a call on a made-up buyer.")),
    Act("go.figures", "", "figures", N_("Script figures"), N_("What call scripts did, step by step.")),
    Act("go.quit", "", "leave", N_("Quit"), N_("Leave the workstation.")),
)
"""An act that a screen has itself, by what it runs, stands only once in a list."""


def offered(screen: DeskScreen[Any]) -> tuple[Act, ...]:
    """The acts of the program that the screen does not have itself."""
    own = {act.action for act in screen.acts}
    return tuple(act for act in ACTS if act.action not in own)


def why_not(screen: DeskScreen[Any], id: str) -> str:
    """Why an act of the program is not possible from this screen; empty when it is."""
    from screens.base import not_built_in

    place = screen.place
    missing = {
        "go.inbox": place.doors.inbox is None,
        "go.log": place.doors.log is None,
        "go.agenda": place.doors.agenda is None,
        "go.import": place.take_in is None,
        "go.add": place.doors.add_review is None,
        "go.settings": place.doors.settings is None,
        "go.rehearsal": place.doors.rehearsal is None,
    }
    if missing.get(id, False):
        return not_built_in()
    if id in ("go.inbox", "go.quit"):
        held = next((held for each in screen.app.screen_stack if (held := _held_back(each))), "")
        if held:
            return held
    if id == "go.inbox" and screen.app.screen_stack[-1] is _inbox(screen):
        return _("You are there.")
    if id == "go.settings":
        from screens.settings import SettingsScreen

        if any(isinstance(each, SettingsScreen) for each in screen.app.screen_stack):
            return _("They are open already.")
    return ""


async def run(screen: DeskScreen[Any], id: str) -> None:
    """Do an act of the program from this screen. Raises AmendsError where it is refused."""
    place, app = screen.place, screen.app
    if id == "go.inbox":
        _to_inbox(screen)
    elif id == "go.log" and place.doors.log is not None:
        app.push_screen(place.doors.log(place))
    elif id == "go.agenda" and place.doors.agenda is not None:
        app.push_screen(place.doors.agenda(place))
    elif id == "go.add" and place.doors.add_review is not None:
        app.push_screen(place.doors.add_review(place))
    elif id == "go.settings" and place.doors.settings is not None:
        app.push_screen(place.doors.settings(place))
    elif id == "go.rehearsal" and place.doors.rehearsal is not None:
        app.push_screen(place.doors.rehearsal(place))
    elif id == "go.figures":
        from screens.script_figures import ScriptFiguresScreen

        app.push_screen(ScriptFiguresScreen(place))
    elif id == "go.what_next":
        app.push_screen(_what_next(screen))
    elif id == "go.remedies":
        from screens.remedies import RemediesScreen

        app.push_screen(RemediesScreen(place))
    elif id == "go.replies":
        from screens.replies import RepliesScreen

        app.push_screen(RepliesScreen(place))
    elif id == "go.tasks":
        from screens.tasks import TasksScreen

        app.push_screen(TasksScreen(place))
    elif id == "go.platforms":
        from screens.platforms import PlatformsScreen

        app.push_screen(PlatformsScreen(place))
    elif id == "go.import":
        from screens.take_in import ask_for_file, told

        def taken_in(report: FileReport) -> None:
            screen.say(*told(report))
            screen.catch_up()

        ask_for_file(screen, taken_in)
    elif id in ("go.undo", "go.redo"):
        back = id == "go.undo"
        done = await screen.write(lambda casework: casework.undo() if back else casework.redo())
        if done is not None:
            screen.say(f"{look.CHECK} {done.said}", look.GOOD)
            screen.catch_up()
    elif id == "go.quit":
        app.exit()


def _what_next(screen: DeskScreen[Any]) -> Any:
    """The order of work; over open settings as they are changed there."""
    from screens.settings import SettingsScreen, what_next
    from screens.what_next import WhatNextScreen

    settings = next((each for each in screen.app.screen_stack if isinstance(each, SettingsScreen)), None)
    return WhatNextScreen(screen.place) if settings is None else what_next(settings)


def _held_back(screen: Any) -> str:
    held: str = getattr(screen, "held_back", str)()
    return held


def _inbox(screen: DeskScreen[Any]) -> Any:
    """The inbox in the stack of screens, or None."""
    from screens.inbox import InboxScreen

    return next((each for each in screen.app.screen_stack if isinstance(each, InboxScreen)), None)


def _to_inbox(screen: DeskScreen[Any]) -> None:
    app, inbox = screen.app, _inbox(screen)
    # Popped, not dismissed: those who opened a screen are left as well and have nothing to do with its answer.
    while len(app.screen_stack) > 1 and app.screen is not inbox:
        app.pop_screen()
    if inbox is None and screen.place.doors.inbox is not None:
        app.push_screen(screen.place.doors.inbox(screen.place))
