"""Finding a command by Chinese, pinyin or English."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.finding_commands import NOT_AT_ALL, Command, find, fit
from data.pinyin import readings

COMMANDS = [
    Command("inbox.open", "打开", "买家和订单", ("Open",), ("Enter",)),
    Command("inbox.claim", "认领", "归自己处理", ("Claim",), ("Space",)),
    Command("inbox.next", "下一件", "认领最急的一单", ("Next case",), ("F2",)),
    Command("inbox.call", "通话", "联系买家", ("Call",), ("F3",)),
    Command("inbox.add", "补录评价", "手工录入", ("Add a review",), ("a",)),
    Command("inbox.log", "联系记录", "每次联系", ("Outcome log",), ("l",)),
    Command("go.settings", "设置", "每一项的意思", ("Settings",), ()),
]


def found(typed: str) -> list[str]:
    return [command.id for command in find(COMMANDS, typed)]


@pytest.mark.parametrize(
    "typed", ["认领", "rl", "RL", "renl", "renling", "ren ling", "rling", "claim", "cl", "认l", "ｒｌ"]
)
def test_one_command_is_found_by_every_name_it_has(typed: str) -> None:
    assert found(typed)[0] == "inbox.claim"


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("lxjl", "inbox.log"), ("jl", "inbox.log"), ("log", "inbox.log"), ("review", "inbox.add"),
        ("adre", "inbox.add"), ("bulu", "inbox.add"), ("pingjia", "inbox.add"), ("f3", "inbox.call"),
        ("F2", "inbox.next"), ("sz", "go.settings"), ("next case", "inbox.next"), ("inbox.open", "inbox.open"),
        ("意思", "go.settings"),
    ],
)  # fmt: skip
def test_parts_words_keys_and_ids_are_found(typed: str, id: str) -> None:
    assert found(typed)[0] == id


def test_nothing_typed_leaves_everything_in_its_place() -> None:
    assert find(COMMANDS, "") == find(COMMANDS, "  ") == COMMANDS


def test_what_nothing_is_called_finds_nothing() -> None:
    assert found("qqqq") == []


def test_a_name_comes_before_what_only_mentions_it() -> None:
    assert found("认领") == ["inbox.claim", "inbox.next"]


def test_a_character_of_two_readings_is_found_by_both() -> None:
    command = Command("x", "重新", "")
    assert fit(command, "cx") < NOT_AT_ALL
    assert fit(command, "zx") < NOT_AT_ALL


def test_initials_are_those_of_the_table() -> None:
    assert readings("认") == ("ren",)
    assert readings("a") == ()


@settings(max_examples=40)
@given(st.sampled_from(COMMANDS), st.data())
def test_any_beginning_of_the_pinyin_of_any_name_finds_it(command: Command, data: st.DataObject) -> None:
    typed = "".join(
        reading[: data.draw(st.integers(1, len(reading)))]
        for character in command.label
        for reading in [data.draw(st.sampled_from(readings(character)))]
    )
    assert command.id in found(typed)


@settings(max_examples=40)
@given(st.text(max_size=12))
def test_anything_may_be_typed(typed: str) -> None:
    assert set(found(typed)) <= {command.id for command in COMMANDS}
