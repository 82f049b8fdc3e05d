"""What every screen has: a header, a rule that says what was done, a foot with its keys, a list of its acts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, ClassVar, TypeVar, cast

from rich.style import Style
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingsMap
from textual.events import DescendantBlur, DescendantFocus, Resize, ScreenResume, ScreenSuspend
from textual.geometry import Offset, Size
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from data.clock import MINUTE, SECOND
from data.errors import AmendsError
from data.language import N_, _
from data.protocols import Casework
from screens import everywhere
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cells import width
from widgets.frame import foot, header, said_rule
from widgets.keys import NO_KEY, keymap, settle
from widgets.lines import BLANK, Lines, Span
from widgets.rows import Rows

T = TypeVar("T")

BACK = Act(
    "desk.back", "escape,backspace", "back", N_("Back"), N_("Leave this screen; Backspace does it at once."), foot=90
)
ACTS_LIST = Act(
    "desk.acts", "f9,question_mark,space", "acts", N_("All keys"), N_("Every act of this screen by number."), foot=99,
    listed=False,
)  # fmt: skip
PALETTE = Act(
    "desk.palette", "ctrl+p,colon", "palette", N_("Find a command"),
    N_("Every act by its Chinese name, pinyin initials or English."),
)  # fmt: skip
"""Every screen with a list of its acts has this one too."""


class DeskScreen(Screen[ScreenResultType]):
    """A screen of the desk. A subclass names its `ACTS`, its `heading` and its `body`; each act `x` runs `action_x`.

    It says why an act is not possible now in `why_not`, answers with `say`, writes through `write`, and shows what
    others changed meanwhile in `catch_up`, which is never called while somebody types.
    """

    PURPOSE: ClassVar[str] = ""
    """What the screen is for, in a sentence or two: a message id, shown by its help."""
    ACTS: ClassVar[tuple[Act, ...]] = (BACK, ACTS_LIST)
    PARTS: ClassVar[tuple[Act, ...]] = ()
    """The acts of the list or the field that takes keys on this screen: no key may be on both."""
    DIGITS: ClassVar[str] = ""
    """The digits that pick what stands on this screen."""
    UNDISTURBED: ClassVar[bool] = False
    """Whether nothing is said by itself while this screen is open, on it or above it."""
    DEFAULT_CSS = """
    DeskScreen { layout: vertical; overflow: hidden hidden; }
    DeskScreen > #head, DeskScreen > #foot { height: 2; }
    """
    AUTO_FOCUS = "*"

    def __init_subclass__(cls, **options: Any) -> None:
        if ACTS_LIST.id in (act.id for act in cls.ACTS) and PALETTE not in cls.ACTS:
            cls.ACTS = (*cls.ACTS, PALETTE)
        cls.BINDINGS = [_bound(act) for act in cls.every_act()]
        super().__init_subclass__(**options)

    @classmethod
    def every_act(cls) -> tuple[Act, ...]:
        """The acts of this screen, and those of the whole program where they can be reached from here."""
        return (*cls.ACTS, *everywhere.ACTS) if PALETTE in cls.ACTS else cls.ACTS

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self._head = Lines(id="head")
        self._foot = Lines(id="foot")
        self.opened = asyncio.Event()
        """Set when the screen has what its first keys need; until then the next key waits."""
        self.opened.set()
        self._seen = False
        self._left = False
        self._said: tuple[str, Style] = ("", look.FACT)
        self._said_at = 0
        self._take_keys()

    # For subclasses

    def heading(self) -> str:
        """The screen's name."""
        return ""

    def facts(self) -> Sequence[Span]:
        """What stands at the right end of the header; `now` as hours and minutes belongs here, if at all."""
        return ()

    def body(self) -> ComposeResult:
        """What stands between header and foot."""
        return ()

    def out_of_place(self, act: str) -> bool:
        """Whether an act has nothing to do with what stands here now: then the foot leaves it out."""
        return False

    def why_not(self, act: str) -> str:
        """Why the act of that id is not possible now, in a short sentence; empty when it is."""
        return ""

    def held_back(self) -> str:
        """What would be lost if the screen were left now, in a short sentence; empty when nothing would."""
        return ""

    def catch_up(self) -> None:
        """Show what others changed meanwhile: called when a text field was left and when the screen is back."""

    # What screens use

    @property
    def room(self) -> Size:
        """The size, and before the screen was laid out the one that it will have."""
        return self.size if self.size.width else self.app.size

    @property
    def typing(self) -> bool:
        """Whether somebody types in a text field, so that nothing else may repaint by itself."""
        return self.focused is not None and self.focused.check_consume_key("1", "1")

    def say(self, said: str, style: Style = look.FACT) -> None:
        """Say in the rule above the foot what was done or why not; an empty sentence takes it away."""
        self._said, self._said_at = (said, style), self.place.now()
        self.show_foot()

    def rule_rests(self, span: int) -> bool:
        """Whether nothing is said in the rule, or has been for so many milliseconds."""
        return not self._said[0] or self.place.now() - self._said_at >= span

    def refuse(self, error: AmendsError) -> None:
        """Say what is wrong: in the rule if it fits, else on a screen of its own."""
        said = " ".join(part for part in (error.what, error.remedy) if part)
        if width(said) <= self.size.width - 6:
            self.say(f"{look.CROSS} {said}", look.BAD)
            return
        from screens.notice import Notice

        self.app.push_screen(Notice(self.place, error.title, error.what, error.remedy))

    async def read(self, reading: Callable[[], T]) -> T | None:
        """Read in a thread; an error is said and gives None."""
        try:
            return await asyncio.to_thread(reading)
        except AmendsError as error:
            self.refuse(error)
            return None

    async def write(self, verb: Callable[[Casework], T]) -> T | None:
        """Do a verb of casework in a thread; a refusal is said and gives None."""
        try:
            casework = await self.place.casework()
            return await asyncio.to_thread(verb, casework)
        except AmendsError as error:
            self.refuse(error)
            return None

    def behind(self, work: Callable[[], Coroutine[Any, Any, None]], *, group: str) -> None:
        """Do slow work behind the screen; newer work of a group takes the place of older. Errors are said."""

        async def guarded() -> None:
            try:
                await work()
            except AmendsError as error:
                self.refuse(error)

        self.run_worker(cast(Any, guarded), group=group, exclusive=True)

    def open_behind(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Read what the screen's first keys need, behind the screen: keys typed ahead wait for it."""

        async def opening() -> None:
            try:
                await work()
            finally:
                self.opened.set()

        self.opened.clear()
        self.behind(opening, group="opening")

    def show_header(self) -> None:
        """Draw the header anew; only what differs is sent."""
        self._head.show([header(self.heading(), self.facts(), self.room.width), BLANK])

    def show_foot(self) -> None:
        """Draw the rule and the keys anew."""
        live = (act for act in self._live_acts() if act.foot and not self.out_of_place(act.id))
        acts = sorted(live, key=lambda act: act.foot)
        cells = self.room.width
        self._foot.show([said_rule(*self._said, cells), foot(acts, cells)])

    def acts_of_focus(self) -> Sequence[Act]:
        """The acts of the list or the field that has the focus, with the keys that hold."""
        own = {act.id: act for act in self._parts}
        acts: Sequence[Act] = getattr(self.focused, "ACTS", ())
        return [own.get(act.id, act) for act in acts]

    @property
    def cursor_place(self) -> Offset:
        """Where the terminal's own cursor belongs, which readers of the screen follow: in the field that is typed in,
        on the row under the list's cursor, or else at the mark of what Enter takes or what is to be said next."""
        within: Offset | None = getattr(self.focused, "cursor_screen_offset", None)
        if within is not None:
            return within
        marked = ((part, part.mark) for part in self.walk_children(Lines))
        return next((part.region.offset + mark for part, mark in marked if mark is not None), Offset(0, 2))

    def _live_acts(self) -> Sequence[Act]:
        return self.acts_of_focus() if self.typing else self.acts

    # The frame itself

    def compose(self) -> ComposeResult:
        # Filled before the first paint, so that one paint is enough.
        self.show_header()
        self.show_foot()
        yield self._head
        yield from self.body()
        yield self._foot

    def _take_keys(self) -> None:
        """Put the acts on the keys of the settings."""
        settings, every = self.place.settings, self.every_act()
        letters = settings.general.letters
        settled = settle(every, settings.keys, letters=letters, parts=self.PARTS, digits=self.DIGITS)
        own, self.acts = settled.acts, settled.acts[: len(self.ACTS)]
        parts = dict(zip((act.id for act in self.PARTS), settled.parts, strict=True))
        self._parts = tuple(
            parts.get(act.id, act) for act in settle((), settings.keys, letters=letters, parts=_PARTS).parts
        )
        if own == every:
            return
        # A key map of the application would take its letters from a text field, so the screen has its own.
        kept = {
            key: [each for each in those if each.id is None] for key, those in self._bindings.key_to_bindings.items()
        }
        changed = BindingsMap(_bound(act) for act in own).key_to_bindings
        self._bindings = BindingsMap.from_keys({key: those for key, those in kept.items() if those} | changed)

    def on_mount(self) -> None:
        self.place.falling_due.begin(self.place.now())
        self._await_minute()

    def on_resize(self, _event: Resize) -> None:
        self.show_header()
        self.show_foot()

    def on_screen_resume(self, _event: ScreenResume) -> None:
        self.app.set_keymap(keymap(_PARTS, self._parts))
        if self._seen and not self.typing:
            self.show_header()
            self.catch_up()
            self._tell_due()
        self._seen = True

    def on_screen_suspend(self, _event: ScreenSuspend) -> None:
        """Another screen covers this one, and may lead away from it: what is typed is written down first."""
        if self.typing and (draft := getattr(self.focused, "draft", None)) is not None:
            draft()

    def on_descendant_focus(self, _event: DescendantFocus) -> None:
        self.show_foot()
        self._tell_due()

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        if _takes_text(event.widget):
            self.show_header()
            self.show_foot()
            self.catch_up()

    def _await_minute(self) -> None:
        until_next = MINUTE - self.place.now() % MINUTE
        self.set_timer((until_next + SECOND // 20) / SECOND, self._minute_passed)

    def _minute_passed(self) -> None:
        if self.is_active and not self.typing:
            self.show_header()
            self._tell_due()
        self._await_minute()

    def _tell_due(self) -> None:
        """Say in one quiet line what fell due meanwhile, where nobody types and no call is under way."""
        if self.place.falling_due.may_tell(self):
            self.behind(partial(self.place.falling_due.tell, self), group="due")

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave the screen with its answer, once: on a slow machine a second key may reach it on its way out."""
        if self._left:
            return AwaitComplete()
        self._left = True
        return super().dismiss(result)

    # Acts

    async def action_act(self, id: str) -> None:
        """Do the act of that id, of this screen or of the program, or say why not; what was said before goes."""
        act = next((act for act in self.acts if act.id == id), None)
        if act is None:
            await self._act_elsewhere(id)
            return
        why_not = self.why_not(id)
        if why_not:
            self.say(why_not, look.SOON)
            return
        self.say("")
        try:
            await self.run_action(act.action)
        except AmendsError as error:
            self.refuse(error)

    def action_back(self) -> None:
        self.dismiss(None)

    def action_acts(self) -> None:
        from screens.help import Help

        self.app.push_screen(Help(self), self._act_chosen)

    def action_palette(self) -> None:
        from screens.palette import Palette, commands_of

        self.app.push_screen(Palette(self.place, commands_of(self)), self._act_chosen)

    async def _act_chosen(self, id: str | None) -> None:
        if id is not None:
            await self.action_act(id)

    async def _act_elsewhere(self, id: str) -> None:
        """An act of the list or the field that has the focus, or one of the program."""
        for act in self.acts_of_focus():
            if act.id == id and self.focused is not None:
                await self.focused.run_action(act.action)
                return
        why_not = everywhere.why_not(self, id)
        self.say(why_not, look.SOON)
        if not why_not:
            try:
                await everywhere.run(self, id)
            except AmendsError as error:
                self.refuse(error)

    def on_rows_failed(self, message: Rows.Failed) -> None:
        self.refuse(message.error)

    def clock_time(self) -> str:
        """The shop's time in hours and minutes."""
        return f"{self.place.wall():%H:%M}"


_PARTS = (*Rows.ACTS,)
"""The acts of the parts that screens have; a screen says in `PARTS` which of them it has."""


def _bound(act: Act) -> Binding:
    return Binding(act.keys or NO_KEY, f"act({act.id!r})", act.label, show=False, id=act.id, tooltip=act.help)


def _takes_text(widget: Widget) -> bool:
    return widget.check_consume_key("1", "1")


def not_built_in() -> str:
    """What a key says when the screen behind it is not there."""
    return _("This is not part of this version.")
