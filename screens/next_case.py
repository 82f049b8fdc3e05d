"""The next case: the most urgent one that is free, and not again the one that was just left."""

from __future__ import annotations

from typing import Any

from screens.base import DeskScreen


class NextCase:
    """Claims the next case for a screen."""

    def __init__(self, screen: DeskScreen[Any]) -> None:
        self._screen = screen
        self.passed: set[int] = set()
        """The cases that were looked at and left; they come again once all others were looked at too."""

    async def claim(self) -> int | None:
        """Claim it and tell its number; None when there is none, or claiming was refused, which is said."""
        passed = frozenset(self.passed)
        case_id = await self._screen.write(lambda casework: casework.claim_next(passed))
        if case_id is None:
            # All that there is has been looked at: the next time it begins anew.
            self.passed.clear()
        else:
            self.passed.add(case_id)
        return case_id
