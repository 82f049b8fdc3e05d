"""The agenda and the quiet line of what falls due, on a real small shop and by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.agenda import AgendaView
from data.language import choose_language
from screens.agenda import AgendaScreen
from screens.base import DeskScreen
from screens.buyer import BuyerScreen
from screens.call import CallScreen
from screens.contact import ContactScreen
from screens.inbox import InboxScreen
from tests.data.casework.desk import DAY, HOUR, MINUTE
from tests.data.casework.desk import Desk as Data
from tests.screens.desk import Desk
from tests.screens.real import at_work
from tests.screens.shop import HOSTILE
from widgets.cells import width

SIZES = [(80, 24), (100, 30), (160, 50), (40, 12)]


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The screen's language, put back afterwards."""
    yield choose_language(request.param)
    choose_language("en")


def due(data: Data, at: int, *, mine: bool = True, kind: str = "callback", text: str = "太短了") -> int:
    """A case with a follow-up at a time."""
    owner = data.world.agent_id if mine else None
    world = data.world
    review = world.review(world.buyer(nick=text), text=text, created_at=data.now - 2 * DAY)
    case = world.case(review, owner_id=owner, state="scheduled", follow_up_at=at, due_at=at)
    world.insert("follow_up", case_id=case, kind=kind, state="open", due_at=at, set_at=data.now)
    return case


def a_week(data: Data) -> None:
    """One overdue, two today, two tomorrow, one in five days; and one today that is nobody's."""
    for at in (-70 * MINUTE, HOUR, 2 * HOUR, DAY, DAY + HOUR, 5 * DAY):
        due(data, data.now + at)
    due(data, data.now + 3 * HOUR, mine=False, kind="satisfaction")


def agenda(desk: Desk) -> AgendaScreen:
    assert isinstance(desk.screen, AgendaScreen)
    return desk.screen


def listed(desk: Desk) -> list[str]:
    """The lines of the list."""
    return [each for each in agenda(desk).rows.text().splitlines()[1:] if each]


def resting_on_a_heading(desk: Desk) -> bool:
    current = agenda(desk).rows.current
    return current is None or current.heads


async def test_what_is_overdue_stands_first_and_every_day_has_its_heading(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: AgendaScreen(place), prepare=a_week) as (desk, _data):
        lines = listed(desk)
        assert lines[0].strip() == "Overdue"
        assert lines[1].startswith("▌")
        assert "-1:10" in lines[1]
        assert "Call back" in lines[1]
        assert lines[2].strip().startswith("Today Wed 11-18")
        assert len(lines) == 5
        await desk.press("2")
        heads = [each.strip() for each in listed(desk) if "Call back" not in each]
        assert heads == ["Overdue", "Today Wed 11-18", "Tomorrow Thu 11-19", "Mon 11-23"]


async def test_digits_and_tab_show_mine_or_anyones_today_or_the_week_with_their_counts(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: AgendaScreen(place), prepare=a_week) as (desk, _data):
        tabs = desk.lines()[2]
        assert [part for part in tabs.split() if part.isdigit()] == ["1", "3", "2", "7", "6", "3", "4", "4", "7", "7"]
        for key, view in (("3", AgendaView.ALL_DAY), ("tab", AgendaView.ALL_WEEK), ("tab", AgendaView.MY_DAY)):
            await desk.press(key)
            assert agenda(desk).view is view
        await desk.press("3")
        assert "Ask whether all is well" in desk.text()


async def test_the_cursor_passes_over_headings_both_ways_and_home_and_end_find_entries(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: AgendaScreen(place), prepare=a_week) as (desk, _data):
        await desk.press("2")
        rows = agenda(desk).rows
        seen = []
        for _step in range(8):
            assert rows.row is not None
            assert not resting_on_a_heading(desk)
            seen.append(rows.row.case_id)
            await desk.press("down")
        assert seen == [1, 2, 3, 4, 5, 6, 6, 6]
        for key, at in (("home", 1), ("end", 6), ("up", 5), ("up", 4), ("up", 3), ("pageup", 1), ("up", 1)):
            await desk.press(key)
            assert rows.row is not None
            assert rows.row.case_id == at, key
            assert not resting_on_a_heading(desk)


async def test_pages_flip_through_hundreds_and_never_rest_on_a_heading(tmp_path: Path) -> None:
    def many(data: Data) -> None:
        for number in range(180):
            due(data, data.now + number * 50 * MINUTE)

    async with at_work(tmp_path, lambda place, _data: AgendaScreen(place), prepare=many) as (desk, _data):
        await desk.press("2")
        rows = agenda(desk).rows
        seen: list[int] = []
        for _page in range(20):
            assert not resting_on_a_heading(desk)
            seen += [each.row.case_id for each in rows.shown if not each.heads]
            before = rows.row
            await desk.press("pagedown")
            if rows.row == before:
                break
        week = sorted(set(seen))
        assert week == list(range(1, len(week) + 1))
        assert len(week) > 150


