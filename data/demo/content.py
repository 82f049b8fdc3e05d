"""What the demo tells, read from `shop.toml` and `cases.toml` beside this file. A key that is not known is an error."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop; `number` is how the platform's files name it where they do not say its name."""

    id: str
    platform: str
    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works in the shop."""

    login: str
    name: str
    title: str
    role: str


@dataclass(frozen=True, slots=True)
class Product:
    """Something that is sold; the price as it stands on the page."""

    title: str
    price: str
    number: int


@dataclass(frozen=True, slots=True)
class Change:
    """What the buyer or the shop did to a review later, and in which import it is seen."""

    kind: str
    seen: str
    text: str
    at: str = ""
    grade: str = ""
    stars: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A review: of a case, of an earlier order of the same buyer, or of somebody who was content."""

    id: str
    shop: str
    product: str
    nick: str
    buyer: str
    written: str
    seen: str
    text: str
    grade: str = "good"
    stars: int = 5
    variant: str = ""
    late_days: int = 0
    number: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody did about a case; `how` holds what this kind of act needs."""

    case: str
    do: str
    who: str
    at: str
    how: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """The whole demo as it is told, times still unresolved."""

    shops: Mapping[str, Shop]
    people: tuple[Person, ...]
    imports: Mapping[str, str]
    products: Mapping[str, Product]
    orders: Mapping[str, Any]
    reviews: tuple[Told, ...]
    deeds: tuple[Deed, ...]
    levels: Mapping[str, str]
    """The level of a buyer's account by case, where the platform shows one."""

    shows: Mapping[str, str]
    """Which kind of buyer a case is an example of; known to the tests only."""


def load() -> Content:
    """Read both files. Raises KeyError, TypeError or ValueError for a mistake in them, which a test finds first."""
    shop = _toml("shop.toml")
    cases = _toml("cases.toml")["case"]
    reviews: list[Told] = []
    deeds: list[Deed] = []
    for case in cases:
        for act in case.pop("acts", ()):
            do, who, at = act.pop("do"), act.pop("who"), act.pop("at")
            deeds.append(Deed(case["id"], do, who, at, act))
    levels = {case["id"]: case.pop("level") for case in cases if "level" in case}
    shows = {case["id"]: case.pop("shows") for case in cases if "shows" in case}
    for case in cases:
        reviews += _earlier(case)
        changes = tuple(Change(**change) for change in case.pop("changes", ()))
        reviews.append(Told(buyer=case["id"], changes=changes, **case))
    for number, praise in enumerate(shop.pop("content")):
        reviews.append(Told(id=f"content-{number}", buyer=f"content-{number}", **praise))
    return Content(
        shops={each["id"]: Shop(**each) for each in shop["shop"]},
        people=tuple(Person(**each) for each in shop["agent"]),
        imports=shop["imports"],
        products={name: Product(**each) for name, each in shop["products"].items()},
        orders=shop["orders"],
        reviews=tuple(reviews),
        deeds=tuple(deeds),
        levels=levels,
        shows=shows,
    )


def digits(told: str, count: int) -> str:
    """So many digits that are always the same for the same words, and no leading zero: made-up ids and numbers."""
    number = int.from_bytes(hashlib.sha256(told.encode()).digest())
    return str(number % (9 * 10 ** (count - 1)) + 10 ** (count - 1))


def _earlier(case: dict[str, Any]) -> list[Told]:
    return [
        Told(
            id=f"{case['id']}-{number}",
            buyer=case["id"],
            shop=case["shop"],
            nick=case["nick"],
            seen="three_weeks",
            **earlier,
        )
        for number, earlier in enumerate(case.pop("earlier", ()))
    ]


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
