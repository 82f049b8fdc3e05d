"""The last useful time of a case: the earliest of the windows that close for it, and which one that is.

A window whose end is not known closes nothing, and one that has closed already, or was used, is no longer counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from data.clock import at_minute, local_day, zone
from data.clocks.course import CaseClock, clocks_of, live
from data.clocks.hours import FARTHEST_DAYS, Hours, hours_of
from data.platform_rules import APPEAL, APPEND, NUMBER, REPLY, REVISE, allowances, ends_at, may
from data.rows import CasePage
from data.settings import Contact, Settings


class WindowKind(StrEnum):
    """What can no longer be done once a window has closed."""

    REVISE = "revise"
    APPEND = "append"
    REPLY = "reply"
    APPEAL = "appeal"
    NUMBER = "number"
    CONTACT_HOURS = "contact_hours"
    DESK_HOURS = "desk_hours"


DAILY = frozenset({WindowKind.CONTACT_HOURS, WindowKind.DESK_HOURS})
"""The windows that open again the next day."""


@dataclass(frozen=True, slots=True)
class Window:
    """A window that is still to close, and when it does (UTC ms)."""

    kind: WindowKind
    ends_at: int


@dataclass(frozen=True, slots=True)
class Watch:
    """What runs and what closes for one case: its clocks, the nearest first, and its windows, the earliest first."""

    clocks: tuple[CaseClock, ...]
    windows: tuple[Window, ...]

    @property
    def last_useful(self) -> Window | None:
        """The window that closes first; None where none is known."""
        return self.windows[0] if self.windows else None


def watch(page: CasePage, now: int, settings: Settings) -> Watch:
    """The clocks and windows of a case as they are at `now`, in its own shop's zone."""
    hours = hours_of(settings.clock, settings.contact, zone(page.zone))
    return Watch(running(page, now, settings), windows(page, now, hours, settings.contact))


def running(page: CasePage, now: int, settings: Settings) -> tuple[CaseClock, ...]:
    """The clocks of a case that nothing has stopped, the nearest first."""
    hours = hours_of(settings.clock, settings.contact, zone(page.zone))
    return live(clocks_of(page.clock_events, now, hours, settings.clock))


def windows(page: CasePage, now: int, hours: Hours, rules: Contact) -> tuple[Window, ...]:
    """Every window of an open case that is known and still to close; none where nobody may be contacted."""
    facts = page.facts
    if not facts.open or facts.do_not_contact_at is not None:
        return ()
    found = [
        *_of_platform(page, now),
        (WindowKind.NUMBER, _number_ends(page)),
        (WindowKind.CONTACT_HOURS, _contact_ends(page, now, hours, rules)),
        (WindowKind.DESK_HOURS, _desk_closes(now, hours)),
    ]
    known = [Window(kind, end) for kind, end in found if end is not None and end > now]
    return tuple(sorted(known, key=lambda each: each.ends_at))


def _traded_at(page: CasePage) -> int | None:
    return (page.order.signed_at or page.order.paid_at) if page.order is not None else None


def _of_platform(page: CasePage, now: int) -> list[tuple[WindowKind, int | None]]:
    """What the platform lets the buyer and the shop still do with the review, where it was not done already."""
    platform, reviewed_at, traded_at = page.row.platform, page.row.reviewed_at, _traded_at(page)
    appended = page.appended_at is not None or page.appended_text is not None
    revise = allowances().get((platform, REVISE))
    gone = {
        REVISE: revise is not None and revise.closed_by_append and appended,
        APPEND: appended,
        REPLY: page.reply_text is not None,
        APPEAL: False,
    }
    return [
        (WindowKind(act), ends_at(platform, act, reviewed_at, traded_at))
        for act, over in gone.items()
        if not over and page.removed_at is None and may(platform, act, reviewed_at, traded_at, now)
    ]


def _number_ends(page: CasePage) -> int | None:
    phone = page.facts.phone
    if phone is None:
        return None
    if phone.expires_at is not None or not phone.virtual:
        return phone.expires_at
    return ends_at(page.row.platform, NUMBER, page.row.reviewed_at, _traded_at(page))


def _contact_ends(page: CasePage, now: int, hours: Hours, rules: Contact) -> int:
    """The end of the hours in which the buyer may be contacted at all, on the buyer's clock: today's, else the next."""
    here = zone(page.facts.zone) if page.facts.zone else hours.zone
    today = local_day(now, here)
    end = at_minute(today, rules.hard_until, here)
    return end if end > now else at_minute(today + timedelta(days=1), rules.hard_until, here)


def _desk_closes(now: int, hours: Hours) -> int | None:
    """When the desk closes for the day: today, else on the next staffed day."""
    day = local_day(now, hours.zone)
    for _day in range(FARTHEST_DAYS):
        spans = hours.on(day)
        if spans and spans[-1][1] > now:
            return spans[-1][1]
        day += timedelta(days=1)
    return None