async def test_enter_opens_the_case_and_f3_calls(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: AgendaScreen(place), prepare=a_week) as (desk, _data):
        await desk.press("enter")
        assert isinstance(desk.screen, BuyerScreen)
        await desk.press("backspace")
        assert isinstance(desk.screen, AgendaScreen)
        await desk.press("f3")
        assert isinstance(desk.screen, ContactScreen | CallScreen)


async def test_f7_puts_it_off_and_the_agenda_follows(tmp_path: Path) -> None:
    def one_to_put_off(data: Data) -> None:
        case = data.case(state="working", owner_id=data.world.agent_id, due_at=data.now, follow_up_at=data.now)
        data.world.insert("follow_up", case_id=case, kind="retry", state="open", due_at=data.now, set_at=data.now)

    async with at_work(tmp_path, lambda place, _data: AgendaScreen(place), prepare=one_to_put_off) as (desk, data):
        await desk.press("f7", "1")
        if data.row(1)["state"] != "scheduled":  # not an arrow from here: it is said, and nothing has changed
            assert "✖" in desk.lines()[-2]
            return
        assert desk.rule_says("Back on")
        assert "Back on the list" in listed(desk)[1]


async def test_an_empty_agenda_says_which_key_leads_on(tmp_path: Path, language: str) -> None:
    async with at_work(tmp_path, lambda place, _data: AgendaScreen(place)) as (desk, _data):
        told = {"en": ("Nothing of yours falls due today.", "2 shows"), "zh_CN": ("今天没有你要办的", "2 看七天内")}
        for part in told[language]:
            assert part in desk.text()
        await desk.press("enter", "f3", "f7")
        assert desk.rule_says({"en": "The list is empty.", "zh_CN": "列表是空的"}[language][:5])


async def test_the_inbox_leads_to_it_by_a_key_and_every_screen_by_its_name(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=a_week) as (desk, _data):
        await desk.press("t")
        assert isinstance(desk.screen, AgendaScreen)
        await desk.press("0")
        assert isinstance(desk.screen, InboxScreen)
        await desk.press("ctrl+p")
        await desk.type("agenda")
        await desk.press("enter")
        assert isinstance(desk.screen, AgendaScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_texts_leave_every_line_inside_the_screen(
    tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    def hostile(data: Data) -> None:
        for number, text in enumerate(HOSTILE):
            due(data, data.now + number * HOUR, text=text)

    async with at_work(tmp_path, lambda place, _data: AgendaScreen(place), size=size, prepare=hostile) as (desk, _data):
        for _entry in HOSTILE:
            agenda(desk).rested()
            await desk.settled()
            assert all(width(each) <= size[0] and each.replace("\u3000", "").isprintable() for each in desk.lines())
            await desk.press("down")


# The quiet line


async def minute_passes(desk: Desk, data: Data, minutes: int = 1) -> None:
    """The clock moves on and every screen hears of it."""
    data.now += minutes * MINUTE
    screen = desk.screen
    assert isinstance(screen, DeskScreen)
    screen._minute_passed()
    await desk.settled()


def soon(data: Data) -> None:
    """Something of mine falls due in a minute, and something else in two, of a colleague's."""
    due(data, data.now + MINUTE)
    due(data, data.now + 2 * MINUTE, mine=False)


async def test_what_falls_due_is_said_once_in_one_quiet_line(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=soon) as (desk, data):
        assert not desk.rule_says("Call back")
        await minute_passes(desk, data)
        assert desk.rule_says("Call back")
        await desk.press("down")
        await desk.press("r")
        assert not desk.rule_says("Call back")
        for _minute in range(3):
            await minute_passes(desk, data)
            assert not desk.rule_says("Call back")


async def test_it_waits_while_somebody_types_and_comes_when_the_field_is_left(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=soon) as (desk, data):
        await desk.press("f5")
        await desk.rested()
        before = desk.lines()
        await minute_passes(desk, data)
        assert desk.lines() == before
        await desk.press("escape")
        assert desk.rule_says("Call back")


async def test_it_waits_while_a_call_is_under_way(tmp_path: Path) -> None:
    def calling(data: Data) -> None:
        data.case()
        soon(data)

    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 1), prepare=calling) as (desk, data):
        assert isinstance(desk.screen, ContactScreen | CallScreen)
        await minute_passes(desk, data)
        assert not desk.rule_says("Call back")
        await desk.press("f9")
        await minute_passes(desk, data)
        assert not desk.rule_says("Call back")


async def test_it_does_not_take_the_place_of_what_was_just_said(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=soon) as (desk, data):
        data.now += MINUTE - 5_000
        assert isinstance(desk.screen, InboxScreen)
        desk.screen.say("just said")
        data.now += 6_000
        desk.screen._minute_passed()
        await desk.settled()
        assert desk.rule_says("just said")
        await minute_passes(desk, data)
        assert desk.rule_says("Call back")


async def test_a_minute_in_which_nothing_falls_due_changes_nothing_but_the_time(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place)) as (desk, data):
        before = desk.lines()
        await minute_passes(desk, data)
        assert desk.lines()[1:] == before[1:]
