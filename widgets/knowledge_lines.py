"""How what is known of a product reads: the shop's own notes, and what came of its earlier cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import tzinfo

from data.language import _
from data.outside import for_screen
from data.product_notes import Notes
from data.rows import ProductCase
from data.wording import cause_label, result_label, state_label
from widgets import look
from widgets.case_facts import grade_span
from widgets.lines import BLANK, Line, Span, line, paragraph
from widgets.times import stamp


def knowledge_lines(
    notes: Notes, cases: Sequence[ProductCase], *, written: bool, now: int, zone: tzinfo, cells: int
) -> list[Line]:
    """Flaws and changed batches first: they are what a buyer who complains may have met. `written` says whether the
    shop has a file of notes at all."""
    parts = (
        (_("Known flaws"), notes.flaws),
        (_("Batches"), [f"{since}  {change}" for since, change in notes.batches]),
        (_("How to use it"), notes.tips),
        (_("Asked often"), [f"{ask} — {answer}" for ask, answer in notes.faq]),
        (_("Papers"), notes.certificates),
    )
    lines: list[Line] = []
    for title, texts in parts:
        if texts:
            lines += [line(" ", (title, look.KEY)), *_points(texts, cells), BLANK]
    if not notes:
        nothing = _("Nothing is written down of this product.") if written else _("The shop has no notes on products.")
        lines += [line(" ", nothing), line(" ", (_("The owner names a file in products.notes."), look.LABEL)), BLANK]
    return lines + _cases(cases, now, zone, cells)


def _points(texts: Sequence[str], cells: int) -> list[Line]:
    lines: list[Line] = []
    for text in texts:
        first, *more = paragraph(for_screen(text), cells - 5) or [BLANK]
        lines += [line("  ", (look.DOT.strip(), look.LABEL), " ", *first), *(line("    ", *each) for each in more)]
    return lines


def _cases(cases: Sequence[ProductCase], now: int, zone: tzinfo, cells: int) -> list[Line]:
    if not cases:
        return [line(" ", (_("No other case of this product."), look.LABEL))]
    causes = Counter(cause_label(each.cause) for each in cases if each.cause)
    told = look.DOT.join(f"{cause} {count}" for cause, count in causes.most_common(5))
    lines: list[Line] = [line(" ", (_("Earlier cases"), look.KEY), "  ", (told, look.LABEL))]
    for each in cases:
        came = result_label(each.result) if each.result else state_label(each.state)
        facts: tuple[Span, ...] = (grade_span(each.grade), (f"  {came}", look.LABEL))
        cause = (f"  {cause_label(each.cause)}", look.NOTE) if each.cause else ("", None)
        lines.append(line("  ", (stamp(each.at, now, zone), look.LABEL), "  ", *facts, cause))
        lines += [line("    ", *one) for one in paragraph(look.quoted(each.text), cells - 5, None, 2)]
    return lines
