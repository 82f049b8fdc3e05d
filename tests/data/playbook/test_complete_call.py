"""What the complete call answers: every objection, every cause, every way a call begins, every platform.

The Chinese playbook is asked; that the English one is the same graph is held beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from data.playbook.asked import ENTRIES
from data.playbook.facts import CallFacts
from data.playbook.format import IDENTITY, RETURN, Choice, Node, Objection
from data.playbook.lines import VARIABLE
from data.playbook.load import load, shipped
from data.playbook.run import choose, ending, line, objections, options, raise_objection, start
from data.playbook.state import Run
from data.vocabulary import Cause
from tests.data.playbook.calls import chinese, walk

BOOK = chinese()
FIRST = CallFacts(platform="taobao", cause="Q1", can_revise=True, can_append=True)
ACCEPTED = "1 1 1 1 1 1 1"
EACH_OBJECTION = pytest.mark.parametrize("objection", BOOK.objections, ids=lambda each: each.id)
CLOSING = {"close", "time"}


def answers(objection: Objection) -> Iterator[Node]:
    """The nodes of an objection's own, from its answers on."""
    seen: set[str] = set()
    pending = list(objection.rungs)
    while pending:
        node = BOOK.node(pending.pop())
        if node.id not in seen and node.home:
            seen.add(node.id)
            yield node
            pending += [choice.to for choice in node.choices if choice.to not in ("", RETURN)]


def said(run: Run) -> str:
    return line(BOOK, run, {}).say


def closes(choice: Choice) -> bool:
    return bool(choice.to) and choice.to != RETURN and BOOK.node(choice.to).stage in CLOSING


def test_all_forty_objections_are_there_and_those_about_privacy_injury_children_and_leads() -> None:
    assert [each.id for each in sorted(BOOK.objections, key=lambda each: each.number)] == [
        f"O{number}" for number in range(1, 45)
    ]


@EACH_OBJECTION
def test_an_objection_has_a_short_name_and_words_to_be_found_by(objection: Objection) -> None:
    assert 0 < len(objection.short) <= 6
    assert len(objection.search) >= 3


@EACH_OBJECTION
def test_an_objection_has_two_ways_on_and_a_polite_close(objection: Objection) -> None:
    nodes = list(answers(objection))
    ways = {choice.to or choice.raises for node in nodes for choice in node.choices}
    assert len(ways) >= 2
    assert any(closes(choice) for node in nodes for choice in node.choices)
    assert all(len(node.say) >= 2 for node in nodes)


@EACH_OBJECTION
def test_the_second_time_is_not_answered_like_the_first(objection: Objection) -> None:
    if objection.id == "O2":
        assert objection.rungs == ("refuse_firm",)
        return
    assert all(one != other for one, other in pairwise(objection.rungs))
    first, last = BOOK.node(objection.rungs[0]), BOOK.node(objection.rungs[-1])
    assert not set(first.say) & set(last.say)
    assert RETURN not in {choice.to for choice in last.choices}


@EACH_OBJECTION
def test_no_answer_asks_about_the_review(objection: Objection) -> None:
    assert not any(node.asks_review or node.reminds for node in answers(objection))


def test_one_node_alone_asks_about_the_review() -> None:
    assert [node.id for node in BOOK.nodes if node.asks_review] == ["question"]


@pytest.mark.parametrize("cause", list(Cause))
def test_each_cause_is_acknowledged_in_its_own_words_with_an_apology(cause: Cause) -> None:
    def opening(code: str | None, attempt: int) -> str:
        return said(walk(BOOK, CallFacts(cause=code, attempt=attempt), "1 1"))

    for attempt in (1, 2):
        own, plain = opening(cause.value, attempt), opening(None, attempt)
        assert own != plain
        assert any(word in own for word in ("对不起", "抱歉", "不好意思", "道个歉"))
    told_apart = {opening(each.value, 1) for each in Cause if not each.value.startswith("M")}
    assert len(told_apart) == sum(not each.value.startswith("M") for each in Cause)


def test_every_entry_begins_a_call_that_can_be_gone_through() -> None:
    assert set(BOOK.entries) == set(ENTRIES)
    for entry in ENTRIES:
        run = start(BOOK, FIRST, entry)
        while ending(BOOK, run) is None:
            run = choose(BOOK, run, options(BOOK, run)[0].key)
        assert IDENTITY in run.marks


def test_who_calls_in_tells_their_order_and_is_told_nothing_before() -> None:
    run = start(BOOK, FIRST, "incoming_call")
    for key in (1, 2):
        strange = choose(BOOK, run, key)
        assert IDENTITY not in strange.marks
    checked = choose(BOOK, choose(BOOK, run, 1), 1)
    assert (checked.place, IDENTITY in checked.marks) == ("incoming_open", True)
    unsure = choose(BOOK, choose(BOOK, run, 1), 2)
    assert VARIABLE.findall(BOOK.node(unsure.place).say[0]) == ["official_chat"]


@pytest.mark.parametrize("can_append", [False, None])
def test_where_nothing_can_be_changed_any_more_nobody_is_reminded(can_append: bool | None) -> None:
    missed = CallFacts(can_append=can_append, promised_before=True, review_asked_before=1, attempt=2)
    assert walk(BOOK, missed, "1 1").place == "still_open"
    kept = CallFacts(can_append=can_append, promised_before=True, remedy_state="accepted", attempt=2)
    assert walk(BOOK, kept, "1 1 1").place == "close_settled"


