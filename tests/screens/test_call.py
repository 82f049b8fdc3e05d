"""The call from the inbox to its outcome, by keys alone."""

from __future__ import annotations

from pathlib import Path

from screens.call import CallScreen
from screens.contact import ContactScreen
from screens.inbox import InboxScreen
from screens.outcome import OutcomeScreen
from tests.data.casework.desk import HOUR, MINUTE, Desk
from tests.screens.desk import Desk as Screens
from tests.screens.real import at_work


def one_case(data: Desk) -> None:
    buyer = data.world.buyer(nick="t**8")
    order = data.world.purchase(buyer, product_id=data.world.product(), signed_at=data.now - 5 * 24 * HOUR)
    review = data.world.review(
        buyer, purchase_id=order, product_id=1, created_at=data.now - 2 * HOUR, text="太短了，穿了几天腰里裂了口"
    )
    for kind, value in (("phone", "14001516737"), ("name", "朱勇")):
        data.world.insert("personal", buyer_id=buyer, kind=kind, value=value, added_at=data.now)
    data.world.case(review, contact_from=data.now, opened_at=data.now)


STANDARD = ("f2", "f3", *"1111111111", "enter")


async def test_the_standard_case_takes_at_most_sixteen_keys(tmp_path: Path) -> None:
    assert len(STANDARD) <= 16
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=one_case) as (desk, data):
        await desk.press(*STANDARD)
        assert isinstance(desk.screen, InboxScreen)
        row = data.row(1)
        assert (row["state"], row["review_questions"], row["settled"]) == ("waiting_buyer", 1, 1)
        assert row["promised_at"] is not None
        assert desk.rule_says("✔")


async def test_what_to_say_stands_first_with_the_words_of_the_case(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 1), prepare=one_case) as (desk, _data):
        assert isinstance(desk.screen, CallScreen)
        assert "14001516737" in desk.text()
        assert "朱勇" in desk.text()
        await desk.press("1")
        assert "莉莉" in desk.text()
        assert "14001516737" not in desk.text()


async def test_an_objection_opens_from_the_node_and_comes_back_to_it(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press(*"1111")
        before = data.value("SELECT json_extract(run, '$.place') FROM call")
        await desk.press("9")
        assert "不想改" in desk.text()
        await desk.press("1")
        assert data.value("SELECT json_extract(run, '$.place') FROM call") != before
        assert data.events(1).count("objection_raised") == 1
        await desk.press("backspace")
        assert data.value("SELECT json_extract(run, '$.place') FROM call") == before


async def test_digits_are_text_inside_the_note_and_choices_outside(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press("1", "tab")
        await desk.type("3 days")
        place = data.value("SELECT json_extract(run, '$.place') FROM call")
        await desk.press("enter")
        assert data.value("SELECT text FROM draft") == "3 days"
        assert data.value("SELECT json_extract(run, '$.place') FROM call") == place
        await desk.press("1")
        assert data.value("SELECT json_extract(run, '$.place') FROM call") != place


async def test_a_paused_call_is_taken_up_where_it_stood_with_its_note(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=one_case) as (desk, data):
        await desk.press("f3", "1", "1", "tab")
        await desk.type("waist")
        await desk.press("tab")
        place = data.value("SELECT json_extract(run, '$.place') FROM call")
        await desk.press("escape")
        assert isinstance(desk.screen, InboxScreen)
        await desk.press("f3")
        assert isinstance(desk.screen, CallScreen)
        assert data.value("SELECT json_extract(run, '$.place') FROM call") == place
        assert "waist" in desk.text()
        assert data.value("SELECT count(*) FROM contact") == 1


async def test_who_turns_to_another_case_with_a_call_open_is_led_to_the_call_and_told_why(tmp_path: Path) -> None:
    def two_cases(data: Desk) -> None:
        one_case(data)
        one_case(data)

    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=two_cases) as (desk, data):
        await desk.press("f3", "1", "escape", "down", "f3")
        assert isinstance(desk.screen, CallScreen)
        assert "it comes before the other case" in desk.text()
        assert data.value("SELECT count(*) FROM contact") == 1


async def test_key_0_ends_the_call_and_no_call_is_left_without_an_outcome(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=one_case) as (desk, data):
        await desk.press("f3", "1", "0", "0")
        assert isinstance(desk.screen, OutcomeScreen)
        await desk.press("escape")
        assert isinstance(desk.screen, CallScreen)
        await desk.press("0", "9", "2", "1")
        assert data.value("SELECT line FROM contact") == "other_person"


async def test_enter_alone_never_ends_a_call(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press("1", "enter", "enter")
        assert isinstance(desk.screen, CallScreen)
        assert data.value("SELECT json_extract(run, '$.ended') FROM call") == 0


async def test_at_night_the_rules_say_no_and_when_and_offer_nothing_else(tmp_path: Path) -> None:
    def at_night(data: Desk) -> None:
        data.now += 13 * HOUR
        one_case(data)

    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=at_night) as (desk, data):
        await desk.press("f3")
        assert isinstance(desk.screen, ContactScreen)
        assert "08:00–21:00" in desk.text()
        await desk.press("1", "2")
        assert data.value("SELECT count(*) FROM contact") == 0


async def test_at_noon_writing_is_offered_and_recorded(tmp_path: Path) -> None:
    def at_noon(data: Desk) -> None:
        data.now += 2 * HOUR + HOUR // 2
        one_case(data)

    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=at_noon) as (desk, data):
        await desk.press("f3", "1", "enter", "1")
        assert data.value("SELECT channel || '/' || line FROM contact") == "chat/sent"
        assert isinstance(desk.screen, InboxScreen)


