"""What a public reply must not say, beside what the promise linter finds in any text.

Everybody reads it, for years: so it asks for nothing, names nobody and no sum, and leaves no gap unfilled. Publishing
a buyer's data is a violation on every platform (个人信息保护法 第二十五条; 淘宝网 泄露他人信息).
"""

from __future__ import annotations

import re
from pathlib import Path

from data.language import _
from data.lint import lint, standard, with_own
from data.replies.concern import Concern, letters

_WANTS = "请|麻烦|希望|恳请|求|望|劳烦|拜托|期待|能否|能不能|可否|可不可以|帮忙|还望|盼|可以|随时|欢迎|方便"
_REVIEW = "评价|评论|差评|中评|评分|好评|星级|五星|5星|打分|追评"
_CHANGE = "修改|更改|改成|改为|改一下|改下|改个|改|删除|删掉|删了|删|撤销|撤回|追加|更新|调整|补个|给个"
_ASKS = re.compile(
    rf"(?:{_WANTS})[^。!?！？;；\n]{{0,14}}(?:(?:{_CHANGE})[^。!?！？;；\n]{{0,10}}(?:{_REVIEW})"
    rf"|(?:{_REVIEW})[^。!?！？;；\n]{{0,8}}(?:{_CHANGE}))"
    r"|\b(?:please|kindly|hope|could you|would you|can you|ask you|appreciate)\b[^.!?;\n]{0,60}"
    r"\b(?:updat|chang|revis|edit|delet|remov|reconsider|rais|amend)\w*\b[^.!?;\n]{0,24}"
    r"\b(?:review|rating|stars?|feedback|score)\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"[0-9０-９一二三四五六七八九十百千两]+(?:\.[0-9]+)?\s?(?:元|块钱|块|rmb|积分)|[¥￥$€£]\s?[0-9]+", re.IGNORECASE
)
_GAP = re.compile(r"〔[^〕\n]{0,40}〕|\{[a-z_]{1,24}\}|【[^】\n]{0,12}(?:填|待补)[^】\n]{0,12}】")


def concerns(
    text: str,
    *,
    platform: str | None = None,
    longest: int | None = None,
    rules: Path | None = None,
    named: bool = False,
) -> tuple[Concern, ...]:
    """What stands against a reply, in its order; `longest` in characters or None, `rules` the shop's own file for the
    linter, `named` for a text of a file, which is refused whole and so goes by rules alone."""
    if not text.strip():
        return (Concern("empty", 0, 0, _("There is nothing to say yet.")),)
    known = with_own(rules) if rules else standard()
    found = [
        Concern(each.kind, each.start, each.end, each.reason, each.instead)
        for each in lint(text, audience="public", platform=platform, rules=known, named=named)
    ]
    for gap in _GAP.finditer(text):
        found.append(Concern("gap", *gap.span(), _("This is not filled in yet."), _("Write what is true here.")))
    for asked in _ASKS.finditer(text):
        what = _("A public reply asks nobody to change a review.")
        found.append(Concern("asks_review", *asked.span(), what, _("Say what you did; leave the review to the buyer.")))
    for told in _SUM.finditer(text):
        what = _("A sum in public looks like a price for reviews.")
        found.append(Concern("sum", *told.span(), what, _("Say what was done without the sum."), blocks=False))
    if longest is not None and letters(text) > longest:
        what = _("Too long: {n} characters, the platform takes {most}.").format(n=letters(text), most=longest)
        found.append(Concern("too_long", longest, len(text), what, _("Leave out what later readers do not need.")))
    return tuple(sorted(found, key=lambda each: (each.start, not each.blocks, -each.end)))
