"""A review as the database has it, and in what a file's row differs from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from data.casework.observe import Observed
from data.sources.rows import ImportedReview
from data.vocabulary import Grade, RevisionKind

MANUAL = "manual:"
"""How the key of a review begins that was typed in by hand; the order's number follows where it is known."""


@dataclass(frozen=True, slots=True)
class Known:
    """A review as the database has it."""

    id: int
    grade: Grade
    rating: int
    text: str
    appended_text: str | None
    reply_text: str | None
    appended_at: int | None = None
    beside: tuple[object, ...] = ()
    """The columns of BESIDE, as they are."""

    typed: bool = False
    """Typed in by hand, and now met in a file: the platform's words take the place of the agent's."""


class Change(NamedTuple):
    """A row of a file that says something else than what was known."""

    line: int
    id: str
    """The key of the review, or the number of the order."""

    kinds: tuple[str, ...]
    """What differs: kinds of revisions; nothing for a review that had been typed in by hand, `order` for an order."""

    grade_before: str | None = None
    grade_after: str | None = None


BESIDE = ("raw_rating", "raw_scale", "pictures")
"""What else of a review a file changes along with its words."""

_COLUMNS = ("id", "grade", "rating", "text", "appended_text", "reply_text", "appended_at", *BESIDE)
SELECT = f"SELECT external_id, {', '.join(_COLUMNS)} FROM review WHERE shop_id = ? AND external_id IN "
"""Known reviews of a shop by their keys; rows for `known`, each after its key."""


def known(row: Sequence[Any]) -> Known:
    """A review from a row of `SELECT`, without its key."""
    number, grade, rating, text, appended_text, reply_text, appended_at, *beside = row
    return Known(number, Grade(grade), rating, text, appended_text, reply_text, appended_at, tuple(beside))


def differences(known: Known, row: ImportedReview) -> list[RevisionKind]:
    """In what a file's row differs from the known review. What the file leaves out is no difference.

    Rating and text are compared, not the grade: a new split of stars in the settings is no act of the buyer. Spaces
    and line ends do not count, since exports disagree about them.
    """
    found = []
    if row.rating != known.rating or _other(row.text, known.text):
        found.append(RevisionKind.REVISED)
    # Some buyers append pictures alone, and some interfaces say that something was appended and not what.
    appended_only = row.appended_at is not None and known.appended_at is None and not known.appended_text
    if _other(row.appended_text, known.appended_text or "") if row.appended_text else appended_only:
        found.append(RevisionKind.APPENDED)
    if row.reply_text and _other(row.reply_text, known.reply_text or ""):
        found.append(RevisionKind.REPLIED)
    return found


def _other(one: str, two: str) -> bool:
    return one != two and "".join(one.split()) != "".join(two.split())


def observed(known: Known, row: ImportedReview) -> list[Observed]:
    """The same differences, with what stood there before and what stands there now."""
    was: dict[str, object] = {"grade": known.grade.value, "rating": known.rating, "appended_at": known.appended_at}
    was |= dict(zip(BESIDE, known.beside, strict=False))
    after = row.grade if row.rating != known.rating else known.grade
    changes = []
    for kind in differences(known, row):
        revised = kind is RevisionKind.REVISED
        before, now = {
            RevisionKind.REVISED: (known.text, row.text),
            RevisionKind.APPENDED: (known.appended_text, row.appended_text),
            RevisionKind.REPLIED: (known.reply_text, row.reply_text),
        }[kind]
        changes.append(
            Observed(
                review_id=known.id,
                kind=kind,
                grade_before=known.grade if revised else after,
                grade_after=after,
                rating_before=known.rating if revised else row.rating,
                rating_after=row.rating,
                text_before=before,
                text_after=now,
                written_at=row.appended_at if kind is RevisionKind.APPENDED else None,
                was=was,
            )
        )
    return changes
