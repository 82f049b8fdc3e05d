"""The guided call: what to say stands alone and bright; one digit takes the next step, and it is on disk before the
next line shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.call_trail import HURRIED_OFF, HURRIED_ON, Marks, marks, sentences_said, spans, stages_of
from data.call_words import call_variables
from data.language import N_, _
from data.playbook import run as runs
from data.playbook.format import Playbook
from data.playbook.state import Run
from data.protocols import Move
from data.rows import AgentRow, CasePage, Dialled, Done, OpenCall
from data.times import EXACT, resolve
from data.vocabulary import DraftKind
from screens.base import ACTS_LIST, DeskScreen
from screens.call_dial import dial
from screens.call_marks import marks_screen
from screens.call_objections import ObjectionPicker
from screens.offer import offer_remedy, offers_for
from screens.outcome import OutcomeScreen
from screens.typed import TypeText
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.call_lines import running, script_lines, side_cells, side_lines, stage_line
from widgets.call_pulse import manner, pulse, pulse_line
from widgets.cases import buyer_name, product_name
from widgets.field_row import FieldRow
from widgets.lines import BLANK, Lines, Span, beside
from widgets.text_field import TextField

_FRAME = 8
"""Lines that are not the script's: header, stages, the note with its rule, and the foot."""


class CallScreen(DeskScreen[Done | None]):
    """One call from dialling to goodbye. Left by its outcome, or paused and taken up again where it stood."""

    PURPOSE = N_(
        "The call, line by line. Say the bright line, then press the number of what the buyer does; "
        "every step is kept at once."
    )
    UNDISTURBED = True
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act(
            "call.back",
            "backspace",
            "step_back",
            N_("Step back"),
            N_("To the line before."),
            foot=1,
        ),
        Act("call.note", "tab,n", "note", N_("Note"), N_("Type into the note; Tab comes back."), foot=2),
        Act("call.variant", "f8", "variant", N_("Other words"), N_("The same said in other words."), foot=3),
        Act("call.objection", "9", "objection", N_("Objection"), N_("The buyer objects: pick which."), foot=4),
        Act("call.end", "0", "end", N_("End the call"), N_("Say goodbye and record the outcome."), foot=5),
        Act("call.outcome", "enter", "outcome", N_("Outcome"), N_("Once goodbye is said: record it."), listed=False),
        Act("call.dial", "", "dial", N_("Dial"), N_("By the shop's command; Enter at the first line.")),
        Act("call.message", "f6", "message", N_("Message"), N_("Write while you talk; no attempt is counted.")),
        Act("call.pause", "escape", "pause", N_("Park"), N_("Leave the call; F3 takes it up again."), foot=6),
        Act("call.hurried", "f2", "hurry", N_("Three sentences"), N_("For a buyer in a hurry, counted."), foot=9),
        Act(
            "call.knowledge",
            "right,p",
            "knowledge",
            N_("The product"),
            N_("What is known of it, and its cases."),
            foot=7,
        ),
        Act("call.remedy", "f5", "remedy", N_("Remedy"), N_("What fits; the one that is picked is entered."), foot=5),
        Act("call.mark", "f7", "mark", N_("Pace, temper"), N_("Mark how the buyer speaks."), foot=8),
        ACTS_LIST,
        *(
            Act(f"call.choice_{key}", str(key), f"choose({key})", N_("Choice"), N_("What the buyer did."), listed=False)
            for key in range(1, 9)
        ),
    )
    DEFAULT_CSS = """
    CallScreen > #stages { height: 2; }
    CallScreen > #script { height: 1fr; }
    CallScreen > #note-rule { height: 1; }
    """
    AUTO_FOCUS = ""
    above = 0
    """Lines that a rehearsal puts above the script."""

    def __init__(
        self, place: Workplace, call: OpenCall, page: CasePage, dialled: Dialled, playbook: Playbook, answer: str
    ) -> None:
        super().__init__(place)
        self._call = call
        self._page = page
        self._dialled = dialled
        self._playbook = playbook
        self._answer = answer
        self._agent: AgentRow = place.reads.agent(place.agent_id)
        self._run = Run.from_dict(json.loads(call.run))
        self._offers: tuple[str, ...] = ()
        self._stages = Lines(id="stages")
        self._script = Lines(id="script", height="1fr")
        self._note_rule = Lines(id="note-rule")
        self._note = FieldRow(_("Note"), call.note, hint=_("Tab: type what the buyer says"))

    # What it shows

    def heading(self) -> str:
        return f"{_('Call')} {running(self._call.started_at, self.place.now())}"

    def show_header(self) -> None:
        super().show_header()
        self._show_pulse()

    def facts(self) -> Sequence[Span]:
        row, at_most = self._page.row, self.place.settings.contact.calls_per_case
        counted = _("call {n} of {most}").format(n=self._call.attempt, most=at_most)
        nth = _("the buyer called") if self._call.incoming else counted
        parts = (buyer_name(row), product_name(row), nth)
        return [("  ".join(part for part in parts if part), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._stages
        yield self._script
        yield self._note_rule
        yield self._note

    def on_mount(self) -> None:
        self.behind(self._read_offers, group="offers")

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def _show(self) -> None:
        cells, place = self.size.width, self.place
        side = side_cells(cells)
        room = cells - side - 3 if side else cells - 1
        now, said = place.now(), self._say_now()
        dialling = not self._run.path
        hurried = sentences_said(self._call.trail, self._playbook) if self._marks.hurried else None
        left = script_lines(
            said,
            runs.options(self._playbook, self._run),
            runs.objections(self._playbook, self._run) if "identity" in self._run.marks else (),
            self._dialled.number if dialling else "",
            ended=self._ended(),
            cells=room,
            rows=self.size.height - _FRAME - self.above,
            manner=manner(self._marks, hurried),
            hurried=hurried,
            remedy_key=next((act.shown_key for act in self.acts if act.id == "call.remedy"), ""),
        )
        if side:
            began = self._call.incoming
            case = side_lines(self._page, self._answer, now=now, zone=place.zone, cells=side - 3, incoming=began)
            left = beside(left, case, room, (f"{look.BAR} ", look.LABEL))
        self._stages.show([stage_line(runs.stages(self._playbook, self._run), cells), BLANK])
        self._script.show(left)
        self._show_pulse()

    @property
    def _marks(self) -> Marks:
        return marks(self._call.trail)

    def _show_pulse(self) -> None:
        """The counters over the note: they move with a key or once a minute, and rest while somebody types."""
        times = spans(self._call.trail, stages_of(self._playbook), self._run.place, self.place.now())
        parts = pulse(
            self._playbook,
            self._run,
            times,
            self._marks,
            noted=bool(self._note.field.value.strip()),
            closing=self._at_close(),
        )
        self._note_rule.show([pulse_line(parts, self.room.width)])

    def _at_close(self) -> bool:
        return self._ended() or self._playbook.node(self._run.place).stage == self._playbook.stages[-1].id

    def _say_now(self) -> runs.Line:
        words = call_variables(
            self._page,
            self._agent,
            self._playbook,
            self._run,
            name=self._dialled.name,
            now=self.place.now(),
            zone=self.place.zone,
            offers=self._offers,
        )
        return runs.line(self._playbook, self._run, words)

    def _ended(self) -> bool:
        return runs.ending(self._playbook, self._run) is not None

    # Remedies

    async def _read_offers(self) -> None:
        """What fits the case, as it is said; read while the telephone rings, so that no step waits for it. Before it is
        known whom one speaks to no line says it."""
        offers = await self.read(lambda: offers_for(self.place, self._page))
        if offers:
            self._offers = offers
            if "identity" in self._run.marks and not self.typing:
                self._show()

    async def action_remedy(self) -> None:
        await offer_remedy(self, self._page, self._offered)

    async def _offered(self, done: Done | None) -> None:
        if done is None:
            return
        place, case_id = self.place, self._call.case_id
        page = await self.read(lambda: place.reads.case(case_id, now=place.now()))
        if page is not None:
            self._page = page
            self._show()
        self.say(f"{look.CHECK} {done.said}", look.GOOD)

    # Steps

    async def _advance(self, move: Move) -> None:
        call = await self.write(lambda casework: casework.advance_call(self._call.call_id, move))
        if call is None:
            return
        self._call = call
        self._run = Run.from_dict(json.loads(call.run))
        self.show_header()
        self._show()
        if self._ended() and move.kind != "back" and not self._say_now().say:
            self.action_outcome()

    async def action_choose(self, key: int) -> None:
        option = next((each for each in runs.options(self._playbook, self._run) if each.key == key), None)
        if option is None:
            if not self._ended():
                self.say(_("There is no choice {key} here.").format(key=key), look.SOON)
            return
        if option.time == EXACT:
            self.app.push_screen(self._time_screen(), lambda text: self._typed(key, text))
            return
        await self._advance(Move("choose", str(key)))

    def _time_screen(self) -> TypeText:
        now, zone = self.place.now(), self.place.zone
        return TypeText(
            self.place,
            _("When exactly?"),
            _("Time"),
            hint=_("20:00, tomorrow 10:30, +3d"),
            check=lambda text: resolve(text, now, zone),
        )

    async def _typed(self, key: int, text: str | None) -> None:
        if text:
            await self._advance(Move("choose", f"{key} {text}"))

    async def action_step_back(self) -> None:
        if not self._run.path:
            self.say(_("This is the first line; Esc pauses the call, 0 ends it."), look.SOON)
            return
        await self._advance(Move("back"))

    async def action_variant(self) -> None:
        await self._advance(Move("variant"))

    async def action_hurry(self) -> None:
        await self._mark(HURRIED_OFF if self._marks.hurried else HURRIED_ON)

    def action_mark(self) -> None:
        self.app.push_screen(marks_screen(self.place, self._marks), self._mark)

    async def _mark(self, mark: str | None) -> None:
        if mark is None:
            return
        call = await self.write(lambda casework: casework.mark_call(self._call.call_id, mark))
        if call is not None:
            self._call = call
            self._show()

    def action_knowledge(self) -> None:
        from screens.knowledge import KnowledgeScreen

        self.app.push_screen(KnowledgeScreen(self.place, self._page))

    def action_objection(self) -> None:
        known = runs.objections(self._playbook, self._run)
        if not known:
            self.say(_("There is nothing to object to here."), look.SOON)
            return
        self.app.push_screen(ObjectionPicker(self.place, known), self._objected)

    async def _objected(self, objection: str | None) -> None:
        if objection is not None:
            await self._advance(Move("objection", objection))

    async def action_end(self) -> None:
        if self._ended():
            self.action_outcome()
        else:
            await self._advance(Move("end"))

    async def action_dial(self) -> None:
        await dial(self, self._call.contact_id, self._dialled)

    def action_message(self) -> None:
        from screens.message import MessageScreen

        self.app.push_screen(MessageScreen(self.place, self._page, contact_id=self._call.contact_id))

    def action_outcome(self) -> None:
        if not self._run.path and not self._ended() and self.place.settings.calls.dial:
            self.behind(self.action_dial, group="dial")
            return
        if not self._ended():
            self.say(_("Press the number of what the buyer does; 0 ends the call."), look.SOON)
            return
        ending = runs.ending(self._playbook, self._run)
        self.app.push_screen(
            OutcomeScreen(
                self.place,
                self._page,
                self._call.contact_id,
                picked_at=self._run.picked_at,
                ending=ending,
                note=self._note.field.value,
                run=self._run,
            ),
            self._recorded,
        )

    async def _recorded(self, done: Done | None) -> None:
        if done is not None:
            self.dismiss(done)
            return
        # The note and the cause may have been typed on there.
        place, contact_id, case_id = self.place, self._call.contact_id, self._call.case_id
        note = await self.read(lambda: place.reads.draft(place.agent_id, DraftKind.CALL_NOTE, contact_id))
        page = await self.read(lambda: place.reads.case(case_id, now=place.now()))
        if note is not None and page is not None:
            self._note.field.take(note)
            self._page = page
            self._show()

    async def action_pause(self) -> None:
        await self.write(lambda casework: casework.park_call(self._call.call_id))
        self.dismiss(None)

    # The note

    def action_note(self) -> None:
        self._note.field.focus()

    async def on_text_field_drafted(self, message: TextField.Drafted) -> None:
        contact_id, text = self._call.contact_id, message.text
        await self.write(lambda casework: casework.keep_draft(DraftKind.CALL_NOTE, contact_id, text))

    def on_text_field_kept(self, _message: TextField.Kept) -> None:
        self.set_focus(None)

    def on_text_field_left(self, _message: TextField.Left) -> None:
        self.set_focus(None)
