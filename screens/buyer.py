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
from data.vocabulary import OWED, Cause, DraftKind, PersonalKind, Result, State
from data.wording import cause_label, platform_label, result_label
from screens.base import ACTS_LIST, DeskScreen
from screens.choose import Choose, Option
from screens.contact import ContactScreen
from screens.hand_over import alone, ask_to_whom
from screens.picks import later_screen, offer_copies
from screens.progress import progress
from screens.typed import TypeText
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.buyer_lines import buyer_lines
from widgets.cases import buyer_name
from widgets.lines import BLANK, Line, Lines, Span, line
from widgets.priority_lines import priority_line

_BY_HAND = (Result.KEPT, Result.DECLINED, Result.UNREACHABLE, Result.NONE)


class BuyerScreen(DeskScreen[Done | None]):
    """One case in full."""

    PURPOSE = N_(
        "One case in full: the review, the order, the buyer, what was said and promised before. Read "
        "it, then call with F3 or write."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("buyer.call", "f3,1,enter", "call", N_("Call"), N_("Call the buyer, step by step."), foot=1),
        Act("buyer.write", "2", "write", N_("Write"), N_("A message: the text that fits, filled in."), foot=2),
        Act("buyer.note", "tab,3", "note", N_("Note"), N_("A note for colleagues."), foot=3),
        Act("buyer.cause", "f6,4", "cause", N_("Cause"), N_("Say why the buyer is dissatisfied."), foot=5),
        Act("buyer.later", "f7,5", "later", N_("Later"), N_("Take the case off the list until a time."), foot=6),
        Act("buyer.reveal", "f8,6", "reveal", N_("Show number"), N_("A number or address, with a reason."), foot=4),
        Act("buyer.copy", "7", "copy", N_("Copy"), N_("Order number, nick or parcel number.")),
        Act("buyer.next", "f2,8", "next", N_("Next case"), N_("Claim the most urgent free case and open it."), foot=8),
        Act("buyer.claim", "9", "claim", N_("Claim or release"), N_("Make the case yours, or give it back.")),
        Act("buyer.hand_over", "", "hand_over", N_("Hand over"), N_("Give the case to a colleague.")),
        Act("buyer.incoming", "i", "incoming", N_("The buyer calls"), N_("They rang: script, and no attempt.")),
        Act("buyer.explain", "f5,w", "explain", N_("Why"), N_("May the buyer be contacted: every rule."), foot=8),
        Act("buyer.prefer", "", "prefer", N_("What the buyer prefers"), N_("Channel, hours and days they named.")),
        Act("buyer.guide", "", "guide", N_("Steps together"), N_("The buyer's way, one step at a time.")),
        Act("buyer.product", "", "product", N_("The product"), N_("What is known of it, and its cases.")),
        Act("buyer.phone", "", "phone", N_("Add a number"), N_("Type in a telephone number.")),
        Act("buyer.close", "", "close", N_("Close or reopen"), N_("Close without a contact, or work on it again.")),
        Act("buyer.escalate", "", "escalate", N_("Hand to a lead"), N_("A lead decides what is next; leads take it.")),
        Act("buyer.take_over", "", "take_over", N_("Take over"), N_("A lead takes at once what a colleague has.")),
        Act(
            "buyer.never",
            "",
            "never",
            N_("Do not contact"),
            N_("Nobody contacts this buyer again."),
        ),
        Act("buyer.refusal", "", "refusal", N_("Take back a refusal"), N_("A lead corrects a mistake, with a reason.")),
        Act("buyer.remedies", "m", "remedies", N_("Remedies"), N_("What is offered and owed, and what to do next.")),
        Act("buyer.delivered", "", "delivered", N_("Remedy delivered"), N_("What was agreed has reached the buyer.")),
        Act("buyer.reply", "r", "reply", N_("Public reply"), N_("What later readers see below the review.")),
        Act("buyer.tasks", "t", "tasks", N_("Tasks of the case"), N_("Complaint to the carrier, checks, invoice.")),
        Act("buyer.undo", "u", "undo", N_("Undo"), N_("Take back your last act.")),
        Act("buyer.redo", "y", "redo", N_("Do again"), N_("What you have just undone.")),
        Act("buyer.down", "down,pagedown,j", "turn(1)", N_("Further"), N_("What did not fit."), listed=False),
        Act("buyer.up", "up,pageup,k", "turn(-1)", N_("Back up"), N_("To the top."), listed=False),
        Act("buyer.back", "escape,backspace,0", "back", N_("Back"), N_("To the list."), foot=7, listed=False),
        ACTS_LIST,
    )
    DEFAULT_CSS = "BuyerScreen > #facts { height: 1fr; }"
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, case_id: int) -> None:
        super().__init__(place)
        self._case_id = case_id
        self._page: CasePage | None = None
        self._advice: Advice | None = None
        self._first = 0
        self._passed: set[int] = set()
        self._facts = Lines(id="facts", height="1fr")

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
        super().on_mount()
        self.open_behind(self._load)

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._show()

    def catch_up(self) -> None:
        if self._page is not None:
            self.run_worker(self._load(), group="case", exclusive=True)

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
        room = self.size.height - 4
        self._first = max(0, min(self._first, len(lines) - room))
        shown = lines[self._first : self._first + room]
        below = len(lines) - self._first - room
        if below > 0:
            more = _("{n} more lines: Down").format(n=below + 1)
            shown = [*shown[:-1], line(" ", ("…", look.KEY), " ", (more, look.LABEL))]
        self._facts.show([*shown, *[BLANK] * (room - len(shown))])

    def action_turn(self, by: int) -> None:
        self._first = max(0, self._first + by * max(1, self.size.height - 6))
        self._show()

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
        options = [Option(each.id, each.masked, _(_KINDS[PersonalKind(each.kind)])) for each in self._page.personal]

        def picked(number: int | None) -> None:
            if number is not None:
                self.app.push_screen(
                    TypeText(
                        self.place,
                        _("Why show it?"),
                        _("Reason"),
                        hint=_("it is written to the log"),
                    ),
                    lambda reason: self._reveal(number, reason),
                )

        if len(options) == 1:
            picked(options[0].value)
        else:
            self.app.push_screen(Choose(self.place, _("Show which?"), options), picked)

    async def _reveal(self, number: int, reason: str | None) -> None:
        if not reason:
            return
        value = await self.write(lambda casework: casework.reveal(self._case_id, number, reason))
        if value is not None:
            self.say(for_screen(value), look.SAY)

    def action_copy(self) -> None:
        assert self._page is not None
        offer_copies(self, self._page)

    async def action_next(self) -> None:
        self._passed.add(self._case_id)
        passed = frozenset(self._passed)
        case_id = await self.write(lambda casework: casework.claim_next(passed))
        if case_id is None:
            # All that there is has been looked at: the next time it begins anew.
            self._passed.clear()
        else:
            self._case_id, self._first = case_id, 0
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

            async def typed(reason: str | None) -> None:
                if reason:
                    self._done(await self.write(lambda casework: casework.lift_do_not_contact(self._case_id, reason)))

            self.app.push_screen(TypeText(self.place, _("May be contacted again"), _("Reason")), typed)
            return

        async def sure(yes: bool | None) -> None:
            if yes:
                self._done(await self.write(lambda casework: casework.set_do_not_contact(self._case_id)))

        intro: list[Line] = [line(" ", _("Nobody can contact this buyer from here again; only a lead can lift it."))]
        options = [Option(True, _("Yes, do not contact")), Option(False, _("No"))]
        self.app.push_screen(Choose(self.place, _("Do not contact"), options, intro=intro), sure)

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
        async def typed(reason: str | None) -> None:
            if reason:
                self._done(await self.write(lambda casework: casework.correct_refusal(self._case_id, reason)))

        self.app.push_screen(TypeText(self.place, _("Take back a refusal"), _("Reason")), typed)

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


_KINDS = {
    PersonalKind.NAME: N_("Name"),
    PersonalKind.PHONE: N_("Phone"),
    PersonalKind.ADDRESS: N_("Address"),
    PersonalKind.EMAIL: N_("E-mail"),
    PersonalKind.CHAT: N_("Chat"),
}
