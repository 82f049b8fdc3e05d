"""What a platform lets a buyer and the shop still do with a review: revise, append, reply, appeal; a number's life.

The rows are `platform_rules.toml`, each with source, date and confidence. A shop writes what it has seen itself into
`platforms.toml` beside its settings, with `confirmed_on`. Unknown stays unknown: nothing is computed from it, and what
it would allow is not allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from data.clock import DAY
from data.errors import SettingsError
from data.language import _
from data.vocabulary import Platform

REVISE = "revise"
APPEND = "append"
REPLY = "reply"
APPEAL = "appeal"
NUMBER = "number"
REVIEW = "review"
ACTS = (REVISE, APPEND, REPLY, APPEAL, NUMBER, REVIEW)
"""What a row may be about, in the order in which lists show it."""

OWN_FILE = "platforms.toml"
"""The shop's own rows, beside the settings."""

STALE_AFTER = 365
"""After so many days a row is to be looked up again on the platform's own page."""

_FILE = Path(__file__).with_name("platform_rules.toml")


@dataclass(frozen=True, slots=True)
class Allowance:
    """One thing that a platform allows or not, for so many days from an event. None is: not known.

    `days` 0 is not known either; `since` is review, trade, fetch or first_review. `as_of` is the day or month in which
    it was last seen to hold; `confirmed_on` the day on which the shop itself looked it up.
    """

    source: str
    as_of: str
    confidence: str
    allowed: bool | None = None
    days: int = 0
    since: str = "review"
    times: int | None = None
    per_phase: int | None = None
    longest: int | None = None
    editable: bool | None = None
    closed_by_append: bool = False
    first_only: bool = False
    grades: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    workdays: tuple[int, ...] = ()
    evidence_for: tuple[str, ...] = ()
    evidence_shortest: int | None = None
    evidence_pictures: int | None = None
    evidence_picture_mb: int | None = None
    note: str = ""
    confirmed_on: date | None = None
    own: bool = False
    """The shop has confirmed or changed it."""

    def seen_on(self) -> date | None:
        """The day on which it was last known to hold, a month counting from its first day; None when unknown."""
        if self.confirmed_on is not None:
            return self.confirmed_on
        parts = self.as_of.split("-")
        try:
            return date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) > 2 else 1)
        except (ValueError, IndexError):
            return None

    def stale(self, today: date) -> bool:
        """Whether it is older than a year, or of no known age."""
        seen = self.seen_on()
        return seen is None or (today - seen).days > STALE_AFTER


Rows = Mapping[tuple[str, str], Allowance]

_NAMES = {each.name for each in fields(Allowance)} - {"own", "since"} | {"from"}
_NUMBERS = frozenset(
    {"days", "times", "per_phase", "longest", "evidence_shortest", "evidence_pictures", "evidence_picture_mb"}
)
_FLAGS = frozenset({"allowed", "editable", "closed_by_append", "first_only"})
_LISTS = frozenset({"grades", "into", "kinds", "workdays", "evidence_for"})
_SINCE = ("review", "trade", "fetch", "first_review")


@cache
def shipped() -> Rows:
    """The rows that come with the program."""
    return _rows(_FILE, {})


@cache
def rules_of(own: Path | None) -> Rows:
    """The shipped rows with the shop's own values in place of theirs; `own` need not exist.

    Raises SettingsError naming the file and the row where it cannot be meant.
    """
    if own is None or not own.is_file():
        return shipped()
    return {**shipped(), **_rows(own, shipped())}


_in_use: list[Rows] = []


def use(rows: Rows) -> None:
    """Make these the rows that everything asks; done once at start."""
    _in_use[:] = [rows]


def allowances() -> Rows:
    """Every row in use, by platform and act."""
    return _in_use[0] if _in_use else shipped()


def ends_at(
    platform: str, act: str, reviewed_at: int, traded_at: int | None, fetched_at: int | None = None
) -> int | None:
    """Until when it may be done (UTC ms), where the platform allows it and the day is known; else None."""
    row = allowances().get((platform, act))
    if row is None or not row.days or (row.allowed is not True and act not in (NUMBER, REVIEW)):
        return None
    begins = {"review": reviewed_at, "first_review": reviewed_at, "trade": traded_at, "fetch": fetched_at}[row.since]
    return None if begins is None else begins + row.days * DAY


def may(platform: str, act: str, reviewed_at: int, traded_at: int | None, now: int) -> bool | None:
    """Whether it may still be done; None where it is not known, which callers take as no."""
    row = allowances().get((platform, act))
    if row is None or row.allowed is None:
        return None
    if not row.allowed:
        return False
    end = ends_at(platform, act, reviewed_at, traded_at)
    return None if end is None else now < end


def stale(today: date) -> tuple[tuple[str, str, Allowance], ...]:
    """The rows in use that are older than a year or of no known age, by platform and act."""
    return tuple((platform, act, row) for (platform, act), row in allowances().items() if row.stale(today))


def _rows(path: Path, below: Rows) -> dict[tuple[str, str], Allowance]:
    # Only who asks about a platform pays for the parser.
    import tomllib

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, "", str(error)) from error
    found: dict[tuple[str, str], Allowance] = {}
    for platform, acts in table.items():
        for act, row in acts.items() if isinstance(acts, dict) else (("", acts),):
            where = f"{platform}.{act}".rstrip(".")
            if platform not in tuple(Platform) or act not in ACTS or not isinstance(row, dict):
                raise _wrong(path, where, _("There is no such platform or row."))
            trouble = _trouble(row)
            if trouble:
                raise _wrong(path, where, trouble)
            found[(platform, act)] = _row(row, below.get((platform, act)), own=path != _FILE)
    return found


def _row(row: Mapping[str, Any], below: Allowance | None, *, own: bool) -> Allowance:
    values = {("since" if name == "from" else name): value for name, value in row.items()}
    values |= {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    if not own:
        return Allowance(**values)
    changes = values.keys() - {"confirmed_on", "note"}
    if changes or below is None:
        # What the shop has seen itself does not rest on the shipped source any longer.
        values = {"source": _("the shop"), "confidence": "high", "as_of": str(row["confirmed_on"]), **values}
    return replace(below, **values, own=True) if below is not None else Allowance(**values, own=True)


def _trouble(row: Mapping[str, Any]) -> str:
    """What is wrong with a row, in words; empty when nothing is."""
    for name, value in row.items():
        if name not in _NAMES:
            return _("There is no {name}; names are {names}.").format(name=name, names=", ".join(sorted(_NAMES)))
        number = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        sound = (
            number
            if name in _NUMBERS
            else isinstance(value, bool)
            if name in _FLAGS
            else isinstance(value, list)
            if name in _LISTS
            else value in _SINCE
            if name == "from"
            else isinstance(value, date)
            if name == "confirmed_on"
            else isinstance(value, str)
        )
        if not sound and name == "confirmed_on":
            return _("confirmed_on is a day without quotes, such as confirmed_on = 2026-11-20.")
        if not sound:
            return _("{name} cannot be {value}.").format(name=name, value=value)
    if "confirmed_on" not in row and not {"source", "as_of", "confidence"} <= row.keys():
        return _("Write confirmed_on, the day on which you looked it up, such as 2026-11-20.")
    return ""


def _wrong(path: Path, where: str, why: str) -> SettingsError:
    place = f"{path}, [{where}]" if where else str(path)
    return SettingsError(
        _("The platforms' rules cannot be read"), f"{place}: {why}", _("The shipped rows show how they are written.")
    )
