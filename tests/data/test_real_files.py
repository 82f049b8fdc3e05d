"""All seven real files of one day, and the same shops two days later: to the row."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from data.casework.batches import undo_batch
from data.casework.portions import Hands
from data.clock import zone
from tests.data import real_files
from tests.data.imports import Desk, counts
from tests.data.real_files import NAMES, REVIEWS, Fact, facts, needed
from tests.data.world import DAY, NOW

pytestmark = needed
LATER = NOW + 2 * DAY
_ORDER = {"bad": 0, "neutral": 1, "good": 2}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "shop.db")


def imported(desk: Desk, source: str) -> dict[str, Fact]:
    """What the database has of a source, as the file would say it."""
    rows = desk.all(
        "SELECT r.external_id, r.grade, r.rating, r.text, r.created_at, r.order_external_id, r.appended_text, "
        "r.appended_at, r.reply_text, b.nick, d.external_id, CASE WHEN s.platform IN ('taobao','douyin') THEN s.name "
        "WHEN s.platform = 'pdd' THEN s.external_id END FROM review r JOIN shop s ON s.id = r.shop_id "
        "JOIN buyer b ON b.id = r.buyer_id JOIN product d ON d.id = r.product_id WHERE s.platform = ?",
        source,
    )
    return {row[0]: Fact(*row[1:]) for row in rows}


def changed_keys(source: str) -> set[str]:
    """Reviews of both days that do not say the same."""
    before, after = facts("day1", source), facts("day3", source)
    return {key for key in before.keys() & after.keys() if before[key].said != after[key].said}


@pytest.mark.parametrize("source", REVIEWS)
def test_every_row_of_a_file_arrives_as_it_is(desk: Desk, source: str) -> None:
    told = facts("day1", source)
    (report,) = desk.take(real_files.path("day1", source))
    assert (report.source, report.error, report.refusals) == (source, None, [])
    assert counts(report) == (len(told), len(told), 0, 0, 0)
    assert imported(desk, source) == told
    grades = Counter(fact.grade for fact in told.values())
    assert dict(desk.all("SELECT grade, count(*) FROM review_case WHERE state = 'new' GROUP BY grade")) == {
        grade: grades[grade] for grade in ("bad", "neutral")
    }
    scales = dict(desk.all("SELECT DISTINCT raw_scale, 1 FROM review"))
    assert list(scales) == [{"taobao": "good/neutral/bad", "jd": "1-3"}.get(source, "1-5")]


def test_all_seven_files_at_once_are_told_apart_by_their_content(desk: Desk, tmp_path: Path) -> None:
    paths = []
    for number, source in enumerate(NAMES):
        # Neither name nor ending says what it is.
        paths.append(tmp_path / f"{number}.dat")
        paths[-1].write_bytes(real_files.path("day1", source).read_bytes())
    reports = desk.take(*paths)
    assert [report.source for report in reports] == list(NAMES)
    assert [report.refused for report in reports] == [0] * len(NAMES)
    assert desk.all("SELECT count(*) FROM review") == [(400 + 200 + 200 + 100 + 100 + 50,)]
    assert desk.all("SELECT count(*) FROM review WHERE purchase_id IS NOT NULL") == [(400,)]
    assert [counts(one) for one in desk.take(*paths)] == [(one.read, 0, 0, one.read, 0) for one in reports]


@pytest.mark.parametrize("source", REVIEWS)
def test_what_changed_in_two_days_is_found_to_the_row(desk: Desk, source: str) -> None:
    before, after = facts("day1", source), facts("day3", source)
    changed = changed_keys(source)
    assert changed, "the files of the third day differ"
    desk.take(real_files.path("day1", source))
    (trial,) = desk.take(real_files.path("day3", source), now=LATER, dry_run=True)
    (report,) = desk.take(real_files.path("day3", source), now=LATER)
    new = after.keys() - before.keys()
    assert counts(report) == (len(after), len(new), len(changed), len(after) - len(new) - len(changed), 0)
    assert trial.changes == report.changes
    assert {change.id for change in report.changes} == changed
    assert len(report.changes) == len(changed)
    rows = desk.all(
        "SELECT r.external_id, v.kind, v.grade_before, v.grade_after, v.rating_before, v.rating_after, v.text_before, "
        "v.text_after, v.batch_id FROM revision v JOIN review r ON r.id = v.review_id"
    )
    wanted: set[tuple[object, ...]] = set()
    for key in changed:
        was, is_now = before[key], after[key]
        if (was.rating, "".join(was.text.split())) != (is_now.rating, "".join(is_now.text.split())):
            grades = (was.grade, is_now.grade, was.rating, is_now.rating)
            wanted.add((key, "revised", *grades, was.text, is_now.text))
        for kind, old, now in (("appended", was.appended, is_now.appended), ("replied", was.reply, is_now.reply)):
            if old != now:
                grades = (is_now.grade, is_now.grade, is_now.rating, is_now.rating)
                wanted.add((key, kind, *grades, old, now))
    assert {row[:-1] for row in rows} == wanted
    assert {row[-1] for row in rows} == {report.batch}
    assert imported(desk, source) == {**before, **after}


@pytest.mark.parametrize("source", REVIEWS)
def test_what_changed_is_told_to_the_cases_and_absence_is_no_deletion(desk: Desk, source: str) -> None:
    before, after = facts("day1", source), facts("day3", source)
    desk.take(real_files.path("day1", source))
    desk.take(real_files.path("day3", source), now=LATER)
    cases = {
        key: (state, result, grade)
        for key, state, result, grade in desk.all(
            "SELECT r.external_id, c.state, c.result, c.grade FROM review_case c JOIN review r ON r.id = c.review_id"
        )
    }
    for key in before.keys() & after.keys():
        was, is_now = before[key].grade, after[key].grade
        if was != "good" and is_now == "good":
            assert cases[key] == ("closed", "verified", "good"), key
        elif _ORDER[is_now] < _ORDER[was]:
            assert cases[key][0] in ("working", "new"), key
        elif was != "good":
            assert cases[key] == ("new", None, is_now), key
        else:
            assert key not in cases
    gone = before.keys() - after.keys()
    assert gone, "some reviews are not in the later file"
    assert desk.all("SELECT count(*) FROM review WHERE removed_at IS NOT NULL") == [(0,)]
    assert desk.all("SELECT count(*) FROM revision WHERE kind = 'removed'") == [(0,)]
    assert all(cases[key][:2] == ("new", None) for key in gone if before[key].grade != "good")


def test_the_orders_of_the_later_day_are_known_and_those_that_are_missing_stay(desk: Desk) -> None:
    first, later = real_files.order_numbers("day1"), real_files.order_numbers("day3")
    desk.take(real_files.path("day1", "taobao-orders"))
    (report,) = desk.take(real_files.path("day3", "taobao-orders"), now=LATER)
    new = set(later) - set(first)
    assert (report.read, report.new, report.refused) == (len(later), len(new), 0)
    assert {row[0] for row in desk.all("SELECT external_id FROM purchase")} == set(first) | set(later)


def test_the_later_day_taken_back_leaves_the_first(desk: Desk) -> None:
    agent = desk.write("INSERT INTO agent (login, created_at) VALUES ('lili', 0)")
    desk.take(*(real_files.path("day1", source) for source in NAMES))
    before = desk.content("event", "revision")
    reports = desk.take(*(real_files.path("day3", source) for source in NAMES), now=LATER)
    hands = Hands(desk.store, agent, LATER + DAY, desk.settings, zone("Asia/Shanghai"))
    for report in reversed(reports):
        work = undo_batch(hands, report.batch or 0)
        assert (work.left, work.restored + work.orders_restored) == ([], report.changed)
        assert work.reviews + work.orders == report.new
    with desk.store.read() as connection:
        from tests.data.imports import content

        now = content(connection, "event", "revision")
    assert now["review_case"] == before["review_case"]
    assert now["review"] == before["review"]
    assert now["purchase"] == before["purchase"]
