"""A script of one's own is tried on a copy of a case: the words are the file's, and the case stays as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.screen import Screen

from data.playbook.authoring import copied
from data.playbook.check import proved
from data.playbook.load import load
from data.rehearsal.scratch import copy_of
from screens.call import CallScreen
from screens.rehearsal import Ground
from screens.trying import TryScreen
from screens.workplace import Workplace
from tests.data.casework.desk import HOUR, Desk
from tests.screens.real import at_work
from tests.screens.test_call import one_case
from tests.screens.test_rehearsal import everything
from tui.practice import place_in


def worked_case(data: Desk) -> None:
    """A case that was called about before, whose buyer wants no more calls."""
    one_case(data)
    call = data.casework.start_call(1)
    data.now += HOUR
    remedy = {"case_id": 1, "agent_id": data.world.agent_id, "kind": "agreed", "state": "accepted"}
    data.world.insert("remedy", **remedy, offered_at=data.now, accepted_at=data.now, due_at=data.now + HOUR)
    promise = {"case_id": 1, "contact_id": call.contact_id, "by_whom": "us", "kind": "remedy", "state": "open"}
    data.world.insert("promise", **promise, made_at=data.now, due_at=data.now + HOUR)
    data.world.change("contact", call.contact_id, ended_at=data.now, line="right_party", standing="refused_firm")
    data.world.change("call", call.call_id, ended_at=data.now, state="ended")
    data.world.change("buyer", 1, do_not_contact_at=data.now)
    data.world.change("review_case", 1, state="closed", open=0, closed_at=data.now, result="do_not_contact")


def opening(folder: Path) -> Any:
    file = copied("zh", folder / "mine")

    def open_it(place: Workplace, data: Desk) -> Screen[Any]:
        def make() -> Ground:
            agent = place.reads.agent(place.agent_id)
            scratch = copy_of(data.store, 1, agent, proved(load(file)), place.settings, place.clock)
            return Ground(place_in(scratch, place.copy), scratch.case_id, scratch.close)

        return TryScreen(place, str(file), 1, make)

    return open_it


async def test_a_script_is_tried_on_a_copy_and_its_changed_words_are_spoken_at_once(tmp_path: Path) -> None:
    file = tmp_path / "mine" / "standard.zh.toml"
    async with at_work(tmp_path, opening(tmp_path), prepare=worked_case) as (desk, data):
        before = everything(data)
        call = desk.screen
        assert isinstance(call, CallScreen)
        assert "太短了" in desk.text()
        assert "14001516737" not in desk.text()
        assert "朱勇" not in desk.text()
        await desk.press("1")
        await desk.press("escape")
        assert isinstance(desk.screen, TryScreen)
        text = file.read_text("utf-8")
        for said, other in zip(
            load(file).node("dial").say, ("想找{name}说两句,是您吗?", "想找一下{name}。"), strict=True
        ):
            text = text.replace(said, other, 1)
        file.write_text(text, encoding="utf-8")
        await desk.press("enter")
        assert isinstance(desk.screen, CallScreen)
        assert "想找" in desk.text()
        await desk.press("escape")
        assert everything(data) == before


async def test_a_mistake_in_the_file_is_said_and_mended_without_leaving(tmp_path: Path) -> None:
    file = tmp_path / "mine" / "standard.zh.toml"
    async with at_work(tmp_path, opening(tmp_path), prepare=one_case) as (desk, _data):
        await desk.press("escape")
        text = file.read_text("utf-8")
        file.write_text(text.replace('to = "introduce"', 'to = "nowhere_at_all"', 1), encoding="utf-8")
        await desk.press("enter")
        assert "nowhere_at_all" in desk.text()
        await desk.press("escape")
        file.write_text(text, encoding="utf-8")
        if not isinstance(desk.screen, TryScreen):
            await desk.press("escape")
        await desk.press("enter")
        assert isinstance(desk.screen, CallScreen)
