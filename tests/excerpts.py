"""The screens inside the guides: each block below a marker shows lines of a file that `make pictures` draws.

A marker names the file and the lines, both counted in: `<!-- docs/screens/en/80x24/inbox.txt 3-8 -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.terminal import ROOT

GUIDES: Final = (
    "docs/guide-agents.md",
    "docs/guide-agents.zh-CN.md",
    "docs/guide-owners.md",
    "docs/guide-owners.zh-CN.md",
)
_BLOCK: Final = re.compile(
    r"(?P<marker><!-- (?P<file>docs/screens/\S+\.txt) (?P<first>\d+)-(?P<last>\d+) -->\n```text\n)"
    r"(?P<shown>.*?)(?=```)",
    re.DOTALL,
)


def excerpts(text: str) -> Iterator[tuple[str, str]]:
    """The marker of every screen in a guide, and what stands below it."""
    for found in _BLOCK.finditer(text):
        yield found["marker"].splitlines()[0], found["shown"]


def drawn(text: str, root: Path = ROOT) -> str:
    """The guide with every screen as the files have it now."""
    return _BLOCK.sub(lambda found: found["marker"] + _lines(found, root), text)


def draw_all(root: Path = ROOT) -> None:
    """Bring the screens of all guides up to date."""
    for name in GUIDES:
        guide = root / name
        before = guide.read_text(encoding="utf-8")
        after = drawn(before, root)
        if after != before:
            guide.write_text(after, encoding="utf-8")


def _lines(found: re.Match[str], root: Path) -> str:
    lines = (root / found["file"]).read_text(encoding="utf-8").splitlines()
    return "".join(f"{line}\n" for line in lines[int(found["first"]) - 1 : int(found["last"])])
