"""What contacts come to: any line result with any standing that fits it, times that are kept or not, and what the
buyer then does about the review."""

from __future__ import annotations

from collections.abc import Sequence

from data.casework.entrance import SqlCasework
from data.clock import DAY, HOUR, MINUTE, at_minute, local_day
from data.outcomes import LINES, STANDINGS, LineResult, Standing, standings_for
from data.playbook.run import Ending
from data.protocols import Disposition
from data.vocabulary import Channel
from tests.simulate.scratch import ZONE
from tests.simulate.shop import Shop

_SPOKEN = [line for line in LineResult if not LINES[line].written]
_WRITTEN = (LineResult.SENT, LineResult.REPLIED, LineResult.NO_REPLY)
_REVIEW = (
    "SELECT r.external_id FROM contact n JOIN review_case c ON c.id = n.case_id JOIN review r ON r.id = c.review_id "
    "WHERE n.id = :n"
)


def record(shop: Shop, casework: SqlCasework, contact_id: int, channel: Channel, ending: Ending | None) -> None:
    """Record an outcome that fits; a time that the program refuses is asked for again, as the form does."""
    line, standing = _came_to(shop, channel, ending)
    for again in range(60):
        at = _time(shop, standing, again) if STANDINGS[standing].needs_time else None
        disposition = Disposition(line, standing, at, "记录" if shop.random.random() < 0.2 else "")
        done = shop.figures.tried("record_outcome", casework.record_outcome, contact_id, disposition)
        if done is not None:
            shop.figures.done[f"outcome {line}/{standing}"] += 1
            _and_then(shop, contact_id, standing, at)
            return
    raise AssertionError(f"no outcome of contact {contact_id} was taken: {line}/{standing}")


def _came_to(shop: Shop, channel: Channel, ending: Ending | None) -> tuple[LineResult, Standing]:
    random = shop.random
    if ending is not None and ending.standings and random.random() < 0.75:
        line = LineResult(ending.line)
        fitting = [Standing(one) for one in ending.standings if Standing(one) in standings_for(line)]
        if fitting:
            return line, _likely(shop, fitting)
    line = random.choice(_SPOKEN) if channel is Channel.PHONE else random.choices(_WRITTEN, (60, 30, 10))[0]
    return line, _likely(shop, standings_for(line))


def _likely(shop: Shop, standings: Sequence[Standing]) -> Standing:
    """One of them: the likeliest stand first, and few buyers want to be left alone for good."""
    weights = [0.66**place * (0.15 if one is Standing.DO_NOT_CONTACT else 1) for place, one in enumerate(standings)]
    return shop.random.choices(standings, weights)[0]


def _time(shop: Shop, standing: Standing, again: int) -> int:
    random, now = shop.random, shop.time.now
    if standing is not Standing.CALLBACK:
        return now + random.randrange(30 * MINUTE, 6 * DAY)
    # Some are agreed for an hour at which nobody may be called, and some buyers live on another clock.
    day = local_day(now + random.randrange(0, 5) * DAY, ZONE)
    minute = random.randrange(7 * 60, 22 * 60, 5) if again < 3 else random.randrange(0, 24 * 60, 5)
    return at_minute(day, minute, ZONE)


def _and_then(shop: Shop, contact_id: int, standing: Standing, at: int | None) -> None:
    """What the buyer does about the review afterwards: most who promised keep it, some late, some never."""
    random, now = shop.random, shop.time.now
    if standing is Standing.PROMISED and at is not None:
        hows, weights = ("better", "append", "reword", "worse", ""), (45, 5, 5, 3, 42)
        when = at + random.randrange(-12 * HOUR, 2 * DAY)
    else:
        hows, weights = ("better", "append", "reword", "worse", ""), (5, 2, 1, 1, 91)
        when = now + random.randrange(HOUR, 9 * DAY)
    how = random.choices(hows, weights)[0]
    if how:
        shop.buyers.changes(str(shop.value(_REVIEW, n=contact_id)), max(when, now + MINUTE), how)
