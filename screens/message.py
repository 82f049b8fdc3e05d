"""Writing to a buyer: the text that fits stands ready, in full and with this case in it; one key sends or copies it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Key, Paste, Resize

from data.contact_rules import Answer, may_contact, reason
from data.guides import in_one_line
from data.language import N_, _
from data.messages.compose import Composing, book_of, rules_of
from data.messages.format import WRITTEN
from data.rows import CasePage, Done
from data.vocabulary import Channel, DraftKind, MessageWay
from data.wording import channel_label
from screens.base import ACTS_LIST, DeskScreen
from screens.choose import Choose, Option
from screens.guide import guides_of, open_guide
from screens.message_out import let_go
from screens.whose import held_by_another
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cases import buyer_name, product_name
from widgets.command_field import CommandField
from widgets.lines import BLANK, Lines, Span, line
from widgets.message_lines import against_lines, count_line, template_lines, way_line, why_not_now
from widgets.text_box import TextBox
from widgets.text_field import TextField

_FEW, _MANY = 5, 8
"""Templates on one page, on a low screen and on others."""


class MessageScreen(DeskScreen[Done | None]):
    """Gives what was done; None where nothing left. With a `contact_id` the text goes out in that contact, and its
    outcome is recorded where it is led."""

    PURPOSE = N_(
        "A message to the buyer. What is needed now stands first and is filled in: Enter copies it, or hands it to the "
        "shop's command, and records it. What must not be said is shown with decent words for it."
    )
    UNDISTURBED = True
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("message.send", "enter", "send", N_("Send"), N_("Send it or copy it, and record it."), foot=1),
        Act("message.edit", "tab,f6", "edit", N_("Change"), N_("To the text; Tab comes back."), foot=2),
        Act("message.reword", "f8", "reword", N_("Other words"), N_("The same said in other words."), foot=3),
        Act("message.find", "f5,slash", "find", N_("Find"), N_("By name, pinyin or words of the text."), foot=4),
        Act("message.channel", "f7", "channel", N_("Channel"), N_("Chat, SMS, site message or e-mail."), foot=5),
        Act("message.decent", "f2", "decent", N_("Decently"), N_("Say it as the rule offers."), foot=6),
        Act("message.copy", "f3", "copy", N_("Copy"), N_("Copy it although the shop has a command.")),
        Act("message.own", "", "own", N_("Own words"), N_("Begin with an empty text.")),
        Act("message.guide", "", "guide", N_("Steps together"), N_("The buyer's way, one step at a time.")),
        Act("message.record", "", "record", N_("Record only"), N_("It was written elsewhere: record the outcome.")),
        Act("message.more", "9", "more", N_("More"), N_("The next templates."), listed=False),
        Act("message.up", "up,k", "move(-1)", N_("Up"), N_("The template above."), listed=False),
        Act("message.down", "down,j", "move(1)", N_("Down"), N_("The template below."), listed=False),
        Act("message.turn", "pagedown", "more", N_("More"), N_("The next templates."), listed=False),
        Act("message.back", "escape,backspace,0", "back", N_("Back"), N_("What was changed is kept."), foot=7,
            listed=False),
        ACTS_LIST,
    )  # fmt: skip
    DIGITS = "12345678"
    DEFAULT_CSS = """
    MessageScreen > #way { height: 1; }
    MessageScreen > #templates { height: 10; }
    MessageScreen > #count { height: 1; }
    MessageScreen > TextBox { height: 5; margin: 0 1; }
    MessageScreen > #against { height: 1fr; }
    """
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, page: CasePage, *, contact_id: int | None = None) -> None:
        super().__init__(place)
        self._page = page
        self._contact_id = contact_id
        self._in_contact = contact_id is not None
        self._gone = False
        self._held = ""
        self._writing: Composing | None = None
        self._first = self._at = 0
        self._way = Lines(id="way")
        self._find = CommandField(_("Find"), self._narrow, hint=_("a name, its pinyin initials, words of the text"))
        self._templates = Lines(id="templates")
        self._count = Lines(id="count")
        self.box = TextBox(id="box")
        self._against = Lines(id="against")

    # What it shows

    def heading(self) -> str:
        return _("Message")

    def facts(self) -> Sequence[Span]:
        return [(f"{buyer_name(self._page.row)}  {product_name(self._page.row)}", look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._way
        yield self._find
        yield self._templates
        yield self._count
        yield self.box
        yield self._against

    def on_mount(self) -> None:
        self.open_behind(self._load)

    def on_resize(self, _event: Resize) -> None:
        self._templates.styles.height = self._rows + 1
        self._show()

    @property
    def _rows(self) -> int:
        return _MANY if self.room.height >= 28 else _FEW

    @property
    def ready(self) -> bool:
        """Whether the message stands there."""
        return self._writing is not None

    @property
    def writing(self) -> Composing:
        """The message; not before it was read what the buyer had."""
        assert self._writing is not None
        return self._writing

    async def _load(self) -> None:
        place, case_id = self.place, self._page.row.case_id

        def prepare() -> tuple[Composing, str]:
            settings, now = place.settings, place.now()
            ways = guides_of(place, self._page)
            steps = next((in_one_line(each) for each in ways if not each.only_if_asked), "")
            writing = Composing(
                book_of(settings, self._page), self._page, place.reads.agent(place.agent_id), now=now, zone=place.zone,
                had=place.reads.messages(case_id), uses=place.reads.template_uses(), steps=steps,
                most_parts=settings.messages.sms_parts, rules=rules_of(settings),
            )  # fmt: skip
            return writing, place.reads.draft(place.agent_id, DraftKind.MESSAGE, case_id)

        prepared = await self.read(prepare)
        if prepared is None:
            return
        self._held = "" if self._under_way else await held_by_another(place, self._page)
        self._writing, draft = prepared
        if draft and self._writing.take_up(draft):
            self.say(_("Your text from before; a number takes a template instead."), look.KEY)
        if self._held:
            self.say(self._held, look.SOON)
        self._follow()
        self.box.take(self.writing.text)
        self._show()

    def _follow(self) -> None:
        """Let the cursor stand on the template whose words are in the box."""
        found = self.writing.found
        template = self.writing.template
        self._at = found.index(template) if template in found else 0
        self._first = self._at - self._at % self._rows

    @property
    def _under_way(self) -> bool:
        """Whether the text goes out in a contact that has begun: that one was allowed when it began."""
        return self._in_contact or self._contact_id is not None

    def answer(self) -> Answer:
        """May the buyer be written to by this channel now."""
        place = self.place
        return may_contact(self._page.facts, self.writing.channel, place.now(), place.zone, place.settings.contact)

    def _show(self) -> None:
        if self._writing is None or not self.size.width:
            return
        place, cells, rows = self.place, self.room.width - 2, self._rows
        rules = place.settings.contact
        answer = None if self._under_way else self.answer()
        self._way.show([line(" ", *way_line(self.writing, answer, rules, place.now(), place.zone, cells))])
        pages = -(-len(self.writing.found) // rows)
        more = _("More, page {page} of {pages}").format(page=self._first // rows + 1, pages=pages) if pages > 1 else ""
        self._templates.show(template_lines(self.writing, self._first, self._at, rows, cells, place.now(), page=more))
        self._show_count()
        against = against_lines(self.writing.judged, self.writing.text, cells, max(2, self.size.height - rows - 14))
        self._against.show([BLANK, *(line(" ", *each) for each in against)])

    def _show_count(self) -> None:
        self._count.show([line(" ", *count_line(self.writing, self.room.width - 2))])

    # Templates

    def on_key(self, event: Key) -> None:
        if self.typing or event.key not in self.DIGITS or self._writing is None:
            return
        event.stop()
        at = self._first + int(event.key) - 1
        if int(event.key) <= self._rows and at < len(self.writing.found):
            self._take(at)

    def _take(self, at: int) -> None:
        self._at = at
        self._first = at - at % self._rows
        self.writing.pick(self.writing.found[at])
        self._words_changed()

    def _words_changed(self) -> None:
        self.box.take(self.writing.text)
        self.behind(self._keep, group="draft")
        self._show()

    def action_move(self, by: int) -> None:
        if self.writing.found:
            self._take(max(0, min(self._at + by, len(self.writing.found) - 1)))

    def action_more(self) -> None:
        first = self._first + self._rows
        if self.writing.found:
            self._take(first if first < len(self.writing.found) else 0)

    def action_find(self) -> None:
        self._find.field.focus()

    def _narrow(self, typed: str) -> None:
        if self._writing is None:
            return
        self.writing.look_for(typed)
        self._first = self._at = 0
        if self.writing.found:
            self._take(0)
        else:
            self._show()

    def on_text_field_kept(self, _message: TextField.Kept) -> None:
        self.set_focus(None)

    def on_text_field_left(self, _message: TextField.Left) -> None:
        self.set_focus(None)

    def on_command_field_aside(self, _message: CommandField.Aside) -> None:
        self.set_focus(None)

    def on_paste(self, event: Paste) -> None:
        """What an input method commits is text, and text is looked for."""
        if not self.typing:
            event.stop()
            self._find.field.value += event.text.strip()
            self._find.field.focus()

    # Words

    def action_reword(self) -> None:
        if self.writing.reword():
            self._words_changed()
        else:
            self.say(_("There is no other wording."), look.SOON)

    def action_own(self) -> None:
        self.writing.pick(None)
        self._words_changed()
        self.box.focus()

    def action_edit(self) -> None:
        self.box.focus()

    def action_decent(self) -> None:
        if self.writing.put_decently():
            self._words_changed()
            self.say(_("Read it over: say only what is true here."), look.KEY)
        else:
            self.say(_("Nothing stands against these words."), look.SOON)

    def on_text_box_typed(self, message: TextBox.Typed) -> None:
        self.writing.write(message.text)
        self._show_count()

    async def on_text_box_drafted(self, message: TextBox.Drafted) -> None:
        self.writing.write(message.text)
        await self._keep()

    def on_text_box_left(self, _message: TextBox.Left) -> None:
        self.set_focus(None)
        self._show()

    async def _keep(self) -> None:
        draft, case_id = self.writing.draft(), self._page.row.case_id
        await self.write(lambda casework: casework.keep_draft(DraftKind.MESSAGE, case_id, draft))

    def action_channel(self) -> None:
        place, now = self.place, self.place.now()
        rules, free = place.settings.contact, self._under_way
        answers = {each: may_contact(self._page.facts, each, now, place.zone, rules) for each in WRITTEN}
        options = [
            Option(
                each, channel_label(each), "" if free or answer.allowed else why_not_now(answer, rules, now, place.zone)
            )
            for each, answer in answers.items()
        ]

        def picked(channel: Channel | None) -> None:
            if channel is not None:
                self.writing.to_channel(channel)
                self._follow()
                self._words_changed()

        self.app.push_screen(Choose(place, _("By which way?"), options), picked)

    # Out

    def why_not(self, act: str) -> str:
        if self._writing is None:
            return _("One moment.")
        if act == "message.copy" and not self.place.settings.messages.send:
            return _("Enter copies it; the shop has no sending command.")
        if self._held and act in ("message.send", "message.copy", "message.record"):
            return self._held
        if act in ("message.send", "message.copy") and not self._gone:
            if not self._under_way and not (answer := self.answer()).allowed:
                return reason(answer, self.place.settings.contact)
            return self.writing.judged.why_not
        if act == "message.guide" and not guides_of(self.place, self._page):
            return _("No steps are known that this platform still allows.")
        return ""

    async def action_send(self) -> None:
        if self._gone:
            self._go_on()
            return
        await self._send(copying=not self.place.settings.messages.send)

    async def action_copy(self) -> None:
        await self._send(copying=True)

    async def _send(self, *, copying: bool) -> None:
        left = await let_go(self, self._page, self.writing, self._contact_id, copying=copying)
        if left is None:
            return
        self._contact_id = left.contact_id
        if left.way is MessageWay.FAILED:
            told = _("Not sent: {why}. Enter tries again, F3 copies.").format(why=left.why)
            self.say(f"{look.CROSS} {told}", look.BAD)
            return
        case_id = self._page.row.case_id
        await self.write(lambda casework: casework.keep_draft(DraftKind.MESSAGE, case_id, ""))
        self._gone = True
        if left.way is MessageWay.SHOWN:
            self.say(_("This terminal cannot copy: write it from here, then Enter goes on."), look.SOON)
        else:
            self._go_on(left.done)

    def _go_on(self, done: Done | None = None) -> None:
        """To the outcome of the contact, or back to the one that was under way before."""
        if self._in_contact or self._contact_id is None:
            self.dismiss(done)
            return
        self._to_outcome(self._contact_id, done)

    def _to_outcome(self, contact_id: int, done: Done | None = None) -> None:
        from screens.outcome import OutcomeScreen

        screen = OutcomeScreen(self.place, self._page, contact_id, written=True)
        self.app.push_screen(screen, self._over)
        if done is not None:
            screen.say(f"{look.CHECK} {done.said}", look.GOOD)

    def _over(self, done: Done | None) -> None:
        self.dismiss(done)

    async def action_record(self) -> None:
        case_id, channel = self._page.row.case_id, self.writing.channel
        contact_id = self._contact_id
        if contact_id is None:
            contact_id = await self.write(lambda casework: casework.start_contact(case_id, channel))
        if contact_id is not None:
            self._to_outcome(contact_id)

    def action_guide(self) -> None:
        open_guide(self, self._page)
