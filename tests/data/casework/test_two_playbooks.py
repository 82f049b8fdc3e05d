"""Two scripts side by side: a stable share of the cases follows the second, on every call."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.casework.entrance import SqlCasework
from data.clock import Clock
from data.errors import PlaybookError
from data.outcomes import LineResult, Standing
from data.playbook.authoring import copied, follows_second, in_folder
from data.playbook.check import check
from data.playbook.load import from_text, load
from data.playbook.sources import SHIPPED
from data.protocols import Disposition
from data.settings import Playbooks, Settings
from tests.data.casework.desk import DAY, SMALL_PLAYBOOK, Desk

SECOND = from_text(SMALL_PLAYBOOK.replace('id = "small"', 'id = "other"'), "other.toml")


def casework(desk: Desk, share: int) -> SqlCasework:
    """Casework that tries the second script on a share of the cases."""
    settings = replace(Settings(), playbooks=Playbooks(second="~/tried", share=share))
    clock = Clock(lambda: desk.now)
    return SqlCasework(
        desk.store, clock, settings, desk.world.agent_id, lambda _spoken: desk.playbook, lambda _: SECOND
    )


@given(st.integers(1, 10**9), st.integers(0, 100), st.integers(0, 100))
def test_a_larger_share_keeps_the_cases_of_a_smaller_one(case_id: int, one: int, other: int) -> None:
    less, more = sorted((one, other))
    assert follows_second(case_id, more) or not follows_second(case_id, less)
    assert follows_second(case_id, 100)
    assert not follows_second(case_id, 0)


def test_a_share_is_about_as_many_cases_as_it_says() -> None:
    assert 2_800 < sum(follows_second(case_id, 30) for case_id in range(10_000)) < 3_200


def test_every_call_of_a_case_follows_the_same_script_and_says_which(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "shop.db")
    working = casework(desk, 50)
    for _case in range(6):
        case_id = desk.case()
        for _call in range(2):
            opened = working.start_call(case_id)
            wanted = SECOND if follows_second(case_id, 50) else desk.playbook
            assert opened.playbook_hash == wanted.hash
            assert desk.value("SELECT playbook FROM call WHERE id = ?", opened.call_id) == wanted.id
            working.record_outcome(opened.contact_id, Disposition(LineResult.BUSY, Standing.UNREACHABLE_RETRY))
            desk.now += DAY
    assert desk.value("SELECT count(DISTINCT playbook) FROM call") == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_copy_has_an_id_of_its_own_and_says_the_same(language: str, tmp_path: Path) -> None:
    file = copied(language, tmp_path / "ours")
    assert file == in_folder(tmp_path / "ours", language)
    playbook, shipped = load(file), load(in_folder(SHIPPED, language))
    assert playbook.id == f"ours.{language}"
    assert playbook.by_id.keys() == shipped.by_id.keys()
    assert check(playbook).findings == ()
    with pytest.raises(PlaybookError, match="not written over"):
        copied(language, tmp_path / "ours")
