"""The contact question asked minute by minute: no earliest time is late, none is early, and a yes lasts as long as
it says."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.clock import DAY, HOUR, MINUTE, at_minute, local_day, minute_of_day, parse_iso
from data.contact_rules import HARD, Answer, Rule, contact_from, may_contact, reason
from data.outcomes import LineResult
from data.rows import ContactFacts, PersonalDatum
from data.settings import Contact
from data.vocabulary import Channel, State

SHANGHAI = ZoneInfo("Asia/Shanghai")
RULES = Contact()
PHONE = PersonalDatum(1, "phone", "138****2211", virtual=True, extension=False, expires_at=None)
FACTS = ContactFacts(1, 1, True, State.NEW, None, None, (), 0, 0, PHONE, None, None, None, platform="taobao")


def at(text: str) -> int:
    return parse_iso(text, SHANGHAI)


def ask(facts: ContactFacts, now: str | int, channel: Channel = Channel.PHONE, **how: bool) -> Answer:
    moment = at(now) if isinstance(now, str) else now
    return may_contact(facts, channel, moment, SHANGHAI, RULES, **how)


def tried(when: str, line: LineResult | None = None, channel: Channel = Channel.PHONE) -> ContactFacts:
    return replace(FACTS, attempts_at=(at(when),), last_case_id=1, last_channel=channel, last_line=line, attempts=1)


# What the rules say, one by one


@pytest.mark.parametrize(
    ("now", "earliest"),
    [
        ("2026-10-01T09:30", "2026-10-01T10:00"),
        ("2026-10-10T08:30", "2026-10-10T09:00"),
        ("2026-07-15T12:30", "2026-07-15T15:00"),
        ("2026-06-19T14:10", "2026-06-19T15:00"),
        ("2026-08-31T14:10", "2026-08-31T15:00"),
        ("2026-12-31T20:30", "2027-01-01T09:00"),
        ("2028-02-28T20:45", "2028-02-29T09:00"),
    ],
)
def test_holidays_begin_later_and_summer_rests_longer(now: str, earliest: str) -> None:
    assert (ask(FACTS, now).rule, ask(FACTS, now).earliest) == (Rule.WINDOW, at(earliest))


def test_a_september_afternoon_begins_at_two_again() -> None:
    assert ask(FACTS, "2026-09-01T14:10").allowed


def test_a_text_message_is_sent_on_the_way_home() -> None:
    answer = ask(FACTS, "2026-11-20T10:42", Channel.SMS)
    assert (answer.rule, answer.earliest) == (Rule.WINDOW, at("2026-11-20T18:00"))
    assert ask(FACTS, "2026-11-20T19:59", Channel.SMS).until == at("2026-11-20T20:00")


def test_a_text_message_cannot_reach_an_extension_and_chat_is_named() -> None:
    answer = ask(replace(FACTS, phone=replace(PHONE, extension=True)), "2026-11-20T18:30", Channel.SMS)
    assert (answer.rule, answer.hard, answer.instead) == (Rule.NUMBER_KIND, True, Channel.CHAT)


def test_where_the_platform_has_no_chat_an_e_mail_is_named() -> None:
    answer = ask(replace(FACTS, phone=None, platform="judgeme"), "2026-11-20T10:42")
    assert (answer.rule, answer.instead) == (Rule.NO_NUMBER, Channel.EMAIL)


def test_no_earliest_time_lies_after_the_number_has_died() -> None:
    dying = replace(FACTS, phone=replace(PHONE, expires_at=at("2026-11-20T14:00")))
    answer = ask(dying, "2026-11-20T12:30")
    assert (answer.rule, answer.earliest, answer.instead) == (Rule.WINDOW, None, Channel.CHAT)


@pytest.mark.parametrize(
    ("line", "minutes"), [(LineResult.BUSY, 30), (LineResult.RIGHT_PARTY, 120), (LineResult.SENT, 120), (None, 120)]
)
def test_the_gap_goes_by_the_last_result(line: LineResult | None, minutes: int) -> None:
    facts = tried("2026-11-20T14:05", line)
    answer = ask(facts, "2026-11-20T14:10", Channel.CHAT)
    assert (answer.rule, answer.earliest) == (Rule.GAP, at("2026-11-20T14:05") + minutes * MINUTE)


def test_a_call_that_nobody_answered_is_tried_at_another_hour_on_another_day_too() -> None:
    facts = tried("2026-11-19T15:00", LineResult.NO_ANSWER)
    answer = ask(facts, "2026-11-20T15:20")
    assert (answer.rule, answer.earliest) == (Rule.OTHER_HOUR, at("2026-11-20T16:00"))
    assert ask(facts, "2026-11-20T14:00").until == at("2026-11-20T14:01")
    assert ask(facts, "2026-11-20T15:20", Channel.CHAT).allowed


@pytest.mark.parametrize("line", [LineResult.DECLINED, LineResult.HUNG_UP])
def test_who_pushes_a_call_away_is_written_to(line: LineResult) -> None:
    facts = tried("2026-11-19T15:00", line)
    assert ask(facts, "2026-11-20T10:42").rule is Rule.WRITING_FIRST
    assert ask(facts, "2026-11-20T10:42", Channel.CHAT).allowed


def test_after_abuse_only_a_lead_goes_on() -> None:
    facts = tried("2026-11-19T15:00", LineResult.ABUSIVE)
    assert ask(facts, "2026-11-20T10:42", Channel.CHAT).rule is Rule.ABUSED
    assert ask(facts, "2026-11-20T10:42", passed=True).allowed


def test_a_refusal_ends_contact_but_a_remedy_is_still_told_in_writing() -> None:
    facts = replace(FACTS, refused_at=at("2026-11-01T10:00"))
    assert ask(facts, "2026-11-20T10:42", Channel.CHAT).rule is Rule.REFUSED
    owed = replace(facts, remedy=True)
    assert ask(owed, "2026-11-20T10:42", Channel.CHAT).allowed
    assert ask(owed, "2026-11-20T10:42").rule is Rule.REFUSED


def test_a_buyer_who_is_talking_is_answered_at_once_but_not_called_and_not_at_night() -> None:
    facts = replace(tried("2026-11-20T14:05", LineResult.REPLIED, Channel.CHAT), attempts=20)
    facts = replace(facts, attempts_at=(at("2026-11-20T09:00"), at("2026-11-20T11:30"), at("2026-11-20T14:05")))
    assert ask(facts, "2026-11-20T14:10", Channel.CHAT).allowed
    assert ask(facts, "2026-11-20T14:10").rule is Rule.CASE_CAP
    assert ask(facts, "2026-11-20T21:00", Channel.CHAT).rule is Rule.HOURS
    assert ask(replace(facts, last_case_id=2), "2026-11-20T14:10", Channel.CHAT).rule is Rule.CASE_CAP


def test_the_third_day_after_a_promise_is_quiet() -> None:
    facts = replace(FACTS, promised_on=at("2026-11-18T20:59"))
    assert ask(facts, "2026-11-19T10:42").allowed
    answer = ask(facts, "2026-11-20T10:42", Channel.CHAT)
    assert (answer.rule, answer.earliest) == (Rule.QUIET_DAY, at("2026-11-21T08:00"))


def test_a_seventh_attempt_in_a_week_waits_until_the_first_is_a_week_old() -> None:
    days = tuple(at(f"2026-11-{day}T15:30") for day in (14, 15, 16, 17, 18, 19))
    answer = ask(replace(FACTS, attempts_at=days), "2026-11-20T10:42", Channel.CHAT)
    assert (answer.rule, answer.earliest) == (Rule.WEEK_CAP, at("2026-11-21T15:30"))


def test_what_the_buyer_named_takes_the_place_of_the_windows() -> None:
    facts = replace(FACTS, preferred_from=12 * 60, preferred_until=13 * 60, preferred_days="67")
    answer = ask(facts, "2026-11-20T12:30")
    assert (answer.rule, answer.earliest) == (Rule.WINDOW, at("2026-11-21T12:00"))
    assert ask(facts, "2026-11-21T12:30").until == at("2026-11-21T13:00")


def test_a_buyer_who_prefers_writing_is_not_called_unless_they_named_a_time() -> None:
    facts = replace(FACTS, preferred_channel=Channel.CHAT)
    assert ask(facts, "2026-11-20T10:42").rule is Rule.PREFERS_WRITING
    assert ask(facts, "2026-11-20T10:42", Channel.CHAT).allowed
    assert ask(replace(facts, appointment_at=at("2026-11-20T12:30")), "2026-11-20T10:42").earliest == at(
        "2026-11-20T12:20"
    )


def test_the_hours_are_those_of_the_buyers_own_clock() -> None:
    facts = replace(FACTS, zone="Europe/Berlin")
    assert ask(facts, "2026-11-20T10:42").rule is Rule.HOURS
    assert ask(facts, "2026-11-20T10:42").earliest == at("2026-11-20T16:00")


def test_a_fourth_call_is_still_possible_at_the_hour_that_the_buyer_named() -> None:
    facts = replace(FACTS, calls=3, appointment_at=at("2026-11-20T16:00"))
    answer = ask(facts, "2026-11-20T10:42")
    assert (answer.rule, answer.earliest) == (Rule.CALLS, at("2026-11-20T15:50"))
    assert ask(facts, "2026-11-21T10:42").rule is Rule.CALLS


# What must hold whatever is asked

BOUNDARIES = st.sampled_from(
    [
        "2026-06-01T00:00",
        "2026-09-01T00:00",
        "2026-10-01T00:00",
        "2026-10-25T03:00",
        "2026-12-31T12:00",
        "2027-01-01T00:00",
        "2028-02-29T00:00",
        "2026-03-29T03:00",
        "2026-11-20T10:42",
    ]
).map(at)
MOMENTS = st.builds(lambda day, minutes: day + minutes * MINUTE, BOUNDARIES, st.integers(-2880, 2880))
ZONES = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]
).map(ZoneInfo)


@st.composite
def questions(draw: st.DrawFn) -> tuple[ContactFacts, Channel, int]:
    now = draw(MOMENTS)
    ago = draw(st.lists(st.integers(1, 9 * 1440), max_size=8))
    seldom = st.integers(0, 9).map(lambda n: n == 0)
    named = draw(st.none() | st.integers(0, 1380))
    facts = replace(
        FACTS,
        attempts_at=tuple(sorted(now - each * MINUTE for each in ago)),
        last_case_id=draw(st.sampled_from([1, 1, 2])) if ago else None,
        last_channel=draw(st.sampled_from([Channel.PHONE, Channel.CHAT])) if ago else None,
        last_line=draw(st.none() | st.sampled_from(list(LineResult))) if ago else None,
        attempts=draw(st.integers(0, 9)),
        calls=draw(st.integers(0, 3)),
        refusals=2 if draw(seldom) else 0,
        remedy=draw(st.booleans()),
        phone=draw(st.none() | st.integers(-1440, 4320).map(lambda n: replace(PHONE, expires_at=now + n * MINUTE))),
        promised_on=draw(st.none() | st.integers(0, 4320).map(lambda n: now - n * MINUTE)),
        appointment_at=draw(st.none() | st.integers(-1440, 4320).map(lambda n: now + n * MINUTE)),
        preferred_from=named,
        preferred_until=None if named is None else named + 60,
        preferred_days=draw(st.none() | st.sampled_from(["67", "1", "1234567"])),
        preferred_channel=draw(st.sampled_from([None, None, None, Channel.CHAT])),
        zone=draw(st.sampled_from([None, None, "Europe/Berlin"])),
    )
    return facts, draw(st.sampled_from(list(Channel))), now


@given(questions(), ZONES, st.booleans())
@settings(max_examples=40, deadline=None)
def test_no_minute_before_the_earliest_is_allowed_and_the_earliest_is(
    question: tuple[ContactFacts, Channel, int], zone: ZoneInfo, passed: bool
) -> None:
    facts, channel, now = question
    answer = may_contact(facts, channel, now, zone, RULES, passed=passed)
    assert reason(answer, RULES)
    span = range(now, now + 3 * DAY, 7 * MINUTE)
    if answer.allowed:
        assert answer.until is not None
        assert answer.until > now
        minutes = range(now, min(answer.until, now + DAY), MINUTE)
        assert all(may_contact(facts, channel, then, zone, RULES, passed=passed).allowed for then in minutes)
        return
    end = answer.earliest if answer.earliest is not None else now + 3 * DAY
    for then in span:
        if then < end:
            assert not may_contact(facts, channel, then, zone, RULES, passed=passed).allowed
    if answer.earliest is not None:
        for back in range(1, 15):
            before = answer.earliest - back * MINUTE
            assert before < now or not may_contact(facts, channel, before, zone, RULES, passed=passed).allowed
        assert may_contact(facts, channel, answer.earliest, zone, RULES, passed=passed).allowed


@given(questions(), ZONES)
@settings(max_examples=60, deadline=None)
def test_what_is_kept_on_the_case_is_never_later_than_the_true_earliest(
    question: tuple[ContactFacts, Channel, int], zone: ZoneInfo
) -> None:
    facts, channel, now = question
    facts = replace(facts, zone=None)
    kept = contact_from(facts.attempts_at, now, zone, RULES, facts.appointment_at, facts.last_line)
    answer = may_contact(facts, channel, now, zone, RULES)
    if answer.allowed:
        assert kept <= now
    elif answer.earliest is not None:
        assert kept <= answer.earliest


@given(questions(), ZONES)
@settings(max_examples=60, deadline=None)
def test_a_lead_never_gets_less_than_an_agent_and_never_past_a_hard_rule(
    question: tuple[ContactFacts, Channel, int], zone: ZoneInfo
) -> None:
    facts, channel, now = question
    agent = may_contact(facts, channel, now, zone, RULES)
    lead = may_contact(facts, channel, now, zone, RULES, passed=True)
    assert lead.allowed or not agent.allowed
    assert lead.allowed or lead.rule in HARD


@given(MOMENTS, ZONES)
@settings(max_examples=40, deadline=None)
def test_nobody_is_ever_contacted_at_night_on_their_own_clock(now: int, zone: ZoneInfo) -> None:
    facts = replace(FACTS, zone=str(zone), appointment_at=now)
    allowed = ask(facts, now, passed=True).allowed
    assert allowed == (8 * 60 <= minute_of_day(now, zone) < 21 * 60)


def test_every_quarter_of_an_hour_of_a_year_agrees_with_the_rules_text() -> None:
    """The windows written down once more, from the text alone."""
    holidays = {f"10-0{day}" for day in range(1, 8)}
    day = at("2026-05-30T00:00")
    while day < at("2026-10-09T00:00"):
        date = local_day(day, SHANGHAI)
        holiday = f"{date:%m-%d}" in holidays or f"{date:%m-%d}" in {
            *("06-19", "06-20", "06-21", "09-25", "09-26", "09-27")
        }
        summer = date.month in (6, 7, 8)
        for minute in range(0, 1440, 15):
            begins = 10 * 60 if holiday else 9 * 60
            again = 15 * 60 if summer else 14 * 60
            wanted = begins <= minute < 12 * 60 or again <= minute < 20 * 60 + 30
            assert ask(FACTS, at_minute(date, minute, SHANGHAI)).allowed == wanted
        day += 3 * DAY + HOUR
