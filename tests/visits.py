"""What is pressed and typed for the pictures: a few short visits to the program, each keeping the screens it passes.

A visit stays under a minute, so that no clock on a screen moves on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tests.terminal import Terminal

QUIET: Final = 0.3
"""Seconds without output after which a key is answered."""
DONE: Final = 0.5
"""Seconds without output after which what works behind a screen is done, too."""
ANSWER: Final = 5.0
"""Seconds in which a key is answered however busy the machine is; one that changes nothing is not answered."""
WHOLE_LINE: Final = "\x15"
"""Ctrl+U: what a text field offers goes, since the name of a file begins with a folder of this machine."""
CASE: Final = "裤腰"
"""Words of the review whose buyer is called."""
FOUND: Final = r"(?m)^ (?:只看|Only) [^▌]*^▌.*t\*\*8[^▌]*──"
"""That case at the top of the list, and the search closed."""
NARROWED: Final = r"(?m)^ (?:只看|Only) "
"""The search is closed, and the list is narrowed to what it found."""
NAMING: Final = "视图名|Name of the view"
BUYER: Final = "订单号|Order no"
DIALLING: Final = r"\[(?:确认|Identity)\]"
READY: Final = r"1/2|1 of 2"
"""A message stands there, in the first of its wordings."""
DONE_SO: Final = "── ✔"
"""What was done is said in the rule above the foot."""
FREE: Final = 8
"""How far down the list of the demo shop the first case stands that nobody has."""
NOTE: Final = "腰口开线,穿了三天,洗过一次"
REPLY: Final = (
    "谢谢您说得这么清楚。裤腰开线是出货检验没有把好关,对不起,已经补发一条新的。从11月20日起每条都加一道拉力检查。"
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who visits: presses keys, types as an input method does, and keeps a screen under a name."""

    terminal: Terminal
    keep: Callable[[str], None]

    def press(self, *keys: str) -> None:
        """Press keys, each once the one before is answered."""
        for key in keys:
            self._answered(lambda key=key: self.terminal.send(key))  # type: ignore[misc]

    def press_until(self, key: str, stands: str) -> None:
        """Press a key and wait until a pattern stands on the screen: where work behind it leads to another screen."""
        self.terminal.send(key)
        self.terminal.wait_for(re.compile(stands), timeout=30)
        self.terminal.wait_quiet(QUIET)

    def type(self, text: str) -> None:
        """Type a text in one piece, and wait until it stands there with what it finds."""
        self.terminal.type(text)
        self._stands(text)
        self.terminal.wait_quiet(DONE)

    def _stands(self, text: str, as_drawn: Callable[[str], str] = str) -> None:
        """Wait until the end of a text is seen, wherever its lines break."""
        end = as_drawn("".join(text.split())[-6:])
        self.terminal.wait_for(lambda screen: end in "".join(screen.split()))

    def _answered(self, do: Callable[[], None]) -> None:
        before = len(self.terminal.raw)
        do()
        self.terminal.wait_for(lambda _screen: len(self.terminal.raw) > before, ANSWER)
        self.terminal.wait_quiet(QUIET)


Visit = Callable[[Visitor], None]


def first_run(visitor: Visitor) -> None:
    """The first start: the shop, who is at the keyboard, a file, a review by hand."""
    visitor.keep("first-run")
    visitor.press("1")
    visitor.keep("import")
    visitor.press("esc", "3")
    visitor.type("暖棠旗舰店")
    visitor.press("enter")
    visitor.keep("first-run-platform")
    visitor.press("2")
    visitor.type("莉莉")
    visitor.press("enter")
    visitor.type("售后客服")
    visitor.keep("who")
    visitor.press("enter")
    visitor.keep("who-may")
    visitor.press("1", "4")
    visitor.keep("add-review-grade")
    visitor.press("1")
    visitor.type("穿了三天腰口就开线")
    visitor.press("enter")
    visitor.keep("add-review")


def the_inbox(visitor: Visitor) -> None:
    """The list, what narrows it, and what can be done from it."""
    visitor.press(*["down"] * FREE)
    visitor.keep("inbox")
    visitor.press("f6")
    visitor.keep("filter")
    visitor.press("esc", "f9")
    visitor.keep("keys")
    visitor.press("esc", "f8")
    visitor.keep("copy")
    visitor.press("1")
    visitor.keep("copied")
    visitor.press("f7")
    visitor.keep("later")
    visitor.press_until("4", DONE_SO)
    visitor.keep("later-done")
    visitor.press("backspace")
    visitor.keep("undone")
    visitor.press("l")
    visitor.keep("log")


