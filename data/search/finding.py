"""Finding the cases of a view that hold what was typed, newest review first, some at a time.

Candidates come from the index of grams, from the B-trees of ids and nicks, from what is not indexed yet; `found`
decides. Where candidates would be too many (one character, the beginning that all order numbers of a day share),
walking the newest cases first is quicker, and its end is never guessed: what is returned is always exact.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from data.search.folding import Word, gram_characters, words
from data.search.index import PROGRESS

NARROW = 2_000
"""A view of at most so many cases is looked through whole."""

_WALKED = 4_000
_MOST_KNOWN = 5_000
_AT_ONCE = 200
_SAMPLED = 300
_COMMON = 1 / 30
"""A character in more than so many texts is found sooner by walking than by asking the index."""

_ASKED = 3
_UNBOUNDED = 1 << 62
_LAST_CHARACTER = "\U0010ffff"

_FOUND = (
    "search_found(:typed, r.text, r.appended_text, d.title, p.variant, b.nick, "
    "r.external_id, r.order_external_id, p.external_id, p.tracking)"
)
_BESIDE = """
LEFT JOIN review r ON r.id = c.review_id
LEFT JOIN buyer b ON b.id = c.buyer_id
LEFT JOIN product d ON d.id = r.product_id
LEFT JOIN purchase p ON p.id = r.purchase_id
"""
# Named, because without statistics the planner takes an index of the view and sorts all that it holds.
_CASES = "review_case c INDEXED BY sqlite_autoindex_review_case_1"

SAMPLE = f"""
SELECT r.text, d.title FROM review r LEFT JOIN product d ON d.id = r.product_id ORDER BY r.id DESC LIMIT {_SAMPLED}
"""
SIZE = "SELECT count(*) FROM (SELECT 1 FROM review_case c WHERE {scope} LIMIT :most)"
LOOK_THROUGH = f"SELECT c.review_id FROM review_case c {_BESIDE} WHERE {{scope}} AND {{sift}} AND {_FOUND}"
WALK = f"""
SELECT c.review_id, {{sift}} AND {_FOUND} FROM {_CASES} {_BESIDE}
WHERE {{scope}} AND c.review_id {{past}} :beyond AND c.review_id > :through ORDER BY c.review_id {{order}}
"""
PROPOSED = f"""
SELECT c.review_id FROM review_search CROSS JOIN {_CASES} ON c.review_id = review_search.rowid {_BESIDE}
WHERE review_search MATCH :match AND review_search.rowid {{past}} :beyond AND {{scope}} AND {{sift}} AND {_FOUND}
ORDER BY review_search.rowid {{order}} LIMIT :limit
"""
AMONG = f"""
SELECT c.review_id FROM json_each(:ids) i CROSS JOIN {_CASES} ON c.review_id = i.value {_BESIDE}
WHERE {{scope}} AND {{sift}} AND {_FOUND}
"""

_OF_PURCHASE = "SELECT r.id FROM purchase p JOIN review r ON r.purchase_id = p.id WHERE "
_OF_REVIEW = "SELECT r.id FROM review r WHERE "
_BETWEEN = "{column} >= :low AND {column} < :high LIMIT :most"
BEGINNING = (
    _OF_PURCHASE + _BETWEEN.format(column="p.external_id"),
    _OF_PURCHASE + _BETWEEN.format(column="p.tracking"),
    _OF_REVIEW + _BETWEEN.format(column="r.order_external_id"),
    _OF_REVIEW + _BETWEEN.format(column="r.external_id"),
)
"""Reviews of which an id begins like this."""

ENDING = (
    _OF_PURCHASE + _BETWEEN.format(column="p.external_id_reversed"),
    _OF_PURCHASE + _BETWEEN.format(column="p.tracking_reversed"),
)
"""Reviews whose order or parcel number ends like this."""

NICK = "SELECT r.id FROM buyer b JOIN review r ON r.buyer_id = b.id WHERE " + _BETWEEN.format(column="lower(b.nick)")


@dataclass(frozen=True, slots=True)
class Scope:
    """The cases that a search looks at: a condition on `review_case c`, and the values that it names.

    `sift` is a condition too, one that no index answers: it is asked only of cases that are looked at anyway.
    """

    condition: str
    named: Mapping[str, int | str]
    sift: str = "1 = 1"


@dataclass(frozen=True, slots=True)
class _Search:
    connection: sqlite3.Connection
    scope: Scope
    typed: str
    beyond: int
    newest_first: bool
    limit: int

    def sql(self, statement: str) -> str:
        return arranged(statement, self.scope, self.newest_first)

    def named(self, **more: int | str) -> dict[str, int | str]:
        return {**self.scope.named, "typed": self.typed, "beyond": self.beyond, "limit": self.limit, **more}


def arranged(statement: str, scope: Scope, newest_first: bool = True) -> str:
    """A statement of this module for one scope and one direction."""
    past, order = ("<", "DESC") if newest_first else (">", "ASC")
    return statement.format(scope=scope.condition, sift=scope.sift, past=past, order=order)


def find(
    connection: sqlite3.Connection,
    typed: str,
    scope: Scope,
    *,
    beyond: int | None = None,
    newest_first: bool = True,
    limit: int,
) -> list[int]:
    """The reviews of the scope's cases that hold every typed word, at most `limit`, in the direction asked for.

    `beyond` is the review before the first one: the search goes on from there. Nothing typed finds nothing.
    """
    # A half of a pair can be pasted but never stored, and the engine would not take it.
    typed = typed.encode("utf-8", "ignore").decode()
    asked = words(typed)
    if not asked or limit < 1:
        return []
    start = beyond if beyond is not None else _UNBOUNDED if newest_first else 0
    search = _Search(connection, scope, typed, start, newest_first, limit)
    size = connection.execute(arranged(SIZE, scope), {**scope.named, "most": NARROW + 1}).fetchone()[0]
    if size <= NARROW:
        return _looked_through(search)
    match, common = _match(connection, asked)
    known, all_known = _known(connection, asked, _MOST_KNOWN)
    if common or not all_known or not match:
        walked, finished = _walked(search, _WALKED if match else None)
        if finished:
            return walked
    if not all_known:
        known, _all = _known(connection, asked, _UNBOUNDED)
    return _merged(search, match, known)


def _match(connection: sqlite3.Connection, asked: tuple[Word, ...]) -> tuple[str, bool]:
    """The index's query for cases that may hold all words in their texts (empty when it cannot help), and whether
    so many do that walking finds a page sooner.

    Single characters, dear to look up, are left to `found` when there is a longer word. Of many grams a few rare
    ones are asked: the others would cost more than they sift out. What was typed stands in quotes, so that nothing
    of it is taken for the query's syntax.
    """
    telling = [word for word in asked if word.grams and not word.short] or [word for word in asked[:1] if word.grams]
    grams = list(dict.fromkeys(gram for word in telling for gram in word.grams))
    common = False
    if len(grams) > _ASKED:
        grams = _rare("\n".join(_sample(connection)), grams)
    elif len(grams) == 1 and len(grams[0]) == 1:
        sample = _sample(connection)
        common = sum(grams[0] in text for text in sample) > _COMMON * len(sample)
    return " AND ".join(f'"{gram}"' if len(gram) > 1 else f'"{gram}" *' for gram in grams), common


def _sample(connection: sqlite3.Connection) -> list[str]:
    """The newest texts, as grams see them: what is common in them is taken to be common."""
    return [gram_characters(f"{text}\n{title or ''}") for text, title in connection.execute(SAMPLE)]


def _rare(sample: str, grams: list[str]) -> list[str]:
    """The rarest grams, rarest first. Neighbours mostly belong to one phrase and sift out the same texts, so they
    come last."""
    rarest = sorted(range(len(grams)), key=lambda at: sample.count(grams[at]))
    chosen: list[int] = []
    for apart in (3, 1):
        for at in rarest:
            if all(abs(at - other) >= apart for other in chosen):
                chosen.append(at)
    return [grams[at] for at in chosen[:_ASKED]]


def _looked_through(search: _Search) -> list[int]:
    rows = search.connection.execute(search.sql(LOOK_THROUGH), search.named())
    past = (row[0] for row in rows if (row[0] < search.beyond) == search.newest_first and row[0] != search.beyond)
    return sorted(past, reverse=search.newest_first)[: search.limit]


def _walked(search: _Search, bound: int | None, through: int = 0) -> tuple[list[int], bool]:
    """What a walk from the beginning finds, and whether it found all that was asked for or came to the end."""
    hits: list[int] = []
    rows = search.connection.execute(search.sql(WALK), search.named(through=through))
    for looked_at, (review_id, hit) in enumerate(rows, 1):
        if hit:
            hits.append(review_id)
            if len(hits) == search.limit:
                return hits, True
        if looked_at == bound:
            return hits, False
    return hits, True


def _merged(search: _Search, match: str, known: set[int]) -> list[int]:
    """Either all words are in the texts, and the index proposes the case; or one is an id or a nick, and a B-tree
    knows it; or the review is not indexed yet."""
    through = search.connection.execute(PROGRESS).fetchone()[0]
    proposed = search.connection.execute(search.sql(PROPOSED), search.named(match=match))
    hits = {row[0] for row in proposed}
    hits.update(_among(search, known))
    hits.update(_walked(search, None, through)[0])
    return sorted(hits, reverse=search.newest_first)[: search.limit]


def _among(search: _Search, known: set[int]) -> set[int]:
    past = (one for one in known if one != search.beyond and (one < search.beyond) == search.newest_first)
    ordered = sorted(past, reverse=search.newest_first)
    hits: set[int] = set()
    for start in range(0, len(ordered), _AT_ONCE):
        ids = ",".join(map(str, ordered[start : start + _AT_ONCE]))
        hits.update(row[0] for row in search.connection.execute(search.sql(AMONG), search.named(ids=f"[{ids}]")))
        if len(hits) >= search.limit:
            break
    return hits


def _known(connection: sqlite3.Connection, typed: tuple[Word, ...], most: int) -> tuple[set[int], bool]:
    """Reviews that the B-trees know for a word, and whether these are all: more than `most` are not waited for."""
    asked = []
    for word in typed:
        asked.append((NICK, word.nick))
        for one in word.ids:
            asked.extend((statement, one) for statement in BEGINNING)
            asked.extend((statement, one[::-1]) for statement in ENDING)
    reviews: set[int] = set()
    for statement, low in asked:
        named = {"low": low, "high": low + _LAST_CHARACTER, "most": most}
        rows = connection.execute(statement, named).fetchall()
        reviews.update(row[0] for row in rows)
        if len(rows) == most:
            return reviews, False
    return reviews, True
