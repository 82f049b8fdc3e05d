"""The contact question, rule by rule: what each goes by, whether it stands in the way, from when not, its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.calendar import in_use
from data.contact.explain import Explained, explain
from data.contact.words import day_and_time
from data.contact_rules import may_contact, reason
from data.language import N_, _
from data.rows import CasePage
from data.vocabulary import Channel
from data.wording import channel_label
from screens.base import ACTS_LIST, BACK, DeskScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cases import buyer_name
from widgets.cells import pad, width
from widgets.lines import BLANK, Line, Span, fit, line
from widgets.long_text import LongText

_CHANNELS = (Channel.PHONE, Channel.CHAT, Channel.SMS)
_WIDE = 96


class ContactExplainedScreen(DeskScreen[None]):
    """Every rule of contact for one case and one channel."""

    PURPOSE = N_(
        "Why the buyer of this case may be contacted now or not, rule by rule: what each goes by, from when it no "
        "longer stands in the way, and where it comes from."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("explained.phone", "1", "channel(0)", N_("Phone"), N_("The rules for a call."), foot=1),
        Act("explained.chat", "2", "channel(1)", N_("Chat"), N_("The rules for writing in the chat."), foot=2),
        Act("explained.sms", "3", "channel(2)", N_("SMS"), N_("The rules for a text message."), foot=3),
        Act("explained.down", "down,pagedown,j", "turn(1)", N_("Further"), N_("What did not fit."), listed=False),
        Act("explained.up", "up,pageup,k", "turn(-1)", N_("Back up"), N_("To the top."), listed=False),
        Act("explained.back", "escape,backspace,0,enter", "back", BACK.label, BACK.help, foot=4, listed=False),
        ACTS_LIST,
    )
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, page: CasePage, channel: Channel = Channel.PHONE) -> None:
        super().__init__(place)
        self._page = page
        self._channel = channel
        self._rules = LongText(id="rules")

    def heading(self) -> str:
        return _("Why, or why not")

    def facts(self) -> Sequence[Span]:
        return [(f"{self.clock_time()}   {buyer_name(self._page.row)}", look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._rules

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def action_channel(self, at: int) -> None:
        self._channel = _CHANNELS[at]
        self._show(from_the_top=True)

    def action_turn(self, by: int) -> None:
        self._rules.turn(by)

    def _show(self, *, from_the_top: bool = False) -> None:
        lines = [*self._answer(), BLANK, *self._lines()]
        self._rules.show([fit(each, self.size.width - 1) for each in lines], from_the_top=from_the_top)

    def _answer(self) -> list[Line]:
        place, now, facts = self.place, self.place.now(), self._page.facts
        rules = place.settings.contact
        answer = may_contact(facts, self._channel, now, place.zone, rules)
        if answer.allowed and answer.until is not None:
            told = _("yes, until {time}").format(time=day_and_time(answer.until, now, place.zone))
            said: Line = line(" ", (f"{look.CHECK} ", look.GOOD), (channel_label(self._channel), look.KEY), "  ", told)
        else:
            when = (
                _("from {time}").format(time=day_and_time(answer.earliest, now, place.zone))
                if answer.earliest is not None
                else _("not by this channel")
            )
            why = f"{reason(answer, rules)}{look.DOT}{when}"
            said = line(" ", (f"{look.CROSS} ", look.BAD), (channel_label(self._channel), look.KEY), "  ", why)
        warning = in_use().warning(now, place.zone) if rules.calendar == "cn" else ""
        return [said, *([line("   ", (f"{look.TRIANGLE} {warning}", look.SOON))] if warning else [])]

    def _lines(self) -> list[Line]:
        place, now = self.place, self.place.now()
        found = explain(self._page.facts, self._channel, now, place.zone, place.settings.contact)
        names = max(width(each.name) for each in found)
        values = max(width(each.value) for each in found)
        return [self._line(each, names, values, now) for each in found]

    def _line(self, each: Explained, names: int, values: int, now: int) -> Line:
        verdict, zone = each.verdict, self.place.zone
        if verdict.holds:
            mark: Span = (f"{look.CROSS} ", look.BAD) if verdict.hard else (f"{look.TRIANGLE} ", look.SOON)
            told = (
                _("from {time}").format(time=day_and_time(verdict.earliest, now, zone))
                if verdict.earliest is not None
                else _("no")
            )
            if not verdict.hard:
                told = f"{told}{look.DOT}{_('a lead may pass it')}"
        elif verdict.weighed:
            mark, told = (f"{look.CHECK} ", look.GOOD), ""
        else:
            mark, told = ("– ", look.LABEL), ""
        style = None if verdict.weighed else look.LABEL
        parts: list[Span | str] = [mark, (pad(each.name, names), style), "  ", (pad(each.value, values), style), "  "]
        far = f"{told}  " if told else ""
        if self.size.width >= _WIDE or not told:
            return line(" ", *parts, far, (each.source, look.LABEL))
        return line(" ", *parts, told)
