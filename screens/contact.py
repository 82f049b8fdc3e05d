"""The way to a contact: takes up what is open, asks who is calling, asks the rules, and then calls or writes.

It stands for a moment only where the rules say no: then it says why, when at the earliest, and what can be done now.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.answers import Advice, advise
from data.clock import HOUR
from data.errors import PlaybookError
from data.language import N_, _
from data.messages.format import WRITTEN
from data.playbook.format import Playbook
from data.playbook.state import Run
from data.protocols import Casework
from data.rows import AgentRow, CasePage, Dialled, Done, OpenCall
from data.vocabulary import CONTACT_KINDS, Channel, DraftKind
from screens.base import ACTS_LIST, DeskScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.case_facts import answered_with_sign
from widgets.cases import buyer_name, product_name
from widgets.lines import BLANK, Line, Lines, Span, line, paragraph

RECOVERING = 2 * HOUR
"""So long after an abusive call the next one is not begun without asking."""

if TYPE_CHECKING:
    from screens.outcome import OutcomeScreen


class ContactScreen(DeskScreen[Done | None]):
    """Leads to a call or a message about one case and gives what was done, or None.

    An `incoming` one the buyer has begun already: no rule is asked, and nobody waits until the agent is ready.
    """

    PURPOSE = N_(
        "Leads to a call or a message. It stays only where a rule says no: then it says why, and when at the earliest."
    )
    UNDISTURBED = True
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("contact.write", "1,enter", "write", N_("Write instead"), N_("Write to the buyer now."), foot=1),
        Act("contact.pass", "2", "pass_rule", N_("Call anyway"), N_("A lead passes a soft rule, with a reason.")),
        Act("contact.explain", "3,f5,w", "explain", N_("Why"), N_("Every rule, and from when it allows."), foot=3),
        Act("contact.back", "escape,backspace,0", "back", N_("Back"), N_("Leave it for now."), foot=2),
        ACTS_LIST,
    )
    DEFAULT_CSS = "ContactScreen > #answer { height: 1fr; }"
    AUTO_FOCUS = ""

    def __init__(
        self, place: Workplace, case_id: int, *, written: bool = False, as_due: bool = False, incoming: bool = False
    ) -> None:
        super().__init__(place)
        self._incoming = incoming
        self._case_id = case_id
        self._written = written
        self._as_due = as_due
        self._page: CasePage | None = None
        self._advice: Advice | None = None
        self._agent: AgentRow = place.reads.agent(place.agent_id)
        self._lines = Lines(id="answer", height="1fr")

    def heading(self) -> str:
        return _("Contact")

    def facts(self) -> Sequence[Span]:
        if self._page is None:
            return ()
        return [(f"{buyer_name(self._page.row)}  {product_name(self._page.row)}", look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._lines

    def on_mount(self) -> None:
        self.open_behind(self._begin)

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def why_not(self, act: str) -> str:
        if self._advice is None:
            return _("One moment.")
        if act == "contact.write" and not self._advice.chat.allowed:
            return _("Writing is not allowed now either.")
        if act == "contact.pass" and self._advice.phone.hard:
            return _("Nobody may pass this rule.")
        if act == "contact.pass" and self._agent.role == "agent":
            return _("Only a lead may do this.")
        return ""

    # From here to the contact

    async def _begin(self) -> None:
        place = self.place
        unfinished = await self.read(lambda: place.reads.unfinished_contact(place.agent_id))
        if unfinished is not None:
            await self._take_up(*unfinished)
            return
        if not self._agent.name or not self._agent.title:
            from screens.who import WhoScreen

            self.app.push_screen(WhoScreen(place, self._agent), self._named)
            return
        await self._ask_rules()

    async def _named(self, named: bool | None) -> None:
        if not named:
            self.dismiss(None)
            return
        self._agent = self.place.reads.agent(self.place.agent_id)
        await self._ask_rules()

    async def _ask_rules(self) -> None:
        place, now = self.place, self.place.now()
        self._page = await self.read(lambda: place.reads.case(self._case_id, now=now))
        if self._page is None:
            return
        self._advice = advise(self._page.facts, now, place.zone, place.settings.contact)
        if self._incoming:
            await self._call()
        elif (self._written or self._due_in_writing(self._page, now)) and self._advice.chat.allowed:
            self.action_write()
        elif not self._written and self._advice.phone.allowed:
            await self._call_when_ready()
        else:
            self.show_header()
            self._show()

    def _due_in_writing(self, page: CasePage, now: int) -> bool:
        """Whether what is due is a text: then the way to the contact leads there, unless a call was asked for."""
        due = page.follow_up_at is not None and page.follow_up_at <= now
        return self._as_due and due and page.follow_up_kind in CONTACT_KINDS and page.follow_up_channel in WRITTEN

    async def _take_up(self, contact_id: int, case_id: int, channel: str) -> None:
        """A contact without an outcome comes first, whichever case the agent meant."""
        place = self.place
        page = await self.read(lambda: place.reads.case(case_id, now=place.now()))
        if page is None:
            return
        if channel == Channel.PHONE:
            call = await self.read(lambda: place.reads.open_call(place.agent_id))
            if call is not None:
                await self._open_call(call, page, taken_up=True)
                return
        note = await self.read(lambda: place.reads.draft(place.agent_id, DraftKind.CALL_NOTE, contact_id))
        if note is not None:
            outcome = self._open_outcome(contact_id, page, note=note, written=channel != Channel.PHONE)
            if case_id != self._case_id:
                outcome.say(self._first(), look.SOON)

    def _first(self) -> str:
        return _("This contact has no outcome yet; it comes before the other case.")

    async def _call_when_ready(self) -> None:
        """Who comes from an abusive call is asked first; where the shop wants it, everybody is."""
        asked = self.place.settings.calls.ready
        if asked == "never" or (asked == "after_abuse" and not await self._was_abused()):
            await self._call()
            return

        async def answered(ready: bool | Done | None) -> None:
            if ready is True:
                await self._call()
            else:
                self.dismiss(ready or None)

        self._ask_ready(answered)

    async def _was_abused(self) -> bool:
        place, since = self.place, self.place.now() - RECOVERING
        return bool(await self.read(lambda: place.reads.was_abused(place.agent_id, since=since)))

    def _ask_ready(self, answered: Callable[[bool | Done | None], Awaitable[None]], *, after: bool = False) -> None:
        from screens.readiness import ReadinessScreen

        self.app.push_screen(ReadinessScreen(self.place, self._case_id, after=after), answered)

    async def _call(self, passing: str = "") -> None:
        incoming = self._incoming
        call = await self.write(lambda casework: casework.start_call(self._case_id, passing, incoming=incoming))
        if call is None:
            self.show_header()
            self._show()
            return
        page = await self.read(lambda: self.place.reads.case(self._case_id, now=self.place.now()))
        if page is not None:
            await self._open_call(call, page)

    async def _open_call(self, call: OpenCall, page: CasePage, *, taken_up: bool = False) -> None:
        from screens.call import CallScreen

        def prepare(casework: Casework) -> tuple[OpenCall, Dialled, Playbook | PlaybookError]:
            dialled = casework.dialled(call.contact_id)
            try:
                Run.from_dict(json.loads(call.run))
                playbook = casework.playbook_of(call.call_id)
                return (casework.resume_call(call.call_id) if taken_up else call), dialled, playbook
            except PlaybookError as error:
                return call, dialled, error

        prepared = await self.write(prepare)
        if prepared is None:
            return
        call, dialled, playbook = prepared
        if isinstance(playbook, PlaybookError):
            # A call that has lost its script still gets its outcome: without one the agent could call nobody else.
            self._open_outcome(call.contact_id, page, note=call.note, written=False).refuse(playbook)
            return
        answer = answered_with_sign(self._advice) if self._advice is not None else ""
        screen = CallScreen(self.place, call, page, dialled, playbook, answer)
        self.app.push_screen(screen, self._over)
        if taken_up:
            meant = call.case_id == self._case_id
            screen.say(_("Taken up again where it stood.") if meant else self._first(), look.SOON)

    def action_write(self) -> None:
        from screens.message import MessageScreen

        if self._page is not None:
            self.app.push_screen(MessageScreen(self.place, self._page), self._over)

    def _open_outcome(self, contact_id: int, page: CasePage, *, note: str, written: bool) -> OutcomeScreen:
        from screens.outcome import OutcomeScreen

        screen = OutcomeScreen(self.place, page, contact_id, note=note, written=written)
        self.app.push_screen(screen, self._over)
        return screen

    async def _over(self, done: Done | None) -> None:
        if done is not None and self.place.settings.calls.ready != "never" and await self._was_abused():
            # A break is offered once the outcome stands; whatever is answered, the contact is over.
            async def rested(_answer: bool | Done | None) -> None:
                self.dismiss(done)

            self._ask_ready(rested, after=True)
            return
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        self.dismiss(done)
        if done is None and isinstance(below, DeskScreen):
            below.say(_("The contact is parked as it stands; F3 takes it up again."), look.SOON)

    def action_explain(self) -> None:
        from screens.contact_explained import ContactExplainedScreen

        if self._page is not None:
            channel = Channel.CHAT if self._written else Channel.PHONE
            self.app.push_screen(ContactExplainedScreen(self.place, self._page, channel))

    def action_pass_rule(self) -> None:
        from screens.typed import TypeText

        async def typed(reason: str | None) -> None:
            if reason:
                await self._call(reason)

        self.app.push_screen(TypeText(self.place, _("Call anyway"), _("Reason")), typed)

    # Where the rules say no

    def _show(self) -> None:
        if self._page is None or self._advice is None:
            return
        cells = self.size.width - 4
        mark = (f"{look.CROSS} ", look.BAD) if not self._advice.allowed else (f"{look.TRIANGLE} ", look.SOON)
        lines: list[Line] = [line(" ", mark, (self._advice.answer, look.SAY)), line("   ", self._advice.advice), BLANK]
        lines += [line("   ", *each) for each in paragraph(look.quoted(self._page.text), cells, look.LABEL, 4)]
        self._lines.show(lines)
