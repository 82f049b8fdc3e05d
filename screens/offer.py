"""What is offered to make it right: two or three choices that fit, the whole catalogue, or own words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

from data.decency import decent_remedy
from data.errors import Refused
from data.language import _
from data.money import format_money, parse_money
from data.protocols import Offer
from data.rows import CasePage, Done
from data.vocabulary import RemedyUnit, Role
from screens.base import DeskScreen
from screens.choose import Choose, Option
from screens.typed import TypeText
from screens.whose import held_by_another
from screens.workplace import Workplace
from widgets import look
from widgets.lines import Line, line
from widgets.remedy_lines import earlier_line, within

if TYPE_CHECKING:
    from data.remedies.catalogue import Catalogue
    from data.remedies.fitting import Asked, Fit

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
    from data.remedies.catalogue import catalogue
    from data.remedies.fitting import asked_of

    place = screen.place
    settings = place.settings

    def read() -> tuple[Catalogue, str]:
        kept = catalogue(settings.remedies.own_file, settings.lint.file)
        return kept, place.reads.agent(place.agent_id).role

    if whose := await held_by_another(place, page):
        screen.say(whose, look.SOON)
        return
    found = await screen.read(read)
    if found is not None:
        kept, role = found
        asked = asked_of(page, role, kept, new_one_first=settings.remedies.new_one_first)
        _Offering(screen, page, then, kept, asked).ask()


class _Offering:
    """Asks what is offered to the buyer of one case, and enters what was picked."""

    def __init__(
        self,
        screen: DeskScreen[Any],
        page: CasePage,
        then: Callable[[Done | None], object],
        kept: Catalogue,
        asked: Asked,
    ) -> None:
        self._screen = screen
        self._page = page
        self._then = then
        self._kept = kept
        self._asked = asked

    def ask(self) -> None:
        """What fits the case, with the whole catalogue and one's own words below it."""
        from data.remedies.fitting import fitting

        intro: list[Line] = [earlier_line(self._page.given)]
        if not self._page.row.cause:
            intro.append(line("  ", (_("The cause is not set; with it the choices fit better."), look.LABEL)))
        spoken = self._page.shop_language
        options: list[Option[Fit | str]] = [
            Option(fit, fit.said(spoken), look.DOT.join((_(fit.why), *_terms(fit))))
            for fit in fitting(self._kept, self._asked)
        ]
        options.append(Option(CATALOGUE, _("Something else of the catalogue")))
        options.append(Option(OWN_WORDS, _("In your own words"), self._asks_a_lead()))
        after = [line("  ", (_("Owed once the buyer agrees, whatever becomes of the review."), look.LABEL))]
        self._push(Choose(self._screen.place, _("What is offered?"), options, intro=intro, after=after), self._picked)

    async def _picked(self, choice: Fit | str | None) -> None:
        if choice == CATALOGUE:
            self._ask_for_any()
        elif choice == OWN_WORDS:
            hint = _("what was agreed; it never depends on the review")
            limit = [line(" ", (words, look.LABEL)) for words in (self._asks_a_lead(),) if words]
            place = self._screen.place
            check = partial(decent_remedy, place.settings)
            typed = TypeText(place, _("In your own words"), _("Remedy"), hint=hint, intro=limit, check=check)
            self._push(typed, self._in_words)
        elif choice is not None and not isinstance(choice, str):
            await self._enter(Offer(choice.entry.id, choice.quantity))

    def _asks_a_lead(self) -> str:
        """For what in own words a lead is asked; nothing for whoever decides it alone."""
        return _("money, a share or something free: a lead is asked") if self._asked.role is Role.AGENT else ""

    async def _in_words(self, words: str | None) -> None:
        if words:
            await self._enter(Offer(words=words))

    def _ask_for_any(self) -> None:
        from data.remedies.fitting import everything

        every = [
            Option(fit, fit.entry.shown, look.DOT.join(_terms(fit))) for fit in everything(self._kept, self._asked)
        ]
        self._push(Choose(self._screen.place, _("Every remedy"), every), self._of_catalogue)

    async def _of_catalogue(self, fit: Fit | None) -> None:
        if fit is None:
            return
        if fit.entry.least == fit.entry.most:
            await self._enter(Offer(fit.entry.id, fit.quantity))
        else:
            self._ask_how_much(fit)

    def _ask_how_much(self, fit: Fit) -> None:
        async def measured(text: str | None) -> None:
            if text:
                await self._enter(Offer(fit.entry.id, _quantity(fit, text)))

        asked = TypeText(
            self._screen.place,
            fit.entry.shown,
            _("How much"),
            text=_shown(fit, fit.quantity),
            hint=_range(fit, self._asked.role),
            check=lambda text: _quantity(fit, text),
        )
        self._push(asked, measured)

    async def _enter(self, offer: Offer) -> None:
        case_id = self._page.row.case_id
        await hear(self._then, await self._screen.write(lambda casework: casework.propose_remedy(case_id, offer)))

    def _push(self, screen: DeskScreen[Any], then: Callable[[Any], Any]) -> None:
        self._screen.app.push_screen(screen, then)


def _terms(fit: Fit) -> list[str]:
    """What it costs, how soon it is done, and whether a lead is asked."""
    told = []
    if fit.cost_minor is not None:
        told.append(_("costs {money}").format(money=format_money(fit.cost_minor, fit.currency)))
    told.append(within(fit.entry.due_hours))
    if fit.above_limit:
        told.append(_("above your limit: a lead is asked"))
    return told


async def hear(then: Callable[[Done | None], object], done: Done | None) -> None:
    """Tell whoever asked what was done."""
    told = then(done)
    if isawaitable(told):
        await told


def _quantity(fit: Fit, text: str) -> int:
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


def _shown(fit: Fit, quantity: int) -> str:
    match fit.entry.unit:
        case RemedyUnit.MONEY:
            return format_money(quantity, fit.currency)
        case RemedyUnit.PERCENT:
            return f"{quantity}%"
    return str(quantity)


def _range(fit: Fit, role: str) -> str:
    entry = fit.entry
    told = _("from {least} to {most}").format(least=_shown(fit, entry.least), most=_shown(fit, entry.most))
    limit = entry.limit(Role(role)) if role else entry.most
    if limit >= entry.most:
        return told
    return told + look.DOT + _("yours up to {limit}").format(limit=_shown(fit, limit))
