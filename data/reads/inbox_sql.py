"""The inbox's statements: which cases a view holds, in which order, and what a line of it shows.

Every order is a time and then the newest number; a page goes on from a key by `time >= x AND (time > x OR id < y)`,
which an index can follow, as a comparison of whole rows cannot. Where an index must not be used, because a better
one gives the order, a column stands in an expression that no index answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations

from data.rows import NOBODY, Filter, View

FEW = 5_000
"""With at most so many callable cases these are sorted; with more, walking by due time soon finds a page of them."""

_CALLABLE = "c.open = 1 AND c.contact_from IS NOT NULL AND c.state NOT IN ('escalated','appealed')"

VIEWS = {
    View.ALL: "c.open = 1",
    View.MINE: "c.open = 1 AND c.owner_id = :agent_id",
    View.DUE_SOON: "c.open = 1 AND c.due_at <= :soon",
    View.FOLLOW_UPS: "c.open = 1 AND c.follow_up_at < :day_end",
    View.CALLABLE: f"{_CALLABLE} AND c.contact_from <= :now",
    View.TO_VERIFY: "c.open = 1 AND c.promised_at IS NOT NULL",
}
_CALLABLE_BY_DUE = f"{_CALLABLE} AND c.contact_from + 0 <= :now"

ORDER_COLUMN = {
    View.ALL: "due_at",
    View.MINE: "due_at",
    View.DUE_SOON: "due_at",
    View.FOLLOW_UPS: "follow_up_at",
    View.CALLABLE: "due_at",
    View.TO_VERIFY: "promised_at",
}

_LED_BY = {
    "owner": "c.owner_id = :owner_id",
    "cause": "c.cause = :cause",
    "state": "c.state = :state",
    "platform": "c.platform = :platform",
}
"""Filters in the order in which one of them may choose the index of the view of all cases."""

_SIFTED_BY = {
    "owner": "c.owner_id + 0 = :owner_id",
    "cause": "c.cause || '' = :cause",
    "state": "c.state || '' = :state",
    "platform": "c.platform || '' = :platform",
    "nobody": "c.owner_id IS NULL",
}

PARTS = ("owner", "cause", "state", "platform", "nobody", "closed")
"""What a filter may consist of, as the statements see it; a filter for closed cases is both `state` and `closed`."""

_FORWARD = " AND {time} >= :at AND ({time} > :at OR c.id < :id)"
_BACKWARD = " AND {time} <= :at AND ({time} < :at OR c.id > :id)"

COLUMNS = """c.id, c.review_id, c.due_at, c.follow_up_at, c.promised_at, c.platform, c.grade, c.state, c.result,
    c.cause, b.nick, b.level, d.title, p.variant, substr(r.text, 1, 120), c.owner_id, coalesce(a.name, a.login),
    c.reviewed_at, c.contact_from, c.attempts"""
COLUMN_COUNT = 20

BESIDE = """
LEFT JOIN review r ON r.id = c.review_id
LEFT JOIN buyer b ON b.id = c.buyer_id
LEFT JOIN product d ON d.id = r.product_id
LEFT JOIN purchase p ON p.id = r.purchase_id
LEFT JOIN agent a ON a.id = c.owner_id
"""
ROW = f"SELECT {COLUMNS} FROM review_case c {BESIDE} WHERE c.id = :case_id"
ROW_OF_REVIEW = f"SELECT {COLUMNS} FROM review_case c {BESIDE} WHERE c.review_id = :review_id"

CLOSED_TODAY = "SELECT count(*) FROM (SELECT 1 FROM review_case c WHERE c.closed_at >= :day_start LIMIT :ceiling) k"


def parts(narrowed: Filter) -> tuple[str, ...]:
    """Which parts a filter has."""
    has = {
        "owner": narrowed.owner_id is not None and narrowed.owner_id != NOBODY,
        "cause": bool(narrowed.cause),
        "state": bool(narrowed.state),
        "platform": bool(narrowed.platform),
        "nobody": narrowed.owner_id == NOBODY,
        "closed": narrowed.state == "closed",
    }
    return tuple(part for part in PARTS if has[part])


def condition(view: View, has: tuple[str, ...], *, by_due: bool = False) -> str:
    """Which cases a narrowed view holds, as a condition on `review_case c`.

    The view of all cases lets one filter choose the index; the other views have an index of their own.
    """
    lead = next((part for part in _LED_BY if part in has), None) if view is View.ALL else None
    if view is View.ALL and "closed" in has:
        lead = "state"
        said = [_LED_BY[lead]]
    else:
        said = [_CALLABLE_BY_DUE if by_due else VIEWS[view]]
        said.extend([_LED_BY[lead]] if lead else [])
    said.extend(_SIFTED_BY[part] for part in has if part in _SIFTED_BY and part != lead)
    return " AND ".join(said)


def search_condition(view: View, has: tuple[str, ...]) -> str:
    """As `condition`; but a search in the view of all cases looks at closed ones too."""
    if view is not View.ALL or "state" in has:
        return condition(view, has)
    lead = next((part for part in _LED_BY if part in has), None)
    said = [_LED_BY[lead]] if lead else ["c.open IN (0, 1)"]
    return " AND ".join([*said, *(_SIFTED_BY[part] for part in has if part != lead)])


def page(
    view: View, has: tuple[str, ...], *, keyed: bool, forward: bool, contact_led: bool = False, by_due: bool = False
) -> str:
    """Lines of a narrowed view in its order or, backwards, against it; after or before :at, :id when `keyed`."""
    time = f"c.{ORDER_COLUMN[view]}"
    if contact_led:
        time += " + 0"
    key = (_FORWARD if forward else _BACKWARD).format(time=time) if keyed else ""
    order = f"{time} ASC, c.id DESC" if forward else f"{time} DESC, c.id ASC"
    where = condition(view, has, by_due=by_due) + key
    chosen = f"SELECT c.id FROM review_case c WHERE {where} ORDER BY {order} LIMIT :limit"
    return f"SELECT {COLUMNS} FROM ({chosen}) k JOIN review_case c ON c.id = k.id {BESIDE}"


def size(view: View, has: tuple[str, ...] = ()) -> str:
    """How many cases a narrowed view holds, stopping at :ceiling."""
    return f"SELECT count(*) FROM (SELECT 1 FROM review_case c WHERE {condition(view, has)} LIMIT :ceiling) k"


def possible_parts() -> Iterator[tuple[str, ...]]:
    """Every combination of parts that a filter can have."""
    for has in chain.from_iterable(combinations(PARTS, count) for count in range(len(PARTS) + 1)):
        if not {"owner", "nobody"} <= set(has) and ("closed" not in has or "state" in has):
            yield has


def statements() -> Iterator[tuple[str, str]]:
    """Every statement of the inbox by name."""
    yield "row", ROW
    yield "row_of_review", ROW_OF_REVIEW
    yield "closed_today", CLOSED_TODAY
    for view in View:
        for has in possible_parts():
            name = "-".join((view, *has))
            yield f"{name}-size", size(view, has)
            for keyed in (False, True):
                for forward in (False, True):
                    yield f"{name}-{keyed}-{forward}", page(view, has, keyed=keyed, forward=forward)
                    if view is View.CALLABLE:
                        yield (
                            f"{name}-{keyed}-{forward}-contact",
                            page(view, has, keyed=keyed, forward=forward, contact_led=True),
                        )
                        yield (
                            f"{name}-{keyed}-{forward}-due",
                            page(view, has, keyed=keyed, forward=forward, by_due=True),
                        )
