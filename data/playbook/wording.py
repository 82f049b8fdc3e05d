"""What no line of a call may say beyond what the promise linter finds in any text.

On the telephone a benefit and the review in one breath sound tied, whatever is meant; and no grade is named.

Sources: Anti-Unfair Competition Law of the PRC (2025) art. 9 and the Provisions on Prohibiting Online Unfair
Competition (2024) art. 9 forbid rewards for specified reviews; 16 CFR 465.4 does so in the United States.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.language import N_

_SENTENCE = re.compile(r"[。!?;\uff01\uff1f\uff1b\n]|\.(?:\s|$)")
_REVIEW = re.compile(r"评价|好评|差评|中评|改评|追评|评分|星|\breviews?\b|\bratings?\b|\bstars?\b", re.IGNORECASE)
_BENEFIT = re.compile(
    r"返现|红包|券|补偿|赔|退款|退您|礼|赠|免单|折扣|优惠|积分|\{(?:remedy|option_[abc]|value)\}"
    r"|\brefund|\bvoucher|\bcoupon|\bgift|\bcash\b|\bcompensat|\bdiscount|\bcredit\b|\bfree\b",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"没关系|无关|不影响|改不改|动不动|写不写|不管|都随您|不能拿来|是两回事"
    r"|whether or not|either way|nothing to do with|no matter|regardless|not tied|cannot be traded|separate",
    re.IGNORECASE,
)
_GRADE = (
    re.compile(
        r"五星|给.{0,3}好评|改成?好评|\bfive[- ]star|\b5[- ]star|\bgood review\b|\bpositive review\b", re.IGNORECASE
    ),
    "certain grade",
    N_("a line asks for a certain grade"),
    N_("Leave the choice to the buyer, and name no grade."),
)
_TIED = (
    "tied benefit",
    N_("a line speaks of a benefit and of the review in one breath"),
    N_("Say them apart, or say in the same sentence that the one does not depend on the other."),
)


def faults(text: str) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a line: kind, what and how to mend it, the last two as message ids."""
    pattern, kind, what, mend = _GRADE
    if pattern.search(text):
        yield kind, what, mend
    for sentence in _SENTENCE.split(text):
        if _REVIEW.search(sentence) and _BENEFIT.search(sentence) and not _FREE.search(sentence):
            yield _TIED
            return


_ASKS = re.compile(
    r"(?:改一?改|改一?下|修改|更新|追加|补充).{0,8}(?:评价|评论)|(?:评价|评论).{0,10}(?:改一改|改一下|修改|更新|追加)"
    r"|\b(?:chang|updat|revis|edit|add)\w*\b.{0,24}\b(?:review|rating)|\b(?:review|rating)\b.{0,24}\b(?:updat|edit)",
    re.IGNORECASE,
)


def asks_about_review(text: str) -> bool:
    """Whether a line brings up changing the review or adding to it."""
    return bool(_ASKS.search(text))


_CHANGES = re.compile(r"改一?改|改一?下|修改|更新|\b(?:chang|updat|revis|edit)\w*\b", re.IGNORECASE)
_ADDS = re.compile(r"追评|追加|补充|\badd(?:ing)?\b", re.IGNORECASE)


def speaks_of_changing(text: str) -> bool:
    """Whether a line that asks about the review asks only for a change of what was written."""
    return bool(_CHANGES.search(text)) and not _ADDS.search(text)


def speaks_of_adding(text: str) -> bool:
    """Whether a line that asks about the review asks only for an addition to it."""
    return bool(_ADDS.search(text)) and not _CHANGES.search(text)