def due(visitor: Visitor) -> None:
    """What falls due, whether a buyer may be contacted rule by rule, and what platforms allow."""
    visitor.press("t", "4", "down")
    visitor.keep("agenda")
    visitor.press("esc", "w")
    visitor.keep("contact-explained")
    visitor.press("esc", "ctrl+p")
    visitor.type("platforms")
    visitor.press("enter")
    visitor.keep("platforms")


def finding(visitor: Visitor) -> None:
    """Words and keys in the search, a mistake in it, and commands by name."""
    visitor.press("f5")
    visitor.type("尺码")
    visitor.keep("search")
    visitor.press(*["backspace"] * 2)
    visitor.type("评级:差 归属:无")
    visitor.keep("query")
    visitor.type(" 期:3")
    visitor.keep("query-mistake")
    visitor.press("esc", "esc", "ctrl+p")
    visitor.keep("palette")
    visitor.type("rl")
    visitor.keep("palette-found")


def several(visitor: Visitor) -> None:
    """Marked cases, and one act on all of them."""
    visitor.press(*["right"] * 4)
    visitor.keep("marked")
    visitor.press("m")
    visitor.keep("several")
    visitor.press("1")
    visitor.keep("several-preview")
    visitor.press_until("enter", DONE_SO)
    visitor.keep("several-done")


def the_phone(visitor: Visitor) -> None:
    """The standard case from the buyer's screen to the outcome."""
    visitor.press("f5")
    visitor.type(CASE)
    visitor.press_until("enter", FOUND)
    visitor.press_until("space", DONE_SO)
    visitor.press_until("enter", BUYER)
    visitor.keep("buyer")
    visitor.press_until("f3", DIALLING)
    visitor.keep("call-1-dial")
    visitor.press("1", "1")
    visitor.keep("call-2-apology")
    visitor.press("1", "tab")
    visitor.type(NOTE)
    visitor.press("enter")
    visitor.keep("call-3-listen")
    visitor.press("9")
    visitor.keep("objections")
    visitor.press("esc", "1", "1")
    visitor.keep("call-4-remedy")
    visitor.press("1", "1")
    visitor.keep("call-5-question")
    visitor.press("1")
    visitor.keep("call-6-time")
    visitor.press("1", "1")
    visitor.keep("outcome")
    visitor.press_until("enter", DONE_SO)
    visitor.keep("done")
    visitor.press_until("f3", "✖ ")
    visitor.keep("refusal")


def a_no(visitor: Visitor) -> None:
    """A buyer who says no, a time typed by hand, and a number that is shown with a reason."""
    visitor.press("f5")
    visitor.type(CASE)
    visitor.press_until("enter", FOUND)
    visitor.press_until("enter", BUYER)
    visitor.press("f8", "2")
    visitor.type("核对收件电话")
    visitor.keep("reveal-reason")
    visitor.press_until("enter", "── 1400000")
    visitor.keep("reveal")
    visitor.press_until("f3", DIALLING)
    visitor.press("1", "1", "9", "1")
    visitor.keep("objection-once")
    visitor.press("9", "2")
    visitor.keep("objection-firm")
    visitor.press("1")
    visitor.keep("outcome-refused")
    visitor.press_until("enter", DONE_SO)
    visitor.keep("refused")


def on_the_line(visitor: Visitor) -> None:
    """What stands beside the script: marks, three sentences, the product, objections by words; and the call again."""
    visitor.press("f5")
    visitor.type(CASE)
    visitor.press_until("enter", FOUND)
    visitor.press_until("enter", BUYER)
    visitor.press_until("f3", DIALLING)
    visitor.press("1", "f7")
    visitor.keep("marks")
    visitor.press("1", "f7", "6", "f2")
    visitor.keep("call-hurried")
    visitor.press("1", "right")
    visitor.keep("product")
    visitor.press("left", "9", "tab")
    visitor.type("没时间")
    visitor.keep("objections-found")
    visitor.press("esc", "esc", "0", "0")
    visitor.keep("outcome-missing")
    visitor.press_until("1", DONE_SO)
    visitor.press("l", "enter", "down", "down")
    visitor.keep("replay")


def settings(visitor: Visitor) -> None:
    """What can be set, found by its name; a value, the shop's views, keys of one's own."""
    visitor.press("ctrl+p")
    visitor.type("settings")
    visitor.press("enter")
    visitor.keep("settings")
    visitor.press("3")
    visitor.keep("settings-contact")
    visitor.press("enter")
    visitor.keep("settings-value")
    visitor.press("esc", "8")
    visitor.keep("settings-views")
    visitor.press("9", "enter")
    visitor.keep("settings-keys")
    visitor.press("esc", *["tab"] * 7, *["down"] * 7, "enter", "backspace")
    visitor.type("90")
    visitor.press("enter")
    visitor.keep("settings-priority")
    visitor.press("f6", "down")
    visitor.keep("what-next")


