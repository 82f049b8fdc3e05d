"""The staff of the settings: as tables in the file, as a line of words on a screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import SettingsError
from data.settings_typing import shown, typed
from data.staff import DAYS, Staff, Worker
from data.vocabulary import Cause, Platform

SPANS = st.sets(st.integers(0, 1440), max_size=6).map(
    lambda minutes: tuple(zip(sorted(minutes)[::2], sorted(minutes)[1::2], strict=False))
)
WORKERS = st.builds(
    Worker,
    st.from_regex(r"[a-z][a-z0-9._\-]{0,9}", fullmatch=True),
    shift=SPANS,
    days=st.sets(st.sampled_from(DAYS)).map(lambda days: tuple(day for day in DAYS if day in days)),
    platforms=st.lists(st.sampled_from([each.value for each in Platform]), unique=True, max_size=3).map(tuple),
    causes=st.lists(st.sampled_from(["Q", "L2", "V"]), unique=True).map(tuple),
    languages=st.lists(st.sampled_from(["zh", "en"]), unique=True).map(tuple),
)
STAFF = st.lists(WORKERS, max_size=3, unique_by=lambda worker: worker.login).map(tuple)


@given(STAFF)
def test_what_is_written_or_shown_means_the_same_when_it_is_read_or_typed(staff: tuple[Worker, ...]) -> None:
    kind = Staff()
    assert kind.read(kind.write(staff)) == staff
    assert typed(kind, shown(kind, staff)) == staff


def test_a_line_of_words_is_understood_without_names() -> None:
    (lili, ming) = typed(Staff(), "lili 14:00-18:00 9:00-12:00 mon-fri TaoBao、Q l2 zh； ming fri-mon ２２:00-24:00")
    assert lili == Worker(
        "lili", ((540, 720), (840, 1080)), ("mon", "tue", "wed", "thu", "fri"), ("taobao",), ("Q", "L2"), ("zh",)
    )
    assert (ming.days, ming.shift) == (("mon", "fri", "sat", "sun"), ((1320, 1440),))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lili noon", "noon"),
        ("lili 18:00-09:00", "span"),
        ("lili; lili", "twice"),
        ("lili 25:00-26:00", "time of day"),
    ],
)
def test_a_word_that_means_nothing_is_named(text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        typed(Staff(), text)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ([], "table"),
        ({"lili": 1}, "lili"),
        ({"li li": {}}, "login"),
        ({"lili": {"hours": []}}, "hours"),
        ({"lili": {"days": "mon"}}, "list"),
        ({"lili": {"days": ["monday"]}}, "monday"),
        ({"lili": {"languages": ["chinese"]}}, "chinese"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused_in_words(table: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Staff().read(table)


@given(
    WORKERS, st.sampled_from(list(Platform)), st.sampled_from(["zh", "en"]), st.none() | st.sampled_from(list(Cause))
)
def test_what_is_left_out_limits_nothing(
    worker: Worker, platform: Platform, language: str, cause: Cause | None
) -> None:
    assert Worker(worker.login).fits(platform, language, cause)
    if worker.fits(platform, language, cause):
        assert not worker.platforms or platform in worker.platforms
        assert not worker.languages or language in worker.languages
        assert not worker.causes or cause is None or {cause.value, cause.value[0]} & set(worker.causes)
