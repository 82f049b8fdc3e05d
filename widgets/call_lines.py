"""How a call reads: the stage line, what to say, the hints, the numbered choices, and the case beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from data.clock import MINUTE
from data.language import _, ngettext
from data.outside import for_screen
from data.playbook.run import Line as Said
from data.playbook.run import ObjectionOption, Option, StageMark, StageState
from data.playbook.spoken import SENTENCES, sentences
from data.rows import CasePage
from widgets import look
from widgets.case_facts import grade_span, history_lines, lateness
from widgets.cells import cut, pad, width, wrap
from widgets.lines import BLANK, Line, Span, fit, line, line_width, paragraph, plain
from widgets.times import stamp

SIDE = 33
"""Cells of the column beside the script, with its bar, at least."""
SIDE_FROM = 96
"""From so many cells of screen on there is a column beside the script."""
_REMEDY = "remedy"
"""The variable of a script that says what was agreed."""
_SCRIPT = 84
"""Cells beyond which a line to say is no longer taken in at a glance; what is left shows more of the case."""


def side_cells(cells: int) -> int:
    """How many cells of the screen the column beside the script takes; 0 where there is none."""
    return 0 if cells < SIDE_FROM else max(SIDE, cells - _SCRIPT)


def stage_line(stages: Sequence[StageMark], cells: int) -> Line:
    """Where the call is: done, here, ahead; names of what is done give way when there is no room."""
    full = _stages(stages, "  ")
    return full if line_width(full) <= cells else fit(_stages(stages, " "), cells)


def _stages(stages: Sequence[StageMark], gap: str) -> Line:
    spans: list[Span] = [(" ", None)]
    for at, stage in enumerate(stages):
        if at:
            spans.append((f"{gap}{look.NEXT}{gap}", look.LABEL))
        if stage.state is StageState.DONE:
            spans.append((f"{look.DONE} {stage.title}", look.LABEL))
        elif stage.state is StageState.CURRENT:
            spans += [("[", look.HERE), (stage.title, look.HERE), ("]", look.HERE)]
        else:
            spans.append((stage.title, look.LABEL))
    return tuple(spans)


def script_lines(
    said: Said,
    options: Sequence[Option],
    objections: Sequence[ObjectionOption],
    dialled: str,
    *,
    ended: bool,
    cells: int,
    rows: int,
    manner: str = "",
    hurried: int | None = None,
    remedy_key: str = "",
) -> list[Line]:
    """The script's column: what to say stands first and alone, then the hints, then what the buyer may do.

    What to say and every choice always stay. Where rows are few, blank lines go first and then the hints, how to
    speak before what to write down, what to avoid and what to listen for. With `hurried` sentences said of three,
    those that are left stand one by one, and what goes beyond them dim. `remedy_key` is what stands on the key that
    picks a remedy.
    """
    number = [line("   ", (_("Dial"), look.LABEL), "  ", (dialled, look.SAY))] if dialled else []
    words = _words(said.say, cells) if hurried is None else _counted(said.say, hurried, cells)
    below = _goodbye() if ended else _answers(options, objections, cells)
    hints = _hints(said, manner, remedy_key, cells)
    for kept in range(len(hints), -1, -1):
        told = [each for hint in hints[:kept] for each in hint]
        for blank in (BLANK,), ():
            lines = _spaced((number, words, told, below), blank)
            if len(lines) <= rows:
                return lines
    return _spaced((number, words, below), ())


def _spaced(parts: Sequence[Sequence[Line]], blank: tuple[Line, ...]) -> list[Line]:
    lines: list[Line] = []
    for part in parts:
        if part:
            lines += [*(blank if lines else ()), *part]
    return lines


def _words(say: str, cells: int) -> list[Line]:
    return [line(" ", (look.CURSOR, look.HERE), " ", *_marked(text)) for text in wrap(say, cells - 4) if say]


def _counted(say: str, said: int, cells: int) -> list[Line]:
    """What to say to somebody in a hurry: each sentence with its number of three."""
    lines: list[Line] = []
    for at, sentence in enumerate(sentences(say), said + 1):
        first, *more = wrap(sentence, cells - 8)
        if at <= SENTENCES:
            lines.append(line(" ", (look.CURSOR, look.HERE), f" {at}/{SENTENCES} ", *_marked(first)))
            lines += [line(" ", (look.CURSOR, look.HERE), "     ", *_marked(each)) for each in more]
        else:
            lines += [line(" " * 7, (each, look.LABEL)) for each in (first, *more)]
    return lines


def _goodbye() -> list[Line]:
    return [
        line("   ", (_("The call is over; say goodbye."), look.LABEL)),
        line("   ", ("Enter", look.HERE), " ", _("record the outcome")),
    ]


def _answers(options: Sequence[Option], objections: Sequence[ObjectionOption], cells: int) -> list[Line]:
    lines = [line("   ", (_("What does the buyer do?"), look.LABEL)), *_choices(options, cells)]
    names = look.DOT.join(objection.short for objection in objections)
    if names:
        lines.append(line("   ", ("9", look.HERE), " ", _("Objection…"), "  ", (cut(names, cells - 18), look.LABEL)))
    lines.append(line("   ", ("0", look.HERE), " ", _("The call ends")))
    return lines


def _marked(text: str) -> tuple[Span, ...]:
    """What is to be said, with what the case does not know marked so that nobody reads it out."""
    spans: list[Span] = []
    rest = text
    while rest:
        before, opening, after = rest.partition("⟨")
        if before:
            spans.append((before, look.SAY))
        if not opening:
            break
        inside, closing, rest = after.partition("⟩")
        spans.append((opening + inside + closing, look.SOON))
    return tuple(spans)


def _hints(said: Said, manner: str, remedy_key: str, cells: int) -> list[list[Line]]:
    """What is to be picked, to listen for, not to be said, to write down, how to speak: the lines of each."""
    pick = _("{key} picks what was agreed; then it is named here.").format(key=remedy_key)
    hints = (
        (_("Remedy"), pick if remedy_key and _REMEDY in said.missing else "", look.SOON),
        (_("Listen"), said.listen, look.GOOD),
        (_("Avoid"), said.avoid, look.BAD),
        (_("Write down"), said.record, look.NOTE),
        (_("Manner"), manner, look.SOON),
    )
    label = max(width(name) for name, text, _style in hints if text or name == _("Write down"))
    told: list[list[Line]] = []
    for name, text, style in hints:
        if text:
            first, *more = wrap(text, cells - label - 6)
            shown = [line("   ", (pad(name, label), style), "  ", first)]
            told.append(shown + [line(" " * (label + 5), each) for each in more])
    return told


def _choices(options: Sequence[Option], cells: int) -> list[Line]:
    room = cells - 6
    labels = max((width(option.label) for option in options), default=0)
    column = min(max(24, labels + 3), room)
    return [
        line("   ", (str(option.key), look.HERE), " ", pad(option.label, column), (option.goes, look.LABEL))
        for option in options
    ]


def side_lines(
    page: CasePage, answer: str, *, now: int, zone: tzinfo, cells: int, incoming: bool = False
) -> list[Line]:
    """The case beside the script: who the buyer is, what they wrote, the parcel, how often they were called."""
    lines: list[Line] = [line((_("Buyer"), look.LABEL))]
    for known in history_lines(page):
        lines += paragraph(plain(known), cells)
    lines.append(BLANK)
    lines.append(
        line((_("Review"), look.LABEL), f"  {stamp(page.row.reviewed_at, now, zone)}  ", grade_span(page.row.grade))
    )
    lines += paragraph(look.quoted(for_screen(page.text)), cells, None, 6)
    if page.appended_text:
        when = stamp(page.appended_at, now, zone) if page.appended_at else ""
        lines.append(line((_("Appended"), look.LABEL), f"  {when}"))
        lines += paragraph(look.quoted(for_screen(page.appended_text)), cells, None, 4)
    lines.append(BLANK)
    order = page.order
    if order is not None and order.carrier:
        lines.append(line((_("Parcel"), look.LABEL), f"  {for_screen(order.carrier)}  ", (lateness(order), look.BAD)))
    # A call that the buyer began is no attempt: then all that were counted lie before it.
    before = max(0, page.row.attempts - (not incoming))
    called = ngettext("{n} attempt before", "{n} attempts before", before)
    lines.append(line((_("Contacts"), look.LABEL), "  ", called.format(n=before)))
    for contact in page.contacts[1:3]:
        if contact.note:
            lines += paragraph(
                f"{stamp(contact.started_at, now, zone)} {for_screen(contact.note)}", cells, look.LABEL, 2
            )
    if answer:
        lines.append(look.answered(answer))
    if page.refusals:
        lines.append(line((_("refused {count}×").format(count=page.refusals), look.SOON)))
    return lines


def running(started_at: int, now: int) -> str:
    """How long the call has lasted, in whole minutes: seconds would repaint the screen by themselves."""
    return _("{minutes} min").format(minutes=max(0, now - started_at) // MINUTE)
