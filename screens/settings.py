"""Settings."""
from __future__ import annotations

from screens.base import DeskScreen


class SettingsScreen(DeskScreen[None]):
    pass
