"""Guides from their files: steps that ask for no credentials and lead only to the platform's own addresses."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from data.errors import ContentError
from data.language import _
from data.platform_rules import APPEND, REVISE, STALE_AFTER, may
from data.vocabulary import Device, Platform

if TYPE_CHECKING:
    from data.rows import CasePage

SHIPPED = Path(__file__).parent
MOST_BYTES = 200_000
MOST_STEPS = 12
LONGEST_STEP = 60
"""Characters of a step: it is read aloud in one breath."""

UNKNOWN = "unknown"
"""As a month: nobody knows when the steps were last seen to hold."""

OFFICIAL = {
    Platform.TAOBAO: ("taobao.com",),
    Platform.TMALL: ("tmall.com", "taobao.com"),
    Platform.PDD: ("pinduoduo.com", "yangkeduo.com"),
    Platform.JD: ("jd.com",),
    Platform.DOUYIN: ("douyin.com", "jinritemai.com"),
    Platform.KUAISHOU: ("kuaishou.com", "kwaixiaodian.com"),
    Platform.JUDGEME: ("judge.me",),
}
"""The addresses of each platform; a step names no other."""

_KEYS = frozenset(
    {"id", "platform", "act", "device", "title", "steps", "source", "checked", "confidence", "only_if_asked"}
)
_ADDRESS = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE | re.ASCII)
_CONFIDENCE = ("high", "medium", "low", "conflict", "unknown")
_LINTED = frozenset({"credentials", "off_platform", "personal_data", "benefit_for_review", "threat", "delete_offer"})


@dataclass(frozen=True, slots=True)
class Guide:
    """The steps of one act on one platform and device. `act` is `revise` or `append`.

    `checked` is the month or day in which they were last seen to hold, `confidence` how sure we are. One that is
    `only_if_asked` is read only where the buyer asks for it by themselves.
    """

    id: str
    platform: str
    act: str
    device: str
    title: str
    steps: tuple[str, ...]
    source: str
    checked: str
    confidence: str
    only_if_asked: bool = False

    def stale(self, today: date) -> bool:
        """Whether the steps are older than a year, or of no known age."""
        parts = self.checked.split("-")
        try:
            seen = date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) > 2 else 1)
        except (ValueError, IndexError):
            return True
        return (today - seen).days > STALE_AFTER


@lru_cache(maxsize=2)
def shipped(code: str) -> tuple[Guide, ...]:
    """The guides that come with the program, worded for `zh_CN` or `en`. Raises ContentError.

    Their words were proved by the tests, so that the first step of one need not wait for the linter's rules.
    """
    return tuple(guide for path in sorted(SHIPPED.glob("*.toml")) for guide in _guides(path, code[:2], judged=False))


@lru_cache(maxsize=4)
def with_own(code: str, path: Path) -> tuple[Guide, ...]:
    """The shipped guides with a shop's own in place of those of the same id, and after them. Raises ContentError."""
    by_id = {each.id: each for each in (*shipped(code), *_guides(path, code[:2], judged=True))}
    return tuple(by_id.values())


def offered(guides: tuple[Guide, ...], page: CasePage, now: int) -> tuple[Guide, ...]:
    """The guides for what the buyer may still do now: unknown is no. Those for what they have at hand stand first."""
    order = page.order
    traded_at = (order.signed_at or order.paid_at) if order is not None else None
    allowed = {
        act for act in (REVISE, APPEND) if may(page.row.platform, act, page.row.reviewed_at, traded_at, now) is True
    }
    here = [each for each in guides if each.platform == page.row.platform and each.act in allowed]
    at_hand = page.follow_up_device or Device.PHONE
    return tuple(sorted(here, key=lambda each: (each.only_if_asked, each.act != REVISE, each.device != at_hand)))


def in_one_line(guide: Guide) -> str:
    """The steps as a message has them: 1 … 2 …"""
    return " ".join(f"{number} {step.rstrip('。.')}" for number, step in enumerate(guide.steps, 1))


