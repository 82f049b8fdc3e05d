"""The public reply of a case: written, read by a second person where the shop wants it, copied, sent, locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.language import N_, _
from data.protocols import Casework
from data.replies.chance import Chance, chance, of_page
from data.replies.concern import Concern, blocked
from data.replies.fit import concerns
from data.replies.rows import ReplyRow
from data.replies.templates import Template, fitting
from data.rows import CasePage, Done
from data.shop_language import script_code
from data.vocabulary import DraftKind, ReplyState
from screens.base import ACTS_LIST, DeskScreen
from screens.choose import Choose, Option
from screens.typed import TypeText
from screens.whose import held_by_another
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cases import buyer_name
from widgets.lines import BLANK, Line, Lines, Span, line, paragraph
from widgets.reply_lines import about_lines, as_readers_see_it, concern_lines, count_line
from widgets.text_box import TextBox

_ITS_OWN = frozenset({"reply.write", "reply.template", "reply.send", "reply.hand_on", "reply.take_back"})
"""What only whoever has the case may do."""


class ReplyScreen(DeskScreen[Done | None]):
    """One chance to say something below a review: what stands against the words is shown before anybody reads them."""

    PURPOSE = N_(
        "The public reply to this review, for everybody who reads it later. It is written, checked, read by a second "
        "person where the shop wants it, copied and posted on the platform; once it is sent nothing changes it."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("reply.write", "tab,1,enter", "write", N_("Type"), N_("To the text."), foot=1),
        Act(
            "reply.template",
            "f6,2",
            "template",
            N_("Template"),
            N_("By cause; you fill in what is true."),
            foot=2,
        ),
        Act("reply.copy", "f8,3", "copy", N_("Copy"), N_("The text, to the clipboard."), foot=5),
        Act("reply.send", "f5,4", "send", N_("Post"), N_("Copy it, post it on the platform, and say so."), foot=3),
        Act("reply.hand_on", "f7,5", "hand_on", N_("Have it read"), N_("A second person reads it first."), foot=4),
        Act("reply.take_back", "6", "take_back", N_("Take back"), N_("Make it a draft again, to change it.")),
        Act("reply.approve", "7", "approve", N_("Approve"), N_("A colleague's reply may be sent as it stands.")),
        Act("reply.return", "8", "send_back", N_("Send back"), N_("With what is to be changed.")),
        Act("reply.back", "escape,backspace,0", "back", N_("Back"), N_("What is typed is kept."), foot=7, listed=False),
        ACTS_LIST,
    )
    DEFAULT_CSS = """
    ReplyScreen > #about { height: 5; }
    ReplyScreen > #count { height: 1; }
    ReplyScreen > #box { height: 6; padding: 0 1; }
    ReplyScreen > #below { height: 1fr; }
    """
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, case_id: int) -> None:
        super().__init__(place)
        self._case_id = case_id
        self._page: CasePage | None = None
        self._chance: Chance | None = None
        self._template: str | None = None
        self._held = ""
        """Who else has the case: then the reply can be read, and decided about, and not written."""
        self._unsaved = False
        """What is typed could not be written down: it must not be overwritten by what was."""
        self._about = Lines(id="about")
        self._count = Lines(id="count")
        self.box = TextBox(id="box")
        self._below = Lines(id="below")

    # What it shows

    def heading(self) -> str:
        return _("Public reply")

    def facts(self) -> Sequence[Span]:
        parts = [self.clock_time()]
        if self._page is not None:
            parts.append(buyer_name(self._page.row))
        return [(look.DOT.join(parts), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._about
        yield self._count
        yield self.box
        yield self._below

    def on_mount(self) -> None:
        self.open_behind(self._load)

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def catch_up(self) -> None:
        self.behind(self._load, group="case")

    async def _load(self) -> None:
        place, case_id = self.place, self._case_id
        page = await self.read(lambda: place.reads.case(case_id, now=place.now()))
        if page is None:
            return
        self._held = await held_by_another(place, page)
        self._page, self._chance = page, chance(of_page(page), place.now())
        if self._reads_only() and self.focused is self.box:
            self.set_focus(None)
        shown = self.reply or next((each for each in page.replies if each.sent and not self._chance.open), None)
        if not self.typing and (self._reads_only() or not self._unsaved):
            self.box.take(shown.text if shown is not None else "")
        self.box.read_only = self._reads_only()
        self.box.can_focus = not self.box.read_only
        self.show_header()
        self._show()

    @property
    def reply(self) -> ReplyRow | None:
        """The case's reply that is not sent yet."""
        return next((each for each in self._page.replies if not each.sent), None) if self._page is not None else None

    def _reads_only(self) -> bool:
        reply = self.reply
        if self._held or (reply is not None and reply.state != ReplyState.DRAFT):
            return True
        return reply is None and not self._open()

    def _open(self) -> bool:
        return self._chance is not None and self._chance.open

    def concerns(self) -> tuple[Concern, ...]:
        """What stands against the text as it is typed."""
        assert self._page is not None
        assert self._chance is not None
        return concerns(
            self.box.text,
            platform=self._page.row.platform,
            longest=self._chance.longest,
            rules=self.place.settings.lint.file,
        )

    def _show(self) -> None:
        if self._page is None or self._chance is None:
            return
        cells = self.room.width - 2
        about = about_lines(self._page, self._chance, self.place.now(), self.place.zone, cells)
        self._about.show([line(" ", *each) for each in [*about[:1], *about[1:][-4:]]])
        self._show_count()
        self._below.show([line(" ", *each) if each else BLANK for each in self._under(cells)])

    def _show_count(self) -> None:
        assert self._chance is not None
        shown = count_line(self.box.text, self._chance, self.reply, self.room.width - 2)
        self._count.show([line(" ", *shown)])

    def _under(self, cells: int) -> list[Line]:
        """What stands below the box: the second person's word, what is wrong, and what readers will see."""
        assert self._page is not None
        reply, text = self.reply, self.box.text
        lines: list[Line] = [BLANK]
        if self._held:
            told = _("{whose} What it says can be read here.").format(whose=self._held)
            lines += paragraph(f"{look.TRIANGLE} {told}", cells, look.SOON)
        if reply is not None and reply.remark:
            lines += paragraph(_("Sent back: {remark}").format(remark=look.quoted(reply.remark)), cells, look.SOON)
        if reply is not None and reply.outdated:
            told = _("The buyer has changed the review since this was written: look whether it still fits.")
            lines += paragraph(f"{look.TRIANGLE} {told}", cells, look.SOON)
        if not text.strip():
            if not self._open() or self._held:
                return lines
            return [*lines, line(("F6", look.KEY), " ", (_("offers templates by cause"), look.LABEL))]
        if not self._reads_only() or (reply is not None and not reply.sent):
            lines += concern_lines(text, self.concerns(), cells)
        return [*lines, *as_readers_see_it(self._page, text, cells)]

    # Typing

    def on_text_box_typed(self, _message: TextBox.Typed) -> None:
        self._show_count()

    async def on_text_box_drafted(self, message: TextBox.Drafted) -> None:
        await self._keep(message.text)

    def on_text_box_left(self, _message: TextBox.Left) -> None:
        self.set_focus(None)
        self._show()

    async def _keep(self, text: str) -> bool:
        assert self._page is not None
        seen, template, number = self._page.changed, self._template, self._case_id

        def keep(casework: Casework) -> bool:
            casework.draft_reply(number, text, seen, template)
            return True

        kept = bool(await self.write(keep))
        self._unsaved = not kept
        return kept

    # Acts

    def why_not(self, act: str) -> str:
        if self._page is None or self._chance is None:
            return _("One moment.")
        reply = self.reply
        waits = reply is not None and reply.state != ReplyState.DRAFT
        if self._held and act in _ITS_OWN:
            return self._held
        if act in ("reply.write", "reply.template"):
            if waits:
                return _("It was handed on as it stands: 6 takes it back.")
            return "" if reply is not None else self._chance.said
        if act == "reply.copy":
            return "" if self.box.text.strip() else _("There is nothing to copy yet.")
        if act in ("reply.send", "reply.hand_on"):
            return self._why_not_out(act, reply)
        if act == "reply.take_back":
            return "" if waits else _("Nothing was handed on.")
        if act in ("reply.approve", "reply.return"):
            if reply is None or reply.state != ReplyState.PROPOSED:
                return _("No reply waits for a second person.")
            return _("Nobody approves what they wrote themselves.") if reply.author_id == self.place.agent_id else ""
        return ""

    def _why_not_out(self, act: str, reply: ReplyRow | None) -> str:
        assert self._chance is not None
        if not self._chance.open:
            return self._chance.said
        wrong = blocked(self.concerns())
        if wrong is not None:
            return wrong.what
        if act == "reply.hand_on":
            return _("It was handed on already.") if reply is not None and reply.state != ReplyState.DRAFT else ""
        approved = reply is not None and reply.state == ReplyState.APPROVED
        if self.place.settings.replies.second_person and not approved:
            return _("A second person reads it first: F7.")
        return ""

    def action_write(self) -> None:
        self.box.focus()

    async def action_template(self) -> None:
        page, own, rules = self._page, self.place.settings.replies.own_file, self.place.settings.lint.file
        assert page is not None
        known = await self.read(lambda: fitting(script_code(page.shop_language), page.row.cause, own, rules))
        if known is None:
            return
        options = [Option(each, each.title) for each in known]

        async def picked(template: Template | None) -> None:
            if template is None:
                return
            self._template = template.id
            text = template.text(product=page.row.product, shop=page.shop)
            self.box.take(text)
            if await self._keep(text):
                await self._load()
                self.say(_("Write what is true into every 〔…〕."), look.KEY)

        intro: list[Line] = [line(" ", _("It takes the place of what is typed."))] if self.box.text.strip() else []
        self.app.push_screen(Choose(self.place, _("Which template?"), options, intro=intro), picked)

    def action_copy(self) -> None:
        if self.place.copy(self.box.text.strip()):
            self.say(f"{look.CHECK} " + _("Copied; nothing is recorded as sent."), look.GOOD)
        else:
            self.say(_("This terminal takes no text from here; mark it with the mouse."), look.SOON)

    async def action_send(self) -> None:
        drafted = self.reply is None or self.reply.state == ReplyState.DRAFT
        if drafted and not await self._keep(self.box.text):
            return
        text = self.box.text.strip()
        copied = self.place.copy(text)

        async def answered(yes: bool | None) -> None:
            if yes:
                self._done(await self.write(lambda casework: casework.mark_reply_sent(self._case_id, text)))

        how = (
            _("The text is on the clipboard. Post it below the review in the platform's back office.")
            if copied
            else _("This terminal takes no text from here: copy it with the mouse, and post it in the back office.")
        )
        intro: list[Line] = [line(" ", how), line(" ", (_("There is one chance; what is sent is locked."), look.SOON))]
        options = [Option(True, _("It stands on the platform now")), Option(False, _("Not yet"))]
        self.app.push_screen(Choose(self.place, _("Was it posted?"), options, intro=intro), answered)

    async def action_hand_on(self) -> None:
        if await self._keep(self.box.text):
            self._done(await self.write(lambda casework: casework.propose_reply(self._case_id)))

    async def action_take_back(self) -> None:
        self._done(await self.write(lambda casework: casework.take_back_reply(self._case_id)))

    async def action_approve(self) -> None:
        reply = self.reply
        assert reply is not None
        self._done(await self.write(lambda casework: casework.approve_reply(reply.id, reply.proposed_at or 0)))

    def action_send_back(self) -> None:
        assert self.reply is not None
        ask_what_to_change(self, self.reply, self._done)

    def _done(self, done: Done | None) -> None:
        if done is not None:
            self.say(f"{look.CHECK} {done.said}", look.GOOD)
        self.catch_up()


def ask_what_to_change(screen: DeskScreen[Any], reply: ReplyRow, done: Callable[[Done | None], None]) -> None:
    """Ask the second person what is to be changed, and send the reply back with it."""

    async def typed(reason: str | None) -> None:
        if reason:
            at = reply.proposed_at or 0
            done(await screen.write(lambda casework: casework.send_back_reply(reply.id, at, reason)))

    draft = (DraftKind.REPLY_REMARK, reply.id)
    screen.app.push_screen(
        TypeText(screen.place, _("Send back"), _("What to change"), hint=_("its author reads it"), draft=draft), typed
    )
