"""Texts to a buyer: what may leave, and that it left. Guides and dialling are noted here as well.

Nothing leaves before the contact rules were asked, and they are asked in one place: by `contacts.start_contact`.
"""

from __future__ import annotations

from data import lint
from data.casework import contacts
from data.casework.act import Act
from data.errors import Refused
from data.language import N_, _
from data.messages.judge import judge
from data.models import Contact, Message
from data.protocols import Written
from data.rows import Done
from data.settings import Settings
from data.vocabulary import Channel, EventKind, MessageWay

LONGEST = 4_000
"""Characters of a message."""

_SAID = {
    MessageWay.COPIED: N_("Copied; paste it for the buyer"),
    MessageWay.SHOWN: N_("Shown; write it to the buyer"),
    MessageWay.SENT: N_("Sent"),
    MessageWay.FAILED: N_("Not sent"),
}


def check_text(text: str, channel: Channel, settings: Settings) -> None:
    """Raise Refused for a text that must not leave: not filled in, too long, or with words that nobody may say."""
    rules = lint.with_own(settings.lint.file) if settings.lint.file else lint.standard()
    judged = judge(text, channel, platform=None, most_parts=settings.messages.sms_parts, rules=rules)
    if judged.why_not or len(text) > LONGEST:
        why = judged.why_not or _("It is longer than {count} characters.").format(count=LONGEST)
        raise Refused(_("This text must not leave"), why, _("Change it; the screen shows where."))


def start_message(act: Act, case_id: int, channel: Channel, contact_id: int | None) -> int:
    """Count an attempt, or stay in the agent's own open contact about the case. Raises Refused."""
    if channel is Channel.PHONE:
        raise Refused(_("Not in writing"), _("A call is no message."))
    if contact_id is None:
        return contacts.start_contact(act, case_id, channel).id or 0
    return _open(act, contact_id, case_id).id or 0


def message_left(act: Act, contact_id: int, written: Written) -> Done:
    """Keep what was written and how it left; the words lie beside the event."""
    contact = _open(act, contact_id)
    case = act.case(contact.case_id)
    message = Message(
        case_id=contact.case_id,
        buyer_id=contact.buyer_id,
        contact_id=contact_id,
        agent_id=act.agent_id,
        channel=written.channel,
        template=written.template,
        variant=written.variant,
        way=written.way,
        at=act.now,
    )
    act.session.add(message)
    act.session.flush()
    message.event_id = act.log(
        EventKind.MESSAGE_WRITTEN,
        case,
        contact_id=contact_id,
        subject_id=message.id,
        code=written.way,
        number=written.variant,
        text=written.text[:LONGEST],
    )
    return Done(message.event_id, _(_SAID[MessageWay(written.way)]), undoable=False)


def guide_stuck(act: Act, case_id: int, guide: str, step: int) -> Done:
    """Note at which step of which guide a buyer was stuck: so a shop sees which steps no longer hold."""
    case = act.case(case_id)
    event_id = act.log(EventKind.GUIDE_STUCK, case, code=guide, number=step)
    return Done(event_id, _("Noted: stuck at step {n}").format(n=step), undoable=False)


def dialling(act: Act, contact_id: int, code: int) -> Done:
    """Note that the number of an open call was handed to the shop's command, and how that ended."""
    contact = _open(act, contact_id)
    event_id = act.log(EventKind.DIALLED, act.case(contact.case_id), contact_id=contact_id, number=code)
    return Done(event_id, _("Dialling") if code == 0 else _("Not dialled"), undoable=False)


def _open(act: Act, contact_id: int, case_id: int | None = None) -> Contact:
    contact = act.session.get(Contact, contact_id)
    mine = contact is not None and contact.agent_id == act.agent_id and contact.ended_at is None
    if contact is None or not mine or case_id not in (None, contact.case_id):
        raise Refused(
            _("No open contact"),
            _("This contact has its outcome already, or is somebody else's."),
            _("The outcome log shows what was recorded."),
        )
    return contact
