"""What can be done in the inbox: every act with its keys and its words."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from data.language import N_
from data.several import Verb
from screens.base import ACTS_LIST
from widgets.acts import Act
from widgets.cases import VIEWS

ACTS: Final[tuple[Act, ...]] = (
    Act("inbox.open", "enter", "open", N_("Open"), N_("The buyer and the order."), foot=1),
    Act(
        "inbox.claim",
        "space",
        "cases('claim')",
        N_("Claim"),
        N_("Make the case yours, or give it back."),
        foot=2,
    ),
    Act("inbox.next", "f2", "next", N_("Next case"), N_("Claim the most urgent free case and open it."), foot=3),
    Act("inbox.call", "f3", "contact", N_("Call"), N_("Contact the buyer of this case."), foot=4),
    Act(
        "inbox.search",
        "slash,f5",
        "search",
        N_("Search"),
        N_("Words, order number, or grade:bad due:<2h."),
        foot=5,
    ),
    Act("inbox.filter", "f6", "narrow", N_("Filter"), N_("By platform, cause, state or owner.")),
    Act("inbox.snooze", "f7", "cases('snooze')", N_("Later"), N_("Take the case off the list until a time.")),
    Act("inbox.copy", "f8", "copy", N_("Copy"), N_("Order number, nick or parcel number.")),
    Act("inbox.undo", "backspace", "undo", N_("Undo"), N_("The last act; or else take the filter away.")),
    Act("inbox.redo", "y", "redo", N_("Do again"), N_("What you have just undone.")),
    Act("inbox.mark", "right", "mark", N_("Mark"), N_("Mark the case and go on to the next one.")),
    Act("inbox.unmark", "left", "unmark", N_("Take the mark away"), N_("Of this case, or else of the one above.")),
    Act("inbox.several", "m", "several", N_("Several at once"), N_("Mark many; one act on all that are marked.")),
    Act("inbox.cause", "c", "cases('set_cause')", N_("Cause"), N_("Say why the buyer is dissatisfied.")),
    Act("inbox.hand_over", "h", "cases('hand_over')", N_("Hand over"), N_("Give the case to a colleague.")),
    Act("inbox.saved", "9", "saved", N_("Saved views"), N_("Your own and the shop's, with their counts.")),
    Act("inbox.save_view", "s", "save_view", N_("Save this as a view"), N_("The list as it is narrowed, by a name.")),
    Act("inbox.export", "e", "export", N_("Export this list"), N_("To a workbook, CSV or JSON, as it stands.")),
    Act("inbox.incoming", "i", "incoming", N_("The buyer calls"), N_("They rang: script, and no attempt.")),
    Act("inbox.explain", "w", "explain", N_("Why"), N_("May this buyer be contacted: every rule.")),
    Act("inbox.agenda", "t", "agenda", N_("Agenda"), N_("What falls due today and in the next 7 days.")),
    Act("inbox.log", "l", "log", N_("Outcome log"), N_("Every contact and what came of it.")),
    Act("inbox.add", "a", "add", N_("Add a review"), N_("Type in a single review by hand.")),
    Act("inbox.settings", "", "settings", N_("Settings"), N_("What each means, its default, and your own.")),
    Act("inbox.again", "r", "again", N_("Look again"), N_("Bring the list up to date.")),
    Act("inbox.quit", "q", "leave", N_("Quit"), N_("Leave the workstation.")),
    replace(ACTS_LIST, keys="f9,question_mark,0"),
    Act(
        "inbox.clear",
        "escape",
        "clear",
        N_("Clear"),
        N_("Take search and filter away, or the marks."),
        listed=False,
    ),
    Act("inbox.turn", "tab", "turn(1)", N_("Next view"), N_("To the next view; 1 to 8 go to one."), listed=False),
    Act("inbox.turn_back", "shift+tab", "turn(-1)", N_("View before"), N_("To the view before."), listed=False),
    *(
        Act(f"inbox.{view.value}", str(at + 1), f"view({at})", label, label, listed=False)
        for at, (view, label) in enumerate(VIEWS.items())
    ),
    Act("inbox.saved_7", "7", "open_saved(0)", N_("First saved view"), N_("Your first saved view."), listed=False),
    Act("inbox.saved_8", "8", "open_saved(1)", N_("Second saved view"), N_("Your second saved view."), listed=False),
)

ON_A_CASE: Final = frozenset({"inbox.open", "inbox.call", "inbox.incoming", "inbox.copy", "inbox.mark", "inbox.unmark"})
ON_CASES: Final = {
    "inbox.claim": Verb.CLAIM,
    "inbox.snooze": Verb.SNOOZE,
    "inbox.cause": Verb.CAUSE,
    "inbox.hand_over": Verb.HAND_OVER,
}
