"""What falls due, in a real terminal: the agenda by its key, and the quiet line when its minute comes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.clock import SECOND, iso, zone
from tests.at_work import environment, open_inbox, zh
from tests.terminal import Terminal, program

pytestmark = pytest.mark.long

BEFORE = 15 * SECOND
"""How long before something falls due the program is opened."""
TOLD_WITHIN = 120
"""Seconds within which it is told: what falls due in the middle of a minute is told when that minute is over."""


def _next_of_mine(home: Path) -> int:
    """When the first thing to come falls due on a case of the agent whom the demo shop seats at the keyboard."""
    (database,) = home.rglob("*.db")
    with closing(sqlite3.connect(database)) as connection:
        (at,) = connection.execute(
            "SELECT min(f.due_at) FROM follow_up f JOIN review_case c ON c.id = f.case_id"
            " WHERE f.state = 'open' AND c.open = 1 AND c.owner_id = 1 AND f.due_at > (SELECT max(at) FROM event)"
        ).fetchone()
    return int(at)


def test_the_agenda_opens_by_its_key_and_what_falls_due_is_said_when_its_minute_comes(demo_home: Path) -> None:
    at = _next_of_mine(demo_home)
    now = iso(at - BEFORE, zone("Asia/Shanghai"))
    with Terminal(program(), environment=environment(demo_home) | {"AMENDS_NOW": now}) as terminal:
        open_inbox(terminal)
        terminal.send("t")
        terminal.wait_for(zh("Agenda"))
        terminal.wait_for("── ! ", timeout=TOLD_WITHIN)
        terminal.send("down")
        terminal.send("0")
        terminal.wait_for(zh("Inbox"))
