"""The inbox's statements: which cases a view holds, in which order, and what a line of it shows.

Every order is a time and then the newest number; a page goes on from a key by `time >= x AND (time > x OR id < y)`,
which an index can follow, as a comparison of whole rows cannot. Where an index must not be used, because a better
one gives the order, a column stands in an expression that no index answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from typing import TypeAlias

from data.rows import NOBODY, Filter, View

FEW = 5_000
"""At most so many cases are sorted; where there are more, walking in the order of the view soon finds a page."""

CONTACT = "contact"
"""What leads the view of callable cases when they are few: the time from which each may be contacted."""

_CALLABLE = "c.open = 1 AND c.contact_from IS NOT NULL AND c.state NOT IN ('escalated','appealed')"

VIEWS = {
    View.ALL: "c.open = 1",
    View.MINE: "c.open = 1 AND c.owner_id = :agent_id",
    View.DUE_SOON: "c.open = 1 AND c.due_at <= :soon",
    View.FOLLOW_UPS: "c.open = 1 AND c.follow_up_at < :day_end",
    View.CALLABLE: f"{_CALLABLE} AND c.contact_from <= :now",
    View.TO_VERIFY: "c.open = 1 AND c.promised_at IS NOT NULL",
}
_SIFTED_VIEWS = {
    **VIEWS,
    View.FOLLOW_UPS: "c.open = 1 AND c.follow_up_at + 0 < :day_end",
    View.CALLABLE: f"{_CALLABLE} AND c.contact_from + 0 <= :now",
    View.TO_VERIFY: "c.open = 1 AND c.promised_at + 0 IS NOT NULL",
}
"""The views where another index leads than the view's own."""

_WITHOUT_INDEX = {
    View.MINE: "c.open = 1 AND c.owner_id + 0 = :agent_id",
    View.DUE_SOON: "c.open = 1 AND c.due_at + 0 <= :soon",
}
"""The views that otherwise only their own index leads."""

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
"""Filters that have an index, the most telling first. In the view of all cases the first one leads and gives the
order too; in the others one leads when it leaves few cases, which are then sorted."""

_SIFTED_BY = {
    "owner": "c.owner_id + 0 = :owner_id",
    "cause": "c.cause || '' = :cause",
    "state": "c.state || '' = :state",
    "platform": "c.platform || '' = :platform",
    "nobody": "c.owner_id IS NULL",
}

PARTS = ("owner", "cause", "state", "platform", "nobody", "closed")
"""What a filter may consist of, as the statements see it; a filter for closed cases is both `state` and `closed`."""


@dataclass(frozen=True, slots=True)
class Sift:
    """A condition beside those of a filter: as `sifted` no index answers it, as `led` the index of `column` may."""

    sifted: str
    column: str
    led: str


Lead: TypeAlias = str | Sift | None
"""What leads a view: a filter, CONTACT, a sift, or the view's own order."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What a typed query asks beside a filter. `reaches_closed` asks the view of all cases for closed ones too."""

    sifts: tuple[Sift, ...] = ()
    reaches_closed: bool = False

    @property
    def sifting(self) -> str:
        """All of it as one condition that no index answers."""
        return " AND ".join(sift.sifted for sift in self.sifts) or "1 = 1"


NOTHING = Rest()

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
ROW = f"SELECT {COLUMNS} FROM review_case c {BESIDE} WHERE c.id = :case_id AND c.withdrawn_at IS NULL"
ROW_OF_REVIEW = f"SELECT {COLUMNS} FROM review_case c {BESIDE} WHERE c.review_id = :review_id"
CASE_OF_REVIEW = "SELECT c.id FROM review_case c WHERE c.review_id = :review_id"

_THERE = "c.withdrawn_at IS NULL"
"""Not taken back with the import that opened it. What is open is always there, so only who reaches for closed cases
asks."""

CLOSED_TODAY = f"""
SELECT count(*) FROM (SELECT 1 FROM review_case c WHERE c.closed_at >= :day_start AND {_THERE} LIMIT :ceiling) k
"""


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


def condition(view: View, has: tuple[str, ...], lead: str | None = None) -> str:
    """Which cases a narrowed view holds, as a condition on `review_case c` that lets the index of `lead` be used:
    a filter, CONTACT, or None for the view's own order."""
    if view is View.ALL:
        lead = first_lead(has)
    if view is View.ALL and "closed" in has:
        lead = "state"
        said = [_LED_BY[lead], _THERE]
    elif view in (View.ALL, View.MINE) or lead == CONTACT or (lead is None and view is not View.CALLABLE):
        said = [VIEWS[view]]
        said.extend([_LED_BY[lead]] if lead in _LED_BY else [])
    else:
        said = [_SIFTED_VIEWS[view]]
        said.extend([_LED_BY[lead]] if lead else [])
    said.extend(_SIFTED_BY[part] for part in has if part in _SIFTED_BY and part != lead)
    return " AND ".join(said)


