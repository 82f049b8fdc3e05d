"""The words for every closed vocabulary, in the active language."""

from __future__ import annotations

from data.language import N_, _
from data.vocabulary import Cause, Channel, Device, FollowUpKind, Grade, Platform, Result, Role, State

_PLATFORMS = {
    Platform.TAOBAO: N_("Taobao"),
    Platform.TMALL: N_("Tmall"),
    Platform.PDD: N_("Pinduoduo"),
    Platform.JD: N_("JD"),
    Platform.DOUYIN: N_("Douyin"),
    Platform.KUAISHOU: N_("Kuaishou"),
    Platform.JUDGEME: N_("Judge.me"),
    Platform.OTHER: N_("Own shop"),
}
_GRADES = {Grade.GOOD: N_("Good"), Grade.NEUTRAL: N_("Neutral"), Grade.BAD: N_("Bad")}
_STATES = {
    State.NEW: N_("New"),
    State.WORKING: N_("Working"),
    State.WAITING_BUYER: N_("Waiting for buyer"),
    State.WAITING_US: N_("We owe"),
    State.SCHEDULED: N_("Scheduled"),
    State.ESCALATED: N_("With a lead"),
    State.APPEALED: N_("Appealed"),
    State.CLOSED: N_("Closed"),
}
_RESULTS = {
    Result.VERIFIED: N_("Review changed"),
    Result.KEPT: N_("Satisfied, review stands"),
    Result.DECLINED: N_("Declined"),
    Result.UNREACHABLE: N_("Unreachable"),
    Result.DO_NOT_CONTACT: N_("Do not contact"),
    Result.UPHELD: N_("Appeal upheld"),
    Result.NONE: N_("No result"),
}
_CAUSES = {
    Cause.DEFECT: N_("Defect"),
    Cause.MISSING: N_("Missing or wrong item"),
    Cause.MISMATCH: N_("Not as described"),
    Cause.WORSE: N_("Worse than last time"),
    Cause.AUTHENTICITY: N_("Doubted authenticity"),
    Cause.IMPORT_DIFFERENCE: N_("Import looks different"),
    Cause.EXPECTATION: N_("Not as expected"),
    Cause.SIZE: N_("Size or fit"),
    Cause.PRICE: N_("Price, regret"),
    Cause.MISUSE: N_("Use not understood"),
    Cause.ATTITUDE: N_("Agent's attitude"),
    Cause.SLOW_ANSWER: N_("Slow answer"),
    Cause.REFUND_DISPUTE: N_("Refund dispute"),
    Cause.STOCK_OUT: N_("Out of stock"),
    Cause.SLOW_DISPATCH: N_("Slow dispatch"),
    Cause.TRANSIT_SLOW: N_("Slow transit"),
    Cause.LAST_MILE: N_("Last-mile delivery"),
    Cause.TRANSPORT_DAMAGE: N_("Transport damage"),
    Cause.RULES_UNKNOWN: N_("New to ratings"),
    Cause.MISCLICK: N_("Clicked wrongly"),
    Cause.NO_REASON: N_("No reason given"),
    Cause.UNREASONABLE_DEMAND: N_("Unreasonable demand"),
    Cause.COERCION: N_("Professional coercion"),
    Cause.COMPETITOR: N_("Competitor"),
    Cause.THIRD_PARTY_FRAUD: N_("Third-party fraud"),
    Cause.LEAK_OR_INSULT: N_("Leak or insult"),
}
_CHANNELS = {
    Channel.PHONE: N_("Phone"),
    Channel.CHAT: N_("Platform chat"),
    Channel.SMS: N_("SMS"),
    Channel.SITE_MESSAGE: N_("Site message"),
    Channel.EMAIL: N_("E-mail"),
}
_ROLES = {Role.AGENT: N_("Agent"), Role.LEAD: N_("Lead"), Role.ADMIN: N_("Admin")}
_FOLLOW_UPS = {
    FollowUpKind.CALLBACK: N_("Call back"),
    FollowUpKind.RETRY: N_("Try again"),
    FollowUpKind.MESSAGE: N_("Write"),
    FollowUpKind.REMINDER: N_("Remind once"),
    FollowUpKind.CHECK_PROMISE: N_("See whether it was done"),
    FollowUpKind.DELIVER_REMEDY: N_("Deliver the remedy"),
    FollowUpKind.SATISFACTION: N_("Ask whether all is well"),
    FollowUpKind.SNOOZED: N_("Back on the list"),
    FollowUpKind.PUBLIC_REPLY: N_("Reply in public, and close"),
    FollowUpKind.EVENING_TEXT: N_("Text this evening"),
    FollowUpKind.LAST_TRY: N_("Last try"),
    FollowUpKind.EFFECT: N_("Ask whether it helps"),
    FollowUpKind.TELL_RESULT: N_("Tell what was found"),
}

_DEVICES = {
    Device.PHONE: N_("on the phone"),
    Device.COMPUTER: N_("at the computer"),
}


def platform_label(platform: str) -> str:
    """The platform's name."""
    return _(_PLATFORMS[Platform(platform)])


def grade_label(grade: str) -> str:
    """Good, neutral or bad."""
    return _(_GRADES[Grade(grade)])


def state_label(state: str) -> str:
    """Who owes the next act."""
    return _(_STATES[State(state)])


def result_label(result: str) -> str:
    """What a closed case came to."""
    return _(_RESULTS[Result(result)])


def cause_label(cause: str) -> str:
    """Why the buyer is dissatisfied."""
    return _(_CAUSES[Cause(cause)])


def channel_label(channel: str) -> str:
    """How the buyer is contacted."""
    return _(_CHANNELS[Channel(channel)])


def contact_label(channel: str, *, incoming: bool = False) -> str:
    """How the buyer was contacted, or that it was they who called."""
    return _("call from buyer") if incoming else channel_label(channel)


def role_label(role: str) -> str:
    """What the agent may decide."""
    return _(_ROLES[Role(role)])


def device_label(device: str) -> str:
    """What the buyer will have at hand."""
    return _(_DEVICES[Device(device)])


def follow_up_label(kind: str) -> str:
    """What is to be done at the time."""
    return _(_FOLLOW_UPS[FollowUpKind(kind)])
