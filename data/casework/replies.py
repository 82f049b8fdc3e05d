"""The public reply of a case: drafted, read by a second person where the shop wants it, sent once and then locked.

Nothing here asks the buyer for anything, and what is sent passes the checks of `data.replies.fit`. That the review was
changed after its author read it is never written down: the review's revisions say so.
"""

from __future__ import annotations

from sqlalchemy import text as condition
from sqlmodel import col, func, select

from data.casework import upkeep
from data.casework.act import Act
from data.errors import Refused
from data.language import _
from data.lint import lint, standard, with_own
from data.models import Case, Purchase, Reply, Review, Revision
from data.replies.chance import Answered, Chance, chance
from data.replies.concern import blocked, letters
from data.replies.fit import concerns
from data.rows import Done
from data.vocabulary import EventKind, FollowUpKind, ReplyState, RevisionKind

LONGEST_DRAFT = 4_000
"""So many characters are kept of what is typed; every platform takes far fewer."""

CHANGES = (RevisionKind.REVISED, RevisionKind.APPENDED)
"""What the buyer does to a review; a reply that was seen, and a removal, outdate nothing."""


def draft_reply(act: Act, case_id: int, text: str, seen: int, template: str | None = None) -> None:
    """Keep what is typed as the case's reply; an empty one is cleared away.

    `seen` is the number of the newest change of the review that stood before the author's eyes, 0 for none. Raises
    Refused where a reply waits for its second person or for being sent: that one is taken back first.
    """
    case = act.case(case_id)
    reply = _unsent(act, case)
    if reply is not None and reply.state != ReplyState.DRAFT:
        raise Refused(
            _("It waits already"),
            _("This reply was handed on as it stands."),
            _("Take it back first, then change it."),
        )
    act.held(case)
    text = text[:LONGEST_DRAFT]
    if not text.strip():
        if reply is not None:
            act.session.delete(reply)
        return
    if reply is None:
        reply = Reply(
            case_id=case.id or 0,
            review_id=case.review_id,
            phase=_chance(act, case).phase,
            state=ReplyState.DRAFT,
            text=text,
            author_id=act.agent_id,
            written_at=act.now,
        )
    reply.text, reply.revision_id = text, seen or None
    reply.author_id, reply.written_at = act.agent_id, act.now
    reply.template = template or reply.template
    act.session.add(reply)


def propose_reply(act: Act, case_id: int) -> Done:
    """Hand the draft to a second person. Raises Refused while anything stands against it."""
    case = act.case(case_id)
    act.held(case)
    reply = _needed(act, case, ReplyState.DRAFT)
    _may_go_out(act, case, reply)
    reply.state, reply.proposed_at, reply.remark = ReplyState.PROPOSED, act.now, None
    event_id = act.log(EventKind.REPLY_PROPOSED, case, subject_id=reply.id, number=letters(reply.text))
    return Done(event_id, _("A colleague reads it next"), undoable=False)


def take_back_reply(act: Act, case_id: int) -> Done:
    """Make it a draft again, which any approval does not survive."""
    case = act.case(case_id)
    act.held(case)
    reply = _needed(act, case, ReplyState.PROPOSED, ReplyState.APPROVED)
    reply.state = ReplyState.DRAFT
    reply.proposed_at = reply.approver_id = reply.decided_at = None
    event_id = act.log(EventKind.REPLY_TAKEN_BACK, case, subject_id=reply.id)
    return Done(event_id, _("A draft again"), undoable=False)


def approve_reply(act: Act, reply_id: int, proposed_at: int) -> Done:
    """The second person's yes to the reply that was proposed at that time, never to one of their own."""
    reply, case = _to_decide(act, reply_id, proposed_at)
    _may_go_out(act, case, reply)
    reply.state, reply.approver_id, reply.decided_at = ReplyState.APPROVED, act.agent_id, act.now
    event_id = act.log(EventKind.REPLY_APPROVED, case, subject_id=reply.id, number=letters(reply.text))
    return Done(event_id, _("Approved; it can be sent"), undoable=False)


def send_back_reply(act: Act, reply_id: int, proposed_at: int, reason: str) -> Done:
    """The second person's no, with what is to be changed; it is a draft again."""
    reply, case = _to_decide(act, reply_id, proposed_at)
    upkeep.needs_reason(reason)
    _decent(act, case, reason)
    reply.state, reply.proposed_at, reply.remark = ReplyState.DRAFT, None, reason.strip()[: upkeep.NOTE_LENGTH]
    reply.approver_id, reply.decided_at = None, act.now
    event_id = act.log(EventKind.REPLY_SENT_BACK, case, subject_id=reply.id, text=reply.remark)
    return Done(event_id, _("Sent back with what is to be changed"), undoable=False)