def views(visitor: Visitor) -> None:
    """A list that is kept as a view, and one that is written to a file."""
    visitor.press("f5")
    visitor.type("评级:差 归属:无")
    visitor.press_until("enter", NARROWED)
    visitor.press_until("s", NAMING)
    visitor.type("没人管的差评")
    visitor.keep("view-saving")
    visitor.press_until("enter", DONE_SO)
    visitor.keep("view")
    visitor.press("9")
    visitor.keep("views")
    visitor.press("esc", "e", WHOLE_LINE)
    visitor.type("没人管的差评.xlsx")
    visitor.keep("export")


def in_writing(visitor: Visitor) -> None:
    """A message that fits, words that must not be said, and steps that are read together."""
    visitor.press("f5")
    visitor.type(CASE)
    visitor.press_until("enter", FOUND)
    visitor.press_until("enter", BUYER)
    visitor.press_until("2", READY)
    visitor.keep("message")
    visitor.press("f8", "2")
    visitor.keep("message-other")
    visitor.press("tab", WHOLE_LINE)
    visitor.type("您改成好评，我们退您20元。")
    visitor.press("tab")
    visitor.keep("message-must-not")
    visitor.press("f2")
    visitor.keep("message-decent")
    visitor.press("f7")
    visitor.keep("message-channel")
    visitor.press("esc", "ctrl+p")
    visitor.type("steps together")
    visitor.press("enter")
    visitor.press("1")
    visitor.press("enter")
    visitor.keep("guide")


def in_public(visitor: Visitor) -> None:
    """A public reply that is written, checked and handed on to be read; the tasks that cases have brought."""
    visitor.press("f5")
    visitor.type(CASE)
    visitor.press_until("enter", FOUND)
    visitor.press_until("enter", BUYER)
    visitor.press_until("r", "0 / 500")
    visitor.press("f6")
    visitor.keep("reply-templates")
    visitor.press("1")
    visitor.keep("reply-template")
    visitor.press("tab", WHOLE_LINE)
    visitor.type(REPLY)
    visitor.press("tab")
    visitor.keep("reply")
    visitor.press_until("f7", DONE_SO)
    visitor.press("esc", "t", "1", "ctrl+p")
    visitor.type("public replies")
    visitor.press("enter")
    visitor.keep("replies")
    visitor.press("esc", "ctrl+p")
    visitor.type("tasks")
    visitor.press("enter")
    visitor.keep("tasks")


def making_it_right(visitor: Visitor) -> None:
    """What fits a case, the ledger with what waits for a lead, and what remedies cost."""
    visitor.press("f5")
    visitor.type(CASE)
    visitor.press_until("enter", FOUND)
    visitor.press_until("enter", BUYER)
    visitor.press("m")
    visitor.keep("case-remedies")
    visitor.press_until("1", "自己写|own words")
    visitor.keep("offer")
    visitor.press_until("1", DONE_SO)
    visitor.press("ctrl+p")
    visitor.type("go.remedies")
    visitor.press_until("enter", "1 (?:已逾期|Overdue)")
    visitor.press("3")
    visitor.keep("remedies")
    visitor.press("f6")
    visitor.keep("remedy-acts")
    visitor.press("esc", "7")
    visitor.keep("remedy-costs")


def practising(visitor: Visitor) -> None:
    """A rehearsal: whom to call, what they say, and how it went."""
    visitor.press("ctrl+p")
    visitor.type("rehearsal")
    visitor.press("enter")
    visitor.keep("rehearsal")
    visitor.press_until("1", DIALLING)
    visitor.keep("rehearsal-call")
    visitor.press("1", "1", "1", "1")
    visitor.keep("rehearsal-listening")
    visitor.press("0", "enter")
    visitor.keep("rehearsal-result")
    visitor.press("esc", "esc", "ctrl+p")
    visitor.type("script figures")
    visitor.press_until("enter", "标准通话")
    visitor.keep("script-figures")


ALL: Final[Mapping[str, Visit]] = {
    visit.__name__: visit
    for visit in (
        first_run,
        the_inbox,
        due,
        finding,
        several,
        views,
        settings,
        the_phone,
        on_the_line,
        a_no,
        in_writing,
        in_public,
        making_it_right,
        practising,
    )
}
WITHOUT_A_SHOP: Final = (first_run.__name__,)
"""Visits that begin on an empty database."""
