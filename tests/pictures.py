"""Draws the real program's screens on the demo shop: as text into docs/screens, two of them as SVG into docs/pictures.

    python -m tests.pictures [FOLDER]

The time is fixed, so the same program draws the same files; what changed shows in the next diff.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests import svg
from tests.terminal import ROOT, Terminal, clean_environment, program

NOW: Final = "2026-11-20T10:42:00+08:00"
LANGUAGES: Final = ("zh_CN", "en")
SIZES: Final = ((80, 24), (100, 30))
QUIET: Final = 0.3
SETTLED: Final = 1.2
"""Seconds without output after which a start is over: casework is loaded and the counts stand."""
CASE: Final = "裤腰"
"""Words of the review whose buyer is called."""
NOTE: Final = "腰口开线,穿了三天,洗过一次"

Keep = Callable[[str], None]
"""Writes the screen as it stands down under a name."""


@dataclass(frozen=True, slots=True)
class Studio:
    """Where pictures are taken and where they go."""

    database: Path
    empty: Path
    docs: Path


def main(arguments: list[str]) -> int:
    """Draw everything and say what was written."""
    docs = Path(arguments[0]) if arguments else ROOT / "docs"
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Path(folder, "demo.db"), Path(folder, "empty.db"), docs)
        _make_demo(studio.database)
        for language in LANGUAGES:
            for columns, lines in SIZES:
                _draw(studio, language, columns, lines)
    print(f"{sum(1 for _ in docs.glob('screens/*/*/*.txt'))} screens and 2 pictures in {docs}")
    return 0


def _make_demo(database: Path) -> None:
    environment = clean_environment(database.parent, AMENDS_NOW=NOW, AMENDS_DATABASE=str(database))
    subprocess.run([*program(), "demo", "--fill"], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _draw(studio: Studio, language: str, columns: int, lines: int) -> None:
    folder = studio.docs / "screens" / language / f"{columns}x{lines}"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    for name, visit in (("first-run", None), ("", _in_the_inbox), ("", _on_the_phone)):
        with _opened(studio, language, columns, lines, empty=visit is None) as terminal:

            def keep(name: str, terminal: Terminal = terminal) -> None:
                screen = terminal.wait_quiet(QUIET)
                (folder / f"{name}.txt").write_text(f"{screen}\n", encoding="utf-8")
                if (language, columns) == (LANGUAGES[0], SIZES[-1][0]) and name in _DRAWN:
                    _picture(terminal, studio.docs / "pictures", *_DRAWN[name])

            if visit is None:
                keep(name)
            else:
                visit(terminal, keep)


@contextmanager
def _opened(studio: Studio, language: str, columns: int, lines: int, *, empty: bool) -> Iterator[Terminal]:
    database = studio.empty
    for leftover in database.parent.glob("empty.db*"):
        leftover.unlink()
    if not empty:
        shutil.copyfile(studio.database, database)
    environment = clean_environment(database.parent, language, AMENDS_NOW=NOW, AMENDS_DATABASE=str(database))
    with Terminal(program(), environment=environment, columns=columns, lines=lines) as terminal:
        terminal.wait_for(lambda screen: bool(screen.strip()))
        terminal.wait_quiet(SETTLED)
        yield terminal


def _press(terminal: Terminal, *keys: str) -> None:
    for key in keys:
        terminal.send(key)
        terminal.wait_quiet(QUIET)


def _in_the_inbox(terminal: Terminal, keep: Keep) -> None:
    _press(terminal, *["down"] * 3)
    keep("inbox")
    _press(terminal, "f6")
    keep("filter")
    _press(terminal, "esc", "f9")
    keep("keys")
    _press(terminal, "esc", "l")
    keep("log")
    _press(terminal, "esc", "f5")
    terminal.type("尺码")
    keep("search")


def _on_the_phone(terminal: Terminal, keep: Keep) -> None:
    _press(terminal, "f5")
    terminal.type(CASE)
    terminal.wait_quiet(QUIET)
    _press(terminal, "enter", "space", "enter")
    keep("buyer")
    _press(terminal, "f3")
    keep("call-1-dial")
    _press(terminal, "1", "1")
    keep("call-2-apology")
    _press(terminal, "1", "tab")
    terminal.type(NOTE)
    terminal.wait_quiet(QUIET)
    _press(terminal, "enter")
    keep("call-3-listen")
    _press(terminal, "9")
    keep("objections")
    _press(terminal, "esc", "1", "1")
    keep("call-4-remedy")
    _press(terminal, "1", "1")
    keep("call-5-question")
    _press(terminal, "1")
    keep("call-6-time")
    _press(terminal, "1", "1")
    keep("outcome")
    _press(terminal, "enter")
    keep("done")


_DRAWN: Final = {
    "inbox": ("inbox", "The inbox: cases in the order of their deadlines, the one under the cursor below"),
    "call-3-listen": ("call", "A call: what to say now, what to listen for, and numbered choices"),
}
"""The screens that are drawn for the READMEs, and what a screen reader says of them."""


def _picture(terminal: Terminal, folder: Path, name: str, title: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.svg").write_text(svg.draw(terminal.emulator, title), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
