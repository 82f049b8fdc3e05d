"""Which text fits now: what a case needs said, the templates in the order in which they fit, and another wording for
whoever has had one already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from data.clock import HOUR
from data.messages.fill import VARIABLE
from data.messages.format import Book, Moment, Template
from data.outcomes import LINES, LineResult
from data.vocabulary import (
    CONTACT_KINDS,
    OWED,
    Cause,
    Channel,
    FollowUpKind,
    Platform,
    PromiseBy,
    PromiseState,
    RemedyState,
)

if TYPE_CHECKING:
    from data.rows import CasePage, MessageRow

RECENTLY = 6 * HOUR
"""How long after a call a text still belongs to it."""

WITHOUT_CHAT = frozenset({Platform.JUDGEME, Platform.OTHER})
"""The platforms on which a buyer is written to by e-mail."""

_OF_STEP: Mapping[str, tuple[Moment, ...]] = {
    FollowUpKind.EVENING_TEXT: (Moment.EVENING_TEXT, Moment.GUIDE),
    FollowUpKind.REMINDER: (Moment.REMINDER, Moment.GUIDE),
    FollowUpKind.LAST_TRY: (Moment.LAST_TRY,),
    FollowUpKind.SATISFACTION: (Moment.SATISFACTION,),
    FollowUpKind.EFFECT: (Moment.EFFECT,),
    FollowUpKind.CALLBACK: (Moment.APPOINTMENT,),
    FollowUpKind.MESSAGE: (Moment.MISSED_CALL, Moment.OPTIONS),
    FollowUpKind.RETRY: (Moment.MISSED_CALL, Moment.PROBE),
    FollowUpKind.DELIVER_REMEDY: (Moment.ISSUED, Moment.AGREED),
    "tell_result": (Moment.RESULT,),
}

_OF_CAUSE: Mapping[str, tuple[Moment, ...]] = {
    Cause.STOCK_OUT: (Moment.STOCK_OUT,),
    Cause.SLOW_DISPATCH: (Moment.DELAY,),
    Cause.TRANSIT_SLOW: (Moment.DELAY, Moment.ARRIVAL),
    Cause.LAST_MILE: (Moment.ARRIVAL,),
}
"""While the parcel is on its way."""


def written_channel(platform: str) -> Channel:
    """The way of writing that a platform offers first."""
    return Channel.EMAIL if platform in WITHOUT_CHAT else Channel.CHAT


def moments_now(page: CasePage, now: int) -> tuple[Moment, ...]:
    """What a case needs said, the most pressing first: what is due, what was just agreed, what became of the call."""
    found: list[Moment] = []
    due = page.follow_up_at is not None and page.follow_up_at <= now
    if due or page.follow_up_kind in CONTACT_KINDS:
        found += _OF_STEP.get(page.follow_up_kind or "", ())
    here = [each for each in page.contacts if each.case_id == page.row.case_id]
    last = max(here, key=lambda each: each.started_at, default=None)
    called = last is not None and last.channel == Channel.PHONE and now - last.started_at < RECENTLY
    if called and last is not None and last.line:
        found.append(Moment.AFTER_CALL if LINES[LineResult(last.line)].reached else Moment.MISSED_CALL)
    states = {each.state for each in page.remedies}
    if states & {RemedyState.ISSUED, RemedyState.DELIVERED}:
        found.append(Moment.ISSUED)
    if states & OWED:
        found.append(Moment.AGREED)
    if page.order is not None and page.order.signed_at is None and page.row.cause:
        found += _OF_CAUSE.get(page.row.cause, ())
    if not here:
        found += (Moment.FIRST, Moment.PROBE)
    if promised(page):
        found.append(Moment.GUIDE)
    return tuple(dict.fromkeys([*found, Moment.OPTIONS]))


def promised(page: CasePage) -> bool:
    """Whether the buyer has said that they will write about the review, and has not yet: then steps are a help."""
    return any(
        each.by_whom == PromiseBy.BUYER
        and each.kind in ("revise", "append")
        and each.state in (PromiseState.OPEN, PromiseState.MISSED)
        for each in page.promises
    )


def fitting(
    book: Book,
    page: CasePage,
    channel: Channel,
    now: int,
    uses: Mapping[str, int] | None = None,
    known: Collection[str] | None = None,
) -> tuple[Template, ...]:
    """Every template for this channel and platform, those first that say what is needed now.

    Among those the ones stand first that the case fills in wholly (`known` are the variables that it gives), then the
    ones for its very cause, then those that are used most. Texts for another cause stand last.
    """
    wanted = {moment: at for at, moment in enumerate(moments_now(page, now))}
    uses, cause = uses or {}, page.row.cause

    def rank(template: Template) -> tuple[int, ...]:
        at = min((wanted.get(moment, 99) for moment in template.moments), default=99)
        fits = template.fits_cause(cause)
        named = set(VARIABLE.findall(template.say[0]))
        lacks = known is not None and not named <= set(known)
        return (0 if fits else 1, at, int(lacks), 0 if template.causes and fits else 1, -uses.get(template.id, 0))

    here = [each for each in book.templates if channel in each.channels and each.fits_platform(page.row.platform)]
    return tuple(sorted(here, key=rank))


def proposed(templates: Sequence[Template], page: CasePage, now: int) -> int:
    """How many of the fitting templates say what is needed now; they stand first."""
    wanted = frozenset(moments_now(page, now))
    count = 0
    for each in templates:
        if not (wanted & set(each.moments)) or not each.fits_cause(page.row.cause):
            break
        count += 1
    return count


def wording(template: Template, had: Sequence[MessageRow]) -> int:
    """Which wording this buyer gets: one that they have not had; else the one that they had least, longest ago."""
    times: Counter[int] = Counter()
    last: dict[int, int] = {}
    for each in had:
        if each.template == template.id:
            times[each.variant] += 1
            last[each.variant] = max(each.at, last.get(each.variant, 0))
    return min(range(len(template.say)), key=lambda at: (times[at], last.get(at, 0), at))
