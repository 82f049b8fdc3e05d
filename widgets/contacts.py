"""How a contact and its outcome look in a line of the outcome log, and in the few lines below it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from data.call_record import gap_words, why_words
from data.contact_rules import day_and_time
from data.language import _
from data.outcomes import LINES, STANDINGS, LineResult, Standing, line_label, standing_label
from data.rows import ContactRow
from data.wording import contact_label, platform_label
from widgets import look
from widgets.cells import width
from widgets.columns import Column
from widgets.lines import Line, Span, line, paragraph
from widgets.times import stamp


class ContactColumns:
    """The log's columns at a time."""

    def __init__(self, now: int, zone: tzinfo) -> None:
        self.now = now
        self._zone = zone

    def __call__(self) -> Sequence[Column[ContactRow]]:
        """The columns with their titles in the reader's language."""
        channels = max(width(contact_label(channel, incoming=channel == "phone")) for channel in ("phone", "chat"))
        lines = max(width(line_label(each)) for each in LineResult)
        standings = min(32, max(width(standing_label(each)) for each in Standing))
        return (
            Column(_("When"), self._when, 11, 16, to_the_right=True),
            Column(_("By"), lambda row: (row.agent, look.LABEL), 6, 8, 1, gives_way=5),
            Column(_("How"), _how, channels, 14, gives_way=4),
            Column(_("Buyer"), lambda row: (row.nick, None), 8, 12, 1, weight=True),
            Column(_("Product"), lambda row: (row.product, look.LABEL), 10, 24, 2, gives_way=6),
            Column(_("On the line"), _line, 10, lines, 2),
            Column(_("Then"), _standing, 14, standings, 3, weight=True),
            Column(_("Note"), lambda row: (row.note, look.LABEL), 8, 200, 4, gives_way=7),
        )

    def _when(self, row: ContactRow) -> Span:
        return stamp(row.started_at, self.now, self._zone), look.LABEL


def _how(row: ContactRow) -> Span:
    return contact_label(row.channel, incoming=row.incoming), look.LABEL


def _line(row: ContactRow) -> Span:
    if row.line is None:
        return _("no outcome yet"), look.SOON
    reached = LINES[LineResult(row.line)].reached
    return line_label(row.line), look.GOOD if reached else None


def _standing(row: ContactRow) -> Span:
    if row.standing is None:
        return "", None
    flags = STANDINGS[Standing(row.standing)]
    return standing_label(row.standing), look.BAD if flags.refusal else None


def log_preview(row: ContactRow, *, now: int, zone: tzinfo, cells: int) -> list[Line]:
    """The contact under the cursor: when and how, what came of it, the note in full."""
    parts = [
        stamp(row.started_at, now, zone),
        contact_label(row.channel, incoming=row.incoming),
        row.agent,
        f"{row.nick} {platform_label(row.platform)}",
        row.product,
    ]
    lines = [line(" ", (look.DOT.join(part for part in parts if part), look.LABEL))]
    span, standing = _line(row), _standing(row)
    when = f"  {day_and_time(row.promised_at, now, zone)}" if row.promised_at is not None else ""
    lines.append(line(" ", span, *(((look.DOT, None), standing, (when, None)) if standing[0] else ())))
    if row.note:
        lines += [line(" ", *each) for each in paragraph(look.quoted(row.note), cells - 2, None, 2)]
    if row.lacks:
        why = f"  ({why_words(row.lacks_why)})" if row.lacks_why else ""
        told = look.DOT.join(map(gap_words, row.lacks))
        lines.append(line(" ", (_("Missing"), look.LABEL), "  ", told, (why, look.LABEL)))
    return lines
