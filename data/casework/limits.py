"""Who may promise a remedy: up to where a role decides alone, in the catalogue's measure and in own words."""

from __future__ import annotations

from data.casework.act import Act
from data.errors import Refused
from data.language import _
from data.models import Remedy
from data.remedies.catalogue import Catalogue, catalogue
from data.remedies.entry import Entry
from data.remedies.own_words import names_money
from data.vocabulary import Role


def catalogue_of(act: Act) -> Catalogue:
    """The shop's catalogue."""
    return catalogue(act.settings.remedies.own_file, act.settings.lint.file)


def entry_of(act: Act, remedy: Remedy) -> Entry | None:
    """What of the catalogue a remedy is, or None."""
    return catalogue_of(act).get(remedy.entry) if remedy.entry else None


def above_limit(act: Act, remedy: Remedy) -> bool:
    """Whether only a lead may promise it."""
    entry = entry_of(act, remedy)
    if entry is None:
        return bool(worth_asking(act, remedy.detail))
    if remedy.quantity is not None and remedy.quantity > entry.limit(Role(act.agent.role)):
        return True
    amount, currency = remedy.amount_minor, remedy.currency or entry.currency
    worded = [entry.worded(entry.say, remedy.quantity or 1, amount, currency, spoken) for spoken in ("zh", "en")]
    return remedy.detail not in worded and bool(worth_asking(act, remedy.detail))


def worth_asking(act: Act, words: str) -> str:
    """What in somebody's own words an agent asks a lead about: money, a share, the whole price, free goods. Words have
    no measure, so no amount is within an agent's limit; leads and admins decide themselves."""
    return names_money(words) if act.agent.role == Role.AGENT else ""


def within_limit(act: Act, remedy: Remedy) -> None:
    """Raise Refused for what only a lead may promise."""
    if not above_limit(act, remedy):
        return
    raise Refused(
        _("Above your limit"),
        _("Only a lead may promise this."),
        _("Ask a lead first."),
    )


def decides(act: Act, remedy: Remedy) -> None:
    """Raise Refused for whoever may not decide about it."""
    lead_only(act)
    entry = entry_of(act, remedy)
    if entry is not None and (remedy.quantity or 0) > entry.limit(Role(act.agent.role)):
        raise Refused(_("Above your limit"), _("Only an admin may decide about this."), _("Ask one."))


def lead_only(act: Act) -> None:
    """Raise Refused for an agent."""
    if act.agent.role == Role.AGENT:
        raise Refused(_("For a lead"), _("Only a lead may do this."), _("Ask a lead."))
