"""The buyer and the order: everything an agent needs before speaking, to be read in a minute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.answers import Advice, advise
from data.clocks.useful import watch
from data.language import N_, _
from data.outside import for_screen
from data.rows import CasePage, Done
from data.vocabulary import OWED, Cause, DraftKind, Result, State
from data.wording import cause_label, platform_label, result_label
from screens.base import DeskScreen
from screens.buyer_acts import ACTS
from screens.choose import Choose, Option
from screens.contact import ContactScreen
from screens.hand_over import alone, ask_to_whom
from screens.next_case import NextCase
from screens.no_contact import ask_never_to_contact, ask_to_contact_again, ask_to_take_back_refusal
from screens.picks import later_screen, offer_copies
from screens.progress import progress
from screens.reveal import ask_what_to_show
from screens.typed import TypeText
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.buyer_lines import buyer_lines
from widgets.cases import buyer_name
from widgets.lines import Span
from widgets.long_text import LongText
from widgets.priority_lines import priority_line

_BY_HAND = (Result.KEPT, Result.DECLINED, Result.UNREACHABLE, Result.NONE)


class BuyerScreen(DeskScreen[Done | None]):
    """One case in full."""

    PURPOSE = N_(
        "One case in full: the review, the order, the buyer, what was said and promised before. Read "
        "it, then call with F3 or write."
    )
    ACTS: ClassVar[tuple[Act, ...]] = ACTS
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, case_id: int) -> None:
        super().__init__(place)
        self._case_id = case_id
        self._page: CasePage | None = None
        self._advice: Advice | None = None
        self._shown_of = case_id
        self._next = NextCase(self)
        self._facts = LongText(id="facts")

    def heading(self) -> str:
        return _("Buyer and order")

    def facts(self) -> Sequence[Span]:
        if self._page is None:
            return ()
        row = self._page.row
        owner = _("claimed by {name}").format(name=for_screen(row.owner)) if row.owner else _("nobody's")
        parts = (buyer_name(row), platform_label(row.platform), owner)
        return [(look.DOT.join(parts), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._facts

    def on_mount(self) -> None:
        self.open_behind(self._load)

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def catch_up(self) -> None:
        if self._page is not None:
            self.behind(self._load, group="case")

    async def _load(self) -> None:
        place, now, case_id = self.place, self.place.now(), self._case_id
        page = await self.read(lambda: place.reads.case(case_id, now=now))
        if page is None:
            return
        self._page = page
        self._advice = advise(page.facts, now, place.zone, place.settings.contact)
        self.show_header()
        self._show()

    def _show(self) -> None:
        if self._page is None or self._advice is None or not self.size.width:
            return
        place = self.place
        lines = buyer_lines(
            self._page,
            self._advice,
            now=place.now(),
            zone=place.zone,
            calls_at_most=place.settings.contact.calls_per_case,
            cells=self.size.width,
            watch=watch(self._page, place.now(), place.settings),
            priority=priority_line(
                self._page, place.settings.priority, place.now(), place.zone, place.agent_id, self.size.width - 2
            ),
        )
        self._facts.show(lines, from_the_top=self._shown_of != self._case_id)
        self._shown_of = self._case_id

    def action_turn(self, by: int) -> None:
        self._facts.turn(by)

    # Acts

    def why_not(self, act: str) -> str:
        if self._page is None:
            return _("One moment.")
        if act == "buyer.reveal" and not self._page.personal:
            return _("Nothing is known that could be shown.")
        if act == "buyer.delivered" and not any(each.state in OWED for each in self._page.remedies):
            return _("No agreed remedy is waiting to be delivered.")
        if act == "buyer.refusal" and not self._page.refusals and self._page.facts.refused_at is None:
            return _("This buyer has not refused anything.")
        if act == "buyer.hand_over":
            return alone(self.place)
        if act == "buyer.take_over":
            return self._why_not_taken()
        if act == "buyer.incoming":
            return self._why_not_spoken()
        return ""

    def _why_not_taken(self) -> str:
        assert self._page is not None
        row = self._page.row
        if row.state == State.ESCALATED or (row.owner_id is not None and row.owner_id != self.place.agent_id):
            return ""
        return _("No colleague has this case.")

    def _why_not_spoken(self) -> str:
        """A call that the buyer began needs a case that somebody works on; the acts for that stand in the same list."""
        assert self._page is not None
        state = self._page.row.state
        if state == State.CLOSED:
            return _("The case is closed: reopen it first, then take the call.")
        if state in (State.ESCALATED, State.APPEALED):
            return _("The case is with a lead: whoever takes it over takes the call.")
        return ""

    def action_incoming(self) -> None:
        self.app.push_screen(ContactScreen(self.place, self._case_id, incoming=True), self._contacted)

    def action_call(self) -> None:
        self.app.push_screen(ContactScreen(self.place, self._case_id), self._contacted)

    def action_write(self) -> None:
        self.app.push_screen(ContactScreen(self.place, self._case_id, written=True), self._contacted)

    def _contacted(self, done: Done | None) -> None:
        """After an outcome the case is out of hand: back to the list, which says what was done."""
        if done is not None:
            self.dismiss(done)

    def action_note(self) -> None:
        draft = (DraftKind.CASE_NOTE, self._case_id)

        async def typed(words: str | None) -> None:
            if words:
                self._done(await self.write(lambda casework: casework.add_note(self._case_id, words)))

        self.app.push_screen(TypeText(self.place, _("Note"), _("Note"), draft=draft), typed)

    def action_cause(self) -> None:
        async def picked(cause: Cause | None) -> None:
            if cause is not None:
                self._done(await self.write(lambda casework: casework.set_cause(self._case_id, cause)))

        options = [Option(cause, cause_label(cause)) for cause in Cause]
        self.app.push_screen(Choose(self.place, _("Why is the buyer dissatisfied?"), options), picked)

    def action_later(self) -> None:
        async def chosen(until: int | None) -> None:
            if until is not None:
                self._done(await self.write(lambda casework: casework.snooze(self._case_id, until)))

        self.app.push_screen(later_screen(self.place), chosen)

    def action_reveal(self) -> None:
        assert self._page is not None
        ask_what_to_show(self, self._case_id, self._page.personal)

    def action_copy(self) -> None:
        assert self._page is not None
        offer_copies(self, self._page)

    async def action_next(self) -> None:
        self._next.passed.add(self._case_id)
        case_id = await self._next.claim()
        if case_id is not None:
            self._case_id = case_id
            await self._load()

    async def action_claim(self) -> None:
        assert self._page is not None
        mine = self._page.row.owner_id == self.place.agent_id
        self._done(
            await self.write(
                lambda casework: casework.release(self._case_id) if mine else casework.claim(self._case_id)
            )
        )

    def action_hand_over(self) -> None:
        async def give(to: int, note: str) -> None:
            self._done(await self.write(lambda casework: casework.hand_over(self._case_id, to, note)))

        ask_to_whom(self, give)

    def action_phone(self) -> None:
        from screens.phone import ask_for_number

        ask_for_number(self, self._case_id, self._done)

    def action_guide(self) -> None:
        from screens.guide import guides_of, open_guide

        assert self._page is not None
        if guides_of(self.place, self._page):
            open_guide(self, self._page)
        else:
            self.say(_("No steps are known that this platform still allows."), look.SOON)

    def action_explain(self) -> None:
        from screens.contact_explained import ContactExplainedScreen

        assert self._page is not None
        self.app.push_screen(ContactExplainedScreen(self.place, self._page))

    def action_product(self) -> None:
        from screens.knowledge import KnowledgeScreen

        assert self._page is not None
        self.app.push_screen(KnowledgeScreen(self.place, self._page))

    def action_prefer(self) -> None:
        from screens.preferences import ask_what_they_prefer

        assert self._page is not None
        ask_what_they_prefer(self, self._case_id, self._page.facts, self._done)

    async def action_close(self) -> None:
        assert self._page is not None
        if self._page.row.state == State.CLOSED:
            self._done(await self.write(lambda casework: casework.reopen(self._case_id)))
            return

        async def picked(result: Result | None) -> None:
            if result is not None:
                self._done(await self.write(lambda casework: casework.close(self._case_id, result)))

        options = [Option(result, result_label(result)) for result in _BY_HAND]
        self.app.push_screen(Choose(self.place, _("What did it come to?"), options), picked)

    async def action_escalate(self) -> None:
        assert self._page is not None
        if self._page.row.state == State.ESCALATED:
            self._done(await self.write(lambda casework: casework.take_over(self._case_id)))
        else:
            self._done(await self.write(lambda casework: casework.escalate(self._case_id)))

    async def action_take_over(self) -> None:
        self._done(await self.write(lambda casework: casework.take_over(self._case_id)))

    def action_never(self) -> None:
        assert self._page is not None
        if self._page.facts.do_not_contact_at is not None:
            ask_to_contact_again(self, self._case_id, self._done)
        else:
            ask_never_to_contact(self, self._case_id, self._done)

    def action_remedies(self) -> None:
        from screens.remedy_acts import case_remedies

        assert self._page is not None
        case_remedies(self, self._page, self._done)

    async def action_delivered(self) -> None:
        self._done(await self.write(lambda casework: casework.remedy_delivered(self._case_id)))

    def action_reply(self) -> None:
        from screens.reply import ReplyScreen

        self.app.push_screen(ReplyScreen(self.place, self._case_id), self._done)

    def action_tasks(self) -> None:
        from screens.task_acts import ask_about_tasks

        assert self._page is not None
        ask_about_tasks(self, self._page, self._done)

    def action_refusal(self) -> None:
        ask_to_take_back_refusal(self, self._case_id, self._done)

    async def action_undo(self) -> None:
        told = progress(self)
        self._done(await self.write(lambda casework: casework.undo(told)))

    async def action_redo(self) -> None:
        told = progress(self)
        self._done(await self.write(lambda casework: casework.redo(told)))

    def _done(self, done: Done | None) -> None:
        if done is not None:
            self.say(f"{look.CHECK} {done.said}", look.GOOD)
            self.catch_up()
