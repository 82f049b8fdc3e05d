"""The rules from their files. A mistake in one is told by file, rule and key, once, when it is loaded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from data.errors import ContentError
from data.language import _
from data.lint.detect import DETECTORS
from data.lint.finding import AUDIENCES, KINDS
from data.lint.rules import BARRED, UNNAMED, Pattern, Reach, Rule, Rules, Said, Scope, Zone
from data.lint.terms import BadTerm, Index
from data.lint.terms import read as read_term
from data.vocabulary import Platform

SHIPPED = Path(__file__).parent
MOST_BYTES = 500_000
MOST_GAP = 120

_TABLES = ("words", "but_not", "zone", "rule", "strict")
_RULE_KEYS = frozenset(
    {"id", "kind", "find", "detector", "any_order", "scope", "excused_by", "audiences", "platforms", "except_on"}
    | {"needs_reader", "strict_on", "strict_excused_by", "reason", "instead", "source"}
)
_PLATFORMS = frozenset(platform.value for platform in Platform)
_GAP = re.compile(r"<(\d{1,3})", re.ASCII)


@lru_cache(maxsize=1)
def standard() -> Rules:
    """The rules that come with the program."""
    return _built([_read(path) for path in sorted(SHIPPED.glob("rules.*.toml"))])


@lru_cache(maxsize=4)
def with_own(path: Path) -> Rules:
    """The shipped rules and a shop's own, which may add words, rules and strictness but take nothing away.

    Raises ContentError that names file, rule and key.
    """
    return _built([*(_read(each) for each in sorted(SHIPPED.glob("rules.*.toml"))), _read(path, own=True)])


def _fail(file: str, place: str, what: str, mend: str = "") -> NoReturn:
    told = f"{file}: {place}: {what}" if place else f"{file}: {what}"
    raise ContentError(_("The rules of the promise linter cannot be used"), told, mend)


class _File:
    """One file of rules while it is read."""

    def __init__(self, name: str, held: dict[str, Any], *, own: bool) -> None:
        self.name = name
        self.own = own
        self.held = held
        for key in held:
            if key not in _TABLES:
                self.fail(key, _("it is not known here."), _("Use one of: {known}.").format(known=", ".join(_TABLES)))
        for key in ("words", "but_not", "zone", "strict"):
            if not isinstance(held.get(key, {}), dict):
                self.fail(key, _("a table is expected here."))

    def fail(self, place: str, what: str, mend: str = "") -> NoReturn:
        _fail(self.name, place, what, mend)

    def texts(self, value: object, place: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or not all(isinstance(each, str) and each for each in value):
            self.fail(place, _("it must be a list of texts."), _('Write it as ["…", "…"].'))
        return tuple(value)

    def chosen(self, value: object, place: str, known: Iterable[str]) -> frozenset[str]:
        told = self.texts(value, place)
        for each in told:
            if each not in known:
                self.fail(place, _("“{name}” is not known.").format(name=each[:40]), _one_of(known))
        return frozenset(told)


def _one_of(known: Iterable[str]) -> str:
    return _("Use one of: {known}.").format(known=", ".join(sorted(known)))


def _read(path: Path, *, own: bool = False) -> _File:
    try:
        with path.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            _fail(str(path), "", _("it is too large."))
        return _File(str(path), tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n")), own=own)
    except OSError as error:
        _fail(str(path), "", _("it cannot be read ({reason}).").format(reason=error.strerror), _("Check the path."))
    except (ValueError, RecursionError) as error:
        _fail(str(path), "", _("it is not valid TOML ({reason}).").format(reason=str(error)[:120]))


def _built(files: list[_File]) -> Rules:
    words, barred = _words(files)
    zones = {name: _zone(file, name, held, words) for file in files for name, held in file.held.get("zone", {}).items()}
    rules: dict[str, Rule] = {}
    for file in files:
        listed = file.held.get("rule", [])
        if not isinstance(listed, list):
            file.fail("rule", _("it must be a list of tables."), _("Begin each with [[rule]]."))
        for held in listed:
            rule = _rule(file, held, words, zones)
            if rule.id in rules:
                file.fail(f"{rule.id}.id", _("there is a rule of that name already."), _("Give it another id."))
            rules[rule.id] = rule
    for file in files:
        _stricter(file, rules)
    index = Index({**words, **{BARRED + name: terms for name, terms in barred.items()}})
    unnamed = {rule.kind: rule for rule in rules.values() if rule.detector == UNNAMED}
    named = tuple(rule for rule in rules.values() if rule.detector != UNNAMED)
    return Rules(index, frozenset(words), zones, named, unnamed, rules)


def _words(files: list[_File]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    gathered: dict[str, list[str]] = {}
    barred: dict[str, list[str]] = {}
    for file in files:
        for table, into in (("words", gathered), ("but_not", barred)):
            for name, held in file.held.get(table, {}).items():
                place = f"{table}.{name}"
                told = file.texts(held, place)
                for each in told:
                    try:
                        read_term(each)
                    except BadTerm:
                        mend = _("See docs/linter.md for the signs that a word may have.")
                        file.fail(place, _("“{name}” is no word of a rule.").format(name=each[:60]), mend)
                into.setdefault(name, []).extend(told)
    for file in files:
        for name in file.held.get("but_not", {}):
            if name not in gathered:
                file.fail(f"but_not.{name}", _("“{name}” is not known.").format(name=name), _one_of(gathered))
    return gathered, barred


def _zone(file: _File, name: str, held: object, words: Collection[str]) -> Zone:
    place = f"zone.{name}"
    if not isinstance(held, dict):
        file.fail(place, _("a table is expected here."))
    for key in held:
        if key not in ("opens", "closes", "reach"):
            file.fail(f"{place}.{key}", _("it is not known here."), _one_of(("opens", "closes", "reach")))
    reach = held.get("reach")
    if reach not in {each.value for each in Reach}:
        file.fail(f"{place}.reach", _("it is missing or not known."), _one_of(each.value for each in Reach))
    opens = file.chosen(held.get("opens"), f"{place}.opens", words)
    closes = file.chosen(held["closes"], f"{place}.closes", words) if "closes" in held else frozenset()
    return Zone(name, tuple(sorted(opens)), tuple(sorted(closes)), Reach(reach))


def _rule(file: _File, held: object, words: Collection[str], zones: Mapping[str, Zone]) -> Rule:
    if not isinstance(held, dict) or not isinstance(held.get("id"), str) or not held["id"]:
        file.fail("rule", _("a rule must have an id."), _('Write id = "…".'))
    name = str(held["id"])
    for key in held:
        if key not in _RULE_KEYS:
            file.fail(f"{name}.{key}", _("it is not known here."), _one_of(_RULE_KEYS))
    kind, scope, detector = held.get("kind"), held.get("scope", "sentence"), held.get("detector", "")
    if kind not in KINDS:
        file.fail(f"{name}.kind", _("it is missing or not known."), _one_of(KINDS))
    if scope not in {each.value for each in Scope}:
        file.fail(f"{name}.scope", _("it is missing or not known."), _one_of(each.value for each in Scope))
    known_detectors = DETECTORS if file.own else (*DETECTORS, UNNAMED)
    if detector and detector not in known_detectors:
        file.fail(f"{name}.detector", _("it is missing or not known."), _one_of(DETECTORS))
    if bool(detector) == ("find" in held):
        file.fail(f"{name}.find", _("a rule has either “find” or “detector”."))
    for key in ("any_order", "needs_reader"):
        if not isinstance(held.get(key, False), bool):
            file.fail(f"{name}.{key}", _("it must be true or false."))

    def some(key: str, known: Iterable[str]) -> frozenset[str]:
        return file.chosen(held[key], f"{name}.{key}", known) if held.get(key) else frozenset()

    found = [] if detector else list(file.texts(held["find"], f"{name}.find"))
    patterns = [_pattern(file, f"{name}.find", each, words) for each in found]
    if held.get("any_order"):
        patterns += [Pattern(each.classes[::-1], each.gaps[::-1]) for each in patterns if len(each.classes) > 1]
    return Rule(
        id=name,
        kind=str(kind),
        patterns=tuple(patterns),
        detector=str(detector),
        scope=Scope(scope),
        excused_by=some("excused_by", zones),
        audiences=some("audiences", AUDIENCES) or frozenset(AUDIENCES),
        platforms=some("platforms", _PLATFORMS),
        except_on=some("except_on", _PLATFORMS),
        strict_on=some("strict_on", _PLATFORMS),
        strict_excused_by=some("strict_excused_by", zones),
        reason=_said(file, name, "reason", held.get("reason")),
        instead=_said(file, name, "instead", held.get("instead")),
        source=_source(file, name, held.get("source")),
        sure=file.own or bool(detector),
        needs_reader=bool(held.get("needs_reader", False)),
    )


def _pattern(file: _File, place: str, written: str, words: Collection[str]) -> Pattern:
    """A pattern such as `@offer <60 @act`: classes, and between two of them how many characters may lie."""
    parts = written.split()
    classes, gaps = parts[::2], parts[1::2]
    well_formed = len(parts) % 2 == 1 and len(classes) <= 4 and all(each.startswith("@") for each in classes)
    counts = [int(found[1]) for each in gaps if (found := _GAP.fullmatch(each))]
    if not well_formed or len(counts) != len(gaps) or any(count > MOST_GAP for count in counts):
        file.fail(place, _("“{name}” is no pattern.").format(name=written[:60]), _("Write it as “@offer <60 @act”."))
    for each in classes:
        if each[1:] not in words:
            file.fail(place, _("“{name}” is not known.").format(name=each), _one_of(words))
    return Pattern(tuple(each[1:] for each in classes), tuple(counts))


def _said(file: _File, rule: str, key: str, held: object) -> Said:
    if (
        not isinstance(held, dict)
        or set(held) != {"zh", "en"}
        or not all(isinstance(v, str) and v for v in held.values())
    ):
        file.fail(f"{rule}.{key}", _("it must be told in both languages."), _('Write it as { zh = "…", en = "…" }.'))
    return Said(held["zh"], held["en"])


def _is_text(held: object) -> bool:
    return isinstance(held, str) and bool(held)


def _source(file: _File, rule: str, held: object) -> str:
    if not isinstance(held, str) or not held.strip():
        file.fail(f"{rule}.source", _("a rule must say where it comes from: a law, a platform's rule, the shop."))
    return held


def _stricter(file: _File, rules: dict[str, Rule]) -> None:
    """Rules that a file makes stricter on a platform: `[strict] taobao = ["rule id"]`."""
    from dataclasses import replace

    for platform, named in file.held.get("strict", {}).items():
        if platform not in _PLATFORMS:
            file.fail(f"strict.{platform}", _("“{name}” is not known.").format(name=platform), _one_of(_PLATFORMS))
        for each in file.chosen(named, f"strict.{platform}", rules):
            rules[each] = replace(rules[each], strict_on=rules[each].strict_on | {platform})
