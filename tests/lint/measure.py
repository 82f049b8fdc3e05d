"""How well the promise linter judges its labelled sets: `python -m tests.lint.measure`.

`texts.jsonl` was written with the rules, the `practice-*.jsonl` were written apart and then learnt from; of
`held_out.jsonl` only figures are ever printed, never a text, so that it stays unseen.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from data.lint import AUDIENCES, KINDS, lint
from data.vocabulary import Platform

HERE = Path(__file__).parent
SEEN = HERE / "texts.jsonl"
PRACTICE = tuple(sorted(HERE.glob("practice-*.jsonl")))
HELD_OUT = HERE / "held_out.jsonl"

_PLATFORMS = frozenset(platform.value for platform in Platform)
_ALSO = {
    "public_reply": "public",
    "reply": "public",
    "note": "colleague",
    "colleagues": "colleague",
    "remedy_note": "colleague",
}


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the kinds that somebody gave it; none when it is harmless."""

    text: str
    audience: str
    platform: str | None
    kinds: frozenset[str]
    about: str = ""

    def found(self) -> frozenset[str]:
        """The kinds that the linter gives it."""
        return frozenset(each.kind for each in lint(self.text, audience=self.audience, platform=self.platform))


@dataclass(slots=True)
class Count:
    """How often a kind was given rightly, wrongly, or missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0


@dataclass(slots=True)
class Figures:
    """What came of a set."""

    unlawful: int = 0
    unlawful_found: int = 0
    harmless: int = 0
    harmless_flagged: int = 0
    kinds: dict[str, Count] = field(default_factory=lambda: {kind: Count() for kind in KINDS})


def read(path: Path) -> list[Text]:
    """The texts of a set."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        held = json.loads(line)
        told = str(held.get("audience") or "buyer")
        audience = told if told in AUDIENCES else _ALSO.get(told, "buyer")
        platform = held.get("platform")
        kinds = frozenset(held["kinds"])
        known = platform if platform in _PLATFORMS else None
        found.append(Text(held["text"], audience, known, kinds, str(held.get("about", ""))))
    return found


def measured(texts: list[Text]) -> Figures:
    """Judge every text. Unlawful counts as found when anything was found in it; kinds are counted beside that."""
    figures = Figures()
    for text in texts:
        found = text.found()
        if text.kinds:
            figures.unlawful += 1
            figures.unlawful_found += bool(found)
        else:
            figures.harmless += 1
            figures.harmless_flagged += bool(found)
        for kind, count in figures.kinds.items():
            count.right += kind in found and kind in text.kinds
            count.wrong += kind in found and kind not in text.kinds
            count.missed += kind not in found and kind in text.kinds
    return figures


def share(part: int, whole: int) -> str:
    """A share in per cent, with the counts."""
    return f"{100 * part / whole:5.1f} % ({part}/{whole})" if whole else "    –"


def told(name: str, figures: Figures) -> str:
    """The figures of a set as lines of text."""
    flagged = figures.unlawful_found + figures.harmless_flagged
    lines = [
        f"{name}: {figures.unlawful} unlawful texts, {figures.harmless} harmless",
        f"  unlawful found    {share(figures.unlawful_found, figures.unlawful)}",
        f"  harmless flagged  {share(figures.harmless_flagged, figures.harmless)}",
        f"  precision         {share(figures.unlawful_found, flagged)}",
        f"  recall            {share(figures.unlawful_found, figures.unlawful)}",
        f"  {'kind':<24} {'precision':<20} recall",
    ]
    for kind, count in figures.kinds.items():
        precision = share(count.right, count.right + count.wrong)
        lines.append(f"  {kind:<24} {precision:<20} {share(count.right, count.right + count.missed)}")
    return "\n".join(lines)


def main() -> int:
    """Print the figures of every set."""
    print(told("first set", measured(read(SEEN))))
    print(told("practice sets", measured([each for path in PRACTICE for each in read(path)])))
    print(told("held-out set", measured(read(HELD_OUT))) if HELD_OUT.is_file() else "held-out set: not here")
    return 0


if __name__ == "__main__":
    sys.exit(main())
