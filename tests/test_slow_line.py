"""The program at the far end of a slow line: pages show soon, no key is lost, held keys leave nothing behind."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from tests.at_work import environment, open_inbox, zh
from tests.slow_line import RATE, SlowLine
from tests.terminal import Terminal, program
from tui.terminal.frames import SYNC_START
from tui.terminal.pace import AHEAD

SOON = 0.7
"""Seconds within which a page is to show."""
ROUND_TRIP = 0.3
"""Seconds that a key takes there and its answer back; from one province to another it is a tenth of that."""
SETTLED = 1.3
"""Seconds without output after which a start is over."""


def at_far_end(home: Path, delay: float, **window: int) -> SlowLine:
    """An agent's window that far away."""
    return SlowLine(program(), environment=environment(home), delay=delay, **window)


def bytes_of(terminal: Terminal, *keys: str | bytes, gap: float = 0.08) -> bytes:
    """What the program wrote after some keys, before they rest so long that the preview follows."""
    before = len(terminal.raw)
    terminal.send(*keys)
    while len(terminal.raw) == before:
        terminal.read(0.05)
        assert not terminal.ended
    while terminal.read(gap):
        pass
    return bytes(terminal.raw[before:])


def cases(screen: str) -> list[str]:
    """The rows of the list."""
    return [row for row in screen.splitlines() if re.search("[✖▲] [差中]", row)]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_page_shows_soon_after_its_key(demo_home: Path, language: str) -> None:
    where = environment(demo_home) | {"LANG": f"{language}.UTF-8"}
    with Terminal(program(), environment=where, columns=100, lines=30) as terminal:
        terminal.wait_for("▌")
        for columns, lines, round_trip in (
            (160, 50, ROUND_TRIP),
            (120, 36, ROUND_TRIP),
            (100, 30, ROUND_TRIP),
            (80, 24, ROUND_TRIP),
            (80, 24, 2 * ROUND_TRIP),
        ):
            terminal.resize(columns, lines)
            terminal.wait_quiet(SETTLED / 2)
            # On a busy machine the preview may come before a page's bytes rest: the leanest of a few is the page.
            pages: dict[str, list[int]] = {"pagedown": [], "pageup": []}
            for key in [*pages] * 3:
                pages[key].append(len(bytes_of(terminal, key)))
                terminal.wait_quiet(SETTLED / 4)
            for key, counted in pages.items():
                page = min(counted)
                assert page / RATE + round_trip <= SOON, f"{key} at {columns}×{lines}: {page} bytes"


def test_no_key_of_a_hundred_is_lost_on_a_slow_line(demo_home: Path) -> None:
    keys = ["down"] * 38 + ["up"] * 31 + ["down"] * 31
    dice = random.Random(7)
    with at_far_end(demo_home, ROUND_TRIP / 2, columns=100, lines=30) as line:
        open_inbox(line)
        page = len(cases(line.wait_quiet(SETTLED)))
        while keys:
            lump = b"".join(line.encode(keys.pop(0)) for _ in range(min(len(keys), dice.randint(1, 15))))
            cut = dice.randint(0, len(lump))  # the line may part a key in two, but it does not stop in between
            line.send(lump[:cut], lump[cut:])
            line.read(dice.choice([0, 0, 0.02, 0.2]))
        line.wait_for(lambda _screen: not line.keys_under_way)
        line.wait_quiet(2 * SETTLED)
        marked = next(at for at, row in enumerate(cases(line.screen())) if row.startswith("▌"))
        assert marked == (38 - 31 + 31) % page


def test_a_held_key_paints_few_frames(demo_home: Path) -> None:
    with Terminal(program(), environment=environment(demo_home), columns=100, lines=30) as terminal:
        open_inbox(terminal)
        terminal.wait_quiet(SETTLED)
        down, up = terminal.encode("down"), terminal.encode("up")
        one = bytes_of(terminal, "down")
        held = bytes_of(terminal, down * 20 + up * 20 + down * 20)
        assert held.count(SYNC_START.encode()) <= 8
        assert len(held) < 60 * len(one) / 4


def test_a_list_stops_turning_when_the_key_is_up(demo_home: Path) -> None:
    with at_far_end(demo_home, ROUND_TRIP / 2, columns=100, lines=30) as line:
        open_inbox(line)
        line.wait_quiet(SETTLED)
        for turn in range(50):
            line.send("pageup" if turn % 2 else "pagedown")
            line.read(0.03)
        line.wait_for(lambda _screen: not line.keys_under_way)
        before = len(line.raw)
        line.wait_quiet(SETTLED)
        assert len(line.raw) - before <= AHEAD + 3 * 3_000


def test_what_is_typed_in_lumps_on_a_slow_line_stands_in_the_field(demo_home: Path) -> None:
    with at_far_end(demo_home, ROUND_TRIP / 2, columns=80, lines=24) as line:
        open_inbox(line)
        line.send("f5")
        for piece in ("腰", "口开", "线", "1", "2", "3"):
            line.type(piece)
        line.wait_for(lambda screen: f"{zh('Search')} 腰口开线123" in screen)
