"""Who gets a case that has just come in: the rule, without a database and without a clock.

In this order: the same buyer goes to the agent who knows them; then skill (platform, language of the shop, cause), then
shift (who is at work now, else who begins next), then load (fewest open cases, then who came first). Nobody gets a case
whose shift begins later than a lease lasts: it stays in the pool, where everybody sees it. Times are UTC milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from enum import StrEnum

from data.clock import at_minute, local_day
from data.language import N_, _
from data.staff import DAYS, Worker

_AHEAD = 8
"""Days that are looked at for a shift: every week has all of them."""


class Rule(StrEnum):
    """How far the settings let the program assign."""

    NONE = "none"
    BUYER = "buyer"
    LOAD = "load"


class Reason(StrEnum):
    """What decided about an assigned case, as the log keeps it."""

    SAME_BUYER = "same_buyer"
    SKILL = "skill"
    SHIFT = "shift"
    LOAD = "load"


_LABELS = {
    Reason.SAME_BUYER: N_("assigned: same buyer"),
    Reason.SKILL: N_("assigned: knows this kind of case"),
    Reason.SHIFT: N_("assigned: on shift"),
    Reason.LOAD: N_("assigned: fewest open cases"),
}


def reason_label(reason: str) -> str:
    """Why somebody got a case, in words."""
    return _(_LABELS[Reason(reason)])


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to whom a case may go."""

    agent_id: int
    worker: Worker
    starts_at: int | None
    """Since when, or from when, they are at work; None where that is farther ahead than a lease lasts."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the rule needs to know of a case that has come in."""

    platform: str
    language: str
    due_at: int
    formerly: int | None = None
    """The agent who has an open case of this buyer, or had the last one."""

    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who gets the case, why, and from when on it is theirs."""

    agent_id: int
    reason: Reason
    starts_at: int


def assign(
    rule: Rule, arrival: Arrival, candidates: Sequence[Candidate], loads: dict[int, int], now: int
) -> Assigned | None:
    """Who gets the case; None leaves it in the pool. `loads` are the open cases of each agent by number."""
    if rule is Rule.NONE:
        return None
    there = [(each, each.starts_at) for each in candidates if each.starts_at is not None]
    for each, starts_at in there:
        # Whoever knows the buyer is waited for as long as the buyer need not wait longer for it.
        if each.agent_id == arrival.formerly and starts_at <= max(now, arrival.due_at):
            return Assigned(each.agent_id, Reason.SAME_BUYER, starts_at)
    able = [pair for pair in there if pair[0].worker.fits(arrival.platform, arrival.language, arrival.cause)]
    if rule is Rule.BUYER or not able:
        return None
    soonest = min(starts_at for _each, starts_at in able)
    first = [pair for pair in able if pair[1] == soonest]
    chosen, starts_at = min(first, key=lambda pair: (loads.get(pair[0].agent_id, 0), pair[0].agent_id))
    if len(first) > 1:
        reason = Reason.LOAD
    elif len(able) > 1 or len(there) < len(candidates):
        reason = Reason.SHIFT
    else:
        reason = Reason.SKILL if len(there) > 1 else Reason.LOAD
    return Assigned(chosen.agent_id, reason, starts_at)


def begins(worker: Worker, now: int, zone: tzinfo, within: int) -> int | None:
    """`now` for who is at work, else when their next shift begins; None when that is more than `within` ahead."""
    for start, end in _shifts(worker, local_day(now, zone), zone):
        if end > now:
            start = max(start, now)
            return start if start - now <= within else None
    return None


def ended(worker: Worker, now: int, zone: tzinfo) -> int | None:
    """When the last shift ended of somebody who is not at work; None for who is."""
    last = None
    for start, end in _shifts(worker, local_day(now, zone), zone):
        if start <= now < end:
            return None
        if end <= now:
            last = end
    return last


def _shifts(worker: Worker, today: date, zone: tzinfo) -> Iterator[tuple[int, int]]:
    """The shifts around a day in order; what touches at midnight stays two, which does no harm."""
    spans = worker.shift or ((0, 1440),)
    for by in range(-_AHEAD, _AHEAD + 1):
        day = today + timedelta(days=by)
        if not worker.days or DAYS[day.weekday()] in worker.days:
            for start, end in spans:
                yield at_minute(day, start, zone), at_minute(day, end, zone)
