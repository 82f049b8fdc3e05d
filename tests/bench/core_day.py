"""A day of fifty agents on the rules alone: which case is next, may its buyer be contacted, and what follows then."""

from __future__ import annotations

import time
from dataclasses import replace
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from data.clock import DAY, HOUR, MINUTE, at_minute, local_day, parse_iso
from data.contact_rules import may_contact
from data.follow_up import Situation, plan
from data.outcomes import LINES, STANDINGS, LineResult, Standing, standings_for
from data.priority import rank
from data.rows import ContactFacts, PersonalDatum, PriorityFacts
from data.settings import Settings
from data.vocabulary import Channel, State
from tests.bench.figures import figure
from tests.bench.ground import Ground

AGENTS: Final = 50
OPEN: Final = 4_000
WEIGHED: Final = 200
"""Among so many cases the next one is chosen; F2 reads at most 340."""

PAUSE: Final = 12
"""Minutes between two contacts of an agent, over a shift of nine hours."""

_ZONE: Final = ZoneInfo("Asia/Shanghai")


class Case:
    """An open case in memory, as the rules see it."""

    def __init__(self, number: int, now: int, random: Random) -> None:
        due = now + random.randrange(-DAY, DAY)
        self.next = PriorityFacts(
            number, State.NEW, random.choice(("bad", "neutral")), due, due - DAY, contact_from=now, letters=number % 200
        )
        phone = PersonalDatum(number, "phone", "", True, number % 3 == 0, now + random.randrange(DAY, 20 * DAY))
        self.facts = ContactFacts(
            number, number, True, State.NEW, None, None, (), 0, 0, phone, None, None, None, platform="taobao"
        )

    def contacted(self, now: int, channel: Channel, random: Random, settings: Settings) -> None:
        """Record an outcome and plan what follows."""
        spoken = channel is Channel.PHONE
        line = random.choice([one for one in LineResult if LINES[one].written is not spoken])
        standing = random.choice(standings_for(line))
        flags, old = STANDINGS[standing], self.facts
        self.facts = replace(
            old,
            state=flags.state,
            open=flags.state is not State.CLOSED,
            attempts_at=(*old.attempts_at, now),
            attempts=old.attempts + 1,
            calls=old.calls + spoken,
            last_case_id=old.case_id,
            last_channel=channel,
            last_line=line,
        )
        promised = standing is Standing.PROMISED
        situation = Situation(
            self.facts, now, _ZONE, settings, standing,
            agreed=now + 26 * HOUR if flags.needs_time else None, calls=self.facts.calls,
            made_at=now if promised else None, promised_at=now + 26 * HOUR if promised else None,
            promise_open=promised, owed=flags.owes, reached=LINES[line].reached,
        )  # fmt: skip
        follows = plan(situation) if self.facts.open else ()
        due = follows[0].due_at if follows else now
        self.next = replace(self.next, state=flags.state, due_at=due, contact_from=now + 2 * HOUR)


def worked(now: int) -> tuple[int, float]:
    """How many contacts the day had, and how many seconds it took."""
    random, settings = Random(1), Settings()
    starts = at_minute(local_day(now, _ZONE), 9 * 60, _ZONE)
    cases = [Case(number, starts, random) for number in range(1, OPEN + 1)]
    contacts = 0
    begun = time.perf_counter()
    for at in range(starts, starts + 9 * HOUR, PAUSE * MINUTE):
        for agent in range(AGENTS):
            when = at + agent * 10_000
            seen = random.sample(cases, WEIGHED)
            by_number = {one.next.case_id: one for one in seen}
            for ranked in rank((one.next for one in seen), settings.priority, when, _ZONE, agent):
                case = by_number[ranked.facts.case_id]
                channel = random.choice((Channel.PHONE, Channel.CHAT))
                if may_contact(case.facts, channel, when, _ZONE, settings.contact).allowed:
                    case.contacted(when, channel, random, settings)
                    contacts += 1
                    break
    return contacts, time.perf_counter() - begun


@figure("simulated_day", f"a day of {AGENTS} agents on the rules alone, without a database", 10, "s")
def _day(ground: Ground) -> float:
    contacts, seconds = worked(parse_iso(ground.now, _ZONE))
    assert contacts > AGENTS * 10, contacts
    return seconds
