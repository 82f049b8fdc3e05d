"""The life of a remedy: which verb may lead from which state to which. What the buyer does with the review is none."""

from __future__ import annotations

from data.errors import Refused
from data.language import N_, _
from data.vocabulary import OWED, RemedyState

_LABELS = {
    RemedyState.OFFERED: N_("offered"),
    RemedyState.ASKED: N_("waits for a lead"),
    RemedyState.ACCEPTED: N_("accepted, to be delivered"),
    RemedyState.APPROVED: N_("approved"),
    RemedyState.ISSUED: N_("on its way"),
    RemedyState.DELIVERED: N_("delivered"),
    RemedyState.TOLD: N_("delivered, buyer told"),
    RemedyState.DECLINED: N_("declined"),
    RemedyState.REFUSED: N_("refused by a lead"),
    RemedyState.WITHDRAWN: N_("withdrawn"),
}

MOVES: dict[str, tuple[frozenset[RemedyState], RemedyState]] = {
    "ask_approval": (frozenset({RemedyState.OFFERED}), RemedyState.ASKED),
    "approve_remedy": (frozenset({RemedyState.ASKED}), RemedyState.APPROVED),
    "refuse_approval": (frozenset({RemedyState.ASKED}), RemedyState.REFUSED),
    "accept_remedy": (frozenset({RemedyState.OFFERED}), RemedyState.ACCEPTED),
    "decline_remedy": (frozenset({RemedyState.OFFERED, RemedyState.ASKED}), RemedyState.DECLINED),
    "waive_remedy": (OWED, RemedyState.DECLINED),
    "issue_remedy": (frozenset({RemedyState.ACCEPTED, RemedyState.APPROVED}), RemedyState.ISSUED),
    "deliver_remedy": (OWED, RemedyState.DELIVERED),
    "remedy_told": (frozenset({RemedyState.DELIVERED}), RemedyState.TOLD),
}
"""Each verb with the states that it leads from and the one that it leads to."""


def remedy_state_label(state: str) -> str:
    """How far a remedy is, in words."""
    return _(_LABELS[RemedyState(state)])


def allows(verb: str, state: RemedyState) -> bool:
    """Whether the verb may be used in this state."""
    return state in MOVES[verb][0]


def after(verb: str, state: RemedyState) -> RemedyState:
    """The state that the verb leads to. Raises Refused, naming the state, where there is no such way."""
    sources, to = MOVES[verb]
    if state not in sources:
        raise Refused(
            _("Not from here"),
            _("A remedy that is “{state}” cannot become “{to}”.").format(
                state=remedy_state_label(state), to=remedy_state_label(to)
            ),
            _("The list of remedies shows how far each is."),
        )
    return to
