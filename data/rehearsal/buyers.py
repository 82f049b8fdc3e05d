"""The buyers of a rehearsal, read from TOML: who they are, what they bring up, what wins and what loses them, and how
they put it. Nobody in these files exists."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from data.errors import Refused
from data.language import _

_FOLDER = Path(__file__).parent

WINS = ("listening", "apology", "remedy")
"""What can calm a buyer: being heard out, an apology, an offer to make it right."""

LOSES = ("misheard", "pressing", "apologies")
"""What can anger a buyer: a choice that is not what they said, the question about the review while still angry, and
one apology after another."""

SETTLES = ("accepts", "declines")
ANSWERS = ("yes", "no", "think")


@dataclass(frozen=True, slots=True)
class Words:
    """What is said, by the place a choice leads to, by what a choice means, and by objection; any of them may lack."""

    to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    means: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    objections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    times: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """How a time is named that a choice stands for."""
    misheard: tuple[str, ...] = ()
    """Said first after a choice that was not what the buyer meant."""


@dataclass(frozen=True, slots=True)
class Brings:
    """An objection that a buyer brings up: in which stage (empty: in any), how likely of 100, how often at most."""

    objection: str
    stage: str = ""
    chance: int = 100
    times: int = 1


@dataclass(frozen=True, slots=True)
class Buyer:
    """One made-up buyer. `temper` is 0 (calm) to 100; `patience` is how many steps they stay on the line."""

    id: str
    title: str
    name: str
    nick: str
    product: str
    review: str
    grade: str
    cause: str
    platform: str
    temper: int
    patience: int
    wins: frozenset[str]
    loses: frozenset[str]
    settles: str
    answers: str
    brings: tuple[Brings, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Cast:
    """Every buyer who speaks a language, and what all of them say alike."""

    language: str
    words: Words
    buyers: tuple[Buyer, ...]

    def buyer(self, buyer_id: str) -> Buyer:
        """The buyer of that id. Raises Refused when there is none."""
        found = next((each for each in self.buyers if each.id == buyer_id), None)
        if found is None:
            raise Refused(
                _("No such buyer"),
                _("Nobody to practise with is called “{name}”.").format(name=buyer_id[:40]),
                _("Use one of: {known}.").format(known=", ".join(each.id for each in self.buyers)),
            )
        return found

    def picked(self, seed: int) -> Buyer:
        """The buyer whose turn it is with that seed."""
        return self.buyers[seed % len(self.buyers)]


@cache
def cast(language: str) -> Cast:
    """The buyers who speak a playbook's language (`zh_CN`, `zh` or `en`)."""
    name = "en" if language.startswith("en") else "zh"
    with (_FOLDER / f"buyers.{name}.toml").open("rb") as file:
        told = tomllib.load(file)
    return Cast(name, _words(told.get("words", {})), tuple(_buyer(each) for each in told["buyer"]))


def _buyer(told: Mapping[str, Any]) -> Buyer:
    plain = {name: told[name] for name in ("id", "title", "name", "nick", "product", "review", "grade", "cause")}
    buyer = Buyer(
        **plain,
        platform=told["platform"],
        temper=told["temper"],
        patience=told["patience"],
        wins=frozenset(told["wins"]),
        loses=frozenset(told["loses"]),
        settles=told["settles"],
        answers=told["answers"],
        brings=tuple(Brings(**each) for each in told.get("brings", ())),
        words=_words(told.get("words", {})),
    )
    known = buyer.wins <= set(WINS) and buyer.loses <= set(LOSES)
    if not known or buyer.settles not in SETTLES or buyer.answers not in ANSWERS:
        raise ValueError(f"{buyer.id} wins, loses, settles or answers by a word that is not known")
    return buyer


def _words(told: Mapping[str, Any]) -> Words:
    def table(name: str) -> dict[str, tuple[str, ...]]:
        return {key: tuple(texts) for key, texts in told.get(name, {}).items()}

    return Words(table("to"), table("means"), table("objections"), table("times"), tuple(told.get("misheard", ())))
