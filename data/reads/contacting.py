"""Whether a case that may be next may be worked at this moment: the contact rules, asked only of those in front."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import tzinfo

from data.clock import minute_of_day
from data.clock import zone as zone_named
from data.contact_rules import may_contact
from data.priority import is_owed
from data.reads.case import contact_facts
from data.rows import PriorityFacts
from data.settings import Contact as ContactRules
from data.vocabulary import Channel


def workable(
    connection: sqlite3.Connection, now: int, zone: tzinfo, rules: ContactRules
) -> Callable[[PriorityFacts], bool]:
    """Whether the buyer may be called or written to now, or something that we owe can be done without. Each case is
    asked about once."""
    known: dict[int, bool] = {}

    def allowed(facts: PriorityFacts) -> bool:
        if facts.case_id not in known:
            known[facts.case_id] = is_owed(facts, now) or _may(connection, facts, now, zone, rules)
        return known[facts.case_id]

    return allowed


def _may(connection: sqlite3.Connection, facts: PriorityFacts, now: int, zone: tzinfo, rules: ContactRules) -> bool:
    # Nobody passes the hard hours, so that at night not one case has to be looked up.
    minute = minute_of_day(now, zone_named(facts.zone) if facts.zone else zone)
    if not rules.hard_from <= minute < rules.hard_until:
        return False
    weighed = contact_facts(connection, facts.case_id, now)
    channels = (Channel.CHAT, Channel.PHONE)
    return weighed is not None and any(may_contact(weighed, each, now, zone, rules).allowed for each in channels)
