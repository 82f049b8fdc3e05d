"""How the buyer screen reads: sections in the order of what an agent must know before speaking.

On a wide screen the facts stand left and what happened right; on a narrow one they follow each other, the most
important first, and the rest is a page further.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from data.answers import Advice
from data.assignment import reason_label
from data.clock import local_day
from data.clocks.useful import Watch
from data.contact.wishes import days_words
from data.language import _, ngettext
from data.platform_rules import APPEND, REVISE, allowances, ends_at, may
from data.rows import CasePage, NoteRow
from data.vocabulary import PersonalKind, State
from data.wording import cause_label, channel_label, result_label, state_label
from widgets import look, reply_lines, task_lines
from widgets.case_facts import (
    contact_line,
    date_time,
    grade_span,
    history_lines,
    in_fours,
    next_line,
    order_lines,
    personal_span,
    promise_lines,
    remedy_lines,
    review_lines,
)
from widgets.cells import pad, width
from widgets.clock_lines import clock_lines
from widgets.differences import revision_lines
from widgets.lines import BLANK, Line, beside, fit, folded, line, line_width, paragraph, plain
from widgets.times import stamp

WIDE = 96
"""From so many cells on there are two columns."""
_LEFT = 72
"""Cells that the left of them takes at most: what happened gets the rest."""


def buyer_lines(
    page: CasePage,
    advice: Advice,
    *,
    now: int,
    zone: tzinfo,
    calls_at_most: int,
    cells: int,
    watch: Watch | None = None,
    priority: str = "",
) -> list[Line]:
    """The whole screen, top to bottom, as wide as it may be."""
    room = cells - 2
    half = min(room // 2, _LEFT) if cells >= WIDE else 0
    far = room - half - 3 if half else room
    lines: list[Line] = [
        *_review(page, zone, room),
        BLANK,
        *_stand(page, advice, now, zone, calls_at_most, room),
        *reply_lines.offered_lines(page, now),
        *(clock_lines(watch, now, zone, room) if watch else []),
        *([line((priority, look.LABEL))] if priority else []),
        BLANK,
    ]
    order = _section(_("Order"), order_lines(page, zone))
    contact = _section(
        _("Contacts"), [*_personal(page, now, zone), *_preferences(page), *_contacts(page, now, zone, far)]
    )
    dealings = [
        *_section(_("Dealings"), history_lines(page)),
        *_section(_("Promises"), promise_lines(page, now, zone)),
        *_section(_("Remedies"), remedy_lines(page, now, zone)),
        *_section(_("Tasks"), task_lines.standing_lines(page, now, zone)),
        *_section(_("Public reply"), reply_lines.standing_lines(page, now, zone, half or room)),
    ]
    happened = [
        *_section(_("What changed"), [each for one in page.revisions for each in revision_lines(one, zone, far)]),
        *_section(_("Notes"), [each for note in page.notes for each in _note(note, now, zone, far)]),
        *_section(_("Earlier"), _earlier(page, zone)),
    ]
    if half:
        left, right = _folded([*order, *dealings], half), _folded([*contact, *happened], far)
        lines += beside(_ended(left), _ended(right), half, (f" {look.BAR} ", look.LABEL))
    else:
        lines += _folded([*order, *contact, *dealings, *happened], room)
    return [line(" ", *fit(each, room)) if each else BLANK for each in _ended(lines)]


def _folded(lines: Sequence[Line], cells: int) -> list[Line]:
    """The lines within so many cells: a number is worth nothing when its end is missing."""
    return [part for each in lines for part in folded(each, cells, 3)]


def _ended(lines: list[Line]) -> list[Line]:
    """The lines without blank ones at their end."""
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _section(title: str, lines: Sequence[Line]) -> list[Line]:
    return [line((title, look.KEY)), *lines, BLANK] if lines else []


def _review(page: CasePage, zone: tzinfo, room: int) -> list[Line]:
    """The grade and the time, and the words behind them where they fit, else below and in full."""
    first, quote, *more = review_lines(page, zone)
    if line_width(first) + 3 + line_width(quote) <= room:
        return [(*first, ("   ", None), *quote), *more]
    return [first, *paragraph(plain(quote), room, look.SAY), *more]


def _stand(page: CasePage, advice: Advice, now: int, zone: tzinfo, calls_at_most: int, room: int) -> list[Line]:
    """Where the case stands, and the contact question's answer."""
    row = page.row
    mark = (
        (f"{look.CHECK} ", look.GOOD)
        if advice.phone.allowed
        else ((f"{look.TRIANGLE} ", look.SOON) if advice.chat.allowed else (f"{look.CROSS} ", look.BAD))
    )
    counted = _("called {n} of {most}").format(n=page.calls, most=calls_at_most)
    lines = [line(mark, (advice.answer, None), "    ", (advice.advice, look.SAY), "    ", (counted, look.LABEL))]
    state = [state_label(row.state)]
    if row.result:
        state.append(result_label(row.result))
    state.append(cause_label(row.cause) if row.cause else _("cause not set"))
    if page.refusals:
        state.append(ngettext("refused {n} time", "refused {n} times", page.refusals).format(n=page.refusals))
    if row.owner:
        state.append(_("with {name}").format(name=row.owner))
    if page.second_pass and row.state != State.CLOSED:
        state.append(_("second pass"))
    if page.assigned:
        state.append(reason_label(page.assigned))
    lines.append(line((look.DOT.join(state), None), "    ", *next_line(page, now, zone)))
    *window, warning = _window(page, now, zone)
    if line_width(window) + line_width([warning]) <= room:
        return [*lines, (*window, warning)]
    return [*lines, tuple(window), (warning,)]


