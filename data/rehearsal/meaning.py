"""What a choice of any playbook means for a buyer, told from its form alone: a shop's own script is practised too."""

from __future__ import annotations

from enum import StrEnum

from data.outcomes import LineResult, Standing
from data.playbook.format import Choice, Node, Playbook

_FAR = 3
"""So many steps with only one way on are looked through to see where a choice ends."""


class Meaning(StrEnum):
    """What the buyer does when a choice is the right one."""

    GOES_ON = "goes_on"
    ACCEPTS = "accepts"
    DECLINES = "declines"
    AGREES = "agrees"
    """Names a time."""
    REFUSES = "refuses"
    OBJECTS = "objects"
    UPSET = "upset"
    LEAD = "lead"
    STOP = "stop"
    """Wants no more contact."""
    ABUSIVE = "abusive"
    HANGS_UP = "hangs_up"
    SOMEBODY_ELSE = "somebody_else"
    NOT_THERE = "not_there"
    """No answer, busy, off, the wrong number: nobody speaks."""
    OTHER = "other"


_BY_LINE = {
    LineResult.HUNG_UP: Meaning.HANGS_UP,
    LineResult.ABUSIVE: Meaning.ABUSIVE,
    LineResult.OTHER_PERSON: Meaning.SOMEBODY_ELSE,
    **dict.fromkeys(
        (
            LineResult.NO_ANSWER,
            LineResult.BUSY,
            LineResult.OFF,
            LineResult.DECLINED,
            LineResult.WRONG_NUMBER,
            LineResult.NUMBER_EXPIRED,
        ),
        Meaning.NOT_THERE,
    ),
}
_BY_STANDING = {Standing.DO_NOT_CONTACT: Meaning.STOP, Standing.ESCALATED: Meaning.LEAD}


def meaning(playbook: Playbook, node: Node, choice: Choice) -> Meaning:
    """What the buyer does when this choice of a node is the right one."""
    objection = playbook.objection_by_id.get(choice.raises) if choice.raises else None
    if choice.refusal or (objection is not None and objection.refusal):
        return Meaning.REFUSES
    if objection is not None:
        return Meaning.OBJECTS
    if choice.remedy == "accepted":
        return Meaning.ACCEPTS
    if choice.remedy == "declined":
        return Meaning.DECLINES
    if choice.time:
        return Meaning.AGREES
    where = _ends(playbook, choice)
    if where is not None:
        return where
    target = playbook.by_id.get(choice.to)
    first = choice.key == min(each.key for each in node.choices)
    if target is not None and not first and any(_ends(playbook, each) is Meaning.ABUSIVE for each in target.choices):
        return Meaning.ABUSIVE
    if target is not None and target.apology and (node.apology or "listen" in (node.stage, *node.marks)):
        return Meaning.UPSET
    return Meaning.GOES_ON if first else Meaning.OTHER


def _ends(playbook: Playbook, choice: Choice) -> Meaning | None:
    """What the end says that a choice leads to with no way to turn off; None where there is such a way, or where the
    end is like any other."""
    target = playbook.by_id.get(choice.to)
    for _step in range(_FAR):
        if target is None:
            return None
        if target.ending is not None:
            by_line = _BY_LINE.get(LineResult(target.ending.line))
            standing = target.ending.standing[0] if target.ending.standing else ""
            return by_line or _BY_STANDING.get(Standing(standing))
        if len(target.choices) != 1:
            return None
        target = playbook.by_id.get(target.choices[0].to)
    return None
