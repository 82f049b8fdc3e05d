"""Every closed vocabulary that a row may hold: plain enums, apart from the tables, so that reads stay light."""

from __future__ import annotations

from enum import StrEnum


class Platform(StrEnum):
    """Where the shop sells; `other` is a shop of one's own or abroad."""

    TAOBAO = "taobao"
    TMALL = "tmall"
    PDD = "pdd"
    JD = "jd"
    DOUYIN = "douyin"
    KUAISHOU = "kuaishou"
    JUDGEME = "judgeme"
    OTHER = "other"


class Grade(StrEnum):
    """The three grades to which every platform's scale is brought; the raw value is kept beside it."""

    GOOD = "good"
    NEUTRAL = "neutral"
    BAD = "bad"


class State(StrEnum):
    """Where a case stands: who owes the next act."""

    NEW = "new"
    WORKING = "working"
    WAITING_BUYER = "waiting_buyer"
    WAITING_US = "waiting_us"
    SCHEDULED = "scheduled"
    ESCALATED = "escalated"
    APPEALED = "appealed"
    CLOSED = "closed"


class Result(StrEnum):
    """What a closed case came to. `verified` is set only by an imported change of the review."""

    VERIFIED = "verified"
    KEPT = "kept"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"
    DO_NOT_CONTACT = "do_not_contact"
    UPHELD = "upheld"
    NONE = "none"


SECOND_PASS = frozenset({Result.UNREACHABLE, Result.NONE})
"""The results after which a case may come back once more; of those without one, only where the buyer was undecided."""


class Cause(StrEnum):
    """Why the buyer is dissatisfied; the letter says who is responsible (goods, buyer's view, service …)."""

    DEFECT = "Q1"
    MISSING = "Q2"
    MISMATCH = "Q3"
    WORSE = "Q4"
    AUTHENTICITY = "Q5"
    IMPORT_DIFFERENCE = "Q6"
    EXPECTATION = "X1"
    SIZE = "X2"
    PRICE = "X3"
    MISUSE = "X4"
    ATTITUDE = "V1"
    SLOW_ANSWER = "V2"
    REFUND_DISPUTE = "V3"
    STOCK_OUT = "V4"
    SLOW_DISPATCH = "V5"
    TRANSIT_SLOW = "L1"
    LAST_MILE = "L2"
    TRANSPORT_DAMAGE = "L3"
    RULES_UNKNOWN = "U1"
    MISCLICK = "U2"
    NO_REASON = "U3"
    UNREASONABLE_DEMAND = "M1"
    COERCION = "M2"
    COMPETITOR = "M3"
    THIRD_PARTY_FRAUD = "M4"
    LEAK_OR_INSULT = "M5"


class Channel(StrEnum):
    """How a buyer is contacted: inside the order's own channels only."""

    PHONE = "phone"
    CHAT = "chat"
    SMS = "sms"
    SITE_MESSAGE = "site_message"
    EMAIL = "email"


class Role(StrEnum):
    """What an agent may decide."""

    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"


class PersonalKind(StrEnum):
    """The kinds of personal data that a buyer's row of `personal` holds."""

    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    EMAIL = "email"
    CHAT = "chat"


class RevisionKind(StrEnum):
    """What an import saw to be different from what was known."""

    REVISED = "revised"
    APPENDED = "appended"
    REPLIED = "replied"
    REMOVED = "removed"


class RemedyState(StrEnum):
    """The life of a remedy. Nothing in it knows the review. `asked` waits for a lead, `refused` is a lead's no,
    `declined` the buyer's, `withdrawn` an offer that was a slip."""

    OFFERED = "offered"
    ASKED = "asked"
    ACCEPTED = "accepted"
    APPROVED = "approved"
    ISSUED = "issued"
    DELIVERED = "delivered"
    TOLD = "told"
    DECLINED = "declined"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RemedyKind(StrEnum):
    """What kind of thing a remedy is; `agreed` is one that was agreed before anybody said what."""

    AGREED = "agreed"
    REFUND_PART = "refund_part"
    REFUND_WHOLE = "refund_whole"
    RETURN = "return"
    EXCHANGE = "exchange"
    RESEND = "resend"
    RESEND_FIRST = "resend_first"
    FREIGHT = "freight"
    FREIGHT_NEXT = "freight_next"
    VOUCHER = "voucher"
    PRICE_DIFFERENCE = "price_difference"
    POINTS = "points"
    GIFT = "gift"
    LEVEL = "level"
    TUTORIAL = "tutorial"
    CARRIER_COMPLAINT = "carrier_complaint"
    APOLOGY = "apology"
    INVOICE = "invoice"
    CHECK = "check"


