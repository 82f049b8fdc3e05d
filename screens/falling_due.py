"""What falls due while somebody works: one quiet line, asked for once a minute and told once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from data.clock import MINUTE, SECOND
from data.errors import AmendsError
from data.language import _
from widgets import look

if TYPE_CHECKING:
    from screens.base import DeskScreen

STANDS = 20 * SECOND
"""What was said before stays for so long before this takes its place."""


class FallingDue:
    """Until when an agent has been told what fell due; one for the whole workstation, handed from screen to screen."""

    def __init__(self) -> None:
        self._told_until: int | None = None
        self._asking = False

    def begin(self, now: int) -> None:
        """Work begins: what was due before stands in the inbox."""
        if self._told_until is None:
            self._told_until = now

    def may_tell(self, screen: DeskScreen[Any]) -> bool:
        """Whether a minute has passed, nobody types, no call is under way, and what was said last has been read."""
        now, since = screen.place.now(), self._told_until
        if since is None or self._asking or now - now % MINUTE <= since:
            return False
        at_work = any(getattr(each, "UNDISTURBED", False) for each in screen.app.screen_stack)
        return screen.is_active and not screen.typing and not at_work and screen.rule_rests(STANDS)

    async def tell(self, screen: DeskScreen[Any]) -> None:
        """Say on the screen what fell due since the last time, if this is a moment for it; else it waits for one."""
        place, since = screen.place, self._told_until
        now = place.now()
        if since is None or not self.may_tell(screen):
            return
        self._asking = True
        try:
            rows = await asyncio.to_thread(
                lambda: place.reads.fallen_due(agent_id=place.agent_id, since=since, now=now)
            )
        except AmendsError:
            # Nobody asked for this line: whoever reads next on purpose is told what is wrong.
            return
        finally:
            self._asking = False
        if not rows:
            self._told_until = now
        elif self.may_tell(screen):
            from widgets.agenda_lines import due_words

            self._told_until = now
            more = _("and {count} more").format(count=len(rows) - 1) if len(rows) > 1 else ""
            screen.say(due_words(rows, more, now, place.zone), look.SOON)
