"""The ground of what draws its own lines: nothing stands around them, so nothing is added to them."""

from __future__ import annotations

from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class Drawn(Widget):
    """A widget without border, padding or colours of its own, whose lines reach the screen as `render_line` gives them.

    The framework asks every widget in sight for all its lines whenever one of them has changed, and looks at a dozen
    styles for each line that did; here that would add nothing. A line is drawn anew after a `refresh` of its row, and
    when the size has changed.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._drawn: dict[int, Strip] = {}
        self._drawn_at = Size(0, 0)

    def render_lines(self, crop: Region) -> list[Strip]:
        if self.app.get_line_filters():
            # NO_COLOR takes the colours out on the framework's own way.
            return super().render_lines(crop)
        if self.size != self._drawn_at:
            self._drawn_at = self.size
            self._drawn.clear()
        drawn = self._drawn
        strips = []
        for y in crop.line_range:
            strip = drawn.get(y)
            if strip is None:
                strip = drawn[y] = self.render_line(y)
            strips.append(strip)
        first, last = crop.column_span
        if (first, last) != (0, self.size.width):
            return [strip.crop(first, last) for strip in strips]
        return strips

    def _set_dirty(self, *regions: Region) -> None:
        # Where the framework lets go of its own lines.
        super()._set_dirty(*regions)
        if not regions:
            self._drawn.clear()
        for region in regions:
            for y in region.line_range:
                self._drawn.pop(y, None)
