"""The colours stand out on the grounds that people have: palettes as their terminals ship them."""

from __future__ import annotations

from typing import Final

import pytest

from widgets import look

NAMES: Final = ("red", "green", "yellow", "blue", "bright_red", "bright_blue")
DARK: Final = {
    # Defaults as documented by each program: ground, then the colours of NAMES.
    "xterm": ("000000", "cd0000", "00cd00", "cdcd00", "0000ee", "ff0000", "5c5cff"),
    "Windows Terminal, Campbell": ("0c0c0c", "c50f1f", "13a10e", "c19c00", "0037da", "e74856", "3b78ff"),
    "PuTTY": ("000000", "bb0000", "00bb00", "bbbb00", "0000bb", "ff5555", "5555ff"),
    "Linux console": ("000000", "aa0000", "00aa00", "aa5500", "0000aa", "ff5555", "5555ff"),
    "Solarized dark": ("002b36", "dc322f", "859900", "b58900", "268bd2", "cb4b16", "839496"),
}
LIGHT: Final = {
    "Solarized light": ("fdf6e3", "dc322f", "859900", "b58900", "268bd2", "cb4b16", "839496"),
    "One Half Light": ("fafafa", "e45649", "50a14f", "c18401", "0184bc", "e45649", "0184bc"),
    "GNOME Terminal, Tango on white": ("ffffff", "cc0000", "4e9a06", "c4a000", "3465a4", "ef2929", "729fcf"),
}


def brightness(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(palette: tuple[str, ...], name: str) -> float:
    """Contrast ratio of a colour on the palette's ground (WCAG 2.1)."""
    ground, *colours = palette
    lighter, darker = sorted((brightness(ground), brightness(colours[NAMES.index(name)])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


USED: Final = [
    style.color.name
    for style in (look.KEY, look.HERE, look.BAD, look.SOON, look.GOOD, look.NOTE)
    if style.color is not None
]


@pytest.mark.parametrize("palette", DARK)
@pytest.mark.parametrize("name", sorted(set(USED)))
def test_every_colour_reads_well_on_dark_grounds(palette: str, name: str) -> None:
    assert contrast(DARK[palette], name) >= 3


@pytest.mark.parametrize("palette", LIGHT)
@pytest.mark.parametrize("name", sorted(set(USED)))
def test_every_colour_can_be_seen_on_light_grounds(palette: str, name: str) -> None:
    assert contrast(LIGHT[palette], name) >= 2.2


def test_no_colour_stands_alone() -> None:
    shapes = [shape for shape, _style in look.GRADES.values()]
    assert len(set(shapes)) == len(shapes)
    assert look.answered(f"{look.CROSS} no")[0] == (look.CROSS, look.BAD)
    assert look.answered("no sign") == (("no sign", None),)
    assert {look.mark_of(True, True), look.mark_of(False, True), look.mark_of(False, False)} == set(look.MARKS)
