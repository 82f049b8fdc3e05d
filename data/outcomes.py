"""What a contact came to, on two axes: what happened on the line, and where the case then stands.

Figures and rules ask the flags, never the names. The kinds of results follow what agents of the trade note
after a call; the states follow the arrow of `record_outcome`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.language import N_, _
from data.vocabulary import FollowUpKind, Result, State


class LineResult(StrEnum):
    """What happened on the line, or to the message."""

    RIGHT_PARTY = "right_party"
    OTHER_PERSON = "other_person"
    WRONG_NUMBER = "wrong_number"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    OFF = "off"
    DECLINED = "declined"
    HUNG_UP = "hung_up"
    NUMBER_EXPIRED = "number_expired"
    ABUSIVE = "abusive"
    SENT = "sent"
    REPLIED = "replied"
    NO_REPLY = "no_reply"


class Standing(StrEnum):
    """Where the case stands after the contact."""

    PROMISED = "promised"
    CALLBACK = "callback"
    REMEDY_OWED = "remedy_owed"
    UNDECIDED = "undecided"
    KEPT_SATISFIED = "kept_satisfied"
    KEPT_UNSATISFIED = "kept_unsatisfied"
    REFUSED_FIRM = "refused_firm"
    DO_NOT_CONTACT = "do_not_contact"
    ESCALATED = "escalated"
    UNREACHABLE_RETRY = "unreachable_retry"
    WRITE_INSTEAD = "write_instead"
    UNREACHABLE = "unreachable"
    WAITING_ANSWER = "waiting_answer"
    IN_TALK = "in_talk"
    STILL_WRONG = "still_wrong"
    WAITING_EFFECT = "waiting_effect"


@dataclass(frozen=True, slots=True)
class LineFlags:
    """What a line result means to rules and figures.

    `reached`: the buyer; `answered`: anybody. `counts_as_attempt`: towards the caps. `number_bad`: not to be
    dialled again. `writing_next`: the buyer did not want the phone. `written`: a result of a message.
    """

    label: str
    reached: bool = False
    answered: bool = False
    counts_as_attempt: bool = True
    number_bad: bool = False
    writing_next: bool = False
    written: bool = False


@dataclass(frozen=True, slots=True)
class StandingFlags:
    """What a standing means to rules and figures, and which state it leads to.

    `refusal`: the buyer's no, final for the review question. `needs_time`: an exact time must be agreed.
    `follow_up` is what follows first; when, is for `data.follow_up`. `buyer_promised`: the buyer will act.
    `owes`: we owe a remedy. `satisfied`: the buyer is content; with `settles` the check whether all is well is
    answered. `propose_reply`: a public reply is worth writing.
    """

    label: str
    state: State
    result: Result | None = None
    follow_up: FollowUpKind | None = None
    refusal: bool = False
    do_not_contact: bool = False
    needs_time: bool = False
    buyer_promised: bool = False
    owes: bool = False
    satisfied: bool = False
    settles: bool = False
    propose_reply: bool = False


@dataclass(frozen=True, slots=True)
class Consequence:
    """What recording an outcome does. `later` is the result a case closes with once nothing is owed any more."""

    state: State
    result: Result | None
    later: Result | None = None


LINES: Mapping[LineResult, LineFlags] = {
    LineResult.RIGHT_PARTY: LineFlags(N_("Spoke to the buyer"), reached=True, answered=True),
    LineResult.OTHER_PERSON: LineFlags(N_("Someone else answered"), answered=True),
    LineResult.WRONG_NUMBER: LineFlags(N_("Wrong number"), answered=True, number_bad=True, writing_next=True),
    LineResult.NO_ANSWER: LineFlags(N_("No answer")),
    LineResult.BUSY: LineFlags(N_("Line busy")),
    LineResult.OFF: LineFlags(N_("Switched off or no signal")),
    LineResult.DECLINED: LineFlags(N_("Call declined"), writing_next=True),
    LineResult.HUNG_UP: LineFlags(N_("Hung up"), answered=True, writing_next=True),
    LineResult.NUMBER_EXPIRED: LineFlags(
        N_("Number no longer valid"), counts_as_attempt=False, number_bad=True, writing_next=True
    ),
    LineResult.ABUSIVE: LineFlags(N_("Abusive"), reached=True, answered=True, writing_next=True),
    LineResult.SENT: LineFlags(N_("Message sent"), written=True),
    LineResult.REPLIED: LineFlags(N_("Buyer replied"), reached=True, answered=True, written=True),
    LineResult.NO_REPLY: LineFlags(N_("No reply"), counts_as_attempt=False, written=True),
}
"""Every line result with its flags."""

REACHED = tuple(str(line) for line, flags in LINES.items() if flags.reached)
"""The results of a contact that reached the buyer."""

NO_ATTEMPT = tuple(str(line) for line, flags in LINES.items() if not flags.counts_as_attempt)
"""Line results that disturbed nobody and count towards no cap."""

STANDINGS: Mapping[Standing, StandingFlags] = {
    Standing.PROMISED: StandingFlags(
        N_("Promised to update the review"),
        State.WAITING_BUYER,
        follow_up=FollowUpKind.CHECK_PROMISE,
        needs_time=True,
        buyer_promised=True,
    ),
    Standing.CALLBACK: StandingFlags(
        N_("Call back at a time"),
        State.SCHEDULED,
        follow_up=FollowUpKind.CALLBACK,
        needs_time=True,
    ),
    Standing.REMEDY_OWED: StandingFlags(
        N_("Remedy agreed, we owe it"), State.WAITING_US, follow_up=FollowUpKind.DELIVER_REMEDY, owes=True
    ),
    Standing.UNDECIDED: StandingFlags(N_("Undecided"), State.WAITING_BUYER, follow_up=FollowUpKind.REMINDER),
    Standing.KEPT_SATISFIED: StandingFlags(
        N_("Satisfied, keeps the review"), State.CLOSED, Result.KEPT, satisfied=True, settles=True
    ),
    Standing.KEPT_UNSATISFIED: StandingFlags(
        N_("Not satisfied, a lead looks at it"), State.ESCALATED, settles=True, propose_reply=True
    ),
    Standing.REFUSED_FIRM: StandingFlags(
        N_("Firm refusal"), State.CLOSED, Result.DECLINED, refusal=True, propose_reply=True
    ),
    Standing.DO_NOT_CONTACT: StandingFlags(
        N_("Wants no more contact"),
        State.CLOSED,
        Result.DO_NOT_CONTACT,
        refusal=True,
        do_not_contact=True,
        propose_reply=True,
    ),
    Standing.ESCALATED: StandingFlags(N_("Handed to a lead"), State.ESCALATED),
    Standing.UNREACHABLE_RETRY: StandingFlags(
        N_("Try again at another hour"), State.SCHEDULED, follow_up=FollowUpKind.RETRY
    ),
    Standing.WRITE_INSTEAD: StandingFlags(N_("Write instead"), State.SCHEDULED, follow_up=FollowUpKind.MESSAGE),
    Standing.UNREACHABLE: StandingFlags(
        N_("Cannot be reached, give up"), State.CLOSED, Result.UNREACHABLE, propose_reply=True
    ),
    Standing.WAITING_ANSWER: StandingFlags(
        N_("Waiting for an answer"), State.WAITING_BUYER, follow_up=FollowUpKind.RETRY
    ),
    Standing.IN_TALK: StandingFlags(N_("The talk goes on"), State.WORKING),
    Standing.STILL_WRONG: StandingFlags(N_("Still not right, we make it good"), State.WORKING, settles=True),
    Standing.WAITING_EFFECT: StandingFlags(
        N_("Waits whether it helps"), State.WAITING_BUYER, follow_up=FollowUpKind.EFFECT, needs_time=True
    ),
}
"""Every standing with its flags, the state it leads to and its default follow-up."""

COMMON: tuple[tuple[LineResult, Standing], ...] = (
    (LineResult.RIGHT_PARTY, Standing.PROMISED),
    (LineResult.RIGHT_PARTY, Standing.REMEDY_OWED),
    (LineResult.RIGHT_PARTY, Standing.KEPT_SATISFIED),
    (LineResult.RIGHT_PARTY, Standing.UNDECIDED),
    (LineResult.RIGHT_PARTY, Standing.CALLBACK),
    (LineResult.RIGHT_PARTY, Standing.REFUSED_FIRM),
    (LineResult.RIGHT_PARTY, Standing.DO_NOT_CONTACT),
    (LineResult.NO_ANSWER, Standing.UNREACHABLE_RETRY),
)
"""The outcomes that end most contacts, for keys 1 to 8."""

_SPOKEN_TO = (
    Standing.PROMISED,
    Standing.REMEDY_OWED,
    Standing.KEPT_SATISFIED,
    Standing.UNDECIDED,
    Standing.CALLBACK,
    Standing.REFUSED_FIRM,
    Standing.DO_NOT_CONTACT,
    Standing.ESCALATED,
    Standing.KEPT_UNSATISFIED,
    Standing.WRITE_INSTEAD,
    Standing.WAITING_EFFECT,
    Standing.STILL_WRONG,
)
_NOT_REACHED = (
    Standing.UNREACHABLE_RETRY,
    Standing.WRITE_INSTEAD,
    Standing.CALLBACK,
    Standing.UNREACHABLE,
    Standing.ESCALATED,
)


def standings_for(line: LineResult) -> tuple[Standing, ...]:
    """Where a case can stand after that line result, likeliest first."""
    flags = LINES[line]
    if line is LineResult.ABUSIVE:
        return (Standing.ESCALATED, Standing.WRITE_INSTEAD, Standing.REFUSED_FIRM, Standing.DO_NOT_CONTACT)
    if line is LineResult.SENT:
        return (Standing.WAITING_ANSWER, Standing.DO_NOT_CONTACT)
    if line is LineResult.REPLIED:
        return (Standing.IN_TALK, *_SPOKEN_TO)
    if flags.reached:
        return _SPOKEN_TO
    if flags.number_bad:
        return (Standing.WRITE_INSTEAD, Standing.UNREACHABLE, Standing.ESCALATED)
    if line in (LineResult.HUNG_UP, LineResult.DECLINED):
        return (Standing.WRITE_INSTEAD, *_NOT_REACHED[:1], *_NOT_REACHED[2:], Standing.DO_NOT_CONTACT)
    return _NOT_REACHED


def consequence(standing: Standing, owed: bool = False) -> Consequence:
    """What recording the standing does to a case.

    `owed` says that a remedy was accepted and is not delivered: then the case stays open and the remedy goes
    out, whatever the buyer decided about the review or about further contact.
    """
    flags = STANDINGS[standing]
    if owed and flags.state is State.CLOSED:
        return Consequence(State.WAITING_US, None, later=flags.result)
    return Consequence(flags.state, flags.result)


def line_label(line: str) -> str:
    """What happened on the line, in words."""
    return _(LINES[LineResult(line)].label)


def standing_label(standing: str) -> str:
    """Where the case stands, in words."""
    return _(STANDINGS[Standing(standing)].label)
