"""Was every contact allowed when it was started? The log is read from its beginning, and each contact is judged by
what stood in it before.

The rules have the names and the numbers of `docs/contact-rules.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.simulate.auditor.hours import Wish, day, in_hours, in_window, minute, wall
from tests.simulate.auditor.record import DAY, Finding, Record, still_open

_NO_ATTEMPT = ("number_expired", "no_reply")
_FIRM = ("refused_firm", "do_not_contact")
_EARLY = 10 * 60_000


@dataclass
class _Known:
    """What the log has told so far."""

    barred: set[int] = field(default_factory=set)
    firm: dict[int, int] = field(default_factory=dict)
    """Buyers who refused firmly, and the number of the event that said so."""

    refusals: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    wishes: dict[int, Wish] = field(default_factory=dict)
    lines: dict[int, str] = field(default_factory=dict)
    """Results of contacts that have one."""

    started: dict[int, int] = field(default_factory=dict)
    """The numbers of the events that started contacts."""

    tried: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    """Contacts by buyer in the order in which they were started."""

    accepted: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Remedies that stand, by case."""

    passed: dict[tuple[int, int, int], Any] = field(default_factory=dict)
    """Rules that were passed: by agent, case and time."""

    states: dict[int, str] = field(default_factory=dict)


def check(record: Record) -> Iterator[Finding]:
    """Every contact that the rules forbade, and every one that the log does not tell of."""
    known = _Known()
    for event in record.events:
        if event.kind == "contact_started":
            contact = record.contacts.get(event.contact_id)
            if contact is None or event.contact_id in known.started:
                yield Finding("record", event.case_id, f"event {event.id} started contact {event.contact_id} of nobody")
                continue
            told = (event.case_id, event.agent_id, event.code, event.at)
            if told != (contact.case_id, contact.agent_id, contact.channel, contact.started_at):
                yield Finding("record", event.case_id, f"contact {contact.id} is not what event {event.id} tells")
            known.started[contact.id] = event.id
            if bool(contact.incoming) != (event.number == 1) or (contact.incoming and contact.channel != "phone"):
                said = f"event {event.id} tells something else of who began contact {contact.id}"
                yield Finding("record", event.case_id, said)
            # Where the buyer called, no rule forbids to answer, and it is no attempt.
            if not contact.incoming:
                yield from _judged(record, known, contact, event)
                known.tried[contact.buyer_id].append(contact)
        else:
            _learn(record, known, event)
        if event.case_id is not None and event.to_state is not None:
            known.states[event.case_id] = event.to_state
    yield from _unrecorded(record, known)


def _learn(record: Record, known: _Known, event: Any) -> None:
    case = record.cases.get(event.case_id)
    buyer = case.buyer_id if case is not None else None
    match event.kind:
        case "do_not_contact_set":
            known.barred.add(event.subject_id)
        case "do_not_contact_lifted":
            known.barred.discard(event.subject_id)
        case "refused":
            known.refusals[event.case_id] = event.number
            if event.number >= 2 and buyer is not None:
                known.firm.setdefault(buyer, event.id)
        case "refusal_corrected":
            known.refusals[event.case_id] = event.number
            since = known.started.get(event.contact_id, 0)
            # A lead's word takes the refusal back; a step back in a call takes back what that call said.
            if buyer is not None and event.number < 2 and known.firm.get(buyer, -1) > since:
                del known.firm[buyer]
        case "outcome_recorded":
            line, _slash, standing = str(event.code).partition("/")
            known.lines[event.contact_id] = line
            if standing in _FIRM and buyer is not None:
                known.firm.setdefault(buyer, event.id)
        case "preference_set":
            known.wishes[event.subject_id] = _wish(record.texts.get(event.id, ("", ""))[1])
        case "remedy_accepted":
            known.accepted[event.case_id].add(event.subject_id)
        case "remedy_declined" | "remedy_proposed":
            known.accepted[event.case_id].discard(event.subject_id)
        case "rule_overridden":
            known.passed[event.agent_id, event.case_id, event.at] = event


def _wish(told: str) -> Wish:
    """A preference as the log words it: channel, hours, days and zone, a dash for what was not said."""
    if not told:
        return Wish()
    channel, hours, days, zone = (None if word == "-" else word for word in told.split(" "))
    start, until = map(int, hours.split("-")) if hours else (None, None)
    return Wish(channel, start, until, days, zone)