def mark_reply_sent(act: Act, case_id: int, text: str) -> Done:
    """Note that this text was posted on the platform; from now on nothing changes it.

    Raises Refused when another text is kept by now, when the second person has not read it, when the platform takes
    none, or when the review was changed since.
    """
    case = act.case(case_id)
    act.held(case)
    reply = _needed(act, case, *([] if act.settings.replies.second_person else list(_BEFORE)), ReplyState.APPROVED)
    if reply.text.strip() != text.strip():
        raise Refused(
            _("It was changed meanwhile"),
            _("What is kept is not what you copied."),
            _("Read it again, copy it again."),
        )
    reply.phase = _may_go_out(act, case, reply).phase
    reply.state, reply.sent_at, reply.sender_id = ReplyState.SENT, act.now, act.agent_id
    reply.text = reply.text.strip()
    act.finish_follow_ups(case, FollowUpKind.PUBLIC_REPLY)
    if case.open:
        case.due_at = act.now if case.follow_up_at is None else case.follow_up_at
    event_id = act.log(
        EventKind.REPLY_SENT, case, subject_id=reply.id, code=reply.phase, number=letters(reply.text), text=reply.text
    )
    said = _("Sent, and locked")
    if case.open and case.follow_up_at is None:
        said = _("Sent, and locked; nothing else follows: close the case when it is done")
    return Done(event_id, said, undoable=False)


_BEFORE = (ReplyState.DRAFT, ReplyState.PROPOSED)


def newest_change(act: Act, review_id: int) -> int:
    """The number of the buyer's newest change of a review; 0 for none."""
    found = act.session.exec(
        select(func.max(Revision.id)).where(
            col(Revision.review_id) == review_id, col(Revision.undone_at).is_(None), col(Revision.kind).in_(CHANGES)
        )
    ).one()
    return found or 0


def _unsent(act: Act, case: Case) -> Reply | None:
    # The partial index over unsent replies is found only by the literal condition.
    chosen = select(Reply).where(col(Reply.case_id) == case.id, condition("reply.sent_at IS NULL"))
    return act.session.exec(chosen).first()


def _needed(act: Act, case: Case, *states: ReplyState) -> Reply:
    """The case's unsent reply in one of these states, or Refused."""
    reply = _unsent(act, case)
    if reply is None:
        raise Refused(_("No reply yet"), _("Nothing is written that could be sent."), _("Write it first."))
    if reply.state not in states:
        mend = {
            ReplyState.DRAFT: (_("Nobody else has read it yet."), _("Hand it to a colleague first.")),
            ReplyState.PROPOSED: (_("A colleague has not read it yet."), _("Wait for their answer, or take it back.")),
            ReplyState.APPROVED: (_("It is approved already."), _("Send it, or take it back.")),
        }[ReplyState(reply.state)]
        raise Refused(_("Not now"), *mend)
    return reply


def _to_decide(act: Act, reply_id: int, proposed_at: int) -> tuple[Reply, Case]:
    reply = act.session.get(Reply, reply_id)
    if reply is None or reply.state != ReplyState.PROPOSED or reply.proposed_at != proposed_at:
        raise Refused(
            _("Nothing to decide"), _("This reply was taken back or decided meanwhile."), _("Look at the list again.")
        )
    if reply.author_id == act.agent_id:
        raise Refused(
            _("Your own words"), _("Nobody approves what they wrote themselves."), _("Ask a colleague to read it.")
        )
    return reply, act.case(reply.case_id)


def _may_go_out(act: Act, case: Case, reply: Reply) -> Chance:
    """Raise Refused where the platform takes no reply, the review was changed, or the text must not be said."""
    left = _chance(act, case)
    if not left.open:
        raise Refused(_("No reply here"), left.said)
    if newest_change(act, reply.review_id) != (reply.revision_id or 0):
        raise Refused(
            _("The review was changed"),
            _("The buyer has changed the review since this was written."),
            _("Read the review again and look whether the reply still fits."),
        )
    wrong = blocked(concerns(reply.text, platform=case.platform, longest=left.longest, rules=act.settings.lint.file))
    if wrong is not None:
        told = reply.text[wrong.start : wrong.end][:30]
        raise Refused(_("This must not be said"), f"{told}: {wrong.what}" if told else wrong.what, wrong.instead)
    return left


def _chance(act: Act, case: Case) -> Chance:
    review = act.session.get_one(Review, case.review_id)
    order = act.session.get(Purchase, review.purchase_id) if review.purchase_id is not None else None
    act.session.flush()
    sent = act.session.exec(
        select(Reply.phase).where(col(Reply.case_id) == case.id, col(Reply.sent_at).is_not(None))
    ).all()
    answered = Answered(
        case.platform,
        case.grade,
        case.reviewed_at,
        (order.signed_at or order.paid_at) if order is not None else None,
        review.appended_text is not None,
        review.removed_at is not None,
        bool(review.reply_text),
        sent,
    )
    return chance(answered, act.now)


def _decent(act: Act, case: Case, words: str) -> None:
    own = act.settings.lint.file
    rules = with_own(own) if own else standard()
    for each in lint(words, audience="colleague", platform=case.platform, rules=rules):
        raise Refused(_("This must not be kept"), each.reason, each.instead)
