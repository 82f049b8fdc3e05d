"""How the facts of a case read: one line or a few for each thing that an agent needs to know before speaking.

Times are shown in the shop's zone. Nothing here knows a screen; the buyer screen and the call's side column both
draw from it.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from data.clock import DAY, local_day, to_local
from data.contact_rules import day_and_time
from data.follow_up import GIVE_UP
from data.language import N_, _, ngettext
from data.money import format_money
from data.outcomes import line_label, standing_label
from data.remedies.life import remedy_state_label
from data.remedies.rows import MEMORY_DAYS
from data.rows import CasePage, ContactRow, OrderFacts, PersonalDatum, PromiseRow, RemedyRow, RevisionRow
from data.vocabulary import OWED, REMEDY_STANDS, PromiseBy, PromiseKind, PromiseState, RevisionKind
from data.wording import channel_label, contact_label, device_label, follow_up_label, grade_label
from widgets import look
from widgets.lines import Line, Span, line

if TYPE_CHECKING:
    from data.answers import Advice

_PROMISE_WORDS = {
    PromiseKind.REVISE: N_("update the review"),
    PromiseKind.APPEND: N_("append to the review"),
    PromiseKind.ANSWER: N_("answer"),
    PromiseKind.REMEDY: N_("the remedy"),
    PromiseKind.CHECK: N_("a check"),
    PromiseKind.CALLBACK: N_("a call"),
}


def date(at: int, zone: tzinfo) -> str:
    """Month and day."""
    return f"{to_local(at, zone):%m-%d}"


def date_time(at: int, zone: tzinfo) -> str:
    """Month, day and time."""
    return f"{to_local(at, zone):%m-%d %H:%M}"


def grade_span(grade: str) -> Span:
    """The grade with its shape and word."""
    shape, style = look.GRADES[grade]
    return f"{shape} {grade_label(grade)}", style


def answered_with_sign(advice: Advice) -> str:
    """Whether the buyer may be contacted: a sign for yes, in part or no, and the answer in words."""
    return f"{look.mark_of(advice.phone.allowed, advice.chat.allowed)} {advice.answer}"


def in_fours(number: str) -> str:
    """A long number in groups that an eye can follow."""
    if not number.isdigit() or len(number) < 9:
        return number
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def review_lines(page: CasePage, zone: tzinfo) -> list[Line]:
    """The review, what was appended to it, and the shop's public reply."""
    said: list[Line] = [line(grade_span(page.row.grade), f"  {date_time(page.row.reviewed_at, zone)}")]
    said.append(line((look.quoted(page.text) if page.text else _("(no words)"), look.SAY)))
    if page.appended_text:
        when = f"{date_time(page.appended_at, zone)}  " if page.appended_at else ""
        said.append(line((_("Appended"), look.LABEL), f"  {when}{look.quoted(page.appended_text)}"))
    elif page.appended_at:
        said.append(line((_("Appended"), look.LABEL), f"  {date_time(page.appended_at, zone)}  {_('(no words)')}"))
    if page.reply_text:
        said.append(line((_("Our reply"), look.LABEL), f"  {look.quoted(page.reply_text)}"))
    if page.removed_at:
        said.append(line((_("No longer on the platform"), look.SOON)))
    return said


def order_lines(page: CasePage, zone: tzinfo) -> list[Line]:
    """What was bought, for how much, and where the parcel went."""
    order = page.order
    if order is None:
        if page.order_external_id:
            number = in_fours(page.order_external_id)
            return [
                line((_("Order no."), look.LABEL), f" {number}"),
                line((_("The order has not been imported yet"), look.LABEL)),
            ]
        return [line((_("No order is known for this review"), look.LABEL))]
    lines = [line(bought(order)), line((_("Order no."), look.LABEL), f" {in_fours(order.external_id)}")]
    steps = [
        f"{word} {date(at, zone)}"
        for word, at in ((_("paid"), order.paid_at), (_("sent"), order.sent_at), (_("signed for"), order.signed_at))
        if at is not None
    ]
    if steps:
        lines.append(line(look.DOT.join(steps)))
    parcel = parcel_words(order)
    if parcel:
        late = lateness(order)
        lines.append(line(parcel, *((("  " + late, look.BAD),) if late else ())))
    if order.status:
        lines.append(line((order.status, look.LABEL)))
    return lines


