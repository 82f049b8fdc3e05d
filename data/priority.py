"""Which case is worked next: the points of a case with a reason for each, and the order that they give.

Points decide the order of work and nothing else: what a buyer is offered never depends on them. The numbers are
`data.settings.Priority`. Nothing here reads a clock or a database.

The same facts, weights and time give the same order: most points first, then what is due first, then the newest case.
A call that was agreed with the agent for now comes before everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Final

from data.clock import DAY, HOUR, MINUTE, at_minute, local_day
from data.language import _
from data.rows import CaseRow, PriorityFacts
from data.settings import Priority
from data.vocabulary import Grade, State

EARLY: Final = 10 * MINUTE
"""A call so long before the agreed time is still on time, as for the contact rules; they are loaded later than this."""
CLOSING: Final = 3 * DAY
"""So long before its end a window of the platform begins to count."""
FRESH: Final = DAY
LONG: Final = 100
"""Characters from which a review counts as long."""

_HIGH: Final = ("金", "铂", "钻", "冠", "黑卡", "vip", "plus", "gold", "platinum", "diamond", "crown")
"""What platforms call the levels of accounts whose reviews stand higher up."""
_OURS: Final = frozenset({State.NEW, State.WORKING})
_NOT_OURS: Final = frozenset({State.ESCALATED, State.APPEALED, State.CLOSED})


class Reason(StrEnum):
    """Why a case has points, in the order in which equal points are named."""

    CALLBACK = "callback"
    LATE = "late"
    DUE = "due"
    OWED = "owed"
    WINDOW = "window"
    BAD = "bad"
    APPENDED = "appended"
    MAIN_PRODUCT = "main_product"
    MINE = "mine"
    PICTURES = "pictures"
    FRESH = "fresh"
    LONG = "long"
    LEVEL = "level"


_ORDER: Final = {reason: at for at, reason in enumerate(Reason)}


@dataclass(frozen=True, slots=True)
class Point:
    """So many points for a reason; `span` is the time that it speaks of, in milliseconds."""

    reason: Reason
    points: int
    span: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A case with its points, the weightiest first."""

    facts: PriorityFacts
    points: tuple[Point, ...]
    first_of_all: bool = False
    """It is a call that was agreed with this agent for now."""

    @property
    def total(self) -> int:
        """All its points."""
        return sum(each.points for each in self.points)

    @property
    def place(self) -> tuple[bool, int, int, int]:
        """Where it stands: what is smaller comes first. No two cases have the same."""
        return not self.first_of_all, -self.total, self.facts.due_at, -self.facts.case_id


@dataclass(frozen=True, slots=True)
class NextCase:
    """A line of today's order: the case as the inbox shows it, and its points."""

    row: CaseRow
    ranked: Ranked


