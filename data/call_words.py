"""What a playbook's variables stand for on this call: words of the case, the shop and the agent, never made up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from data.errors import UnreadableTime
from data.money import format_money
from data.playbook.format import Playbook
from data.playbook.state import Run
from data.rows import AgentRow, CasePage
from data.times import EXACT, resolve, spoken
from data.vocabulary import RemedyState

_GONE = frozenset({RemedyState.DECLINED, RemedyState.REFUSED, RemedyState.WITHDRAWN})


def agreed_at(time: str, picked_at: int, zone: tzinfo) -> int | None:
    """The moment (UTC ms) that a run's or an ending's `time` stands for, counted from when it was picked; None while
    there is none. The zone is the shop's."""
    if not time or time == EXACT:
        return None
    try:
        return resolve(time, picked_at, zone)
    except UnreadableTime:
        return None


def call_variables(
    page: CasePage,
    agent: AgentRow,
    playbook: Playbook,
    run: Run,
    *,
    name: str,
    now: int,
    zone: tzinfo,
    offers: Sequence[str] = (),
) -> dict[str, str]:
    """The values for one line, said at `now` (UTC ms); `offers` are the remedies that fit, as they are said. What the
    case does not know is left out, so that the line marks it."""
    words = {
        "shop": page.shop,
        "agent": agent.name or "",
        "role": agent.title or "",
        "name": name,
        "product": page.row.product,
        "variant": page.row.variant or "",
        "ref": str(page.row.case_id),
        # Every shop has one: where the script does not say what it is called here, its own general words are true.
        "official_chat": playbook.phrases.get(f"chat_{page.row.platform}", playbook.variables.get("official_chat", "")),
    }
    order = page.order
    if order is not None:
        words["order_tail"] = order.external_id[-4:]
        words["carrier"] = order.carrier or ""
        words["tracking"] = order.tracking or ""
        if order.amount_minor is not None:
            words["value"] = format_money(order.amount_minor, order.currency)
    words |= {f"option_{letter}": each for letter, each in zip("abc", offers, strict=False)}
    stands = [each for each in page.remedies if each.state not in _GONE]
    remedy = next((each for each in stands if each.detail), None)
    if remedy is not None:
        words["remedy"] = remedy.detail
    due = next((each.due_at for each in stands if each.due_at is not None), None)
    if due is not None:
        words["due"] = spoken(due, now, zone, playbook.phrases)
    at = agreed_at(run.time, run.picked_at or now, zone)
    if at is not None:
        words["slot"] = spoken(at, now, zone, playbook.phrases)
    return {key: value for key, value in words.items() if value}
