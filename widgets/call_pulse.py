"""What the agent keeps an eye on while speaking: apologies, listening, the time in this step, and how the buyer is."""

from __future__ import annotations

from data.call_trail import LISTENING, Marks, Pace, Spans, Temper
from data.clock import MINUTE
from data.language import N_, _, ngettext
from data.playbook.format import IDENTITY, Playbook
from data.playbook.spoken import SENTENCES
from data.playbook.state import Run
from widgets import look
from widgets.lines import Line, Span, fit, line_width

PACES = {Pace.FAST: N_("speaks fast"), Pace.MEDIUM: N_("speaks evenly"), Pace.SLOW: N_("speaks slowly")}
TEMPERS = {
    Temper.CALM: N_("calm"),
    Temper.UPSET: N_("upset"),
    Temper.ANGRY: N_("angry"),
    Temper.ABUSIVE: N_("abusive"),
}
_MANNERS = {
    Pace.FAST: N_("keep up with them, short sentences"),
    Pace.SLOW: N_("slowly, with a pause after each sentence"),
    Temper.UPSET: N_("the feeling first, the matter after it"),
    Temper.ANGRY: N_("let it come out; agree with what is true"),
    Temper.ABUSIVE: N_("one calm sentence; if it goes on, end with 0"),
}


def manner(marked: Marks, said: int | None) -> str:
    """How to speak with a buyer who was marked so, in a few words; `said` sentences of three when in a hurry."""
    told = [_(_MANNERS[each]) for each in (marked.temper, marked.pace) if each in _MANNERS]
    if said is not None and said >= SENTENCES:
        told.insert(0, _("the three are said: thank them, agree on a time or end with 0"))
    return "; ".join(told)


def pulse(playbook: Playbook, run: Run, times: Spans, marked: Marks, *, noted: bool, closing: bool) -> list[Span]:
    """The counters as spans, each with its sign where it asks for something; whole minutes, so that nothing ticks."""
    return [
        *_apologies(playbook, run, closing),
        *_listened(playbook, times),
        *_unnoted(playbook, run, noted),
        *_here(times),
        *_marked(marked),
    ]


def pulse_line(parts: list[Span], cells: int) -> Line:
    """The rule above the note with the counters in it."""
    told: list[Span] = [(look.RULE * 2 + " ", look.LABEL)]
    for at, part in enumerate(parts):
        told += [(look.DOT, look.LABEL), part] if at else [part]
    shown = fit(told, cells - 3) if parts else ()
    rest = cells - line_width(shown) - (1 if shown else 0)
    return (*shown, (" " if shown else "", None), (look.RULE * max(0, rest), look.LABEL))


def _apologies(playbook: Playbook, run: Run, closing: bool) -> list[Span]:
    count, (_least, most) = run.apologies, playbook.limits.apologies
    if IDENTITY not in run.marks:
        return []
    if closing and not count:
        return [(f"{look.TRIANGLE} {_('no apology yet')}", look.SOON)]
    told = ngettext("{n} apology", "{n} apologies", count).format(n=count)
    if count > most:
        return [(f"{look.TRIANGLE} {told}, {_('that is enough')}", look.SOON)]
    return [(told, look.LABEL)]


def _listened(playbook: Playbook, times: Spans) -> list[Span]:
    if LISTENING not in times.by_stage:
        return []
    minutes, (enough, most) = times.listened // MINUTE, playbook.limits.listen_minutes
    told = _("listened {minutes} min").format(minutes=minutes)
    if minutes > most:
        return [(f"{look.TRIANGLE} {told}", look.SOON)]
    return [(f"{look.CHECK} {told}", look.GOOD) if minutes >= enough else (told, look.LABEL)]


def _unnoted(playbook: Playbook, run: Run, noted: bool) -> list[Span]:
    """Whoever offers something before a word of the buyer's is written down offers past them."""
    stages = [stage.id for stage in playbook.stages]
    here = playbook.node(run.place).stage
    if noted or LISTENING not in stages or here not in stages[stages.index(LISTENING) + 1 :][:1]:
        return []
    return [(f"{look.TRIANGLE} {_('nothing noted yet (Tab)')}", look.SOON)]


def _here(times: Spans) -> list[Span]:
    minutes = times.in_step // MINUTE
    return [(_("here {minutes} min").format(minutes=minutes), look.LABEL)] if minutes else []


def _marked(marked: Marks) -> list[Span]:
    told: list[Span] = []
    if marked.pace is not None:
        told.append((_(PACES[marked.pace]), look.NOTE))
    if marked.temper is not None:
        told.append((_(TEMPERS[marked.temper]), look.BAD if marked.temper is Temper.ABUSIVE else look.NOTE))
    return told
