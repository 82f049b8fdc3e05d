"""An agent at work in a real terminal: the steps of the day by keys, each waited for by what then stands there."""

from __future__ import annotations

import gettext
import json
import re
import subprocess
from pathlib import Path
from typing import Any, Final

from data.language import LOCALES
from tests.playbooks import standard
from tests.terminal import ROOT, Terminal, clean_environment, program

MORNING: Final = "2026-11-21T10:30:00+08:00"
REVIEWS: Final = ROOT.parent / "shared" / "reviews" / "day1"
FILES: Final = ("taobao-traderates.json", "ExportOrderList.csv", "pdd-reviews.csv")

_catalogue = gettext.translation("amends", str(LOCALES), languages=["zh_CN"], fallback=True)
_playbook = standard("zh_CN")


def zh(message: str) -> str:
    """A text as an agent with a Chinese screen reads it."""
    return _catalogue.gettext(message)


def choice(node: str, key: int = 1) -> str:
    """What the shipped playbook writes beside a number."""
    return next(each.label for each in _playbook.node(node).choices if each.key == key)


STANDARD_CALL: Final = (
    "dial", "introduce", "apologise", "listen", "repeat", "offer", "confirm", "question", "time", "close_promised",
)  # fmt: skip
"""The places of a call in which everything goes well: 1 leads from each to the next."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """One agent's machine on a weekday morning."""
    return clean_environment(home, AMENDS_NOW=MORNING, **more)


def run(home: Path, *words: str | Path) -> str:
    """A command's output; it has to end well."""
    done = subprocess.run(
        [*program(), *map(str, words)], env=environment(home), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{words}: {done.stdout}\n{done.stderr}"
    return done.stdout


def exported(home: Path, what: str) -> list[dict[str, Any]]:
    """What `amends export` writes as JSON."""
    found: list[dict[str, Any]] = json.loads(run(home, "export", what, "--format", "json"))
    return found


def open_inbox(terminal: Terminal) -> str:
    """Wait until the rows and the counts of the inbox stand."""
    return terminal.wait_for(lambda screen: zh("Inbox") in screen and "▌" in screen)


def pick(terminal: Terminal, *labels: str) -> None:
    """Choose from the numbered lists that open one after the other."""
    for label in labels:
        numbered = re.compile(rf"^[ ▌]*(\d) +{re.escape(label)}", re.MULTILINE)
        found = numbered.search(terminal.wait_for(numbered))
        assert found is not None
        terminal.send(found[1])


def give_name(terminal: Terminal) -> None:
    """Say who is calling: asked once, before the first call."""
    terminal.wait_for(zh("Who is calling?"))
    terminal.type("莉莉")
    terminal.send("enter")
    terminal.type("售后专员")
    terminal.send("enter")
    terminal.wait_for(zh("What may you decide?"))
    terminal.send("1")


def call_to(terminal: Terminal, last: str, first: str = "dial") -> None:
    """Press 1 from one place of the standard call to another."""
    at = STANDARD_CALL.index(first)
    for place in STANDARD_CALL[at : STANDARD_CALL.index(last)]:
        terminal.wait_for(choice(place))
        terminal.send("1")
    terminal.wait_for(choice(last))


def work_the_standard_case(terminal: Terminal) -> list[str]:
    """Take the next case, call, get a promise for tonight, record it; return the keys that it took."""
    pressed = []
    for key, then in (
        ("f2", zh("Buyer and order")),
        ("f3", choice("dial")),
        *(("1", choice(place)) for place in STANDARD_CALL[1:]),
        ("1", zh("What came of it?")),
        ("enter", zh("Inbox")),
    ):
        pressed.append(key)
        terminal.send(key)
        terminal.wait_for(then)
    return pressed
