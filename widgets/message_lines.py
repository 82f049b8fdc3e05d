"""How a message reads while it is written: whether it may go, the templates, what stands against the words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from data.contact_rules import Answer, day_and_time, reason
from data.language import _, ngettext
from data.lint import Finding
from data.messages.choose import moments_now
from data.messages.compose import Composing
from data.messages.format import Moment, Template, moment_label
from data.messages.judge import Judged, forbids
from data.messages.limits import Length
from data.outside import for_screen
from data.settings import Contact as ContactRules
from data.wording import channel_label
from widgets import look
from widgets.cells import cut, pad, width
from widgets.lines import BLANK, Line, Span, line, paragraph, spread


def way_line(
    writing: Composing, answer: Answer | None, rules: ContactRules, now: int, zone: tzinfo, cells: int
) -> Line:
    """The channel, and whether the buyer may be written to by it now; how many texts they had so far. Without an
    `answer` the text goes out in a contact that is under way, which asks no rule again."""
    mark: Span = (f"{look.CHECK} ", look.GOOD)
    if answer is None:
        told = _("goes out in this contact")
    elif answer.allowed:
        told = _("may be written to now")
    else:
        mark, told = (f"{look.CROSS} ", look.BAD), why_not_now(answer, rules, now, zone)
    count = len([each for each in writing.had if each.way != "failed"])
    had = ngettext("{n} text so far", "{n} texts so far", count).format(n=count) if count else ""
    return spread(
        [mark, (channel_label(writing.channel), look.KEY), ("  ", None), (told, None)], [(had, look.LABEL)], cells
    )


def why_not_now(answer: Answer, rules: ContactRules, now: int, zone: tzinfo) -> str:
    """Why the buyer may not be written to, and from when they may."""
    told = reason(answer, rules)
    if answer.earliest is None:
        return told
    return told + look.DOT + _("from {time}").format(time=day_and_time(answer.earliest, now, zone))


def template_lines(
    writing: Composing, first: int, at: int, rows: int, cells: int, now: int, *, page: str = ""
) -> list[Line]:
    """The templates from `first` on, numbered, with what each is for; those that are needed now are marked."""
    shown = writing.found[first : first + rows]
    if not shown:
        return [BLANK, line("   ", (_("No template is called so."), look.LABEL))]
    wanted = moments_now(writing.page, now)
    half = min(max((width(each.title) for each in shown), default=0), cells // 2)
    lines = [_template(writing, each, number, at == first + number, half, wanted) for number, each in enumerate(shown)]
    if page:
        lines.append(line("   ", ("9", look.HERE), " ", (page, look.LABEL)))
    return lines


def _template(writing: Composing, each: Template, number: int, here: bool, half: int, wanted: Sequence[Moment]) -> Line:
    moment = next((one for one in wanted if one in each.moments), each.moments[0])
    needed = writing.is_proposed(each)
    used = writing.uses.get(each.id, 0)
    times = look.DOT + _("{n}×").format(n=used) if used and Moment.QUESTION in each.moments else ""
    mark: Span = (f" {look.DONE} ", look.GOOD) if needed else ("   ", None)
    return line(
        " ", (look.CURSOR if here else " ", look.HERE), " ", (str(number + 1), look.HERE), mark,
        (pad(each.title, half), look.SAY if here else None), "  ",
        (moment_label(moment) + times, look.LABEL),
    )  # fmt: skip


def count_line(writing: Composing, cells: int) -> Line:
    """What stands in the box: which wording of which template, whether it was changed, how long it is."""
    template = writing.template
    if template is None:
        named = _("Own words")
    else:
        wording = _("wording {n} of {most}").format(n=writing.variant + 1, most=len(template.say))
        named = f"{template.title}{look.DOT}{wording}"
    changed = look.DOT + _("changed") if writing.edited else ""
    return spread([(named, look.KEY), (changed, look.LABEL)], [_length(writing.judged.length)], cells)


def _length(length: Length) -> Span:
    told = ngettext("{n} character", "{n} characters", length.characters).format(n=length.characters)
    if length.most_parts:
        parts = _("{n} of {most} parts").format(n=length.parts, most=length.most_parts)
        told = f"{told}{look.DOT}{parts}"
    return told, look.BAD if length.too_long else look.LABEL


def against_lines(judged: Judged, text: str, cells: int, rows: int) -> list[Line]:
    """What stands against sending, each with its reason and what to say instead; or that nothing does."""
    lines: list[Line] = []
    found = any(forbids(each) for each in judged.findings)
    if judged.why_not and not found:
        lines += _marked((f"{look.CROSS} ", look.BAD), judged.why_not, cells)
    for each in judged.findings:
        lines += _finding(each, text, cells)
    if not lines:
        lines.append(line((f"{look.CHECK} ", look.GOOD), (_("Nothing stands against it."), look.LABEL)))
    return lines[:rows]


def _finding(each: Finding, text: str, cells: int) -> list[Line]:
    mark: Span = (f"{look.CROSS} ", look.BAD) if forbids(each) else (f"{look.TRIANGLE} ", look.SOON)
    words = cut(for_screen(text[each.start : each.end]), 24)
    told = f"{look.quoted(words)} {each.reason}"
    return [
        *_marked(mark, told, cells),
        *(line("  ", *part) for part in paragraph(f"F2 {each.instead}", cells - 2, look.LABEL)),
    ]


def _marked(mark: Span, told: str, cells: int) -> list[Line]:
    first, *more = paragraph(told, cells - 2)
    return [line(mark, *first), *(line("  ", *part) for part in more)]
