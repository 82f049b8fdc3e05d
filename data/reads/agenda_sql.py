"""The agenda's statements: each kind of entry in the order of its time, by an index of its own.

Every statement gives time, number, case, kind, whose promise, channel, device. The number tells an entry from every
other: the row's id times 16, and an odd rest for each kind; what is even lies between two entries. A page is cut from
the pieces of all kinds together, so each of them goes on from the same key. An agent's own entries are few: they are
reached from the agent's cases and sorted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

STEP: Final = 16


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry. `mine` is how its rows are reached from an agent's own cases; `rest` marks its numbers."""

    name: str
    rest: int
    columns: str
    time: str
    id: str
    anyone: str
    mine: str
    owner: str = "c.owner_id"
    """Whose it is."""


_FOLLOW_UP_IS = "f.state = 'open' AND c.open = 1"
_PROMISE_IS = "m.state = 'open' AND c.open = 1"
_REMEDY_IS = (
    "e.state IN ('accepted','approved','issued') AND c.open = 1 AND e.due_at IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM follow_up g WHERE g.case_id = e.case_id AND g.state = 'open'"
    " AND g.kind = 'deliver_remedy')"
)
"""A remedy whose delivery is a follow-up already stands there as that."""
_REVIEW = "CROSS JOIN review r"
_CASE = "CROSS JOIN review_case c"
"""What stands first leads: where an index gives the order, no other way round is worth trying."""

_GRADED = "c.grade IN (:grade_a, :grade_b, :grade_c)"

FOLLOW_UP: Final = Kind(
    "follow_up", 1, "f.case_id, f.kind, '', f.channel, f.device", "f.due_at", "f.id",
    f"follow_up f {_CASE} WHERE c.id = f.case_id AND {_FOLLOW_UP_IS}",
    f"review_case c CROSS JOIN follow_up f WHERE c.owner_id = :agent_id AND c.follow_up_at IS NOT NULL"
    f" AND c.follow_up_at < :until AND f.case_id = c.id AND {_FOLLOW_UP_IS}",
)  # fmt: skip
BUYER: Final = Kind(
    "buyer", 3, "m.case_id, m.kind, m.by_whom, NULL, NULL", "m.due_at", "m.id",
    f"promise m {_CASE} WHERE c.id = m.case_id AND {_PROMISE_IS} AND m.by_whom = 'buyer'",
    f"review_case c CROSS JOIN promise m WHERE c.owner_id = :agent_id AND c.promised_at IS NOT NULL"
    f" AND m.case_id = c.id AND {_PROMISE_IS} AND m.by_whom = 'buyer'",
)  # fmt: skip
_OURS_ALL = f"promise m {_CASE} WHERE c.id = m.case_id AND {_PROMISE_IS} AND m.by_whom = 'us'"
_OURS_FROM = (
    f"{_OURS_ALL} AND NOT EXISTS (SELECT 1 FROM follow_up g WHERE g.case_id = m.case_id AND g.state = 'open'"
    " AND g.due_at = m.due_at)"
)
"""A promise of ours that a follow-up keeps at the same time already stands there as that."""
OURS: Final = Kind(
    "ours", 3, "m.case_id, m.kind, m.by_whom, NULL, NULL", "m.due_at", "m.id",
    _OURS_FROM, f"{_OURS_FROM} AND c.owner_id = :agent_id",
)  # fmt: skip
_REMEDY_FROM = f"remedy e {_CASE} WHERE c.id = e.case_id AND {_REMEDY_IS}"
REMEDY: Final = Kind(
    "remedy", 5, "e.case_id, e.kind, '', NULL, NULL", "e.due_at", "e.id",
    _REMEDY_FROM, f"{_REMEDY_FROM} AND c.owner_id = :agent_id",
)  # fmt: skip


def _window(name: str, rest: int, condition: str) -> Kind:
    """Cases of one platform by the time of their review, which is so many days (:span) before the window closes."""
    anyone = (
        f"review_case c {_REVIEW} WHERE r.id = c.review_id AND c.platform = :platform AND c.open = 1 AND {condition}"
    )
    return Kind(
        name,
        rest,
        f"c.id, '{name}', '', NULL, NULL",
        "c.reviewed_at",
        "c.id",
        anyone,
        f"{anyone} AND c.owner_id = :agent_id",
    )


WINDOWS: Final = {
    "revise": _window("revise", 7, f"c.result IS NULL AND {_GRADED}"),
    "append": _window("append", 9, f"c.result IS NULL AND r.appended_at IS NULL AND {_GRADED}"),
    "reply": _window(
        "reply", 11, f"r.reply_text IS NULL AND {_GRADED} AND (:closed_by_append = 0 OR r.appended_at IS NULL)"
    ),
    "appeal": _window("appeal", 13, f"c.state <> 'appealed' AND c.cause IN ('M1','M2','M3','M4','M5') AND {_GRADED}"),
}
"""Appeals are for causes that platforms hear: what the case is about must have been said first."""

