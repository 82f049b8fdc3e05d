"""What changed between two texts, word by word, and how it reads: gone in [-…-], new in {+…+}, the rest dim.

Chinese has no blanks between words, so characters are compared, and what is left of a sentence between two changes
counts as changed too unless it is long enough to be read. Shapes and words carry the meaning; weight only helps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from data.language import _
from data.rows import RevisionRow
from data.vocabulary import RevisionKind
from widgets import look
from widgets.case_facts import revision_line
from widgets.cells import wrap
from widgets.lines import Line, Span, fit, line, line_width, plain

_TOKEN = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)
_MOST_TOKENS = 1_000
"""Longer texts than any platform allows are compared at their ends only."""

_READABLE = 3
"""What stays the same between two changes is shown as the same from so many characters on."""

_ALIKE = 0.4
"""Texts of which less than this stays are two texts: one after the other reads better than both in one."""


class Kind(Enum):
    """What became of a part."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Part(NamedTuple):
    """A run of characters that stayed, went or came."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> list[Part]:
    """The parts of both texts in order: without the new ones they are the first text, without the gone the second."""
    parts: list[Part] = []
    for same, run in groupby(_readable(list(_steps(_cut(before), _cut(after)))), key=lambda step: step.same):
        steps = list(run)
        gone, new = "".join(step.before for step in steps), "".join(step.after for step in steps)
        found = [Part(Kind.SAME, gone)] if same else [Part(Kind.GONE, gone), Part(Kind.NEW, new)]
        parts += [part for part in found if part.text]
    return parts


class _Step(NamedTuple):
    same: bool
    before: str
    after: str


def _cut(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _steps(before: Sequence[str], after: Sequence[str]) -> Iterator[_Step]:
    start, shorter = 0, min(len(before), len(after))
    while start < shorter and before[start] == after[start]:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    if start:
        yield _Step(True, "".join(before[:start]), "".join(after[:start]))
    old, now = before[start : len(before) - end], after[start : len(after) - end]
    if max(len(old), len(now)) > _MOST_TOKENS:
        yield _Step(False, "".join(old), "".join(now))
    else:
        for tag, low, high, first, last in SequenceMatcher(None, old, now, autojunk=False).get_opcodes():
            yield _Step(tag == "equal", "".join(old[low:high]), "".join(now[first:last]))
    if end:
        yield _Step(True, "".join(before[-end:]), "".join(after[-end:]))


def _readable(steps: Sequence[_Step]) -> Iterator[_Step]:
    """The same, with the shreds between two changes counted as changed."""
    for at, step in enumerate(steps):
        between = 0 < at < len(steps) - 1
        yield step._replace(same=False) if between and len(step.before) < _READABLE else step


def alike(parts: Iterable[Part]) -> bool:
    """Whether enough has stayed for the two texts to be read as one."""
    sizes = dict.fromkeys(Kind, 0)
    for part in parts:
        sizes[part.kind] += len(part.text.strip())
    longest = max(sizes[Kind.GONE], sizes[Kind.NEW]) + sizes[Kind.SAME]
    return sizes[Kind.SAME] >= _ALIKE * longest


def spans_of(parts: Iterable[Part]) -> Line:
    """The parts as one line to be wrapped."""
    shapes = {Kind.SAME: ("", look.LABEL, ""), Kind.GONE: ("[-", look.FACT, "-]"), Kind.NEW: ("{+", look.SAY, "+}")}
    return tuple(
        (f"{opens}{part.text}{closes}", style) for part in parts for opens, style, closes in (shapes[part.kind],)
    )


def wrapped(spans: Line, cells: int, most: int) -> list[Line]:
    """Styled text in at most so many lines of so many cells; the last one ends in … when something was left out."""
    whole = plain(spans)
    pieces = wrap(whole, cells)
    lines: list[Line] = []
    at = 0
    for number, piece in enumerate(pieces[:most], 1):
        start = whole.index(piece, at)
        at = start + len(piece) if number < most or len(pieces) == most else len(whole)
        lines.append(fit(_between(spans, start, at), cells))
    return lines


def _between(spans: Line, start: int, end: int) -> Iterator[Span]:
    at = 0
    for text, style in spans:
        piece = text[max(0, start - at) : max(0, end - at)]
        if piece:
            yield piece, style
        at += len(text)


def revision_lines(revision: RevisionRow, zone: tzinfo, cells: int, most: int = 6) -> list[Line]:
    """What an import saw to have changed: when and what, then the words, in at most so many lines."""
    head = revision_line(revision, zone)
    before, after = revision.text_before or "", revision.text_after or ""
    if revision.kind == RevisionKind.REMOVED:
        return [head]
    if before == after:
        same = _("the words are the same") if after else _("(no words)")
        return [head, line((f"  {same}", look.LABEL))]
    if not before:
        return [head, *_indented(((look.quoted(after), look.FACT),), cells, most)]
    if not after:
        return [head, *_indented(((look.quoted(before), look.LABEL),), cells, most)]
    parts = differences(before, after)
    if alike(parts):
        legend = line((f"  [-{_('removed')}-] {{+{_('added')}+}}", look.LABEL))
        heads = [(*head, *legend)] if line_width((*head, *legend)) <= cells else [head, legend]
        return [*heads, *_indented(spans_of(parts), cells, most)]
    old = ((_("It said") + " ", look.LABEL), (look.quoted(before), look.LABEL))
    now = ((_("It says") + " ", look.LABEL), (look.quoted(after), look.FACT))
    return [head, *_indented(old, cells, most // 2), *_indented(now, cells, most // 2)]


def _indented(spans: Line, cells: int, most: int) -> list[Line]:
    return [(("  ", None), *each) for each in wrapped(spans, max(cells - 2, 4), most)]
