"""Random buyers: what they write, who they are to the platform, and what they do about their reviews later."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from random import Random

from data.clock import DAY, HOUR
from data.sources.rows import ImportedOrder, ImportedPhone, ImportedReview
from data.vocabulary import Grade

TEXTS = (
    "太短了,穿了几天腰里裂了口",
    "还好吧",
    "安装师傅态度差还乱收费",
    "等了八天才到",
    "和图片不一样",
    "用了两次就坏",
)
_STARS = {Grade.BAD: (1, 2), Grade.NEUTRAL: (3,), Grade.GOOD: (4, 5)}


@dataclass
class Written:
    """A review as its buyer has it on the platform now, and the shop where it stands."""

    shop: str
    row: ImportedReview


@dataclass
class Buyers:
    """Everybody who bought; deterministic by the given randomness."""

    random: Random
    uids: dict[str, list[str]] = field(default_factory=dict)
    reviews: dict[str, Written] = field(default_factory=dict)
    _later: list[tuple[int, int, str, str]] = field(default_factory=list)
    _count: int = 0

    def review(self, shop: str, now: int) -> tuple[ImportedOrder, ImportedReview]:
        """A new order and its bad or neutral review; now and then a good one, which may sink later."""
        self._count += 1
        number, random = self._count, self.random
        known = self.uids.setdefault(shop[:2], [])
        if known and random.random() < 0.3:
            uid = random.choice(known)
        else:
            uid = f"u{number}"
            known.append(uid)
        grade = random.choices((Grade.BAD, Grade.NEUTRAL, Grade.GOOD), (60, 37, 3))[0]
        row = ImportedReview(
            line=1,
            external_id=f"r{number}",
            grade=grade,
            rating=random.choice(_STARS[grade]),
            raw_rating=grade.value,
            raw_scale="good/neutral/bad",
            text=random.choice(TEXTS),
            created_at=now - random.randrange(HOUR, 3 * DAY),
            order_external_id=f"o{number}",
            shop_name=shop,
            buyer_uid=uid,
            nick=f"t**{number % 10}",
            product=f"商品{number % 40}",
        )
        self.reviews[row.external_id] = Written(shop, row)
        if random.random() < 0.04:
            self.changes(row.external_id, now + random.randrange(DAY, 20 * DAY), random.choice(("worse", "append")))
        return self._order(row, number, now), row

    def _order(self, row: ImportedReview, number: int, now: int) -> ImportedOrder:
        random, phone = self.random, None
        if random.random() < 0.9:
            virtual = random.random() < 0.7
            phone = ImportedPhone(
                number=f"1{random.choice('3578')}{number:09}"[:11],
                extension=f"{random.randrange(1000, 9999)}" if virtual and random.random() < 0.6 else None,
                virtual=virtual,
                expires_at=now + random.randrange(2 * DAY, 40 * DAY) if virtual else None,
            )
        return ImportedOrder(
            line=1,
            external_id=row.order_external_id or "",
            shop_name=row.shop_name,
            buyer_uid=row.buyer_uid,
            nick=row.nick,
            product=row.product,
            paid_at=row.created_at - 6 * DAY,
            signed_at=row.created_at - DAY,
            name="王小明",
            phone=phone,
        )

    def changes(self, external_id: str, at: int, how: str) -> None:
        """The buyer will do something about the review then: better, worse, append, reword or none of it."""
        self._count += 1
        heapq.heappush(self._later, (at, self._count, external_id, how))

    def changed(self, now: int) -> list[Written]:
        """The reviews that have changed by now, each as it stands after its last change."""
        found: dict[str, Written] = {}
        while self._later and self._later[0][0] <= now:
            at, _number, external_id, how = heapq.heappop(self._later)
            written = self.reviews[external_id]
            written.row = self._after(written.row, how, at)
            found[external_id] = written
        return list(found.values())

    def _after(self, row: ImportedReview, how: str, at: int) -> ImportedReview:
        if how == "append":
            return row._replace(appended_text=f"追加{self.random.randrange(1000)}", appended_at=at)
        if how == "reword":
            return row._replace(text=f"{self.random.choice(TEXTS)} {self.random.randrange(1000)}")
        if how == "better":
            grade = Grade.NEUTRAL if row.grade is Grade.BAD and self.random.random() < 0.2 else Grade.GOOD
        else:
            grade = Grade.BAD
        return row._replace(grade=grade, rating=self.random.choice(_STARS[grade]), raw_rating=grade.value)
