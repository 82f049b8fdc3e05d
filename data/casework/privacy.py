"""Personal data: shown on request with a reason, and every showing is in the log; numbers typed in by hand."""

from __future__ import annotations

from data.casework.act import Act
from data.casework.upkeep import needs_reason
from data.errors import Refused
from data.language import _
from data.models import Personal
from data.vocabulary import EventKind


def reveal(act: Act, case_id: int, personal_id: int, reason: str) -> str:
    """The whole value, for whoever gave a reason. Source: personal information protection law, articles 6 and 51
    (least access, and a record of it)."""
    needs_reason(reason)
    case = act.case(case_id)
    datum = act.session.get(Personal, personal_id)
    if datum is None or datum.buyer_id != case.buyer_id:
        raise Refused(_("Nothing to show"), _("This buyer has no such number or address."))
    act.log(EventKind.REVEALED, case, subject_id=personal_id, code=datum.kind, text=reason.strip())
    return f"{datum.value} {_('ext.')} {datum.extension}" if datum.extension else datum.value


def dialled(act: Act, contact_personal_id: int | None) -> str:
    """The number of a call that is under way: dialling needs it, so starting the call was its record."""
    datum = act.session.get(Personal, contact_personal_id) if contact_personal_id else None
    if datum is None:
        return ""
    return f"{datum.value} {_('ext.')} {datum.extension}" if datum.extension else datum.value
