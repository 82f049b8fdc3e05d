"""Who gets a case that has just come in."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from data.assignment import Arrival, Assigned, Candidate, Reason, Rule, assign, begins, ended
from data.clock import DAY, HOUR, MINUTE, from_datetime, minute_of_day, to_local
from data.staff import DAYS, Worker

NOW = from_datetime(datetime(2026, 11, 18, 2, 0, tzinfo=UTC))
"""10:00 on a Wednesday in Shanghai."""

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = st.sampled_from([SHANGHAI, ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")])
TIMES = st.integers(NOW - 400 * DAY, NOW + 400 * DAY)
SHIFTS = st.sets(st.integers(0, 1440), min_size=2, max_size=4).map(
    lambda minutes: tuple(zip(sorted(minutes)[::2], sorted(minutes)[1::2], strict=False))
)
WORKERS = st.builds(
    Worker,
    st.just("lili"),
    shift=SHIFTS,
    days=st.sets(st.sampled_from(DAYS)).map(tuple),
    platforms=st.sampled_from([(), ("taobao",), ("jd",)]),
    languages=st.sampled_from([(), ("zh",), ("en",)]),
)
CANDIDATES = st.lists(
    st.builds(
        Candidate, st.integers(1, 9), WORKERS, st.none() | st.sampled_from([NOW, NOW, NOW + HOUR, NOW + 9 * HOUR])
    ),
    max_size=5,
    unique_by=lambda each: each.agent_id,
)
ARRIVALS = st.builds(
    Arrival,
    st.just("taobao"),
    st.just("zh"),
    st.sampled_from([NOW + HOUR, NOW + 10 * HOUR]),
    st.none() | st.integers(1, 9),
)
LOADS = st.dictionaries(st.integers(1, 9), st.integers(0, 3))


def at_work(worker: Worker, now: int, zone: ZoneInfo) -> bool:
    """As one reads it from the clock and the calendar on the wall."""
    day = DAYS[to_local(now, zone).weekday()]
    minute = minute_of_day(now, zone)
    return (not worker.days or day in worker.days) and any(start <= minute < end for start, end in worker.shift)


@given(WORKERS, TIMES, ZONES)
@example(Worker("lili", ((120, 180),)), from_datetime(datetime(2027, 3, 14, 7, 30, tzinfo=UTC)), ZoneInfo("UTC"))
def test_who_is_at_work_begins_now_and_has_not_ended(worker: Worker, now: int, zone: ZoneInfo) -> None:
    working = at_work(worker, now, ZoneInfo("UTC"))
    assert (begins(worker, now, ZoneInfo("UTC"), 0) == now) == working
    assert (ended(worker, now, ZoneInfo("UTC")) is None) == working
    start = begins(worker, now, zone, 9 * DAY)
    assert start is not None
    assert start >= now


@given(WORKERS, TIMES)
def test_between_two_shifts_nobody_is_at_work(worker: Worker, now: int) -> None:
    start, end = begins(worker, now, SHANGHAI, 9 * DAY), ended(worker, now, SHANGHAI)
    assert start is not None
    if end is not None:
        assert end <= now < start
        assert at_work(worker, start, SHANGHAI)
        assert at_work(worker, end - MINUTE, SHANGHAI)
        assert not any(at_work(worker, at, SHANGHAI) for at in range(end, start, 97 * MINUTE))


@given(WORKERS, TIMES, ZONES, st.integers(0, 168))
def test_a_shift_that_is_farther_ahead_than_a_lease_is_none(
    worker: Worker, now: int, zone: ZoneInfo, hours: int
) -> None:
    start = begins(worker, now, zone, hours * HOUR)
    assert start is None or start - now <= hours * HOUR


def test_a_night_shift_goes_on_over_midnight() -> None:
    ming = Worker("ming", ((0, 360), (1320, 1440)))
    midnight = from_datetime(datetime(2026, 11, 18, 16, 0, tzinfo=UTC))
    for at in (midnight - MINUTE, midnight, midnight + MINUTE):
        assert begins(ming, at, SHANGHAI, 0) == at
        assert ended(ming, at, SHANGHAI) is None


@given(CANDIDATES, ARRIVALS, LOADS, st.sampled_from(Rule))
def test_whoever_gets_a_case_is_there_and_fits_or_knows_the_buyer(
    candidates: list[Candidate], arrival: Arrival, loads: dict[int, int], rule: Rule
) -> None:
    to = assign(rule, arrival, candidates, loads, NOW)
    if to is None:
        return
    assert rule is not Rule.NONE
    (chosen,) = [each for each in candidates if each.agent_id == to.agent_id]
    assert chosen.starts_at == to.starts_at
    if to.reason is Reason.SAME_BUYER:
        assert to.agent_id == arrival.formerly
        assert to.starts_at <= arrival.due_at
    else:
        assert rule is Rule.LOAD
        assert chosen.worker.fits(arrival.platform, arrival.language, arrival.cause)
        for other in candidates:
            if other.starts_at is not None and other.worker.fits(arrival.platform, arrival.language, arrival.cause):
                theirs = (other.starts_at, loads.get(other.agent_id, 0), other.agent_id)
                assert (to.starts_at, loads.get(to.agent_id, 0), to.agent_id) <= theirs


@given(CANDIDATES, ARRIVALS, LOADS, st.randoms())
def test_the_order_in_which_the_staff_is_written_decides_nothing(
    candidates: list[Candidate], arrival: Arrival, loads: dict[int, int], chance: object
) -> None:
    shuffled = list(candidates)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert assign(Rule.LOAD, arrival, candidates, loads, NOW) == assign(Rule.LOAD, arrival, shuffled, loads, NOW)


def test_what_decided_is_told() -> None:
    lili, ming, late = (
        Candidate(1, Worker("lili"), NOW),
        Candidate(2, Worker("ming"), NOW),
        Candidate(3, Worker("late"), NOW + 9 * HOUR),
    )
    arrival = Arrival("jd", "zh", NOW + HOUR)

    def told(candidates: list[Candidate], formerly: int | None = None) -> Assigned | None:
        return assign(Rule.LOAD, Arrival("jd", "zh", NOW + HOUR, formerly), candidates, {1: 4, 2: 3}, NOW)

    assert told([lili, ming]) == Assigned(2, Reason.LOAD, NOW)
    assert told([lili, late]) == Assigned(1, Reason.SHIFT, NOW)
    assert told([lili, Candidate(2, Worker("ming", platforms=("taobao",)), NOW)]) == Assigned(1, Reason.SKILL, NOW)
    assert told([lili, ming], formerly=1) == Assigned(1, Reason.SAME_BUYER, NOW)
    assert told([lili, late], formerly=3) == Assigned(1, Reason.SHIFT, NOW)
    assert told([]) is None
    assert assign(Rule.BUYER, arrival, [lili, ming], {}, NOW) is None
