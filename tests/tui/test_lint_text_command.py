"""`amends lint-text`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.errors import AmendsError
from tui.commands import lint_text
from tui.options import Options


def told(tmp_path: Path, text: str, *, as_json: bool = True) -> Options:
    path = tmp_path / "texts.txt"
    path.write_text(text, encoding="utf-8")
    options = Options({})
    options.config = str(tmp_path / "settings.toml")
    vars(options).update(file=str(path), json=as_json, audience="buyer", platform=None)
    return options


def test_each_line_is_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_text.run(told(tmp_path, "您好\n\n改完评价给您返现\n")) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["number"] for each in found] == [1, 2, 3]
    assert [len(each["findings"]) for each in found] == [0, 0, 1]
    assert {"rule", "kind", "reason", "instead"} <= found[2]["findings"][0].keys()


def test_harmless_texts_end_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_text.run(told(tmp_path, "您好\n", as_json=False)) == 0
    assert capsys.readouterr().out.strip()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    options = told(tmp_path, "")
    vars(options)["file"] = str(tmp_path / "none.txt")
    with pytest.raises(AmendsError):
        lint_text.run(options)