def bought(order: OrderFacts) -> str:
    """Product, variant and price."""
    parts = [order.product, order.variant or ""]
    if order.amount_minor is not None:
        parts.append(" " + format_money(order.amount_minor, order.currency))
    return " ".join(part for part in parts if part)


def parcel_words(order: OrderFacts) -> str:
    """Carrier and tracking number."""
    return " ".join(part for part in (order.carrier or "", in_fours(order.tracking or "")) if part)


def lateness(order: OrderFacts) -> str:
    """How many days later than expected the parcel came, if it did."""
    if order.expected_at is None or order.signed_at is None or order.signed_at <= order.expected_at:
        return ""
    days = max(1, round((order.signed_at - order.expected_at) / DAY))
    return ngettext("{n} day late", "{n} days late", days).format(n=days)


def history_lines(page: CasePage) -> list[Line]:
    """What this buyer bought and wrote before."""
    earlier = len(page.earlier_orders)
    known = (
        ngettext("{n} earlier order", "{n} earlier orders", earlier).format(n=earlier)
        if earlier
        else _("First order here, as far as we know")
    )
    lines = [line(known)]
    total = sum(page.grades.values())
    if total > 1:
        counted = look.DOT.join(
            f"{grade_label(grade)} {page.grades[grade]}"
            for grade in ("good", "neutral", "bad")
            if page.grades.get(grade)
        )
        lines.append(line(ngettext("{n} review:", "{n} reviews:", total).format(n=total), " ", (counted, look.LABEL)))
    return lines


def personal_span(datum: PersonalDatum, now: int, zone: tzinfo) -> Line:
    """A masked number or address; a virtual number with the day it dies."""
    parts: list[Span] = [(datum.masked, None)]
    if datum.extension:
        parts.append((" " + _("with ext."), look.LABEL))
    if datum.expires_at is not None:
        gone = datum.expires_at <= now
        when = day_and_time(datum.expires_at, now, zone)
        words = _("expired {time}") if gone else _("until {time}")
        soon = datum.expires_at - now < 2 * DAY
        style = look.BAD if gone else look.SOON if soon else look.LABEL
        parts.append(("  " + words.format(time=when), style))
    elif datum.virtual:
        parts.append(("  " + _("virtual, expiry unknown"), look.LABEL))
    return tuple(parts)


def contact_line(contact: ContactRow, now: int, zone: tzinfo) -> Line:
    """One contact: when, how, what came of it, who."""
    when, how = date_time(contact.started_at, zone), contact_label(contact.channel, incoming=contact.incoming)
    if contact.line is None or contact.standing is None:
        return line(when, "  ", how, "  ", (_("no outcome yet"), look.SOON))
    words = f"{line_label(contact.line)}{look.DOT}{standing_label(contact.standing)}"
    promised = f" {day_and_time(contact.promised_at, now, zone)}" if contact.promised_at is not None else ""
    who = (f"  {contact.agent}", look.LABEL)
    return line(when, "  ", how, "  ", words + promised, who)


def revision_line(revision: RevisionRow, zone: tzinfo) -> Line:
    """When an import saw that a review had changed, and how its grade went with that."""
    when = date_time(revision.seen_at, zone)
    match RevisionKind(revision.kind):
        case RevisionKind.REVISED:
            words = _("Review revised")
        case RevisionKind.APPENDED:
            words = _("Appended to")
        case RevisionKind.REPLIED:
            words = _("Public reply changed")
        case RevisionKind.REMOVED:
            words = _("Removed by the buyer")
    grades = ""
    if revision.grade_before and revision.grade_after and revision.grade_before != revision.grade_after:
        grades = f"  {grade_label(revision.grade_before)} {look.NEXT} {grade_label(revision.grade_after)}"
    return line(when, "  ", words + grades)


def promise_words(kind: str) -> str:
    """What was promised."""
    return _(_PROMISE_WORDS[PromiseKind(kind)])


def awaited_words(page: CasePage, now: int, zone: tzinfo) -> list[str]:
    """What of the buyer's is awaited first: what and until when, and since which contact."""
    waiting = [each for each in page.promises if each.by_whom == PromiseBy.BUYER and each.state == PromiseState.OPEN]
    if not waiting:
        return []
    first = min(waiting, key=lambda each: each.due_at)
    when = day_and_time(first.due_at, now, zone)
    told = [_("buyer promised by {time}: {what}").format(time=when, what=promise_words(first.kind))]
    if first.channel is not None and first.contacted_at is not None:
        since = _("since {channel}, {time}")
        told.append(since.format(channel=channel_label(first.channel), time=date_time(first.contacted_at, zone)))
    return told


