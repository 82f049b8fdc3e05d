"""Who is at the keyboard: the name and the role that calls give. A script never says a login."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult

from data.language import N_, _
from data.rows import AgentRow
from data.vocabulary import Role
from data.wording import role_label
from screens.base import ACTS_LIST, DeskScreen
from screens.choose import Choose, Option
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.field_row import FieldRow
from widgets.lines import BLANK, Lines, line
from widgets.text_field import TextField


class WhoScreen(DeskScreen[bool]):
    """Asks for the agent's display name and what they are; gives True once it is known.

    What they may decide is asked only while there is no lead; afterwards leads decide who is one.
    """

    PURPOSE = N_("Your name and what you are, as the first line of every call gives them. Your login stays inside.")
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("who.back", "escape,backspace,0", "back", N_("Back"), N_("Leave without it."), foot=2, listed=False),
        Act("who.type", "tab,enter", "type", N_("Type"), N_("To the next field."), foot=1, listed=False),
        ACTS_LIST,
    )
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, agent: AgentRow) -> None:
        super().__init__(place)
        self._agent = agent
        self._called = FieldRow(_("Display name"), agent.name or "", hint=_("as buyers hear it, e.g. Lili"))
        self._position = FieldRow(_("What you are"), agent.title or "", hint=_("true, e.g. after-sales agent"))

    def heading(self) -> str:
        return _("Who is calling?")

    def body(self) -> ComposeResult:
        yield Lines(
            [
                line(" ", (_("The first line of every call gives your name and what you are."), look.LABEL)),
                line(" ", (_("Your login stays inside: {login}").format(login=self._agent.login), look.LABEL)),
                BLANK,
            ],
            height=3,
        )
        yield self._called
        yield self._position
        yield Lines([BLANK, line(" ", (_("Enter goes on."), look.LABEL))], height="1fr")

    def on_mount(self) -> None:
        self._called.field.focus()

    def on_text_field_kept(self, message: TextField.Kept) -> None:
        if not message.text.strip():
            return
        if message.field is self._called.field:
            self._position.field.focus()
        elif not self._called.field.value.strip():
            self._called.field.focus()
        elif any(agent.role != Role.AGENT for agent in self.place.reads.agents()):
            self.behind(partial(self._role_chosen, Role(self._agent.role)), group="who")
        else:
            options = [Option(role, role_label(role), _(_MAY[role])) for role in Role]
            self.app.push_screen(Choose(self.place, _("What may you decide?"), options), self._role_chosen)

    def on_text_field_left(self, message: TextField.Left) -> None:
        if message.field is self._called.field:
            self._position.field.focus()
        else:
            self.set_focus(None)

    def action_type(self) -> None:
        self._called.field.focus()

    async def _role_chosen(self, role: Role | None) -> None:
        if role is None:
            self._position.field.focus()
            return
        name, title = self._called.field.value, self._position.field.value
        done = await self.write(lambda casework: casework.set_agent(name, title, role))
        if done is not None:
            self.dismiss(True)


_MAY = {
    Role.AGENT: N_("works cases"),
    Role.LEAD: N_("also takes escalated cases and passes soft rules, with a reason"),
    Role.ADMIN: N_("as a lead"),
}
