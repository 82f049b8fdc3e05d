"""A message while it is written: which template, which wording, what was changed, and whether it may leave."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from data.messages import choose
from data.messages.fill import fill, values_of
from data.messages.find import Entry, find, prepared
from data.messages.format import OWN_WORDS, WRITTEN, Book, Template
from data.messages.judge import Judged, decent, judge
from data.messages.load import standard, with_own
from data.shop_language import script_code
from data.vocabulary import CONTACT_KINDS, Channel

if TYPE_CHECKING:
    from data.lint import Rules
    from data.rows import AgentRow, CasePage, MessageRow
    from data.settings import Settings

NEWLINE = "↵"
"""Stands for a line break in a field of one line."""


def book_of(settings: Settings, page: CasePage) -> Book:
    """The templates in use, in the language that the shop of a case speaks with its buyers. Raises ContentError."""
    code = script_code(page.shop_language)
    own = settings.messages.own_file
    return with_own(code, own, settings.lint.file) if own else standard(code)


def rules_of(settings: Settings) -> Rules:
    """The rules of the linter in use. Raises ContentError."""
    from data import lint

    return lint.with_own(settings.lint.file) if settings.lint.file else lint.standard()


def first_channel(page: CasePage) -> Channel:
    """The channel of what is to follow, where that is in writing; else the platform's own."""
    if page.follow_up_kind in CONTACT_KINDS and page.follow_up_channel in WRITTEN:
        return Channel(page.follow_up_channel)
    return choose.written_channel(page.row.platform)


class Composing:
    """One message to the buyer of a case. `steps` is a guide in one line, empty where there is none to send."""

    def __init__(
        self,
        book: Book,
        page: CasePage,
        agent: AgentRow,
        *,
        now: int,
        zone: tzinfo,
        had: Sequence[MessageRow] = (),
        uses: Mapping[str, int] | None = None,
        steps: str = "",
        most_parts: int = 2,
        rules: Rules | None = None,
    ) -> None:
        self.book, self.page = book, page
        self.had, self.uses, self._now = had, uses or {}, now
        self._most_parts, self._rules = most_parts, rules
        self._values = values_of(page, agent, book, now=now, zone=zone)
        if steps and choose.promised(page):
            self._values["steps"] = steps
        self.channel = first_channel(page)
        self.typed = ""
        self.template: Template | None = None
        self.variant = 0
        self.text = ""
        self.edited = False
        self.to_channel(self.channel)

    # Which templates

    def to_channel(self, channel: Channel) -> None:
        """Write by this channel: its templates, and the first of them unless words were changed already."""
        self.channel = channel
        here = choose.fitting(self.book, self.page, channel, self._now, self.uses, self._values.keys())
        self.templates = here if "steps" in self._values else tuple(each for each in here if not _only_steps(each))
        self.proposed = choose.proposed(self.templates, self.page, self._now)
        self.__dict__.pop("_entries", None)
        self.look_for(self.typed)
        self._judged = None
        if not self.edited:
            self.pick(self.found[0] if self.found else None)

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return prepared(self.templates)

    def look_for(self, typed: str) -> None:
        """Keep of the templates those that fit what was typed."""
        self.typed = typed
        self.found = find(self._entries, typed) if typed.strip() else self.templates

    def is_proposed(self, template: Template) -> bool:
        """Whether the template says what is needed now."""
        return template in self.templates[: self.proposed]

    # Which words

    def pick(self, template: Template | None) -> None:
        """Take a template, in a wording that this buyer has not had; None begins with nothing."""
        self.template = template
        self.variant = choose.wording(template, self.had) if template is not None else 0
        self._fill()

    def reword(self) -> bool:
        """Take the template's next wording; False where there is none."""
        if self.template is None or len(self.template.say) < 2:
            return False
        self.variant = (self.variant + 1) % len(self.template.say)
        self._fill()
        return True

    def _fill(self) -> None:
        self.text = fill(self.template.say[self.variant], self._values).text if self.template is not None else ""
        self.edited = False
        self._judged = None

    def write(self, text: str) -> None:
        """The agent's own words in place of what stood there."""
        text = text.replace(NEWLINE, "\n")
        if text != self.text:
            self.text, self.edited, self._judged = text, True, None

    def put_decently(self) -> bool:
        """Say the first sentence that was found fault with as its rule offers; False where there is none."""
        if not self.judged.findings:
            return False
        self.write(decent(self.text, self.judged.findings[0], self._rules))
        return True

    # What becomes of it

    _judged: Judged | None = None

    @property
    def judged(self) -> Judged:
        """What is to be said of the text as it stands."""
        if self._judged is None:
            self._judged = judge(self.text, self.channel, platform=None, most_parts=self._most_parts, rules=self._rules)
        return self._judged

    @property
    def template_id(self) -> str:
        """The template's id, or the word for the agent's own words."""
        return self.template.id if self.template is not None else OWN_WORDS

    def draft(self) -> str:
        """What is kept of it while it is not sent; empty while nothing was changed."""
        if not self.edited:
            return ""
        return json.dumps([self.template_id, self.variant, self.channel.value, self.text], ensure_ascii=False)

    def take_up(self, draft: str) -> bool:
        """Go on with what was kept; False where it cannot be read."""
        try:
            id, variant, channel, text = json.loads(draft)
            where = Channel(channel)
        except (ValueError, TypeError):
            return False
        self.to_channel(where)
        template = self.book.template(str(id))
        self.pick(template)
        if template is not None and isinstance(variant, int):
            self.variant = variant % len(template.say)
        self.write(str(text))
        self.edited = True
        return True


def _only_steps(template: Template) -> bool:
    return any("{steps}" in text for text in template.say)
