"""Views of one's own: saved, renamed and deleted by their owner alone."""

from __future__ import annotations

import pytest

from data.casework.saved_views import AT_MOST
from data.errors import QueryError, Refused
from data.reads import SqlReads
from data.rows import SavedView
from tests.data.casework.desk import Desk
from tests.data.reads.conftest import SHANGHAI


def _views(desk: Desk, agent_id: int | None = None) -> list[SavedView]:
    return list(SqlReads(desk.store, zone=SHANGHAI).saved_views(agent_id or desk.world.agent_id))


def test_a_view_is_kept_in_its_canonical_form(desk: Desk) -> None:
    desk.casework.save_view("  急件 ", "评级：差 期限:<2小时")
    assert _views(desk) == [SavedView("急件", "grade:bad due:<2h", 1)]


def test_a_view_is_renamed_and_deleted(desk: Desk) -> None:
    desk.casework.save_view("急件", "due:<2h")
    desk.casework.rename_view(1, "很急")
    desk.casework.rename_view(1, "很急")
    assert [view.name for view in _views(desk)] == ["很急"]
    assert desk.casework.delete_view(1).said
    assert _views(desk) == []


def test_a_name_stands_for_one_view(desk: Desk) -> None:
    desk.casework.save_view("急件", "due:<2h")
    desk.casework.save_view("差评", "grade:bad")
    with pytest.raises(Refused, match="急件"):
        desk.casework.save_view("急件", "grade:bad")
    with pytest.raises(Refused, match="急件"):
        desk.casework.rename_view(2, "急件")
    with pytest.raises(Refused):
        desk.casework.save_view(" ", "grade:bad")


def test_what_is_no_query_is_not_saved(desk: Desk) -> None:
    with pytest.raises(QueryError):
        desk.casework.save_view("错", "grde:bad")
    with pytest.raises(Refused):
        desk.casework.save_view("空", "  ")


def test_a_view_belongs_to_its_agent(desk: Desk) -> None:
    other = desk.casework_of(desk.world.agent("aming"))
    desk.casework.save_view("急件", "due:<2h")
    other.save_view("急件", "grade:bad")
    with pytest.raises(Refused):
        other.delete_view(1)
    with pytest.raises(Refused):
        other.rename_view(1, "别的")
    assert [view.query for view in _views(desk)] == ["due:<2h"]


def test_there_is_an_end_to_views(desk: Desk) -> None:
    for number in range(AT_MOST):
        desk.casework.save_view(f"v{number}", "due:<2h")
    with pytest.raises(Refused, match=str(AT_MOST)):
        desk.casework.save_view("one more", "due:<2h")
