"""Whose doing a changed review is: credit to a contact, by evidence alone.

The time of a change is the platform's where the file tells it, else that of the import that shows it first. A contact
gets the credit only when the change came after it and within the window of the settings; of several, the newest that
reached the buyer. Everything else is verified to nobody's credit. Times are UTC milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable

from data.clock import DAY


def changed_at(written_at: int | None, seen_at: int) -> int:
    """When a review changed, as far as is known; a platform's time that lies after the import is not believed."""
    return seen_at if written_at is None else min(written_at, seen_at)


def credited(contacts: Iterable[tuple[int, int]], changed: int, credit_days: int) -> int | None:
    """The contact to which a change is credited, of contacts as number and start; None for no contact's doing."""
    fitting = [
        (started_at, number)
        for number, started_at in contacts
        if started_at < changed <= started_at + credit_days * DAY
    ]
    return max(fitting)[1] if fitting else None
