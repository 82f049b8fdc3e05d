"""Practising on made-up buyers: who is to be called, the call itself on the call screen, and how it went."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Key, Resize

from data.clock import MINUTE
from data.errors import AmendsError
from data.language import N_, _, ngettext
from data.outside import for_screen
from data.playbook.format import Playbook
from data.playbook.state import Run
from data.protocols import Casework, Move
from data.rehearsal.acting import Scene, Turn
from data.rehearsal.buyers import Buyer, Cast
from data.rehearsal.score import Mark, Score, score
from data.rows import AgentRow, CasePage, Dialled, Done, OpenCall
from screens.base import ACTS_LIST, BACK, DeskScreen
from screens.call import CallScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cells import pad, width, wrap
from widgets.lines import BLANK, Line, Lines, Span, line, paragraph

_MOST_HEARD = 3
"""Lines that the buyer's words take at most."""
_SHORTEST = 1
_GOOD, _FAIR = 0.85, 0.5


@dataclass(frozen=True, slots=True)
class Ground:
    """What a rehearsal stands on: a workplace in a shop to throw away, its one case, and how it is thrown away."""

    place: Workplace
    case_id: int
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Practice:
    """What is practised: the playbook, the buyers who speak its language, and how the ground for one is made.

    `make` is called in a thread; it raises AmendsError.
    """

    playbook: Playbook
    cast: Cast
    make: Callable[[Buyer, AgentRow], Ground]


