"""What can be done with one case: every act with its keys and its words."""

from __future__ import annotations

from typing import Final

from data.language import N_
from screens.base import ACTS_LIST
from widgets.acts import Act

ACTS: Final[tuple[Act, ...]] = (
    Act("buyer.call", "f3,1,enter", "call", N_("Call"), N_("Call the buyer, step by step."), foot=1),
    Act("buyer.write", "2", "write", N_("Write"), N_("A message: the text that fits, filled in."), foot=2),
    Act("buyer.note", "tab,3", "note", N_("Note"), N_("A note for colleagues."), foot=3),
    Act("buyer.cause", "f6,4", "cause", N_("Cause"), N_("Say why the buyer is dissatisfied."), foot=5),
    Act("buyer.later", "f7,5", "later", N_("Later"), N_("Take the case off the list until a time."), foot=6),
    Act("buyer.reveal", "f8,6", "reveal", N_("Show number"), N_("A number or address, with a reason."), foot=4),
    Act("buyer.copy", "7", "copy", N_("Copy"), N_("Order number, nick or parcel number.")),
    Act("buyer.next", "f2,8", "next", N_("Next case"), N_("Claim the most urgent free case and open it."), foot=8),
    Act("buyer.claim", "9", "claim", N_("Claim or release"), N_("Make the case yours, or give it back.")),
    Act("buyer.hand_over", "", "hand_over", N_("Hand over"), N_("Give the case to a colleague.")),
    Act("buyer.incoming", "i", "incoming", N_("The buyer calls"), N_("They rang: script, and no attempt.")),
    Act("buyer.explain", "f5,w", "explain", N_("Why"), N_("May the buyer be contacted: every rule."), foot=8),
    Act("buyer.prefer", "", "prefer", N_("What the buyer prefers"), N_("Channel, hours and days they named.")),
    Act("buyer.guide", "", "guide", N_("Steps together"), N_("The buyer's way, one step at a time.")),
    Act("buyer.product", "", "product", N_("The product"), N_("What is known of it, and its cases.")),
    Act("buyer.phone", "", "phone", N_("Add a number"), N_("Type in a telephone number.")),
    Act("buyer.close", "", "close", N_("Close or reopen"), N_("Close without a contact, or work on it again.")),
    Act("buyer.escalate", "", "escalate", N_("Hand to a lead"), N_("A lead decides what is next; leads take it.")),
    Act("buyer.take_over", "", "take_over", N_("Take over"), N_("A lead takes at once what a colleague has.")),
    Act(
        "buyer.never",
        "",
        "never",
        N_("Do not contact"),
        N_("Nobody contacts this buyer again."),
    ),
    Act("buyer.refusal", "", "refusal", N_("Take back a refusal"), N_("A lead corrects a mistake, with a reason.")),
    Act("buyer.remedies", "m", "remedies", N_("Remedies"), N_("What is offered and owed, and what to do next.")),
    Act("buyer.delivered", "", "delivered", N_("Remedy delivered"), N_("What was agreed has reached the buyer.")),
    Act("buyer.reply", "r", "reply", N_("Public reply"), N_("What later readers see below the review.")),
    Act("buyer.tasks", "t", "tasks", N_("Tasks of the case"), N_("Complaint to the carrier, checks, invoice.")),
    Act("buyer.undo", "u", "undo", N_("Undo"), N_("Take back your last act.")),
    Act("buyer.redo", "y", "redo", N_("Do again"), N_("What you have just undone.")),
    Act("buyer.down", "down,pagedown,j", "turn(1)", N_("Further"), N_("What did not fit."), listed=False),
    Act("buyer.up", "up,pageup,k", "turn(-1)", N_("Back up"), N_("To the top."), listed=False),
    Act("buyer.back", "escape,backspace,0", "back", N_("Back"), N_("To the list."), foot=7, listed=False),
    ACTS_LIST,
)
