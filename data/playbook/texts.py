"""What is wrong with the words of a playbook: what they say, how long they are, and in which language.

How fast one speaks: a telephone line is taken in at about five syllables a second, Mandarin as English (Pellegrino,
Coupé and Marsico, “A cross-language perspective on speech information rate”, Language 87, 2011: 5.2 and 6.2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from data.language import _, language
from data.playbook.decency import uses_order
from data.playbook.finding import Finding, at
from data.playbook.format import IDENTITY, VARIABLES, Node, Playbook
from data.playbook.guards import Guard
from data.playbook.lines import VARIABLE
from data.playbook.wording import asks_about_review, faults, speaks_of_adding, speaks_of_changing

if TYPE_CHECKING:
    from data.lint import Finding as Judged

LONGEST_TURN = 20
"""Seconds that a line may take to say: beyond that the buyer no longer listens but waits."""

HAN_A_SECOND = 5
LETTERS_A_SECOND = 16
"""English has about two and a half letters to a syllable, with the blank three."""

WIDEST_CHOICE = 75
"""Cells that a choice and where it goes have beside its key, in a window of eighty columns."""

_HEARD = frozenset({"personal_data"})
"""What notes of what the buyer says and does are judged for: they report threats and demands, they make none."""

_TOLD = _HEARD | {"benefit_for_review", "delete_offer", "false_rank", "false_reason", "credentials", "off_platform"}
"""What the agent is told to do is judged for besides: whatever no buyer may be told, no agent is to bring about."""

_DIGIT = re.compile(r"\d")
"""Without a number nothing in a label is anybody's own."""

_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]")


def text_faults(playbook: Playbook) -> Iterator[Finding]:
    """Everything that is wrong with what is said, and with what the agent reads beside it."""
    yield from _node_texts(playbook)
    yield from _beside(playbook)
    for node in playbook.nodes:
        yield from _wide(node)
        if node.asks_review:
            yield from _asks_what_is_open(node)
    for name, text in playbook.variables.items():
        if name in VARIABLES:
            yield from _linted(text, playbook.source, 1, name, "buyer")


def _node_texts(playbook: Playbook) -> Iterator[Finding]:
    for node in playbook.nodes:
        said = [*(text for group in node.words() for text in group.say), *node.again]
        for text in said:
            yield from _said(playbook, text, node.file, node.line, node.id)
        yield from _asks(node)
        if any(len(set(group.say)) < len(group.say) for group in node.words()):
            what = _("it says the same in the same words twice.")
            yield at(node, "same words", what, _("Word one of them otherwise, or take it out."))
        if node.ending is None and not node.say:
            yield at(node, "nothing to say", _("it has no line to say."), _("Give it “say” without a guard."))
    for leave in playbook.leaves:
        for text in leave.say:
            yield from _said(playbook, text, leave.file, leave.line, "leave")
        if uses_order(Node("leave", say=leave.say)) and not _known_buyer(leave.when):
            what = _("it tells of the order before it is sure who is on the line.")
            mend = _("Guard it with marks = { identity = true }.")
            yield Finding(leave.file, leave.line, "leave", "order before identity", what, mend)
    for name in playbook.variables:
        if name not in VARIABLES:
            what = _("[variables] names “{name}”, which is no variable.").format(name=name)
            yield Finding(playbook.source, 1, "", "unknown variable", what, _known_variables())


def _asks(node: Node) -> Iterator[Finding]:
    if any(asks_about_review(text) for text in node.again):
        what = _("what it says “again” asks about the review once more.")
        yield at(node, "repeats the question", what, _("Say there only that the buyer decides."))
    said = (text for group in node.words() for text in group.say)
    if not node.asks_review and not node.reminds and any(asks_about_review(text) for text in said):
        what = _("it speaks of changing the review, but is not marked as asking.")
        yield at(node, "unmarked question", what, _("Add asks_review = true, or say it otherwise."))