def test_a_brief_call_says_the_same_in_fewer_words() -> None:
    for acts in ("1", "1 1", "1 1 1", "1 1 1 1", "1 1 1 1 1", "1 1 1 1 1 1", f"{ACCEPTED} 7"):
        cases = (CallFacts(cause="Q1", can_revise=True, preset=each) for each in ("full", "brief"))
        full, brief = (walk(BOOK, case, acts) for case in cases)
        assert full.place == brief.place
        assert len(said(brief)) <= len(said(full)), full.place


def test_a_call_that_goes_well_apologises_twice_or_three_times() -> None:
    low, high = BOOK.limits.apologies
    assert low <= walk(BOOK, FIRST, f"{ACCEPTED} 1 1").apologies <= high


def test_an_injury_ends_the_talk_of_goods_and_goes_to_a_lead() -> None:
    ends = {"close_escalated", "callback_time"}
    (hurt,) = (each for each in BOOK.objections if each.id == "O42")
    inner = {node.id for node in answers(hurt)}
    for node in answers(hurt):
        assert {choice.to for choice in node.choices} <= ends | inner
        assert not node.remedy


def test_an_injury_is_heard_before_anybody_asks_who_is_calling() -> None:
    run = start(BOOK, FIRST, "incoming_call")
    hurt = raise_objection(BOOK, run, "O42")
    assert (hurt.place, IDENTITY in hurt.marks) == ("goods.hurt", False)
    assert all(not VARIABLE.findall(text) for text in BOOK.node(hurt.place).say)


def test_where_we_broke_our_word_the_call_begins_by_owning_it() -> None:
    plain, broken = (CallFacts(cause="L1", known=known) for known in ({}, {"history.broken": True}))
    for acts in ("1", "1 1"):
        assert said(walk(BOOK, broken, acts)) != said(walk(BOOK, plain, acts))
    assert "对不起" in said(walk(BOOK, broken, "1 1"))


def test_a_call_in_the_evening_begins_with_good_evening() -> None:
    late = CallFacts(known={"clock.part": "evening"})
    assert said(start(BOOK, late)).startswith("晚上好")
    assert not said(start(BOOK, FIRST)).startswith("晚上好")


def test_money_for_a_review_is_refused_and_what_is_owed_stays_owed() -> None:
    run = walk(BOOK, FIRST, f"{ACCEPTED} O15")
    assert (run.place, run.remedy) == ("money.pay", "accepted")
    done = walk(BOOK, FIRST, f"{ACCEPTED} O15 2")
    assert (done.place, done.remedy, done.review_asked) == ("close_settled", "accepted", 1)
    pressed = walk(BOOK, FIRST, f"{ACCEPTED} O15 4 2 1 1")
    found = ending(BOOK, pressed)
    assert found is not None
    assert found.standings[0] == "escalated"


def test_a_lead_is_really_asked_and_never_played() -> None:
    for objection_id in ("O17", "O33", "O35", "O42", "O44"):
        (objection,) = (each for each in BOOK.objections if each.id == objection_id)
        assert any(choice.to == "close_escalated" for node in answers(objection) for choice in node.choices)


def test_who_is_bothered_by_calls_is_not_called_again() -> None:
    run = walk(BOOK, FIRST, "1 O37 2 1")
    found = ending(BOOK, run)
    assert found is not None
    assert found.standings == ("do_not_contact",)


def test_an_objection_of_an_earlier_call_is_answered_as_the_second_time() -> None:
    before = CallFacts(objections_before={"O14": 1, "O30": 1}, attempt=2)
    assert walk(BOOK, before, "1 1 O14").place == "money.compensation_end"
    assert walk(BOOK, before, "1 1 O30").place == "service.rude_end"


def test_every_answer_is_open_once_the_buyer_is_known() -> None:
    shown = objections(BOOK, walk(BOOK, FIRST, "1"))
    assert len(shown) == len(BOOK.objections)


def test_lines_are_short_enough_to_be_said_in_one_breath() -> None:
    spoken = [text for node in BOOK.nodes for group in node.words() for text in (*group.say, *node.again)]
    bare = [VARIABLE.sub("", text) for text in spoken]
    assert max(map(len, bare)) <= 40


def test_labels_are_read_at_a_glance() -> None:
    for node in BOOK.nodes:
        for choice in node.choices:
            assert len(choice.label) <= 10, (node.id, choice.label)
            assert choice.goes, (node.id, choice.label)


def test_all_parts_are_files_beside_the_playbook() -> None:
    (path,) = (each for each in shipped() if each.name == "standard.zh.toml")
    parts = sorted(each.name for each in (path.parent / "parts").glob("*.zh.toml"))
    assert load(path).text.count("#=== parts/") == len(parts) == 6


@pytest.mark.parametrize("platform", ["taobao", "tmall", "pdd", "jd", "douyin", "kuaishou"])
def test_each_platform_has_its_own_words_for_the_shops_chat(platform: str) -> None:
    assert BOOK.phrases[f"chat_{platform}"].endswith("客服")
