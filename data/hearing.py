"""From what the buyer says to the objection that it is: by number, by name, by pinyin initials, or by their own words.

Pure: the objections come in as a call gives them, and go out with the likeliest first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from data.finding_commands import NOT_AT_ALL, Command, fit
from data.playbook.run import ObjectionOption

_SHORTEST = 2
"""Characters of a phrase from which on it may stand within what was said, or with others in between."""
_WITHIN, _SCATTERED = NOT_AT_ALL, NOT_AT_ALL + 1
_NOT_HEARD = NOT_AT_ALL + 2


def heard(objections: Sequence[ObjectionOption], typed: str) -> list[ObjectionOption]:
    """The objections that fit what was typed, the likeliest first; all as they stand when nothing was typed.

    Before everything else counts the number, then how well a name or a phrase begins or has what was typed, then
    phrases that stand in a longer sentence, the longest first, then those whose characters do in their order.
    """
    said = _plain(typed)
    if not said:
        return list(objections)
    ranked = sorted((*_rank(each, said), at) for at, each in enumerate(objections))
    return [objections[at] for rank, _length, at in ranked if rank < _NOT_HEARD]


def _rank(objection: ObjectionOption, said: str) -> tuple[int, int]:
    """How well it fits, 0 being best, and less the longer the phrase that did."""
    phrases = (objection.label, objection.short, *objection.search)
    named = Command(objection.id, objection.label, "", phrases, (str(objection.number), objection.id))
    rank = fit(named, said)
    if rank < NOT_AT_ALL:
        return rank, 0
    plain = [phrase for phrase in map(_plain, phrases) if len(phrase) >= _SHORTEST]
    within = [len(phrase) for phrase in plain if phrase in said]
    if within:
        return _WITHIN, -max(within)
    scattered = [len(phrase) for phrase in plain if _in_order(phrase, said)]
    return (_SCATTERED, -max(scattered)) if scattered else (_NOT_HEARD, 0)


def _in_order(phrase: str, said: str) -> bool:
    """Whether the parts of a phrase stand in what was said, one after the other: “没时间” in “没有时间”.

    Parts are words where it has blanks, else characters: letters alone would stand in any sentence.
    """
    parts = phrase.split() if phrase.isascii() else list(phrase.replace(" ", ""))
    if len(parts) < _SHORTEST:
        return False
    rest = iter(said.split() if phrase.isascii() else said)
    return all(part in rest for part in parts)


def _plain(text: str) -> str:
    """Lower case, full-width forms as plain ones, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
