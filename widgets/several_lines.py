"""One act on several cases before it is done: what it is, how many it changes, which it leaves out and why."""

from __future__ import annotations

from collections.abc import Sequence

from data.language import _, ngettext
from data.outside import for_screen
from data.several import LeftOut, Plan
from widgets import look
from widgets.cells import right, width
from widgets.lines import BLANK, Line, Span, fit, line, paragraph


def preview_lines(what: str, note: str, marked: int, plan: Plan | None, *, cells: int, height: int) -> list[Line]:
    """The whole of it; `plan` is None while it is being read."""
    of_all = ngettext("{count} marked case", "{count} marked cases", marked).format(count=marked)
    lines: list[Line] = [line(" ", (what, look.SAY), "   ", (of_all, look.LABEL))]
    if note:
        quoted = paragraph(look.quoted(for_screen(note)), cells - 2, None, 3)
        lines += [line(" ", *each) for each in quoted]
    lines.append(BLANK)
    if plan is None:
        return [*lines, line(" ", (_("One moment."), look.LABEL))]
    digits = max(width(str(plan.ready)), width(str(plan.passed_over)))
    will = ngettext("case: will be done", "cases: will be done", plan.ready)
    lines.append(_counted((look.CHECK, look.GOOD), plan.ready, digits, (will, look.FACT if plan.ready else look.LABEL)))
    if plan.left_out:
        stay = ngettext("case: left out", "cases: left out", plan.passed_over)
        lines.append(_counted((look.TRIANGLE, look.SOON), plan.passed_over, digits, (stay, look.FACT)))
        lines += _reasons(plan.left_out, digits, height - len(lines) - 2)
    told = _("It is one act: Backspace undoes all of it.") if plan.ready else _("There is nothing to do.")
    return [fit(each, cells) for each in (*lines, BLANK, line(" ", (told, look.LABEL)))]


def _counted(shape: Span, count: int, digits: int, what: Span) -> Line:
    return line(" ", shape, " ", (right(str(count), digits), look.SAY), " ", what)


def _reasons(left_out: Sequence[LeftOut], digits: int, room: int) -> list[Line]:
    told = list(left_out)
    if len(told) > max(1, room):
        rest = told[max(0, room - 1) :]
        told = [*told[: max(0, room - 1)], LeftOut(_("for other reasons"), sum(each.count for each in rest))]
    return [line("     ", right(str(each.count), digits), " ", (for_screen(each.why), look.LABEL)) for each in told]
