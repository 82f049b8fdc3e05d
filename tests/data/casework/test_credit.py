"""Promises are kept by evidence alone, and a contact has the credit only for what came after it, inside a window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.settings import Promises, Settings
from tests.data.imports import Desk
from tests.data.sources.files import taobao_file, taobao_row
from tests.data.world import DAY, HOUR, NOW

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["talk", "promise", "promise", "missed call", "good", "bad", "other words"]),
        st.sampled_from([HOUR, 3 * DAY, 9 * DAY, 40 * DAY]),
    ),
    max_size=9,
)


class Shop(Desk):
    """One bad review with its case, and an agent who talks to its buyer."""

    def __init__(self, folder: Path, credit_days: int = 30) -> None:
        super().__init__(folder / "shop.db", replace(Settings(), promises=Promises(credit_days)))
        self.folder, self.now, self.words, self.grade = folder, NOW, "裂了", "bad"
        self.agent = self.write("INSERT INTO agent (login, created_at) VALUES ('lili', 0)")
        self.review()

    def review(self, **values: Any) -> None:
        """Import the review as it is now."""
        row = taobao_row(**{"result": self.grade, "content": self.words, **values})
        self.take(taobao_file(self.folder / f"{self.now}.json", [row]), now=self.now)

    def contact(self, line: str = "right_party") -> int:
        return self.write(
            "INSERT INTO contact (case_id, buyer_id, agent_id, channel, started_at, ended_at, line, standing) "
            "VALUES (1, 1, ?, 'phone', ?, ?, ?, 'undecided')",
            *(self.agent, self.now, self.now, line),
        )

    def promise(self, contact_id: int | None, kind: str = "revise") -> int:
        return self.write(
            "INSERT INTO promise (case_id, contact_id, by_whom, kind, state, made_at, due_at) "
            "VALUES (1, ?, 'buyer', ?, 'open', ?, ?)",
            *(contact_id, kind, self.now, self.now + HOUR),
        )

    def credits(self) -> list[Any]:
        """To whom the log credits what: the kind, the promise where it is one, the contact."""
        return self.all(
            "SELECT kind, CASE kind WHEN 'promise_kept' THEN subject_id END, contact_id FROM event "
            "WHERE kind IN ('promise_kept', 'revision_observed') ORDER BY id"
        )


@settings(max_examples=13, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_in_whatever_order_things_happen_credit_goes_by_time_and_evidence(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    shop = Shop(tmp_path_factory.mktemp("credit"))
    reached: list[tuple[int, int]] = []
    awaited: list[tuple[int, int, int]] = []
    expected: list[tuple[str, int | None, int | None]] = []

    def fits(at: int) -> bool:
        return at < shop.now <= at + 30 * DAY

    for number, (step, gap) in enumerate(steps):
        shop.now += gap
        if step in ("talk", "promise", "missed call"):
            contact = shop.contact("no_answer" if step == "missed call" else "right_party")
            if step != "missed call":
                reached.append((shop.now, contact))
            if step == "promise":
                awaited.append((shop.promise(contact), contact, shop.now))
            continue
        was = shop.grade
        if step == "other words":
            shop.words = f"裂了{number}"
        else:
            shop.grade = step
        shop.review()
        if step != "other words" and was == shop.grade:
            continue
        newest = max((one for one in reached if fits(one[0])), default=(0, None))[1] if step == "good" else None
        expected.append(("revision_observed", None, newest))
        if step != "bad":
            expected += [("promise_kept", promise, contact if fits(at) else None) for promise, contact, at in awaited]
        awaited.clear()
    assert shop.credits() == expected
    shop.content()
    shop.store.close()


def test_what_the_platform_says_was_written_before_the_talk_is_not_the_talks_doing(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.now += 2 * DAY
    promise = shop.promise(shop.contact(), "append")
    shop.now += DAY
    shop.review(append_content="后来好用", append_time="2026-11-19 12:00:00")
    assert shop.credits() == [("revision_observed", None, None), ("promise_kept", promise, None)]


def test_what_was_written_after_the_talk_is_its_doing_however_late_the_import_is(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    contact = shop.contact()
    promise = shop.promise(contact, "append")
    shop.now += 60 * DAY
    shop.review(append_content="后来好用", append_time="2026-11-19 12:00:00")
    assert shop.credits() == [("revision_observed", None, None), ("promise_kept", promise, contact)]


def test_a_change_that_nobody_was_promised_is_verified_to_the_credit_of_the_last_talk_or_to_nobodys(
    tmp_path: Path,
) -> None:
    for days, credited in ((5, None), (12, 1)):
        folder = tmp_path / str(days)
        folder.mkdir()
        shop = Shop(folder, credit_days=days)
        shop.contact()
        shop.now += 9 * DAY
        shop.grade = "good"
        shop.review()
        assert shop.credits() == [("revision_observed", None, credited)]
        assert shop.all("SELECT state, result FROM review_case") == [("closed", "verified")]


def test_a_promise_that_no_contact_brought_is_kept_to_nobodys_credit(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    promise = shop.promise(None)
    shop.now += DAY
    shop.grade = "good"
    shop.review()
    assert shop.credits() == [("revision_observed", None, None), ("promise_kept", promise, None)]
