"""How a past call reads: what it was in all, the step under the cursor in full, and the steps around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from data.call_trail import HURRIED_ON
from data.clock import MINUTE, SECOND
from data.language import N_, _
from data.outside import for_screen
from data.replaying import Moment
from data.rows import KeptCall
from data.vocabulary import StepKind
from widgets import look
from widgets.call_pulse import PACES, TEMPERS
from widgets.cells import cut, pad, width, wrap
from widgets.lines import BLANK, Line, Span, line

_DONE = {
    StepKind.BACK: N_("stepped back"),
    StepKind.VARIANT: N_("said in other words"),
    StepKind.PAUSED: N_("parked"),
    StepKind.RESUMED: N_("taken up again"),
    StepKind.ENDED: N_("ended by hand"),
}


def lasted(milliseconds: int) -> str:
    """A span as minutes and seconds: a record may be exact, nothing in it moves."""
    return f"{milliseconds // MINUTE}:{milliseconds % MINUTE // SECOND:02d}"


def summary_lines(
    kept: KeptCall, script: str, stages: Mapping[str, int], note: str, counted: Sequence[str], cells: int
) -> list[Line]:
    """Which script it followed, how long each stage took, what was counted, and the note."""
    told = [_("prepared {span}").format(span=lasted(kept.prepared))] if kept.prepared is not None else []
    told += [f"{title} {lasted(span)}" for title, span in stages.items() if title]
    lines = [line(" ", (for_screen(look.DOT.join([script, *counted])), look.LABEL))]
    lines += [line(" ", each) for each in _whole(told, cells - 2)]
    if note:
        lines += [line(" ", (_("Note"), look.KEY), "  ", look.quoted(cut(for_screen(note), cells - 12)))]
    return lines


def _whole(told: Sequence[str], cells: int) -> list[str]:
    """In lines of at most so many cells; what belongs together, a name and its time, is never parted."""
    lines: list[str] = []
    for each in told:
        longer = look.DOT.join((*lines[-1:], each))
        lines[-1:] = [longer] if width(longer) <= cells else [*lines[-1:], cut(each, cells)]
    return lines


def moment_lines(moment: Moment, zone: tzinfo, cells: int) -> list[Line]:
    """One step in full: the words of that day stand bright, then what the buyer did."""
    facts = [_wall(moment.at, zone), moment.stage, moment.node]
    lines: list[Line] = [line(" ", (look.DOT.join(each for each in facts if each), look.LABEL))]
    said = wrap(for_screen(moment.said), cells - 4) if moment.said else []
    lines += [line(" ", (look.CURSOR, look.HERE), " ", (each, look.SAY)) for each in said]
    return [*lines, line("   ", (look.NEXT, look.LABEL), " ", *_happened(moment)), BLANK]


def step_lines(moments: Sequence[Moment], at: int, rows: int, zone: tzinfo, cells: int) -> list[Line]:
    """The steps around the one under the cursor, a row each."""
    first = max(0, min(at - rows // 2, len(moments) - rows))
    shown: list[Line] = []
    for index, moment in enumerate(moments[first : first + rows], first):
        here = index == at
        mark = (look.CURSOR if here else " ", look.HERE)
        what = "".join(text for text, _style in _happened(moment))
        took = lasted(moment.took) if moment.kind else ""
        shown.append(
            line(
                " ", mark, " ", (_wall(moment.at, zone), look.LABEL), "  ", (pad(took, 5), look.LABEL), "  ",
                (cut(f"{moment.stage}  {what}", cells - 22), look.SAY if here else None),
            )
        )  # fmt: skip
    return shown


def _happened(moment: Moment) -> tuple[Span, ...]:
    kind, did = moment.kind, for_screen(moment.did)
    if not kind:
        return ((_("the last line"), look.LABEL),)
    if kind == StepKind.MARKED:
        return ((_mark(did), look.NOTE),)
    if kind == StepKind.OBJECTION:
        return ((f"{_('objected')}: {did}", look.SOON),)
    if kind in _DONE:
        return ((_(_DONE[StepKind(kind)]), look.LABEL),)
    return ((f"{did} {for_screen(moment.exact)}".strip(), None),)


def _mark(code: str) -> str:
    named = {f"pace:{each}": words for each, words in PACES.items()}
    named |= {f"temper:{each}": words for each, words in TEMPERS.items()}
    if code in named:
        return _(named[code])
    return _("three sentences") if code == HURRIED_ON else _("has time again")


def _wall(at: int, zone: tzinfo) -> str:
    return f"{datetime.fromtimestamp(at / 1000, zone):%H:%M:%S}"
