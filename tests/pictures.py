"""Draws the real program's screens on the demo shop: as text into docs/screens, two of them as SVG into docs/pictures,
and the lines of them that the guides show.

    python -m tests.pictures [FOLDER]

The time is fixed, so the same program draws the same files; what changed shows in the next diff.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests import svg, visits
from tests.excerpts import draw_all
from tests.terminal import ROOT, Terminal, clean_environment, program

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW: Final = "2026-11-20T10:42:00+08:00"
LANGUAGES: Final = ("zh_CN", "en")
SIZES: Final = ((80, 24), (100, 30))
SETTLED: Final = 1.2
"""Seconds without output after which a start is over: casework is loaded and the counts stand."""
AT_ONCE: Final = 4
"""Programs that are visited at the same time: mostly they wait for a screen to rest."""


@dataclass(frozen=True, slots=True)
class Studio:
    """Where pictures are taken and where they go: a demo shop to copy, and the folder of the documentation."""

    demo: Path
    docs: Path


def main(arguments: list[str]) -> int:
    """Draw everything and say what was written."""
    docs = Path(arguments[0]) if arguments else ROOT / "docs"
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Path(folder, "demo.db"), docs)
        _make_demo(studio.demo)
        for language, (columns, lines) in product(LANGUAGES, SIZES):
            _emptied(_folder(docs, language, columns, lines))
        with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("spawn")) as pool:
            jobs = [
                pool.submit(_visit, studio, name, language, columns, lines)
                for language, (columns, lines), name in product(LANGUAGES, SIZES, visits.ALL)
            ]
            for job in jobs:
                job.result()
    if docs == ROOT / "docs":
        draw_all()
    print(f"{sum(1 for _ in docs.glob('screens/*/*/*.txt'))} screens and {len(_DRAWN)} pictures in {docs}")
    return 0


def _make_demo(database: Path) -> None:
    environment = clean_environment(database.parent, AMENDS_NOW=NOW, AMENDS_DATABASE=str(database))
    subprocess.run([*program(), "demo", "--fill"], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _folder(docs: Path, language: str, columns: int, lines: int) -> Path:
    return docs / "screens" / language / f"{columns}x{lines}"


def _emptied(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()


def _visit(studio: Studio, name: str, language: str, columns: int, lines: int) -> None:
    """Open the program once, in a process of its own, and draw what the visit passes."""
    folder = _folder(studio.docs, language, columns, lines)
    visit = visits.ALL[name]
    with _opened(studio, language, columns, lines, empty=name in visits.WITHOUT_A_SHOP) as terminal:

        def keep(name: str) -> None:
            screen = terminal.wait_quiet(visits.DONE)
            (folder / f"{name}.txt").write_text(f"{screen}\n", encoding="utf-8")
            if (language, columns) == (LANGUAGES[0], SIZES[-1][0]) and name in _DRAWN:
                _picture(terminal, studio.docs / "pictures", *_DRAWN[name])

        visit(visits.Visitor(terminal, keep))


@contextmanager
def _opened(studio: Studio, language: str, columns: int, lines: int, *, empty: bool) -> Iterator[Terminal]:
    with tempfile.TemporaryDirectory() as home:
        database = Path(home, "amends.db")
        if not empty:
            shutil.copyfile(studio.demo, database)
        environment = clean_environment(database.parent, language, AMENDS_NOW=NOW)
        with Terminal(program(), environment=environment, columns=columns, lines=lines) as terminal:
            terminal.wait_for(lambda screen: bool(screen.strip()), timeout=60)
            terminal.wait_quiet(SETTLED)
            yield terminal


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
