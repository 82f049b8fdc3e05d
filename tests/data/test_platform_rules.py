"""What platforms allow: dated rows with their source, the shop's own word above them, and unknown allows nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.clock import DAY
from data.errors import SettingsError
from data.platform_rules import (
    ACTS,
    APPEND,
    NUMBER,
    REPLY,
    REVISE,
    Allowance,
    allowances,
    ends_at,
    may,
    rules_of,
    shipped,
    stale,
    use,
)
from data.vocabulary import Platform


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    use(shipped())


def own(folder: Path, text: str) -> Path:
    path = folder / "platforms.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_row_has_source_date_and_confidence_and_a_known_platform() -> None:
    assert len(shipped()) > 25
    for (platform, act), row in shipped().items():
        assert platform in tuple(Platform)
        assert act in ACTS
        assert row.source
        assert row.as_of
        assert row.confidence in ("high", "medium", "low", "conflict", "unknown")


@pytest.mark.parametrize(
    ("platform", "act", "allowed"),
    [
        ("taobao", REVISE, True),
        ("tmall", REVISE, False),
        ("pdd", REVISE, False),
        ("jd", REVISE, None),
        ("douyin", REVISE, None),
        ("kuaishou", REVISE, None),
        ("jd", APPEND, None),
        ("judgeme", REVISE, None),
        ("other", REPLY, None),
    ],
)
def test_unknown_stays_unknown_and_allows_nothing(platform: str, act: str, allowed: bool | None) -> None:
    assert may(platform, act, 0, 0, DAY) is allowed
    if allowed is not True:
        assert ends_at(platform, act, 0, 0) is None


def test_a_window_ends_so_many_days_after_its_event() -> None:
    assert ends_at("taobao", REVISE, 5, None) == 5 + 30 * DAY
    assert may("taobao", REVISE, 0, None, 30 * DAY - 1) is True
    assert may("taobao", REVISE, 0, None, 30 * DAY) is False
    assert ends_at("taobao", APPEND, 5, None) is None
    assert ends_at("taobao", NUMBER, 5, 7) == 7 + 15 * DAY
    assert ends_at("pdd", NUMBER, 5, 7) is None
    assert ends_at("pdd", NUMBER, 5, 7, fetched_at=9) == 9 + 15 * DAY


def test_the_shop_has_the_last_word_and_says_when(tmp_path: Path) -> None:
    use(rules_of(own(tmp_path, "[douyin.revise]\nallowed = true\nconfirmed_on = 2026-11-01\n")))
    assert may("douyin", REVISE, 0, 0, DAY) is True
    row = allowances()["douyin", REVISE]
    assert (row.own, row.days, row.confidence) == (True, 30, "high")
    assert may("taobao", REVISE, 0, 0, DAY) is True


def test_a_row_that_the_shop_confirms_keeps_its_source_and_is_fresh_again(tmp_path: Path) -> None:
    today = date(2026, 11, 21)
    assert shipped()["taobao", REVISE].stale(today)
    confirmed = rules_of(own(tmp_path, "[taobao.revise]\nconfirmed_on = 2026-11-01\n"))["taobao", REVISE]
    assert not confirmed.stale(today)
    assert confirmed.source == shipped()["taobao", REVISE].source


@pytest.mark.parametrize(
    ("as_of", "old"), [("2026-11", False), ("2025-11-21", False), ("2025-11-20", True), ("2025-11", True), ("?", True)]
)
def test_a_row_older_than_a_year_is_stale(as_of: str, old: bool) -> None:
    assert Allowance("somebody", as_of, "high").stale(date(2026, 11, 21)) is old


def test_stale_rows_are_listed() -> None:
    listed = {(platform, act) for platform, act, _row in stale(date(2026, 11, 21))}
    assert ("taobao", REVISE) in listed
    assert ("tmall", REPLY) not in listed


@pytest.mark.parametrize(
    "text",
    [
        "=",
        "[amazon.revise]\nallowed = true\nconfirmed_on = 2026-11-01\n",
        "[taobao.wish]\nallowed = true\nconfirmed_on = 2026-11-01\n",
        "[taobao.revise]\nallowed = true\n",
        "[taobao.revise]\nallowed = 1\nconfirmed_on = 2026-11-01\n",
        "[taobao.revise]\ndays = -1\nconfirmed_on = 2026-11-01\n",
        "[taobao.revise]\nwhy = 1\nconfirmed_on = 2026-11-01\n",
        "[taobao.revise]\nfrom = 'birth'\nconfirmed_on = 2026-11-01\n",
        "taobao = 1\n",
    ],
)
def test_what_cannot_be_meant_is_refused_and_names_the_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError) as told:
        rules_of(own(tmp_path, text))
    assert "platforms.toml" in told.value.what


def test_a_day_in_quotes_is_told_to_lose_them(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="without quotes"):
        rules_of(own(tmp_path, '[taobao.revise]\nconfirmed_on = "2026-11-01"\n'))
