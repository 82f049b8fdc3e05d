"""How a public reply reads: what the platform takes, what stands against the words, how readers will see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from data.language import N_, _
from data.outcomes import STANDINGS, Standing
from data.outside import for_screen
from data.replies.chance import Chance, chance, of_page, stands_as_sent
from data.replies.concern import Concern, letters
from data.replies.rows import ReplyRow
from data.rows import CasePage
from data.vocabulary import Cause, FollowUpKind, ReplyPhase, ReplyState
from widgets import look
from widgets.case_facts import review_lines
from widgets.cells import cut, width
from widgets.lines import Line, Span, line, paragraph, plain, spread
from widgets.times import stamp

_STATES = {
    ReplyState.DRAFT: N_("draft"),
    ReplyState.PROPOSED: N_("a colleague reads it"),
    ReplyState.APPROVED: N_("approved, to be sent"),
    ReplyState.SENT: N_("posted"),
}
_MISUNDERSTOOD = frozenset({Cause.MISUSE, Cause.RULES_UNKNOWN, Cause.MISCLICK, Cause.EXPECTATION})


def state_words(reply: ReplyRow) -> str:
    """How far a reply is."""
    return _("outdated") if reply.sent and reply.outdated else _(_STATES[ReplyState(reply.state)])


def chance_line(left: Chance, now: int, zone: tzinfo) -> Line:
    """What the platform takes: how many, until when, how long; what is not known is said to be unknown."""
    if not left.open:
        return line((f"{look.CROSS} ", look.BAD), left.said)
    parts = [
        _("to what was appended") if left.phase == ReplyPhase.APPEND else _("to the review"),
        _("{n} left").format(n=left.left) if left.left is not None else _("how often is not known"),
        _("until {time}").format(time=stamp(left.ends_at, now, zone))
        if left.ends_at is not None
        else _("until when is not known"),
        _("at most {n} characters").format(n=left.longest) if left.longest is not None else _("how long is not known"),
    ]
    return line((f"{look.CHECK} ", look.GOOD), _("A reply is taken"), "  ", (look.DOT.join(parts), look.LABEL))


def about_lines(page: CasePage, left: Chance, now: int, zone: tzinfo, cells: int) -> list[Line]:
    """What is answered, and what the platform takes."""
    first, quote, *_more = review_lines(page, zone)
    lines = [first, *paragraph(plain(quote), cells, look.SAY, 2)]
    if page.appended_text:
        lines += paragraph(_("appended: {text}").format(text=look.quoted(page.appended_text)), cells, None, 1)
    return [*lines, chance_line(left, now, zone)]


def count_line(text: str, left: Chance, reply: ReplyRow | None, cells: int) -> Line:
    """The name of the box, how far the reply is, and how many characters it has of how many."""
    n = letters(text)
    over = left.longest is not None and n > left.longest
    counted = f"{n} / {left.longest}" if left.longest is not None else f"{n}"
    state = look.DOT + state_words(reply) if reply is not None else ""
    named = [(_("Our reply, read by everybody"), look.KEY), (state, look.LABEL)]
    return spread(named, [(_("{count} characters").format(count=counted), look.BAD if over else look.LABEL)], cells)


def concern_lines(text: str, found: Sequence[Concern], cells: int) -> list[Line]:
    """What stands against the words, and once what to say instead."""
    lines: list[Line] = []
    told_once: set[str] = set()
    for each in found:
        mark: Span = (f"{look.CROSS} ", look.BAD) if each.blocks else (f"{look.TRIANGLE} ", look.SOON)
        words = for_screen(text[each.start : each.end])
        told = f"{look.quoted(cut(words, 24))} {each.what}" if words else each.what
        first, *more = paragraph(told, cells - 2)
        lines += [line(mark, *first), *(line("  ", *part) for part in more)]
        if each.instead and each.instead not in told_once:
            told_once.add(each.instead)
            lines += [line("  ", *part) for part in paragraph(each.instead, cells - 2, look.LABEL)]
    return lines


def as_readers_see_it(page: CasePage, text: str, cells: int) -> list[Line]:
    """The review and below it the reply, as whoever reads the product's reviews sees both."""
    lines = [line((_("As readers will see it"), look.LABEL))]
    lines += [line("  ", *part) for part in paragraph(f"{page.row.nick}: {page.text}", cells - 2, None, 2)]
    label = _("Shop's reply: ")
    first, *more = paragraph(label + for_screen(" ".join(text.split("\n"))), cells - 4, look.SAY)
    return [*lines, line(f"  {look.BAR} ", *first), *(line(f"  {look.BAR} ", *part) for part in more)]


def offered(page: CasePage, now: int) -> bool:
    """Whether a public reply is worth writing now: the buyer refused, could not be reached, or there is a
    misunderstanding that others may share; and the platform takes one."""
    if any(not each.sent for each in page.replies):
        return False
    standing = next(
        (each.standing for each in page.contacts if each.standing and each.case_id == page.row.case_id), None
    )
    wanted = (
        (standing is not None and STANDINGS[Standing(standing)].propose_reply)
        or page.follow_up_kind == FollowUpKind.PUBLIC_REPLY
        or (page.row.cause in _MISUNDERSTOOD and page.row.attempts > 0)
    )
    return wanted and chance(of_page(page), now).open


def standing_lines(page: CasePage, now: int, zone: tzinfo, cells: int) -> list[Line]:
    """The replies of a case in a line each, and whether the platform shows what was sent."""
    lines: list[Line] = []
    for reply in page.replies:
        at = reply.sent_at or reply.proposed_at or reply.written_at
        mark: Span = (
            (f"{look.TRIANGLE} ", look.SOON) if not reply.sent or reply.outdated else (f"{look.CHECK} ", look.GOOD)
        )
        who = reply.sender or reply.author
        told = line(mark, f"{state_words(reply)}  {stamp(at, now, zone)}  ", (who, look.LABEL))
        words = for_screen(" ".join(reply.text.split()))
        room = cells - sum(width(text) for text, _style in told) - 4
        lines.append((*told, ("  ", None), (look.quoted(cut(words, room)), look.LABEL)) if room > 12 else told)
    alike = stands_as_sent(page.replies, page.reply_text)
    if alike is False:
        lines.append(line((f"{look.TRIANGLE} ", look.SOON), _("The platform shows another reply than the one sent.")))
    elif alike:
        lines.append(line((f"{look.CHECK} ", look.GOOD), (_("The platform shows it as sent."), look.LABEL)))
    return lines


def offered_lines(page: CasePage, now: int) -> list[Line]:
    """That a public reply is worth writing, where it is; it stands where the next act is looked for."""
    return (
        [line((f"{look.NEXT} ", look.KEY), _("A public reply is worth writing: r, or by its number under F9"))]
        if offered(page, now)
        else []
    )