def _said(playbook: Playbook, text: str, file: str, line: int, node: str) -> Iterator[Finding]:
    for name in dict.fromkeys(VARIABLE.findall(text)):
        if name not in VARIABLES:
            what = _("a line uses “{name}”, which is no variable.").format(name=name)
            yield Finding(file, line, node, "unknown variable", what, _known_variables())
        elif not playbook.variables.get(name):
            what = _("a line uses “{name}”, which has no fallback.").format(name=name)
            yield Finding(file, line, node, "no fallback", what, _("Add it under [variables]."))
    if len(text) > playbook.limits.line_length:
        what = _("a line has {count} characters; more than {most} is hard to say.").format(
            count=len(text), most=playbook.limits.line_length
        )
        yield Finding(file, line, node, "long line", what, _("Shorten it, or spread it over two nodes."))
    for kind, what, mend in faults(text):
        yield Finding(file, line, node, kind, f"{_(what)}: “{text[:60]}”.", _(mend))
    if seconds_to_say(text) > LONGEST_TURN:
        what = _("a line takes {seconds} seconds to say; more than {most} is not listened to.").format(
            seconds=round(seconds_to_say(text)), most=LONGEST_TURN
        )
        yield Finding(file, line, node, "long line", what, _("Shorten it, or spread it over two nodes."))
    if _foreign(playbook, text):
        what = _("a line is in another language: “{text}”.").format(text=text[:60])
        yield Finding(file, line, node, "other language", what, _("Say it in the language of the playbook."))
    yield from _linted(text, file, line, node, "buyer")


def _known_buyer(guard: Guard) -> bool:
    return any(test.name == f"marks.{IDENTITY}" and test.is_ for test in guard.tests)


def _known_variables() -> str:
    return _("Use one of: {known}.").format(known=", ".join(VARIABLES))


def _linted(
    text: str, file: str, line: int, node: str, audience: str, kinds: frozenset[str] | None = None
) -> Iterator[Finding]:
    for found in _judged(text, audience, language()):
        if kinds is None or found.kind in kinds:
            yield Finding(file, line, node, found.kind, f"{found.reason}: “{text[:60]}”.", found.instead)


@lru_cache(maxsize=4_096)
def _judged(text: str, audience: str, _language: str) -> tuple[Judged, ...]:
    """What the promise linter says; the same few words stand beside many a choice."""
    # Loading the rules takes longer than reading a playbook, and only a check needs them.
    from data.lint import lint

    return lint(text, audience=audience, surely=True)


def _beside(playbook: Playbook) -> Iterator[Finding]:
    """What only the agent reads. Words to avoid are quoted as such, and so are not judged."""
    for node in playbook.nodes:
        told = dict.fromkeys([node.purpose, *(choice.goes for choice in node.choices)])
        heard = dict.fromkeys([node.listen, node.record, *(choice.label for choice in node.choices)])
        for texts, kinds in ((told, _TOLD), (heard, _HEARD)):
            for text in texts:
                if kinds is _HEARD and not _DIGIT.search(text):
                    continue
                yield from _linted(text, node.file, node.line, node.id, "colleague", kinds)
    for objection in playbook.objections:
        for text in filter(_DIGIT.search, dict.fromkeys((objection.label, objection.short))):
            yield from _linted(text, objection.file, objection.line, objection.id, "colleague", _HEARD)


def _foreign(playbook: Playbook, text: str) -> bool:
    """Whether a line has no word in the playbook's language: it was left as it stood in another one."""
    bare = VARIABLE.sub("", text)
    if playbook.language.startswith("zh"):
        return bool(_LATIN.search(bare)) and not _HAN.search(bare)
    return playbook.language.startswith("en") and bool(_HAN.search(bare))


def _wide(node: Node) -> Iterator[Finding]:
    widest = max((_cells(choice.label) for choice in node.choices), default=0)
    for choice in node.choices:
        if widest + 1 + _cells(choice.goes) > WIDEST_CHOICE:
            what = _("key {key} “{label}” does not fit on one line of the page.").format(
                key=choice.key, label=choice.label[:40]
            )
            yield at(node, "wide choice", what, _("Shorten the label, or what it “goes” to."), choice.line)


def _asks_what_is_open(node: Node) -> Iterator[Finding]:
    """Where the platform takes only an addition the buyer is not asked for a change, nor the other way round."""
    for revise, append, speaks in ((False, True, speaks_of_changing), (True, False, speaks_of_adding)):
        allowed = {"platform.can_revise": revise, "platform.can_append": append, "platform.can_ask": True}
        for group in node.words():
            asked = [test for test in (*node.when.tests, *group.when.tests) if test.name in allowed]
            if not all(test.holds(allowed[test.name]) for test in asked):
                continue
            if any(speaks(text) for text in group.say):
                what = _("it speaks of changing a review where only an addition is possible.")
                if revise:
                    what = _("it speaks of an addition where only the review itself can be changed.")
                mend = _("Say it under “lines” with when = { platform = { can_revise = true } }, or can_append.")
                yield at(node, "asks for what cannot be", what, mend)
            if all(test.name in allowed for test in group.when.tests):
                break


def seconds_to_say(text: str) -> float:
    """How long a line takes to say, its variables as they are named."""
    return len(_HAN.findall(text)) / HAN_A_SECOND + len(re.findall(r"[A-Za-z0-9 ]", text)) / LETTERS_A_SECOND


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
