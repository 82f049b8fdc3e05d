"""Which screen is behind each door; it is imported when the door is opened for the first time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from textual.screen import Screen

from screens.workplace import Doors, Workplace


def doors(
    demo: Callable[[], None] | None = None, again: Callable[[], None] | None = None, kept_in: Path | None = None
) -> Doors:
    """Every door of the workstation; proved playbooks are kept in `kept_in`."""
    return Doors(
        buyer=_buyer,
        contact=_contact,
        incoming=_incoming,
        log=_log,
        agenda=_agenda,
        add_review=_add_review,
        settings=_settings,
        rehearsal=partial(_rehearsal, kept_in=kept_in),
        inbox=_inbox,
        demo=demo,
        again=again,
    )


def _inbox(place: Workplace) -> Screen[Any]:
    from screens.inbox import InboxScreen

    return InboxScreen(place)


def _buyer(place: Workplace, case_id: int) -> Screen[Any]:
    from screens.buyer import BuyerScreen

    return BuyerScreen(place, case_id)


def _contact(place: Workplace, case_id: int) -> Screen[Any]:
    from screens.contact import ContactScreen

    return ContactScreen(place, case_id, as_due=True)


def _incoming(place: Workplace, case_id: int) -> Screen[Any]:
    from screens.contact import ContactScreen

    return ContactScreen(place, case_id, incoming=True)


def _log(place: Workplace) -> Screen[Any]:
    from screens.log import LogScreen

    return LogScreen(place)


def _agenda(place: Workplace) -> Screen[Any]:
    from screens.agenda import AgendaScreen

    return AgendaScreen(place)


def _add_review(place: Workplace) -> Screen[Any]:
    from screens.add_review import AddReviewScreen

    return AddReviewScreen(place)


def _settings(place: Workplace) -> Screen[Any]:
    from screens.settings import SettingsScreen

    return SettingsScreen(place)


def _rehearsal(place: Workplace, kept_in: Path | None) -> Screen[Any]:
    from screens.rehearsal import RehearsalScreen
    from tui.practice import practice_of

    return RehearsalScreen(place, practice_of(place.settings, place.clock, place.copy, None, kept_in))