def _window(page: CasePage, now: int, zone: tzinfo) -> Line:
    """Until when the platform lets the buyer change or add to the review; unknown is said to be unknown."""
    order = page.order
    traded_at = (order.signed_at or order.paid_at) if order is not None else None
    rows = [row for act in (REVISE, APPEND) if (row := allowances().get((page.row.platform, act))) is not None]
    old = min((row.as_of for row in rows if row.stale(local_day(now, zone))), default="")
    parts = []
    for act, word, no in (
        (REVISE, _("may revise until {time}"), _("cannot be revised here")),
        (APPEND, _("may append until {time}"), _("cannot be appended to here")),
    ):
        end = ends_at(page.row.platform, act, page.row.reviewed_at, traded_at)
        allowed = may(page.row.platform, act, page.row.reviewed_at, traded_at, now)
        if allowed is False:
            parts.append(no)
        elif end is not None:
            parts.append(word.format(time=stamp(end, now, zone)))
    words = look.DOT.join(parts) if parts else _("unknown what this platform lets the buyer change")
    warned = "  " + _("as of {month}, confirm it").format(month=old) if old else ""
    return line((_("Review") + " ", look.LABEL), (words, look.LABEL), (warned, look.SOON))


def _personal(page: CasePage, now: int, zone: tzinfo) -> list[Line]:
    labels = {
        PersonalKind.NAME: _("Name"),
        PersonalKind.PHONE: _("Phone"),
        PersonalKind.ADDRESS: _("Address"),
        PersonalKind.EMAIL: _("E-mail"),
        PersonalKind.CHAT: _("Chat"),
    }
    cells = max(width(label) for label in labels.values())
    return [
        line((pad(labels[PersonalKind(each.kind)], cells), look.LABEL), " ", *personal_span(each, now, zone))
        for each in page.personal
    ]


def _preferences(page: CasePage) -> list[Line]:
    facts = page.facts
    if facts.do_not_contact_at is not None:
        return [line((f"{look.CROSS} " + _("asked not to be contacted"), look.BAD))]
    wishes = []
    if facts.preferred_channel:
        wishes.append(channel_label(facts.preferred_channel))
    if facts.preferred_from is not None and facts.preferred_until is not None:
        wishes.append(
            f"{facts.preferred_from // 60:02d}:{facts.preferred_from % 60:02d}–"
            f"{facts.preferred_until // 60:02d}:{facts.preferred_until % 60:02d}"
        )
    if facts.preferred_days:
        wishes.append(days_words(facts.preferred_days))
    if facts.zone:
        wishes.append(facts.zone)
    return [line((_("Prefers") + " ", look.LABEL), look.DOT.join(wishes))] if wishes else []


def _contacts(page: CasePage, now: int, zone: tzinfo, cells: int) -> list[Line]:
    if not page.contacts:
        return [line((_("not contacted yet"), look.LABEL))]
    lines: list[Line] = []
    for contact in page.contacts:
        told = contact_line(contact, now, zone)
        if contact.line is not None and line_width(told) > cells:
            told = told[:-1]  # who it was matters least
        lines.append(told)
        if contact.note:
            lines += [line("  ", *each) for each in paragraph(look.quoted(contact.note), cells - 2, look.LABEL, 2)]
    return lines


def _note(note: NoteRow, now: int, zone: tzinfo, cells: int) -> list[Line]:
    when = f"{stamp(note.at, now, zone)}  "
    first, *more = paragraph(f"{note.text}  {note.agent}", cells - width(when))
    return [line(when, *first), *(line(" " * width(when), *each) for each in more)]


def _earlier(page: CasePage, zone: tzinfo) -> list[Line]:
    """Earlier orders and reviews of the same buyer."""
    lines = [
        line(grade_span(each.grade), f"  {date_time(each.created_at, zone)}  {each.product}  ", (each.text, look.LABEL))
        for each in page.earlier_reviews
    ]
    lines += [
        line((_("order"), look.LABEL), f"  {in_fours(each.external_id)}  {each.product}")
        for each in page.earlier_orders
    ]
    return lines
