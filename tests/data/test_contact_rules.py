"""The contact question: what its answer must be whatever the hour, the history and the channel."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.clock import DAY, HOUR, MINUTE, minute_of_day, parse_iso
from data.contact_rules import Rule, contact_from, may_contact, reason
from data.rows import ContactFacts, PersonalDatum
from data.settings import Contact
from data.vocabulary import Channel, State

SHANGHAI = ZoneInfo("Asia/Shanghai")
RULES = Contact()
PHONE = PersonalDatum(1, "phone", "138****2211", virtual=True, extension=True, expires_at=None)
FACTS = ContactFacts(
    case_id=1,
    buyer_id=1,
    open=True,
    state=State.NEW,
    do_not_contact_at=None,
    refused_at=None,
    attempts_at=(),
    calls=0,
    refusals=0,
    phone=PHONE,
    preferred_channel=None,
    preferred_from=None,
    preferred_until=None,
)


def at(text: str) -> int:
    return parse_iso(text, SHANGHAI)


def test_in_a_calling_window_the_answer_is_yes_until_its_end() -> None:
    answer = may_contact(FACTS, Channel.PHONE, at("2026-11-20T10:42"), SHANGHAI, RULES)
    assert answer.allowed
    assert answer.until == at("2026-11-20T12:00")


@pytest.mark.parametrize(
    ("now", "rule", "earliest"),
    [
        ("2026-11-20T12:30", Rule.WINDOW, "2026-11-20T14:00"),
        ("2026-11-20T21:30", Rule.HOURS, "2026-11-21T09:00"),
        ("2026-11-20T07:59", Rule.HOURS, "2026-11-20T09:00"),
        ("2026-12-31T23:59", Rule.HOURS, "2027-01-01T09:00"),
    ],
)
def test_outside_the_windows_the_answer_names_the_rule_and_the_next_window(now: str, rule: Rule, earliest: str) -> None:
    answer = may_contact(FACTS, Channel.PHONE, at(now), SHANGHAI, RULES)
    assert (answer.allowed, answer.rule, answer.earliest) == (False, rule, at(earliest))


def test_noon_does_not_keep_anybody_from_writing() -> None:
    assert may_contact(FACTS, Channel.CHAT, at("2026-11-20T12:30"), SHANGHAI, RULES).allowed


def test_a_second_attempt_waits_for_the_gap_and_a_third_for_the_next_day() -> None:
    first = at("2026-11-20T10:00")
    second = may_contact(replace(FACTS, attempts_at=(first,)), Channel.PHONE, first + HOUR, SHANGHAI, RULES)
    assert (second.rule, second.earliest) == (Rule.GAP, at("2026-11-20T14:00"))
    third = may_contact(
        replace(FACTS, attempts_at=(first, first + 5 * HOUR)), Channel.CHAT, at("2026-11-20T19:00"), SHANGHAI, RULES
    )
    assert (third.rule, third.earliest) == (Rule.DAILY_CAP, at("2026-11-21T08:00"))


def test_a_fourth_call_is_refused_but_writing_is_not() -> None:
    thrice = replace(FACTS, calls=3)
    assert may_contact(thrice, Channel.PHONE, at("2026-11-20T10:42"), SHANGHAI, RULES).rule is Rule.CALLS
    assert may_contact(thrice, Channel.CHAT, at("2026-11-20T10:42"), SHANGHAI, RULES).allowed


def test_a_call_at_the_hour_that_the_buyer_named_is_not_too_soon() -> None:
    named = at("2026-11-20T20:45")
    facts = replace(FACTS, attempts_at=(named - HOUR, named - 30 * MINUTE), appointment_at=named)
    assert may_contact(facts, Channel.PHONE, named, SHANGHAI, RULES).allowed
    assert not may_contact(facts, Channel.PHONE, named + HOUR, SHANGHAI, RULES).allowed


def test_an_appointment_tonight_does_not_open_the_noon_rest() -> None:
    facts = replace(FACTS, appointment_at=at("2026-11-20T20:45"))
    assert may_contact(facts, Channel.PHONE, at("2026-11-20T12:30"), SHANGHAI, RULES).rule is Rule.WINDOW


def test_a_lead_passes_a_soft_rule_and_never_a_hard_one() -> None:
    noon, night = at("2026-11-20T12:30"), at("2026-11-20T22:30")
    assert may_contact(FACTS, Channel.PHONE, noon, SHANGHAI, RULES, passed=True).allowed
    assert not may_contact(FACTS, Channel.PHONE, night, SHANGHAI, RULES, passed=True).allowed


TIMES = st.integers(min_value=at("2026-01-01T00:00"), max_value=at("2028-03-01T00:00"))
HISTORIES = st.lists(st.integers(min_value=1, max_value=20 * DAY), max_size=6)
ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]).map(ZoneInfo)


@st.composite
def questions(draw: st.DrawFn) -> tuple[ContactFacts, Channel, int]:
    now = draw(TIMES)
    expiry = draw(st.none() | st.integers(min_value=-DAY, max_value=DAY))
    facts = replace(
        FACTS,
        state=draw(st.sampled_from(list(State))),
        open=draw(st.booleans()),
        do_not_contact_at=draw(st.none() | st.just(now - DAY)),
        attempts_at=tuple(sorted(now - ago for ago in draw(HISTORIES))),
        calls=draw(st.integers(min_value=0, max_value=4)),
        phone=draw(st.none() | st.just(replace(PHONE, expires_at=None if expiry is None else now + expiry))),
        appointment_at=draw(st.none() | st.just(now) | st.just(now + HOUR)),
    )
    return facts, draw(st.sampled_from(list(Channel))), now


@given(questions(), ZONES, st.booleans())
@settings(max_examples=120)
def test_no_answer_ever_breaks_a_hard_rule(
    question: tuple[ContactFacts, Channel, int], zone: ZoneInfo, passed: bool
) -> None:
    facts, channel, now = question
    answer = may_contact(facts, channel, now, zone, RULES, passed=passed)
    assert reason(answer, RULES)
    if answer.allowed:
        assert facts.open
        assert facts.do_not_contact_at is None
        assert RULES.hard_from <= minute_of_day(now, zone) < RULES.hard_until
        assert answer.until is not None
        assert answer.until > now
        if channel in (Channel.PHONE, Channel.SMS):
            assert facts.phone is not None
            assert facts.phone.expires_at is None or facts.phone.expires_at > now


@given(questions(), ZONES)
@settings(max_examples=80)
def test_the_earliest_time_is_one_at_which_the_answer_is_yes_unless_the_number_dies_first(
    question: tuple[ContactFacts, Channel, int], zone: ZoneInfo
) -> None:
    facts, channel, now = question
    answer = may_contact(facts, channel, now, zone, RULES)
    if not answer.allowed and answer.earliest is not None:
        assert answer.earliest > now
        then = may_contact(facts, channel, answer.earliest, zone, RULES)
        assert then.allowed or then.rule is Rule.NUMBER_EXPIRED


@given(TIMES, HISTORIES, ZONES)
@settings(max_examples=60)
def test_what_is_kept_on_the_case_agrees_with_the_rules(now: int, history: list[int], zone: ZoneInfo) -> None:
    attempts = tuple(sorted(now - ago for ago in history))
    earliest = contact_from(attempts, now, zone, RULES)
    answer = may_contact(replace(FACTS, attempts_at=attempts), Channel.CHAT, now, zone, RULES)
    if answer.allowed:
        assert earliest <= now