async def test_the_agent_is_asked_for_a_name_before_the_first_call(tmp_path: Path) -> None:
    def nameless(data: Desk) -> None:
        data.world.change("agent", data.world.agent_id, name=None, title=None)
        one_case(data)

    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=nameless) as (desk, data):
        await desk.press("f3")
        await desk.type("Lili")
        await desk.press("enter")
        await desk.type("service")
        await desk.press("enter", "1")
        assert isinstance(desk.screen, CallScreen)
        assert data.value("SELECT name || title || role FROM agent") == "Liliserviceagent"


async def test_an_outcome_that_needs_a_time_asks_for_an_exact_one(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=one_case) as (desk, data):
        await desk.press("f3", "1", "0", "0")
        offered = next(line for line in desk.lines() if "Call back at a time" in line)
        await desk.press(offered.split()[0].lstrip("▌") or offered.split()[1], "2", "1")
        row = data.row(1)
        assert row["state"] == "scheduled"
        assert 0 <= data.now + 24 * HOUR - int(str(row["follow_up_at"])) < MINUTE
        assert data.value("SELECT channel FROM follow_up WHERE state = 'open'") == "phone"


async def test_a_note_typed_on_the_outcome_survives_going_back_to_the_call(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=one_case) as (desk, data):
        await desk.press("f3", "1", "0", "0", "tab")
        await desk.type("waist")
        await desk.press("enter", "escape")
        assert isinstance(desk.screen, CallScreen)
        assert "waist" in desk.text()
        await desk.press("0", "1")
        assert data.value("SELECT note FROM contact") == "waist"


async def test_a_note_to_a_message_without_an_outcome_is_there_when_it_is_taken_up(tmp_path: Path) -> None:
    def at_noon(data: Desk) -> None:
        data.now += 2 * HOUR + HOUR // 2
        one_case(data)

    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=at_noon) as (desk, data):
        await desk.press("f3", "1", "enter", "tab")
        await desk.type("photos")
        await desk.press("enter", "escape")
        assert isinstance(desk.screen, InboxScreen)
        await desk.press("f3")
        assert "photos" in desk.text()
        await desk.press("1")
        assert data.value("SELECT line || note FROM contact") == "sentphotos"


async def test_a_call_whose_script_is_lost_still_gets_its_outcome(tmp_path: Path) -> None:
    def damaged(data: Desk) -> None:
        one_case(data)
        call = data.casework.start_call(1)
        data.world.change("call", call.call_id, run="{}")

    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=damaged) as (desk, data):
        await desk.press("f3")
        assert "Record its outcome" in desk.text()
        assert isinstance(desk.screen, OutcomeScreen)
        await desk.press("9", "4", "1")
        assert data.value("SELECT line FROM contact") is not None


async def test_what_was_agreed_is_the_same_moment_however_long_the_call_is_paused(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=one_case) as (desk, data):
        await desk.press("f3", *"11111111")
        assert "10:06" not in desk.text()
        await desk.press("2")
        assert "明天" in _said(desk)
        assert "10:06" in _said(desk)
        data.now += 14 * HOUR + 30 * MINUTE
        await desk.press("escape", "f3")
        assert "今天" in _said(desk)
        assert "10:06" in _said(desk)
        await desk.press("1", "enter")
        day_later = data.value("SELECT (started_at + 86400000) / 60000 * 60000 FROM call")
        assert data.value("SELECT due_at FROM promise") == day_later


def _said(desk: Screens) -> str:
    return next(line for line in desk.lines() if line.startswith(" ▌"))
