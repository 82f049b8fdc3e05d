"""A large database for the bench: always the same one, made by plain SQL.

    python -m tests.bench.make_database FILE [--reviews N]

Of N reviews three in ten have a case and two in ten an open one. Platforms, owners, causes, due times, promises,
follow-ups and contacts are spread as in a shop; the search index is complete and the log's chain verifies.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from data.casework.chain import NewEvent, append_events
from data.clock import DAY, HOUR, MINUTE, parse_iso
from data.search import index_range
from data.store.migrate import MIGRATIONS, migrate
from data.store.open import connect
from data.vocabulary import EventKind
from tests.bench import review_texts

T = TypeVar("T")

NOW_TEXT: Final = "2026-11-20T10:42:00+08:00"
"""The moment for which the database was made: a weekday morning, in contact hours."""

NOW: Final = parse_iso(NOW_TEXT, ZoneInfo("Asia/Shanghai"))
SEED: Final = 20_261_120
AGENTS: Final = 50
SHOPS: Final = (
    ("taobao", "回暖旗舰店", 45),
    ("tmall", "回暖天猫店", 20),
    ("pdd", "回暖拼多多店", 20),
    ("jd", "回暖京东店", 8),
    ("douyin", "回暖抖音店", 4),
    ("judgeme", "Amends Abroad", 3),
)
PRODUCTS: Final = 2_000
STEP: Final = 20_000
EVENTFUL: Final = 20_000
"""Cases whose history is in the log; a longer log costs only time to make."""

_OPEN_STATES = ("new", "working", "waiting_buyer", "waiting_us", "scheduled", "escalated", "appealed")
_STATE_WEIGHTS = (60, 8, 12, 6, 10, 2, 2)
_RESULTS = ("verified", "kept", "declined", "unreachable", "do_not_contact", "none")
_CAUSES = ("Q1", "Q2", "Q3", "Q4", "X1", "X2", "X3", "V1", "V2", "V3", "V5", "L1", "L2", "L3", "U2", "U3", "M1", None)
_CAUSE_WEIGHTS = (14, 5, 9, 3, 7, 8, 4, 4, 5, 4, 5, 6, 4, 4, 3, 4, 1, 10)
_OUTCOMES = (("no_answer", "unreachable_retry"), ("right_party", "promised"), ("right_party", "undecided"))


class _Maker:
    """The rows of one step after another, all from one row of random numbers."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.rng = random.Random(SEED)
        self.buyers = self.cases = self.contacts = 0
        self.shop_of = [number for number, shop in enumerate(SHOPS, 1) for _ in range(shop[2])]

    def people(self) -> None:
        """Shops, agents and products."""
        many = self.connection.executemany
        many(
            "INSERT INTO shop (id, platform, name, created_at) VALUES (?, ?, ?, ?)",
            [(number, platform, name, NOW - 800 * DAY) for number, (platform, name, _) in enumerate(SHOPS, 1)],
        )
        many(
            "INSERT INTO agent (id, login, name, title, created_at) VALUES (?, ?, ?, '售后客服', ?)",
            [(number, f"agent{number:02}", f"小{chr(0x4E00 + number)}", NOW) for number in range(1, AGENTS + 1)],
        )
        many(
            "INSERT INTO product (id, shop_id, key, title) VALUES (?, ?, ?, ?)",
            [
                (number, self.rng.choice(self.shop_of), f"p{number}", review_texts.product_title(self.rng))
                for number in range(1, PRODUCTS + 1)
            ],
        )

    def reviews(self, first: int, last: int, total: int) -> None:
        """Reviews `first` to `last` of `total`, oldest first, with orders and buyers; and their cases."""
        rng, buyers, orders, reviews, cased = self.rng, [], [], [], []
        for number in range(first, last + 1):
            created_at = NOW - round((total - number + 1) / total * 400 * DAY) - rng.randrange(60_000)
            if number % 10 == 1 or number == first:
                with_case = set(rng.sample(range(10), 3))
            shop = rng.choice(self.shop_of)
            platform = SHOPS[shop - 1][0]
            if self.buyers and rng.random() < 0.3:
                buyer = rng.randrange(max(1, self.buyers - 200_000), self.buyers + 1)
            else:
                self.buyers += 1
                buyer = self.buyers
                nick = f"{rng.choice('abcdehjklmnqstwxyz微小爱大')}**{rng.randrange(10)}"
                buyers.append((buyer, platform, f"b{buyer}", nick))
            order_id = f"{rng.randrange(10**18, 10**19)}"
            if platform == "pdd":
                order_id = f"{rng.randrange(251101, 261121)}-{order_id[:15]}"
            tracking = f"{rng.randrange(10**12, 10**13)}"
            paid_at = created_at - rng.randrange(3 * DAY, 12 * DAY)
            product = rng.randrange(1, PRODUCTS + 1)
            orders.append(
                (
                    *(number, shop, order_id, order_id[::-1], buyer, product),
                    *(rng.choice(("黑色 XL", "米色 M", None)), rng.randrange(990, 159_900)),
                    *(paid_at, paid_at + DAY, paid_at + 3 * DAY, tracking, tracking[::-1]),
                )
            )
            rating = rng.choice((1, 1, 3)) if number % 10 in with_case else 5
            grade = {1: "bad", 3: "neutral", 5: "good"}[rating]
            reviews.append(
                (
                    *(number, shop, f"{rng.randrange(10**17, 10**18)}{number % 10}", number, order_id, product, buyer),
                    *(grade, rating, grade, review_texts.review_text(rng), created_at, created_at + HOUR),
                )
            )
            if rating < 5:
                cased.append((number, shop, buyer, platform, grade, created_at))
        self._insert("buyer (id, platform, key, nick)", buyers)
        self._insert(
            "purchase (id, shop_id, external_id, external_id_reversed, buyer_id, product_id, variant, amount_minor,"
            " paid_at, sent_at, signed_at, tracking, tracking_reversed)",
            orders,
        )
        self._insert(
            "review (id, shop_id, external_id, purchase_id, order_external_id, product_id, buyer_id, grade, rating,"
            " raw_rating, text, created_at, seen_at, raw_scale)",
            [(*row, "bench") for row in reviews],
        )
        self._cases(cased)

    def _cases(self, cased: list[tuple[int, int, int, str, str, int]]) -> None:
        rows, personal, promises, follow_ups = [], [], [], []
        contacts: list[tuple[object, ...]] = []
        rng = self.rng
        for review, shop, buyer, platform, grade, created_at in cased:
            self.cases += 1
            case = self.cases
            # One in three is closed, the older ones rather than the newer ones of every three.
            closed = case % 3 == 1
            opened_at = created_at + HOUR
            state = "closed" if closed else rng.choices(_OPEN_STATES, _STATE_WEIGHTS)[0]
            worked = closed or state not in ("new",)
            due_at = NOW + round(rng.triangular(-4, 30, 1) * DAY) + rng.randrange(1000)
            owner = lease = follow_up_at = promised_at = contact_from = None
            if not closed and rng.random() < (0.6 if worked else 0.05):
                owner, lease = min(AGENTS, 1 + round(rng.expovariate(1 / 12))), NOW + 8 * HOUR
            if state == "waiting_buyer":
                follow_up_at = promised_at = due_at
                promises.append((case, "buyer", "revise", "open", NOW - 2 * DAY, due_at))
            if state in ("scheduled", "waiting_us"):
                follow_up_at = due_at
            if follow_up_at is not None:
                follow_ups.append((case, "callback", "open", due_at, NOW - DAY))
            if not closed and state not in ("escalated", "appealed") and rng.random() < 0.95:
                contact_from = opened_at if rng.random() < 0.8 else NOW + rng.randrange(3 * DAY)
            attempts = rng.randrange(1, 4) if worked and rng.random() < 0.7 else 0
            contacts.extend(self._contact(case, buyer, opened_at) for _ in range(attempts))
            rows.append(
                (
                    *(case, review, shop, buyer, platform, grade, state, rng.choice(_RESULTS) if closed else None),
                    *(rng.choices(_CAUSES, _CAUSE_WEIGHTS)[0], owner, lease, int(not closed), due_at, follow_up_at),
                    *(promised_at, contact_from, attempts, attempts, opened_at, created_at),
                    NOW - rng.randrange(200 * DAY) if closed else None,
                    None if closed else max(due_at, NOW + DAY),
                )
            )
            number = f"1{rng.randrange(3 * 10**9, 10**10)}"
            personal.append((buyer, review, "phone", number, opened_at))
            personal.append((buyer, review, "address", f"广东省 佛山市 季华路{rng.randrange(900)}号", opened_at))
        self._insert(
            "review_case (id, review_id, shop_id, buyer_id, platform, grade, state, result, cause, owner_id,"
            " lease_until, open, due_at, follow_up_at, promised_at, contact_from, attempts, calls, opened_at,"
            " reviewed_at, closed_at, clock_at)",
            rows,
        )
        self._insert("personal (buyer_id, purchase_id, kind, value, added_at)", personal)
        self._insert(
            "contact (id, case_id, buyer_id, agent_id, channel, started_at, ended_at, line, standing, note)", contacts
        )
        self._insert("promise (case_id, by_whom, kind, state, made_at, due_at)", promises)
        self._insert("follow_up (case_id, kind, state, due_at, set_at)", follow_ups)

    def _contact(self, case: int, buyer: int, opened_at: int) -> tuple[object, ...]:
        self.contacts += 1
        started_at = min(opened_at + self.rng.randrange(HOUR, 20 * DAY), NOW - self.rng.randrange(1, 5 * DAY))
        line, standing = self.rng.choice(_OUTCOMES)
        agent = self.rng.randrange(1, AGENTS + 1)
        return (self.contacts, case, buyer, agent, "phone", started_at, started_at + 3 * MINUTE, line, standing, "")

    def log(self) -> None:
        """How the newest cases were opened, as a chain of events."""
        newest = f"SELECT id, opened_at, platform FROM review_case ORDER BY id DESC LIMIT {EVENTFUL}"
        opened = sorted(self.connection.execute(newest))
        for start in range(0, len(opened), STEP):
            step = opened[start : start + STEP]
            ids = append_events(
                self.connection,
                [NewEvent(at=at, kind=EventKind.CASE_OPENED, case_id=case, to_state="new") for case, at, _ in step],
            )
            changes = zip(ids, (case for case, _, _ in step), strict=True)
            self.connection.executemany("UPDATE review_case SET last_event_id = ? WHERE id = ?", changes)

    def _insert(self, what: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self.connection.executemany(f"INSERT INTO {what} VALUES ({marks})", rows)


def make(path: Path, reviews: int, say: Callable[[str], None] = print) -> None:
    """Make the database at `path`, which must not exist, with that many reviews."""
    unfinished = path.with_name(path.name + ".part")
    for leftover in unfinished.parent.glob(unfinished.name + "*"):
        leftover.unlink()
    connection = connect(unfinished, create=True)
    migrate(connection, NOW)
    # Nothing reads it before it is whole, so nothing has to survive a crash; indexes are built at the end.
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {setting}")
    indexes = list(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"))
    for name, _sql in indexes:
        connection.execute(f"DROP INDEX {name}")
    _fill(connection, reviews, say)
    say("indexes")
    for _name, sql in indexes:
        connection.execute(sql)
    say("search index")
    while _in_transaction(connection, lambda: index_range(connection, STEP)):
        pass
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    unfinished.rename(path)


def _fill(connection: sqlite3.Connection, reviews: int, say: Callable[[str], None]) -> None:
    maker = _Maker(connection)
    _in_transaction(connection, maker.people)
    for first in range(1, reviews + 1, STEP):
        last = min(first + STEP - 1, reviews)
        _in_transaction(connection, partial(maker.reviews, first, last, reviews))
        if last % (10 * STEP) == 0:
            say(f"{last:,} reviews")
    _in_transaction(connection, maker.log)


def _in_transaction(connection: sqlite3.Connection, act: Callable[[], T]) -> T:
    connection.execute("BEGIN")
    done = act()
    connection.execute("COMMIT")
    return done


def cached(folder: Path, reviews: int, say: Callable[[str], None] = print) -> Path:
    """The database of that size in the folder; made when it is not there, or was made by other code or schema."""
    sources = [Path(__file__), Path(review_texts.__file__)]
    made_by = "\n".join([*(step.sql() for step in MIGRATIONS), *(source.read_text("utf-8") for source in sources)])
    path = folder / f"{reviews}-{hashlib.sha256(made_by.encode()).hexdigest()[:12]}.db"
    if not path.exists():
        for old in folder.glob(f"{reviews}-*.db*"):
            old.unlink()
        say(f"making a database of {reviews:,} reviews, once")
        make(path, reviews, say)
    return path


def main(arguments: list[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    asked = parser.parse_args(arguments)
    make(asked.file, asked.reviews)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
