"""One row's values become a review or an order: ids, times, ratings and money are read, or the row is refused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import tzinfo

from data.clock import zone
from data.language import _
from data.money import parse_money
from data.settings import Grades
from data.sources.cells import CellRefused, clean_id, clean_line, clean_phone, clean_text, clean_time, shown
from data.sources.column_map import ColumnMap, plain
from data.sources.rows import ImportedOrder, ImportedPhone, ImportedReview
from data.vocabulary import Grade

Imported = ImportedReview | ImportedOrder

_STARS = re.compile(r"([0-9])(?:\.0+)?(?:星|分|颗星|stars?)?")
_NUMBER = re.compile(r"([0-9])(?:\.0+)?")
_BETWEEN_PICTURES = re.compile(r"[\s,;|\[\]\"]+")
_TRACKING_PREFIX = re.compile(r"^no[:.]", re.IGNORECASE)

_REVIEW_FIELDS = (
    *("review_id", "order_id", "buyer_id", "buyer_nick", "shop_id", "shop_name", "product_id", "product", "variant"),
    *("rating", "rank", "headline", "text", "created_at", "appended_text", "appended_at", "reply", "pictures"),
    "email",
)
_ORDER_FIELDS = (
    *("order_id", "buyer_id", "buyer_nick", "shop_id", "shop_name", "product_id", "product", "variant", "amount"),
    *("paid_at", "sent_at", "expected_at", "signed_at", "carrier", "tracking", "status", "name", "phone"),
    *("phone_extension", "phone_expires_at", "address"),
)


def fields_of(one: ColumnMap) -> list[tuple[str, tuple[str, ...]]]:
    """Each field with the names of its columns, in the order in which rows are built; then what `only` looks at."""
    names = _REVIEW_FIELDS if one.kind == "reviews" else _ORDER_FIELDS
    return [(name, one.columns.get(name, ())) for name in names] + [(name, (name,)) for name in one.only]


def grade_of(rating: int, stars: bool, split: Grades) -> Grade:
    """The grade of a rating of one to five: by the settings' split of stars, or as the platform's own three grades."""
    if not stars:
        return Grade.GOOD if rating > 3 else Grade.NEUTRAL if rating == 3 else Grade.BAD
    if rating <= split.bad_max:
        return Grade.BAD
    return Grade.NEUTRAL if rating <= split.neutral_max else Grade.GOOD


class _Names(dict[str, str]):
    """What the file calls each field's column; the field's own name as long as nothing is known."""

    def __missing__(self, field: str) -> str:
        return field


class Rows:
    """What reviews and orders share: ids, names, times of one map."""

    def __init__(self, one: ColumnMap, shop_zone: tzinfo) -> None:
        self.names = _Names()
        self._map = one
        self._zone = zone(one.zone) if one.zone else shop_zone
        self._only = [(name, frozenset(map(plain, allowed))) for name, allowed in one.only.items()]
        self._simple_key = len(one.key) == 1 and not one.hashed_key
        self._fields = [name for name, _aliases in fields_of(one)]

    def __call__(self, line: int, values: Sequence[str]) -> Imported:
        """The row, or CellRefused."""
        raise NotImplementedError

    def _check_only(self, said: Sequence[str]) -> None:
        """Raise CellRefused when the row says that it is not for us."""
        for (name, allowed), text in zip(self._only, said, strict=True):
            if text.strip() and plain(text) not in allowed:
                raise CellRefused(
                    _("{column} is {text}: this row is none of the buyers' own.").format(
                        column=self.names[name], text=shown(text)
                    )
                )

    def _key(self, values: Sequence[str]) -> str:
        told = dict(zip(self._fields, values, strict=True))
        parts = []
        for field in self._map.key:
            value = told[field]
            part = self._hashed(field, value) if self._map.hashed_key else clean_id(value, self.names[field])
            if not part:
                raise self._empty(field)
            parts.append(part)
        if self._map.hashed_key:
            return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
        return ":".join(parts)

    def _hashed(self, field: str, value: str) -> str:
        """What of a field goes into a hash: what stays the same when another program has written the file anew."""
        if field in ("created_at", "appended_at"):
            return str(self._time(field, value) or "")
        return clean_line(value).casefold()

    def _empty(self, field: str) -> CellRefused:
        return CellRefused(_("{column} is empty.").format(column=self.names[field]))

    def _id(self, field: str, value: str) -> str | None:
        return (clean_id(value, self.names[field]) or None) if value else None

    def _time(self, field: str, value: str) -> int | None:
        if not value or value.strip() in ("", "0", "-"):
            return None
        return clean_time(value, self.names[field], self._map.times, self._zone)


def _line(value: str) -> str | None:
    return (clean_line(value) or None) if value else None


def _by_mail(address: str) -> str | None:
    """Who the buyer is by the address of their mail, which itself is not kept; the same person is to be known again."""
    mail = clean_line(address).casefold()
    return f"mail-{hashlib.sha256(mail.encode()).hexdigest()[:24]}" if mail else None


class Reviews(Rows):
    """Builds reviews."""

    def __init__(self, one: ColumnMap, split: Grades, shop_zone: tzinfo) -> None:
        super().__init__(one, shop_zone)
        self._split = split

    def __call__(self, line: int, values: Sequence[str]) -> ImportedReview:
        """The review that the row tells, or CellRefused."""
        review_id, order_id, buyer_id, nick, shop_id, shop_name, product_id, product, variant = values[:9]
        stars, rank, headline, text, created, appended, appended_at, reply, pictures, email = values[9:19]
        if self._only:
            self._check_only(values[19:])
        key = clean_id(review_id, self.names["review_id"]) if self._simple_key else self._key(values)
        if not key:
            raise self._empty("review_id")
        raw, rating, scale, grade = self._rating(stars, rank)
        created_at = self._time("created_at", created)
        if created_at is None:
            raise self._empty("created_at")
        return ImportedReview(
            line,
            key,
            grade,
            rating,
            raw,
            scale,
            clean_text(f"{headline}\n{text}" if headline and not headline.isspace() else text, self.names["text"]),
            created_at,
            self._id("order_id", order_id),
            _line(shop_name),
            self._id("shop_id", shop_id),
            self._id("buyer_id", buyer_id) or _by_mail(email),
            clean_line(nick),
            clean_line(product),
            self._id("product_id", product_id),
            _line(variant),
            self._words("appended_text", appended) if appended else None,
            self._time("appended_at", appended_at) if appended_at else None,
            self._words("reply", reply) if reply else None,
            len([part for part in _BETWEEN_PICTURES.split(pictures) if part]) if pictures else 0,
        )

    def _rating(self, stars: str, rank: str) -> tuple[str, int, str, Grade]:
        """What stood there, one to five, the scale and the grade: from the stars, else from the platform's grades.

        A word such as 差评 in the column of the stars is one of the grades, and 1星 among the grades is stars; a bare
        number means what its column says.
        """
        one = self._map
        field, value = ("rating", stars) if stars.strip() or not rank.strip() else ("rank", rank)
        known = one.ratings if field == "rating" else one.ranks
        rating, of_stars = known.get(value), one.stars if field == "rating" else False
        raw = value
        if rating is None:
            raw = clean_line(value)
            word = plain(raw)
            form = _STARS if of_stars else _NUMBER
            rating = known.get(word) or (known.get(found[1]) if (found := form.fullmatch(word)) else None)
            if rating is None and not _NUMBER.fullmatch(word):
                found = _STARS.fullmatch(word)
                if field == "rating" and word in one.ranks:
                    rating, of_stars, field = one.ranks[word], False, "rank"
                elif field == "rank" and one.stars and (found or word in one.ratings):
                    rating, of_stars, field = one.ratings.get(found[1] if found else word), True, "rating"
        if rating is None:
            raise CellRefused(
                _("{column} is {text}, which is no rating here.").format(column=self.names[field], text=shown(raw))
            )
        scale = one.scale if field == "rating" else one.rank_scale
        return raw, rating, scale, grade_of(rating, of_stars, self._split)

    def _words(self, field: str, value: str) -> str | None:
        return None if value.isspace() else clean_text(value, self.names[field])


class Orders(Rows):
    """Builds orders."""

    def __call__(self, line: int, values: Sequence[str]) -> ImportedOrder:
        """The order that the row tells, or CellRefused."""
        _key, buyer_id, nick, shop_id, shop_name, product_id, product, variant, amount = values[:9]
        paid, sent, expected, signed, carrier, tracking, status, name, phone, extension, expires, address = values[9:21]
        if self._only:
            self._check_only(values[21:])
        return ImportedOrder(
            line=line,
            external_id=self._key(values),
            shop_name=_line(shop_name),
            shop_external_id=self._id("shop_id", shop_id),
            buyer_uid=self._id("buyer_id", buyer_id),
            nick=clean_line(nick),
            product=clean_line(product),
            product_external_id=self._id("product_id", product_id),
            variant=_line(variant),
            amount_minor=self._money(amount),
            currency=self._map.currency,
            paid_at=self._time("paid_at", paid),
            sent_at=self._time("sent_at", sent),
            expected_at=self._time("expected_at", expected),
            signed_at=self._time("signed_at", signed),
            carrier=_line(carrier),
            tracking=self._id("tracking", _TRACKING_PREFIX.sub("", tracking.strip())),
            status=_line(status),
            name=_line(name),
            phone=self._phone(phone, extension, expires),
            address=_line(address),
        )

    def _money(self, value: str) -> int | None:
        if not value.strip():
            return None
        try:
            return parse_money(value.strip(), self._map.currency)
        except ValueError as error:
            raise CellRefused(f"{self.names['amount']}: {error}") from error

    def _phone(self, value: str, extension: str, expires: str) -> ImportedPhone | None:
        phone = clean_phone(value, self.names["phone"]) if value else None
        if phone is None:
            return None
        beyond = self._id("phone_extension", extension) or phone.extension
        expires_at = self._time("phone_expires_at", expires)
        virtual = phone.virtual or beyond is not None or expires_at is not None
        return ImportedPhone(phone.number, beyond, virtual, expires_at)
