"""The catalogue of remedies: what is shipped holds, a mistake is told by file, entry and key, and nothing in it can
be tied to the review."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from data.errors import ContentError
from data.lint import lint
from data.remedies.catalogue import SHIPPED, catalogue
from data.remedies.entry import Entry
from data.vocabulary import RemedyKind, Role

ENTRY = """
[[remedy]]
id = "card"
kind = "gift"
name = { zh = "手写卡片", en = "Card" }
say = { zh = "给您写张卡片", en = "write you a card" }
do = { zh = "写一张卡片", en = "Write a card" }
way = "extra"
causes = ["V1"]
unit = "piece"
range = [1, 2]
limits = { agent = 1 }
due_hours = 24
cost = { each = 100 }
"""


def own(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return path


def test_every_kind_of_remedy_is_in_the_shipped_catalogue() -> None:
    kinds = {entry.kind for entry in catalogue().entries.values()}
    assert kinds == set(RemedyKind) - {RemedyKind.AGREED}


def test_every_shipped_wording_passes_the_linter_so_that_loading_it_need_not() -> None:
    said = [words for entry in catalogue().entries.values() for words in (entry.name, entry.say, entry.do)]
    written = [text.replace("{amount}", "10").replace("{n}", "10") for words in said for text in (words.zh, words.en)]
    found = [(text, lint(text, audience=audience)) for text in written for audience in ("buyer", "colleague")]
    assert not [each for each in found if each[1]]


def test_the_shipped_wordings_are_judged_where_a_shop_has_rules_of_its_own(tmp_path: Path) -> None:
    words = next(iter(catalogue().entries.values())).say.zh.partition("{")[0]
    rules = tmp_path / "rules.toml"
    rules.write_text(
        f'words.ours = ["{words}"]\n[[rule]]\nid = "ours"\nkind = "benefit_for_review"\nfind = ["@ours"]\n'
        'audiences = ["buyer"]\nreason = { zh = "不说", en = "Not said" }\ninstead = { zh = "好", en = "Fine" }\n'
        'source = "the shop"\n',
        "utf-8",
    )
    with pytest.raises(ContentError) as told:
        catalogue(None, rules)
    assert words in told.value.what


def test_a_shops_own_entries_are_added_or_take_the_place_of_shipped_ones(tmp_path: Path) -> None:
    path = own(tmp_path, ENTRY + ENTRY.replace('"card"', '"voucher"'))
    both = catalogue(path)
    assert both.entries["card"].shown == "Card"
    assert both.entries["voucher"].kind is RemedyKind.GIFT
    assert len(both.entries) == len(catalogue().entries) + 1


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ('id = "card"', 'id = "Card 1"', "#1.id"),
        ('kind = "gift"', 'kind = "bribe"', "card.kind"),
        ('way = "extra"', 'way = "after_the_review"', "card.way"),
        ("due_hours = 24", 'due_hours = 24\nwhen_review = "good"', "card.when_review"),
        ('causes = ["V1"]', 'causes = ["V9"]', "card.causes"),
        ("range = [1, 2]", "range = [2, 1]", "card.range"),
        ("limits = { agent = 1 }", "limits = { agent = 3 }", "card.agent"),
        ("limits = { agent = 1 }", "limits = { agent = 2, lead = 1 }", "card.limits"),
        ("due_hours = 24", "due_hours = 0", "card.due_hours"),
        ("cost = { each = 100 }", "cost = { free = 1 }", "card.cost"),
        ("cost = { each = 100 }", "", "card.cost"),
        ('zh = "给您写张卡片"', 'zh = "给您写{amount}的卡片"', "card.say"),
        ('zh = "给您写张卡片"', 'zh = "改好评就送您一份礼物"', "card.say"),
        ('en = "Write a card"', 'en = "Send a gift once the review is changed"', "card.do"),
        ('name = { zh = "手写卡片", en = "Card" }', 'name = { zh = "好评返现卡", en = "Card" }', "card.name"),
        ("[[remedy]]", "[[remedy]", "own.toml"),
        ("[[remedy]]", 'reward = 1\n[[remedy]]', "reward"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_file_entry_and_key(tmp_path: Path, was: str, now: str, told: str) -> None:
    assert was in ENTRY
    with pytest.raises(ContentError) as caught:
        catalogue(own(tmp_path, ENTRY.replace(was, now)))
    assert "own.toml" in str(caught.value)
    assert told in str(caught.value)


def test_two_entries_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="two entries"):
        catalogue(own(tmp_path, ENTRY + ENTRY))


def test_no_entry_has_a_place_for_a_condition() -> None:
    names = {field.name for field in fields(Entry)}
    held = {key for table in tomllib.loads(SHIPPED.read_text("utf-8"))["remedy"] for key in table}
    for word in ("review", "grade", "rating", "star", "condition", "when", "after", "if"):
        assert not [name for name in names | held if word in name.split("_")]


def test_an_admin_decides_about_everything_and_a_lead_about_more_than_an_agent() -> None:
    for entry in catalogue().entries.values():
        assert entry.limit(Role.AGENT) <= entry.limit(Role.LEAD) <= entry.limit(Role.ADMIN) == entry.most
