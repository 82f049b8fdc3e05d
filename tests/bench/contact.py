"""The contact question for a case with fifty contacts: whole, with its reads, and the rules alone."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from data.clock import DAY, HOUR, MINUTE, parse_iso
from data.contact_rules import may_contact
from data.rows import ContactFacts, PersonalDatum
from data.settings import Contact
from data.vocabulary import Channel, State
from tests.bench.figures import figure, median
from tests.bench.ground import Ground

CONTACTS: Final = 50
ASKED: Final = 300
_ZONE: Final = ZoneInfo("Asia/Shanghai")


def asked(ground: Ground) -> list[float]:
    """Milliseconds of each question: every minute of some days, so that easy and hard answers are among them."""
    now = parse_iso(ground.now, _ZONE)
    phone = PersonalDatum(1, "phone", "138****2211", True, False, now + 20 * DAY)
    tried = tuple(now - at * 14 * HOUR for at in range(CONTACTS, 0, -1))
    facts = ContactFacts(
        1, 1, True, State.WORKING, None, None, tried, 2, 0, phone, None, None, None,
        platform="taobao", attempts=6, last_case_id=1, last_channel="phone", last_line="no_answer",
        promised_on=now - 2 * DAY,
    )  # fmt: skip
    rules, taken = Contact(attempts_per_week=50), []
    for nth in range(ASKED):
        at = now + nth * 37 * MINUTE
        one = replace(facts, promised_on=at - 2 * DAY)
        begun = time.perf_counter()
        may_contact(one, Channel.PHONE, at, _ZONE, rules)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


@figure("contact", f"may this buyer be called now, with {CONTACTS} contacts: median", 1, "ms")
def _contact(ground: Ground) -> float:
    return median(ground.once(asked))
