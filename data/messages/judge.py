"""Whether a text may leave the shop: filled in, short enough, and nothing in it that must not be said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.language import _, ngettext
from data.messages.fill import unfilled
from data.messages.limits import Length, length
from data.vocabulary import Channel

if TYPE_CHECKING:
    from data.lint import Finding, Rules

ADVICE_ONLY = frozenset({"pleading"})
"""The kinds that are only advised against: bad style, but against no law and no platform's rule."""

_ENDS = re.compile(r"[。!?！？\n;；]|[.](?=\s|$)")
_QUOTED = re.compile(r"“([^”]+)”")


@dataclass(frozen=True, slots=True)
class Judged:
    """What is to be said of a text before it is sent."""

    findings: tuple[Finding, ...]
    length: Length
    why_not: str
    """Why it cannot be sent, in a short sentence; empty when it can."""


def judge(text: str, channel: Channel, *, platform: str | None, most_parts: int, rules: Rules | None = None) -> Judged:
    """Judge a text for a channel; `most_parts` is how many parts a text message may have. Pure."""
    from data.lint import lint

    findings = lint(text, platform=platform, rules=rules)
    size = length(text, channel, most_parts)
    return Judged(findings, size, _why_not(text, findings, size))


def forbids(finding: Finding) -> bool:
    """Whether a finding keeps a text from being sent."""
    return finding.kind not in ADVICE_ONLY


def _why_not(text: str, findings: tuple[Finding, ...], size: Length) -> str:
    if not text.strip():
        return _("There is nothing to send yet.")
    if unfilled(text):
        return _("Fill in what stands between ⟨ and ⟩ first.")
    forbidden = next((each for each in findings if forbids(each)), None)
    if forbidden is not None:
        return forbidden.reason
    if size.too_long:
        told = ngettext("Too long: the shop allows {n} part.", "Too long: the shop allows {n} parts.", size.most_parts)
        return told.format(n=size.most_parts)
    return ""


def decent(text: str, finding: Finding, rules: Rules | None = None) -> str:
    """The text with the sentence of a finding put decently, in the text's own language: by the words that the rule
    offers, or without it."""
    from data.lint import standard

    start = max((found.end() for found in _ENDS.finditer(text, 0, finding.start)), default=0)
    found = _ENDS.search(text, max(finding.end - 1, start))
    end = found.end() if found else len(text)
    rule = next((each for each in (rules or standard()).rules if each.id == finding.rule), None)
    chinese = any("\u4e00" <= character <= "\u9fff" for character in text)
    instead = finding.instead if rule is None else rule.instead.zh if chinese else rule.instead.en
    offered = _QUOTED.search(instead)
    words = offered[1] if offered else ""
    if words and words[-1] not in "。.!！?？":
        words += "。" if chinese else "."
    before, after = text[:start], text[end:].lstrip(" ")
    blank = " " if before and words and before[-1] == "." else ""
    return (before + blank + words + (" " if words and not chinese and after else "") + after).strip()