def where(view: View, has: tuple[str, ...], lead: Lead = None, rest: Rest = NOTHING) -> str:
    """As `condition`, with the rest of a query beside the filter."""
    if isinstance(lead, Sift):
        said = [lead.led, _WITHOUT_INDEX.get(view, _SIFTED_VIEWS[view])]
        said += [_SIFTED_BY[part] for part in has if part in _SIFTED_BY]
        said += [sift.sifted for sift in rest.sifts if sift is not lead]
        return " AND ".join(said)
    said = [search_condition(view, has) if rest.reaches_closed else condition(view, has, lead)]
    in_order = lead is None or view in (View.ALL, View.MINE)
    for sift in rest.sifts:
        said.append(sift.led if in_order and sift.column == ORDER_COLUMN[view] else sift.sifted)
    return " AND ".join(said)


def first_lead(has: tuple[str, ...]) -> str | None:
    """The most telling filter."""
    return next((part for part in _LED_BY if part in has), None)


def leads(view: View, has: tuple[str, ...], rest: Rest = NOTHING) -> Iterator[str | Sift]:
    """What may lead a view instead of its own order, when it leaves few cases; the most telling first."""
    if "closed" not in has and not rest.reaches_closed:
        yield from (sift for sift in rest.sifts if sift.column not in ("", ORDER_COLUMN[view]))
    if view in (View.ALL, View.MINE):
        return
    yield from (part for part in _LED_BY if part in has)
    if view is View.CALLABLE:
        yield CONTACT


def lead_size(lead: str | Sift) -> str:
    """How many open cases a lead leaves, stopping at :ceiling."""
    if isinstance(lead, Sift):
        # The index of states holds no word on what is open, and a sift that leads names no closed state.
        left = lead.led if lead.column == "state" else f"c.open = 1 AND {lead.led}"
    else:
        left = VIEWS[View.CALLABLE] if lead == CONTACT else f"c.open = 1 AND {_LED_BY[lead]}"
    return f"SELECT count(*) FROM (SELECT 1 FROM review_case c WHERE {left} LIMIT :ceiling) k"


def search_condition(view: View, has: tuple[str, ...]) -> str:
    """As `condition`; but a search in the view of all cases looks at closed ones too."""
    if view is not View.ALL or "state" in has:
        return condition(view, has)
    lead = first_lead(has)
    said = [_LED_BY[lead]] if lead else []
    return " AND ".join([*said, _THERE, *(_SIFTED_BY[part] for part in has if part != lead)])


def page(
    view: View,
    has: tuple[str, ...],
    *,
    keyed: bool,
    forward: bool,
    lead: Lead = None,
    rest: Rest = NOTHING,
) -> str:
    """Lines of a narrowed view in its order or, backwards, against it; after or before :at, :id when `keyed`."""
    time = f"c.{ORDER_COLUMN[view]}"
    if lead is not None:
        time += " + 0"
    key = (_FORWARD if forward else _BACKWARD).format(time=time) if keyed else ""
    order = f"{time} ASC, c.id DESC" if forward else f"{time} DESC, c.id ASC"
    which = where(view, has, lead, rest) + key
    chosen = f"SELECT c.id FROM review_case c WHERE {which} ORDER BY {order} LIMIT :limit"
    return f"SELECT {COLUMNS} FROM ({chosen}) k JOIN review_case c ON c.id = k.id {BESIDE}"


def every(view: View, has: tuple[str, ...], lead: Lead = None, rest: Rest = NOTHING) -> str:
    """The numbers of all cases of a narrowed view in its order."""
    which = where(view, has, lead, rest)
    return f"SELECT c.id FROM review_case c WHERE {which} ORDER BY c.{ORDER_COLUMN[view]} + 0 ASC, c.id DESC"


def size(view: View, has: tuple[str, ...] = (), lead: Lead = None, rest: Rest = NOTHING) -> str:
    """How many cases a narrowed view holds, stopping at :ceiling."""
    if view is View.CALLABLE and lead is None and not has and not rest.sifts:
        lead = CONTACT
    which = where(view, has, lead, rest)
    return f"SELECT count(*) FROM (SELECT 1 FROM review_case c WHERE {which} LIMIT :ceiling) k"


def possible_parts() -> Iterator[tuple[str, ...]]:
    """Every combination of parts that a filter can have."""
    for has in chain.from_iterable(combinations(PARTS, count) for count in range(len(PARTS) + 1)):
        if not {"owner", "nobody"} <= set(has) and ("closed" not in has or "state" in has):
            yield has


def statements() -> Iterator[tuple[str, str]]:
    """Every statement of the inbox by name."""
    yield "row", ROW
    yield "row_of_review", ROW_OF_REVIEW
    yield "case_of_review", CASE_OF_REVIEW
    yield "closed_today", CLOSED_TODAY
    for led_by in (*_LED_BY, CONTACT):
        yield f"lead-{led_by}", lead_size(led_by)
    for view in View:
        for has in possible_parts():
            for lead in (None, *leads(view, has)):
                name = "-".join((view, *has, f"led by {lead}"))
                yield f"{name}-size", size(view, has, lead)
                for keyed in (False, True):
                    for forward in (False, True):
                        yield (
                            f"{name}-{'keyed' if keyed else 'all'}-{'on' if forward else 'back'}",
                            page(view, has, keyed=keyed, forward=forward, lead=lead),
                        )
