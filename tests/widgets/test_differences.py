from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.clock import zone
from data.rows import RevisionRow
from tests.data.world import NOW
from widgets import look
from widgets.cells import width
from widgets.differences import Kind, Part, alike, differences, revision_lines, spans_of, wrapped
from widgets.lines import line_width, plain

SHANGHAI = zone("Asia/Shanghai")
TEXTS = st.one_of(
    st.text(alphabet="裤子太短了腰里裂口,。 ab1", max_size=40),
    st.text(max_size=30),
    st.just("太短了,穿了几天腰里裂了口"),
)


def told(before: str, after: str) -> str:
    return plain(spans_of(differences(before, after)))


@given(TEXTS, TEXTS)
def test_without_the_new_parts_it_is_the_old_text_and_without_the_gone_ones_the_new(before: str, after: str) -> None:
    parts = differences(before, after)
    assert "".join(part.text for part in parts if part.kind is not Kind.NEW) == before
    assert "".join(part.text for part in parts if part.kind is not Kind.GONE) == after
    assert all(part.text for part in parts)
    assert all(one.kind is not two.kind for one, two in pairwise(parts))


@given(TEXTS)
def test_the_same_text_has_no_differences(text: str) -> None:
    assert [part.kind for part in differences(text, text)] == [Kind.SAME] * bool(text)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("太短了,穿了几天", "太长了,穿了几天", "太[-短-]{+长+}了,穿了几天"),
        ("质量很差,客服不理人", "质量很差,客服不理人,后来换了新的", "质量很差,客服不理人{+,后来换了新的+}"),
        ("手机 128G 很慢", "手机 256G 很慢", "手机 [-128G-]{+256G+} 很慢"),
        ("包装破了,苹果烂了三个", "包装好,苹果甜", "包装[-破了-]{+好+},苹果[-烂了三个-]{+甜+}"),
        ("这衣服太短了", "那衣裤太长了", "[-这衣服太短-]{+那衣裤太长+}了"),
        ("", "追一句", "{+追一句+}"),
    ],
)
def test_words_that_changed_stand_in_brackets_and_shreds_between_them_are_not_left(
    before: str, after: str, says: str
) -> None:
    assert told(before, after) == says


def test_what_changed_is_marked_by_shape_and_weight_and_needs_no_colour() -> None:
    spans = spans_of([Part(Kind.SAME, "腰里"), Part(Kind.GONE, "裂"), Part(Kind.NEW, "好")])
    assert [style for _text, style in spans] == [look.LABEL, look.FACT, look.SAY]
    assert all(style is None or style.color is None for _text, style in spans)


def test_two_texts_that_share_little_are_not_woven_into_one() -> None:
    assert not alike(differences("输入法太不好用", "客服主动联系处理了,态度很好,改个好评"))
    assert alike(differences("太短了,穿了几天腰里裂了口", "太短了,穿了几天腰里裂了口,已换新"))


@given(TEXTS, TEXTS, st.integers(4, 30), st.integers(1, 5))
def test_wrapped_differences_keep_to_their_room(before: str, after: str, cells: int, most: int) -> None:
    lines = wrapped(spans_of(differences(before, after)), cells, most)
    assert len(lines) <= most
    assert all(line_width(each) <= cells for each in lines)


def test_nothing_is_lost_where_there_is_room() -> None:
    spans = spans_of(differences("太短了,穿了几天腰里裂了口" * 3, "太短了,穿了几天就坏" * 3))
    lines = wrapped(spans, 20, 50)
    assert "".join(plain(each) for each in lines) == plain(spans)
    cut = wrapped(spans, 20, 2)
    assert plain(cut[-1]).endswith("…")
    assert width(plain(cut[-1])) <= 20


def test_very_long_texts_are_compared_at_their_ends() -> None:
    before, after = f"开头{'甲乙' * 2_000}结尾", f"开头{'丙丁' * 2_000}结尾"
    first, gone, new, last = differences(before, after)
    assert (first.text, gone.kind, new.kind, last.text) == ("开头", Kind.GONE, Kind.NEW, "结尾")


def revision(kind: str, before: str | None, after: str | None, grades: tuple[str, str] = ("bad", "bad")) -> RevisionRow:
    return RevisionRow(kind, NOW, None, *grades, before, after)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            revision("revised", "太短了,穿了几天腰里裂了口", "太短了,穿了几天,客服已换新", ("bad", "good")),
            [
                "11-18 19:06  Review revised  Bad › Good",
                "  [-removed-] {+added+}",
                "  太短了,穿了几天[-腰里裂了口-]{+,客服已",
                "  换新+}",
            ],
        ),
        (
            revision("revised", "太短", "换了新的,好穿"),
            ["11-18 19:06  Review revised", "  It said “太短”", "  It says “换了新的,好穿”"],
        ),
        (
            revision("revised", "太短", "太短", ("bad", "good")),
            ["11-18 19:06  Review revised  Bad › Good", "  the words are the same"],
        ),
        (revision("appended", None, "没人理我"), ["11-18 19:06  Appended to", "  “没人理我”"]),
        (revision("appended", None, None), ["11-18 19:06  Appended to", "  (no words)"]),
        (revision("removed", "太短", None), ["11-18 19:06  Removed by the buyer"]),
    ],
)  # fmt: skip
def test_a_revision_says_when_and_what_changed_and_shows_the_words(row: RevisionRow, says: list[str]) -> None:
    assert [plain(each) for each in revision_lines(row, SHANGHAI, 40)] == says
