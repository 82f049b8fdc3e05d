"""What a contact most likely came to: what the playbook's ending suggests, then what is common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.outcomes import COMMON, STANDINGS, LineResult, Standing, standings_for
from data.playbook.run import Ending


@dataclass(frozen=True, slots=True)
class Likely:
    """An outcome to take with one key."""

    line: LineResult
    standing: Standing
    at: int | None = None


def likely(ending: Ending | None, at: int | None, written: bool, checking: bool = False) -> tuple[Likely, ...]:
    """The outcomes to offer, the likeliest first: what the playbook's ending suggests, then the common ones.

    `checking` says that the buyer was asked whether all is well, so that both answers stand in front.
    """
    found: list[Likely] = []
    if ending is not None:
        for name in (ending.line, *ending.other_lines):
            fits = standings_for(LineResult(name))
            wanted = [Standing(standing) for standing in ending.standings if Standing(standing) in fits]
            for standing in wanted or fits[:1]:
                found.append(Likely(LineResult(name), standing, at if STANDINGS[standing].needs_time else None))
    answers = (Standing.KEPT_SATISFIED, Standing.STILL_WRONG) if checking else ()
    common: Sequence[tuple[LineResult, Standing]] = [*((LineResult.RIGHT_PARTY, each) for each in answers), *COMMON]
    if written:
        common = [(LineResult.SENT, Standing.WAITING_ANSWER), (LineResult.REPLIED, Standing.IN_TALK)]
        common += [(LineResult.REPLIED, each) for each in answers]
        common += [(LineResult.REPLIED, standing) for standing in standings_for(LineResult.REPLIED)[1:7]]
    seen = {(each.line, each.standing) for each in found}
    for line_result, standing in common:
        if (line_result, standing) not in seen:
            seen.add((line_result, standing))
            found.append(Likely(line_result, standing))
    return tuple(found[:8])
