"""The catalogue of remedies from its file. A mistake is told by file, entry and key, once, when it is loaded.

Every wording passes the promise linter, as something said to a buyer and as a note to colleagues: what ties a
benefit to a review is no remedy. The shipped ones were proved by the tests, so that a call need not load the
linter's rules; they are judged again where a shop has rules of its own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from data.errors import ContentError
from data.language import _
from data.lint import Rules, lint, standard, with_own
from data.remedies.entry import ANY, FREIGHT, NEEDS, CostRule, Entry, Said, Way
from data.vocabulary import Cause, RemedyKind, RemedyUnit, Role

SHIPPED = Path(__file__).with_name("catalogue.toml")
MOST_BYTES = 300_000
MOST_ENTRIES = 300
LONGEST = 120
"""Characters of a wording: what is read out in a breath."""
MOST_HOURS = 24 * 60

_KEYS = frozenset(
    {"id", "kind", "name", "say", "do", "way", "causes", "also", "unit", "range", "usual", "limits", "needs"}
    | {"freight", "due_hours", "cost"}
)
_COST_KEYS = frozenset({"of_amount", "of_order", "each", "fixed"})
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_BLANK = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every remedy by its id, in the order of the file."""

    currency: str
    entries: Mapping[str, Entry]

    def get(self, entry_id: str | None) -> Entry | None:
        """The entry of that id, or None."""
        return self.entries.get(entry_id or "")


@lru_cache(maxsize=4)
def catalogue(own: Path | None = None, rules: Path | None = None) -> Catalogue:
    """The shipped catalogue, with a shop's own entries added or in the place of those with the same id.

    `rules` are the shop's own rules for what may be said. Raises ContentError that names file, entry and key.
    """
    shipped = _File(SHIPPED, with_own(rules) if rules else None).read()
    if own is None:
        return shipped
    added = _File(own, with_own(rules) if rules else standard()).read()
    return Catalogue(added.currency, MappingProxyType({**shipped.entries, **added.entries}))


class _File:
    """One file of the catalogue while it is read; without rules its wordings were proved before."""

    def __init__(self, path: Path, rules: Rules | None) -> None:
        self.path = path
        self.rules = rules
        self.currency = "CNY"

    def read(self) -> Catalogue:
        """The entries of the file."""
        held = self._held()
        unknown = set(held) - {"currency", "remedy"}
        if unknown:
            self._fail("", _("there is no key “{key}”").format(key=sorted(unknown)[0]))
        currency = held.get("currency", "CNY")
        if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
            self._fail("currency", _("write it in three letters, such as CNY"))
        self.currency = currency
        tables = held.get("remedy", [])
        if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
            self._fail("remedy", _("each entry begins with [[remedy]]"))
        if len(tables) > MOST_ENTRIES:
            self._fail("remedy", _("there are more than {most} entries").format(most=MOST_ENTRIES))
        entries: dict[str, Entry] = {}
        for number, table in enumerate(tables, 1):
            entry = _Reader(self, table, number).entry()
            if entry.id in entries:
                self._fail(entry.id, _("there are two entries of this id"))
            entries[entry.id] = entry
        return Catalogue(currency, MappingProxyType(entries))

    def _held(self) -> dict[str, Any]:
        try:
            with self.path.open("rb") as opened:
                raw = opened.read(MOST_BYTES + 1)
            if len(raw) > MOST_BYTES:
                self._fail("", _("the file is too large"))
            return tomllib.loads(raw.decode("utf-8-sig"))
        except OSError as error:
            self._fail("", _("it cannot be read ({why})").format(why=error.strerror or error))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
            self._fail("", str(error)[:200])

    def _fail(self, place: str, what: str) -> NoReturn:
        told = f"{self.path}: {place}: {what}" if place else f"{self.path}: {what}"
        raise ContentError(_("The catalogue of remedies cannot be used"), told, _("Mend it in the file."))

    fail = _fail