def _judged(record: Record, known: _Known, contact: Any, event: Any) -> Iterator[Finding]:
    """What stood in the way of a contact."""
    case, at = record.cases[contact.case_id], contact.started_at
    wish = known.wishes.get(contact.buyer_id, Wish())
    zone = wish.zone or record.zone_of(case.id)

    def found(rule: str, what: str = "") -> Finding:
        said = f"contact {contact.id} by {contact.channel} at {wall(at, zone):%Y-%m-%d %H:%M:%S} {zone} {what}"
        return Finding(rule, case.id, said.strip())

    if contact.buyer_id != case.buyer_id:
        yield found("record", "is with another buyer")
    for rule in _hard(record, known, contact, zone):
        yield found(rule)
    if _appointed(record, case.id, at, zone):
        return
    passed = known.passed.get((contact.agent_id, case.id, at))
    if passed is not None:
        agent = record.agents.get(contact.agent_id)
        if agent is None or agent.role == "agent":
            yield found("rule_overridden", "was passed by an agent")
        elif passed.text_hash is None or len(record.texts.get(passed.id, ("", "  "))[1].strip()) < 2:
            yield found("rule_overridden", "was passed without a reason")
        elif event.id - passed.id > 3:
            yield found("rule_overridden", "was passed at another time")
        return
    for rule in _soft(record, known, contact, zone, wish):
        yield found(rule)


def _hard(record: Record, known: _Known, contact: Any, zone: str) -> Iterator[str]:
    """Rules 1 to 7."""
    if contact.buyer_id in known.barred:
        yield "do_not_contact"
    state = known.states.get(contact.case_id)
    if state == "closed":
        yield "closed"
    if state in ("escalated", "appealed"):
        yield "with_lead"
    if contact.channel in ("phone", "sms"):
        yield from _number(record, contact)
    if not in_hours(contact.started_at, zone):
        yield "hours"


def _number(record: Record, contact: Any) -> Iterator[str]:
    at = contact.started_at
    numbers = [one for one in record.numbers.get(contact.buyer_id, ()) if one.added_at <= at]
    used = next((one for one in numbers if one.id == contact.personal_id), None)
    if used is None:
        yield "no_number"
        return
    if used.expires_at is not None and used.expires_at <= at:
        yield "number_expired"
    if any(one.id > used.id and (one.expires_at is None or one.expires_at > at) for one in numbers):
        yield "newest_number"
    if contact.channel == "sms" and used.extension:
        yield "number_kind"


def _appointed(record: Record, case_id: int, at: int, zone: str) -> bool:
    """Whether the buyer had agreed to be contacted now: from ten minutes before the time until the end of that day."""
    return any(
        one.kind == "callback"
        and one.set_at <= at
        and still_open(one, at)
        and one.due_at - _EARLY <= at
        and day(at, zone) <= day(one.due_at, zone)
        for one in record.follow_ups.get(case_id, ())
    )


def _soft(record: Record, known: _Known, contact: Any, zone: str, wish: Wish) -> Iterator[str]:
    """Rules 8 to 19."""
    at, case_id, phone = contact.started_at, contact.case_id, contact.channel == "phone"
    ever = [one for one in known.tried[contact.buyer_id] if known.lines.get(one.id) not in _NO_ATTEMPT]
    tried = [one for one in ever if one.started_at > at - 30 * DAY]
    here = [one for one in ever if one.case_id == case_id]
    last = tried[-1] if tried else None
    line = known.lines.get(last.id) if last is not None else None
    talking = (
        not phone and last is not None and last.case_id == case_id and line == "replied" and at < last.started_at + DAY
    )
    if (contact.buyer_id in known.firm or known.refusals[case_id] >= 2) and (phone or not known.accepted[case_id]):
        yield "refused"
    if line == "abusive":
        yield "abused"
    if phone and sum(one.channel == "phone" for one in here) >= 3:
        yield "calls"
    if phone and line in ("declined", "hung_up"):
        yield "writing_first"
    if phone and wish.channel not in (None, "phone"):
        yield "prefers_writing"
    nobody = last is not None and last.channel == "phone" and line in ("no_answer", "off")
    if phone and last is not None and nobody and abs(minute(at, zone) - minute(last.started_at, zone)) < 60:
        yield "other_hour"
    if talking:
        return
    if len(here) >= 8:
        yield "case_cap"
    if _quiet(record, case_id, at, zone):
        yield "quiet_day"
    if sum(one.started_at > at - 7 * DAY for one in tried) >= 6:
        yield "week_cap"
    if sum(day(one.started_at, zone) == day(at, zone) for one in tried) >= 2:
        yield "daily_cap"
    if last is not None and at < last.started_at + (30 if line == "busy" else 120) * 60_000:
        yield "gap"
    if contact.channel in ("phone", "sms") and not in_window(at, zone, contact.channel, wish):
        yield "window"


def _quiet(record: Record, case_id: int, at: int, zone: str) -> bool:
    """Whether it was the day after the day after the newest promise that still stood."""
    made = [
        one.made_at
        for one in record.promises.get(case_id, ())
        if one.by_whom == "buyer" and one.made_at < at and (one.state in ("open", "missed") or still_open(one, at))
    ]
    return bool(made) and day(at, zone).toordinal() - day(max(made), zone).toordinal() == 2


def _unrecorded(record: Record, known: _Known) -> Iterator[Finding]:
    for contact in record.contacts.values():
        if contact.id not in known.started:
            yield Finding("record", contact.case_id, f"contact {contact.id} was started by nobody")
        if contact.line != known.lines.get(contact.id):
            yield Finding("record", contact.case_id, f"contact {contact.id} has a result that nobody recorded")
