"""What the contact rules weigh is read in two places, for screens and inside a transaction: they are the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from data.casework.act import Act
from data.casework.contacts import facts
from data.casework.sessions import Sessions
from data.clock import zone
from data.outcomes import LINES
from data.reads import SqlReads
from data.vocabulary import (
    Channel,
    FollowUpKind,
    FollowUpState,
    PersonalKind,
    PromiseBy,
    PromiseState,
    RemedyState,
    State,
)
from tests.data.casework.desk import DAY, HOUR, MINUTE, Desk

AGO = st.sampled_from([0, MINUTE, HOUR, DAY, 29 * DAY, 30 * DAY, 31 * DAY])
HISTORIES = st.fixed_dictionaries(
    {
        "contacts": st.lists(
            st.tuples(st.integers(0, 1), AGO, st.sampled_from(Channel), st.none() | st.sampled_from(list(LINES))),
            max_size=6,
        ),
        "personal": st.lists(
            st.tuples(
                st.sampled_from([PersonalKind.PHONE, PersonalKind.PHONE, PersonalKind.ADDRESS]),
                st.none() | st.sampled_from([-HOUR, 0, HOUR]),
                st.none() | st.just("123"),
                st.booleans(),
            ),
            max_size=4,
        ),
        "follow_ups": st.lists(
            st.tuples(st.sampled_from(FollowUpKind), st.sampled_from(FollowUpState), AGO), max_size=4
        ),
        "promises": st.lists(st.tuples(st.sampled_from(PromiseBy), st.sampled_from(PromiseState), AGO), max_size=4),
        "remedies": st.lists(st.sampled_from(RemedyState), max_size=2),
        "buyer": st.fixed_dictionaries(
            {
                "do_not_contact_at": st.none() | st.just(5),
                "refused_at": st.none() | st.just(7),
                "preferred_channel": st.none() | st.sampled_from(["phone", "chat"]),
                "preferred_from": st.none() | st.just(600),
                "preferred_until": st.none() | st.just(700),
                "preferred_days": st.none() | st.just("67"),
                "zone": st.none() | st.just("Asia/Urumqi"),
            }
        ),
        "case": st.fixed_dictionaries(
            {
                "calls": st.integers(0, 3),
                "attempts": st.integers(0, 8),
                "refusals": st.integers(0, 2),
                "state": st.sampled_from([state for state in State if state is not State.CLOSED]),
            }
        ),
    }
)


def lived(desk: Desk, history: dict[str, Any]) -> int:
    """A case with such a history; its number."""
    world, now = desk.world, desk.now
    buyer = world.buyer(**history["buyer"])
    order = world.purchase(buyer)
    case = world.case(world.review(buyer, purchase_id=order), **history["case"])
    cases = (case, world.case(world.review(buyer)))
    agents = iter(range(99))
    for which, ago, channel, line in history["contacts"]:
        agent = world.agent(f"a{next(agents)}")
        ended = (
            {"ended_at": now, "line": line, "standing": "undecided"}
            if line
            else dict.fromkeys(("ended_at", "line", "standing"))
        )
        world.contact(cases[which], agent_id=agent, started_at=now - ago, channel=channel, **ended)
    for kind, ahead, extension, ordered in history["personal"]:
        expires = None if ahead is None else now + ahead
        world.insert(
            "personal", buyer_id=buyer, purchase_id=order if ordered else None, kind=kind, value="13812342211",
            extension=extension, virtual=int(extension is not None), expires_at=expires, added_at=now,
        )  # fmt: skip
    for kind, state, ago in history["follow_ups"]:
        world.insert("follow_up", case_id=case, kind=kind, state=state, due_at=now - ago, set_at=now)
    for by_whom, state, ago in history["promises"]:
        world.insert(
            "promise", case_id=case, by_whom=by_whom, kind="revise", state=state, made_at=now - ago, due_at=now
        )
    for state in history["remedies"]:
        world.insert("remedy", case_id=case, agent_id=world.agent_id, kind="refund_part", state=state, offered_at=now)
    return case


@settings(max_examples=27, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORIES)
def test_both_readings_of_what_the_rules_weigh_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, history: dict[str, Any]
) -> None:
    desk = Desk(tmp_path_factory.mktemp("facts") / "shop.db")
    case_id = lived(desk, history)
    seen = SqlReads(desk.store, zone=zone("Asia/Shanghai")).case(case_id, now=desk.now).facts
    with Sessions(desk.store).write() as (session, connection):
        assert isinstance(session, Session)
        act = Act(session, connection, desk.now, desk.world.agent_id, desk.settings, zone("Asia/Shanghai"))
        weighed = facts(act, act.case(case_id))
    if seen.phone is not None:
        # A screen shows the number masked; the rules do not look at it.
        seen = replace(seen, phone=replace(seen.phone, masked=""))
    assert weighed == seen
    desk.store.close()
    desk.world.connection.close()