def points(
    facts: PriorityFacts, weights: Priority, now: int, zone: tzinfo, agent_id: int | None = None
) -> tuple[Point, ...]:
    """The points of a case, the weightiest first; a reason without points is not named.

    `zone` is the shop's. A case that is later never has fewer for its time.
    """
    found = [*_of_time(facts, weights, now)]
    told = (
        (Reason.CALLBACK, weights.callback, is_appointed(facts, now, zone)),
        (Reason.OWED, weights.owed, is_owed(facts, now)),
        (Reason.BAD, weights.bad, facts.grade == Grade.BAD),
        (Reason.APPENDED, weights.appended, facts.appended),
        (Reason.MAIN_PRODUCT, weights.main_product, facts.main_product),
        (Reason.MINE, weights.mine, facts.owner_id is not None and facts.owner_id == agent_id),
        (Reason.PICTURES, weights.pictures, facts.pictures > 0),
        (Reason.FRESH, weights.fresh, 0 <= now - facts.reviewed_at < FRESH),
        (Reason.LONG, weights.long, facts.letters >= LONG),
        (Reason.LEVEL, weights.level, is_high(facts.level)),
    )
    found += [Point(reason, weight) for reason, weight, holds in told if holds]
    if facts.window_ends_at is not None and 0 < (left := facts.window_ends_at - now) < CLOSING:
        found.append(Point(Reason.WINDOW, weights.window * (CLOSING - left) // CLOSING, left))
    named = [each for each in found if each.points]
    return tuple(sorted(named, key=lambda each: (-each.points, _ORDER[each.reason])))


def _of_time(facts: PriorityFacts, weights: Priority, now: int) -> Iterable[Point]:
    left, ahead = facts.due_at - now, weights.due_ahead_minutes * MINUTE
    if left > 0:
        yield Point(Reason.DUE, weights.due * max(0, ahead - left) // ahead, left)
    else:
        yield Point(Reason.LATE, weights.due + weights.late * min(-left, DAY) // DAY, -left)


def is_appointed(facts: PriorityFacts, now: int, zone: tzinfo) -> bool:
    """Whether a call was agreed with the buyer for now: from shortly before it until that day ends."""
    at = facts.appointment_at
    return at is not None and at - EARLY <= now < at_minute(local_day(at, zone), 1440, zone)


def is_owed(facts: PriorityFacts, now: int) -> bool:
    """Whether something that we owe is overdue; to do it nobody has to be contacted."""
    return facts.owed_at is not None and facts.owed_at <= now


@lru_cache(maxsize=256)
def is_high(level: str | None) -> bool:
    """Whether platforms show reviews of an account of that level higher up."""
    told = (level or "").casefold()
    return any(word in told for word in _HIGH)


def may_be_worked(facts: PriorityFacts, now: int, zone: tzinfo, agent_id: int) -> bool:
    """Whether the case may be the agent's next, as far as is known before the contact rules are asked.

    Not one that is closed or lies with a lead or the platform; not one that somebody else holds; not one whose next
    act has a later time; not one that the agent has already looked at, before it is due; and, unless we owe something
    that is overdue, not one whose buyer may not be contacted yet or ever.
    """
    if facts.state in _NOT_OURS:
        return False
    mine = facts.owner_id == agent_id
    if facts.owner_id is not None and not mine and (facts.lease_until or 0) > now:
        return False
    come = facts.due_at <= now or is_appointed(facts, now, zone) or is_owed(facts, now)
    if not come and (facts.state not in _OURS or (mine and facts.left_by == agent_id)):
        return False
    return is_owed(facts, now) or (facts.contact_from is not None and facts.contact_from <= now)


def rank(cases: Iterable[PriorityFacts], weights: Priority, now: int, zone: tzinfo, agent_id: int) -> list[Ranked]:
    """Those that may be the agent's next, the most useful first."""
    ranked = []
    for facts in cases:
        if may_be_worked(facts, now, zone, agent_id):
            told = points(facts, weights, now, zone, agent_id)
            own = facts.owner_id == agent_id and any(each.reason is Reason.CALLBACK for each in told)
            ranked.append(Ranked(facts, told, own))
    return sorted(ranked, key=lambda each: each.place)


def first(ranked: Iterable[Ranked], allowed: Callable[[PriorityFacts], bool], most: int) -> list[Ranked]:
    """The first so many that may be worked; `allowed` asks the contact rules, and is asked no more than it takes."""
    found: list[Ranked] = []
    for each in ranked:
        if len(found) == most:
            break
        if allowed(each.facts):
            found.append(each)
    return found


def moved(before: list[int], after: list[int]) -> list[int | None]:
    """How many places each case of the order after has gone up; None where it was not there before."""
    was = {case_id: at for at, case_id in enumerate(before)}
    return [was[case_id] - at if case_id in was else None for at, case_id in enumerate(after)]


def words(point: Point) -> str:
    """A reason as people read it."""
    match point.reason:
        case Reason.CALLBACK:
            return _("call agreed for now")
        case Reason.LATE:
            return _("late by {time}").format(time=_lasting(point.span))
        case Reason.DUE:
            return _("due in {time}").format(time=_lasting(point.span))
        case Reason.OWED:
            return _("we owe something")
        case Reason.WINDOW:
            return _("review closes in {time}").format(time=_lasting(point.span))
        case Reason.BAD:
            return _("bad review")
        case Reason.APPENDED:
            return _("appended to")
        case Reason.MAIN_PRODUCT:
            return _("main product")
        case Reason.MINE:
            return _("your own")
        case Reason.PICTURES:
            return _("pictures")
        case Reason.FRESH:
            return _("fresh")
        case Reason.LONG:
            return _("long review")
        case Reason.LEVEL:
            return _("high level")


def worded(point: Point) -> str:
    """A reason with its points."""
    return f"{words(point)} +{point.points}"


def _lasting(span: int) -> str:
    if span < HOUR:
        return _("{minutes} min").format(minutes=span // MINUTE)
    if span < DAY:
        return _("{hours} h {minutes} min").format(hours=span // HOUR, minutes=span % HOUR // MINUTE)
    return _("{days} d").format(days=span // DAY)
