"""How the platforms' rules are worded: what a row is about, what it says, and how sure we are of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from data.language import N_, _, ngettext
from data.platform_rules import APPEAL, APPEND, NUMBER, REPLY, REVIEW, REVISE, Allowance

_ACTS: Final[Mapping[str, str]] = {
    REVISE: N_("Revise"),
    APPEND: N_("Append"),
    REPLY: N_("Reply"),
    APPEAL: N_("Appeal"),
    NUMBER: N_("Virtual number"),
    REVIEW: N_("First review"),
}
_SINCE: Final[Mapping[str, str]] = {
    "review": N_("after the review"),
    "first_review": N_("after the review"),
    "trade": N_("after the trade"),
    "fetch": N_("after it was fetched"),
}
_CONFIDENCE: Final[Mapping[str, str]] = {
    "high": N_("sure"),
    "medium": N_("fairly sure"),
    "low": N_("unsure"),
    "conflict": N_("sources disagree"),
    "unknown": N_("of unknown worth"),
}


def act_label(act: str) -> str:
    """What a row is about."""
    return _(_ACTS[act])


def value_words(act: str, row: Allowance) -> str:
    """What the row says; what is not known is said to be unknown."""
    parts: list[str] = []
    if act not in (NUMBER, REVIEW):
        parts.append(_("unknown") if row.allowed is None else _("allowed") if row.allowed else _("not allowed"))
    if row.allowed is not False:
        if row.days:
            days = ngettext("{n} day", "{n} days", row.days).format(n=row.days)
            parts.append(f"{days} {_(_SINCE[row.since])}")
        elif row.allowed is not None or act in (NUMBER, REVIEW):
            parts.append(_("window unknown"))
    if row.times:
        parts.append(ngettext("{n} time", "{n} times", row.times).format(n=row.times))
    if row.longest:
        parts.append(ngettext("{n} sign at most", "{n} signs at most", row.longest).format(n=row.longest))
    if row.editable is False:
        parts.append(_("cannot be edited"))
    if row.closed_by_append:
        parts.append(_("closed once something is appended"))
    if row.first_only:
        parts.append(_("the first review only"))
    if row.workdays:
        days = "–".join(str(each) for each in row.workdays)
        parts.append(_("decided in {days} working days").format(days=days))
    if row.evidence_pictures:
        parts.append(_("{n} pictures of {mb} MB").format(n=row.evidence_pictures, mb=row.evidence_picture_mb or "?"))
    return ", ".join(parts)


def source_words(row: Allowance, today: date) -> str:
    """Where it is known from, since when, how sure; and that it is old."""
    if row.confirmed_on is not None:
        return _("{source}; the shop confirmed it on {day}").format(source=row.source, day=row.confirmed_on)
    sure = _CONFIDENCE.get(row.confidence, _CONFIDENCE["unknown"])
    parts = [row.source, row.as_of, _(sure)]
    words = ", ".join(parts)
    return _("{words}; older than a year").format(words=words) if row.stale(today) else words
