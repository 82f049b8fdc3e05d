"""Typing a setting on a screen: how each kind is written in a text field, and how it is read from there."""

from __future__ import annotations

import re
import shlex
import unicodedata
from typing import Any

from data.errors import SettingsError
from data.language import _
from data.settings_kinds import Command, DayWindows, Folder, Kind, Text, WallTime, Whole, Windows
from data.staff import Staff, shown_staff, staff_as_written

_SPAN = re.compile(r"\s*([\d:]+)\s*[-–—~至到]\s*([\d:]+)\s*")


def shown(kind: Kind, value: Any) -> str:
    """A value as one types it."""
    if isinstance(kind, Windows):
        wall = WallTime()
        return ", ".join(f"{wall.write(start)}-{wall.write(end)}" for start, end in value)
    if isinstance(kind, DayWindows):
        return "; ".join(f"{name} {shown(Windows(), spans)}".strip() for name, spans in value)
    if isinstance(kind, Staff):
        return shown_staff(value)
    if isinstance(kind, Command):
        return shlex.join(value)
    return str(kind.write(value))


def typed(kind: Kind, text: str) -> Any:
    """The value that was typed, full-width signs too. Raises SettingsError, worded for who typed it."""
    if not isinstance(kind, Text | Folder | Command):
        text = unicodedata.normalize("NFKC", text).replace("、", ",")
    text = text.strip()
    try:
        return kind.read(_as_written(kind, text))
    except ValueError as error:
        raise SettingsError(_("This cannot be set"), str(error)) from error


def _as_written(kind: Kind, text: str) -> object:
    """What the settings file would hold for the text. Raises ValueError, worded."""
    if isinstance(kind, Whole):
        if not re.fullmatch(r"\d{1,9}", text):
            raise ValueError(_("It must lie between {low} and {high}.").format(low=kind.low, high=kind.high))
        return int(text)
    if isinstance(kind, DayWindows):
        days = [part.strip().partition(" ") for part in text.split(";") if part.strip()]
        return {name: _as_written(Windows(), spans) for name, _space, spans in days}
    if isinstance(kind, Staff):
        return staff_as_written(text)
    if isinstance(kind, Command):
        try:
            return shlex.split(text)
        except ValueError as error:
            raise ValueError(_("A quotation mark is not closed.")) from error
    if isinstance(kind, Windows):
        spans = [_SPAN.fullmatch(part) for part in text.split(",") if part.strip()]
        if not all(spans):
            raise ValueError(_("Write the spans so: 09:00-12:00, 14:00-20:30."))
        return [[span[1], span[2]] for span in spans if span]
    return text
