"""One act on several cases: the same as one by one, said beforehand, and one act in the log."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.casework import portions
from data.casework.bulk import Pace
from data.casework.entrance import SqlCasework
from data.errors import Refused
from data.rows import Done
from data.several import AT_MOST, Task, Verb
from data.vocabulary import Cause, FollowUpKind, State
from tests.data.casework.desk import DAY, HOUR, MINUTE, Desk, desk_in


class OneByTwo(Pace):
    """Portions of two cases, so that a few cases take several transactions."""

    def took(self, count: int, seconds: float) -> None:
        self.size = 2


@dataclass(frozen=True)
class Standing:
    """How a case stands before anything is done."""

    state: State
    owner: str
    """nobody, me, or ming; `late` when ming's claim has run out."""
    follow_ups: int
    cause: Cause | None


STANDINGS = st.lists(
    st.builds(
        Standing,
        st.sampled_from(State),
        st.sampled_from(["nobody", "me", "ming", "late"]),
        st.integers(0, 2),
        st.sampled_from([None, Cause.SIZE]),
    ),
    min_size=1,
    max_size=7,
)
VERBS = st.sampled_from(Verb)


@contextmanager
def shop(standings: list[Standing], *, role: str = "agent") -> Iterator[tuple[Desk, list[int], int]]:
    """A desk with cases standing so, and a colleague's number."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(portions, "Pace", lambda: OneByTwo(size=2))
        for desk in desk_in(Path(folder)):
            desk.world.change("agent", desk.world.agent_id, role=role)
            ming = desk.world.agent("ming", name="阿明")
            owners = {"nobody": None, "me": desk.world.agent_id, "ming": ming, "late": ming}
            cases = []
            for each in standings:
                lease = {"lease_until": desk.now - HOUR} if each.owner == "late" else {}
                case_id = desk.case(state=each.state, owner_id=owners[each.owner], cause=each.cause, **lease)
                for number in range(each.follow_ups):
                    desk.world.insert(
                        "follow_up",
                        case_id=case_id,
                        kind=FollowUpKind.RETRY,
                        state="open",
                        due_at=desk.now + (number + 1) * HOUR,
                        set_at=desk.now,
                    )
                    desk.world.change("review_case", case_id, follow_up_at=desk.now + HOUR)
                cases.append(case_id)
            yield desk, cases, ming


def task_of(verb: Verb, desk: Desk, ming: int) -> Task:
    return Task(verb, until=desk.now + DAY, cause=Cause.DEFECT, to=ming, note="请接着跟")


def singly(casework: SqlCasework, task: Task, case_id: int) -> Done:
    """The same act by the single verb."""
    match task.verb:
        case Verb.CLAIM:
            return casework.claim(case_id)
        case Verb.RELEASE:
            return casework.release(case_id)
        case Verb.SNOOZE:
            return casework.snooze(case_id, task.until or 0)
        case Verb.CAUSE:
            return casework.set_cause(case_id, task.cause)
        case Verb.HAND_OVER:
            return casework.hand_over(case_id, task.to or 0, task.note)


def table(desk: Desk, name: str, *without: str) -> list[dict[str, Any]]:
    cursor = desk.world.connection.execute(f"SELECT * FROM {name} ORDER BY 1")
    names = [column[0] for column in cursor.description]
    return [{key: value for key, value in zip(names, row, strict=True) if key not in without} for row in cursor]


def everything(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """All that acts write, apart from what ties events to one act."""
    return {
        "cases": table(desk, "review_case"),
        "follow_ups": table(desk, "follow_up"),
        "notes": table(desk, "note"),
        "events": table(desk, "event", "act_id", "text_hash", "previous_hash", "hash"),
        "texts": table(desk, "event_text", "salt"),
    }


@given(STANDINGS, VERBS, st.sampled_from(["agent", "lead"]))
@settings(max_examples=18, deadline=None)
def test_several_at_once_give_what_they_give_one_by_one(standings: list[Standing], verb: Verb, role: str) -> None:
    with shop(standings, role=role) as (at_once, cases, ming), shop(standings, role=role) as (apart, same, _ming):
        assert cases == same
        task = task_of(verb, at_once, ming)
        told = at_once.casework.plan(task, cases)
        refused = 0
        for case_id in cases:
            try:
                singly(apart.casework, task, case_id)
            except Refused:
                refused += 1
        assert (told.ready, told.passed_over) == (len(cases) - refused, refused)
        if told.ready:
            assert at_once.casework.several(task, cases).undoable
        else:
            with pytest.raises(Refused):
                at_once.casework.several(task, cases)
        assert everything(at_once) == everything(apart)
        assert at_once.faults() == []


@given(STANDINGS, VERBS)
@settings(max_examples=13, deadline=None)
def test_undo_takes_all_back_at_once_and_redo_does_all_again(standings: list[Standing], verb: Verb) -> None:
    with shop(standings) as (desk, cases, ming):
        first = states(desk)
        try:
            desk.casework.several(task_of(verb, desk, ming), cases)
        except Refused:
            return
        done = states(desk)
        for _time in range(2):
            desk.casework.undo()
            assert states(desk) == first
            with pytest.raises(Refused):
                desk.casework.undo()
            desk.casework.redo()
            assert states(desk) == done
            with pytest.raises(Refused):
                desk.casework.redo()
        assert desk.faults() == []


def states(desk: Desk) -> tuple[object, ...]:
    """Where the cases stand and what is to follow; notes stay, and so does the log."""
    cases = table(desk, "review_case", "last_event_id")
    opened = [row for row in table(desk, "follow_up") if row["state"] == "open"]
    return cases, opened


def test_what_is_left_out_is_said_with_the_reasons_the_most_first(desk: Desk) -> None:
    ming = desk.world.agent("ming", name="阿明")
    free = [desk.case() for _case in range(2)]
    held = [desk.case(owner_id=ming) for _case in range(3)]
    closed = [desk.case(state="closed")]
    told = desk.casework.plan(Task(Verb.CLAIM), [*held, *closed, *free, 999])
    assert told.ready == 2
    assert [(each.why, each.count) for each in told.left_out] == [
        ("with 阿明", 3),
        ("closed", 1),
        ("no longer there", 1),
    ]
    assert desk.casework.several(Task(Verb.CLAIM), [*held, *closed, *free]).said == "Claimed 2 cases (4 left out)"
    assert desk.events(held[0]) == []


def test_a_case_that_is_named_twice_is_done_once(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.several(Task(Verb.CLAIM), [case_id, case_id])
    assert desk.events(case_id) == ["claimed"]


def test_all_events_of_one_act_name_the_first_one(desk: Desk) -> None:
    cases = [desk.case() for _case in range(25)]
    done = desk.casework.several(Task(Verb.CLAIM), cases)
    acts = [(row["id"], row["act_id"]) for row in table(desk, "event")]
    assert acts == [(done.event_id, None)] + [(done.event_id + more, done.event_id) for more in range(1, 25)]


def test_nothing_that_can_be_done_is_refused_with_the_reasons(desk: Desk) -> None:
    with pytest.raises(Refused, match="closed 1"):
        desk.casework.several(Task(Verb.CLAIM), [desk.case(state="closed")])


def test_a_time_that_has_passed_and_an_unknown_colleague_are_refused_before_any_case_is_looked_at(desk: Desk) -> None:
    case_id = desk.case()
    for task in (
        Task(Verb.SNOOZE, until=desk.now - MINUTE),
        Task(Verb.HAND_OVER, to=999),
        Task(Verb.HAND_OVER, to=desk.world.agent_id),
    ):
        with pytest.raises(Refused):
            desk.casework.plan(task, [case_id])
        with pytest.raises(Refused):
            desk.casework.several(task, [case_id])
    assert desk.events(case_id) == []


def test_five_thousand_cases_are_claimed_and_given_back_as_one_act_and_progress_is_told(desk: Desk) -> None:
    connection = desk.world.connection
    first = desk.case()
    columns = [name for name in desk.row(first) if name not in ("id", "review_id")]
    with_numbers = ", ".join(columns)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    connection.executemany(
        f"INSERT INTO review_case (id, review_id, {with_numbers}) SELECT ?, ?, {with_numbers} FROM review_case "
        "WHERE id = ?",
        [(number, number, first) for number in range(first + 1, first + AT_MOST)],
    )
    connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys = ON")
    cases = list(range(first, first + AT_MOST))
    told: list[tuple[int, int]] = []
    done = desk.casework.several(Task(Verb.CLAIM), cases, lambda done, of: told.append((done, of)))
    assert done.said == "Claimed 5000 cases"
    assert told[-1] == (AT_MOST, AT_MOST)
    assert all(before < after for before, after in itertools.pairwise(done for done, _of in told))
    assert desk.value("SELECT count(*) FROM review_case WHERE owner_id = ?", desk.world.agent_id) == AT_MOST
    desk.casework.undo()
    assert desk.value("SELECT count(*) FROM review_case WHERE owner_id IS NOT NULL") == 0
    assert desk.casework.redo().said == "Done again: claimed, 5000 cases"
    assert desk.faults() == []
