"""Whether a case may be worked on by whoever is at the desk: told before anything is picked or typed for it."""

from __future__ import annotations

import asyncio

from data.errors import Refused
from data.rows import CasePage
from screens.workplace import Workplace


async def held_by_another(place: Workplace, page: CasePage) -> str:
    """Who has the case, in a sentence; empty where it is one's own, nobody's or free.

    Casework is asked only about a colleague's case: it alone knows who has gone home.
    """
    if page.row.owner_id in (None, place.agent_id):
        return ""
    casework = await place.casework()
    try:
        await asyncio.to_thread(casework.may_work, page.row.case_id)
    except Refused as refused:
        return refused.what
    return ""
