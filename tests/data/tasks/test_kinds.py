"""The table of tasks: whole, decent, and nothing in it knows the review."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import ContentError
from data.lint import lint
from data.remedies.catalogue import catalogue
from data.tasks import kinds as module
from data.tasks.kinds import brought_by, kinds, load
from data.vocabulary import Cause, RemedyKind, TaskKind

TABLE = Path(module.__file__ or "").with_name("kinds.toml")


def test_every_kind_has_its_words_in_both_languages() -> None:
    assert list(kinds()) == list(TaskKind)
    for kind in kinds().values():
        assert kind.source
        for words in (kind.zh, kind.en):
            assert words.title
            assert words.do
            assert tuple(words.results) == kind.results


def test_what_buyers_are_told_passes_the_promise_linter_on_every_platform() -> None:
    for kind in kinds().values():
        for result in kind.results:
            for language in ("zh", "en"):
                assert not lint(kind.told(result, "加绒卫裤", language), platform=None), kind.kind


def test_logistics_service_authenticity_and_batches_bring_their_tasks() -> None:
    assert [each.kind for each in brought_by(Cause.TRANSIT_SLOW)] == [TaskKind.CARRIER_COMPLAINT]
    assert [each.kind for each in brought_by(None, ["invoice"])] == [TaskKind.INVOICE]
    assert brought_by(Cause.PRICE) == ()
    assert brought_by(None) == ()


def test_every_remedy_that_brings_a_task_is_in_the_catalogue_or_a_kind_of_it() -> None:
    for kind in kinds().values():
        assert kind.remedies <= set(catalogue().entries) | set(RemedyKind) - {RemedyKind.CHECK}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('causes = ["Q5"]', 'causes = ["Q55"]', "Q55"),
        ("due_days = 3", "due_days = 0", "due_days"),
        ("[invoice]", "[receipt]", "invoice"),
        ('tell = "您要的发票:{result}。"', 'tell = "好"', "result"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, before: str, after: str, says: str) -> None:
    path = tmp_path / "kinds.toml"
    path.write_text(TABLE.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        load(path)
