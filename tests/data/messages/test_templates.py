"""The shipped templates hold what they promise in every case, and a shop's own are checked when they are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import ContentError
from data.lint import lint
from data.messages.format import Moment
from data.messages.limits import length
from data.messages.load import SAMPLES, sample, standard, with_own
from data.vocabulary import Channel, Platform

BOTH = ("zh_CN", "en")


@pytest.mark.parametrize("code", BOTH)
def test_every_wording_is_clean_on_every_platform_and_fits_two_parts(code: str) -> None:
    book = standard(code)
    for template in book.templates:
        assert len(template.say) >= 2, template.id
        assert len(set(template.say)) == len(template.say), template.id
        for text in template.say:
            filled = sample(text, book.language)
            for platform in (None, *Platform):
                assert not lint(filled, platform=platform), (template.id, platform)
            if Channel.SMS in template.channels:
                assert length(filled, Channel.SMS, 2).parts <= 2, template.id


@pytest.mark.parametrize("code", BOTH)
def test_there_is_a_text_for_every_moment(code: str) -> None:
    assert {moment for each in standard(code).templates for moment in each.moments} == set(Moment)


@pytest.mark.parametrize("code", BOTH)
def test_no_template_names_the_buyer_or_a_reward(code: str) -> None:
    for template in standard(code).templates:
        for text in template.say:
            assert "{name}" not in text
            assert not any(word in text for word in ("五星", "返现", "five star", "cashback")), template.id


def test_both_languages_sample_the_same_variables() -> None:
    assert SAMPLES["zh"].keys() == SAMPLES["en"].keys()


OWN = """
[[template]]
id = "own.hello"
title = "问好"
moments = ["first"]
channels = ["chat"]
say = ["{salutation}，我是{agent}。"]
"""


def _own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_shops_own_template_comes_beside_the_shipped_ones_or_takes_their_place(tmp_path: Path) -> None:
    book = with_own("zh_CN", _own(tmp_path, OWN + OWN.replace("own.hello", "first.hello")))
    assert book.template("own.hello") is not None
    taken = book.template("first.hello")
    assert taken is not None
    assert taken.own
    assert len(book.templates) == len(standard("zh_CN").templates) + 1


def test_a_file_that_names_its_language_holds_for_that_one_alone(tmp_path: Path) -> None:
    path = _own(tmp_path, 'language = "zh"\n' + OWN)
    assert with_own("zh_CN", path).template("own.hello") is not None
    assert with_own("en", path) == standard("en")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "own.hello"', 'id = "Own Hello"', "template 1"),
        ('["first"]', '["someday"]', "own.hello.moments"),
        ('["chat"]', '["phone"]', "own.hello.channels"),
        ("{agent}", "{nick}", "own.hello.say 1"),
        ("{agent}", "⟨名字⟩", "own.hello.say 1"),
        ("我是{agent}", "改成好评返您20元", "own.hello.say 1"),
        ('["chat"]', '["sms"]', "own.hello.say 1"),
        ("title", "colour", "own.hello.colour"),
        ("[[template]]", "[template]", "[[template]]"),
    ],
)
def test_a_mistake_is_told_by_file_template_and_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(ContentError) as error:
        with_own("zh_CN", _own(tmp_path, OWN.replace(old, new)))
    assert "own.toml" in error.value.what
    assert told in error.value.what


def test_a_text_message_that_reminds_says_how_to_stop_it(tmp_path: Path) -> None:
    text = OWN.replace('["first"]', '["reminder"]').replace('["chat"]', '["sms"]').replace("{sal", "【{shop}】{sal")
    with pytest.raises(ContentError, match="退订"):
        with_own("zh_CN", _own(tmp_path, text))
    other = tmp_path / "other.toml"
    other.write_text(text.replace("。", "。退订回T"), encoding="utf-8")
    assert with_own("zh_CN", other).template("own.hello")