class _Reader:
    """One entry while it is read."""

    def __init__(self, file: _File, table: dict[str, Any], number: int) -> None:
        self.file, self.table = file, table
        told = table.get("id")
        self.name = told if isinstance(told, str) and _ID.fullmatch(told) else f"#{number}"

    def wrong(self, key: str, what: str) -> NoReturn:
        """Tell of a mistake by entry and key."""
        self.file.fail(f"{self.name}.{key}" if key else self.name, what)

    def entry(self) -> Entry:
        """The entry, or ContentError."""
        if self.name.startswith("#"):
            self.wrong("id", _("give it an id of small letters, digits and _"))
        unknown = set(self.table) - _KEYS
        if unknown:
            self.wrong(sorted(unknown)[0][:40], _("there is no such key"))
        unit = RemedyUnit(self.one_of("unit", [each.value for each in RemedyUnit], "none"))
        least, most = self.range(unit)
        usual = self.whole(self.table, "usual", least, least, most)
        return Entry(
            id=self.name,
            kind=RemedyKind(self.one_of("kind", [each.value for each in RemedyKind if each != RemedyKind.AGREED])),
            name=self.said("name", unit),
            say=self.said("say", unit),
            do=self.said("do", unit),
            way=Way(self.one_of("way", [each.value for each in Way])),
            causes=self.causes("causes"),
            also=self.causes("also"),
            unit=unit,
            least=least,
            most=most,
            usual=usual,
            limits=self.limits(most),
            needs=tuple(self.words("needs", NEEDS)),
            freight_by=self.one_of("freight", FREIGHT) if "freight" in self.table else None,
            due_hours=self.whole(self.table, "due_hours", None, 1, MOST_HOURS),
            cost=self.cost(),
            currency=self.file.currency,
        )

    def one_of(self, key: str, known: list[str] | tuple[str, ...], otherwise: str | None = None) -> str:
        word = self.table.get(key, otherwise)
        if not isinstance(word, str) or word not in known:
            self.wrong(key, _("use one of {words}").format(words=", ".join(known)))
        return word

    def words(self, key: str, known: tuple[str, ...]) -> list[str]:
        held = self.table.get(key, [])
        if not isinstance(held, list) or any(each not in known for each in held):
            self.wrong(key, _("use one of {words}").format(words=", ".join(known)))
        return list(held)

    def causes(self, key: str) -> frozenset[str]:
        return frozenset(self.words(key, (*(cause.value for cause in Cause), ANY)))

    def whole(self, table: dict[str, Any], key: str, otherwise: int | None, least: int, most: int) -> int:
        number = table.get(key, otherwise)
        if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
            self.wrong(key, _("write a whole number from {least} to {most}").format(least=least, most=most))
        return number

    def range(self, unit: RemedyUnit) -> tuple[int, int]:
        if unit is RemedyUnit.NONE:
            if "range" in self.table or "usual" in self.table:
                self.wrong("range", _("what has no unit has no range"))
            return 1, 1
        held = self.table.get("range")
        most = 100 if unit is RemedyUnit.PERCENT else 100_000_000
        whole = isinstance(held, list) and len(held) == 2 and all(type(each) is int for each in held)
        if not whole or held is None or not 1 <= held[0] <= held[1] <= most:
            self.wrong("range", _("write the least and the most, from 1 to {most}").format(most=most))
        return held[0], held[1]

    def limits(self, most: int) -> Mapping[Role, int]:
        held = self.table.get("limits", {})
        if not isinstance(held, dict) or any(role not in ("agent", "lead") for role in held):
            self.wrong("limits", _("name agent and lead; an admin decides about everything"))
        limits = {Role(role): self.whole(held, role, None, 0, max(most, 1)) for role in held}
        if limits.get(Role.AGENT, 0) > limits.get(Role.LEAD, most):
            self.wrong("limits", _("a lead may decide at least as much as an agent"))
        return MappingProxyType(limits)

    def cost(self) -> CostRule:
        held = self.table.get("cost")
        if not isinstance(held, dict) or set(held) - _COST_KEYS:
            self.wrong("cost", _("use of_amount, of_order, each and fixed; {} for what costs nothing"))
        parts = {
            key: self.whole(held, key, 0, 0, 1_000 if key.startswith("of_") else 100_000_000) for key in _COST_KEYS
        }
        return CostRule(**parts)

    def said(self, key: str, unit: RemedyUnit) -> Said:
        held = self.table.get(key)
        if not isinstance(held, dict) or set(held) != {"zh", "en"}:
            self.wrong(key, _("give the words in zh and en"))
        money = unit in (RemedyUnit.MONEY, RemedyUnit.PERCENT)
        blanks = {"amount"} if money else {"n"} if unit is not RemedyUnit.NONE else set()
        for words in held.values():
            if not isinstance(words, str) or not 0 < len(words.strip()) <= LONGEST:
                self.wrong(key, _("write between 1 and {most} characters").format(most=LONGEST))
            if not set(_BLANK.findall(words)) <= blanks or re.search(r"[\x00-\x1f{}]", _BLANK.sub("", words)):
                self.wrong(key, _("only {amount} for money and {n} for what is counted can be filled in"))
            self._decent(key, words)
        return Said(held["zh"].strip(), held["en"].strip())

    def _decent(self, key: str, words: str) -> None:
        if self.file.rules is None:
            return
        filled = words.replace("{amount}", "10").replace("{n}", "10")
        for audience in ("buyer", "colleague"):
            found = lint(filled, audience=audience, rules=self.file.rules, named=True)
            if found:
                self.wrong(key, f"“{filled[found[0].start : found[0].end]}” {found[0].reason}")
