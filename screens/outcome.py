"""The outcome of a contact: what happened on the line, where the case stands, and when the next step is due.

What the call most likely came to stands first, and Enter takes it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Key, Resize

from data.call_record import WHY, Gap, Record, Why, gap_words, lacks
from data.call_words import agreed_at
from data.contact_rules import day_and_time
from data.follow_up import WITHOUT_CHAT
from data.language import N_, _
from data.likely import Likely, likely
from data.outcomes import LINES, STANDINGS, LineResult, Standing, line_label, standing_label, standings_for
from data.playbook.run import Ending
from data.playbook.state import Run
from data.protocols import Disposition
from data.rows import CasePage, Done
from data.times import EXACT, resolve
from data.vocabulary import Cause, Channel, Device, DraftKind, FollowUpKind, State
from data.wording import cause_label, channel_label, device_label, follow_up_label, result_label, state_label
from screens.base import ACTS_LIST, DeskScreen
from screens.choose import Choose, Option
from screens.typed import TypeText
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cases import buyer_name, product_name
from widgets.cells import pad, width
from widgets.field_row import FieldRow
from widgets.frame import rule
from widgets.lines import BLANK, Line, Lines, Span, line, paragraph
from widgets.text_field import TextField
from widgets.times import stamp

_TIMES = (
    ("today 20:00", N_("Tonight 20:00")),
    ("tomorrow same", N_("Same hour tomorrow")),
    ("tomorrow 10:00", N_("Tomorrow 10:00")),
    ("tomorrow 20:00", N_("Tomorrow 20:00")),
    ("+2d 20:00", N_("In two days, 20:00")),
    ("+3d 20:00", N_("In three days, 20:00")),
    ("+7d 20:00", N_("In a week, 20:00")),
)

_KEYS = {
    Gap.TIME: "1",
    Gap.REMEDY: "Esc F5",
    Gap.CAUSE: "F6",
    Gap.NOTE: "Tab",
    Gap.APOLOGY: "Esc",
    Gap.DEVICE: "F7",
}
"""Where what is missing is said; Esc leads back to the call."""


class OutcomeScreen(DeskScreen[Done | None]):
    """Records the outcome and gives what was done; a contact is not over without one."""

    PURPOSE = N_(
        "What came of the contact. The likeliest stands first and Enter records it; a promise gets an exact time."
    )
    UNDISTURBED = True
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("outcome.take", "enter", "take(0)", N_("Record"), N_("Record the outcome that stands first."), foot=1),
        Act("outcome.other", "9", "other", N_("Another"), N_("What happened, then where it stands."), foot=2),
        Act("outcome.note", "tab", "note", N_("Note"), N_("Type into the note; Tab comes back."), foot=3),
        Act("outcome.cause", "f6", "cause", N_("Cause"), N_("Say why the buyer was dissatisfied."), foot=4),
        Act("outcome.back", "escape,backspace,0", "back", N_("Back"), N_("The contact stays open."), foot=5),
        Act(
            "outcome.device", "f7", "device", N_("At hand"), N_("What the buyer will have at hand at the agreed time.")
        ),
        ACTS_LIST,
    )
    DIGITS = "12345678"
    DEFAULT_CSS = "OutcomeScreen > #outcomes { height: 1fr; }"
    AUTO_FOCUS = ""

    def __init__(
        self,
        place: Workplace,
        page: CasePage,
        contact_id: int,
        *,
        ending: Ending | None = None,
        picked_at: int | None = None,
        note: str = "",
        written: bool = False,
        run: Run | None = None,
    ) -> None:
        super().__init__(place)
        self._run = run
        self._page = page
        self._contact_id = contact_id
        self._written = written
        self._cause = page.row.cause
        checking = page.follow_up_kind == FollowUpKind.SATISFACTION
        self._offered = likely(ending, _agreed(ending, picked_at, place), written, checking)
        self._device: Device | None = None
        self._why: Why | None = None
        self._hint = ending.hint if ending is not None else ""
        self._list = Lines(id="outcomes", height="1fr")
        self._rule = Lines()
        self._note = FieldRow(_("Note"), note, hint=_("Tab: what the next colleague should know"))

    def heading(self) -> str:
        return _("Outcome")

    def facts(self) -> Sequence[Span]:
        return [(f"{buyer_name(self._page.row)}  {product_name(self._page.row)}", look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._list
        yield self._rule
        yield self._note

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def _show(self) -> None:
        lines: list[Line] = [line(" ", (_("What came of it?"), look.LABEL)), BLANK]
        lines += self._offers()
        lines += [line("   ", ("9", look.HERE), " ", _("Another outcome…")), BLANK]
        if self._hint:
            lines.append(line(" ", (_("Then"), look.LABEL), f"  {self._hint}"))
        if self._device is not None:
            lines.append(line(" ", (_("At hand"), look.LABEL), f"  {device_label(self._device)}"))
        lines += self._missing()
        self._list.show(lines)
        self._rule.show([rule(self.size.width)])

    def _offers(self) -> list[Line]:
        """The outcomes with their times and where they lead; of the last only the state, or nothing, where
        there is little room."""
        now, zone = self.place.now(), self.place.zone
        words = [f"{line_label(each.line)}{look.DOT}{standing_label(each.standing)}" for each in self._offered]
        times = ["" if each.at is None else f"  {day_and_time(each.at, now, zone)}" for each in self._offered]
        leads = [self._leads_to(each) for each in self._offered]
        timed = max(map(width, times))
        told = min(max(map(width, words)), self.size.width - 5 - timed)
        if max(map(width, leads)) > self.size.width - 5 - told - timed - 3:
            leads = [self._leads_to(each, short=True) for each in self._offered]
        if max(map(width, leads)) > self.size.width - 5 - told - timed - 3:
            leads = [""] * len(leads)
        return [
            line(
                " ", (look.CURSOR if not at else " ", look.HERE), " ", (str(at + 1), look.HERE), " ",
                (pad(words[at], told) + pad(times[at], timed), None if at else look.SAY),
                "   ", (leads[at], look.LABEL),
            )
            for at in range(len(self._offered))
        ]  # fmt: skip

    def _leads_to(self, each: Likely, *, short: bool = False) -> str:
        flags = STANDINGS[each.standing]
        if short:
            return state_label(flags.state)
        if flags.state is State.CLOSED and flags.result is not None:
            return f"{state_label(flags.state)}: {result_label(flags.result)}"
        follows = f"{look.DOT}{follow_up_label(flags.follow_up)}" if flags.follow_up is not None else ""
        return state_label(flags.state) + follows

    def _lacking(self, line_result: str, standing: str, at: int | None) -> tuple[Gap, ...]:
        """What the record would lack with that outcome."""
        run = self._run
        return lacks(
            Record(
                line_result,
                standing,
                at,
                cause=self._cause,
                note=self._note.field.value,
                apologies=run.apologies if run is not None else None,
                agreed=run is not None and run.remedy == "accepted",
                named=any(each.entry or each.detail for each in self._page.remedies if each.state != "declined"),
                device=self._device,
            )
        )

    def _missing(self) -> list[Line]:
        """What the record still lacks with the outcome that stands first, and the keys that lead there."""
        first, label = self._offered[0], _("Still missing")
        gaps = self._lacking(first.line, first.standing, first.at)
        told = look.DOT.join(f"{gap_words(gap)} ({_KEYS[gap]})" for gap in gaps)
        cells = self.size.width - width(label) - 4
        lines = [line(" " * (width(label) + 3), *each) for each in paragraph(told, cells)]
        return [line(" ", (label, look.SOON), "  ", *lines[0][1:]), *lines[1:]] if gaps else []

    # Acts

    async def on_key(self, event: Key) -> None:
        if event.key.isdecimal() and 1 <= int(event.key) <= len(self._offered):
            event.stop()
            await self.action_take(int(event.key) - 1)

    async def action_take(self, at: int) -> None:
        chosen = self._offered[at]
        await self._settle(chosen.line, chosen.standing, chosen.at)

    async def _settle(
        self, line_result: LineResult, standing: Standing, at: int | None, channel: Channel | None = None
    ) -> None:
        if STANDINGS[standing].needs_time and at is None:

            async def timed(agreed: int | None) -> None:
                if agreed is not None:
                    await self._settle(line_result, standing, agreed)

            self._ask_time(timed)
            return
        if standing is Standing.CALLBACK and channel is None:
            self._ask_channel(line_result, standing, at)
            return
        lacking = self._lacking(line_result, standing, at)
        if lacking and self._why is None and self.place.settings.calls.complete == "reason":
            self._ask_why(lacking, line_result, standing, at, channel)
            return
        note = self._note.field.value
        told = Disposition(line_result, standing, at, note, channel, self._device, lacking, self._why)
        done = await self.write(lambda casework: casework.record_outcome(self._contact_id, told))
        if done is not None:
            self.dismiss(done)

    def _ask_why(
        self, lacking: Sequence[Gap], line_result: LineResult, standing: Standing, at: int | None, way: Channel | None
    ) -> None:
        """Why the record stays as it is: one key, where the shop asks."""

        async def picked(why: Why | None) -> None:
            if why is not None:
                self._why = why
                await self._settle(line_result, standing, at, way)

        intro = [line(" ", (_("Still missing"), look.SOON), "  ", look.DOT.join(map(gap_words, lacking)))]
        options = [Option(why, _(words)) for why, words in WHY.items()]
        self.app.push_screen(Choose(self.place, _("Why is it missing?"), options, intro=intro), picked)

    def _ask_channel(self, line_result: LineResult, standing: Standing, at: int | None) -> None:
        """How the buyer wants to be reached at the agreed time, and what they will have at hand: one key."""

        async def picked(way: tuple[Channel, Device | None] | None) -> None:
            if way is not None:
                channel, self._device = way[0], way[1] or self._device
                await self._settle(line_result, standing, at, channel)

        written = Channel.EMAIL if self._page.row.platform in WITHOUT_CHAT else Channel.CHAT
        options = [Option(way, _way_words(*way)) for way in _ways(written)]
        self.app.push_screen(Choose(self.place, _("How at that time?"), options), picked)

    def _ask_time(self, then: Callable[[int | None], Awaitable[None]]) -> None:
        now, zone = self.place.now(), self.place.zone
        options = [Option(spec, _(label), stamp(resolve(spec, now, zone), now, zone)) for spec, label in _TIMES]
        options.append(Option(EXACT, _("Another time…")))

        async def picked(spec: str | None) -> None:
            if spec == EXACT:
                self.app.push_screen(typed_screen, typed)
            elif spec is not None:
                await then(resolve(spec, now, zone))

        async def typed(text: str | None) -> None:
            if text:
                await then(resolve(text, now, zone))

        typed_screen = TypeText(
            self.place,
            _("When exactly?"),
            _("Time"),
            hint=_("20:00, tomorrow 10:30, +3d"),
            check=lambda text: resolve(text, now, zone),
        )
        self.app.push_screen(Choose(self.place, _("When exactly?"), options), picked)

    def action_other(self) -> None:
        written = self._written
        options = [Option(each, line_label(each)) for each, flags in LINES.items() if flags.written == written]

        async def line_picked(line_result: LineResult | None) -> None:
            if line_result is None:
                return

            async def standing_picked(standing: Standing | None) -> None:
                if standing is not None:
                    await self._settle(line_result, standing, None)

            fits = [Option(each, standing_label(each)) for each in standings_for(line_result)]
            self.app.push_screen(Choose(self.place, _("Where does the case stand?"), fits), standing_picked)

        self.app.push_screen(Choose(self.place, _("What happened?"), options), line_picked)

    def action_cause(self) -> None:
        options = [Option(cause, cause_label(cause)) for cause in Cause]

        async def picked(cause: Cause | None) -> None:
            if cause is None:
                return
            done = await self.write(lambda casework: casework.set_cause(self._page.row.case_id, cause))
            if done is not None:
                self._cause = cause
                self.say(f"{look.CHECK} {done.said}", look.GOOD)
                self._show()

        self.app.push_screen(Choose(self.place, _("Why was the buyer dissatisfied?"), options), picked)

    def action_device(self) -> None:
        """One after the other: not said, at the computer, on the phone."""
        after = {None: Device.COMPUTER, Device.COMPUTER: Device.PHONE, Device.PHONE: None}
        self._device = after[self._device]
        self._show()

    def action_note(self) -> None:
        self._note.field.focus()

    async def on_text_field_drafted(self, message: TextField.Drafted) -> None:
        contact_id, text = self._contact_id, message.text
        await self.write(lambda casework: casework.keep_draft(DraftKind.CALL_NOTE, contact_id, text))

    def on_text_field_kept(self, _message: TextField.Kept) -> None:
        self._left_note()

    def on_text_field_left(self, _message: TextField.Left) -> None:
        self._left_note()

    def _left_note(self) -> None:
        self.set_focus(None)
        self._show()


def _ways(written: Channel) -> tuple[tuple[Channel, Device | None], ...]:
    """The ways of an appointment, the usual one first."""
    return (
        (Channel.PHONE, None),
        (Channel.PHONE, Device.COMPUTER),
        (written, Device.COMPUTER),
        (written, Device.PHONE),
    )


def _way_words(channel: Channel, device: Device | None) -> str:
    return look.DOT.join([channel_label(channel), *([device_label(device)] if device else [])])


def _agreed(ending: Ending | None, picked_at: int | None, place: Workplace) -> int | None:
    """The moment that was agreed on the call, if there was one and it is still to come."""
    at = agreed_at(ending.time, picked_at or place.now(), place.zone) if ending is not None else None
    return at if at is not None and at > place.now() else None
