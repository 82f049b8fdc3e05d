"""What a shop writes down of its goods is found by the title, read out safely, and refused with its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from data.errors import ContentError
from data.product_notes import Notes, load, notes_of

WHOLE = """
[[product]]
match = ["加绒卫裤", "fleece"]
tips = ["深色第一次单独洗"]
flaws = ["裤腰线头可能没收紧,可以换"]
certificates = ["质检报告 2026 年 8 月"]
faq = [{ ask = "会起球吗?", answer = "翻面洗,少起球" }]
batches = [{ since = 2026-10-01, change = "裤腰改成双线" }]

[[product]]
match = ["卫裤"]
tips = ["尺码偏小半码"]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "products.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_entry_that_matches_the_title_is_shown_in_the_order_of_the_file(tmp_path: Path) -> None:
    entries = load(written(tmp_path, WHOLE))
    notes = notes_of("加绒卫裤 黑 XL", entries)
    assert notes.tips == ("深色第一次单独洗", "尺码偏小半码")
    assert notes.faq == (("会起球吗?", "翻面洗,少起球"),)
    assert notes.batches == (("2026-10-01", "裤腰改成双线"),)
    assert notes_of("FLEECE trousers", entries).flaws == ("裤腰线头可能没收紧,可以换",)
    assert notes_of("赣南脐橙", entries) == Notes()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("product = 1", "product"),
        ("[[thing]]\n", "thing"),
        ('[[product]]\ntips = ["x"]', "product 1, match"),
        ('[[product]]\nmatch = ["x"]\nrumour = ["y"]', "product 1, rumour"),
        ('[[product]]\nmatch = ["x"]\ntips = "y"', "product 1, tips"),
        ('[[product]]\nmatch = ["x"]\nfaq = [{ ask = "y" }]', "product 1, faq"),
        ('[[product]]\nmatch = ["x"]\ntips = ["' + "长" * 401 + '"]', "product 1, tips"),
        ('[[product]]\nmatch = ["x"]\ntips = ["a\\u001bb"]', "product 1, tips"),
        ('[[product]]\nmatch = ["x"]\nfaq = [{ ask = "y", answer = "改成好评返五元" }]', "product 1"),
        ("[[product", "products.toml"),
    ],
)
def test_a_mistake_is_refused_and_named_by_its_place(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ContentError) as refused:
        load(written(tmp_path, text))
    assert named in refused.value.what


def test_a_file_that_is_not_there_or_is_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        load(tmp_path / "gone.toml")
    with pytest.raises(ContentError):
        load(written(tmp_path, "#" * 2_000_001))


def test_a_file_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE)
    load(path)
    path.write_text('[[product]]\nmatch = ["x"]\ntips = ["y"]\n', encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert notes_of("x", load(path)).tips == ("y",)