def promise_line(promise: PromiseRow, now: int, zone: tzinfo) -> Line:
    """A promise with its time and what became of it."""
    words = promise_words(promise.kind)
    when = day_and_time(promise.due_at, now, zone)
    state = PromiseState(promise.state)
    if state is PromiseState.KEPT:
        ours = promise.by_whom == PromiseBy.US or promise.credited
        mark: Span = (f"  {look.CHECK} " + (_("kept") if ours else _("kept, to no contact's credit")), look.GOOD)
    elif state is PromiseState.MISSED:
        mark = (f"  {look.CROSS} " + _("missed"), look.BAD)
    elif state is PromiseState.WITHDRAWN:
        mark = ("  " + _("no longer awaited"), look.LABEL)
    else:
        mark = ("  " + _("time has passed"), look.SOON) if promise.due_at < now else ("", None)
    return line(words, f" {when}", mark)


def promise_lines(page: CasePage, now: int, zone: tzinfo) -> list[Line]:
    """What each side promised."""
    ours = [promise_line(each, now, zone) for each in page.promises if each.by_whom == PromiseBy.US]
    theirs = [promise_line(each, now, zone) for each in page.promises if each.by_whom == PromiseBy.BUYER]
    nothing = ((_("nothing"), look.LABEL),)
    lines: list[Line] = []
    for who, promised in ((_("We"), ours), (_("Buyer"), theirs)):
        for at, each in enumerate(promised or [nothing]):
            lines.append(line((f"{who} " if not at else "   ", look.LABEL), *each))
    return lines


def remedy_lines(page: CasePage, now: int, zone: tzinfo) -> list[Line]:
    """What was offered and is owed, and what this buyer was given lately."""
    lines = [remedy_line(remedy, now, zone) for remedy in page.remedies]
    standing = sum(remedy.state in REMEDY_STANDS for remedy in page.remedies)
    given = sum(each.count for each in page.given)
    if given > standing:
        told = ngettext("{n} remedy in {days} days", "{n} remedies in {days} days", given)
        lines.append(line((told.format(n=given, days=MEMORY_DAYS), look.SOON)))
    return lines


def remedy_line(remedy: RemedyRow, now: int, zone: tzinfo) -> Line:
    """A remedy and how far it is."""
    words = remedy_state_label(remedy.state)
    amount = format_money(remedy.amount_minor, remedy.currency) + " " if remedy.amount_minor is not None else ""
    owed = remedy.state in OWED
    late = owed and remedy.due_at is not None and remedy.due_at < now
    due = f" {day_and_time(remedy.due_at, now, zone)}" if owed and remedy.due_at is not None else ""
    name = remedy.detail or _("remedy")
    parcel = f"  {remedy.tracking}" if remedy.tracking else ""
    return line(f"{name} {amount}", (words + due, look.BAD if late else look.LABEL), (parcel, look.LABEL))


def next_line(page: CasePage, now: int, zone: tzinfo) -> Line:
    """What is next for the case and when."""
    if page.follow_up_at is None or page.follow_up_kind is None:
        return ()
    when = day_and_time(page.follow_up_at, now, zone)
    late = page.follow_up_at < now
    how = [channel_label(page.follow_up_channel)] if page.follow_up_channel else []
    how += [device_label(page.follow_up_device)] if page.follow_up_device else []
    how += [_("rung {n} of {all}").format(n=page.follow_up_rung, all=GIVE_UP)] if page.follow_up_rung else []
    return line(
        (_("Next"), look.LABEL),
        f" {follow_up_label(page.follow_up_kind)} ",
        (when, look.BAD if late else None),
        ("".join(look.DOT + each for each in how), look.LABEL),
    )


def days_ago(at: int, now: int, zone: tzinfo) -> str:
    """How long ago, in whole days of the shop's calendar."""
    days = (local_day(now, zone) - local_day(at, zone)).days
    if days <= 0:
        return _("today")
    return ngettext("{n} day ago", "{n} days ago", days).format(n=days)
