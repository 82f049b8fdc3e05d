"""The inbox, driven by keys."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.clock import HOUR
from data.errors import Refused
from data.rows import Filter, View
from data.settings import General, Settings
from screens.case_listing import REST
from screens.choose import Choose
from screens.workplace import Doors
from tests.screens.desk import desk
from tests.screens.shop import COLLEAGUE, ME, NOW, Shop, case_row


def shop_of(count: int = 40) -> Shop:
    return Shop([case_row(number) for number in range(count)])


async def test_the_first_rows_stand_with_what_is_due_first_on_top() -> None:
    async with desk(shop_of()) as d:
        first = d.lines()[5]
        assert first.startswith("▌")
        assert "-1:10" in first
        assert d.inbox.rows.current is not None


async def test_the_views_have_their_counts() -> None:
    async with desk(shop_of()) as d:
        assert "1 To do 40" in d.lines()[2]
        await d.press("3")
        assert d.inbox.view is View.DUE_SOON
        assert len(d.inbox.rows.shown) == 4


async def test_tab_turns_the_views_and_comes_round() -> None:
    async with desk(shop_of()) as d:
        await d.press("tab")
        views = [d.inbox.view]
        await d.press("shift+tab", "shift+tab")
        views.append(d.inbox.view)
        assert views == [View.MINE, View.TO_VERIFY]


async def test_the_preview_follows_once_the_keys_rest() -> None:
    async with desk(shop_of()) as d:
        d.shop.asked.clear()
        await d.press("down", "down")
        assert ("case", 3) not in d.shop.asked
        await d.pilot.pause(REST * 2)
        await d.settled()
        assert ("case", 3) in d.shop.asked
        assert ("case", 2) not in d.shop.asked
        assert "“安装师傅态度差" in d.text()


async def test_space_claims_and_gives_back() -> None:
    async with desk(shop_of()) as d:
        await d.press("down", "space")
        assert d.shop.done == [("claim", 2, ME, "莉莉")]
        assert d.rule_says("claimed 2")
        assert "莉莉" in d.lines()[6]
        await d.press("space")
        assert d.shop.done[-1][:2] == ("release", 2)


async def test_a_second_claim_is_refused_and_names_the_holder() -> None:
    shop = shop_of()
    shop.rows[1] = replace(shop.rows[1], owner_id=COLLEAGUE, owner="阿明")
    async with desk(shop) as d:
        await d.press("space")
        assert d.rule_says("阿明 has this case.")


async def test_a_refusal_that_is_too_long_for_the_rule_has_a_screen_of_its_own() -> None:
    shop = shop_of()
    shop.refusing["claim"] = Refused("Not now", "A long reason. " * 12, "Do something else.")
    async with desk(shop) as d:
        await d.press("space")
        assert "Not now" in d.text()
        assert "Do something else." in d.text()
        await d.press("enter")
        assert d.inbox.rows.current is not None


async def test_backspace_undoes_the_last_act() -> None:
    async with desk(shop_of()) as d:
        await d.press("space", "backspace")
        assert d.shop.done[-1][:2] == ("undo", 1)
        assert d.rule_says("undone")


async def test_backspace_takes_the_filter_away_before_it_undoes_what_was_done_before_it() -> None:
    async with desk(shop_of()) as d:
        await d.press("space", "f6", "1", "2", "backspace")
        assert d.inbox.narrowed == Filter()
        assert d.shop.done[-1][0] == "claim"


async def test_a_filter_is_picked_by_numbers_and_told_in_words() -> None:
    async with desk(shop_of()) as d:
        await d.press("f6", "1", "2")
        assert d.inbox.narrowed.platform == "taobao"
        assert "Only Taobao" in d.lines()[3]
        assert {row.platform for row in d.inbox.rows.shown} == {"taobao"}
        await d.press("escape")
        assert not d.inbox.narrowed


async def test_cases_that_nobody_has_can_be_filtered() -> None:
    shop = shop_of()
    shop.rows[1] = replace(shop.rows[1], owner_id=COLLEAGUE, owner="阿明")
    async with desk(shop) as d:
        await d.press("f6", "4", "2")
        assert 1 not in {row.case_id for row in d.inbox.rows.shown}
        await d.press("f6", "4", "4")
        assert [row.case_id for row in d.inbox.rows.shown] == [1]


async def test_a_search_takes_digits_as_text_and_finds_while_one_types() -> None:
    shop = shop_of()
    shop.rows[7] = replace(shop.rows[7], text="等了18天")
    async with desk(shop) as d:
        await d.press("slash")
        await d.type("18")
        await d.rested()
        assert [row.case_id for row in d.inbox.rows.shown] == [7]
        assert d.inbox.view is View.ALL
        await d.press("enter")
        assert "Only “18”" in d.lines()[3]
        assert d.inbox.focused is d.inbox.rows


async def test_while_one_types_nothing_else_is_repainted() -> None:
    async with desk(shop_of()) as d:
        before = d.lines()
        await d.press("slash")
        d.inbox.show_header()
        await d.settled()
        assert d.inbox.typing
        d.inbox._minute_passed()
        assert d.lines()[5:20] == before[5:20]


async def test_a_search_is_kept_by_tab_too_and_opened_again_with_its_text() -> None:
    async with desk(shop_of()) as d:
        await d.press("f5")
        await d.type("t**3")
        await d.press("tab", "f5")
        assert "t**3" in d.lines()[3]


async def test_what_was_found_stands_from_its_first_row_however_far_down_the_list_was() -> None:
    async with desk(shop_of(200)) as d:
        await d.press("pagedown", "pagedown", "pagedown", "down", "slash")
        await d.type("t**3")
        await d.pilot.press("enter")
        await d.rested()
        assert [row.case_id for row in d.inbox.rows.shown][:3] == [4, 14, 24]
        assert d.inbox.rows.current is not None
        assert d.inbox.rows.current.case_id == 4


async def test_a_search_that_was_cut_off_is_taken_up_again() -> None:
    shop = shop_of()
    async with desk(shop) as d:
        await d.press("slash")
        await d.type("t**3")
        await d.rested()
        assert shop.drafts["search", 0] == "t**3"
    async with desk(shop) as d:
        assert not d.inbox.narrowed
        await d.press("slash")
        assert {row.nick for row in d.inbox.rows.shown} == {"t**3"}
        await d.press("enter")
        assert shop.drafts["search", 0] == ""


async def test_the_first_rows_are_read_once() -> None:
    async with desk(shop_of(20)) as d:
        assert [what for what, *_rest in d.shop.asked].count("page") == 1


async def test_later_takes_the_case_off_the_list_until_the_time_that_was_picked() -> None:
    async with desk(shop_of()) as d:
        await d.press("f7", "1")
        assert d.shop.done[0][:2] == ("snooze", 1)
        assert NOW + HOUR in d.shop.done[0]
        assert d.inbox.rows.current is not None
        assert d.inbox.rows.current.case_id == 2


async def test_the_cursor_stays_at_its_place_when_a_case_comes_back_further_down() -> None:
    async with desk(Shop([case_row(number, owner_id=ME, owner="莉莉") for number in range(4)])) as d:
        await d.press("2", "down")
        rows = d.inbox.rows
        assert rows.current is not None
        later = rows.current.case_id
        await d.press("f7", "7")
        assert later in [row.case_id for row in rows.shown]
        assert rows.current.case_id != later
        assert rows.shown.index(rows.current) == 1


async def test_copy_takes_the_order_number_and_shows_it() -> None:
    async with desk(shop_of()) as d:
        await d.press("f8", "1")
        assert d.copied == ["4604347058083367001"]
        assert d.rule_says("4604347058083367001")


async def test_what_the_terminal_cannot_copy_is_shown_to_be_marked_by_hand() -> None:
    async with desk(shop_of(), copy=lambda text: False) as d:
        await d.press("f8", "2")
        assert d.rule_says("t**0")
        assert d.rule_says("cannot copy")


async def test_the_list_of_acts_runs_an_act_by_its_number() -> None:
    async with desk(shop_of()) as d:
        await d.press("0")
        assert isinstance(d.screen, Choose)
        await d.press("2")
        assert d.shop.done == [("claim", 1, ME, "莉莉")]


@pytest.mark.parametrize("key", ["f9", "question_mark", "0"])
async def test_each_of_its_keys_opens_the_list_of_acts(key: str) -> None:
    async with desk(shop_of()) as d:
        await d.press(key)
        assert "Keys: Inbox" in d.text()


async def test_the_list_of_acts_says_why_one_cannot_be_done() -> None:
    async with desk(Shop([])) as d:
        assert "Nothing needs anything now." in d.text()
        await d.press("space")
        assert d.rule_says("The list is empty.")
        await d.press("0", "2")
        assert d.rule_says("The list is empty.")


async def test_the_next_case_is_claimed_and_a_released_one_is_passed_over() -> None:
    async with desk(shop_of()) as d:
        await d.press("space", "space", "f2")
        assert d.shop.done[-1][:2] == ("claim", 2)


async def test_enter_opens_the_door_to_the_buyer() -> None:
    opened: list[int] = []

    def buyer(place: object, case_id: int) -> Choose[int]:
        opened.append(case_id)
        return Choose(place, "Buyer", [])  # type: ignore[arg-type]

    async with desk(shop_of(), doors=Doors(buyer=buyer)) as d:
        await d.press("down", "enter")
        assert opened == [2]


async def test_what_others_changed_appears_when_the_screen_is_back() -> None:
    shop = shop_of()
    async with desk(shop) as d:
        await d.press("f9")
        shop.rows[1] = replace(shop.rows[1], owner_id=COLLEAGUE, owner="阿明")
        await d.press("escape")
        assert "阿明" in d.lines()[5]


async def test_a_key_of_ones_own_takes_the_place_of_the_shipped_one() -> None:
    settings = replace(Settings(), keys={"inbox.claim": "f6", "inbox.filter": "f3", "inbox.call": "ctrl+t"})
    async with desk(shop_of(), settings=settings) as d:
        assert d.foot_says("F6 Claim")
        await d.press("f6")
        assert d.shop.done[0][0] == "claim"


async def test_letters_do_nothing_when_they_are_switched_off() -> None:
    settings = replace(Settings(), general=General(letters=False))
    async with desk(shop_of(), settings=settings) as d:
        await d.press("j")
        assert d.inbox.rows.current is not None
        assert d.inbox.rows.current.case_id == 1
        await d.press("q")
        assert d.app.is_running
        await d.press("down")
        assert d.inbox.rows.current.case_id == 2


async def test_every_act_has_an_id_a_label_and_a_word_of_help() -> None:
    async with desk(shop_of()) as d:
        assert len({act.id for act in d.inbox.acts}) == len(d.inbox.acts)
        assert all(act.id and act.label and act.help for act in d.inbox.acts)
