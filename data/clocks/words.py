"""How clocks and windows are worded: names, and how long something still has or how late it is."""

from __future__ import annotations

from data.clock import DAY, HOUR, MINUTE
from data.clocks.course import CaseClock, ClockState
from data.clocks.targets import ClockName
from data.clocks.useful import WindowKind
from data.language import N_, _

_NAMES = {
    ClockName.FIRST_CONTACT: N_("first contact"),
    ClockName.NEXT_TOUCH: N_("next touch"),
    ClockName.CLOSE: N_("closing"),
}
_WINDOWS = {
    WindowKind.REVISE: N_("revising ends"),
    WindowKind.APPEND: N_("appending ends"),
    WindowKind.REPLY: N_("replying ends"),
    WindowKind.APPEAL: N_("appealing ends"),
    WindowKind.NUMBER: N_("the number expires"),
    WindowKind.CONTACT_HOURS: N_("contact hours end"),
    WindowKind.DESK_HOURS: N_("the desk closes"),
}


def clock_name(name: ClockName) -> str:
    """What a clock is called."""
    return _(_NAMES[name])


def window_reason(kind: WindowKind) -> str:
    """What happens when the window closes."""
    return _(_WINDOWS[kind])


def clock_words(clock: CaseClock, now: int) -> str:
    """A clock with what is left of it: first contact in 18 min, closing paused, next touch late by 2 h 5 min."""
    name = clock_name(clock.name)
    if clock.state is ClockState.BROKEN:
        return _("{clock} late by {time}").format(clock=name, time=_lasting(now - clock.at))
    if clock.state is ClockState.PAUSED or clock.due_at is None:
        return _("{clock} paused, the buyer owes us").format(clock=name)
    return _("{clock} in {time}").format(clock=name, time=_lasting(clock.due_at - now))


def _lasting(span: int) -> str:
    if span < HOUR:
        return _("{minutes} min").format(minutes=span // MINUTE)
    if span < DAY:
        return _("{hours} h {minutes} min").format(hours=span // HOUR, minutes=span % HOUR // MINUTE)
    return _("{days} d {hours} h").format(days=span // DAY, hours=span % DAY // HOUR)