class RemedyUnit(StrEnum):
    """What a remedy's quantity counts: minor units of money, percent of the order, points, pieces, or nothing."""

    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    PIECE = "piece"
    NONE = "none"


REMEDY_STANDS = frozenset(
    {RemedyState.ACCEPTED, RemedyState.APPROVED, RemedyState.ISSUED, RemedyState.DELIVERED, RemedyState.TOLD}
)
"""The states of a remedy that the buyer accepted: it is owed, or was made good and is asked after."""


OWED = frozenset({RemedyState.ACCEPTED, RemedyState.APPROVED, RemedyState.ISSUED})
"""Remedies that were agreed and have not reached the buyer yet."""


class PromiseBy(StrEnum):
    """Who promised."""

    BUYER = "buyer"
    US = "us"


class PromiseKind(StrEnum):
    """What was promised."""

    REVISE = "revise"
    APPEND = "append"
    ANSWER = "answer"
    REMEDY = "remedy"
    CHECK = "check"
    CALLBACK = "callback"


class PromiseState(StrEnum):
    """What became of a promise; the buyer's are kept only by evidence."""

    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


PROMISE_STANDS = frozenset({PromiseState.OPEN, PromiseState.MISSED})
"""The states of a promise that is neither kept nor withdrawn."""


class FollowUpKind(StrEnum):
    """What is to be done at the time of a follow-up."""

    CALLBACK = "callback"
    RETRY = "retry"
    MESSAGE = "message"
    REMINDER = "reminder"
    CHECK_PROMISE = "check_promise"
    DELIVER_REMEDY = "deliver_remedy"
    SATISFACTION = "satisfaction"
    SNOOZED = "snoozed"
    PUBLIC_REPLY = "public_reply"
    EVENING_TEXT = "evening_text"
    LAST_TRY = "last_try"
    EFFECT = "effect"
    TELL_RESULT = "tell_result"


CONTACT_KINDS = frozenset(
    {
        FollowUpKind.CALLBACK,
        FollowUpKind.RETRY,
        FollowUpKind.MESSAGE,
        FollowUpKind.EVENING_TEXT,
        FollowUpKind.REMINDER,
        FollowUpKind.LAST_TRY,
        FollowUpKind.EFFECT,
        FollowUpKind.SATISFACTION,
        FollowUpKind.TELL_RESULT,
    }
)
"""The follow-ups that disturb the buyer; the others are looked after without a contact."""


class ReplyState(StrEnum):
    """How far a public reply is. Sent is for good; whether it is outdated is told by the review's revisions."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    SENT = "sent"


class ReplyPhase(StrEnum):
    """What a public reply answers: the review, or what the buyer appended to it."""

    REVIEW = "review"
    APPEND = "append"


class TaskKind(StrEnum):
    """What is to be found out or done for a case beside talking to its buyer."""

    CARRIER_COMPLAINT = "carrier_complaint"
    SERVICE_CHECK = "service_check"
    EVIDENCE_PACK = "evidence_pack"
    BATCH_CHECK = "batch_check"
    INVOICE = "invoice"


class TaskState(StrEnum):
    """Open until done, or dropped as no longer needed."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class TaskResult(StrEnum):
    """What a task came to; each kind of task has its own words for some of them."""

    CONFIRMED = "confirmed"
    PARTLY = "partly"
    NOT_CONFIRMED = "not_confirmed"
    DONE = "done"
    IMPOSSIBLE = "impossible"


class Device(StrEnum):
    """What the buyer will have at hand at an appointment: the steps differ, and a review is easier at a computer."""

    PHONE = "phone"
    COMPUTER = "computer"


