"""What is offered to make it right: two or three choices that fit, the whole catalogue, or own words."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from typing import Any

from data.errors import Refused
from data.language import _
from data.money import format_money, parse_money
from data.protocols import Offer
from data.rows import CasePage, Done
from data.vocabulary import RemedyUnit
from screens.base import DeskScreen
from screens.choose import Choose, Option
from screens.typed import TypeText
from screens.whose import held_by_another
from screens.workplace import Workplace
from widgets import look
from widgets.lines import Line, line
from widgets.remedy_lines import earlier_line, within

CATALOGUE, OWN_WORDS = "+", "~"
"""What stands below the choices."""


def offers_for(place: Workplace, page: CasePage) -> tuple[str, ...]:
    """What fits a case, as it is said to the buyer; to be called in a thread."""
    from data.remedies.catalogue import catalogue
    from data.remedies.fitting import asked_of, fitting

    settings = place.settings
    kept = catalogue(settings.remedies.own_file, settings.lint.file)
    role = place.reads.agent(place.agent_id).role
    asked = asked_of(page, role, kept, new_one_first=settings.remedies.new_one_first)
    return tuple(fit.said(page.shop_language) for fit in fitting(kept, asked))


async def offer_remedy(screen: DeskScreen[Any], page: CasePage, then: Callable[[Done | None], object]) -> None:
    """Let the agent pick what is offered to the buyer of a case, and enter it; `then` hears what was done."""
    from data.remedies.catalogue import Catalogue, catalogue
    from data.remedies.fitting import Fit, asked_of, everything, fitting

    place = screen.place
    settings = place.settings

    def read() -> tuple[Catalogue, str]:
        kept = catalogue(settings.remedies.own_file, settings.lint.file)
        return kept, place.reads.agent(place.agent_id).role

    if whose := await held_by_another(place, page):
        screen.say(whose, look.SOON)
        return
    found = await screen.read(read)
    if found is None:
        return
    kept, role = found
    asked = asked_of(page, role, kept, new_one_first=settings.remedies.new_one_first)
    spoken = page.shop_language

    def option(fit: Fit, *, whole: bool = False) -> Option[Fit | str]:
        told = [] if whole else [_(fit.why)]
        if fit.cost_minor is not None:
            told.append(_("costs {money}").format(money=format_money(fit.cost_minor, fit.currency)))
        told.append(within(fit.entry.due_hours))
        if fit.above_limit:
            told.append(_("above your limit: a lead is asked"))
        return Option(fit, fit.entry.shown if whole else fit.said(spoken), look.DOT.join(told))

    async def enter(offer: Offer) -> None:
        case_id = page.row.case_id
        await hear(then, await screen.write(lambda casework: casework.propose_remedy(case_id, offer)))

    async def picked(fit: Fit | str | None) -> None:
        if fit == CATALOGUE:
            every = [option(each, whole=True) for each in everything(kept, asked)]
            screen.app.push_screen(Choose(place, _("Every remedy"), every), from_catalogue)
        elif fit == OWN_WORDS:
            hint = _("what was agreed; it never depends on the review")
            screen.app.push_screen(TypeText(place, _("In your own words"), _("Remedy"), hint=hint), in_words)
        elif isinstance(fit, Fit):
            await enter(Offer(fit.entry.id, fit.quantity))

    async def in_words(words: str | None) -> None:
        if words:
            await enter(Offer(words=words))

    async def from_catalogue(fit: Fit | str | None) -> None:
        if not isinstance(fit, Fit):
            return
        if fit.entry.least == fit.entry.most:
            await enter(Offer(fit.entry.id, fit.quantity))
            return

        async def measured(text: str | None) -> None:
            if text:
                await enter(Offer(fit.entry.id, _quantity(fit, text)))

        screen.app.push_screen(
            TypeText(
                place,
                fit.entry.shown,
                _("How much"),
                text=_shown(fit, fit.quantity),
                hint=_range(fit, role),
                check=lambda text: _quantity(fit, text),
            ),
            measured,
        )

    fits = fitting(kept, asked)
    intro: list[Line] = [earlier_line(page.given)]
    if not page.row.cause:
        intro.append(line("  ", (_("The cause is not set; with it the choices fit better."), look.LABEL)))
    options: list[Option[Fit | str]] = [option(fit) for fit in fits]
    options.append(Option(CATALOGUE, _("Something else of the catalogue")))
    options.append(Option(OWN_WORDS, _("In your own words")))
    after = [line("  ", (_("Owed once the buyer agrees, whatever becomes of the review."), look.LABEL))]
    screen.app.push_screen(Choose(place, _("What is offered?"), options, intro=intro, after=after), picked)


async def hear(then: Callable[[Done | None], object], done: Done | None) -> None:
    """Tell whoever asked what was done."""
    told = then(done)
    if isawaitable(told):
        await told


def _quantity(fit: Any, text: str) -> int:
    """What was typed as a quantity. Raises Refused for what is none, or out of the range."""
    entry = fit.entry
    try:
        if entry.unit is RemedyUnit.MONEY:
            number = parse_money(text, fit.currency)
        else:
            number = int(text.strip().removesuffix("%"))
    except ValueError as error:
        raise Refused(_("Not a quantity"), _("Type a number."), _range(fit, "")) from error
    if not entry.least <= number <= entry.most:
        raise Refused(_("Out of the range"), _range(fit, ""), _("Type another amount."))
    return number


def _shown(fit: Any, quantity: int) -> str:
    match fit.entry.unit:
        case RemedyUnit.MONEY:
            return format_money(quantity, fit.currency)
        case RemedyUnit.PERCENT:
            return f"{quantity}%"
    return str(quantity)


def _range(fit: Any, role: str) -> str:
    from data.vocabulary import Role

    entry = fit.entry
    told = _("from {least} to {most}").format(least=_shown(fit, entry.least), most=_shown(fit, entry.most))
    limit = entry.limit(Role(role)) if role else entry.most
    if limit >= entry.most:
        return told
    return told + look.DOT + _("yours up to {limit}").format(limit=_shown(fit, limit))
