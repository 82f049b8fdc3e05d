"""What can be done with a remedy now, by number, and the remedies of one case."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from data.decency import decent_remedy
from data.language import N_, _
from data.protocols import Casework
from data.remedies import life
from data.rows import CasePage, Done, RemedyRow
from data.vocabulary import RemedyState, Role
from screens.base import DeskScreen
from screens.choose import Choose, Option
from screens.offer import hear, offer_remedy
from screens.typed import TypeText
from widgets import look
from widgets.lines import Line, line
from widgets.remedy_lines import conditions, cost, earlier_line, far, remedy_name, worth

Then = Callable[[Done | None], object]

_ACTS = (
    ("accept_remedy", N_("The buyer agrees"), ""),
    ("decline_remedy", N_("The buyer does not want it"), ""),
    ("ask_approval", N_("Ask a lead"), ""),
    ("approve_remedy", N_("Approve it"), "lead"),
    ("refuse_approval", N_("Refuse it, with a reason"), "lead"),
    ("issue_remedy", N_("On its way"), ""),
    ("deliver_remedy", N_("It has reached the buyer"), ""),
    ("remedy_told", N_("The buyer was told"), ""),
    ("waive_remedy", N_("The buyer does without, with a reason"), "lead"),
)


def case_remedies(screen: DeskScreen[Any], page: CasePage, then: Then) -> None:
    """The remedies of a case by number, and what else can be offered."""
    now, zone = screen.place.now(), screen.place.zone
    options: list[Option[RemedyRow | None]] = [Option(None, _("Offer something"))]
    options += [
        Option(each, " ".join(part for part in (remedy_name(each), worth(each)) if part), far(each, now, zone))
        for each in page.remedies
    ]

    async def picked(choice: RemedyRow | object | None) -> None:
        if isinstance(choice, RemedyRow):
            await remedy_menu(screen, choice, then)

    async def chosen(at: int | None) -> None:
        if at == 0:
            await offer_remedy(screen, page, then)
        elif at is not None:
            await picked(options[at].value)

    numbered = [Option(at, each.label, each.detail) for at, each in enumerate(options)]
    intro = [earlier_line(page.given)]
    screen.app.push_screen(Choose(screen.place, _("Remedies of this case"), numbered, intro=intro), chosen)


async def remedy_menu(screen: DeskScreen[Any], remedy: RemedyRow, then: Then) -> None:
    """What can be done with one remedy now; what cannot is left out."""
    place = screen.place
    agent = await screen.read(lambda: place.reads.agent(place.agent_id))
    if agent is None:
        return
    lead = agent.role != Role.AGENT
    options = [
        Option(verb, _(label))
        for verb, label, who in _ACTS
        if _possible(verb, RemedyState(remedy.state)) and (lead or not who)
    ]
    intro = about(remedy, place.now(), place.zone)
    if not options:
        intro.append(line("  ", (_("Nothing is to be done with it any more."), look.LABEL)))

    async def picked(verb: str | None) -> None:
        if verb is not None:
            await do(screen, verb, remedy, then)

    screen.app.push_screen(Choose(place, remedy_name(remedy), options, intro=intro), picked)


def about(remedy: RemedyRow, now: int, zone: Any) -> list[Line]:
    """What a lead sees before deciding: what it is, what it costs, how far it is."""
    costs = _("cost unknown") if remedy.cost_minor is None else _("costs {money}").format(money=cost(remedy))
    told = [part for part in (worth(remedy), costs, remedy.agent) if part]
    lines: list[Line] = [line("  ", (look.DOT.join(told), None)), line("  ", (far(remedy, now, zone), look.LABEL))]
    needs = conditions(remedy)
    return [*lines, line("  ", (needs, look.LABEL))] if needs else lines


async def do(screen: DeskScreen[Any], verb: str, remedy: RemedyRow, then: Then) -> None:
    """Do one verb; those that need a reason or may have a parcel number ask for it first."""
    place = screen.place

    async def write(act: Callable[[Casework], Done]) -> None:
        await hear(then, await screen.write(act))

    async def with_reason(reason: str | None) -> None:
        if reason:
            await write(lambda casework: getattr(casework, verb)(remedy.id, reason))

    async def with_number(number: str | None) -> None:
        if number is not None:
            await write(lambda casework: casework.issue_remedy(remedy.id, number))

    if verb in ("refuse_approval", "waive_remedy"):
        hint = _("it is written to the log")
        check = partial(decent_remedy, place.settings)
        screen.app.push_screen(TypeText(place, remedy_name(remedy), _("Reason"), hint=hint, check=check), with_reason)
    elif verb == "issue_remedy":
        hint = _("Enter without one where nothing is sent")
        screen.app.push_screen(
            TypeText(place, _("On its way"), _("Parcel number"), hint=hint, optional=True), with_number
        )
    else:
        await write(partial(_verb, verb, remedy.id))


def _verb(verb: str, remedy_id: int, casework: Casework) -> Done:
    done: Done = getattr(casework, verb)(remedy_id)
    return done


def _possible(verb: str, state: RemedyState) -> bool:
    if verb == "remedy_told" and state in (RemedyState.APPROVED, RemedyState.ISSUED):
        return True
    return life.allows(verb, state)
