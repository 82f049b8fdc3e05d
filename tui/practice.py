"""What a rehearsal stands on: the playbook in use, made-up buyers, and for each call a shop to throw away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.clock import Clock
    from data.playbook.format import Playbook
    from data.protocols import Casework
    from data.rehearsal.buyers import Buyer
    from data.rehearsal.scratch import Scratch
    from data.rows import AgentRow
    from data.settings import Settings
    from screens.rehearsal import Ground, Practice
    from screens.workplace import Workplace


def practice_of(
    settings: Settings,
    clock: Clock,
    copy: Callable[[str], bool],
    playbook: Playbook | None,
    kept_in: Path | None = None,
) -> Practice:
    """What is practised with these settings; with a playbook that is named, or else the one in use, which may be kept
    in `kept_in` as it was proved.

    Raises PlaybookError when it cannot be used.
    """
    from data.rehearsal.buyers import cast
    from screens.rehearsal import Ground, Practice

    practised = playbook or spoken(settings, kept_in)

    def make(buyer: Buyer, agent: AgentRow) -> Ground:
        # Casework, and with it SQLModel, is loaded here at the latest.
        from data.rehearsal.scratch import rehearsal_shop

        scratch = rehearsal_shop(buyer, agent, practised, settings, clock)
        return Ground(place_in(scratch, copy), scratch.case_id, scratch.close)

    return Practice(practised, cast(practised.language), make)


def spoken(settings: Settings, kept_in: Path | None = None) -> Playbook:
    """The playbook that the shop of the settings uses with its buyers; a shop's own is proved before it is spoken,
    unless `kept_in` holds the proof."""
    from data.playbook.kept import load_kept
    from data.playbook.load import standard_path
    from data.shop_language import own_script

    code = own_script(settings.shop)
    folder = settings.playbooks.folder(code)
    return load_kept(standard_path(code, folder), kept_in, prove=folder is not None)


def place_in(scratch: Scratch, copy: Callable[[str], bool]) -> Workplace:
    """The workplace of the one agent in a shop to throw away; no door leads out of it."""
    from screens.workplace import Workplace

    async def casework() -> Casework:
        return scratch.casework

    return Workplace(
        reads=scratch.reads,
        casework=casework,
        clock=scratch.clock,
        settings=scratch.settings,
        agent_id=scratch.agent_id,
        copy=copy,
    )
