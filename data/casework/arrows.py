"""A case's life: which verb may lead from which state to which. Nothing else decides this."""

from __future__ import annotations

from data.errors import Refused
from data.language import _
from data.vocabulary import State
from data.wording import state_label

OPEN_STATES = frozenset(State) - {State.CLOSED}

_ARROWS: dict[str, tuple[frozenset[State], frozenset[State]]] = {
    "start_contact": (
        frozenset({State.NEW, State.WORKING, State.WAITING_BUYER, State.WAITING_US, State.SCHEDULED}),
        frozenset({State.WORKING}),
    ),
    "record_outcome": (
        frozenset({State.WORKING}),
        frozenset(
            {
                State.WORKING,
                State.WAITING_BUYER,
                State.WAITING_US,
                State.SCHEDULED,
                State.ESCALATED,
                State.CLOSED,
            }
        ),
    ),
    "snooze": (frozenset({State.NEW, State.WORKING, State.WAITING_BUYER}), frozenset({State.SCHEDULED})),
    "escalate": (OPEN_STATES, frozenset({State.ESCALATED})),
    "take_over": (frozenset({State.ESCALATED}), frozenset({State.WORKING})),
    "remedy_delivered": (frozenset({State.WAITING_US}), frozenset({State.SCHEDULED})),
    "observe_revision": (frozenset(State), frozenset({State.CLOSED, State.WORKING}) | OPEN_STATES),
    "promise_missed": (frozenset({State.WAITING_BUYER}), frozenset({State.WORKING})),
    "appeal": (OPEN_STATES, frozenset({State.APPEALED})),
    "appeal_result": (frozenset({State.APPEALED}), frozenset({State.CLOSED, State.WORKING})),
    "close": (OPEN_STATES, frozenset({State.CLOSED})),
    "reopen": (frozenset({State.CLOSED}), frozenset({State.WORKING})),
}


def allows(verb: str, state: State, to: State | None = None) -> bool:
    """Whether the verb may be used in this state (and lead to that one)."""
    sources, targets = _ARROWS[verb]
    return state in sources and (to is None or to in targets)


def check(verb: str, state: State, to: State) -> None:
    """Raise Refused, naming both states, when there is no such arrow."""
    if not allows(verb, state, to):
        raise Refused(
            _("Not from here"),
            _("A case that is “{state}” cannot become “{to}” this way.").format(
                state=state_label(state), to=state_label(to)
            ),
            _("Open the case to see what can be done with it now."),
        )
