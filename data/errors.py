"""The few errors that a person meets: each says what is wrong, where, and what to do."""

from __future__ import annotations

from data.language import _


class AmendsError(Exception):
    """Base of every error that is worded for the person who meets it.

    `title` names the trouble in a few words, `what` says what is wrong and where, `remedy` says what to do.
    All three are already in the reader's language.
    """

    def __init__(self, title: str, what: str, remedy: str = "") -> None:
        super().__init__(f"{title}: {what}" + (f" {remedy}" if remedy else ""))
        self.title = title
        self.what = what
        self.remedy = remedy


class SettingsError(AmendsError):
    """The settings file cannot be read, or says something that settings cannot say."""


class StoreError(AmendsError):
    """The database is missing, locked, read-only, too new, damaged, or its disk is full."""


class PlaybookError(AmendsError):
    """A playbook file has an error; `what` names file, line and node."""


class SourceError(AmendsError):
    """A file that was to be imported cannot be read at all."""


class ContentError(AmendsError):
    """A shipped or copied content file (column map, catalogue) has an error."""


class Refused(AmendsError):
    """An act is not allowed now: an arrow that is not in the table, a contact rule, somebody else's claim."""


class UnreadableTime(AmendsError):
    """A time that was typed or written in a playbook cannot be read, or has passed."""


class QueryError(AmendsError):
    """A typed query has a key or a value that is not known; `at` is the character where, counted from 1."""

    def __init__(self, at: int, what: str, remedy: str = "") -> None:
        super().__init__(_("The search cannot be read"), what, remedy)
        self.at = at
