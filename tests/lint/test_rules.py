"""Rules files: what a shop may write, and what is told when it writes it wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import ContentError
from data.lint import lint, standard, with_own
from data.lint.terms import BadTerm, read

RULE = """
[words]
secret_sale = ["内购~3价"]

[[rule]]
id = "own-sale"
kind = "off_platform"
find = ["@secret_sale"]
reason = { zh = "内购价不外传", en = "the staff price is not for buyers" }
instead = { zh = "报页面价。", en = "Quote the price on the page." }
source = "本店规定"
"""


def own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_shop_adds_a_rule(tmp_path: Path) -> None:
    rules = with_own(own(tmp_path, RULE))
    assert [each.rule for each in lint("给您按内购的价算", rules=rules)] == ["own-sale"]
    assert len(rules.rules) == len(standard().rules) + 1


def test_a_shop_adds_words_to_a_class(tmp_path: Path) -> None:
    rules = with_own(own(tmp_path, '[words]\noffer = ["暖暖币"]\n'))
    text = "改完评价送暖暖币"
    assert not lint("暖暖币给您,评价改不改随您", rules=rules)
    assert [each.kind for each in lint(text, rules=rules)] == ["benefit_for_review"]


def test_a_platform_is_set_stricter(tmp_path: Path) -> None:
    rules = with_own(own(tmp_path, '[strict]\ntaobao = ["tie"]\n'))
    text = "补偿给您打款,评价您修改评价也行,改不改都照办"
    assert "benefit_for_review" not in {each.kind for each in lint(text, platform="jd", rules=rules)}
    assert "benefit_for_review" in {each.kind for each in lint(text, platform="taobao", rules=rules)}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('kind = "off_platform"', 'kind = "rude"', "own-sale.kind"),
        ("@secret_sale", "@nothing", "own-sale.find"),
        ('"@secret_sale"', '"secret_sale"', "own-sale.find"),
        ("内购~3价", "内购.*价)", "words.secret_sale"),
        ("内购~3价", "~3价", "words.secret_sale"),
        ('source = "本店规定"', "", "own-sale.source"),
        (', en = "Quote the price on the page."', "", "own-sale.instead"),
        ('id = "own-sale"', 'id = "tie"', "tie.id"),
        ('id = "own-sale"', "", "rule"),
        ('id = "own-sale"', 'id = "own-sale"\nscope = "page"', "own-sale.scope"),
        ('id = "own-sale"', 'id = "own-sale"\nexcused_by = ["mood"]', "own-sale.excused_by"),
        ('id = "own-sale"', 'id = "own-sale"\nplatforms = ["ebay"]', "own-sale.platforms"),
        ('id = "own-sale"', 'id = "own-sale"\ncolour = "red"', "own-sale.colour"),
        ("[words]", "[wordz]", "wordz"),
        ("[words]", "[strict]\ntaobao = ['nothing']\n[words]", "strict.taobao"),
        ("[words]", "[zone.here]\nreach = 'far'\n[words]", "zone.here.reach"),
        ("[words]", "[words", "not valid TOML"),
    ],
)
def test_a_mistake_names_file_rule_and_key(tmp_path: Path, old: str, new: str, place: str) -> None:
    assert old in RULE
    path = own(tmp_path, RULE.replace(old, new, 1))
    with pytest.raises(ContentError) as raised:
        with_own(path)
    assert "own.toml" in raised.value.what
    assert place in raised.value.what or place == "not valid TOML"


@pytest.mark.parametrize("written", ["", " a", "(a", "[]", "~0", "~99a", "a+", "a|b", "*", "好~"])
def test_a_word_that_could_be_slow_or_means_nothing_is_refused(written: str) -> None:
    with pytest.raises(BadTerm):
        read(written)


def test_every_rule_says_why_and_what_instead_in_both_languages() -> None:
    for rule in standard().rules:
        assert rule.source
        assert rule.reason.zh != rule.reason.en
        assert not [each for each in lint(rule.instead.zh) if each.kind == "benefit_for_review"], rule.id
        assert not lint(rule.instead.en), rule.id
