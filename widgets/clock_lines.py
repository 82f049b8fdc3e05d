"""The clocks of a case and its last useful time, as the buyer screen and the preview show them."""

from __future__ import annotations

from datetime import tzinfo

from data.clocks.course import CaseClock, ClockState
from data.clocks.useful import DAILY, Watch
from data.clocks.words import clock_words, window_reason
from data.language import _
from widgets import look
from widgets.lines import Line, Span, line, line_width
from widgets.times import stamp

_SIGNS = {ClockState.BROKEN: look.CROSS, ClockState.WARNED: look.HURRY}
_STYLES = {ClockState.BROKEN: look.BAD, ClockState.WARNED: look.SOON, ClockState.PAUSED: look.LABEL}


def clock_lines(watch: Watch, now: int, zone: tzinfo, cells: int) -> list[Line]:
    """Every clock that runs, the nearest first, and until when acting is useful: in one line where both fit."""
    clocks, useful = _clocks(watch.clocks, now), _useful(watch, now, zone)
    if clocks and useful and line_width(clocks) + 4 + line_width(useful) <= cells:
        return [(*clocks, ("    ", None), *useful)]
    return [each for each in (clocks, useful) if each]


def clocks_in_short(clocks: tuple[CaseClock, ...], now: int, due_at: int) -> list[str]:
    """The clocks that run beside the one by which the case is due, in words and with their signs, the nearest first."""
    return [_worded(each, now) for each in clocks if each.due_at != due_at]


def _worded(clock: CaseClock, now: int) -> str:
    sign = _SIGNS.get(clock.state)
    return f"{sign} {clock_words(clock, now)}" if sign else clock_words(clock, now)


def _clocks(clocks: tuple[CaseClock, ...], now: int) -> Line:
    spans: list[Span] = []
    for each in clocks:
        spans += [(look.DOT, look.LABEL) if spans else (_("Clocks") + " ", look.LABEL)]
        spans.append((_worded(each, now), _STYLES.get(each.state)))
    return tuple(spans)


def _useful(watch: Watch, now: int, zone: tzinfo) -> Line:
    """The window that closes first; where it opens again tomorrow, the first that does not, too."""
    first = watch.last_useful
    if first is None:
        return ()
    words = f"{stamp(first.ends_at, now, zone)} {window_reason(first.kind)}"
    spans: list[Span] = [(_("Last useful time") + " ", look.LABEL), (words, None)]
    for_good = next((each for each in watch.windows if each.kind not in DAILY), None)
    if first.kind in DAILY and for_good is not None:
        later = f"{stamp(for_good.ends_at, now, zone)} {window_reason(for_good.kind)}"
        spans.append((look.DOT + later, look.LABEL))
    return line(*spans)
