"""No sequence of verbs makes a remedy depend on the review: the same acts, with and without everything that the buyer
may do or answer about it, leave the same ledger; and what was accepted never disappears from it."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from data.casework.chain import append_events
from data.casework.entrance import SqlCasework
from data.casework.observe import Observation, Observed, observe
from data.errors import Refused
from data.protocols import Disposition, Offer
from data.vocabulary import REMEDY_STANDS, Channel, Grade, Result, RevisionKind
from tests.data.casework.desk import DAY, HOUR, Desk
from tests.data.casework.test_ledger import case_with_order

ENTRIES = ("exchange", "refund_part", "refund_whole", "voucher", "gift")
STEPS = (
    *("accept_remedy", "accept_remedy", "decline_remedy", "ask_approval", "approve_remedy", "issue_remedy"),
    *("deliver_remedy", "remedy_told"),
)

CHANGES = (RevisionKind.REVISED, RevisionKind.APPENDED)
ANSWERS = ("promised", "refused_firm", "kept_satisfied", "kept_unsatisfied", "undecided", "do_not_contact")
ON_THE_CASE = ("close", "reopen", "escalate", "take_over", "correct_refusal", "lift_do_not_contact", "catch_up")

OFFERS = st.tuples(st.just("offer"), st.sampled_from(ENTRIES), st.sampled_from([None, 1, 30, 500]))
ON_ONE = st.tuples(st.sampled_from([*STEPS, "refuse_approval", "waive_remedy"]), st.integers(1, 4))
WAITS = st.tuples(st.just("wait"), st.sampled_from([HOUR, 9 * HOUR, DAY, 3 * DAY]))
OF_THE_REVIEW = st.one_of(
    st.tuples(st.just("review"), st.sampled_from(Grade), st.sampled_from(CHANGES)),
    st.tuples(
        st.just("answer"),
        st.sampled_from(ANSWERS),
    ),
    st.tuples(
        st.just("case"),
        st.sampled_from(ON_THE_CASE),
    ),
)
ACTS = st.lists(st.one_of(OFFERS, ON_ONE, ON_ONE, WAITS, OF_THE_REVIEW, OF_THE_REVIEW), min_size=3, max_size=14)


@given(ACTS)
@settings(max_examples=10, deadline=None)
def test_the_ledger_is_a_function_of_the_acts_on_remedies_alone(acts: list[tuple[object, ...]]) -> None:
    with_the_review = ledger_after(acts, review=True)
    without = ledger_after(acts, review=False)
    assert with_the_review == without


def ledger_after(acts: list[tuple[object, ...]], *, review: bool) -> list[tuple[object, ...]]:
    """The whole ledger after the acts, with or without those about the review."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "shop.db")
        try:
            desk.world.change("agent", desk.world.agent_id, role="admin")
            case_id = case_with_order(desk)
            grade = Grade.BAD
            for act in acts:
                stood = standing(desk)
                match act:
                    case ("wait", int() as span):
                        desk.now += span
                    case ("review", Grade() as after, RevisionKind() as kind):
                        if review:
                            seen(desk, case_id, kind, grade, after)
                            grade = after
                    case ("answer" | "case", str() as name):
                        if review:
                            with suppress(Refused):
                                about_the_review(desk, case_id, name)
                    case ("offer", str() as entry, quantity):
                        with suppress(Refused):
                            desk.casework.propose_remedy(case_id, Offer(entry, quantity))  # type: ignore[arg-type]
                    case (str() as verb, int() as number):
                        with suppress(Refused):
                            on_a_remedy(desk.casework, verb, number)
                if act[0] != "waive_remedy":
                    assert stood <= standing(desk), "what was accepted never disappears"
            assert desk.faults() == []
            return desk.world.connection.execute("SELECT * FROM remedy ORDER BY id").fetchall()
        finally:
            desk.store.close()
            desk.world.connection.close()


def standing(desk: Desk) -> set[int]:
    """The remedies that were accepted and stand."""
    found = desk.world.connection.execute("SELECT id, state FROM remedy")
    return {number for number, state in found if state in REMEDY_STANDS}


def on_a_remedy(casework: SqlCasework, verb: str, number: int) -> None:
    if verb in ("refuse_approval", "waive_remedy"):
        getattr(casework, verb)(number, "买家另有安排")
    else:
        getattr(casework, verb)(number)


def about_the_review(desk: Desk, case_id: int, name: str) -> None:
    """What the buyer answers about the review, and what is done with the case on account of it."""
    match name:
        case "close":
            desk.casework.close(case_id, Result.DECLINED)
        case "catch_up":
            desk.casework.catch_up()
        case "correct_refusal" | "lift_do_not_contact":
            getattr(desk.casework, name)(case_id, "记错了,买家来问")
        case "reopen" | "escalate" | "take_over":
            getattr(desk.casework, name)(case_id)
        case standing:
            contact_id = desk.casework.start_contact(case_id, Channel.CHAT)
            at = desk.now + 5 * HOUR if standing == "promised" else None
            desk.casework.record_outcome(contact_id, Disposition("replied", standing, at))


def seen(desk: Desk, case_id: int, kind: RevisionKind, before: Grade, after: Grade) -> None:
    """An import finds the review changed: better, worse, or with words added."""
    batch = desk.world.insert("import_batch", file="x.json", source="taobao", started_at=desk.now)
    review_id = desk.row(case_id)["review_id"]
    assert isinstance(review_id, int)
    stars = {Grade.GOOD: 5, Grade.NEUTRAL: 3, Grade.BAD: 1}
    change = Observed(
        review_id=review_id, kind=kind, grade_before=before, grade_after=after, rating_before=stars[before],
        rating_after=stars[after], text_before="短", text_after="还是短",
    )  # fmt: skip
    with desk.store.write() as connection:
        (first,) = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM event").fetchone()
        observation = Observation(desk.now, batch, None, desk.now, 30)
        for number, events in observe(connection, [change], observation, first):
            append_events(connection, events)
            last = first + len(events) - 1
            connection.execute("UPDATE review_case SET last_event_id = ? WHERE id = ?", (last, number))