class FollowUpState(StrEnum):
    """Open until done, or dropped by what came after."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class CallState(StrEnum):
    """An open call is resumed after a dropped line; an agent has at most one."""

    OPEN = "open"
    ENDED = "ended"


class StepKind(StrEnum):
    """What the agent did at a step of a call."""

    ENTERED = "entered"
    CHOSE = "chose"
    OBJECTION = "objection"
    BACK = "back"
    VARIANT = "variant"
    PAUSED = "paused"
    RESUMED = "resumed"
    MARKED = "marked"
    ENDED = "ended"


class MessageWay(StrEnum):
    """How a message left: put on the agent's clipboard, shown where the terminal cannot copy, handed to the shop's
    command, or refused by that command."""

    COPIED = "copied"
    SHOWN = "shown"
    SENT = "sent"
    FAILED = "failed"


class DraftKind(StrEnum):
    """What half-typed text belongs to; one row each, overwritten."""

    CALL_NOTE = "call_note"
    CASE_NOTE = "case_note"
    OUTCOME = "outcome"
    SEARCH = "search"
    REVIEW = "review"
    PHONE = "phone"
    REPLY_REMARK = "reply_remark"
    MESSAGE = "message"


class EventKind(StrEnum):
    """What the append-only log tells."""

    CASE_OPENED = "case_opened"
    ASSIGNED = "assigned"
    CLAIMED = "claimed"
    RELEASED = "released"
    RETURNED = "returned"
    HANDED_OVER = "handed_over"
    CONTACT_STARTED = "contact_started"
    CALL_STEPPED = "call_stepped"
    OBJECTION_RAISED = "objection_raised"
    REVIEW_QUESTION_ASKED = "review_question_asked"
    OUTCOME_RECORDED = "outcome_recorded"
    REFUSED = "refused"
    REFUSAL_CORRECTED = "refusal_corrected"
    DO_NOT_CONTACT_SET = "do_not_contact_set"
    DO_NOT_CONTACT_LIFTED = "do_not_contact_lifted"
    REMEDY_PROPOSED = "remedy_proposed"
    REMEDY_ACCEPTED = "remedy_accepted"
    REMEDY_DECLINED = "remedy_declined"
    REMEDY_ASKED = "remedy_asked"
    REMEDY_APPROVED = "remedy_approved"
    REMEDY_REFUSED = "remedy_refused"
    REMEDY_WAIVED = "remedy_waived"
    REMEDY_ISSUED = "remedy_issued"
    REMEDY_DELIVERED = "remedy_delivered"
    REMEDY_TOLD = "remedy_told"
    PROMISED = "promised"
    PROMISE_KEPT = "promise_kept"
    PROMISE_MISSED = "promise_missed"
    CLOCK_BROKEN = "clock_broken"
    FOLLOW_UP_SET = "follow_up_set"
    FOLLOW_UP_DONE = "follow_up_done"
    FOLLOW_UP_DROPPED = "follow_up_dropped"
    SNOOZED = "snoozed"
    ESCALATED = "escalated"
    TAKEN_OVER = "taken_over"
    APPEALED = "appealed"
    APPEAL_DECIDED = "appeal_decided"
    CLOSED = "closed"
    REOPENED = "reopened"
    CAUSE_SET = "cause_set"
    NOTED = "noted"
    PREFERENCE_SET = "preference_set"
    REVEALED = "revealed"
    PERSONAL_ADDED = "personal_added"
    REVISION_OBSERVED = "revision_observed"
    RULE_OVERRIDDEN = "rule_overridden"
    IMPORTED = "imported"
    AGENT_SET = "agent_set"
    REPLY_PROPOSED = "reply_proposed"
    REPLY_APPROVED = "reply_approved"
    REPLY_SENT_BACK = "reply_sent_back"
    REPLY_TAKEN_BACK = "reply_taken_back"
    REPLY_SENT = "reply_sent"
    TASK_CREATED = "task_created"
    TASK_SETTLED = "task_settled"
    TASK_TOLD = "task_told"
    TASK_DROPPED = "task_dropped"
    DOCUMENT_ADDED = "document_added"
    MESSAGE_WRITTEN = "message_written"
    GUIDE_STUCK = "guide_stuck"
    DIALLED = "dialled"
    UNDONE = "undone"
