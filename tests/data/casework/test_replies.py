"""A public reply: drafted, read by a second person, sent once, locked, and outdated only by the buyer."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import AmendsError, Refused
from data.reads import SqlReads
from data.replies.rows import ReplyRow, ReplyView
from data.settings import Replies, Settings
from tests.data.casework.desk import DAY, MINUTE, Desk

FIT = "谢谢您说清楚。腰口开线是我们出货检验没有把好关,已经换新。从本周起每条裤子都加一道拉力检查。"
OTHER = "谢谢您。是我们打包时漏装了腰带,已经补发。从本周起出库前由第二个人核对。"
ASKS = "我们已经换新,麻烦您把差评改成好评。"


def replies(desk: Desk, case_id: int) -> tuple[ReplyRow, ...]:
    from data.clock import zone

    return SqlReads(desk.store, zone=zone("Asia/Shanghai")).case(case_id, now=desk.now).replies


def two(folder: Path, *, second_person: bool = True) -> tuple[Desk, int]:
    desk = Desk(folder / "shop.db", settings=Settings(replies=Replies(second_person=second_person)))
    desk.world.agent("ming", name="阿明", role="lead")
    return desk, desk.case()


def revised(desk: Desk, case_id: int, kind: str = "revised") -> int:
    """The buyer changes the review, and an import sees it."""
    review = desk.value("SELECT review_id FROM review_case WHERE id = ?", case_id)
    return desk.world.insert("revision", review_id=review, kind=kind, seen_at=desk.now)


def test_a_draft_is_one_row_that_is_overwritten_and_cleared_when_it_is_empty(tmp_path: Path) -> None:
    desk, case_id = two(tmp_path)
    desk.casework.draft_reply(case_id, "谢", 0)
    desk.casework.draft_reply(case_id, "谢谢您", 0)
    assert [each.text for each in replies(desk, case_id)] == ["谢谢您"]
    desk.casework.draft_reply(case_id, " ", 0)
    assert not replies(desk, case_id)
    assert desk.events(case_id) == []


def test_where_the_shop_wants_it_nothing_is_sent_that_nobody_else_has_read(tmp_path: Path) -> None:
    desk, case_id = two(tmp_path)
    desk.casework.draft_reply(case_id, FIT, 0)
    with pytest.raises(Refused, match="else has read"):
        desk.casework.mark_reply_sent(case_id, FIT)
    desk.casework.propose_reply(case_id)
    with pytest.raises(Refused, match="not read it yet"):
        desk.casework.mark_reply_sent(case_id, FIT)


def test_nobody_approves_their_own_words(tmp_path: Path) -> None:
    desk, case_id = two(tmp_path)
    desk.casework.draft_reply(case_id, FIT, 0)
    desk.casework.propose_reply(case_id)
    (reply,) = replies(desk, case_id)
    with pytest.raises(Refused, match="themselves"):
        desk.casework.approve_reply(reply.id, reply.proposed_at or 0)
    with pytest.raises(sqlite3.IntegrityError):
        desk.world.change("reply", reply.id, state="approved", approver_id=reply.author_id)


def test_an_approval_is_for_the_text_that_was_read(tmp_path: Path) -> None:
    desk, case_id = two(tmp_path)
    lead = desk.casework_of(2)
    desk.casework.draft_reply(case_id, FIT, 0)
    desk.casework.propose_reply(case_id)
    (read,) = replies(desk, case_id)
    desk.casework.take_back_reply(case_id)
    desk.now += MINUTE
    desk.casework.draft_reply(case_id, OTHER, 0)
    desk.casework.propose_reply(case_id)
    with pytest.raises(Refused, match="taken back"):
        lead.approve_reply(read.id, read.proposed_at or 0)


def test_what_is_sent_back_is_a_draft_again_with_what_is_to_be_changed(tmp_path: Path) -> None:
    desk, case_id = two(tmp_path)
    lead = desk.casework_of(2)
    desk.casework.draft_reply(case_id, FIT, 0)
    desk.casework.propose_reply(case_id)
    (reply,) = replies(desk, case_id)
    lead.send_back_reply(reply.id, reply.proposed_at or 0, "写上从哪天起")
    (reply,) = replies(desk, case_id)
    assert (reply.state, reply.remark, reply.text) == ("draft", "写上从哪天起", FIT)
    assert desk.events(case_id) == ["reply_proposed", "reply_sent_back"]
    assert not desk.faults()


def test_a_reply_that_asks_for_the_review_is_neither_proposed_nor_sent(tmp_path: Path) -> None:
    desk, case_id = two(tmp_path, second_person=False)
    desk.casework.draft_reply(case_id, ASKS, 0)
    for act in (desk.casework.propose_reply, lambda number: desk.casework.mark_reply_sent(number, ASKS)):
        with pytest.raises(Refused, match="must not be said"):
            act(case_id)


def test_a_sent_reply_ends_its_follow_up_and_its_hash_stands_in_the_log(tmp_path: Path) -> None:
    desk, case_id = two(tmp_path, second_person=False)
    desk.world.insert(
        "follow_up", case_id=case_id, kind="public_reply", state="open", due_at=desk.now + DAY, set_at=desk.now
    )
    desk.casework.draft_reply(case_id, FIT, 0)
    done = desk.casework.mark_reply_sent(case_id, f" {FIT}\n")
    assert desk.value("SELECT state FROM follow_up") == "done"
    assert desk.value("SELECT text FROM event_text WHERE event_id = ?", done.event_id) == FIT
    assert not desk.faults()
    assert not done.undoable


def test_the_database_itself_refuses_to_change_or_delete_a_sent_reply(tmp_path: Path) -> None:
    desk, case_id = two(tmp_path, second_person=False)
    desk.casework.draft_reply(case_id, FIT, 0)
    desk.casework.mark_reply_sent(case_id, FIT)
    for sql in ("UPDATE reply SET text = 'x'", "UPDATE reply SET state = 'draft', sent_at = NULL", "DELETE FROM reply"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            desk.world.connection.execute(sql)
    desk.world.connection.execute("UPDATE reply SET text = ''")  # erasing a person may take the words away


def test_a_second_reply_is_refused_where_the_platform_takes_one(tmp_path: Path) -> None:
    desk, _case = two(tmp_path, second_person=False)
    review = desk.world.review()
    case_id = desk.world.case(review, platform="pdd")
    desk.casework.draft_reply(case_id, FIT, 0)
    desk.casework.mark_reply_sent(case_id, FIT)
    desk.casework.draft_reply(case_id, OTHER, 0)
    with pytest.raises(Refused, match="chance to reply is used"):
        desk.casework.mark_reply_sent(case_id, OTHER)


def test_a_review_that_was_changed_meanwhile_is_read_again_first(tmp_path: Path) -> None:
    desk, case_id = two(tmp_path, second_person=False)
    desk.casework.draft_reply(case_id, FIT, 0)
    change = revised(desk, case_id)
    with pytest.raises(Refused, match="changed the review since"):
        desk.casework.mark_reply_sent(case_id, FIT)
    desk.casework.draft_reply(case_id, FIT, change)
    desk.casework.mark_reply_sent(case_id, FIT)
    (reply,) = replies(desk, case_id)
    assert not reply.outdated


def test_a_colleague_who_holds_the_case_keeps_others_from_its_reply(tmp_path: Path) -> None:
    desk, case_id = two(tmp_path)
    desk.casework_of(2).claim(case_id)
    with pytest.raises(Refused, match="阿明"):
        desk.casework.draft_reply(case_id, FIT, 0)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "draft",
                "other",
                "asks",
                "propose",
                "back",
                "approve",
                "return",
                "send",
                "change",
                "seen",
                "close",
                "undo",
            ]
        ),
        st.sampled_from([1, 2]),
    ),
    min_size=4,
    max_size=14,
)


def step(desk: Desk, case_id: int, what: str, agent_id: int) -> None:
    casework = desk.casework_of(agent_id)
    rows = replies(desk, case_id)
    newest = rows[0].newest if rows else 0
    reply = next((each for each in rows if not each.sent), None)
    number, at = (reply.id, reply.proposed_at or 0) if reply else (1, 0)
    text = reply.text if reply else FIT
    match what:
        case "draft" | "other" | "asks":
            casework.draft_reply(case_id, {"draft": FIT, "other": OTHER, "asks": ASKS}[what], newest)
        case "propose":
            casework.propose_reply(case_id)
        case "back":
            casework.take_back_reply(case_id)
        case "approve":
            casework.approve_reply(number, at)
        case "return":
            casework.send_back_reply(number, at, "再改一改")
        case "send":
            casework.mark_reply_sent(case_id, text)
        case "change" | "seen":
            revised(desk, case_id, {"change": "revised", "seen": "replied"}[what])
        case "close":
            from data.vocabulary import Result

            casework.close(case_id, Result.DECLINED)
        case "undo":
            casework.undo()


@settings(max_examples=13, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, second_person=st.booleans())
def test_no_sequence_of_acts_changes_what_was_sent_nor_sends_what_must_not_be_said(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]], second_person: bool
) -> None:
    desk, case_id = two(tmp_path_factory.mktemp("replies"), second_person=second_person)
    stood: dict[int, ReplyRow] = {}
    changes: dict[int, int] = {}
    for what, agent_id in steps:
        desk.now += MINUTE
        try:
            step(desk, case_id, what, agent_id)
        except AmendsError:
            pass  # a refusal is an answer; what matters is what stands afterwards
        else:
            if what == "change":
                changes = {number: count + 1 for number, count in changes.items()}
        for reply in replies(desk, case_id):
            if reply.approver is not None:
                assert reply.approver != reply.author
            if not reply.sent:
                continue
            if reply.id not in stood:
                stood[reply.id], changes[reply.id] = reply, 0
                assert reply.text in (FIT, OTHER)
                assert not second_person or reply.approver is not None
            before = stood[reply.id]
            assert (reply.text, reply.sent_at, reply.sender, reply.approver) == (
                before.text, before.sent_at, before.sender, before.approver,
            )  # fmt: skip
            assert reply.outdated == (changes[reply.id] > 0)
    assert not desk.faults()
    desk.store.close()
    desk.world.connection.close()


def test_lists_hold_what_waits_what_may_go_out_and_what_was_sent(tmp_path: Path) -> None:
    from data.clock import zone

    desk, first = two(tmp_path)
    reads = SqlReads(desk.store, zone=zone("Asia/Shanghai"))
    lead = desk.casework_of(2)
    second = desk.case()
    for case_id in (first, second):
        desk.now += MINUTE
        desk.casework.draft_reply(case_id, FIT, 0)
        desk.casework.propose_reply(case_id)
    waiting = reads.reply_list(ReplyView.TO_APPROVE).rows
    assert [line.reply.case_id for line in waiting] == [first, second]
    lead.approve_reply(waiting[0].reply.id, waiting[0].reply.proposed_at or 0)
    assert [line.reply.case_id for line in reads.reply_list(ReplyView.APPROVED).rows] == [first]
    desk.casework.mark_reply_sent(first, FIT)
    revised(desk, first)
    assert reads.reply_counts() == {
        ReplyView.TO_APPROVE: 1, ReplyView.APPROVED: 0, ReplyView.SENT: 1, ReplyView.OUTDATED: 1,
    }  # fmt: skip
