"""Personal data: shown on request with a reason, and every showing is in the log; numbers typed in by hand."""

from __future__ import annotations

from sqlmodel import col, select

from data.casework.act import Act
from data.casework.upkeep import needs_reason
from data.errors import Refused
from data.language import _
from data.models import Contact, Personal
from data.rows import Dialled
from data.vocabulary import EventKind, PersonalKind


def reveal(act: Act, case_id: int, personal_id: int, reason: str) -> str:
    """The whole value, for whoever gave a reason. Source: personal information protection law, articles 6 and 51
    (least access, and a record of it)."""
    needs_reason(reason)
    case = act.case(case_id)
    datum = act.session.get(Personal, personal_id)
    if datum is None or datum.buyer_id != case.buyer_id:
        raise Refused(_("Nothing to show"), _("This buyer has no such number or address."))
    act.log(EventKind.REVEALED, case, subject_id=personal_id, code=datum.kind, text=reason.strip())
    return _with_extension(datum)


def dialled(act: Act, contact: Contact) -> Dialled:
    """The number and the name that a call under way needs; `start_call` has logged their showing."""
    datum = act.session.get(Personal, contact.personal_id) if contact.personal_id else None
    name = act.session.exec(
        select(Personal.value)
        .where(col(Personal.buyer_id) == contact.buyer_id, col(Personal.kind) == PersonalKind.NAME)
        .order_by(col(Personal.id).desc())
    ).first()
    # A number that has expired belongs to somebody else by now.
    if datum is None or (datum.expires_at is not None and datum.expires_at <= act.now):
        return Dialled("", name or "")
    return Dialled(_with_extension(datum), name or "", datum.value, datum.extension or "")


def _with_extension(datum: Personal) -> str:
    return f"{datum.value} {_('ext.')} {datum.extension}" if datum.extension else datum.value
