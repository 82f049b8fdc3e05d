"""What the buyer said about being contacted is kept, and the rules follow it at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.casework import contacts
from data.clock import DAY, HOUR, zone
from data.errors import Refused, SettingsError
from data.protocols import Preference
from data.reads import SqlReads
from data.vocabulary import Channel
from tests.data.casework.desk import Desk


def test_the_buyers_own_hours_hold_from_the_next_question_on(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.set_preference(case_id, Preference(Channel.CHAT, 18 * 60, 20 * 60, "67", "Asia/Urumqi"))
    row = desk.world.connection.execute(
        "SELECT preferred_channel, preferred_from, preferred_until, preferred_days, zone FROM buyer"
    ).fetchone()
    assert tuple(row) == ("chat", 1080, 1200, "67", "Asia/Urumqi")
    with pytest.raises(Refused):
        desk.casework.start_contact(case_id, Channel.PHONE)
    desk.casework.set_preference(case_id, Preference())
    assert desk.value("SELECT coalesce(preferred_channel, zone) FROM buyer") is None


def test_hours_in_the_night_are_refused(desk: Desk) -> None:
    with pytest.raises(Refused):
        desk.casework.set_preference(desk.case(), Preference(start=22 * 60, until=23 * 60))


def test_a_zone_that_does_not_exist_is_refused(desk: Desk) -> None:
    with pytest.raises(SettingsError):
        desk.casework.set_preference(desk.case(), Preference(zone="Asia/Nowhere"))


def test_it_is_written_to_the_log_without_words(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.set_preference(case_id, Preference(Channel.PHONE, 600, 660))
    kind, code, number = desk.world.connection.execute(
        "SELECT kind, code, number FROM event ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert (kind, code, number) == ("preference_set", "phone", 600)


def test_the_whole_wish_lies_beside_the_log_so_that_it_shows_later_what_held_at_a_contact(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.set_preference(case_id, Preference(Channel.CHAT, 600, 660, "67", "Asia/Urumqi"))
    told = "SELECT text FROM event_text ORDER BY event_id DESC LIMIT 1"
    assert desk.value(told) == "chat 600-660 67 Asia/Urumqi"
    desk.casework.set_preference(case_id, Preference())
    assert desk.value(told) == "- - - -"
    assert desk.faults() == []


def test_reads_and_casework_weigh_the_same(desk: Desk) -> None:
    case_id = desk.case()
    desk.world.contact(case_id, started_at=desk.now - 3 * HOUR, ended_at=desk.now - 3 * HOUR, channel="chat")
    buyer = desk.value("SELECT buyer_id FROM review_case WHERE id = ?", case_id)
    desk.world.insert(
        "promise", case_id=case_id, by_whom="buyer", kind="revise", state="open", made_at=desk.now - DAY,
        due_at=desk.now + DAY,
    )  # fmt: skip
    desk.casework.set_preference(case_id, Preference(Channel.PHONE, 600, 700, "1234567", "Asia/Urumqi"))
    assert buyer
    read = SqlReads(desk.store, zone=zone("Asia/Shanghai")).case(case_id, now=desk.now).facts
    with desk.casework._act() as act:
        weighed = contacts.facts(act, act.case(case_id))
    assert replace(read, phone=None) == replace(weighed, phone=None)
    assert read.promised_on == desk.now - DAY