def _guides(path: Path, language: str, *, judged: bool) -> tuple[Guide, ...]:
    def fail(place: str, what: str, remedy: str = "") -> NoReturn:
        where = f"{path}, {place}" if place else str(path)
        raise ContentError(_("The guides cannot be used"), f"{where}: {what}", remedy)

    try:
        raw = path.read_bytes()
        if len(raw) > MOST_BYTES:
            fail("", _("the file is too large"))
        held = tomllib.loads(raw.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        fail("", str(getattr(error, "strerror", None) or error))
    listed = held.get("guide", [])
    if set(held) - {"guide"} or not isinstance(listed, list):
        fail("", _("it must be a list of [[guide]] tables."))
    found: list[Guide] = []
    for number, each in enumerate(listed, 1):
        place = _("guide {n}").format(n=number)
        trouble = _trouble(each)
        if trouble:
            fail(str(each.get("id", place)) if isinstance(each, dict) else place, trouble)
        guide = _guide(each, language)
        place = guide.id
        if any(one.id == guide.id for one in found):
            fail(place, _("this id is there twice."))
        for words in ("zh", "en"):
            for step, text in enumerate(_guide(each, words).steps, 1):
                wrong = _wrong_step(text, guide, judged=judged)
                if wrong:
                    fail(_("{guide}, step {n}").format(guide=place, n=step), wrong)
        found.append(guide)
    return tuple(found)


def _trouble(held: Any) -> str:
    """What is wrong with the shape of a guide, in words; empty when nothing is."""
    if not isinstance(held, dict):
        return _("it must be a table.")
    unknown = next((name for name in held if name not in _KEYS), None)
    missing = next((name for name in sorted(_KEYS - {"only_if_asked"}) if name not in held), None)
    if unknown or missing:
        told = _("“{name}” is not known.") if unknown else _("“{name}” is missing.")
        return told.format(name=unknown or missing)
    known: dict[str, tuple[str, ...]] = {
        "platform": tuple(each.value for each in Platform),
        "act": (REVISE, APPEND),
        "device": tuple(each.value for each in Device),
        "confidence": _CONFIDENCE,
    }
    for name, words in known.items():
        if held[name] not in words:
            return f"{name}: " + _("known are {names}.").format(names=", ".join(words))
    if not all(isinstance(held[name], str) and held[name] for name in ("id", "source", "checked")):
        return _("id, source and checked are texts; checked is a month such as 2026-11, or unknown.")
    steps = held["steps"]
    if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS or not all(_worded(each) for each in steps):
        return _("it needs 1 to {n} steps, each told in zh and en.").format(n=MOST_STEPS)
    return "" if _worded(held["title"]) else _("it must be told in both languages.")


def _worded(held: object) -> bool:
    return isinstance(held, dict) and set(held) == {"zh", "en"} and all(isinstance(each, str) for each in held.values())


def _guide(held: dict[str, Any], language: str) -> Guide:
    return Guide(
        held["id"],
        held["platform"],
        held["act"],
        held["device"],
        held["title"][language],
        tuple(step[language] for step in held["steps"]),
        held["source"],
        held["checked"],
        held["confidence"],
        bool(held.get("only_if_asked", False)),
    )


def _wrong_step(text: str, guide: Guide, *, judged: bool) -> str:
    """What a step must not say: no credentials, no foreign address, and deletion only for who asked for it."""
    if not text.isprintable() or not text.strip() or len(text) > LONGEST_STEP * (1 if not text.isascii() else 3):
        return _("a step is one short line.")
    official = OFFICIAL.get(Platform(guide.platform), ())
    for found in _ADDRESS.finditer(text):
        host = found[1].lower()
        if not any(host == each or host.endswith(f".{each}") for each in official):
            return _("“{name}” is no address of this platform.").format(name=host)
    if not judged:
        return ""
    from data.lint import lint

    for finding in lint(text, platform=guide.platform, named=True):
        if finding.kind in _LINTED and not (finding.kind == "delete_offer" and guide.only_if_asked):
            return finding.reason
    return ""