TASK: Final = Kind(
    "task", 15, "k.case_id, k.kind, '', NULL, NULL", "k.due_at", "k.id",
    f"task k {_CASE} WHERE c.id = k.case_id AND k.state = 'open'",
    f"task k {_CASE} WHERE c.id = k.case_id AND k.state = 'open' AND k.owner_id = :agent_id", "k.owner_id",
)  # fmt: skip
"""A task goes on when its case is closed, and belongs to whoever does it."""

OWN: Final = (FOLLOW_UP, BUYER, OURS, REMEDY, TASK)

TOLD_AT: Final = replace(
    FOLLOW_UP,
    anyone=f"{FOLLOW_UP.anyone} AND NOT EXISTS (SELECT 1 FROM promise g WHERE g.case_id = f.case_id"
    " AND g.state = 'open' AND g.by_whom = 'us' AND g.due_at = f.due_at)",
)
TOLD_AHEAD: Final = (replace(OURS, anyone=_OURS_ALL), REMEDY)
"""What is told of when it falls due, and what is told of before: a promise of ours, while it can still be kept, and
then not again as the follow-up that keeps it."""
KINDS: Final = (*OWN, *WINDOWS.values())

DETAILS: Final = """
SELECT c.platform, b.nick, b.level, d.title, p.variant, substr(r.text, 1, 120), c.owner_id, coalesce(a.name, a.login)
FROM review_case c
LEFT JOIN review r ON r.id = c.review_id
LEFT JOIN buyer b ON b.id = c.buyer_id
LEFT JOIN product d ON d.id = r.product_id
LEFT JOIN purchase p ON p.id = r.purchase_id
LEFT JOIN agent a ON a.id = c.owner_id
WHERE c.id = :case_id
"""


def _where(kind: Kind, mine: bool) -> str:
    if kind in OWN:
        bounds = f"{kind.time} >= :begin AND {kind.time} < :until"
    else:
        bounds = f"{kind.time} >= :begin - :span AND {kind.time} < :until - :span"
    return f"{kind.mine if mine else kind.anyone} AND {bounds}"


def page(kind: Kind, *, mine: bool, keyed: bool, forward: bool) -> str:
    """Entries of a kind between :begin and :until in their order or against it; after or before :at, :id if keyed."""
    number = f"{kind.id} * {STEP} + {kind.rest}"
    own = kind in OWN
    shown = kind.time if own else f"{kind.time} + :span"
    where = _where(kind, mine)
    if keyed:
        at = ":at" if own else ":at - :span"
        one, other = (">=", ">") if forward else ("<=", "<")
        where += f" AND {kind.time} {one} {at} AND ({kind.time} {other} {at} OR {number} {other} :id)"
    way = "ASC" if forward else "DESC"
    order = f"{kind.time} {way}, {kind.id} {way}"
    return f"SELECT {shown}, {number}, {kind.columns} FROM {where} ORDER BY {order} LIMIT :limit"


def size(kind: Kind, *, mine: bool) -> str:
    """How many entries of a kind there are, stopping at :ceiling."""
    return f"SELECT count(*) FROM (SELECT 1 FROM {_where(kind, mine)} LIMIT :ceiling) k"


def fallen_due(kind: Kind) -> str:
    """An agent's entries of a kind that fell due from :begin on and before :until, found by their time."""
    where = f"{kind.anyone} AND {kind.owner} = :agent_id AND {kind.time} >= :begin AND {kind.time} < :until"
    number = f"{kind.id} * {STEP} + {kind.rest}"
    order = f"{kind.time}, {kind.id}"
    return f"SELECT {kind.time}, {number}, {kind.columns} FROM {where} ORDER BY {order} LIMIT :limit"


def statements() -> Iterator[tuple[str, str]]:
    """Every statement of the agenda by name."""
    yield "agenda-details", DETAILS
    for kind in KINDS:
        for mine in (False, True):
            yield f"agenda-{kind.name}-{mine}-size", size(kind, mine=mine)
            for keyed in (False, True):
                for forward in (False, True):
                    name = f"agenda-{kind.name}-{mine}-{keyed}-{forward}"
                    yield name, page(kind, mine=mine, keyed=keyed, forward=forward)
    for kind in (TOLD_AT, TASK, *TOLD_AHEAD):
        yield f"agenda-{kind.name}-fallen-due", fallen_due(kind)
