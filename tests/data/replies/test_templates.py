"""Templates for replies: one for every cause, decent, and with nothing invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import ContentError
from data.replies.concern import blocked
from data.replies.fit import concerns
from data.replies.templates import LONGEST, fitting, load, templates, with_own
from data.vocabulary import Cause

LANGUAGES = ("zh_CN", "en")
PARTS = "".join(f'{part} = "{part}〔什么〕"\n' for part in ("thanks", "own", "done", "measure", "reach"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cause_has_a_template_of_its_own_before_those_for_any(language: str) -> None:
    for cause in Cause:
        found = fitting(language, cause)
        assert cause in found[0].causes
        assert not found[-1].causes


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_template_can_be_sent_as_it_stands(language: str) -> None:
    for template in templates(language):
        text = template.text(product="加绒卫裤", shop="暖棠旗舰店")
        found = concerns(text, platform="pdd", longest=LONGEST + 40)
        assert {each.code for each in found} == {"gap"}, template.id
        assert blocked(found) is not None


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("", "no \\[\\[template\\]\\]"),
        (f'[[template]]\nid = "a"\n{PARTS}buyer = "x"', "buyer"),
        (f'[[template]]\nid = "a"\ncauses = ["Z9"]\n{PARTS}', "Z9"),
        ('[[template]]\nid = "a"\nthanks = "谢谢"', "own is missing"),
        (f'[[template]]\nid = "a"\n{PARTS.replace("reach〔什么〕", "{name}请联系")}', "in public"),
        (
            f'[[template]]\nid = "a"\n{PARTS.replace("reach〔什么〕", "请把差评改成好评")}',
            "changes? a review|must not|review",
        ),
        (f'[[template]]\nid = "a"\n{PARTS}[[template]]\nid = "a"\n{PARTS}', "two of that id"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_place(tmp_path: Path, toml: str, says: str) -> None:
    path = tmp_path / "zh.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        load(path)


@pytest.mark.parametrize(("language", "told"), [("zh_CN", ["defect", "own.first"]), ("en", [])])
def test_a_shops_own_come_first_or_take_the_place_of_shipped_ones_in_the_language_of_their_file(
    tmp_path: Path, language: str, told: list[str]
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        f'language = "zh"\n[[template]]\nid = "defect"\n{PARTS}causes = ["Q1"]\n'
        f'[[template]]\nid = "own.first"\n{PARTS}',
        encoding="utf-8",
    )
    shipped = {each.id: each for each in templates(language)}
    own = {each.id: each for each in with_own(language, path)}
    assert [id for id, each in own.items() if shipped.get(id) != each] == told
    assert set(shipped) <= set(own)
    assert [*own][: len(told)] == told


def test_own_templates_stand_among_those_that_fit(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f'[[template]]\nid = "ours"\n{PARTS}causes = ["Q2"]\n', encoding="utf-8")
    assert fitting("zh_CN", "Q2", path)[0].id == "ours"
    assert "ours" not in {each.id for each in fitting("zh_CN", "Q1", path)}
