"""What a screen is given to work with; made once at start, handed from screen to screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from data.clock import Clock, to_local, zone
from data.protocols import Casework, Reads
from data.rows import CasePage, Filter, View
from data.settings import Settings
from screens.falling_due import FallingDue

if TYPE_CHECKING:
    from datetime import datetime, tzinfo
    from pathlib import Path

    from data.importing import FileReport


@dataclass(frozen=True, slots=True)
class Doors:
    """How a screen opens another: each makes the screen, which is imported only then. None: not built in."""

    buyer: Callable[[Workplace, int], Screen[Any]] | None = None
    """One case in full, by case id."""

    contact: Callable[[Workplace, int], Screen[Any]] | None = None
    """The way to a call or a message about a case, by case id."""

    incoming: Callable[[Workplace, int], Screen[Any]] | None = None
    """To a call that the buyer of a case has begun, by case id."""

    log: Callable[[Workplace], Screen[Any]] | None = None
    """The outcome log."""

    agenda: Callable[[Workplace], Screen[Any]] | None = None
    """What falls due today and in the next days."""

    add_review: Callable[[Workplace], Screen[Any]] | None = None
    """A single review typed in by hand."""

    settings: Callable[[Workplace], Screen[Any]] | None = None
    """Every setting, to be read and changed."""

    rehearsal: Callable[[Workplace], Screen[Any]] | None = None
    """Practising on made-up buyers; raises PlaybookError when there is no playbook to practise."""

    inbox: Callable[[Workplace], Screen[Any]] | None = None
    """The inbox, for the first run to go on to."""

    demo: Callable[[], None] | None = None
    """Leave for the demo shop; whatever it needs is made on the way."""

    again: Callable[[], None] | None = None
    """Leave, and open the workstation anew with the settings as they are then."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """Reads at any time, casework once it is loaded, the clock, the settings, who is at the keyboard."""

    reads: Reads
    casework: Callable[[], Awaitable[Casework]]
    """Gives casework; the first call waits until it is loaded."""

    clock: Clock
    settings: Settings
    agent_id: int
    copy: Callable[[str], bool]
    """Puts a text on the clipboard of the agent's terminal; False when this terminal cannot."""

    answer: Callable[[CasePage, int], tuple[str, str]] | None = None
    """Whether the buyer of a case may be contacted at a time, and what to do about it: two short lines."""

    doors: Doors = field(default_factory=Doors)

    take_in: Callable[[Path, Callable[[int, int], None]], FileReport] | None = None
    """Imports one file, telling how many of its bytes are done; to be called in a thread."""

    write_list: Callable[[View, Filter, Path, Callable[[int, int], None]], int] | None = None
    """Writes the cases of a narrowed view to a file in the form of its ending, telling how many of how many are
    done, and gives their number; to be called in a thread."""

    save_shop: Callable[[str, str], None] | None = None
    """Writes the shop's name and platform to the settings, since the agent asked for it."""

    config: Path | None = None
    """The settings file, whether it exists or not; None where settings cannot be saved."""

    falling_due: FallingDue = field(default_factory=FallingDue)
    """Tells what falls due while the agent works; the same for every screen."""

    @property
    def zone(self) -> tzinfo:
        """The zone in which times are shown."""
        return zone(self.settings.shop.zone)

    def now(self) -> int:
        """The time in UTC milliseconds."""
        return self.clock.now()

    def wall(self) -> datetime:
        """The time as the shop's wall clock shows it."""
        return to_local(self.clock.now(), self.zone)
