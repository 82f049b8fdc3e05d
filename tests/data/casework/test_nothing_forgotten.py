"""Whatever is done in whatever order: what was promised has a task, no case is lost, nobody is set to be disturbed
at a time that the rules forbid."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.casework.act import Act
from data.casework.contacts import facts
from data.casework.entrance import SqlCasework
from data.clock import MINUTE
from data.contact_rules import may_contact
from data.errors import Refused
from data.models import Case
from data.outcomes import STANDINGS, LineResult, Standing, standings_for
from data.protocols import Disposition
from data.rows import ContactFacts
from data.vocabulary import CONTACT_KINDS, Channel, FollowUpKind, Result
from tests.data.casework.desk import DAY, HOUR, Desk

WRITTEN_LINES = (LineResult.SENT, LineResult.REPLIED, LineResult.NO_REPLY)
SPOKEN_LINES = tuple(line for line in LineResult if line not in WRITTEN_LINES)

CONTACTS = st.tuples(
    st.just("contact"),
    st.sampled_from([Channel.PHONE, Channel.CHAT, Channel.SMS]),
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from([2 * HOUR, 6 * HOUR, DAY + 3 * HOUR, 2 * DAY + HOUR, 5 * DAY]),
)
VERBS = st.one_of(
    CONTACTS,
    CONTACTS,
    CONTACTS,
    st.tuples(st.just("wait"), st.sampled_from([20 * MINUTE, 3 * HOUR, 9 * HOUR, DAY, 3 * DAY, 15 * DAY])),
    st.tuples(
        st.sampled_from(
            [
                "deliver",
                "deliver",
                "snooze",
                "escalate",
                "close",
                "unreachable",
                "reopen",
                "reopen",
                "undo",
                "bar",
                "lift",
            ]
        )
    ),
)


@given(st.lists(VERBS, min_size=4, max_size=16))
@settings(max_examples=18, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_nothing_promised_is_forgotten(desk: Desk, verbs: list[tuple[object, ...]]) -> None:
    lead = desk.casework_of(desk.world.agent(f"lead{desk.world.count('agent')}", role="lead", name="王", title="主管"))
    case_id = desk.case()
    for verb in verbs:
        seen = int(str(desk.value("SELECT coalesce(max(id), 0) FROM follow_up")))
        with suppress(Refused):
            do(desk, lead, case_id, verb)
        lead.catch_up()
        nothing_is_forgotten(desk, case_id)
        nobody_is_disturbed(desk, lead, case_id, seen)
    assert desk.faults() == []


def do(desk: Desk, casework: SqlCasework, case_id: int, verb: tuple[object, ...]) -> None:
    match verb:
        case ("contact", Channel() as channel, int() as line_at, int() as standing_at, int() as later):
            contact_id = at_the_next_chance(desk, casework, case_id, channel)
            desk.now += 5 * MINUTE
            lines = SPOKEN_LINES if channel is Channel.PHONE else WRITTEN_LINES
            line = lines[line_at % len(lines)]
            fits = standings_for(line)
            standing = fits[standing_at % len(fits)]
            at = desk.now + later if STANDINGS[standing].needs_time else None
            try:
                casework.record_outcome(contact_id, Disposition(line, standing, at))
            except Refused:
                casework.record_outcome(contact_id, Disposition(line, fits[-1], desk.now + DAY))
        case ("wait", int() as span):
            desk.now += span
        case ("deliver",):
            casework.remedy_delivered(case_id)
        case ("snooze",):
            casework.snooze(case_id, desk.now + 26 * HOUR)
        case ("close",):
            casework.close(case_id, Result.NONE)
        case ("unreachable",):
            casework.close(case_id, Result.UNREACHABLE)
        case ("bar",):
            casework.set_do_not_contact(case_id)
        case ("lift",):
            casework.lift_do_not_contact(case_id, "买家自己来问")
        case ("undo",):
            casework.undo()
        case (str() as name,):
            getattr(casework, name)(case_id)


def at_the_next_chance(desk: Desk, casework: SqlCasework, case_id: int, channel: Channel) -> int:
    """Start a contact as soon as the rules allow it; by writing where there will be no call."""
    if desk.row(case_id)["state"] == "escalated":
        casework.take_over(case_id)
    with casework._act() as act:
        known = known_of(act, case_id)
        for way in (channel, Channel.CHAT):
            answer = may_contact(known, way, desk.now, act.zone, desk.settings.contact)
            if answer.allowed or answer.earliest is not None:
                desk.now = answer.earliest or desk.now
                break
    casework.catch_up()
    return casework.start_contact(case_id, way)


def nothing_is_forgotten(desk: Desk, case_id: int) -> None:
    row = desk.row(case_id)
    kinds = {
        str(kind): due
        for kind, due in desk.world.connection.execute(
            "SELECT kind, min(due_at) FROM follow_up WHERE case_id = ? AND state = 'open' GROUP BY kind", (case_id,)
        )
    }
    promised = desk.value(
        "SELECT count(*) FROM promise WHERE case_id = ? AND state = 'open' AND by_whom = 'buyer'", case_id
    )
    owed = desk.value(
        "SELECT count(*) FROM remedy WHERE case_id = ? AND state IN ('accepted','approved','issued')", case_id
    )
    if promised:
        assert row["open"], "nobody waits for a promise on a closed case"
        assert "check_promise" in kinds
    if owed:
        assert row["open"], "what is owed keeps a case open"
        assert "deliver_remedy" in kinds
    if row["open"]:
        assert row["due_at"] is not None
        if row["state"] in ("waiting_buyer", "waiting_us", "scheduled"):
            assert kinds or int(str(row["due_at"])) <= desk.now, "somebody comes back to it"
        assert row["follow_up_at"] == min(kinds.values(), default=None)
    else:
        assert not kinds, "a closed case asks for nothing"


def nobody_is_disturbed(desk: Desk, casework: SqlCasework, case_id: int, seen: int) -> None:
    """What was set just now is due at a moment that the rules allow, as far as is known now."""
    fresh = desk.world.connection.execute(
        "SELECT kind, channel, due_at FROM follow_up WHERE case_id = ? AND id > ? AND state = 'open' AND set_at = ?",
        (case_id, seen, desk.now),
    ).fetchall()
    with casework._act() as act:
        known = known_of(act, case_id)
        for kind, channel, due_at in fresh:
            if kind not in CONTACT_KINDS or (kind == FollowUpKind.SATISFACTION and known.state == "escalated"):
                continue
            answer = may_contact(known, Channel(channel), due_at, act.zone, desk.settings.contact)
            assert answer.allowed, (kind, channel, answer)


def known_of(act: Act, case_id: int) -> ContactFacts:
    act.session.expire_all()
    return facts(act, act.session.get_one(Case, case_id))


def test_every_standing_is_tried() -> None:
    assert set(Standing) == {standing for line in LineResult for standing in standings_for(line)}
