"""What a rehearsal stands on: the playbook in use, made-up buyers, and for each call a shop to throw away."""

from __future__ import annotations

from collections.abc import Callable
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


def practice_of(settings: Settings, clock: Clock, copy: Callable[[str], bool], playbook: Playbook | None) -> Practice:
    """What is practised with these settings; with a playbook that is named, or else the one in use.

    Raises PlaybookError when it cannot be used.
    """
    from data.rehearsal.buyers import cast
    from screens.rehearsal import Ground, Practice

    practised = playbook or spoken(settings)

    def make(buyer: Buyer, agent: AgentRow) -> Ground:
        # Casework, and with it SQLModel, is loaded here at the latest.
        from data.rehearsal.scratch import rehearsal_shop

        scratch = rehearsal_shop(buyer, agent, practised, settings, clock)
        return Ground(place_in(scratch, copy), scratch.case_id, scratch.close)

    return Practice(practised, cast(practised.language), make)


def spoken(settings: Settings) -> Playbook:
    """The playbook that the shop of the settings uses with its buyers; a shop's own is proved before it is spoken."""
    from data.playbook.load import standard
    from data.shop_language import language_of, script_code

    own = settings.shop
    code = script_code(language_of(own, own.platform, own.name))
    folder = settings.playbooks.folder(code)
    read = standard(code, folder)
    if folder is not None:
        from data.playbook.check import proved

        return proved(read)
    return read


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
