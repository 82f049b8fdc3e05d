"""Lines of styled text, and the widget that shows them and repaints only the lines that changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import TypeAlias

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset, Region, Size
from textual.strip import Strip

from data.outside import for_screen
from widgets import look
from widgets.cells import cut, width, wrap
from widgets.ground import Drawn

Span: TypeAlias = tuple[str, Style | None]
Line: TypeAlias = tuple[Span, ...]

BLANK: Line = ()


def line(*parts: str | Span) -> Line:
    """A line of plain texts and styled spans."""
    return tuple((part, None) if isinstance(part, str) else part for part in parts)


def line_width(spans: Iterable[Span]) -> int:
    """How many cells the line takes."""
    return sum(width(text) for text, _style in spans)


def plain(spans: Iterable[Span]) -> str:
    """The line's text alone."""
    return "".join(text for text, _style in spans)


def fit(spans: Iterable[Span], cells: int) -> Line:
    """The line cut with … to at most so many cells."""
    fitted: list[Span] = []
    room = cells
    for text, style in spans:
        size = width(text)
        if size > room:
            fitted.append((cut(text, room), style))
            break
        fitted.append((text, style))
        room -= size
    return tuple(fitted)


def folded(spans: Iterable[Span], cells: int, lines: int | None = None) -> list[Line]:
    """The line in as many lines of at most so many cells as it needs; with `lines` in no more, the last one cut."""
    spans = tuple(spans)
    if line_width(spans) <= cells:
        return [spans]
    text = plain(spans)
    found: list[Line] = []
    at = 0
    for piece in wrap(text, cells):
        start = text.index(piece, at)
        at = start + len(piece)
        if lines is not None and len(found) == lines - 1:
            return [*found, fit(_part(spans, start, len(text)), cells)]
        found.append(_part(spans, start, at))
    return found


def _part(spans: Iterable[Span], start: int, end: int) -> Line:
    """The characters from `start` to `end` with their styles."""
    part: list[Span] = []
    for text, style in spans:
        if start < len(text) and end > 0:
            part.append((text[max(0, start) : end], style))
        start, end = start - len(text), end - len(text)
    return tuple(part)


def spread(left: Iterable[Span], far: Iterable[Span], cells: int) -> Line:
    """One line with something at its left and its right end; the right end gives way when there is no room."""
    left = fit(left, cells)
    room = cells - line_width(left) - 2
    far = tuple(far)
    if room < line_width(far):
        far = fit(far, room) if room > 8 else ()
    gap = cells - line_width(left) - line_width(far)
    return (*left, (" " * gap, None), *far) if far else left


def beside(left: Sequence[Line], far: Sequence[Line], cells: int, between: Span) -> list[Line]:
    """Two columns of lines with `between` in every row; the left column takes so many cells."""
    rows = max(len(left), len(far))
    joined: list[Line] = []
    for at in range(rows):
        mine = fit(left[at], cells) if at < len(left) else BLANK
        theirs = far[at] if at < len(far) else BLANK
        joined.append((*mine, (" " * (cells - line_width(mine)), None), between, *theirs))
    return joined


def paragraph(text: str, cells: int, style: Style | None = None, lines: int | None = None) -> list[Line]:
    """A text wrapped into lines of one style."""
    return [((piece, style),) for piece in wrap(text, cells, lines)]


def fenced(text: str) -> str:
    """The text as a terminal may get it: the last fence, should a screen have let a text from outside through."""
    return text if text.isprintable() else for_screen(text)


def _fenced(spans: Iterable[Span]) -> Line:
    return tuple((fenced(text), style) for text, style in spans)


def strip(spans: Iterable[Span], cells: int) -> Strip:
    """The line as a strip of exactly so many cells."""
    segments = [Segment(text, style or None) for text, style in fit(_fenced(spans), cells) if text]
    used = sum(width(segment.text) for segment in segments)
    if used < cells:
        segments.append(Segment(" " * (cells - used)))
    return Strip(segments, cells)


def changed_until(before: Line, after: Line, cells: int) -> int:
    """Where the last difference between two lines of so many cells ends; what follows is the same in both."""
    alike = 0
    for old, new in zip(reversed(before), reversed(after), strict=False):
        if old != new:
            break
        alike += 1
    else:
        return cells
    tail = ""
    if old[1] == new[1]:
        pairs = zip(reversed(old[0]), reversed(new[0]), strict=False)
        same = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
        tail = new[0][len(new[0]) - same :]
    if not alike and not tail:
        return cells
    whole = line_width(after)
    if line_width(before) != whole:
        return cells
    return max(1, min(cells, whole - width(tail) - line_width(after[len(after) - alike :])))


class Lines(Drawn):
    """Shows the lines it was given last; what does not fit below is not shown."""

    DEFAULT_CSS = "Lines { height: 1; width: 1fr; }"

    def __init__(self, lines: Iterable[Line] = (), *, id: str | None = None, height: int | str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[Line, ...] = tuple(lines)
        if height is not None:
            self.styles.height = height

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    def show(self, lines: Iterable[Line]) -> None:
        """Show these lines instead, repainting those that differ."""
        before, self._lines = self._lines, tuple(lines)
        cells, rows = self.size
        blanks = (BLANK,) * rows
        pairs = zip((*before, *blanks), (*self._lines, *blanks), range(rows), strict=False)
        changed = [Region(0, at, changed_until(old, new, cells), 1) for old, new, at in pairs if old != new]
        if changed:
            self.refresh(*changed)

    @property
    def mark(self) -> Offset | None:
        """Where the accent bar stands first: beside what Enter takes, or what is to be said next."""
        for y, spans in enumerate(self._lines[: self.size.height]):
            for at, (text, _style) in enumerate(spans):
                if text == look.CURSOR:
                    return Offset(line_width(spans[:at]), y)
        return None

    def text(self) -> str:
        """What is shown, without its styles."""
        return "\n".join(plain(each) for each in self._lines)

    def on_unmount(self) -> None:
        # The framework remembers the renderer of a thousand widgets that are gone; let it forget what they drew.
        self._set_dirty()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        return strip(self._lines[y] if y < len(self._lines) else (), self.size.width)
