"""Reads in the same process: a page of any view, the counts, a search of one, two, three and ten characters."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from data.rows import Filter, View
from tests.bench.figures import Unmeasurable, figure, median
from tests.bench.floor import Floor, opened
from tests.bench.ground import Ground

REPEATS: Final = 7
DEEP: Final = 20
"""Pages down a view before the page that counts as one from its middle."""
LENGTHS: Final = (1, 2, 3, 10)
TEXTS: Final = 12

Times = dict[str, list[float]]
"""Milliseconds of every repeat, by what was read."""


def _timed(read: Callable[[], object]) -> list[float]:
    found = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        read()
        found.append((time.perf_counter() - begun) * 1000)
    return found


def pages(ground: Ground) -> Times:
    """The first, a middle and the last page of every view."""
    with opened(ground.working, ground.now) as floor:
        return {name: _timed(read) for view in View for name, read in _pages(floor, view, Filter())}


def narrowed_pages(ground: Ground) -> Times:
    """The same of the view of all cases, narrowed by each thing that can narrow it."""
    with opened(ground.working, ground.now) as floor:
        rows = floor.first_page()
        if not rows:
            raise Unmeasurable("the inbox is empty")
        row = next((one for one in rows if one.cause), rows[0])
        filters = [
            Filter(platform=row.platform),
            Filter(cause=row.cause),
            Filter(state="closed"),
            Filter(owner_id=0),
            Filter(platform=row.platform, cause=row.cause, state="new"),
        ]
        return {name: _timed(read) for one in filters for name, read in _pages(floor, View.ALL, one)}


def _pages(floor: Floor, view: View, narrowed: Filter) -> Iterator[tuple[str, Callable[[], object]]]:
    name = f"{view} {narrowed}"
    yield f"{name} first", lambda: floor.page(view, narrowed)
    yield f"{name} last", lambda: floor.page(view, narrowed, last=True)
    page = floor.page(view, narrowed)
    for _ in range(DEEP):
        if not page.more_after:
            break
        page = floor.page(view, narrowed, after=page.rows[-1].key)
    if page.rows:
        key = page.rows[0].key
        yield f"{name} middle", lambda: floor.page(view, narrowed, after=key)
        yield f"{name} back", lambda: floor.page(view, narrowed, before=key)


def counts(ground: Ground) -> Times:
    """The numbers beside the views."""
    with opened(ground.working, ground.now) as floor:
        return {"counts": _timed(floor.counts)}


def searches(ground: Ground) -> dict[int, Times]:
    """What agents type: pieces of real texts, and words that nobody wrote."""
    texts = [
        text
        for (text,) in ground.asked(
            "SELECT review.text FROM review_case JOIN review ON review.id = review_case.review_id"
            f" WHERE review_case.open = 1 AND length(review.text) >= 24 ORDER BY review_case.id LIMIT {TEXTS}"
        )
    ]
    if not texts:
        raise Unmeasurable("there is no text to search for")
    with opened(ground.working, ground.now) as floor:
        return {length: _searched(floor, texts, length) for length in LENGTHS}


def _searched(floor: Floor, texts: list[str], length: int) -> Times:
    typed = {text[at : at + length] for at, text in enumerate(texts)} | {"龘靐齉爩麤灪龖厵纞虋"[:length]}
    typed = {one for one in typed if len(one.strip()) == length}
    blank = Filter()
    return {one: _timed(_search(floor, replace(blank, search=one))) for one in sorted(typed)}


def _search(floor: Floor, narrowed: Filter) -> Callable[[], object]:
    return lambda: floor.page(View.ALL, narrowed)


def _slowest(times: Times) -> float:
    """The median of what is slowest: a bound on it bounds everything of its kind."""
    return max(median(one) for one in times.values())


def _worst(times: Times) -> float:
    return max(max(one) for one in times.values())


@figure("page", "a page of any view: the slowest of them", 5, "ms")
def _page(ground: Ground) -> float:
    return _slowest(ground.once(pages))


@figure("page.worst", "a page of any view: the worst single read", None, "ms")
def _page_worst(ground: Ground) -> float:
    return _worst(ground.once(pages))


@figure("page.narrowed", "a page of a filtered view: the slowest of them", 5, "ms")
def _narrowed(ground: Ground) -> float:
    return _slowest(ground.once(narrowed_pages))


@figure("page.narrowed.worst", "a page of a filtered view: the worst single read", None, "ms")
def _narrowed_worst(ground: Ground) -> float:
    return _worst(ground.once(narrowed_pages))


@figure("counts", "the counts", 5, "ms")
def _counts(ground: Ground) -> float:
    return _slowest(ground.once(counts))


@figure("counts.worst", "the counts: the worst single read", None, "ms")
def _counts_worst(ground: Ground) -> float:
    return _worst(ground.once(counts))


def _register(length: int) -> None:
    plural = "character" if length == 1 else "characters"

    @figure(f"search.{length}", f"a search of {length} {plural}: the slowest of several", 30, "ms")
    def _slow(ground: Ground) -> float:
        return _slowest(ground.once(searches)[length])

    @figure(f"search.{length}.median", f"a search of {length} {plural}: median", None, "ms")
    def _median(ground: Ground) -> float:
        return median(median(one) for one in ground.once(searches)[length].values())

    @figure(f"search.{length}.worst", f"a search of {length} {plural}: the worst single read", None, "ms")
    def _bad(ground: Ground) -> float:
        return _worst(ground.once(searches)[length])


for _length in LENGTHS:
    _register(_length)
