"""What the buyer said about being contacted: by which channel, at which hours, on which days, and where they live."""

from __future__ import annotations

from data.casework.act import Act
from data.clock import zone
from data.contact.hours import clipped
from data.contact.words import clock
from data.errors import Refused
from data.language import _
from data.models import Buyer
from data.protocols import Preference
from data.rows import Done
from data.vocabulary import EventKind


def set_preference(act: Act, case_id: int, wish: Preference) -> Done:
    """Keep the buyer's own words in place of what was kept before; an empty wish takes it away.

    The contact rules follow it at once, on every case of the buyer. Raises Refused for hours that lie wholly outside
    those in which anybody may be disturbed, and SettingsError for a zone that does not exist.
    """
    case = act.case(case_id)
    act.held(case)
    rules = act.settings.contact
    if wish.start is not None and wish.until is not None and not clipped(((wish.start, wish.until),), rules):
        raise Refused(
            _("Nobody is contacted then"),
            _("Contacts are made between {start} and {end}.").format(
                start=clock(rules.hard_from), end=clock(rules.hard_until)
            ),
            _("Agree on other hours, or write."),
        )
    if wish.zone is not None:
        zone(wish.zone)
    buyer = act.session.get_one(Buyer, case.buyer_id)
    buyer.preferred_channel = wish.channel
    buyer.preferred_from, buyer.preferred_until = wish.start, wish.until
    buyer.preferred_days, buyer.zone = wish.days, wish.zone
    event_id = act.log(
        EventKind.PREFERENCE_SET, case, subject_id=buyer.id, code=wish.channel, number=wish.start, text=_told(wish)
    )
    return Done(event_id, _("Kept: what the buyer prefers"), undoable=False)


def _told(wish: Preference) -> str:
    """The whole wish, so that the log can show later what held at a contact: channel, hours, days and zone.

    It is the buyer's own, and so lies beside the log, where erasing a person reaches it.
    """
    hours = "-" if wish.start is None or wish.until is None else f"{wish.start}-{wish.until}"
    return " ".join((wish.channel or "-", hours, wish.days or "-", wish.zone or "-"))