class RehearsalScreen(DeskScreen[None]):
    """The buyers one may practise on; each is another kind of call."""

    PURPOSE = N_(
        "Practise a call on a made-up buyer. It is the call screen as always; read what the buyer says and press what "
        "fits. Nothing of it is kept or counted."
    )
    UNDISTURBED = True
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("rehearsal.start", "enter", "start", N_("Call"), N_("Call the buyer under the cursor."), foot=1),
        Act("rehearsal.any", "f2", "any", N_("Whoever"), N_("Somebody whom you did not pick."), foot=2),
        Act("rehearsal.up", "up,k", "move(-1)", N_("Up"), N_("To the buyer above."), listed=False),
        Act("rehearsal.down", "down,j", "move(1)", N_("Down"), N_("To the buyer below."), listed=False),
        Act("rehearsal.back", "escape,backspace,0", "back", BACK.label, BACK.help, foot=90),
        ACTS_LIST,
    )
    DIGITS = "123456789"
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, practice: Practice, *, seed: int = 0, buyer: str = "") -> None:
        super().__init__(place)
        self._practice = practice
        self._seed = seed
        self._at = 0
        self._first = buyer
        self._lines = Lines(id="buyers", height="1fr")
        self._ground: Ground | None = None
        self.last: Score | None = None
        """How the last rehearsal went."""

    def heading(self) -> str:
        return _("Rehearsal")

    def facts(self) -> Sequence[Span]:
        return [(for_screen(self._practice.playbook.title), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._lines

    def on_mount(self) -> None:
        if self._first:
            buyer, self._first = self._practice.cast.buyer(self._first), ""
            self._at = self._practice.cast.buyers.index(buyer)
            self.open_behind(lambda: self._call(buyer))

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def on_unmount(self) -> None:
        self._clear()

    def _show(self) -> None:
        lines: list[Line] = [
            *(line(" ", *each) for each in paragraph(_("Whom do you want to call?"), self.room.width - 2, look.LABEL)),
            BLANK,
        ]
        titles = max(width(buyer.title) for buyer in self._practice.cast.buyers)
        for at, buyer in enumerate(self._practice.cast.buyers):
            here = at == self._at
            lines.append(
                line(
                    " ", (look.CURSOR if here else " ", look.HERE), " ", (str(at + 1), look.HERE), " ",
                    (pad(buyer.title, titles), look.SAY if here else None), "   ",
                    (buyer.product, look.LABEL),
                )
            )  # fmt: skip
        chosen = self._practice.cast.buyers[self._at]
        lines += [BLANK, *(line("   ", *each) for each in paragraph(look.quoted(chosen.review), self.room.width - 6))]
        self._lines.show(lines)

    # Acts

    async def on_key(self, event: Key) -> None:
        if event.key.isdecimal() and 1 <= int(event.key) <= len(self._practice.cast.buyers):
            event.stop()
            self._at = int(event.key) - 1
            await self.action_start()

    def action_move(self, by: int) -> None:
        self._at = max(0, min(len(self._practice.cast.buyers) - 1, self._at + by))
        self._show()

    async def action_start(self) -> None:
        await self._call(self._practice.cast.buyers[self._at])

    async def action_any(self) -> None:
        self._seed += 1
        buyer = self._practice.cast.picked(self._seed)
        self._at = self._practice.cast.buyers.index(buyer)
        await self._call(buyer)

    def action_back(self) -> None:
        if len(self.app.screen_stack) > 1:
            self.dismiss(None)
        else:
            self.app.exit()

    async def _call(self, buyer: Buyer) -> None:
        if self._ground is not None:
            return
        scene = Scene(self._practice.playbook, self._practice.cast, buyer, self._seed)
        agent = self.place.reads.agent(self.place.agent_id)
        try:
            ground = await asyncio.to_thread(self._practice.make, buyer, agent)
            casework = await ground.place.casework()
            opened = await asyncio.to_thread(begin, ground, casework)
        except AmendsError as error:
            self.refuse(error)
            return
        self._ground = ground
        screen = RehearsalCall(ground.place, *opened, scene)
        self.app.push_screen(screen, lambda _done: self._over(screen))

    def _over(self, screen: RehearsalCall) -> None:
        scene, run, times = screen.scene, screen.run_so_far, screen.times
        self._clear()
        self._show()
        if not run.path or screen.broken_off:
            self.say(_("Broken off; nothing of it is kept."), look.SOON)
            return
        self.last = score(scene, run, times)
        self.app.push_screen(ResultScreen(self.place, scene, self.last), self._judged)

    async def _judged(self, answer: str | None) -> None:
        if answer == "again":
            await self.action_start()
        elif answer == "next":
            await self.action_any()

    def _clear(self) -> None:
        if self._ground is not None:
            self._ground.close()
            self._ground = None


def begin(ground: Ground, casework: Casework) -> tuple[OpenCall, CasePage, Dialled, Playbook]:
    """Start the call about the one case, for the call screen. Raises AmendsError."""
    call = casework.start_call(ground.case_id)
    page = ground.place.reads.case(ground.case_id, now=ground.place.now())
    return call, page, casework.dialled(call.contact_id), casework.playbook_of(call.call_id)


class RehearsalCall(CallScreen):
    """The call screen, with what the made-up buyer says above the script."""

    PURPOSE = N_("A practice call: read what the buyer says, say the bright line aloud, press the number that fits.")
    DEFAULT_CSS = "RehearsalCall > #heard { height: auto; }"

    def __init__(
        self, place: Workplace, call: OpenCall, page: CasePage, dialled: Dialled, playbook: Playbook, scene: Scene
    ) -> None:
        super().__init__(place, call, page, dialled, playbook, "")
        self.scene = scene
        self.times: list[int] = [call.started_at]
        """When the call began and when each step of its path was taken (UTC ms)."""
        self.broken_off = False
        self._heard = Lines(id="heard")

    @property
    def run_so_far(self) -> Run:
        """Where the call stands."""
        return self._run

    def heading(self) -> str:
        return f"{_('Rehearsal')} · {super().heading()}"

    def body(self) -> ComposeResult:
        yield self._heard
        yield from super().body()

    def _show(self) -> None:
        self._keep_time()
        heard = self.scene.heard(self._run)
        lines: list[Line] = []
        if heard is not None:
            label = _("The buyer:")
            room = self.room.width - width(label) - 4
            for at, piece in enumerate(wrap(heard.words, room, _MOST_HEARD)):
                lines.append(line(" ", (label if not at else " " * width(label), look.LABEL), " ", (piece, look.NOTE)))
            lines.append(BLANK)
        self.above = len(lines)
        self._heard.show(lines)
        super()._show()

    def _keep_time(self) -> None:
        """What was stepped back from took no time of its own."""
        del self.times[len(self._run.path) + 1 :]
        if len(self.times) <= len(self._run.path):
            self.times.append(self.place.now())

    async def _advance(self, move: Move) -> None:
        await super()._advance(move)
        self._keep_time()

    def action_outcome(self) -> None:
        if not self._ended():
            super().action_outcome()
            return
        self._keep_time()
        self.dismiss(None)

    async def action_dial(self) -> None:
        self.say(_("In a rehearsal nobody is rung or written to."), look.SOON)

    def action_message(self) -> None:
        self.say(_("In a rehearsal nobody is rung or written to."), look.SOON)

    async def action_pause(self) -> None:
        self.broken_off = True
        self.dismiss(None)

    async def _recorded(self, done: Done | None) -> None:
        self.dismiss(None)


class ResultScreen(DeskScreen[str | None]):
    """How a rehearsal went, what to do better, and what was taken for something else."""

    PURPOSE = N_("How the rehearsal went, and what to do better the next time. Nothing of it is kept.")
    UNDISTURBED = True
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("result.next", "enter", "next", N_("The next one"), N_("Another buyer."), foot=1),
        Act("result.again", "1", "again", N_("Once more"), N_("The same buyer again."), foot=2),
        Act("result.back", "escape,backspace,0", "back", BACK.label, BACK.help, foot=90),
        ACTS_LIST,
    )
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, scene: Scene, result: Score) -> None:
        super().__init__(place)
        self._scene = scene
        self._score = result
        self._lines = Lines(id="result", height="1fr")

    def heading(self) -> str:
        return _("How it went")

    def facts(self) -> Sequence[Span]:
        return [(self._scene.buyer.title, look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._lines

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def _show(self) -> None:
        result, cells = self._score, self.room.width
        took = look.DOT.join(
            (
                ngettext("{n} step", "{n} steps", result.turns).format(n=result.turns),
                _("{minutes} min").format(minutes=result.lasted // MINUTE),
            )
        )
        points = _("{points} of 100").format(points=result.points)
        lines: list[Line] = [line(" ", (points, look.SAY), "   ", (took, look.LABEL)), BLANK]
        titles = max(width(mark.title) for mark in result.marks)
        for mark in result.marks:
            lines += _marked(mark, titles, cells)
        if result.misheard:
            lines += [BLANK, line(" ", (_("Taken for something else"), look.LABEL))]
            for turn in result.misheard:
                lines += self._misheard(turn, cells)
        self._lines.show(lines[: max(_SHORTEST, self.room.height - 4)])

    def _misheard(self, turn: Turn, cells: int) -> list[Line]:
        taken = _label(self._scene.playbook, turn.node, turn.act)
        told = _("you: {taken}; it was: {label}").format(taken=taken, label=turn.heard.label)
        return [
            line("   ", *each) for each in paragraph(look.quoted(turn.heard.words), cells - 5, None, 2)
        ] + [line("     ", *each) for each in paragraph(told, cells - 7, look.SOON, 2)]  # fmt: skip

    def action_next(self) -> None:
        self.dismiss("next")

    def action_again(self) -> None:
        self.dismiss("again")


def _marked(mark: Mark, titles: int, cells: int) -> list[Line]:
    share = mark.points / mark.of
    style = look.GOOD if share >= _GOOD else look.SOON if share >= _FAIR else look.BAD
    sign = look.CHECK if share >= _GOOD else look.TRIANGLE if share >= _FAIR else look.CROSS
    points = f"{mark.points:>3}/{mark.of:<3}"
    head = line(" ", (sign, style), " ", pad(mark.title, titles), "  ", points)
    room = cells - titles - 14
    pieces = wrap(mark.better, room) if mark.better else [""]
    return [
        (*head, (f"  {pieces[0]}", look.LABEL)),
        *(line(" " * (titles + 14), (piece, look.LABEL)) for piece in pieces[1:]),
    ]


def _label(playbook: Playbook, node_id: str, act: str) -> str:
    """How the playbook writes an act at a node."""
    if act in playbook.objection_by_id:
        return playbook.objection_by_id[act].label
    found = (choice.label for choice in playbook.node(node_id).choices if str(choice.key) == act)
    return next(found, _("the end of the call"))
