"""What no line may say, whatever the graph does: a benefit tied to a review, a deletion proposed, pleading, blame.

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
_RULES = (
    (
        "deletion",
        re.compile(
            r"删.{0,8}(?:评价|差评|中评|评论)|(?:评价|差评|中评|评论).{0,6}删"
            r"|(?:delet|remov|tak\w+ down)\w*.{0,24}\b(?:review|rating)|\breview\b.{0,16}(?:delet|remov|down)",
            re.IGNORECASE,
        ),
        N_("a line proposes to delete the review"),
        N_("Speak of updating or adding to it; deleting is the buyer's own idea or nobody's."),
    ),
    (
        "pleading",
        re.compile(
            r"求求|求您|拜托|帮帮忙|帮个忙|饭碗|扣工资|扣钱|开除|五星|给.{0,3}好评|改成?好评"
            r"|\bbeg\b|\bmy job\b|\bplease,? please\b|\bfive[- ]star|\b5[- ]star|\bgood review\b|\bpositive review\b",
            re.IGNORECASE,
        ),
        N_("a line pleads, or asks for a certain grade"),
        N_("Leave the choice to the buyer, and name no grade."),
    ),
    (
        "blame",
        re.compile(
            r"为什么.{0,8}(?:差评|中评)|恶意|(?:差评|中评)师|\bwhy did you\b.{0,30}\b(?:review|rat)", re.IGNORECASE
        ),
        N_("a line blames the buyer"),
        N_("Ask what went wrong instead."),
    ),
)
_TIED = (
    "tied benefit",
    N_("a line speaks of a benefit and of the review in one breath"),
    N_("Say them apart, or say in the same sentence that the one does not depend on the other."),
)


def faults(text: str) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a line: kind, what and how to mend it, the last two as message ids."""
    for kind, pattern, what, mend in _RULES:
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
