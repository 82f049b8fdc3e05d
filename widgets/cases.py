"""How a case looks in a line of the inbox, and in the few lines below it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from data.clock import MINUTE
from data.language import N_, _
from data.masking import masked_nick
from data.money import format_money
from data.outside import for_screen
from data.rows import CasePage, CaseRow, View
from data.vocabulary import Cause, Grade, Platform, State
from data.wording import cause_label, follow_up_label, platform_label, result_label, state_label
from widgets import look
from widgets.case_facts import awaited_words
from widgets.cells import cut, width
from widgets.columns import Column
from widgets.lines import BLANK, Line, Span, fit, line, line_width, paragraph
from widgets.times import day, due, lasting, stamp

VIEWS = {
    View.ALL: N_("To do"),
    View.MINE: N_("Mine"),
    View.DUE_SOON: N_("Due soon"),
    View.FOLLOW_UPS: N_("Follow-ups"),
    View.CALLABLE: N_("Callable"),
    View.TO_VERIFY: N_("Verify"),
}
"""The views of the inbox in the order of their digits."""

_TIGHT = 4
"""With no more lines than these the preview has none for the priority alone."""
_WIDE = 140
"""From so many cells on there is room for more than what decides which case is next."""
_SHORT_GRADES = {Grade.BAD: N_("bad"), Grade.NEUTRAL: N_("mid"), Grade.GOOD: N_("good")}


def grade_span(grade: str) -> Span:
    """The grade as its shape and a word, in its colour."""
    shape, style = look.GRADES[grade]
    return f"{shape} {_(_SHORT_GRADES[Grade(grade)])}", style


def product_name(row: CaseRow) -> str:
    """The product and its variant, fit for a screen."""
    return for_screen(f"{row.product} {row.variant}" if row.variant else row.product)


def buyer_name(row: CaseRow) -> str:
    """The nick, masked, and the buyer's level."""
    nick = for_screen(masked_nick(row.nick))
    return f"{nick} {for_screen(row.level)}" if row.level else nick


def due_span(row: CaseRow, now: int, zone: tzinfo, soon: int) -> Span:
    """When the next act is due; late in red with a minus, within `soon` milliseconds in yellow with a mark."""
    told = due(row.due_at, now, zone)
    if row.due_at < now:
        return told, look.BAD
    return (f"{look.HURRY} {told}", look.SOON) if row.due_at - now <= soon else (told, look.LABEL)


class CaseColumns:
    """The inbox's columns at a time: `now` moves on, and the list is told to draw the first column again."""

    def __init__(self, now: int, zone: tzinfo, soon_minutes: int) -> None:
        self.now = now
        self._zone = zone
        self._soon = soon_minutes * MINUTE

    def __call__(self) -> Sequence[Column[CaseRow]]:
        """The columns with their titles in the reader's language."""
        platforms = max(width(platform_label(platform)) for platform in Platform)
        grades = max(width(grade_span(grade)[0]) for grade in Grade)
        dues = max(8, width(_("tmr {time}").format(time="00:00")))
        causes = min(16, max(width(cause_label(cause)) for cause in Cause))
        states = max(width(state_label(state)) for state in State)
        return (
            Column(_("Due"), self._due, dues, dues, to_the_right=True),
            Column(_("Grade"), lambda row: grade_span(row.grade), max(grades, width(_("Grade"))), grades),
            Column(_("Site"), lambda row: (platform_label(row.platform), look.LABEL), 6, platforms, 1, gives_way=4),
            Column(_("Buyer"), lambda row: (buyer_name(row), None), 9, 12, 1, weight=True),
            Column(_("Product"), lambda row: (product_name(row), look.LABEL), 18, 24, 2, gives_way=3, weight=True),
            Column(_("Review"), lambda row: (for_screen(row.text), None), 20, 200, 8),
            Column(_("Cause"), _cause, 8, causes, 2, gives_way=5),
            Column(_("State"), _state, states, states, gives_way=7, wide_from=_WIDE),
            Column(_("Owner"), lambda row: (for_screen(row.owner or ""), look.LABEL), 6, 10, 1, gives_way=6),
        )

    def _due(self, row: CaseRow) -> Span:
        return due_span(row, self.now, self._zone, self._soon)


def _cause(row: CaseRow) -> Span:
    return (cause_label(row.cause), look.NOTE) if row.cause else ("", None)


def _state(row: CaseRow) -> Span:
    return state_label(row.state), look.LABEL


def preview(
    page: CasePage,
    answer: tuple[str, str],
    now: int,
    zone: tzinfo,
    calls_at_most: int,
    *,
    cells: int,
    height: int,
    priority: str = "",
    clocks: Sequence[str] = (),
) -> list[Line]:
    """The case below the list: the review, the order, whether the buyer may be contacted, why it stands here.

    `priority` is why it is worked when it is; without a line to spare it stands in place of what it says as well.
    `clocks` are what runs for it, the nearest first, as far as there is room.
    """
    room = cells - 2
    quote = look.quoted(for_screen(page.text))
    own_line = bool(priority) and height > _TIGHT
    quoted = [line(" ", *each) for each in paragraph(quote, room, None, max(1, height - 3 - own_line))]
    lines = [*quoted, line(" ", (" ", None), *_dimmed(_facts(page, now, zone), room - 1))]
    if len(lines) + 3 + own_line <= height:
        lines.append(BLANK)
    lines.append(line(" ", *_contact_line(page, answer, calls_at_most, room)))
    here = why_here(page, now, zone)
    if priority and not own_line:
        here = [here[0], priority, *why_here(page, now, zone, timed=False)[1:]]
    for clock in clocks:
        if width(look.DOT.join([*here, clock])) <= room:
            here = [*here, clock]
    lines.append(line(" ", *_dimmed(here, room)))
    if own_line:
        lines.append(line(" ", *_dimmed([priority], room)))
    return lines[:height]


def _dimmed(parts: Sequence[str], room: int) -> Line:
    return ((cut(look.DOT.join(part for part in parts if part), room), look.LABEL),)


def _facts(page: CasePage, now: int, zone: tzinfo) -> list[str]:
    row, order = page.row, page.order
    facts = [stamp(row.reviewed_at, now, zone), product_name(row)]
    if order is not None:
        if order.amount_minor is not None:
            facts.append(format_money(order.amount_minor, order.currency))
        if order.signed_at is not None:
            facts.append(_("signed {day}").format(day=day(order.signed_at, now, zone)))
        if order.carrier:
            facts.append(for_screen(order.carrier))
    facts.append(for_screen(page.shop))
    return facts


def _contact_line(page: CasePage, answer: tuple[str, str], calls_at_most: int, room: int) -> Line:
    told, advice = answer
    counted: Line = ((_("Calls"), look.LABEL), (f" {page.calls}", look.SAY), (f"/{calls_at_most}", None))
    spans: list[Span] = [*look.answered(told), ("    ", None), *counted] if told else [*counted]
    if advice and line_width(spans) + 4 + width(_("Advice")) < room:
        spans += [("    ", None), (_("Advice") + " ", look.LABEL), (advice, look.SAY)]
    return fit(spans, room)


def why_here(page: CasePage, now: int, zone: tzinfo, *, timed: bool = True) -> list[str]:
    """Why the case stands where it does: its state, what is due and when, what was promised."""
    row = page.row
    told = [state_label(row.state)]
    if row.result:
        told.append(result_label(row.result))
    told += (awaited := awaited_words(page, now, zone))
    if row.state != State.CLOSED and timed:
        late = now - row.due_at
        when = _("late by {time}") if late > 0 else _("due in {time}")
        told.append(when.format(time=lasting(abs(late))))
    if page.follow_up_kind and page.follow_up_at is not None:
        told.append(f"{follow_up_label(page.follow_up_kind)} {stamp(page.follow_up_at, now, zone)}")
    if page.promised_at is not None and not awaited:
        told.append(_("buyer promised by {time}").format(time=stamp(page.promised_at, now, zone)))
    if page.refusals:
        told.append(_("refused {count}×").format(count=page.refusals))
    if row.owner:
        told.append(_("with {name}").format(name=for_screen(row.owner)))
    return told
